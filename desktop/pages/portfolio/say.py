"""The card of what can be said today."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from desktop.pages.portfolio.shapes import SayState
from desktop.widgets import Button, Card, label


class SayCard(Card):
    """Sentences with the names of the roles in bold, small lines under them, and the way to Excel."""

    excel_asked = Signal()

    def __init__(self) -> None:
        super().__init__("What can be said today")
        self.excel = Button("Portfolio to Excel", icon="file-text")
        self.excel.clicked.connect(self._excel)
        self.add_action(self.excel)
        self.sentences = label("", wrap=True, rich=True)
        self.add(self.sentences)
        self._small: list[QLabel] = []

    def show_state(self, state: SayState) -> None:
        """Say something else."""
        self.title.setText(state.title)
        self.setAccessibleName(state.title)
        self.sentences.setText(_rich(state))
        self.sentences.setAccessibleName(_plain(state))
        for old in self._small:
            self.body.removeWidget(old)
            old.deleteLater()
        self._small = [label(line, "small", wrap=True) for line in state.lines]
        for new in self._small:
            self.body.addWidget(new)

    def _excel(self) -> None:
        self.excel_asked.emit()


def _rich(state: SayState) -> str:
    parts = [escape(state.lead)]
    for name, sentence in state.roles:
        parts.append(f"<b>{escape(name)}</b>: {escape(sentence)}" if name else escape(sentence))
    return " ".join(parts)


def _plain(state: SayState) -> str:
    named = [f"{name}: {sentence}" if name else sentence for name, sentence in state.roles]
    return " ".join([state.lead, *named])
