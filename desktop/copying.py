"""A picture on the clipboard together with its words: each program takes the one it can."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

QT_KEEPS = ("minimal", "offscreen", "vnc")
"""Platforms without a clipboard of their own: Qt keeps what was copied until after Python has gone."""


def copy_picture(picture: QImage, words: str) -> None:
    """Put both on the clipboard."""
    held = QMimeData()
    held.setImageData(picture)
    held.setText(words)
    QGuiApplication.clipboard().setMimeData(held)
    app = QCoreApplication.instance()
    if app is not None and QGuiApplication.platformName() in QT_KEEPS:
        app.aboutToQuit.connect(_let_go)


def _let_go() -> None:
    """Take down what was made in Python while Python is there: the process would end with a segmentation fault."""
    QGuiApplication.clipboard().clear()
