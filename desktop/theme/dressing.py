"""Puts another theme on a window part by part: what is seen at once, the rest when it is shown.

One sheet for the whole application is put on every widget there is, seen or not: 1.8 s of processor time with all pages
made, and on each one that is made six times over until it stands in its place. So each part (a page, a tab, the rail)
has a sheet of its own, and the application has one only while there are no parts.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.theme.qss import style_sheet
from desktop.theme.tokens import Theme


class Dressing(QObject):
    """Knows the parts, and which theme each has on. Holders stand around parts and show the palette alone.

    Neither is kept alive by being known here.
    """

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._everywhere: Theme | None = None
        self._parts: WeakKeyDictionary[QWidget, Theme | None] = WeakKeyDictionary()
        self._holders: WeakSet[QWidget] = WeakSet()

    def add(self, *parts: QWidget, later: bool = False) -> None:
        """Take in parts: they have no part within them. Those that may never be seen are dressed later, when shown."""
        self._undress_all()
        for part in parts:
            self._parts[part] = None
            part.installEventFilter(self)
            if not later or part.isVisible():
                self._fit(part)

    def _undress_all(self) -> None:
        """Parts have sheets of their own: one for all would be put on each widget that is made, in vain and again
        with each thing that it is put into, until it stands in its part."""
        app = QApplication.instance()
        if self._everywhere is not None and isinstance(app, QApplication):
            app.setStyleSheet("")
        self._everywhere = None

    def hold(self, *holders: QWidget) -> None:
        """Take in what stands around parts."""
        self._holders.update(holders)

    def is_worn(self, theme: Theme) -> bool:
        """Whether all there is has the theme on, or will when it is shown."""
        self._forget_gone()
        return self._theme == theme and (bool(self._parts) or self._everywhere == theme)

    def put_on(self, app: QApplication, theme: Theme) -> None:
        """Put a theme on whatever is seen; without parts on the whole application."""
        self._theme = theme
        self._forget_gone()
        if not self._parts:
            app.setStyleSheet("")
            app.setStyleSheet(style_sheet(theme))
            self._everywhere = theme
            return
        for holder in self._holders:
            holder.setPalette(QPalette())  # the application's, now and not in a later turn
        for part in list(self._parts):
            if part.isVisible():
                self._fit(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part that comes into view has the theme that is on."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._fit(watched)
        return False

    def _fit(self, part: QWidget) -> None:
        if self._theme is not None and self._parts.get(part) != self._theme:
            self._parts[part] = self._theme
            part.setStyleSheet(_sheet(self._theme))

    def _forget_gone(self) -> None:
        for part in [part for part in self._parts if not isValid(part)]:
            del self._parts[part]
        for holder in [holder for holder in self._holders if not isValid(holder)]:
            self._holders.discard(holder)


def _sheet(theme: Theme) -> str:
    """A part's own sheet. It names the body size too, which Qt hands on to no widget that has a sheet."""
    return f"QWidget {{ font-size: {theme.points('body'):g}pt; }}{style_sheet(theme)}"
