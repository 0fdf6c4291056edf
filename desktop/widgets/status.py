"""The status bar: facts only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel, QStatusBar

from desktop.states import Fact
from desktop.theme.icons import set_icon
from desktop.widgets.card import row, rule
from desktop.widgets.text import label


class FactsBar(QStatusBar):
    """A real status bar of facts with icons, thin rules between them, and one hint at the right."""

    def __init__(self, hint: str = "F4 Details") -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Facts")
        self._frame = QFrame()
        self._frame.setObjectName("flat")
        self._line = row(gap=14, margins=(12, 0, 4, 0))
        self._frame.setLayout(self._line)
        self.addWidget(self._frame)
        self.hint = label(hint, "small")
        self.hint.setContentsMargins(0, 0, 10, 0)
        self.addPermanentWidget(self.hint)
        self.facts: tuple[Fact, ...] = ()

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts, in order."""
        if tuple(facts) == self.facts:
            return
        self.facts = tuple(facts)
        while item := self._line.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, fact in enumerate(self.facts):
            if at:
                self._line.addWidget(rule(upright=True))
            picture = QLabel()
            set_icon(picture, fact.icon, "text2", 14)
            self._line.addWidget(picture)
            self._line.addWidget(label(fact.words, "small"))
        self.setAccessibleDescription(". ".join(fact.words for fact in self.facts))
