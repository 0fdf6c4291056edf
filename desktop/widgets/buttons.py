"""Buttons by kind, the ring of the filled one, and the joined choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFocusFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.theme.icons import set_icon
from desktop.theme.look import look
from desktop.theme.style import RingStyle
from desktop.widgets.text import amp

_ICON_TOKEN = {"primary": "on_accent", "quiet": "link", "link": "link"}


class _Ring(QFocusFrame):
    """The 2 px ring around a filled button, with the paper showing between."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button)
        self._style = RingStyle()
        self._style.setParent(self)
        self.setStyle(self._style)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().theme.pen("focus", 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class Button(QPushButton):
    """A button of one kind: primary (one per screen), secondary, quiet or link. Icons stand beside words."""

    def __init__(self, text: str, kind: str = "secondary", *, icon: str = "", tip: str = "") -> None:
        super().__init__(amp(text) if not icon else f"\u2009{amp(text)}")
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._ring: _Ring | None = None
        if icon:
            set_icon(self, icon, _ICON_TOKEN.get(kind, "text2"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is here."""
        super().focusInEvent(event)
        if self.property("kind") == "primary":
            self._ring = self._ring or _Ring(self)
            self._ring.setWidget(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus has gone."""
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.setWidget(None)  # type: ignore[arg-type]  # Qt takes a null pointer here; the stub forgot it

    def disable(self, reason: str) -> None:
        """Switch the button off and say why: to the pointer and to a screen reader."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def enable(self, tip: str = "") -> None:
        """Switch the button on again."""
        self.setEnabled(True)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)


class _Segment(QPushButton):
    """One of the joined buttons: arrows move along, as in any exclusive choice."""

    def __init__(self, text: str, place: str) -> None:
        super().__init__(amp(text))
        self.setProperty("kind", "segment")
        self.setProperty("place", place)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        hint = super().sizeHint()
        return QSize(hint.width() + 2, hint.height())


def _place(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(at, "middle")


class Segmented(QWidget):
    """A choice among a few: joined buttons of which one is down. Arrows choose, Tab moves on."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        for at, text in enumerate(choices):
            button = _Segment(text, _place(at, len(choices)))
            button.setAccessibleDescription(name)
            self._group.addButton(button, at)
            box.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    @property
    def current(self) -> str:
        """The text of the chosen button."""
        return self._choices[self._group.checkedId()]

    def choose(self, text: str) -> None:
        """Choose by text; `chosen` is emitted if that is a change."""
        self._group.button(self._choices.index(text)).setChecked(True)

    def button(self, text: str) -> QPushButton:
        """The button of a choice, to switch it off with a reason."""
        found = self._group.button(self._choices.index(text))
        assert isinstance(found, QPushButton)  # noqa: S101 - only push buttons are put in
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _toggled(self, at: int, down: bool) -> None:
        if down:
            self.chosen.emit(self._choices[at])
