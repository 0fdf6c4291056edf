"""A window as a screen reader meets it: nodes of the accessibility bus, found by role and name, acted on by AT-SPI.

It needs the `gi` module of the system's Python (python3-gi), a session bus and at-spi2-core, and no display library.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
EDITABLE, COMPONENT = "org.a11y.atspi.EditableText", "org.a11y.atspi.Component"
REGISTRY, ROOT = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
KEYS, KEYS_AT = "org.a11y.atspi.DeviceEventController", "/org/a11y/atspi/registry/deviceeventcontroller"
SYMBOL = 3
SHOWING = 25
WAIT_SECONDS = 30.0


class NotThereError(RuntimeError):
    """What was looked for did not come into view in time."""


class Bus:
    """The accessibility bus of the session."""

    def __init__(self) -> None:
        from gi.repository import Gio

        self._gio = Gio
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None
        ).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
        )

    def call(self, name: str, path: str, face: str, method: str, *given: object, signature: str = "") -> Any:  # noqa: ANN401 - as the bus answers
        """Call a method; the first thing it answers, None where it answers nothing."""
        from gi.repository import GLib

        arguments = GLib.Variant(f"({signature})", given) if signature else None
        answer = self._bus.call_sync(name, path, face, method, arguments, None, 0, 5000, None).unpack()
        return answer[0] if answer else None

    def read(self, name: str, path: str, face: str, key: str) -> Any:  # noqa: ANN401 - as the bus answers
        """A property."""
        return self.call(name, path, "org.freedesktop.DBus.Properties", "Get", face, key, signature="ss")

    def key(self, symbol: int) -> None:
        """Press and let go of a key, by its X symbol."""
        self.call(REGISTRY, KEYS_AT, KEYS, "GenerateKeyboardEvent", symbol, "", SYMBOL, signature="isu")


@dataclass(frozen=True)
class Node:
    """One thing on the bus."""

    bus: Bus
    owner: str
    path: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.bus.read(self.owner, self.path, ACCESSIBLE, "Name"))

    @property
    def role(self) -> str:
        """What kind of thing it is."""
        return str(self.bus.call(self.owner, self.path, ACCESSIBLE, "GetRoleName"))

    @property
    def is_showing(self) -> bool:
        """Whether it can be seen."""
        low, _ = self.bus.call(self.owner, self.path, ACCESSIBLE, "GetState")
        return bool(low & (1 << SHOWING))

    @property
    def children(self) -> list[Node]:
        """What it holds."""
        held = self.bus.call(self.owner, self.path, ACCESSIBLE, "GetChildren")
        return [Node(self.bus, owner, path) for owner, path in held]

    def walk(self) -> Iterator[Node]:
        """Itself and everything in it that can be seen."""
        yield self
        for child in self.children:
            if child.is_showing or child.role in ("application", "frame"):
                yield from child.walk()

    def find(self, role: str, name: str) -> Node:
        """The first thing of a role whose name begins so, once it is there. Raises NotThereError."""
        return until(lambda: next((n for n in self.walk() if n.role == role and n.name.startswith(name)), None), name)

    def press(self) -> None:
        """Do the first thing that can be done with it."""
        self.bus.call(self.owner, self.path, ACTION, "DoAction", 0, signature="i")

    def focus(self) -> None:
        """Put the focus on it."""
        self.bus.call(self.owner, self.path, COMPONENT, "GrabFocus")

    def write(self, text: str) -> None:
        """Put text into it."""
        if not self.bus.call(self.owner, self.path, EDITABLE, "SetTextContents", text, signature="s"):
            refused = f"{self.name} takes no text"
            raise NotThereError(refused)


def until(look: Callable[[], Node | None], what: str) -> Node:
    """What a look finds, as soon as it does. Raises NotThereError after a while."""
    from gi.repository import GLib

    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            found = look()
        except GLib.Error:  # a node went while it was looked at
            found = None
        if found is not None:
            return found
        time.sleep(0.2)
    text = f"{what} did not come into view"
    raise NotThereError(text)


def application(bus: Bus, name: str) -> Node:
    """A running application by its name."""
    root = Node(bus, REGISTRY, ROOT)
    return until(lambda: next((one for one in root.children if one.name == name), None), name)
