"""What an export tells its reader of people: sums over stretches of days, each with the least and most it can be.

Kept in the register of exports, so that a later export can be set beside the earlier ones. Only what the workbook shows
is told: values as they stand there, totals, and the exact sums that plain means and changes give away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil, floor, isfinite
from typing import NamedTuple

import numpy as np

from analysis.arrays import FloatArray
from analysis.finding_selection import Mask, Selection, select
from analysis.periods import Period
from analysis.vocabulary import MeasureKind, Series, Timeline
from exporters.disclosure import Bounds, believed
from exporters.policy import Policy
from exporters.protection import ProtectedSeries
from exporters.totals import Totals

PEOPLE, REST = "people", "rest"
"""Those counted, and those of the denominator who were not."""

UNKNOWN: Bounds = (0, 0)
"""What stands in for a count that is not there; it is never told."""

_SHARES = (MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION)
_DAY = timedelta(days=1)


class Told(NamedTuple):
    """The people of these days together are from `low` to `high` (None: no most is known).

    `most` is 0, or the largest count that was hidden here: the reader must be left with all of 1 to that.
    """

    days: tuple[Period, ...]
    low: int
    high: int | None
    most: int = 0


Strands = Mapping[str, tuple[Told, ...]]
"""What was told of one measure: of the people counted, and of the rest of a denominator."""

NOTHING: Strands = {}


class Side:
    """The used periods on one side of launch, or after the end: which they are, and their days."""

    def __init__(self, periods: Sequence[Period], used: Mask) -> None:
        self.periods, self.used = periods, used

    @cached_property
    def days(self) -> tuple[Period, ...]:
        """The days of these periods."""
        return joined(period for period, inside in zip(self.periods, self.used.tolist(), strict=True) if inside)


def sides_of(raw: Series, chosen: Selection) -> tuple[Side, Side, Side]:
    """Before launch, after it, and after the end."""
    before, after, ended = (Side(raw.periods, side) for side in (chosen.before, chosen.after, chosen.ended))
    return before, after, ended


def told_of(
    raw: Series, protected: ProtectedSeries, totals: Totals, sides: tuple[Side, Side, Side], policy: Policy
) -> dict[str, tuple[Told, ...]]:
    """What would be told of one measure; empty where it counts no people, or does not say how many."""
    people = people_of(raw) if raw.measure.people_count else {}
    if not people:
        return {}
    shown = _Shown(raw, protected, totals, policy, sides)
    return {name: told for name, true in people.items() if (told := tuple(_told(shown, name, true)))}


def people_of(raw: Series) -> dict[str, FloatArray]:
    """The true numbers of people of each period, by strand."""
    if raw.measure.kind is MeasureKind.COUNT:
        return {PEOPLE: raw.values}
    if raw.measure.kind in _SHARES:
        return {PEOPLE: raw.numerators, REST: raw.denominators - raw.numerators}
    return {PEOPLE: raw.numerators} if raw.measure.kind is MeasureKind.RATE else {}


def joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Periods as the fewest stretches that hold the same days."""
    given = list(periods)
    if any(later.start <= earlier.start for earlier, later in pairwise(given)):
        given.sort()
    held: list[tuple[date, date]] = []
    for period in given:
        if held and held[-1][1] + _DAY == period.start:
            held[-1] = (held[-1][0], period.end)
        else:
            held.append((period.start, period.end))
    return tuple(Period(*ends) for ends in held)


@dataclass(frozen=True)
class _Shown:
    """One measure as it would be shown, and the true one behind it."""

    raw: Series
    protected: ProtectedSeries
    totals: Totals
    policy: Policy
    sides: tuple[Side, Side, Side]


def _told(shown: _Shown, name: str, true: FloatArray) -> list[Told]:
    """Single periods, then totals, then the sums behind means."""
    there, ranges = np.isfinite(true).tolist(), _as_read(shown, name, true)
    is_hidden = any(shown.protected.hidden)
    singles = _singles_beside_hidden if is_hidden else _singles
    told = singles(shown, true, there, ranges)
    if name == PEOPLE:
        told += _totals(shown)
    before, after, ended = shown.sides
    if is_hidden:
        hidden = np.array(shown.protected.hidden, dtype=bool)
        if (hidden & (before.used | after.used)).any():
            return told
        ended = Side(ended.periods, ended.used & ~hidden)
    return [*told, *_exact(true, (before, after, ended))]


def _singles(shown: _Shown, _true: FloatArray, there: list[bool], ranges: list[Bounds]) -> list[Told]:
    held = zip(shown.raw.periods, there, ranges, strict=True)
    return [Told(_alone(period), low, high) for period, is_there, (low, high) in held if is_there]


def _singles_beside_hidden(shown: _Shown, true: FloatArray, there: list[bool], ranges: list[Bounds]) -> list[Told]:
    policy, flags = shown.policy, shown.protected.hidden
    small = (np.array(flags, dtype=bool) & np.isfinite(true) & policy.hides_each(true)).tolist()
    has_second = any(h and not s for h, s in zip(flags, small, strict=True))
    most = None if has_second else policy.hide_up_to
    return [
        Told(_alone(period), 1, most, policy.hide_up_to) if small[place] else Told(_alone(period), *ranges[place])
        for place, period in enumerate(shown.raw.periods)
        if small[place] or (there[place] and not flags[place])
    ]


@lru_cache(maxsize=4096)
def _alone(period: Period) -> tuple[Period, ...]:
    """A period by itself, once for all measures of all roles that have it."""
    return (period,)


def exact_sums(raw: Series, true: FloatArray, timeline: Timeline) -> Iterable[Told]:
    """The sums that a mean before launch and one after give away, where nothing used is hidden."""
    return _exact(true, sides_of(raw, select(raw, timeline))[:2])


def _as_read(shown: _Shown, name: str, true: FloatArray) -> list[Bounds]:
    """The least and the most each count can be where it is shown; who knows the denominator knows the rest as well."""
    if name != REST:
        return _ranges(true, shown.policy)
    people = _ranges(shown.raw.numerators, shown.policy)
    pairs = zip(shown.raw.denominators.tolist(), people, strict=True)
    return [
        (max(0, floor(bottom) - high), max(0, ceil(bottom) - low)) if isfinite(bottom) else UNKNOWN
        for bottom, (low, high) in pairs
    ]


def _ranges(counts: FloatArray, policy: Policy) -> list[Bounds]:
    """The least and the most each count can be once it is rounded; UNKNOWN where there is none."""
    if not policy.rounds:
        return [(floor(n), ceil(n)) if isfinite(n) else UNKNOWN for n in counts.tolist()]
    rounded = policy.rounded_each(counts).tolist()
    known = {n: believed(int(n), policy) if isfinite(n) else UNKNOWN for n in set(rounded)}
    return [known[n] for n in rounded]


def _totals(shown: _Shown) -> Iterable[Told]:
    for places, group in shown.totals.groups:
        if group.total is not None and places:
            yield Told(joined(shown.raw.periods[place] for place in places), *believed(group.total, shown.policy))


def _exact(true: FloatArray, sides: Sequence[Side]) -> Iterable[Told]:
    """Where nothing used is hidden, means and changes are the true ones, and a mean times its number is a sum."""
    for side in sides:
        held = true[side.used]
        if held.size and np.isfinite(held).all():
            total = held.sum()
            yield Told(side.days, floor(total), ceil(total))
