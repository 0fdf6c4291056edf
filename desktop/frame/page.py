"""What the frame asks of a page. Pages describe themselves; the frame draws what is common to all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.states import HeaderState
from desktop.theme.look import look


class Page(QWidget):
    """One page of the stack, made when first shown. Override what the page has; every default is harmless.

    Emit `header_changed` when title, facts or tabs change, `details_changed` when F4 should show something else,
    `go` with the name of another page and what it should show there, and `back_asked` to return to where one was.
    """

    header_changed = Signal()
    details_changed = Signal()
    go = Signal(str, object)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def dress(self) -> None:
        """Have the theme put on: a page that holds pages of its own names them as parts instead."""
        look().dressing.add(self)

    @property
    def is_put_away(self) -> bool:
        """Whether another page stands in front in its place: what changes meanwhile it asks for when `entered`."""
        return self.isHidden() and self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)

    def header(self) -> HeaderState:
        """Title, facts and tabs."""
        return HeaderState("")

    def header_buttons(self) -> Sequence[QWidget]:
        """The page's own buttons at the right of the header; always the same objects."""
        return ()

    def under_header(self) -> QWidget | None:
        """A widget under the title, such as the steps of an import."""
        return None

    def first(self) -> QWidget | None:
        """The control to begin with when the page comes to the front; None: the page itself."""
        return None

    def details(self) -> QWidget | None:
        """What F4 shows; None: nothing to show here."""
        return None

    def toggle_own_details(self) -> bool:
        """F4: hide or show details that stand in the page itself; False where the frame is to show them."""
        return False

    def own_actions(self) -> Sequence[QAction]:
        """What can be done to what is in front of the page, for Ctrl+K; a tab stands before an action's key."""
        return ()

    def open_tab(self, name: str) -> None:
        """A person chose a tab of the header."""

    def open_with(self, target: object) -> None:
        """The page was asked for with something to show: a role's id, a measure."""

    def entered(self) -> None:
        """The page has come to the front."""

    def settle(self) -> None:
        """Commit whatever is open: called before another page, a backup or the end."""
