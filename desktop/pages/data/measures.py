"""How a role uses its measures, and what a new one is made of, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import resources
from analysis.measure_words import is_share, period_name
from analysis.problems import UserProblem
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, Purpose
from analysis.wording import plural
from desktop.pages.data.entry import edited_text, read_entry

KINDS: dict[str, MeasureKind] = {
    "A count: attendances, contacts": MeasureKind.COUNT,
    "A percentage of a whole": MeasureKind.PROPORTION,
    "A rate: events for each unit of something": MeasureKind.RATE,
    "A mean score or time": MeasureKind.MEAN,
    "A change in the same people": MeasureKind.PAIRED_MEAN,
    "Money": MeasureKind.MONEY,
}
DIRECTIONS: dict[str, Direction] = {
    "Neither": Direction.NEUTRAL,
    "Lower is better": Direction.DECREASE,
    "Higher is better": Direction.INCREASE,
}
_DECIMALS = {MeasureKind.PROPORTION: 1, MeasureKind.RATE: 1, MeasureKind.MEAN: 1, MeasureKind.PAIRED_MEAN: 1}
_UNITS = {MeasureKind.MONEY: "£", MeasureKind.PROPORTION: "%"}
MOST_PROVISIONAL = 24


@dataclass(frozen=True)
class UseState:
    """One measure as its card shows it; `read_target` turns a typed target into what is held."""

    id: int
    name: str
    facts: str
    primary: bool
    provisional: str
    target: str
    read_target: Callable[[str], float | None]


def use_state(measure: MeasureFacts, count: int) -> UseState:
    """How a role uses a measure, in words."""
    unit = measure.unit or ("%" if is_share(measure) else measure.kind.value)
    target = "" if measure.target is None else edited_text(measure, {"value": measure.target})
    return UseState(
        id=measure.id,
        name=measure.label,
        facts=f"{unit}, by {period_name(measure.frequency)}, {plural(count, 'value')}",
        primary=measure.is_primary,
        provisional=str(measure.provisional_periods),
        target=target,
        read_target=partial(read_target, measure),
    )


def read_periods(text: str) -> int:
    """How many of the newest periods are provisional. Raises UserProblem when the text does not say."""
    if text.isdecimal() and int(text) <= MOST_PROVISIONAL:
        return int(text)
    if not text:
        return 0
    raise UserProblem(f"Give a whole number from 0 to {MOST_PROVISIONAL}.")


def read_target(measure: MeasureFacts, text: str) -> float | None:
    """The target as it is held; None for none. Raises UserProblem when the text is no value of the measure."""
    typed = read_entry(measure, text)
    if typed.fault or (typed.value is None and not typed.clears):
        raise UserProblem(f"This cannot be a target: {typed.fault or 'give a number'}.")
    return typed.value


def library_rows(used: frozenset[str], text: str = "") -> list[dict[str, Any]]:
    """Rows of the measure library that hold every word, the starters first; those in use last, for other people.

    What is worked out elsewhere is not offered.
    """
    rows: list[dict[str, Any]] = resources.load("measure_library")["measures"]
    words = text.lower().split()
    kept = [row for row in rows if not row["derived"] and all(word in _searched(row) for word in words)]
    return sorted(kept, key=lambda row: (row["name"] in used, not row["starter"]))


def _searched(row: dict[str, Any]) -> str:
    return " ".join(str(row[name]) for name in ("name", "definition", "unit", "code", "source")).lower()


def own_measure(name: str, kind: MeasureKind, unit: str, direction: Direction, population: str) -> dict[str, Any]:
    """The columns of a measure in one's own words."""
    return {
        "name": name,
        "kind": kind,
        "unit": unit or _UNITS.get(kind, ""),
        "direction": direction,
        "purpose": Purpose.COST if kind is MeasureKind.MONEY else Purpose.OUTCOME,
        "population": population,
        "decimals": _DECIMALS.get(kind, 0),
        "people_count": kind is not MeasureKind.MONEY,
    }
