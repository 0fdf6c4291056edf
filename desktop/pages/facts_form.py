"""A form that stands in the page: captions over fields, choices, faults beside the field. It understands nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.widgets import Button, Card, CardFlow, ChoiceField, Combo, Field, SuggestField, TextArea, label, row


@dataclass(frozen=True)
class FieldSpec:
    """One field: its key, caption, an example, and the choices where only those are possible.

    `suggestions` are words to choose from where others may be typed; `lines` gives room for several lines.
    """

    key: str
    caption: str
    example: str = ""
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    lines: bool = False


Part = Field | TextArea | ChoiceField
"""Whatever a text is typed into or chosen from: all say `text`, `set_text` and `show_fault`."""


def made_from(spec: FieldSpec) -> Part:
    """The input of a field."""
    if spec.choices:
        return ChoiceField(spec.caption, spec.choices)
    if spec.suggestions:
        return SuggestField(spec.caption, spec.suggestions, placeholder=spec.example)
    if spec.lines:
        return TextArea(spec.caption, placeholder=spec.example)
    return Field(spec.caption, placeholder=spec.example)


def _usual(part: Part) -> str:
    """What stands in a field of which nothing is known: the first choice, or nothing."""
    if isinstance(part, SuggestField) or not isinstance(part, ChoiceField):
        return ""
    return part.combo.itemText(0)


class FactsForm(Card):
    """Hidden until opened. `given` carries the texts by key; Enter gives, Esc leaves without a change."""

    given = Signal(object)
    left = Signal()

    def __init__(self, specs: Sequence[FieldSpec], save: str = "Save") -> None:
        super().__init__("Change")
        self._parts: dict[str, Part] = {spec.key: made_from(spec) for spec in specs}
        self.fields = CardFlow(tuple(self._parts.values()), least=210, most_columns=4, gap=10)
        self.fault = label("", "error", wrap=True)
        self.save = Button(save, "primary")
        self.cancel = Button("Cancel")
        self.save.clicked.connect(self._give)
        self.cancel.clicked.connect(self._leave)
        self.add(self.fields, self.fault, row(self.save, self.cancel, None))
        self.hide()

    def field(self, key: str) -> Field:
        """The field of a key."""
        found = self._parts[key]
        assert isinstance(found, Field)  # noqa: S101 - asked for by a key that is typed into
        return found

    def choice(self, key: str) -> Combo:
        """The combo box of a key."""
        found = self._parts[key]
        assert isinstance(found, ChoiceField)  # noqa: S101 - asked for by a key that is chosen from
        return found.combo

    def open_with(self, title: str, texts: Mapping[str, str]) -> None:
        """Show the form with these texts, the focus in the first field."""
        self.title.setText(title)
        for key, part in self._parts.items():
            part.set_text(texts.get(key, _usual(part)))
            part.show_fault("")
        self.fault.hide()
        self.show()
        next(iter(self._parts.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: part.text for key, part in self._parts.items()}

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what is wrong; what belongs to no field stands under them all."""
        for key, part in self._parts.items():
            part.show_fault(faults.get(key, ""))
        rest = [words for key, words in faults.items() if key not in self._parts]
        self.fault.setText(" ".join(rest))
        self.fault.setVisible(bool(rest))

    def _give(self) -> None:
        self.given.emit(self.texts())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)
