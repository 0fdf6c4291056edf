"""The commands that change the look: text size and colours."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.actions import ActionBook
from desktop.theme.look import look

TEXT_STEP = 0.1

_STEPS = {"text-larger": TEXT_STEP, "text-smaller": -TEXT_STEP}
_THEMES: dict[str, str | None] = {
    "theme-system": None,
    "theme-light": "light",
    "theme-dark": "dark",
    "theme-high-contrast": "high contrast",
}


class _Answers(QObject):
    """Answers the look commands of one book; dies with it."""

    def __init__(self, book: ActionBook) -> None:
        super().__init__(book)
        for command in _STEPS:
            book.action(command).setData(command)
            book.on(command, self.step)
        for command in _THEMES:
            book.action(command).setData(command)
            book.on(command, self.choose)
        book.on("text-usual", self.usual)

    def step(self) -> None:
        """Make text larger or smaller by a step."""
        action = self.sender()
        if isinstance(action, QAction):
            look().set_scale(round(look().theme.scale + _STEPS[str(action.data())], 2))

    def usual(self) -> None:
        """Go back to 100 % text."""
        look().set_scale(1.0)

    def choose(self) -> None:
        """Choose the colours the command names."""
        action = self.sender()
        if isinstance(action, QAction):
            look().choose(_THEMES[str(action.data())])


def answer_look_commands(book: ActionBook) -> None:
    """Have the look commands of a book answered."""
    _Answers(book)
