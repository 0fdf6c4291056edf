"""What a commissioner will miss, without Qt: the 36 facts in groups, each with the place where it is supplied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from analysis.completeness.shapes import Completeness, Item
from desktop.pages.record.fields import fields_by_key
from desktop.theme.marks import Shape

READINESS = "Readiness"
CASE, STAFFING, NOTES = "Case for the role", "Staffing", "Notes"
FIRST_MISSING = 3
Place = tuple[str, object]
"""The tab, and what to show there."""

_PLACES: dict[str, Place] = {
    "measures": ("Data", "columns"),
    "values": ("Data", None),
    "events": ("Overview", "events"),
    "costs": ("Economics", "Costs"),
    "benefits": ("Economics", "Benefits"),
    "staffing": (READINESS, (STAFFING, "")),
    "notes": (READINESS, (NOTES, "")),
    "primary measures": (READINESS, (CASE, "measures")),
}
_MARKS = {
    (True, True): (Shape.FINE, "ok", "There"),
    (True, False): (Shape.FINE, "ok", "There"),
    (False, True): (Shape.LOOK, "check", "Needed"),
    (False, False): (Shape.NO_ANSWER, "text3", "Would help"),
}


@dataclass(frozen=True)
class ItemState:
    """One of the 36 as a line: shape and word say whether it is there; `place` is None where nothing is missing."""

    number: int
    words: str
    said: str
    shape: Shape
    ink: str
    word: str
    place: Place | None


@dataclass(frozen=True)
class GroupState:
    """The items of one group."""

    name: str
    items: tuple[ItemState, ...]

    @property
    def heading(self) -> str:
        """`Money, 3 of 6 there`."""
        return f"{self.name}, {sum(one.place is None for one in self.items)} of {len(self.items)} there"


@dataclass(frozen=True)
class CompletenessState:
    """All groups and what they come to in words."""

    sentence: str
    groups: tuple[GroupState, ...]


def completeness_state(held: Completeness) -> CompletenessState:
    """The 36 in their groups."""
    groups = tuple(GroupState(name, tuple(map(item_state, items))) for name, items in groupby(held.items, _group))
    return CompletenessState(held.sentence, groups)


def first_missing(held: Completeness) -> tuple[ItemState, ...]:
    """The first few of what is missing, required facts first."""
    return tuple(item_state(one) for one in held.missing[:FIRST_MISSING])


def _group(item: Item) -> str:
    return item.group


def item_state(item: Item) -> ItemState:
    """One item as a line."""
    shape, ink, word = _MARKS[item.done, item.required]
    return ItemState(item.number, item.words, item.said, shape, ink, word, None if item.done else place_of(item.fields))


def place_of(fields: tuple[str, ...]) -> Place:
    """Where the first of these is supplied."""
    known = fields_by_key()
    for key in fields:
        if key in known:
            return READINESS, (known[key][0], key)
        if key in _PLACES:
            return _PLACES[key]
    return "Overview", "details"
