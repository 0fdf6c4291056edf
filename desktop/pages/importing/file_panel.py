"""The first step: choose, drop or paste; next month's file by its recipe; what was brought in before, with its undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.wording import plural
from db.history import EditedCell, ImportRecord
from db.queries.recipes import SavedRecipe
from desktop.grid.clipboard import copied
from desktop.pages.importing.costs_card import CostsCard
from desktop.pages.importing.listing import emptied, filled, listing, scrolling_into
from desktop.pages.importing.reading import RefusedFile
from desktop.theme.marks import Kind
from desktop.widgets import Button, Card, Notice, label, row
from desktop.widgets.area import TextArea

WORDS = (
    "Excel, CSV or OpenDocument, one file or several of one shape; they may stay open in Excel. Roleworth shows what "
    "it found and saves nothing before you say so. A file can be dropped anywhere on the window."
)
PASTE_WORDS = "Paste cells with their headings"
COLUMNS = ("File", "When", "Added", "Replaced", "Here already", "Held back", "State")
MOST_RECIPES = 6
ANOTHER, AGAIN = "Choose another file", "Try again"


def import_line(held: ImportRecord) -> tuple[str, ...]:
    """One earlier import in words."""
    at = datetime.fromisoformat(held.imported_at).astimezone()
    when = f"{date_label(at.date())} {at:%H:%M}"
    counts = (held.added, held.replaced, held.unchanged, held.held)
    return held.file_name, when, *(f"{count:,}" for count in counts), "undone" if held.undone else "brought in"


class FilePanel(QWidget):
    """Says what a person chose; decides nothing."""

    browse_asked = Signal()
    again_asked = Signal()
    paste_read = Signal(str)
    recipe_asked = Signal(int)
    undo_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.browse = Button("Choose a spreadsheet", "primary", icon="file-arrow-down")
        self.paste = Button("Paste a table", icon="clipboard-text")
        self.block = TextArea(
            PASTE_WORDS, placeholder="Month\tAdmissions\tHome visits", pasting=lambda data: copied(data).whole
        )
        self.read_block = Button("Read this table")
        self.problem: Notice | None = None
        self._problems = QVBoxLayout()
        self.recipes: dict[int, Button] = {}
        self._recipe_rows = QVBoxLayout()
        self.costs = CostsCard()
        self._standing: dict[str, bool] = {}
        self.earlier = listing("Earlier imports", COLUMNS, numbers=COLUMNS[2:6])
        self.undo = Button("Undo this import", icon="arrow-u-up-left")
        self.edited = listing("Values edited since", ("Measure", "Period", "Edited by"))
        self.edited_words = label("", "strong", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        pick = Card("Bring a spreadsheet in")
        buttons = row(self.browse, self.paste, None)
        pick.add(label(WORDS, wrap=True), self._problems, buttons, self.block, row(self.read_block, None))
        self.next_month = Card("Next month's file", "the answers of an earlier import, used again")
        self.next_month.add(self._recipe_rows)
        self.past = Card("Brought in before", "each can be undone at any time")
        self.past.add(self.earlier, self.edited_words, self.edited, row(self.undo, None))
        self.setLayout(scrolling_into(self, self.costs, pick, self.next_month, self.past))
        self._show_paste(on=False)
        self.show_edited(())
        self.show_recipes(())
        self.show_imports(())

    def _connect(self) -> None:
        self.browse.clicked.connect(self.browse_asked)
        self.paste.clicked.connect(self.ask_for_paste)
        self.read_block.clicked.connect(self._read_block)
        self.undo.clicked.connect(self._undo)
        self.earlier.row_chosen.connect(self._chosen)

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.browse

    def ask_for_paste(self) -> None:
        """Open the field that takes a pasted block, and go to it."""
        self._show_paste(on=True)
        self.block.input.setFocus()

    def _show_paste(self, *, on: bool) -> None:
        self.block.setVisible(on)
        self.read_block.setVisible(on)

    def _read_block(self) -> None:
        self.paste_read.emit(self.block.input.toPlainText())

    def show_problem(self, problem: UserProblem | None) -> None:
        """Say why a file was not taken, what is safe and what to do; stays until another one is read."""
        emptied(self._problems)
        self.problem = None
        if problem is None:
            return
        detail = problem.hint or ""
        if isinstance(problem, RefusedFile) and problem.found:
            where = "; ".join(f"{one.stands_in}: {one.words}, {plural(one.count, 'time')}" for one in problem.found[:8])
            detail = f"{detail} Found: {where}. No value was kept."
        self.problem = Notice(Kind.FIX, problem.message, detail, (AGAIN, ANOTHER))
        self.problem.answered.connect(self._answered)
        self._problems.addWidget(self.problem)
        self.problem.announce()

    def _answered(self, answer: str) -> None:
        (self.again_asked if answer == AGAIN else self.browse_asked).emit()

    def show_recipes(self, held: Sequence[SavedRecipe]) -> None:
        """List the newest recipes, each with a button for the next file."""
        emptied(self._recipe_rows)
        self.recipes = {}
        for recipe in held[:MOST_RECIPES]:
            button = Button("The next file", icon="file-arrow-down")
            button.setAccessibleName(f"The next file like {recipe.name}")
            button.setObjectName(str(recipe.id))
            button.clicked.connect(self._recipe)
            self.recipes[recipe.id] = button
            line = QWidget()
            saved = label(f"saved {date_label(datetime.fromisoformat(recipe.saved_at).date())}", "small")
            line.setLayout(row(label(recipe.name, "strong", wrap=True), saved, None, button))
            self._recipe_rows.addWidget(line)
        self.next_month.setVisible(bool(held))

    def _recipe(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.recipe_asked.emit(int(button.objectName()))

    def show_imports(self, held: Sequence[ImportRecord]) -> None:
        """List earlier imports."""
        self._standing = {str(record.id): not record.undone for record in held}
        filled(self.earlier, [import_line(r) for r in held], tuple(str(r.id) for r in held))
        self.past.setVisible(bool(held))
        self.past.facts.setText(f"{plural(len(held), 'import')}, each can be undone at any time")
        self._chosen(self.earlier.current_key)

    def show_edited(self, cells: Sequence[EditedCell]) -> None:
        """List the values that stand in the way of an undo."""
        many = len(cells)
        said = f"This import cannot be undone yet: {plural(many, 'value')} edited since. Undo those edits first."
        self.edited_words.setText(said if cells else "")
        for part in (self.edited, self.edited_words):
            part.setVisible(bool(cells))
        filled(self.edited, [(cell.measure, cell.period, cell.label) for cell in cells])

    def _chosen(self, key: str) -> None:
        if not any(self._standing.values()):
            self.undo.disable("There is no import to undo")
        elif key and not self._standing.get(key, False):
            self.undo.disable("This import has been undone")
        else:
            self.undo.enable()

    def _undo(self) -> None:
        standing = [key for key, is_in in self._standing.items() if is_in]
        key = self.earlier.current_key or (standing[0] if standing else "")
        if key:
            self.undo_asked.emit(int(key))
