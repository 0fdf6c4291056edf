"""Progress: a thin bar with words and Cancel, shown only when something takes longer than 0.3 seconds."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.card import column, row
from desktop.widgets.text import label

SHOW_AFTER_MS = 300


class ProgressLine(QWidget):
    """Hidden until work has lasted 0.3 s; `cancelled` asks for an end. Its place in the layout is kept free of jumps
    by the page, which gives it a row of its own."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = Button("Cancel", "link")
        self._cancel.clicked.connect(self._clicked)
        self.setLayout(column(row(self._words, None, self._cancel), self._bar, gap=2))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str) -> None:
        """Work has begun; the bar appears if it is still going on in 0.3 s."""
        self.step(0, 0, words)
        self._cancel.setEnabled(True)
        self._timer.start()

    def step(self, done: int, total: int, words: str) -> None:
        """Show how far it has come; a total of 0 is not known yet."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(words)
        self._bar.setAccessibleDescription(words)

    def end(self) -> None:
        """Work has ended, one way or another."""
        self._timer.stop()
        self.hide()

    def _clicked(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()
