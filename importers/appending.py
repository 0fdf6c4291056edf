"""Which tables of a file are one table cut into sheets, and whose figures of them are wanted.

Tables with the same headings on sheets of the same pattern are appended: one mapping serves them all. Organisations are
told apart by their code, so that a changed spelling of a name does not cut a series in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.found import FoundSeries, FoundTable, Question
from importers.grammar import periods_in
from importers.recipes import masked
from importers.text import SHEET

_TABLE_NUMBER = re.compile(r"^(?:table|figure|sheet|tab) ?[\w.]{1,4}\s*[:.\-–]?\s*", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_LEAST_TO_ASK = 2
_WHAT = {
    "form": "columns. Which of them should be taken",
    "ledger": "cost centres. Whose money belongs to this role",
}


@dataclass(frozen=True)
class Group:
    """Tables that are appended, by their number in the file. `suffix` tells its measures from those of other groups."""

    tables: tuple[int, ...]
    key: str
    suffix: str = ""


def groups(tables: Sequence[FoundTable]) -> list[Group]:
    """The groups of a file in the order of their first tables."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, table in enumerate(tables):
        measures = tuple(dict.fromkeys(series.measure.casefold() for series in table.series))
        found.setdefault((masked(table.sheet), table.layout, _plain_title(table), *measures), []).append(number)
    names: dict[str, set[tuple[str, ...]]] = {}
    for key in found:
        for measure in key[3:]:
            names.setdefault(measure, set()).add(key)
    made = []
    for key, numbers in found.items():
        shared = any(len(names[measure]) > 1 for measure in key[3:])
        first = tables[numbers[0]]
        alone = len({tables[n].sheet for other in found.values() for n in other}) == 1
        suffix = _suffix(first, [tables[others[0]] for others in found.values()], alone=alone) if shared else ""
        made.append(Group(tuple(numbers), f"{key[0]} | {key[2]}" if shared else key[0], suffix))
    return made


def _suffix(table: FoundTable, firsts: Sequence[FoundTable], *, alone: bool) -> str:
    """What tells a table from the others of its file: its sheet, the title over it, or where it stands."""
    if not alone:
        return table.sheet
    titles = [_nearest_title(one) for one in firsts]
    mine = _nearest_title(table)
    return mine if mine and titles.count(mine) == 1 else table.range


def _nearest_title(table: FoundTable) -> str:
    nearest = table.title.rsplit(" | ", 1)[-1].strip()
    return nearest if 2 < len(nearest) <= 60 and not _is_only_period(nearest) else ""


def _plain_title(table: FoundTable) -> str:
    """The titles without table numbers, periods and figures."""
    lines = [line for line in table.title.split(" | ") if len(line) <= 300]
    kept = [_FIGURES.sub("#", masked(_TABLE_NUMBER.sub("", line))) for line in lines if not _is_only_period(line)]
    return " | ".join(kept[-3:]).lower()


def _is_only_period(line: str) -> bool:
    return len(line) <= 40 and bool(periods_in(line))


def identity_of(series: FoundSeries) -> str:
    """What an organisation is known by: its code, else its name; "" for none."""
    return series.code or series.organisation or ""


def organisation_question(tables: Sequence[FoundTable], group: Group, wanted: str | None) -> Question | None:
    """Whose figures are wanted, where a group of tables has more than one organisation (or column of a form)."""
    held = _holders([tables[number] for number in group.tables])
    if len(held) < _LEAST_TO_ASK:
        return None
    ordered = sorted(held, key=lambda identity: held[identity][1])
    table = tables[group.tables[0]]
    names = [held[identity][0] for identity in ordered]
    form = table.axis_kind == "form"
    sheets = ", ".join(dict.fromkeys(tables[number].sheet for number in group.tables[:6]))
    more = f" and {len(group.tables) - 6} more" if len(group.tables) > 6 else ""
    what = _WHAT.get(table.axis_kind, "organisations. Whose figures belong to this role")
    preselected = 0 if form else _nearest(names, wanted)
    return Question(
        f"organisation {table.sheet} {group.tables[0]}",
        f"{table.sheet}!{table.range}",
        f"{_named(sheets, more)} {len(names)} {what}?",
        tuple(names),
        preselected,
        ids=tuple(ordered),
    )


def _named(sheets: str, more: str) -> str:
    """Sheets as the subject of a sentence; a text file has one sheet without a name."""
    if sheets == SHEET:
        return "The file has"
    return f"Sheets {sheets}{more} have" if more or ", " in sheets else f"Sheet {sheets} has"


def _holders(tables: Sequence[FoundTable]) -> dict[str, tuple[str, bool]]:
    """Words and whether it is a total, by identity, in order."""
    held: dict[str, tuple[str, bool]] = {}
    for table in tables:
        for label in table.labels:
            held.setdefault(label.identity, (label.words or "The whole", label.total))
        for series in table.series if not table.labels else ():
            if identity := identity_of(series):
                held.setdefault(identity, (series.organisation or identity, series.total))
    spelt: dict[str, int] = {}
    for words, _ in held.values():
        spelt[words] = spelt.get(words, 0) + 1
    return {
        identity: (f"{words} ({identity})" if spelt[words] > 1 else words, total)
        for identity, (words, total) in held.items()
    }


def _nearest(names: list[str], wanted: str | None) -> int:
    from rapidfuzz import fuzz

    if not wanted:
        return 0
    return max(range(len(names)), key=lambda index: fuzz.token_set_ratio(names[index].lower(), wanted.lower()))
