"""An empty page: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.card import column, row
from desktop.widgets.text import label


class EmptyPage(QWidget):
    """What to do where there is nothing yet: left-aligned at the usual margin, no picture."""

    asked = Signal()

    def __init__(self, sentence: str, action: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.sentence = label(sentence, wrap=True)
        self.button = Button(action, "primary")
        self.button.clicked.connect(self._clicked)
        if not action:
            self.button.hide()
        self.setLayout(column(self.sentence, row(self.button, None), None, gap=12, margins=(16, 16, 16, 16)))

    def _clicked(self) -> None:
        self.asked.emit()
