"""The keys of a newcomer, counted: a key press is one action, however many keys are held; typed text counts apart."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.keys import NONE, press, type_text

MOST_TABS = 40


def settled() -> None:
    for _ in range(3):
        QApplication.processEvents()


@dataclass
class Newcomer:
    """Presses keys on whatever has the focus, and counts."""

    presses: int = 0
    characters: int = 0
    last: str = "the beginning"
    steps: list[tuple[str, int]] = field(default_factory=list)

    @property
    def focus(self) -> QWidget:
        holder = QApplication.focusWidget()
        assert holder is not None, f"the focus was lost after {self.last}"
        assert holder.isVisible()
        return holder

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        self.last = f"{key.name} on {self.focus.accessibleName()}"
        press(self.focus, key, modifiers)
        settled()

    def type(self, text: str) -> None:
        self.characters += len(text)
        type_text(self.focus, text)

    def tab_to(self, name: str) -> None:
        """Tab until what has the focus is called this."""
        for _ in range(MOST_TABS):
            if self.focus.accessibleName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab does not reach {name}")

    def do(self, name: str) -> None:
        """Go to a button and press it."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def done(self, step: str) -> None:
        """Note how many presses a step of the journey took."""
        self.steps.append((step, self.presses - sum(count for _, count in self.steps)))
