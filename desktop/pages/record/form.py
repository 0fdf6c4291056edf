"""The fields of a part of the record: a card a section, each with why it is asked; every field saved as it is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.pages.facts_form import Part
from desktop.pages.record.fields import CHOICES, LINES, SUGGEST, FactSpec, Section
from desktop.pages.record.saving import Note
from desktop.theme.marks import Kind
from desktop.widgets import Card, CardFlow, ChoiceField, Field, ShapeMark, SuggestField, TextArea, column, label, row

SHORT, LONG = 230, 360
LEAST_PLACES = 3
"""A short field alone in its row is no wider than if it had two neighbours."""


def input_of(spec: FactSpec) -> Part:
    """The input of a fact."""
    if spec.kind in CHOICES:
        return ChoiceField(spec.caption, spec.choices)
    if spec.kind == SUGGEST:
        return SuggestField(spec.caption, spec.choices, placeholder=spec.hint)
    if spec.kind == LINES:
        return TextArea(spec.caption, placeholder=spec.hint)
    return Field(spec.caption, placeholder=spec.hint)


def is_being_typed(part: Part) -> bool:
    """Whether a person is typing into it: then it is left alone."""
    if isinstance(part, SuggestField):
        return part.is_being_typed
    if isinstance(part, Field):
        return part.input.hasFocus() and part.input.isModified()
    return isinstance(part, TextArea) and part.input.hasFocus()


def empty(part: Part) -> None:
    """Take out what was typed for another role, so that it is never saved to this one."""
    if isinstance(part, TextArea):
        part.empty()
    else:
        part.set_text("")


class CautionLine(QWidget):
    """▲ and the words of a caution."""

    def __init__(self, words: str) -> None:
        super().__init__()
        said = row(ShapeMark(Kind.CHECK.shape, Kind.CHECK.value), gap=6)
        said.addWidget(label(words, wrap=True), 1)
        self.setLayout(said)
        self.setAccessibleName(f"{Kind.CHECK.word}: {words}")


class SectionCard(Card):
    """One section. `typed` carries the key of a field and its text."""

    typed = Signal(str, str)

    def __init__(self, section: Section) -> None:
        super().__init__(section.title)
        self.section = section
        self.parts: dict[str, Part] = {}
        self._cautions = column(gap=4)
        self._lines: list[QWidget] = []
        self.add(label(section.why, "small", wrap=True), self._cautions)
        for is_long, specs in groupby(section.fields, key=lambda spec: spec.kind == LINES):
            made = [self._made(spec) for spec in specs]
            made += [QWidget() for _ in range(0 if is_long else LEAST_PLACES - len(made))]
            least, most = (LONG, 3) if is_long else (SHORT, 4)
            self.add(CardFlow(made, least=least, most_columns=most, gap=12))

    def _made(self, spec: FactSpec) -> QWidget:
        part = input_of(spec)
        part.setObjectName(spec.key)
        part.entered.connect(self._entered)
        self.parts[spec.key] = part
        held = QWidget()
        held.setLayout(column(part, None, gap=0))
        return held

    def _entered(self, text: str) -> None:
        part = self.sender()
        if isinstance(part, QWidget):
            self.typed.emit(part.objectName(), text)

    def show_cautions(self, notes: Sequence[Note]) -> None:
        """Say what should be looked at again."""
        for old in self._lines:
            self._cautions.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [CautionLine(note.words) for note in notes if note.key in self.parts]
        for line in self._lines:
            self._cautions.addWidget(line)


class RecordForm(QObject):
    """The sections of a part. `typed` carries the key of a field and its text."""

    typed = Signal(str, str)

    def __init__(self, owner: QObject, sections: Sequence[Section]) -> None:
        super().__init__(owner)
        self.cards = {section.title: SectionCard(section) for section in sections}
        self.parts = {key: part for card in self.cards.values() for key, part in card.parts.items()}
        self._texts: Mapping[str, str] = {}
        for card in self.cards.values():
            card.typed.connect(self.typed)

    def specs(self) -> Iterator[FactSpec]:
        """The facts shown, in order."""
        return (spec for card in self.cards.values() for spec in card.section.fields)

    def forget(self) -> None:
        """Another role is shown: what was typed or refused for the one before is gone."""
        for part in self.parts.values():
            empty(part)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what is recorded; a field with a fault, or one being typed into, keeps what was typed."""
        for key, part in self.parts.items():
            if not part.fault.text() and not is_being_typed(part):
                part.set_text(texts[key])

    def show_cautions(self, notes: Sequence[Note]) -> None:
        """Say what should be looked at again, each in its section."""
        for card in self.cards.values():
            card.show_cautions(notes)

    def settle(self) -> None:
        """Commit the field that is being typed into."""
        here = QApplication.focusWidget()
        if here is not None and any(card.isAncestorOf(here) for card in self.cards.values()):
            here.clearFocus()
