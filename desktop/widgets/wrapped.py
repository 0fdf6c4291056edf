"""A read-only table whose cells hold sentences: they wrap, rows are as high as they need, columns share the width."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.states import TableCell, TableState
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape
from desktop.widgets.cells import PADDING, AnyIndex, CellDelegate, CellRole
from desktop.widgets.table import DataTable, fit_height
from desktop.widgets.text import unbroken

CAPTION, LEAST = 150, 200
"""Widths of the first column and, at least, of every other one, at 100 % text."""
_ABOVE = 6
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class _Delegate(CellDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the sentence, then the smaller words under it with their shape."""
        cell = index.data(CellRole)
        if not isinstance(cell, TableCell):
            return
        theme = look().theme
        painter.save()
        box = QRectF(option.rect)
        self._ground.paint_ground(painter, box, index.row())
        inner = box.adjusted(PADDING, _ABOVE, -PADDING, -_ABOVE)
        painter.setFont(theme.font("body", bold=cell.strong))
        painter.setPen(theme.colour(cell.ink))
        painter.drawText(inner, _WRAP, unbroken(cell.text))
        lower = inner.adjusted(0, _high(cell.text, "body", inner.width(), bold=cell.strong), 0, 0)
        if cell.second:
            if cell.shape is not None:
                line = QFontMetrics(theme.font("small")).height()
                at = QRectF(lower.left(), lower.top(), theme.px(10), line).center()
                paint_shape(painter, cell.shape, at, theme.px(10), theme.colour(cell.shape_ink))
                lower.setLeft(lower.left() + theme.px(16))
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(lower, _WRAP, unbroken(cell.second))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Rows are measured by the table."""
        return QSize(0, 0)


def _high(text: str, face: str, width: float, *, bold: bool = False) -> int:
    """How high a text stands in a width; nothing for no text."""
    if not text:
        return 0
    words = QFontMetrics(look().theme.font(face, bold=bold))
    return words.boundingRect(0, 0, max(int(width), 1), 100_000, int(_WRAP.value), unbroken(text)).height()


def _needed(cell: TableCell, width: int) -> int:
    inner = width - 2 * PADDING
    lead = look().theme.px(16) if cell.shape is not None else 0
    first = _high(cell.text, "body", inner, bold=cell.strong)
    return first + _high(cell.second, "small", inner - lead) + 2 * _ABOVE + 2


class WrappedTable(DataTable):
    """Keys, choice and copying of any read-only table; the first column names the row."""

    def __init__(self, name: str, state: TableState) -> None:
        super().__init__(name, state)
        self._wrapping = _Delegate(self, self)
        self.setItemDelegate(self._wrapping)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fitted_width(self, but: int | None = None) -> int:
        """The width from which sentences can be read in columns."""
        columns = len(self.shown.columns) - 1
        return look().theme.px(CAPTION) + columns * look().theme.px(LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        """Share the width, then make every row as high as its longest cell."""
        columns = len(self.shown.columns) - 1
        if columns < 1:
            return
        caption = look().theme.px(CAPTION)
        share = max((self.viewport().width() - caption) // columns, 1)
        widths = [caption, *[share] * columns]
        self.verticalHeader().setMinimumSectionSize(1)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        for at, cells in enumerate(self.shown.rows):
            self.setRowHeight(at, max(_needed(cell, width) for cell, width in zip(cells, widths, strict=True)))
        fit_height(self)
        self.viewport().update()
