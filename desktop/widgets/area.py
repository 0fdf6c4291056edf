"""Several lines of text with a caption, saved when they are left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.theme.look import look
from desktop.widgets.card import column
from desktop.widgets.text import announce, label, set_property


class _Lines(QPlainTextEdit):
    left = Signal()

    def __init__(self, pasting: Callable[[QMimeData], str] | None) -> None:
        super().__init__()
        self._pasting = pasting

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What was copied elsewhere comes in as it stands, or as `pasting` reads it."""
        if self._pasting is None:
            super().insertFromMimeData(source)
        else:
            self.insertPlainText(self._pasting(source))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the text has been left."""
        super().focusOutEvent(event)
        self.left.emit()


class TextArea(QWidget):
    """A caption over several lines. `entered` carries the text when the focus leaves it; Tab moves on."""

    entered = Signal(str)

    def __init__(
        self, caption: str, *, placeholder: str = "", pasting: Callable[[QMimeData], str] | None = None
    ) -> None:
        super().__init__()
        self.input = _Lines(pasting)
        self.input.setTabChangesFocus(True)
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleName(caption)
        self.input.setProperty("bad", "false")  # before it has a style, which would be put on again for it
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.setLayout(column(label(caption, "caption", wrap=True), self.input, self.fault, None, gap=3))
        self.setFocusProxy(self.input)
        self.input.left.connect(self._left)
        look().theme_changed.connect(self._resize)
        self._resize()
        self._last = ""

    @property
    def text(self) -> str:
        """What is written, without blanks around it."""
        return self.input.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Put text in without telling anyone; what is being written is left alone."""
        if text != self.text and not self.input.hasFocus():
            self.input.setPlainText(text)
        self._last = text

    def empty(self) -> None:
        """Take out what is written, even what is being written: it belongs to something no longer shown."""
        self._last = ""
        self.input.setPlainText("")
        self.show_fault("")

    def show_fault(self, words: str) -> None:
        """Say under the text what is wrong and what would be right; an empty text takes it away."""
        set_property(self.input, "bad", "true" if words else "false")
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.input.setAccessibleDescription(words)
        if words:
            announce(self.input, words)

    def _left(self) -> None:
        if self.text != self._last:
            self._last = self.text
            self.entered.emit(self.text)

    def _resize(self) -> None:
        self.input.setFixedHeight(look().theme.px(84))
