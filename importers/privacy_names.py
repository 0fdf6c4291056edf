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
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Miss|Ms|MR|MRS|MISS|MS)\.?[ \u00a0]+(?:[A-Z]\.? )?([A-Z][^\W\d_]+(?:['’-][A-Z]?[^\W\d_]+)?)"
)
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
    if not forenames.isdisjoint(lower) or not unclear.isdisjoint(lower):
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
        if not (word[0].isupper() and second[0].isupper()):
            continue
        between = text[end:second_start]
        if between == ", " and lower[at + 1] in _listed("forenames") and _could_be_surname(lower[at], word):
            if not _is_place(lower, at, 2):
                yield Name(start, second_end, lower[at] in _listed("surnames") or word.isupper())
        elif between in (" ", "\u00a0") and _is_forename(lower[at], lower[at + 1]) and not _is_place(lower, at, 2):
            yield Name(start, second_end, free or lower[at + 1] in _listed("surnames"))


def _is_forename(word: str, second: str) -> bool:
    if word in _listed("forenames"):
        return second not in _listed("forenames") or second in _listed("surnames")
    return word in _listed("forenames_that_are_words") and second in _listed("surnames")


def _could_be_surname(lower: str, word: str) -> bool:
    return lower in _listed("surnames") or word.isupper()


def _is_place(lower: list[str], at: int, length: int) -> bool:
    """Whether a word of the name, or of the two after it, belongs to places and services; or "St" stands before."""
    after = lower[at : at + length + 2]
    before = lower[at - 1] if at else ""
    return before in ("st", "saint", "king", "queen", "royal") or not _listed("not_people").isdisjoint(after)


def _after_a_person(text: str) -> Iterator[Name]:
    for found in _PERSON_THEN_NAME.finditer(text):
        if _listed("not_people").isdisjoint(found[1].lower().split()):
            yield Name(found.start(1), found.end(1), True)
