"""The staffing section: a small sheet that is typed into like any other, and what waits to be put right under it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.grid.state import GridState
from desktop.grid.view import EntryGrid
from desktop.theme.look import look
from desktop.widgets import Button, Card, column, label, row

WHY = (
    "Was there as much of the role as was meant? A null result with half the posts empty says nothing of the role. "
    "Enter goes down, a column from a spreadsheet can be pasted."
)
OVER = "The paste reached past the last month or column; what did not fit was left out."


class StaffingView(QWidget):
    """`asked` carries edits as (row, column, text) and the name of their step; `dropped` when drafts are given up."""

    asked = Signal(object, str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.sentence = label("", "strong", wrap=True)
        self.grid = EntryGrid(GridState((), (), ()), "Whole-time equivalents by month")
        self.fault = label("", "error", wrap=True)
        self.drop = Button("Give up what is not saved", "link")
        self.over = label("", "small", wrap=True)
        card = Card("Planned and actual WTE by month")
        card.add(label(WHY, "small", wrap=True), self.sentence, self.fault, row(self.drop, None), self.over, self.grid)
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayout(column(card, margins=(16, 8, 16, 12)))
        self.grid.edits_asked.connect(self._ask)
        self.grid.overhang.connect(self._reached_over)
        self.drop.clicked.connect(self.dropped)
        look().theme_changed.connect(self._fit)
        self._fit()
        self.show_faults(())
        self.over.hide()

    def _fit(self) -> None:
        self.grid.setMinimumHeight(look().theme.px(160))

    def show_state(self, state: GridState, sentence: str) -> None:
        """Show the months."""
        self.sentence.setText(sentence)
        self.grid.set_state(state)

    def show_faults(self, faults: tuple[str, ...]) -> None:
        """Say why what was typed is not saved."""
        self.fault.setText(f"{' '.join(faults)} Nothing of this entry has been saved yet." if faults else "")
        self.fault.setVisible(bool(faults))
        self.drop.setVisible(bool(faults))

    def settle(self) -> None:
        """Commit an open editor."""
        self.grid.commit_open_editor()

    def _ask(self, edits: object, name: str) -> None:
        self.over.hide()
        self.asked.emit(edits, name)

    def _reached_over(self, _rows: int, _columns: int) -> None:
        self.over.setText(OVER)
        self.over.show()
