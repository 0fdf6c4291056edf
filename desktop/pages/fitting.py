"""A table where it fits, cards with the same facts where it does not, and two parts side by side or stacked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.states import TableCell, TableState
from desktop.theme.look import look
from desktop.widgets import DataTable, column, label, row
from desktop.widgets.ringed import OpenedCard
from desktop.widgets.table import fit_height

LARGE_TEXT = 1.3
DOT = "  ·  "


def emptied(box: QVBoxLayout) -> None:
    """Take every widget out of a column and let it go."""
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


class Pair(QWidget):
    """Two parts side by side in given shares where there is room, else one under the other."""

    def __init__(self, left: QWidget, right: QWidget, *, least: int, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._least = least
        self._box = row(gap=10)
        for part, share in zip((left, right), shares, strict=True):
            self._box.addWidget(part, share)
        self.setLayout(self._box)
        self.setMinimumWidth(1)
        look().theme_changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side or not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= look().theme.px(self._least)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


class LineCard(OpenedCard):
    """One row as a card: its first cell as heading, the other cells by the names of their columns."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, key: str, heading: TableCell, facts: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{heading.words}. {facts}")
        self.key = key
        parts = [label(heading.text, "strong", wrap=True)]
        if heading.second:
            parts.append(label(heading.second, "small", wrap=True))
        if facts:
            parts.append(label(facts, "small", wrap=True))
        self.setLayout(column(*parts, gap=2, margins=(12, 6, 12, 6)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The card with the focus is the chosen one."""
        super().focusInEvent(event)
        self.update()
        self.chosen.emit(self.key)

    def open(self) -> None:
        """Say which row is to be opened."""
        self.opened.emit(self.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        super().mouseDoubleClickEvent(event)
        self.open()


class FittingTable(QWidget):
    """A read-only table as high as its rows, or its rows as cards. `opened` and `row_chosen` carry a row's key.

    Cards are made when they are to be seen and let go when they are not: unseen they would be dressed with the page.
    """

    opened = Signal(str)
    row_chosen = Signal(str)

    def __init__(self, name: str, state: TableState | None = None, *, table: DataTable | None = None) -> None:
        super().__init__()
        self.setMinimumWidth(1)
        self._state = state or TableState((), ())
        self.table = table or DataTable(name, self._state)
        self._cards = QWidget()
        self._box = QVBoxLayout(self._cards)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._key = ""
        self._built: TableState | None = None
        self.setLayout(column(self.table, self._cards, gap=0))
        self.table.opened.connect(self.opened)
        self.table.row_chosen.connect(self._choose)
        look().theme_changed.connect(self._fit)
        self._fit()

    @property
    def shown(self) -> TableState:
        """The table shown."""
        return self._state

    @property
    def current_key(self) -> str:
        """The key of the chosen row, or an empty text."""
        return self._key if self._key in self._state.keys else ""

    @property
    def shows_cards(self) -> bool:
        """True where cards stand in place of the table."""
        return self.table.isHidden()

    def set_state(self, state: TableState) -> None:
        """Show another table; the same one again changes nothing."""
        if state == self._state:
            return
        self._state = state
        self.table.set_state(state)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose table or cards for the new width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the cards of what was told while nobody looked."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = look().theme.scale <= LARGE_TEXT and self.table.fitted_width() <= max(self.width(), 1)
        if fits and self._built is not None:
            self._drop_cards()
        elif not fits and self.isVisible() and self._built != self._state:
            self._build()
        self.table.setVisible(fits)
        self._cards.setVisible(not fits)
        fit_height(self.table)

    def _drop_cards(self) -> None:
        emptied(self._box)
        self._built = None

    def _build(self) -> None:
        emptied(self._box)
        self._built = self._state
        names = [spec.name for spec in self._state.columns]
        for at, cells in enumerate(self._state.rows):
            key = self._state.keys[at] if at < len(self._state.keys) else str(at)
            facts = [f"{name}: {cell.words}" for name, cell in zip(names[1:], cells[1:], strict=True) if cell.words]
            card = LineCard(key, cells[0], DOT.join(facts))
            card.opened.connect(self.opened)
            card.chosen.connect(self._choose)
            self._box.addWidget(card)

    def _choose(self, key: str) -> None:
        self._key = key
        self.row_chosen.emit(key)
