"""Comparators, targets and decisions on limits of one measure, in place of the chart."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from analysis.vocabulary import Arm, MeasureFacts
from db.answers import RoleAnswer
from desktop.pages.impact.setting import listings_of
from desktop.pages.record.parts import ListWriter, RecordPart
from desktop.pages.record.rows_card import RowsCard
from desktop.session import Session
from desktop.widgets import Button, Card, column, label, row, scrolling

ARM_WORDS = {Arm.COMPARATOR: "Type the comparator's values", Arm.BENCHMARK: "Type the benchmark's values"}


class SettingPart(RecordPart):
    """Three lists with their forms. `left` to go back to the chart; `values_asked` carries the arm to type into."""

    left = Signal()
    values_asked = Signal(object)

    def __init__(self, session: Session, measure: MeasureFacts) -> None:
        super().__init__(session)
        self.measure = measure
        self.back = Button("Back to the chart", icon="arrow-left")
        self.back.clicked.connect(self._leave)
        self.comparators, self.targets, self.limits = (RowsCard(listing) for listing in listings_of(measure))
        self._writers = [ListWriter(self, card) for card in (self.comparators, self.targets, self.limits)]
        self.buttons = {arm: Button(words, "link", icon="table") for arm, words in ARM_WORDS.items()}
        for arm, button in self.buttons.items():
            button.setObjectName(arm.value)
            button.clicked.connect(self._ask_values)
        self.comparators.add(row(*self.buttons.values(), None))
        head = Card()
        top = row(gap=8)
        top.addWidget(label(f"Compare, targets and limits: {measure.label}", "h2", wrap=True), 1)
        top.addWidget(self.back)
        head.add(top)
        cards: list[QWidget] = [head, self.comparators, self.targets, self.limits]
        self.setLayout(column(scrolling(column(*cards, None, gap=8), margins=(0, 0, 6, 0)), gap=0))

    def refresh(self, answer: RoleAnswer) -> None:
        """Show what is recorded now."""
        for card in (self.comparators, self.targets, self.limits):
            card.show_lines(card.listing.lines(answer))
        arms = {held.arm for held in answer.comparators if held.measure_id == self.measure.id}
        for arm, button in self.buttons.items():
            button.setVisible(arm in arms)

    def settle(self) -> None:
        """Nothing is open that would be lost: forms keep what was typed."""

    def _ask_values(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.values_asked.emit(Arm(sender.objectName()))

    def _leave(self) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the chart."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
