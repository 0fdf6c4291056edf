"""The further answers laid out: payback, cost of each, what would have to change, outcomes, scale, staff time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pages.economics.chart_card import CurvesCard
from desktop.pages.economics.further_state import FurtherState, OutcomeState
from desktop.pages.economics.table_card import FoldedCard, TableCard
from desktop.pages.fitting import Pair
from desktop.widgets import Card, column, label

BESIDE = 1000


class OutcomeCards(QWidget):
    """One valued outcome: the plane, and the curve of acceptability beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.plane = CurvesCard("Cost against gain")
        self.acceptability = CurvesCard("How likely it is worth it")
        self.setLayout(column(Pair(self.plane, self.acceptability, least=BESIDE), gap=0))

    def show_state(self, state: OutcomeState) -> None:
        """Show another outcome."""
        self.plane.title.setText(f"{state.title}: cost against gain")
        self.acceptability.title.setText(f"{state.title}: how likely it is worth it")
        self.plane.show_picture(state.plane, "")
        self.acceptability.show_picture(state.acceptability, state.no_draws)


class FurtherCards(QWidget):
    """Shows a `FurtherState`."""

    def __init__(self) -> None:
        super().__init__()
        self.payback = CurvesCard("When it pays back", "£ so far, before discounting")
        self.each = TableCard("What one of each costs", "as recorded, prices of the time")
        self.switching = FoldedCard("What would have to change", "present value", rows="lines")
        self.scale = CurvesCard("At what scale it pays", "£ a year")
        self.staff_time = TableCard("Cheaper, dearer, slower, quicker")
        self.no_outcome = Card("Outcomes and what they cost")
        self._no_outcome_words = label("", "small", wrap=True)
        self.no_outcome.add(self._no_outcome_words)
        self.outcomes: list[OutcomeCards] = []
        self._outcome_box = QVBoxLayout()
        self._outcome_box.setContentsMargins(0, 0, 0, 0)
        self._outcome_box.setSpacing(8)
        whole = column(
            Pair(self.payback, self.each, least=BESIDE, shares=(6, 5)),
            self.switching,
            self.no_outcome,
            gap=8,
        )
        whole.addLayout(self._outcome_box)
        whole.addWidget(Pair(self.scale, self.staff_time, least=BESIDE, shares=(6, 5)))
        self.setLayout(whole)

    def show_state(self, state: FurtherState) -> None:
        """Show other answers."""
        self.payback.show_picture(state.payback, state.missing)
        self.each.show_state(state.each)
        self.switching.show_state(state.switching)
        self.scale.show_picture(state.scale, state.no_scale)
        self.staff_time.show_state(state.staff_time)
        self.no_outcome.setVisible(not state.outcomes)
        self._no_outcome_words.setText(state.no_outcome)
        while len(self.outcomes) < len(state.outcomes):
            self.outcomes.append(OutcomeCards())
            self._outcome_box.addWidget(self.outcomes[-1])
        for at, card in enumerate(self.outcomes):
            card.setVisible(at < len(state.outcomes))
            if at < len(state.outcomes):
                card.show_state(state.outcomes[at])
