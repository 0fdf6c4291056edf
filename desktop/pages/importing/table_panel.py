"""The second step: the real sheet with what was found, its edges, every doubt as a question, and what was left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop.cost_proposals import ledger_words
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.edges_form import EdgesForm
from desktop.pages.importing.listing import emptied
from desktop.pages.importing.outlook import Outlook
from desktop.pages.importing.questions import QuestionList
from desktop.pages.importing.sheet import sheet_picture, sheet_words, table_line
from desktop.pages.importing.sheet_view import SheetView, key_of
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import Card, Combo, DataTable, Notice, TickBox, column, label, row, scrolling
from desktop.widgets.keyline import KeyLine
from desktop.widgets.table import fit_height
from importers.edges import Edges
from importers.inspection import Inspection

LARGE_TEXT = 1.3
MARGINS = 18
"""Pixels over and under the cards of the step."""
MOST_TICKS, MOST_LINES = 80, 40
FOUND = (ColumnSpec("Table", stretch=True), ColumnSpec("Series", number=True))


class TablePanel(QWidget):
    """Shows a draft. `answered`, `ticked`, `edges_set` and `edges_reset` say what a person chose."""

    answered = Signal(str, object)
    ticked = Signal(int, str, bool)
    edges_set = Signal(object)
    edges_reset = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._draft: Draft | None = None
        self._outlook: Outlook | None = None
        self.sheets = Combo("Which sheet is shown")
        self.view = SheetView(movable=True)
        self.key = KeyLine()
        self.caption = label("", "small", wrap=True)
        self.edges = EdgesForm()
        self.questions = QuestionList()
        self.tables = DataTable("Tables found", TableState(FOUND, ()))
        self.left_out = QGridLayout()
        self.boxes: dict[tuple[int, str], TickBox] = {}
        self._ticks, self._said = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.questions.answered.connect(self.answered)
        self.sheets.activated.connect(self._show_sheet)
        self.view.edges_moved.connect(self._dragged)
        self.edges.moved.connect(self.view.show_frame)
        self.edges.used.connect(self.edges_set)
        self.edges.reset.connect(self._reset)
        look().theme_changed.connect(self._restack)

    def _lay_out(self) -> None:
        self.sheet = sheet = Card("Your sheet")
        sheet.add_action(self.sheets)
        sheet.add(self.caption, self.view, self.key, self.edges)
        sheet.body.setStretch(2, 1)
        self.asked = Card("Questions", "each has an answer already")
        self.asked.add(self.questions)
        self.chosen = Card("What to bring in", "the same answers for all")
        self.chosen.add(self._ticks)
        found, self.left = Card("Tables found"), Card("Left out")
        found.add(self.tables)
        self.left.add(self.left_out)
        parts = column(self._said, self.asked, self.chosen, found, self.left, None, gap=10)
        self.side = scrolling(parts, margins=(0, 0, 0, 0))
        self.body = row(gap=10)
        self.body.addWidget(sheet, 6)
        self.body.addWidget(self.side, 5)
        self.setLayout(column(scrolling(self.body, margins=(16, 10, 16, 8)), gap=0))
        self._restack()

    def first(self) -> QWidget | None:
        """Where the focus begins: the first question, if there is any."""
        return next(iter(self.questions.combos.values()), None)

    def show_draft(self, draft: Draft, outlook: Outlook | None) -> None:
        """Show what was found, and the answers as they stand."""
        is_new = self._draft is None or not _same_reading(self._draft, draft)
        self._draft, self._outlook = draft, outlook
        if is_new:
            self._list_found(draft)
        questions = draft.questions()
        self.asked.setVisible(bool(questions))
        given = {key: choice for part in draft.parts for key, choice in part.plan.answers.items()}
        self.questions.show_questions(questions, {**given, **draft.answers})
        for key, box in self.boxes.items():
            box.setChecked(key not in draft.left)
        self._show_sheet()

    def _list_found(self, draft: Draft) -> None:
        several = len(draft.parts) > 1
        rows = []
        for part in draft.parts:
            for table in part.inspection.tables[:MOST_LINES]:
                where, how, series = table_line(table)
                before = f"{part.inspection.file}: " if several else ""
                rows.append((TableCell(f"{before}{where}", second=how), TableCell(series)))
        self.tables.set_state(TableState(FOUND, tuple(rows)))
        fit_height(self.tables)
        self._list_left([line for part in draft.parts for line in _left_lines(part.inspection)])
        self._list_sheets(draft)
        emptied(self._said)
        for part in draft.parts:
            for words in ledger_words(part.inspection):
                detail = "Each amount keeps the rows it comes from. Cost lines can be proposed once it is brought in."
                self._said.addWidget(Notice(Kind.NOTE, words, detail))
        if draft.plan.recipe and draft.plan.changes:
            changed = "\n".join(draft.plan.changes.sentences)
            said = f"The headings have changed since the recipe {draft.plan.recipe} was saved. Nothing is imported yet."
            self._said.addWidget(Notice(Kind.CHECK, said, changed))

    def _list_left(self, lines: list[tuple[str, str]]) -> None:
        emptied(self.left_out)
        self.left_out.setColumnStretch(1, 1)
        for at, (where, why) in enumerate(lines[:MOST_LINES]):
            self.left_out.addWidget(label(where, "small", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            self.left_out.addWidget(label(why, "small", wrap=True), at, 1)
        rest = len(lines) - MOST_LINES
        if rest > 0:
            self.left_out.addWidget(label(f"and {rest:,} more", "small"), MOST_LINES, 1)
        self.left.setVisible(bool(lines))

    def _list_sheets(self, draft: Draft) -> None:
        shown = self.sheets.currentData()
        self.sheets.clear()
        for number, part in enumerate(draft.parts):
            for sheet in sorted(part.inspection.sheets, key=lambda one: not one.tables):
                before = f"{part.inspection.file}: " if len(draft.parts) > 1 else ""
                hidden = "" if sheet.visible else " (hidden)"
                self.sheets.addItem(f"{before}{sheet_words(sheet.name)}{hidden}", (number, sheet.name))
        at = self.sheets.findData(shown)
        self.sheets.setCurrentIndex(max(at, 0))
        self.sheets.setVisible(self.sheets.count() > 1)
        self._list_ticks(draft)

    def _list_ticks(self, draft: Draft) -> None:
        emptied(self._ticks)
        self.boxes = {}
        held = draft.sheets()
        for number, sheet in held[:MOST_TICKS]:
            before = f"{draft.parts[number].inspection.file}: " if len(draft.parts) > 1 else ""
            box = TickBox(f"{before}{sheet_words(sheet.name)}", ticked=(number, sheet.name) not in draft.left)
            box.clicked.connect(self._ticked)
            self.boxes[number, sheet.name] = box
            self._ticks.addWidget(box)
        if len(held) > MOST_TICKS:
            self._ticks.addWidget(label(f"{len(held) - MOST_TICKS} more are brought in too.", "small", wrap=True))
        self.chosen.setVisible(len(held) > 1)

    def _ticked(self) -> None:
        for (number, sheet), box in self.boxes.items():
            if box is self.sender():
                self.ticked.emit(number, sheet, box.isChecked())

    def _show_sheet(self) -> None:
        shown = self.sheets.currentData()
        if self._draft is None or shown is None:
            return
        number, name = shown
        picture = sheet_picture(self._draft, number, name, self._outlook)
        self.view.set_picture(picture)
        self.key.set_items(key_of(picture))
        self.caption.setText(f"{sheet_words(picture.name)} · {picture.caption}")
        by_hand = any(edges.sheet == picture.name for edges in self._draft.edges)
        holder = QApplication.focusWidget()
        if self.edges.frame is None or holder is None or not self.edges.isAncestorOf(holder):
            self.edges.show_frame(picture.frame, by_hand=by_hand)
        self.edges.again.setVisible(by_hand)

    def _dragged(self, frame: Edges) -> None:
        by_hand = self._draft is not None and any(edges.sheet == frame.sheet for edges in self._draft.edges)
        self.edges.show_frame(frame, by_hand=by_hand)
        self.edges_set.emit(frame)

    def _reset(self) -> None:
        if self.edges.frame is not None:
            self.edges_reset.emit(self.edges.frame.sheet)

    def _restack(self) -> None:
        """At large text the questions stand over the sheet."""
        large = look().theme.scale > LARGE_TEXT
        way = QBoxLayout.Direction.BottomToTop if large else QBoxLayout.Direction.LeftToRight
        self.body.setDirection(way)
        self.body.setStretch(0, 0 if large else 6)
        self.view.setMinimumHeight(round(look().theme.px(130)))
        self._one_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again which part scrolls."""
        super().resizeEvent(event)
        self._one_bar()

    def _one_bar(self) -> None:
        """The questions do not scroll where the whole step does, because the sheet is too high for the window."""
        large = look().theme.scale > LARGE_TEXT
        needed = max(self.sheet.sizeHint().height(), self.sheet.body.totalHeightForWidth(self.sheet.width()))
        whole = large or needed + MARGINS > self.height()
        self.side.set_whole(whole)
        self.body.setAlignment(self.sheet, Qt.AlignmentFlag.AlignTop if whole and not large else Qt.AlignmentFlag(0))


def _same_reading(one: Draft, other: Draft) -> bool:
    pairs = zip(one.parts, other.parts, strict=False)
    same = len(one.parts) == len(other.parts) and all(a.inspection is b.inspection for a, b in pairs)
    return same and one.plan.changes == other.plan.changes


def _left_lines(inspection: Inspection) -> list[tuple[str, str]]:
    hidden = [(f"{s.name} (hidden)", "hidden sheet") for s in inspection.sheets if not s.visible]
    parts = [(f"{sheet_words(s.name)}, {part.range}", part.reason) for s in inspection.sheets for part in s.left_out]
    about = [issue for issue in inspection.issues if "could not be read:" not in issue.message]
    notes = [(issue.cell or inspection.file, issue.message) for issue in about if " is a ledger: " not in issue.message]
    return [*hidden, *parts, *notes]
