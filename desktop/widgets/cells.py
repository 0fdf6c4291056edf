"""How one cell of a read-only table is measured and painted: lines, shape, tick, trend, ladder."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.states import ColumnSpec, TableCell
from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape
from desktop.widgets.sparkline import paint_sparkline

AnyIndex = QModelIndex | QPersistentModelIndex
CellRole = Qt.ItemDataRole.UserRole + 1
PADDING = 10
TICK = 16
TICK_ROOM = TICK + 8


class Ground(Protocol):
    """The table as far as its cells must know it."""

    def paint_ground(self, painter: QPainter, box: QRectF, row: int) -> None:
        """The paper under a cell."""

    def spec(self, column: int) -> ColumnSpec:
        """The column's description."""


class CellDelegate(QStyledItemDelegate):
    """Paints one or two lines, shape, tick, trend and hairline; a chosen row is filled, or ringed in high contrast."""

    def __init__(self, view: QAbstractItemView, ground: Ground) -> None:
        super().__init__(view)
        self._ground = ground

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The size that its words and shapes need."""
        return QSize(Ruler().width_of(_cell(index)), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one cell."""
        cell = _cell(index)
        number = self._ground.spec(index.column()).number
        painter.save()
        box = QRectF(option.rect)
        self._ground.paint_ground(painter, box, index.row())
        inner = box.adjusted(PADDING, 0, -PADDING, -1)
        if cell.ticked is not None:
            paint_tick(painter, tick_box(inner), ticked=cell.ticked)
            inner.setLeft(inner.left() + look().theme.px(TICK_ROOM))
        if cell.spark:
            paint_sparkline(painter, look().theme, box.adjusted(4, 5, -4, -5), cell.spark)
        elif cell.second or cell.ladder is not None:
            self._paint_two(painter, inner, cell, number)
        else:
            self._paint_line(painter, inner, cell, "body", cell.text, number)
        painter.restore()

    def _paint_two(self, painter: QPainter, box: QRectF, cell: TableCell, number: bool) -> None:
        theme = look().theme
        first = QFontMetrics(theme.font("body")).height()
        second = QFontMetrics(theme.font("small")).height()
        top = box.top() + (box.height() - first - second - 2) / 2
        self._paint_line(painter, QRectF(box.left(), top, box.width(), first), cell, "body", cell.text, number)
        lower = QRectF(box.left(), top + first + 2, box.width(), second)
        if cell.ladder is None:
            self._paint_line(painter, lower, cell, "small", cell.second, number)
        else:
            _paint_small_ladder(painter, lower, cell.ladder)

    def _paint_line(self, painter: QPainter, box: QRectF, cell: TableCell, face: str, text: str, number: bool) -> None:
        theme = look().theme
        if cell.shape and (face == "small") == cell.shape_on_second:
            at = QRectF(box.left(), box.top(), theme.px(10), box.height()).center()
            paint_shape(painter, cell.shape, at, theme.px(10), theme.colour(cell.shape_ink))
            box = box.adjusted(theme.px(16), 0, 0, 0)
        painter.setFont(theme.font(face, bold=cell.strong and face == "body"))
        painter.setPen(theme.colour("text2" if face == "small" else cell.ink))
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


class Ruler:
    """The widths that cells need in the theme that is on; its faces are looked up once."""

    def __init__(self) -> None:
        theme = look().theme
        self._body, self._strong, self._small = (
            QFontMetrics(font) for font in (theme.font("body"), theme.font("body", bold=True), theme.font("small"))
        )
        self._lead, self._spark, self._ladder = theme.px(16), theme.px(150), theme.px(90)
        self._tick = theme.px(TICK_ROOM)

    def width_of(self, cell: TableCell) -> int:
        """The width at which nothing of the cell is cut."""
        first = (self._strong if cell.strong else self._body).horizontalAdvance(cell.text)
        width = max(first, self._small.horizontalAdvance(cell.second)) + (self._lead if cell.shape else 0)
        width += self._tick if cell.ticked is not None else 0
        if cell.spark:
            width = max(width, self._spark)
        if cell.ladder is not None:
            width = max(width, self._ladder)
        return width + 2 * PADDING + 2

    def widths_of(self, cells: tuple[TableCell, ...]) -> list[int]:
        """The widths of a row."""
        return [self.width_of(cell) for cell in cells]


def _paint_small_ladder(painter: QPainter, box: QRectF, level: int) -> None:
    theme = look().theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width, height = theme.px(14), theme.px(7)
    for step in range(5):
        filled = step < level
        painter.setPen(theme.pen("accent" if filled else "text2"))
        painter.setBrush(theme.colour("accent") if filled else Qt.BrushStyle.NoBrush)
        left = box.left() + step * (width + theme.px(3))
        painter.drawRoundedRect(QRectF(left + 0.5, box.center().y() - height / 2 + 0.5, width, height), 3, 3)


def _cell(index: AnyIndex) -> TableCell:
    cell = index.data(CellRole)
    assert isinstance(cell, TableCell)  # noqa: S101 - the model of this module gives nothing else
    return cell


def tick_box(cell: QRectF) -> QRectF:
    """Where the box to tick stands in a cell."""
    side = look().theme.px(TICK)
    return QRectF(cell.left() + 0.5, cell.center().y() - side / 2 + 0.5, side, side)


def paint_tick(painter: QPainter, box: QRectF, *, ticked: bool) -> None:
    """A box, filled and with a tick in it where the row is marked."""
    theme = look().theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen("accent" if ticked else "text2"))
    painter.setBrush(theme.colour("accent" if ticked else "card"))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        paint_shape(painter, Shape.FINE, box.center(), box.height() * 0.72, theme.colour("on_accent"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
