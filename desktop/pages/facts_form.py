"""A form that stands in the page: captions over fields, choices, faults beside the field. It understands nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets import Button, Card, CardFlow, Combo, Field, column, label, row
from desktop.widgets.area import TextArea


@dataclass(frozen=True)
class FieldSpec:
    """One field: its key, caption, an example, the choices where only those are possible, or room for several lines."""

    key: str
    caption: str
    example: str = ""
    choices: tuple[str, ...] = ()
    lines: bool = False


class _Choice(QWidget):
    """A caption over a combo box."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.combo = Combo(spec.caption, spec.choices)
        caption = label(spec.caption, "caption")
        caption.setBuddy(self.combo)
        self.setFocusProxy(self.combo)
        self.setLayout(column(caption, self.combo, None, gap=3))


def _part(spec: FieldSpec) -> Field | TextArea | _Choice:
    if spec.choices:
        return _Choice(spec)
    return (
        TextArea(spec.caption, placeholder=spec.example)
        if spec.lines
        else Field(spec.caption, placeholder=spec.example)
    )


class FactsForm(Card):
    """Hidden until opened. `given` carries the texts by key; Enter gives, Esc leaves without a change."""

    given = Signal(object)
    left = Signal()

    def __init__(self, specs: Sequence[FieldSpec], save: str = "Save") -> None:
        super().__init__("Change")
        self._parts: dict[str, Field | TextArea | _Choice] = {spec.key: _part(spec) for spec in specs}
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
        assert isinstance(found, _Choice)  # noqa: S101 - asked for by a key that is chosen from
        return found.combo

    def open_with(self, title: str, texts: Mapping[str, str]) -> None:
        """Show the form with these texts, the focus in the first field."""
        self.title.setText(title)
        for key, part in self._parts.items():
            if isinstance(part, Field | TextArea):
                part.set_text(texts.get(key, ""))
            else:
                part.combo.setCurrentText(texts.get(key, part.combo.itemText(0)))
        self.fault.hide()
        self.show()
        next(iter(self._parts.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            key: part.combo.currentText() if isinstance(part, _Choice) else part.text
            for key, part in self._parts.items()
        }

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what is wrong; what belongs to no field stands under them all."""
        for key, part in self._parts.items():
            if isinstance(part, Field):
                part.show_fault(faults.get(key, ""))
        rest = [words for key, words in faults.items() if not isinstance(self._parts.get(key), Field)]
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
