"""Cost lines proposed from a ledger: each with a tick, its monthly amount and where that comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from analysis.vocabulary import CostPhase
from analysis.wording import pence_as_pounds, plural
from desktop.cost_proposals import CostProposal
from desktop.pages.importing.listing import emptied
from desktop.widgets import Button, Card, TickBox, label, row

WORDS = (
    "The mean month of each line of the ledger, as a plan for the months to come. Change payer, price base and dates "
    "in Economics. They are added as one step that can be undone."
)
PHASES = {CostPhase.BEFORE: "before the role", CostPhase.AFTER: "of the role"}
MOST = 40


class CostsCard(Card):
    """`chosen` carries the ticked proposals; `left` comes when none is wanted."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("Plan costs from this ledger")
        self.boxes: list[tuple[TickBox, CostProposal]] = []
        self._rows = QVBoxLayout()
        self.add_lines, self.not_now = Button("Add cost lines"), Button("Not now", "link")
        self.add(label(WORDS, wrap=True), self._rows, row(self.add_lines, self.not_now, None))
        self.add_lines.clicked.connect(self._add)
        self.not_now.clicked.connect(self.left)
        self.hide()

    def offer(self, lines: Sequence[CostProposal]) -> None:
        """Offer these lines, all ticked; hidden without any."""
        emptied(self._rows)
        self.boxes = []
        for line in lines[:MOST]:
            amount = f"{pence_as_pounds(line.pence)} a month"
            box = TickBox(f"{line.label}: {amount}, cost {PHASES[line.phase]}", ticked=True)
            box.setAccessibleDescription(line.source)
            box.toggled.connect(self._count)
            self.boxes.append((box, line))
            self._rows.addWidget(box)
            self._rows.addWidget(label(line.source, "small", wrap=True))
        self.setVisible(bool(lines))
        self._count()

    def _ticked(self) -> list[CostProposal]:
        return [line for box, line in self.boxes if box.isChecked()]

    def _count(self) -> None:
        count = len(self._ticked())
        self.add_lines.setText(f"Add {plural(count, 'cost line')}")
        self.add_lines.setEnabled(bool(count))

    def _add(self) -> None:
        self.chosen.emit(self._ticked())
