"""One way to draw each kind of block. Every function returns the block's height in points; without a painter it only
measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.printing.chart import PICTURE_HEIGHT, draw_picture
from desktop.printing.inks import height_of, ink, pen, width_of, write
from exporters.page import Block, Box, Heading, Paragraph, Picture, Small, Table, Title

RIGHT = Qt.AlignmentFlag.AlignRight


def draw(block: Block, painter: QPainter | None, top: float, left: float, width: float) -> float:
    """Draw a block of any kind at a place, or measure it."""
    return _WAYS[type(block)](block, painter, QRectF(left, top, width, 0))


def _title(block: Title, painter: QPainter | None, at: QRectF) -> float:
    first = height_of(block.text, "title", at.width())
    second = height_of(block.below, "small", at.width())
    if painter is not None:
        painter.fillRect(QRectF(at.left(), at.top(), at.width(), 3), ink("accent"))
        write(painter, QRectF(at.left(), at.top() + 12, at.width(), first), block.text, "title")
        below = QRectF(at.left(), at.top() + 13 + first, at.width(), second)
        write(painter, below, block.below, "small", "text2")
    return first + second + 24


def _heading(block: Heading, painter: QPainter | None, at: QRectF) -> float:
    first = height_of(block.text, "heading", at.width())
    second = height_of(block.below, "small", at.width()) if block.below else 0.0
    if painter is not None:
        write(painter, QRectF(at.left(), at.top() + 8, at.width(), first), block.text, "heading")
        below = QRectF(at.left(), at.top() + 9 + first, at.width(), second)
        write(painter, below, block.below, "small", "text2")
    return first + second + 12


def _box(block: Box, painter: QPainter | None, at: QRectF) -> float:
    room = at.width() - 24
    height = height_of(block.text, "box", room)
    if painter is not None:
        painter.fillRect(QRectF(at.left(), at.top(), at.width(), height + 16), ink("note_bg"))
        painter.fillRect(QRectF(at.left(), at.top(), 3, height + 16), ink("accent"))
        write(painter, QRectF(at.left() + 14, at.top() + 8, room, height), block.text, "box")
    return height + 20


def _paragraph(block: Paragraph, painter: QPainter | None, at: QRectF) -> float:
    height = height_of(block.text, "body", at.width())
    if painter is not None:
        write(painter, QRectF(at.left(), at.top() + 2, at.width(), height), block.text)
    return height + 6


def _small(block: Small, painter: QPainter | None, at: QRectF) -> float:
    height = height_of(block.text, "small", at.width())
    if painter is not None:
        write(painter, QRectF(at.left(), at.top() + 2, at.width(), height), block.text, "small", "text2")
    return height + 6


def _picture(block: Picture, painter: QPainter | None, at: QRectF) -> float:
    note = height_of(block.note, "small", at.width())
    if painter is not None:
        draw_picture(block, painter, QRectF(at.left(), at.top(), at.width(), PICTURE_HEIGHT))
        below = QRectF(at.left(), at.top() + PICTURE_HEIGHT + 2, at.width(), note)
        write(painter, below, block.note, "small", "text2")
    return PICTURE_HEIGHT + note + 8


def _table(block: Table, painter: QPainter | None, at: QRectF) -> float:
    columns = _columns(block, at.width())
    top = at.top() + 4
    for number, row in enumerate((block.headings, *block.rows)):
        token = "strong" if number == 0 else "body"
        height = max(height_of(text, token, width - 8) for text, width in zip(row, columns, strict=True)) + 7
        if painter is not None:
            _table_row(painter, row, columns, QRectF(at.left(), top, at.width(), height), head=number == 0)
        top += height
    return top - at.top() + 6


def _table_row(painter: QPainter, row: tuple[str, ...], columns: list[float], box: QRectF, *, head: bool) -> None:
    if head:
        painter.fillRect(box, ink("header"))
    painter.setPen(pen("line" if head else "hair"))
    painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
    left = box.left()
    for number, (text, width) in enumerate(zip(row, columns, strict=True)):
        inside = QRectF(left + 4, box.top() + 3, width - 8, box.height() - 6)
        align = Qt.AlignmentFlag.AlignLeft if number == 0 else RIGHT
        write(painter, inside, text, "strong" if head else "body", "text", align)
        left += width


def _columns(block: Table, width: float) -> list[float]:
    """Figures take what they need; words take the rest."""
    lines = (block.headings, *block.rows)
    needs = [max(width_of(line[c], "strong") for line in lines) + 14 for c in range(1, len(block.headings))]
    return [width - sum(needs), *needs]


_WAYS: dict[type, Callable[[Any, QPainter | None, QRectF], float]] = {  # Any: each function takes its own block
    Title: _title,
    Heading: _heading,
    Box: _box,
    Paragraph: _paragraph,
    Small: _small,
    Picture: _picture,
    Table: _table,
}
