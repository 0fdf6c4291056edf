"""A list of the record with what can be done to each row, and the form that adds or changes one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.facts_form import FactsForm
from desktop.pages.record.lists import Line, Listing
from desktop.widgets import Button, Card, column, label, row, rule
from desktop.widgets.text import show_in_place


class RowLine(QWidget):
    """One row: its heading, its detail, Change and Remove."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, line: Line, *, removable: bool) -> None:
        super().__init__()
        self.line = line
        self.change, self.remove = Button("Change", "link"), Button("Remove", "link")
        self.change.setAccessibleName(f"Change {line.heading[:60]}")
        self.remove.setAccessibleName(f"Remove {line.heading[:60]}")
        show_in_place(self.remove, wanted=removable)
        words = column(label(line.heading, "strong", wrap=True), label(line.detail, "small", wrap=True), gap=1)
        whole = row(gap=8)
        whole.addLayout(words, 1)
        whole.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(whole, rule(), gap=4))
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)

    def _change(self) -> None:
        self.chosen.emit(self.line.id)

    def _remove(self) -> None:
        self.removed.emit(self.line.id)


class RowsCard(Card):
    """`given` carries the row's id (0 if new) and the texts of its form, `removed` the id."""

    given = Signal(int, object)
    removed = Signal(int)

    def __init__(self, listing: Listing) -> None:
        super().__init__(listing.title)
        self.listing = listing
        self.rows: list[RowLine] = []
        self._lines: tuple[Line, ...] = ()
        self._editing = 0
        self.add_button = Button(f"Add {_article(listing.one)} {listing.one}", icon="plus")
        show_in_place(self.add_button, wanted=listing.add is not None)
        self.nothing = label(listing.empty, wrap=True)
        self.form = FactsForm(listing.fields)
        self._list = column(gap=6)
        self.add(
            label(listing.why, "small", wrap=True), self.nothing, self._list, self.form, row(self.add_button, None)
        )
        self.add_button.clicked.connect(self.open_new)
        self.form.given.connect(self._give)
        self.form.left.connect(self._left)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the rows there are now; an open form is left alone."""
        self.nothing.setVisible(not lines)
        if lines == self._lines:
            return
        self._lines = lines
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [RowLine(line, removable=self.listing.remove is not None) for line in lines]
        for made in self.rows:
            made.chosen.connect(self._open)
            made.removed.connect(self.removed)
            self._list.addWidget(made)

    def line(self, row_id: int) -> Line | None:
        """The row of an id; None for a new one."""
        return next((line for line in self._lines if line.id == row_id), None)

    def open_new(self) -> None:
        """Open the form for a new row."""
        self._editing = 0
        self.form.open_with(f"A new {self.listing.one}", {})

    def focus_first(self) -> None:
        """Put the focus where the list is filled: on its button, or on its first row."""
        if self.listing.add is not None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.rows:
            self.rows[0].change.setFocus(Qt.FocusReason.OtherFocusReason)

    def settled(self) -> None:
        """Put the form away once its row is recorded."""
        self.form.hide()
        self._left()

    def _open(self, row_id: int) -> None:
        line = self.line(row_id)
        if line is not None:
            self._editing = row_id
            self.form.open_with(f"Change this {self.listing.one}", line.texts)

    def _give(self, texts: Mapping[str, str]) -> None:
        self.given.emit(self._editing, texts)

    def _left(self) -> None:
        self.focus_first()


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
