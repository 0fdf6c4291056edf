"""Icons from QtAwesome's Phosphor set: never before the first paint, coloured by token, scaled with the text.

`set_icon(button, name)` may be called at any time; the icon appears once `IconShelf.open` has run, and
follows the theme.
"""

from __future__ import annotations

import os
from typing import Protocol

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from desktop.theme.look import look


class TakesIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon) -> None:
        """Take an icon."""


class IconShelf(QObject):
    """Holds the icons made so far; `changed` is emitted when they can first be had and when the theme changes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_open = False
        self._made: dict[tuple[str, str], QIcon] = {}
        look().theme_changed.connect(self._renew)

    def open(self) -> None:
        """Load the icon font; called by the window after its first paint."""
        if not self.is_open:
            os.environ.setdefault("QT_API", "pyside6")
            import qtawesome  # noqa: F401 - loaded here so that the first icon costs nothing later

            self.is_open = True
            self.changed.emit()

    def icon(self, name: str, ink: str) -> QIcon:
        """The icon of a Phosphor name (`user`, `file-text`) in a colour token; blank until the shelf is open."""
        if not self.is_open:
            return _blank()
        colour = look().theme.hex(ink)
        key = (name, colour)
        if key not in self._made:
            import qtawesome

            drawn = qtawesome.icon(f"ph.{name}", color=colour, color_disabled=look().theme.hex("off"))
            self._made[key] = QIcon(_Drawn(drawn))
        return self._made[key]

    def _renew(self) -> None:
        self.changed.emit()


class _Drawn(QIconEngine):
    """An icon drawn once for each size and state: the font's own is drawn with every painting of its button."""

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._icon = icon
        self._pictures: dict[tuple[int, int, QIcon.Mode, QIcon.State], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a painter."""
        self._icon.paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The picture of a size."""
        key = size.width(), size.height(), mode, state
        if key not in self._pictures:
            self._pictures[key] = self._icon.pixmap(size, mode, state)
        return self._pictures[key]


def _blank() -> QIcon:
    pixmap = QPixmap(4, 4)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


_SHELVES: list[IconShelf] = []


def icon_shelf() -> IconShelf:
    """The application's icon shelf."""
    if not _SHELVES:
        _SHELVES.append(IconShelf(QApplication.instance()))
    return _SHELVES[0]


def icon(name: str, ink: str = "text2", size: int = 16) -> QPixmap:
    """The picture of an icon at `size` pixels times the text scale."""
    return icon_shelf().icon(name, ink).pixmap(QSize(look().theme.px(size), look().theme.px(size)))


class _IconHolder(QObject):
    """Keeps one target's icon in step with theme and shelf; dies with the target."""

    def __init__(self, target: QObject, name: str, ink: str, size: int) -> None:
        super().__init__(target)
        self.setObjectName("icon-holder")
        self._target, self._name, self._ink, self._size = target, name, ink, size
        icon_shelf().changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Give the target its icon again."""
        side = look().theme.px(self._size)
        if isinstance(self._target, QLabel):
            self._target.setPixmap(icon(self._name, self._ink, self._size))
            self._target.setFixedSize(side, side)
            return
        target = self._target
        if hasattr(target, "setIconSize"):
            target.setIconSize(QSize(side, side))
        if hasattr(target, "setIcon"):
            target.setIcon(icon_shelf().icon(self._name, self._ink))


def set_icon(target: QObject, name: str, ink: str = "text2", size: int = 16) -> None:
    """Give a label, button or action an icon that follows theme and text scale; a second call replaces the first."""
    for holder in target.findChildren(_IconHolder, options=Qt.FindChildOption.FindDirectChildrenOnly):
        holder.setParent(None)
        holder.deleteLater()
    _IconHolder(target, name, ink, size)
