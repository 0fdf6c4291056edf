"""A choice under its caption, and a field that suggests words but takes any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.widgets.card import column
from desktop.widgets.inputs import Combo
from desktop.widgets.text import announce, label, set_property


class ChoiceField(QWidget):
    """A caption over a combo box, and the words under it when the choice will not do. `entered` comes on a choice."""

    entered = Signal(str)

    def __init__(self, caption: str, choices: Sequence[str] = ()) -> None:
        super().__init__()
        self.combo = Combo(caption, choices)
        self.combo.setMinimumContentsLength(8)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setProperty("bad", "false")  # before it has a style, which would be put on again for it
        self.caption = label(caption, "caption", wrap=True)
        self.caption.setBuddy(self.combo)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.setLayout(column(self.caption, self.combo, self.fault, None, gap=3))
        self.setFocusProxy(self.combo)
        self.combo.activated.connect(self._activated)

    @property
    def text(self) -> str:
        """What is chosen."""
        return self.combo.currentText().strip()

    def set_text(self, text: str) -> None:
        """Choose without telling anyone, and take a fault away."""
        with QSignalBlocker(self.combo):
            self.combo.setCurrentText(text)
        self.show_fault("")

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer other choices; the one chosen stays where it can."""
        if [self.combo.itemText(at) for at in range(self.combo.count())] == list(choices):
            return
        held = self.combo.currentText()
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItems(list(choices))
            self.combo.setCurrentText(held)

    def show_fault(self, words: str) -> None:
        """Say under the field what is wrong and what would be right; an empty text takes it away."""
        set_property(self.combo, "bad", "true" if words else "false")
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.combo.setAccessibleDescription(words)
        if words:
            announce(self.combo, words)

    def _activated(self, _at: int) -> None:
        self.entered.emit(self.text)


class SuggestField(ChoiceField):
    """Words to choose from (Alt+Down), and room for any others: typed text is kept as it is, nothing completes it.

    `entered` comes on commit.
    """

    def __init__(self, caption: str, choices: Sequence[str] = (), *, placeholder: str = "") -> None:
        super().__init__(caption, choices)
        self._line = QLineEdit()
        self._last = ""
        self.combo.setEditable(True)
        self.combo.setLineEdit(self._line)
        self.combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.combo.setCurrentText("")
        self._line.setPlaceholderText(placeholder)
        self._line.setAccessibleName(caption)
        self.combo.setCompleter(None)  # type: ignore[arg-type]  # Qt takes a null pointer: nothing completes what is typed
        self._line.editingFinished.connect(self._finished)

    @property
    def is_being_typed(self) -> bool:
        """Whether a person is typing here and has not left yet."""
        return self._line.hasFocus() and self.text != self._last

    def set_text(self, text: str) -> None:
        """Put text in without telling anyone, and take a fault away."""
        self._last = text
        super().set_text(text)
        self._line.setCursorPosition(0)

    def _activated(self, _at: int) -> None:
        self._finished()

    def _finished(self) -> None:
        if self.text != self._last:
            self._last = self.text
            self.entered.emit(self.text)
