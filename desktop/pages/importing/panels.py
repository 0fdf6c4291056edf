"""The five steps of an import as widgets. They show a draft and say what a person chose; they decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from analysis.wording import plural
from db.history import ImportRecord
from desktop.pages.importing.draft import Draft, choice_now, choices_for, confidence_words
from desktop.pages.importing.sheet import table_line
from desktop.states import ColumnSpec, TableState, as_rows
from desktop.theme.marks import Kind
from desktop.widgets import Button, Card, Chip, Combo, DataTable, Field, ProgressLine, column, label, row, scrolling
from desktop.widgets.table import fit_height
from importers.answers import choice_of
from importers.inspection import Inspection

MOST_TARGETS = 60


def listing(name: str, headings: tuple[str, ...]) -> DataTable:
    """An empty read-only table."""
    columns = tuple(ColumnSpec(heading, stretch=at == 0) for at, heading in enumerate(headings))
    return DataTable(name, TableState(columns, ()))


def filled(table: DataTable, rows: Sequence[tuple[str, ...]], keys: tuple[str, ...] = ()) -> None:
    """Put plain texts into a table."""
    table.set_state(TableState(table.shown.columns, as_rows(rows), keys))
    fit_height(table)


def import_line(held: ImportRecord) -> tuple[str, ...]:
    """One earlier import in words."""
    when = held.imported_at[:16].replace("T", " ")
    return held.file_name, when, f"{held.added:,}", f"{held.replaced:,}", "undone" if held.undone else "in"


class FilePanel(QWidget):
    """Choose or drop a file; what was brought in before, each with its undo."""

    chosen = Signal(str)
    browse_asked = Signal()
    undo_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.browse = Button("Choose a spreadsheet", "primary", icon="file-arrow-down")
        self.progress = ProgressLine()
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.earlier = listing("Earlier imports", ("File", "When", "Added", "Replaced", "State"))
        self.undo = Button("Undo the chosen import")
        words = (
            "Excel, CSV or OpenDocument; it may stay open in Excel. Roleworth shows what it found and saves nothing "
            "before you say so. You can also drop the file here."
        )
        pick = Card("Bring a spreadsheet in")
        pick.add(label(words, wrap=True), row(self.browse, None), self.progress, self.problem)
        past = Card("Brought in before", "each can be undone at any time")
        past.add(self.earlier, row(self.undo, None))
        self.setLayout(scrolling_into(self, pick, past))
        self.browse.clicked.connect(self.browse_asked)
        self.undo.clicked.connect(self._undo)

    def show_problem(self, words: str) -> None:
        """Say why a file was not taken."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def show_imports(self, held: list[ImportRecord]) -> None:
        """List earlier imports."""
        rows = [import_line(r) for r in held]
        filled(self.earlier, rows, tuple(str(r.id) for r in held))
        if any(not r.undone for r in held):
            self.undo.enable()
        else:
            self.undo.disable("Nothing has been imported yet")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.chosen.emit(str(Path(urls[0].toLocalFile())))

    def _undo(self) -> None:
        if key := self.earlier.current_key:
            self.undo_asked.emit(int(key))


def scrolling_into(owner: QWidget, *parts: QWidget) -> QVBoxLayout:
    """A layout holding a column of cards that scrolls down only."""
    owner.setObjectName("page")
    return column(scrolling(column(*parts, None, gap=12)), gap=0)


class TablePanel(QWidget):
    """What was found: sheets and tables, what was left out, and every doubt as one question with a default."""

    answered = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.tables = listing("Tables found", ("Sheet", "Range", "How it lies", "Frequency", "Series"))
        self.left_out = listing("Left out", ("Where", "Why"))
        self._questions = QGridLayout()
        self._combos: dict[Combo, str] = {}
        found, asked, left = Card("Tables found"), Card("Questions", "each has an answer already"), Card("Left out")
        found.add(self.tables)
        asked.add(self._questions)
        left.add(self.left_out)
        self.asked = asked
        self.setLayout(scrolling_into(self, asked, found, left))

    def show_draft(self, draft: Draft) -> None:
        """Show what was found and the answers as they stand."""
        inspection = draft.inspection
        filled(self.tables, [table_line(table) for table in inspection.tables])
        hidden = [(f"{s.name} (hidden)", "hidden sheet") for s in inspection.sheets if not s.visible]
        parts = [(f"{s.name}!{part.range}", part.reason) for s in inspection.sheets for part in s.left_out]
        notes = [(issue.cell or inspection.file, issue.message) for issue in inspection.issues]
        filled(self.left_out, [*hidden, *parts, *notes])
        self._ask(draft)

    def _ask(self, draft: Draft) -> None:
        if list(self._combos.values()) != [q.key for q in draft.plan.questions]:
            self._rebuild(draft)
        self.asked.setVisible(bool(draft.plan.questions))
        for combo, key in self._combos.items():
            question = next(q for q in draft.plan.questions if q.key == key)
            combo.setCurrentIndex(choice_of(question, draft.answers))

    def _rebuild(self, draft: Draft) -> None:
        for combo in self._combos:
            combo.hide()
            combo.deleteLater()
        while (item := self._questions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._combos = {}
        for at, question in enumerate(draft.plan.questions):
            combo = Combo(question.ask, question.choices)
            combo.activated.connect(self._activated)
            self._combos[combo] = question.key
            self._questions.addWidget(label(question.ask, wrap=True), at, 0)
            self._questions.addWidget(combo, at, 1)
        self._questions.setColumnStretch(0, 1)

    def _activated(self, choice: int) -> None:
        combo = self.sender()
        if isinstance(combo, Combo):
            self.answered.emit(self._combos[combo], choice)


class PrivacyPanel(QWidget):
    """What looks like people: masked, never kept; a column that holds them is not read."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip(Kind.OK, "No personal data found")
        self.words = label("", wrap=True)
        self.found = listing("Personal data found", ("Sheet", "Column", "What it looks like", "Cells"))
        card = Card("People in the sheet")
        card.add_action(self.chip)
        card.add(self.words, self.found)
        self.setLayout(scrolling_into(self, card))

    def show_inspection(self, inspection: Inspection) -> None:
        """Say what was found and what was done about it."""
        held = inspection.personal_data
        if held:
            self.chip.say(Kind.CHECK, f"{plural(len(held), 'column')} dropped")
            self.words.setText(
                "These columns look like people. They were not read; none of their values is kept anywhere."
            )
        else:
            self.chip.say(Kind.OK, "No personal data found")
            self.words.setText(
                f"{plural(len(inspection.sheets), 'sheet')} searched, hidden ones too: NHS numbers, names, births, "
                "postcodes, e-mail and telephone. Roleworth holds totals only."
            )
        self.found.setVisible(bool(held))
        filled(self.found, [(p.sheet, p.column, p.words, f"{p.count:,}") for p in held])


class MatchPanel(QWidget):
    """Into which role, and what each series becomes."""

    matched = Signal(str, str)
    role_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.role = Combo("Into which role")
        self.name = Field("Name of the new role")
        self.launch = Field("Launch, if it has begun", placeholder="8 Apr 2024")
        self.more = label("", "small", wrap=True)
        self.recipe = label("", "small", wrap=True)
        self._grid = QGridLayout()
        self._combos: dict[Combo, str] = {}
        into, what = Card("Into"), Card("What each series becomes")
        into.add(row(self.role, None), row(self.name, self.launch, gap=12), self.recipe)
        what.add(self._grid, self.more)
        self.setLayout(scrolling_into(self, into, what))
        self.role.activated.connect(self.role_chosen)

    def show_draft(self, draft: Draft) -> None:
        """Show every series with its match as it stands."""
        targets = draft.targets()[:MOST_TARGETS]
        if list(self._combos.values()) != [t.key for t in targets]:
            self._rebuild(draft)
        for combo, key in self._combos.items():
            target = next(t for t in targets if t.key == key)
            combo.setCurrentText(choice_now(target, draft.measures))
        rest = len(draft.targets()) - len(targets)
        self.more.setText(f"{plural(rest, 'more series', 'more series')} as proposed" if rest > 0 else "")
        changed = "; ".join(draft.plan.changes.sentences)
        note = f"Answers taken from the recipe {draft.plan.recipe}. {changed}" if draft.plan.recipe else ""
        self.recipe.setText(note)
        self.recipe.setVisible(bool(note))

    def _rebuild(self, draft: Draft) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._combos = {}
        for at, target in enumerate(draft.targets()[:MOST_TARGETS]):
            combo = Combo(f"{target.label} becomes", choices_for(target, draft.measures))
            combo.activated.connect(self._activated)
            self._combos[combo] = target.key
            parts = (label(target.label, "strong", wrap=True), label(target.value_range, "small"), combo)
            for where, part in enumerate((*parts, label(confidence_words(target), "small"))):
                self._grid.addWidget(part, at, where)
        self._grid.setColumnStretch(0, 1)

    def _activated(self, _choice: int) -> None:
        combo = self.sender()
        if isinstance(combo, Combo):
            self.matched.emit(self._combos[combo], combo.currentText())
