"""Drawings of charts as pictures."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter

TIMES = 2
"""So many pixels of a picture for one of its drawing."""


def as_png(drawing: str) -> bytes:
    """A drawing (SVG) as a picture (PNG) on white. Raises ValueError for a text that is no drawing."""
    from PySide6.QtSvg import QSvgRenderer

    drawn = QSvgRenderer(QByteArray(drawing.encode()))
    if not drawn.isValid():
        text = f"no drawing: {drawing[:40]}"
        raise ValueError(text)
    image = QImage(drawn.defaultSize() * TIMES, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawn.render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload] # the stub knows the format only as bytes
    return bytes(held.data().data())
