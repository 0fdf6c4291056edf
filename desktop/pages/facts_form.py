"""A form that stands in the page: captions over fields, choices, faults beside the field. It understands nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets import (
    Button,
    Card,
    CardFlow,
    ChoiceField,
    Combo,
    Field,
    SuggestField,
    TextArea,
    column,
    label,
    row,
)


@dataclass(frozen=True)
class FieldSpec:
    """One field: its key, caption, an example, and the choices where only those are possible.

    `suggestions` are words to choose from where others may be typed; `lines` gives room for several lines. Fields with
    a `part` stand together under that heading, folded away until they hold something or are asked for.
    """

    key: str
    caption: str
    example: str = ""
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    lines: bool = False
    part: str = ""


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


class _Group(QWidget):
    """Fields under a heading that folds them away; without a heading they always show."""

    def __init__(self, heading: str, parts: Mapping[str, Part]) -> None:
        super().__init__()
        self._heading, self._parts = heading, parts
        self.fold = Button(heading, "quiet")
        self.fold.clicked.connect(self._toggle)
        self.fields = CardFlow(tuple(parts.values()), least=210, most_columns=4, gap=10)
        self.setLayout(column(row(self.fold, None), self.fields, gap=4))
        self.fold.setVisible(bool(heading))
        self.open(not heading)

    def open(self, wanted: bool) -> None:
        """Show the fields, or only their heading."""
        self.fields.setVisible(wanted)
        self.fold.setText(f"{'Hide' if wanted else 'Show'} {self._heading}")
        self.fold.setAccessibleName(self.fold.text())

    def open_for(self, keys: AbstractSet[str]) -> None:
        """Show the fields when one of these is among them."""
        if not keys & self._parts.keys():
            return
        self.open(True)

    def _toggle(self) -> None:
        self.open(self.fields.isHidden())


class FactsForm(Card):
    """Hidden until opened. `given` carries the texts by key; Enter gives, Esc leaves without a change.

    `chosen` carries the key and the text of a choice that was made. The fields are made when they are first needed: a
    page with seven forms is made, and dressed with every change of look, in half the time.
    """

    given = Signal(object)
    left = Signal()
    chosen = Signal(str, str)

    def __init__(self, specs: Sequence[FieldSpec], save: str = "Save") -> None:
        super().__init__("Change")
        self._specs = specs
        self._made: dict[str, Part] = {}
        self._groups: list[_Group] = []
        self._offered: dict[str, Sequence[str]] = {}
        self.fault = label("", "error", wrap=True)
        self.save = Button(save, "primary")
        self.cancel = Button("Cancel")
        self.save.clicked.connect(self._give)
        self.cancel.clicked.connect(self._leave)
        self.add(self.fault, row(self.save, self.cancel, None))
        self.hide()

    @property
    def _parts(self) -> dict[str, Part]:
        """The fields by key, made now if they were not needed before."""
        if not self._made:
            self._make()
        return self._made

    def _make(self) -> None:
        self._made = {spec.key: made_from(spec) for spec in self._specs}
        for at, name in enumerate(dict.fromkeys(spec.part for spec in self._specs), 1):
            held = {spec.key: self._made[spec.key] for spec in self._specs if spec.part == name}
            self._groups.append(_Group(name, held))
            self.body.insertWidget(at, self._groups[-1])
        for key, part in self._made.items():
            if isinstance(part, ChoiceField):
                if key in self._offered:
                    part.set_choices(self._offered[key])
                part.entered.connect(partial(self.chosen.emit, key))

    @property
    def fields(self) -> CardFlow:
        """The fields that always show."""
        if not self._made:
            self._make()
        return self._groups[0].fields

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
        filled = set()
        for key, part in self._parts.items():
            part.set_text(texts.get(key, _usual(part)))
            part.show_fault("")
            filled |= {key} if part.text not in (_usual(part), "0\u00a0%", "100\u00a0%") else set()
        for group in self._groups[1:]:
            group.open(False)
            group.open_for(filled)
        self.fault.hide()
        self.show()
        next(iter(self._parts.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into some of the fields."""
        for key, text in texts.items():
            self._parts[key].set_text(text)

    def offer(self, key: str, choices: Sequence[str]) -> None:
        """Offer other choices in a field that is chosen from."""
        self._offered[key] = choices
        if (found := self._made.get(key)) is not None:
            assert isinstance(found, ChoiceField)  # noqa: S101 - asked for by a key that is chosen from
            found.set_choices(choices)

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: part.text for key, part in self._parts.items()}

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what is wrong; what belongs to no field stands under them all."""
        for key, part in self._parts.items():
            part.show_fault(faults.get(key, ""))
        for group in self._groups:
            group.open_for(faults.keys())
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
