"""A door as a card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.pages.first_run.state import Door
from desktop.theme.icons import icon, icon_shelf
from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.widgets import Button, Card, ShapeMark, label, row
from desktop.widgets.text import set_property


class IconTile(QWidget):
    """An icon on a tinted square: decoration, so it says nothing to a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        icon_shelf().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = look().theme.px(52)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("hair") if theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("card" if theme.is_high_contrast else "sel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        side = theme.px(28)
        ink = "text" if theme.is_high_contrast else "sel_text"
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.drawPixmap(left, top, icon(self._name, ink, 28))
        painter.end()


class DoorCard(Card):
    """What is behind the door, three promises, the button, and how long it takes."""

    asked = Signal(str)

    def __init__(self, door: Door) -> None:
        super().__init__(gap=6, margins=(20, 20, 20, 18))
        self._key = door.key
        self.setAccessibleName(door.title)
        if door.primary:
            set_property(self, "chosen", "true")
        self.button = Button(door.button, "primary" if door.primary else "secondary")
        self.button.setAccessibleDescription(door.text)
        self.button.clicked.connect(self._clicked)
        self.add(row(IconTile(door.icon), None), 6, label(door.title, "h2", wrap=True), label(door.text, wrap=True), 2)
        for promise in door.promises:
            line = row(ShapeMark(Shape.FINE, "ok", 11), gap=6)
            line.addWidget(label(promise, wrap=True), 1)
            self.add(line)
        self.add(16, None, row(self.button, None, label(door.takes, "small")))

    def _clicked(self) -> None:
        self.asked.emit(self._key)
