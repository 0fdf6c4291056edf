"""Editions and audiences: which sheets a workbook holds for whom, as `resources/editions.json` declares it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import resources
from analysis.problems import UserProblem
from exporters.declared import Cell, Formula, Sheet
from exporters.register import PORTFOLIO, ROLE

_NUMBER = re.compile(r"_\d+(_[a-z]+)?$")
_OTHER_SHEET = re.compile(r"\{(\w+)\.")


def audiences() -> dict[str, dict[str, str]]:
    """Every audience by its key: its title, and in words what it is given."""
    return {str(one["key"]): one for one in resources.load("editions")["audiences"]}


def audience_key(title: str) -> str:
    """The key of an audience by its title or key. Raises UserProblem for one that is not declared."""
    for key, held in audiences().items():
        if title.casefold() in (key, held["title"].casefold()):
            return key
    raise UserProblem(f"There is no audience called {title}.", f"Choose one of {', '.join(audiences())}.")


def audience_titles() -> tuple[str, ...]:
    """The audiences by their titles, as a person chooses one."""
    return tuple(one["title"] for one in audiences().values())


def given_words(audience: str) -> str:
    """What an audience is given, in words."""
    return audiences()[audience_key(audience)]["words"]


def edition_of(roles: Sequence[object]) -> str:
    """The edition for so many roles."""
    return ROLE if len(roles) == 1 else PORTFOLIO


def stem_of(name: str) -> str:
    """A sheet's name without the number of its role: `Measures_2_quarter` is one of the sheets Measures."""
    return _NUMBER.sub("", name)


def held_sheets(audience: str, edition: str) -> frozenset[str]:
    """The names, without numbers, of the sheets an edition holds for an audience."""
    rows: list[dict[str, Any]] = resources.load("editions")["sheets"]
    return frozenset(row["sheet"] for row in rows if audience in row["audiences"] and edition in row["editions"])


def for_audience(sheets: Sequence[Sheet], audience: str, edition: str) -> list[Sheet]:
    """The sheets an audience is given. What they took live from a sheet that is left out stands as its stored value.

    A check that compares with a sheet that is left out is left out too: its sum cannot be followed there.
    """
    wanted = held_sheets(audience, edition)
    kept = [sheet for sheet in sheets if stem_of(sheet.name) in wanted]
    names = {sheet.name for sheet in kept}
    return [_checked(one, names) if one.name == "Checks" else _settled(one, names) for one in kept]


def _follows(cell: Cell, names: set[str]) -> bool:
    return not isinstance(cell, Formula) or set(_OTHER_SHEET.findall(cell.text)) <= names


def _settled(sheet: Sheet, names: set[str]) -> Sheet:
    with_some = [row for row in sheet.rows if Formula in map(type, row)]
    live = [cell for row in with_some for cell in row if isinstance(cell, Formula)]
    if all(_follows(cell, names) for cell in live):
        return sheet
    rows = tuple(
        tuple(cell.value if isinstance(cell, Formula) and not _follows(cell, names) else cell for cell in row)
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _checked(sheet: Sheet, names: set[str]) -> Sheet:
    return replace(sheet, rows=tuple(row for row in sheet.rows if all(_follows(cell, names) for cell in row)))
