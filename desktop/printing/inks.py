"""Faces and inks of a printed page, in points; always those of the light theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextOption

from desktop.theme.look import look
from desktop.theme.tokens import theme_named

SIZES = {"title": 20, "heading": 13, "box": 10.5, "body": 9.5, "strong": 9.5, "small": 8}
BOLD = frozenset({"title", "heading", "box", "strong"})


def ink(token: str) -> QColor:
    """A colour of the light theme."""
    return theme_named("light").colour(token)


def pen(token: str, width: float = 0.75) -> QPen:
    """A pen of so many points."""
    return QPen(ink(token), width)


def face(token: str) -> QFont:
    """A face of the page in tenths of a point: the painter is scaled to them, so sizes need no rounding."""
    font = QFont(look().theme.font("body"))
    font.setPixelSize(round(SIZES[token] * 10))
    font.setBold(token in BOLD)
    return font


def height_of(text: str, token: str, width: float) -> float:
    """How high a wrapped text is, in points."""
    metrics = QFontMetricsF(face(token))
    flags = int(Qt.TextFlag.TextWordWrap)
    return metrics.boundingRect(QRectF(0, 0, width * 10, 100_000), flags, kept_together(text)).height() / 10


def kept_together(text: str) -> str:
    """Text whose signs stay with their pounds when a line ends."""
    return text.replace("+£", "+\u2060£").replace("\u2212£", "\u2212\u2060£")


def width_of(text: str, token: str) -> float:
    """How wide a line is, in points."""
    return QFontMetricsF(face(token)).horizontalAdvance(text) / 10


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    kind: str = "body",
    colour: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write wrapped text into a box given in points."""
    painter.save()
    painter.scale(0.1, 0.1)
    painter.setFont(face(kind))
    painter.setPen(ink(colour))
    option = QTextOption(align | Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    big = QRectF(box.x() * 10, box.y() * 10, box.width() * 10, box.height() * 10 + 40)
    painter.drawText(big, kept_together(text), option)
    painter.restore()
