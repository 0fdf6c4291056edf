"""F1: the help on the control that has the focus, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.frame.help_places import Names, Place, place_named, place_of

HELP = "Help"
NAMED_PLACE = "help_place"
"""The Qt property by which a control names its own place in the help, as a message does with its code."""


class Helping(QObject):
    """Knows where a person was when the help opened. `show` is the window's way to a page."""

    def __init__(self, owner: QWidget, show: Callable[[str, object], None]) -> None:
        super().__init__(owner)
        self._owner, self._show = owner, show
        self._page = ""
        self._held: tuple[QWidget, ...] = ()

    def remember(self, page: str) -> None:
        """Keep the page in front and the control that has the focus, with all it stands in."""
        if page != HELP:
            self._page = page
            self._held = tuple(outwards(QApplication.focusWidget()))

    def open_for(self, page: str, tab: str) -> None:
        """Show the help on the control in focus."""
        place = self.place(QApplication.focusWidget(), page, tab)
        self._show(HELP, (place.page, place.heading) if place is not None else None)

    def place(self, control: QWidget | None, page: str, tab: str) -> Place | None:
        """Where the help speaks of a control of a page and tab; a name in the rail stands for its page."""
        held = tuple(outwards(control))
        own = next((str(one.property(NAMED_PLACE)) for one in held if one.property(NAMED_PLACE)), "")
        if own:
            return place_named(own)
        named = control.accessibleName() if control is not None and any(_is_rail(one) for one in held) else page
        return place_of([names(one) for one in held], named, tab if named == page else "")

    def back(self) -> None:
        """Return to where the help was opened from, the focus where it was or as near as what is left of it."""
        if not self._page:
            return
        page, held = self._page, self._held
        self._show(page, None)
        refocus(held)
        QTimer.singleShot(0, self, lambda: refocus(held))


def outwards(control: QWidget | None) -> Iterator[QWidget]:
    """A control, what it stands in, and so on up to the window."""
    while control is not None and not control.isWindow():
        yield control
        control = control.parentWidget()


def refocus(held: tuple[QWidget, ...]) -> None:
    """Give the focus to the innermost of these that is still there and takes it."""
    for one in held:
        if isValid(one) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            one.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def names(control: QWidget) -> Names:
    """The classes of a control of this house, and its accessible name, also without what follows a colon."""
    own = {kind.__name__ for kind in type(control).__mro__ if kind.__module__.startswith("desktop.")}
    said = control.accessibleName()
    return own | {said, said.partition(":")[0]} - {""}


def _is_rail(control: QWidget) -> bool:
    return control.objectName() == "rail"
