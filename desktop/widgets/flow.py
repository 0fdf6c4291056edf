"""Cards in as many equal columns as fit, down to one at large text; and parts side by side that wrap like words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

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
        self._has_place = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.set_cards(cards)

    def set_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards in place of those shown; one that is shown already stays, with whoever is at it."""
        for card in self._cards:
            self._grid.removeWidget(card)
            if card not in cards:
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
        self._has_place = True
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._has_place:
            self._arrange()

    def _fitting(self) -> int:
        """How many columns fit. Before it stands anywhere no card is measured: a card that has been measured has its
        style on, and has it put on again each time that what it stands in is put into something."""
        gap = self._grid.spacing()
        measured = self._cards if self._has_place else ()
        widest = max((card.minimumSizeHint().width() for card in measured), default=0)
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
            if self.isVisible() or card.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                card.show()  # at once: by itself it comes into view one picture later, and moves what stands below


class Wrapping(QLayout):
    """Parts one after the other, each as wide as it needs, going on in the next line where a line is full."""

    def __init__(self, *parts: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        """Take in one more part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """A part."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Give a part away."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def invalidate(self) -> None:
        """Something in it has changed: measure again."""
        super().invalidate()
        self._heights.clear()

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width, asked for many times in one laying out."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, box: QRect) -> None:
        """Put every part in its place."""
        super().setGeometry(box)
        self._arrange(box, move=True)

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(len(shown) - 1, 0)
        return QSize(sum(one.width() for one in shown) + gaps, max((one.height() for one in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))

    def _arrange(self, box: QRect, *, move: bool) -> int:
        """Fill line after line, each part in the middle of its line; returns the height needed."""
        y = box.top()
        for line in self._lines(box.width()):
            high, x = max(item.sizeHint().height() for item in line), box.left()
            for item in line:
                hint = item.sizeHint()
                size = QSize(min(hint.width(), box.width()), hint.height())
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), size))
                x += size.width() + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing() - box.top(), 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The parts that stand together in each line."""
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if needed > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= needed + self.spacing()
        return lines
