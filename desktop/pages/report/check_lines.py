"""The checks of a report as lines of shape, word and detail."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from desktop.pages.report.state import Check
from desktop.widgets import ShapeMark, column, label, row


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def check_line(check: Check) -> QWidget:
    """One check with its shape, word and detail."""
    line = QWidget()
    words = column(label(check.words, wrap=True), gap=0)
    if check.detail:
        words.addWidget(label(check.detail, "small", wrap=True))
    box = row(ShapeMark(check.kind.shape, check.kind.value, 10), gap=8)
    box.addLayout(words, 1)
    line.setLayout(box)
    line.setAccessibleName(f"{check.kind.word}: {check.words} {check.detail}".strip())
    return line
