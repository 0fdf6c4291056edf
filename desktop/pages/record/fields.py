"""The facts of a role as fields, without Qt: one table for every form, `resources/role_record.json`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources
from analysis.vocabulary import Lifecycle
from db.answers import RoleAnswer
from db.queries.record import facts_by_key
from db.tables.money import PERSPECTIVES
from desktop.pages.reading import date_text, read_ceiling, read_date, read_past, read_people, read_wte
from importers.free_text import refuse_identifiers

NOT_CHOSEN = "Not chosen"
YES_NO = {"Not known": None, "Yes": True, "No": False}
NOTHING_AFTER = "None"
LINES, CHOICES, SUGGEST = "lines", ("yesno", "choice", "role"), "suggest"


def plain(value: object) -> str:
    """A value as a field shows it; empty for none."""
    return "" if value is None else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _lifecycle(text: str) -> Lifecycle:
    return Lifecycle(text.lower())


def _perspective(text: str) -> str:
    return "" if text == NOT_CHOSEN else text


@dataclass(frozen=True)
class FactSpec:
    """One fact: its column (or the name of what it is in), caption, example, and how it is read and written."""

    key: str
    caption: str
    kind: str
    hint: str
    choices: tuple[str, ...]
    read: Callable[[str], Any]
    write: Callable[[Any], str]


@dataclass(frozen=True)
class Section:
    """Fields that belong together, and in one sentence why a commissioner asks for them."""

    part: str
    title: str
    why: str
    fields: tuple[FactSpec, ...]


def yes_no_text(value: bool | None) -> str:
    """The choice that stands for a recorded answer."""
    return next(text for text, held in YES_NO.items() if held is value)


_KINDS: Mapping[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "text": (refuse_identifiers, plain),
    LINES: (refuse_identifiers, plain),
    SUGGEST: (refuse_identifiers, plain),
    "day": (read_date, date_text),
    "people": (read_people, plain),
    "wte": (read_wte, plain),
    "number": (read_ceiling, _number),
    "yesno": (YES_NO.__getitem__, yes_no_text),
    "role": (plain, lambda held: held or NOTHING_AFTER),
}
_CHOICES: Mapping[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "lifecycles": (_lifecycle, lambda held: str(held).capitalize()),
    "perspectives": (_perspective, lambda held: held or NOT_CHOSEN),
}
PAST = ("method_chosen_on", "data_cut", "programme_started")
"""Days that cannot lie ahead."""


@cache
def sections(part: str) -> tuple[Section, ...]:
    """The sections of one part of the record, in order."""
    held = resources.load("role_record")["sections"]
    return tuple(
        Section(row["part"], row["title"], row["why"], tuple(_spec(field) for field in row["fields"]))
        for row in held
        if row["part"] == part
    )


@cache
def parts() -> tuple[str, ...]:
    """The parts that have fields, in order."""
    return tuple(dict.fromkeys(row["part"] for row in resources.load("role_record")["sections"]))


@cache
def fields_by_key() -> Mapping[str, tuple[str, FactSpec]]:
    """Every fact with the part it stands in."""
    return {spec.key: (part, spec) for part in parts() for section in sections(part) for spec in section.fields}


def field(key: str) -> FactSpec:
    """One fact."""
    return fields_by_key()[key][1]


def vocabulary(name: str) -> tuple[str, ...]:
    """The words offered for a fact; any other may be typed."""
    if name in ("families", "mechanisms"):
        column = {"families": "family", "mechanisms": "mechanism"}[name]
        return tuple(dict.fromkeys(row[column] for row in resources.load("role_catalogue")["roles"] if row[column]))
    if name == "lifecycles":
        return tuple(one.value.capitalize() for one in Lifecycle)
    if name == "perspectives":
        return (NOT_CHOSEN, *PERSPECTIVES)
    return tuple(resources.load("role_record")["vocabularies"][name])


def _spec(row: Mapping[str, str]) -> FactSpec:
    kind, listed = row.get("kind", "text"), row.get("choices", "")
    read, write = _CHOICES[listed] if kind == "choice" else _KINDS[kind]
    if row["key"] in PAST:
        read = read_past
    choices = tuple(YES_NO) if kind == "yesno" else vocabulary(listed) if listed else ()
    return FactSpec(row["key"], row["caption"], kind, row.get("hint", ""), choices, read, write)


def field_texts(answer: RoleAnswer, specs: Sequence[FactSpec]) -> dict[str, str]:
    """What each field shows."""
    held = facts_by_key(answer.profile, answer.record)
    return {spec.key: spec.write(held[spec.key]) for spec in specs}
