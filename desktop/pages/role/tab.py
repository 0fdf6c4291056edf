"""What the role page asks of a tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.answers import RoleAnswer
from desktop.session import Session
from desktop.theme.look import look


class RoleTab(QWidget):
    """One tab of a role, made when first chosen. It is handed an answer whenever there is a newer one.

    Emit `details_changed` when F4 should show something else, `go` with a page and what it should show, and `tab_asked`
    with the name of another tab of this role and what to show there.
    """

    details_changed = Signal()
    go = Signal(str, object)
    tab_asked = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.begins: QWidget | None = None

    def dress(self) -> None:
        """Take the tab in as a part of the window that has a theme of its own put on, once it stands in the window."""
        look().dressing.add(self)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer; called on every change, with the tab in front."""
        raise NotImplementedError

    def focus_on(self, target: object) -> None:
        """Bring something into view: a measure's id, a period, a line."""

    def first(self) -> QWidget | None:
        """The control to begin with when the tab comes to the front; None: the page itself."""
        return self.begins

    def header_buttons(self) -> Sequence[QWidget]:
        """Buttons of this tab for the header; always the same objects."""
        return ()

    def own_actions(self) -> Sequence[QAction]:
        """What can be done to what the tab shows, for Ctrl+K."""
        return ()

    def details(self) -> QWidget | None:
        """What F4 shows."""
        return None

    def toggle_own_details(self) -> bool:
        """F4: hide or show details that stand in the tab itself; False where the frame is to show them."""
        return False

    def settle(self) -> None:
        """Commit whatever is open."""
