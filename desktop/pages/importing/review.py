"""The last step: the sheet as it is, what needs a person, and what will happen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QWidget

from analysis.wording import plural
from db.operations.imports import Existing
from desktop.pages.importing.draft import Draft, Outlook, button_words
from desktop.pages.importing.sheet import sheet_picture
from desktop.pages.importing.sheet_view import SheetView
from desktop.states import ColumnSpec, Count, TableCell, TableState
from desktop.theme.look import look
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Button, Card, Counts, DataTable, Field, TickBox, column, label, row, scrolling
from importers.collecting import CellIssue

COLUMNS = (ColumnSpec("Excel cell"), ColumnSpec("You have"), ColumnSpec("Problem", stretch=True), ColumnSpec("Fix"))
LARGE_TEXT = 1.3
CHOICES = ((Existing.KEEP, "Keep mine"), (Existing.REPLACE, "Replace where different"), (Existing.STOP, "Stop"))


class ReviewPanel(QWidget):
    """Counts that filter, the sheet at left, the list at right, the choice about values held, and the doing."""

    mended = Signal(str, str)
    existing_chosen = Signal(object)
    list_asked = Signal()
    import_asked = Signal()
    back_asked = Signal()
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.counts = Counts((), "Which cells are listed")
        self.range = label("", "small")
        self.sheet = SheetView()
        self.sheet_card = Card("Your sheet", " ")
        self.issues = DataTable("To fix and to check", TableState(COLUMNS, ()))
        self.fix = Field("Value for the chosen cell")
        self.put, self.blank, self.keep = Button("Put in"), Button("Leave blank", "link"), Button("Keep", "link")
        self.save_list = Button("Save this list as Excel", "quiet", icon="file-text")
        self.existing = QButtonGroup(self)
        self.save_recipe = TickBox("Remember these answers for next month's file", ticked=True)
        self.what = label("Nothing is saved yet. The import can be undone at any time.", wrap=True)
        self.go, self.back, self.cancel = Button("", "primary"), Button("Back"), Button("Cancel", "link")
        self._radios = {choice: QRadioButton(words) for choice, words in CHOICES}
        self._outlook: Outlook | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.sheet_card.add(self.sheet)
        listed = Card("To fix and to check", " ")
        listed.add_action(self.save_list)
        self.mending = row(self.fix, gap=8)
        self.mending.addLayout(row(self.put, self.blank, self.keep, None), 1)
        self.mending.setAlignment(self.fix, Qt.AlignmentFlag.AlignBottom)
        listed.add(self.issues, self.mending)
        held = Card()
        self.choices = row(label("Values already here", "strong"), gap=12)
        for at, (choice, radio) in enumerate(self._radios.items()):
            self.existing.addButton(radio, at)
            radio.setAccessibleName(f"Values already here: {radio.text()}")
            radio.setProperty("choice", choice.value)
            self.choices.addWidget(radio)
        self.choices.addStretch(1)
        held.add(self.choices)
        left, right = column(self.sheet_card, gap=8), column(listed, held, gap=8)
        self.middle = row(gap=10)
        self.middle.addLayout(left, 5)
        self.middle.addLayout(right, 6)
        buttons = row(None, self.cancel, self.back, self.go)
        self.foot = row(self.what, gap=8)
        self.foot.addWidget(self.save_recipe)
        self.foot.addLayout(buttons)
        self.foot.setStretch(0, 1)
        self.top = row(self.counts, gap=8)
        self.top.addWidget(self.range, 1, Qt.AlignmentFlag.AlignRight)
        whole = column(self.top, gap=8)
        whole.addLayout(self.middle, 1)
        whole.addLayout(self.foot)
        self.setLayout(column(scrolling(whole, margins=(16, 10, 16, 8)), gap=0))

    def _connect(self) -> None:
        self.counts.chosen.connect(self._show_list)
        self.issues.row_chosen.connect(self._row_chosen)
        self.put.clicked.connect(self._put)
        self.fix.input.returnPressed.connect(self._put)
        self.blank.clicked.connect(self._leave_blank)
        self.keep.clicked.connect(self._keep)
        self.save_list.clicked.connect(self.list_asked)
        self.existing.idToggled.connect(self._existing)
        self.go.clicked.connect(self.import_asked)
        self.back.clicked.connect(self.back_asked)
        self.cancel.clicked.connect(self.cancel_asked)

    def show_outlook(self, draft: Draft, outlook: Outlook) -> None:
        """Show what would come of the draft."""
        self._outlook = outlook
        collected, foreseen = outlook.collected, outlook.foreseen
        self.counts.set_counts(
            (
                Count("ready", len(collected.ready), "ready", Kind.OK),
                Count("fix", len(collected.fix), "to fix", Kind.FIX),
                Count("check", len(collected.check), "to check", Kind.CHECK),
                *extra_counts(foreseen.unchanged, len(collected.dropped_columns)),
            )
        )
        sheets = [s for s in draft.inspection.sheets if s.tables] or list(draft.inspection.sheets)
        if sheets:
            self.sheet.set_picture(sheet_picture(sheets[0], collected))
            self.sheet_card.facts.setText(f"{sheets[0].name} · {self.sheet.picture.caption}")
        total = len(collected.ready) + outlook.held
        self.range.setText(f"{plural(total, 'value')} in {draft.inspection.file}")
        self._radios[draft.existing].setChecked(True)
        self._radios[Existing.REPLACE].setText(f"Replace where different ({foreseen.different:,})")
        words = button_words(outlook, draft.existing)
        self.go.setText(words)
        if words.startswith("Import"):
            self.go.enable()
        else:
            self.go.disable("Every value that could be read is here already")
        self._show_list()

    def _show_list(self, _key: str = "") -> None:
        if self._outlook is None:
            return
        issues = self._outlook.issues(self.counts.current)
        rows = tuple(issue_row(issue) for issue in issues)
        self.issues.set_state(TableState(COLUMNS, rows, tuple(issue.cell for issue in issues)))
        for button in (self.put, self.blank, self.keep):
            button.setEnabled(bool(issues))
        self.save_list.setEnabled(bool(issues))

    def _row_chosen(self, cell: str) -> None:
        issue = self._issue(cell)
        if issue is not None:
            proposal = issue.proposals[0] if issue.proposals else ""
            self.fix.set_text("" if proposal == "not collected" else proposal)
            self.keep.setVisible(issue.level == "check")
            self.sheet.show_cell(cell.rpartition("!")[2])

    def _issue(self, cell: str) -> CellIssue | None:
        found = self._outlook.issues("") if self._outlook else ()
        return next((issue for issue in found if issue.cell == cell), None)

    def _put(self) -> None:
        if (cell := self.issues.current_key) and self.fix.text:
            self.mended.emit(cell, self.fix.text)

    def _leave_blank(self) -> None:
        if cell := self.issues.current_key:
            self.mended.emit(cell, "")

    def _keep(self) -> None:
        issue = self._issue(self.issues.current_key)
        if issue is not None:
            self.mended.emit(issue.cell, issue.raw)

    def _existing(self, at: int, down: bool) -> None:
        if down:
            self.existing_chosen.emit(CHOICES[at][0])

    def restack(self) -> None:
        """At large text the sheet gives its room to the list, and rows become columns."""
        large = look().theme.scale > LARGE_TEXT
        self.sheet_card.setVisible(not large)
        self.middle.setStretch(0, 0 if large else 5)
        direction = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for layout in (self.foot, self.top, self.choices, self.mending):
            layout.setDirection(direction)
        self.issues.setMinimumHeight(self.issues.sizeHint().height() if large else 0)


def extra_counts(unchanged: int, dropped: int) -> tuple[Count, ...]:
    """What is only counted where there is some of it."""
    words = f"column{'s' * (dropped != 1)} dropped (privacy)"
    same = (Count("same", unchanged, "already here", Kind.NEUTRAL, Shape.SAME),) if unchanged else ()
    return (*same, Count("dropped", dropped, words, Kind.NEUTRAL)) if dropped else same


def issue_row(issue: CellIssue) -> tuple[TableCell, ...]:
    """One cell that needs a person, with its shape."""
    kind = Kind.FIX if issue.level == "fix" else Kind.CHECK
    where = issue.cell.rpartition("!")[2]
    first = TableCell(where, strong=True, shape=kind.shape, shape_ink=kind.value, spoken=f"{kind.word}, {issue.cell}")
    offers = " or ".join(text or "leave blank" for text in issue.proposals)
    return first, TableCell(issue.raw), TableCell(issue.message), TableCell(offers)
