"""Names of people in a text: a title with a name, or a known forename beside a surname (lists in `resources`).

Wards, practices, streets and towns are called after people too: a word such as Ward, Surgery or Road in or after the
name means that it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import resources

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|MR|MRS|MISS|MS)\.?[ \u00a0]+(?:[A-Z]\.? )?([A-Z](?:[^\W\d_]|['’-])+)")
_PERSON_THEN_NAME = re.compile(
    r"\b(?:patient|client|resident|service user|carer|daughter|son|wife|husband|mother|father)"
    r"s?'?(?: is| was| named)?:? ?"
    r"([A-Z][a-z'’-]+ [A-Z][a-z'’-]+)"
)
_PROGRAMS = {"word", "excel", "teams", "access", "office", "windows", "outlook", "sharepoint"}
_FEW_WORDS = 3


class Name(NamedTuple):
    """A name in a text. `sure` is false for two words that fill a cell and could be the name of something else."""

    start: int
    end: int
    sure: bool


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(resources.load("names_of_people")[key].split())


def names_in(text: str) -> tuple[Name, ...]:
    """Every name found in a text.

    Example: "Mrs Okonjo fell twice" and "rang Margaret Thompson" hold one each, "Margaret Thompson Ward" none.
    """
    found = [Name(one.start(), one.end(), True) for one in _TITLED.finditer(text) if one[1].lower() not in _PROGRAMS]
    words = [(one[0], one.start(), one.end()) for one in _WORD.finditer(text)] if " " in text or "," in text else []
    if not words:
        return tuple(found)
    lower = [word.lower() for word, _, _ in words]
    forenames, unclear = _listed("forenames"), _listed("forenames_that_are_words")
    if not (forenames.isdisjoint(lower) and unclear.isdisjoint(lower) and _listed("surnames").isdisjoint(lower)):
        found += _beside(text, words, lower)
    if _PERSON_THEN_NAME.search(text):
        found += _after_a_person(text)
    return tuple(found)


Words = list[tuple[str, int, int]]


def _beside(text: str, words: Words, lower: list[str]) -> Iterator[Name]:
    """A forename with a surname after it, or "Surname, Forename"."""
    free = len(words) > _FEW_WORDS and any(word[0].islower() for word, _, _ in words)
    for at, (word, start, end) in enumerate(words[:-1]):
        second, second_start, second_end = words[at + 1]
        between = text[end:second_start]
        if not (word[0].isupper() and second[0].isupper()) or _is_place(words, at):
            continue
        sure = None
        if between == ", ":
            sure = _is_reversed(word, lower[at + 1])
        elif between in (" ", "\u00a0"):
            sure = _is_name(lower[at], lower[at + 1], free or len(words) == 2)
        if sure is not None:
            yield Name(start, second_end, sure)


def _is_name(first: str, second: str, alone: bool) -> bool | None:
    """Whether two capitalised words are surely a name; None when they are none.

    A known forename and a known surname are; a known forename is where the two stand `alone`, or inside a sentence.
    """
    known = second in _listed("surnames")
    if first in _listed("forenames"):
        return known or (alone and second not in _listed("forenames"))
    if first in _listed("forenames_that_are_words"):
        return True if known else None
    return False if known else None


def _is_reversed(word: str, second: str) -> bool | None:
    """Whether "Surname, Forename" is surely a name; None when it is none. One of the two has to be known."""
    surname = word.lower() in _listed("surnames")
    if second in _listed("forenames"):
        return surname or word.isupper()
    return True if surname and word.isupper() else None


_PLACES_IN_LOWER_CASE = {
    "ward",
    "surgery",
    "practice",
    "clinic",
    "hospital",
    "house",
    "centre",
    "unit",
    "road",
    "street",
}


def _is_place(words: Words, at: int) -> bool:
    """Whether a word of the name, or of the two after it, belongs to places and services; or "St" stands before."""
    before = words[at - 1][0].lower() if at else ""
    if before in ("st", "saint", "king", "queen", "royal"):
        return True
    for number, (word, _, _) in enumerate(words[at : at + 4]):
        plain = word.lower()
        if plain in _PLACES_IN_LOWER_CASE or (plain in _listed("not_people") and (number < 2 or word[0].isupper())):
            return True
    return False


def _after_a_person(text: str) -> Iterator[Name]:
    for found in _PERSON_THEN_NAME.finditer(text):
        if _listed("not_people").isdisjoint(found[1].lower().split()):
            yield Name(found.start(1), found.end(1), True)
