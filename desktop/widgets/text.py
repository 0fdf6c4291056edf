"""Labels by role, and text that is safe for Qt to show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.theme.look import look


def amp(text: str) -> str:
    """Text for a button, tab or action: `A&E` becomes `A&&E`, so that & is not taken for a key."""
    return text.replace("&", "&&")


def unbroken(text: str) -> str:
    """The text with every sign kept on the line of its amount: a word joiner stands between them."""
    return text.replace("\u2212\u00a3", "\u2212\u2060\u00a3").replace("+\u00a3", "+\u2060\u00a3")


class WrappedLabel(QLabel):
    """A label over several lines that never parts a sign from its amount."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._said = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; Qt would break the line between the two signs."""
        self._said = text
        super().setText(unbroken(text))

    def text(self) -> str:
        """The text as it was given."""
        return self._said


class ShortenedLabel(QLabel):
    """One line that gives way where there is no room: shortened as it is painted, whole in its text.

    `least` is the width in pixels, at the usual text size, that it never goes below.
    """

    def __init__(self, role: str, least: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._least, self._mode = least, mode
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few words are enough: a long name must not widen the window."""
        whole = super().sizeHint()
        return QSize(min(whole.width(), look().theme.px(self._least)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        painter = QPainter(self)
        painter.setPen(look().theme.colour("text"))
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


def label(text: str, role: str = "body", *, wrap: bool = False, rich: bool = False) -> QLabel:
    """A label in a role of the style sheet (`h1`, `h2`, `strong`, `small`, `caption`, `facts`, `figure`, `hero`).

    Text is plain unless `rich`; whoever passes rich text has escaped what people typed.
    """
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    made.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def show_in_place(widget: QWidget, *, wanted: bool) -> None:
    """Show a widget or hide it. One that stands nowhere yet is never shown: it would be a window of its own.

    It comes into view with what it is put into.
    """
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet reads, and have the widget drawn again by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
