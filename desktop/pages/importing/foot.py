"""The foot of the import: what is safe, whether the answers are remembered, and the way on and back."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from db.operations.imports import Existing
from desktop.pages.importing.draft import FILE, REVIEW, STEPS
from desktop.pages.importing.outlook import Outlook, button_words
from desktop.theme.look import look
from desktop.widgets import Button, TickBox, label, row

SAFE = "Nothing is saved yet. The import can be undone at any time."
LARGE_TEXT = 1.3


class Foot(QWidget):
    """One primary button on every step: Next, and at the end what will be done with its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.safe = label(SAFE, wrap=True)
        self.remember = TickBox("Remember these answers for next month's file", ticked=True)
        self.cancel, self.back = Button("Cancel", "link"), Button("Back")
        self.next, self.go = Button("Next", "primary"), Button("Import", "primary")
        self._buttons = row(None, self.cancel, self.back, self.next, self.go)
        self._box = row(self.safe, self.remember, gap=12, margins=(16, 6, 16, 10))
        self._box.addLayout(self._buttons)
        self._box.setStretch(0, 1)
        self.setLayout(self._box)
        look().theme_changed.connect(self._restack)
        self._restack()

    @property
    def primary(self) -> Button:
        """The button that leads on."""
        return self.go if self.next.isHidden() else self.next

    def show_step(self, step: int) -> None:
        """What there is to do on a step."""
        self.setVisible(step != FILE)
        self.next.setVisible(step != REVIEW)
        self.go.setVisible(step == REVIEW)
        self.remember.setVisible(step == REVIEW)
        if step < REVIEW:
            self.next.setAccessibleDescription(f"Goes to {STEPS[step + 1]}")

    def wait(self) -> None:
        """What will be done is being worked out."""
        self.go.disable("Being worked out")

    def show_outlook(self, outlook: Outlook) -> None:
        """Say what the button will do, or why it does nothing."""
        draft, different = outlook.draft, outlook.foreseen.different
        words = button_words(outlook, draft.existing)
        self.go.setText(words)
        self.go.setAccessibleName(words)
        if draft.existing is Existing.STOP and different:
            self.go.disable(f"{different:,} values differ from those held: keep yours or replace them")
        elif words.startswith("Import"):
            self.go.enable()
        else:
            self.go.disable("Every value that could be read is here already")

    def _restack(self) -> None:
        large = look().theme.scale > LARGE_TEXT
        self.safe.setVisible(not large)
        self.go.setToolTip(SAFE)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
