"""The line under a grid that says what its marks mean; it wraps, so that nothing in it is ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.states import KeyItem
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape

GAP = 20


class KeyLine(QWidget):
    """Entries side by side, in as many lines as they need."""

    def __init__(self, items: Sequence[KeyItem] = ()) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._items: tuple[KeyItem, ...] | None = None
        self.set_items(items)

    def set_items(self, items: Sequence[KeyItem]) -> None:
        """Show another key."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        self.setAccessibleName("Key: " + "; ".join(f"{i.shape or ''} {i.words}".strip() for i in items))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Higher where the entries need more lines."""
        lines = max((line for _, line, _ in self._laid_out(width)), default=0) + 1
        return round(lines * self._line_height())

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As high as all its lines."""
        return QSize(100, self.heightForWidth(max(self.width(), 100)))

    def _line_height(self) -> float:
        return QFontMetricsF(look().theme.font("small")).height() + 4

    def _laid_out(self, width: int) -> Iterator[tuple[KeyItem, int, float]]:
        measure = QFontMetricsF(look().theme.font("small"))
        line, left = 0, 0.0
        for item in self._items or ():
            need = _lead(item) + measure.horizontalAdvance(item.words)
            if left and left + need > width:
                line, left = line + 1, 0.0
            yield item, line, left
            left += need + look().theme.px(GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme, height = look().theme, self._line_height()
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        for item, line, left in self._laid_out(self.width()):
            box = QRectF(left, line * height, self.width() - left, height)
            _paint_lead(painter, item, box)
            painter.setPen(theme.colour("text2"))
            words = box.adjusted(_lead(item), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, item.words)
        painter.end()


def _lead(item: KeyItem) -> float:
    """The room before the words."""
    return look().theme.px(24 if item.sample else 16) if item.sample or item.shape else 0


def _paint_lead(painter: QPainter, item: KeyItem, box: QRectF) -> None:
    theme = look().theme
    middle = box.center().y()
    if item.shape:
        paint_shape(painter, item.shape, QPointF(box.left() + theme.px(5), middle), theme.px(9), theme.colour(item.ink))
    elif item.sample == "launch":
        painter.fillRect(QRectF(box.left(), middle - 1.5, theme.px(18), 3), theme.colour("launch"))
    elif item.sample == "note":
        top, right, side = middle - theme.px(6), box.left() + theme.px(18), theme.px(8)
        painter.setPen(theme.pen("line"))
        painter.setBrush(theme.colour("card"))
        painter.drawRect(QRectF(box.left() + 0.5, top, theme.px(18), theme.px(12)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("note"))
        painter.drawPolygon((QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)))
    elif item.sample:
        painter.setPen(theme.pen("hair"))
        painter.setBrush(theme.colour(item.sample))
        painter.drawRect(QRectF(box.left() + 0.5, middle - theme.px(6), theme.px(18), theme.px(12)))
