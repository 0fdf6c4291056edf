"""How a figure is made, shown in place of the chart."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pages.impact.explain import Explanation
from desktop.widgets import Button, Card, column, label, scrolling


class ExplanationCard(Card):
    """Headings and sentences, and the way back; Esc goes back too.

    `copy_asked` asks the page for the words as they may leave the app; a page that can give them shows `copy`.
    """

    left = Signal()
    copy_asked = Signal()

    def __init__(self, back: str = "Back to the chart") -> None:
        super().__init__("How this is made")
        self.copy = Button("Copy", "quiet", icon="copy")
        self.copy.clicked.connect(self.copy_asked)
        self.copy.hide()
        self.add_action(self.copy)
        self.back = Button(back, icon="arrow-left")
        self.back.clicked.connect(self._leave)
        self.add_action(self.back)
        self._inner = QWidget()
        self._box = QVBoxLayout(self._inner)
        self._box.setContentsMargins(0, 0, 0, 0)
        area = scrolling(column(self._inner, None), margins=(0, 4, 0, 0))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("How this is made")
        self.body.addWidget(area, 1)
        self._shown: Explanation | None = None

    def show_state(self, state: Explanation) -> None:
        """Explain another figure."""
        if state == self._shown:
            return
        self._shown = state
        self.title.setText(state.title)
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for heading, sentences in state.parts:
            self._box.addWidget(label(heading, "strong"))
            for sentence in sentences:
                self._box.addWidget(label(sentence, wrap=True))
            self._box.addSpacing(6)

    def _leave(self) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
