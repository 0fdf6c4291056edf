"""A table and its sentence in one card, open or folded."""

from __future__ import annotations

from desktop.pages.economics.state import TableCardState
from desktop.pages.fitting import FittingTable
from desktop.widgets import Button, Card, label


class TableCard(Card):
    """A table and its sentence, or the sentence of what is missing alone."""

    def __init__(self, title: str, facts: str = "") -> None:
        super().__init__(title, facts)
        self.table = FittingTable(title)
        self.sentence = label("", "small", wrap=True)
        self.add(self.table, self.sentence, None)

    def show_state(self, state: TableCardState) -> None:
        """Show another table, or what is missing for it."""
        self.sentence.setText(state.sentence)
        self.facts.setVisible(state.table is not None)
        self.table.setVisible(state.table is not None)
        if state.table is not None:
            self.table.set_state(state.table)


class FoldedCard(TableCard):
    """A table that is long: the sentence first, the rows when asked for."""

    def __init__(self, title: str, facts: str = "", rows: str = "months") -> None:
        super().__init__(title, facts)
        self._rows = rows
        self.fold = Button(f"Show {rows}", "quiet", icon="table")
        self.fold.clicked.connect(self._toggle)
        self.add_action(self.fold)
        self._open = False

    def show_state(self, state: TableCardState) -> None:
        """Show another table."""
        super().show_state(state)
        self.fold.setVisible(state.table is not None)
        self.table.setVisible(self._open and state.table is not None)

    def _toggle(self) -> None:
        self._open = not self._open
        self.table.setVisible(self._open)
        self.fold.setText(f"\u2009{'Hide' if self._open else 'Show'} {self._rows}")
        self.fold.setAccessibleName(self.fold.text().strip())
