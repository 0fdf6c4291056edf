"""Cards in as many equal columns as fit, down to one at large text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.theme.look import look


class CardFlow(QWidget):
    """Lays cards out in equal columns at least `least` pixels wide (times the text scale), down to one."""

    def __init__(
        self, cards: Sequence[QWidget] = (), *, least: int = 260, most_columns: int = 4, gap: int = 10
    ) -> None:
        super().__init__()
        self._least, self._most = least, most_columns
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.set_cards(cards)

    def set_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards in place of those shown."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = list(cards)
        self._columns = 0
        self._arrange()

    @property
    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _fitting(self) -> int:
        gap = self._grid.spacing()
        widest = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        fitting = (self.width() + gap) // (max(look().theme.px(self._least), widest) + gap)
        return int(max(1, min(fitting, self._most, len(self._cards) or 1)))

    def _arrange(self) -> None:
        columns = self._fitting()
        if columns == self._columns:
            return
        for at in range(max(self._columns, columns)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
