"""What more must be hidden because of earlier exports of the same file: last month's sum against this month's.

An earlier fact that the record contradicts by now (the value was revised) tells nothing of the present one and is left
out. Where the earlier exports alone narrow a count, nothing that is hidden now can undo it; that is counted and said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import lt

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import FloatArray
from analysis.finding_selection import Selection
from analysis.periods import Period
from analysis.vocabulary import Series
from exporters.differencing import narrowed
from exporters.policy import Policy
from exporters.protection import ProtectedSeries
from exporters.told import PEOPLE, Side, Strands, Told, people_of, sides_of, told_of
from exporters.totals import Totals, also_hidden


@dataclass(frozen=True)
class Beside:
    """A measure made safe beside earlier exports: what is told now and was told before.

    `given_away` counts hidden values that the earlier exports alone let a reader narrow; `more` those hidden now only
    because of them. `money_withheld` says that no money may rest on the measure, for its exact sum would narrow one.
    """

    told: Strands
    earlier: Strands
    given_away: int
    more: int
    money_withheld: bool = False


@dataclass(frozen=True)
class _Shown:
    """What would be shown of a measure: its values, its totals, and the exact sums that money gives back."""

    raw: Series
    protected: ProtectedSeries
    totals: Totals
    by_money: tuple[Told, ...]
    sides: tuple[Side, Side, Side]

    def told(self, policy: Policy) -> Strands:
        """What it tells of people; money that rests on a hidden value is not shown, so it tells nothing."""
        told = told_of(self.raw, self.protected, self.totals, self.sides, policy)
        if not self.by_money or self.protected.count_hidden:
            return told
        return {**told, PEOPLE: tuple(dict.fromkeys((*told.get(PEOPLE, ()), *self.by_money)))}


def beside_earlier(
    true: Series,
    raw: Series,
    shown: tuple[ProtectedSeries, Totals],
    chosen: Selection,
    policy: Policy,
    earlier: Strands,
    by_money: tuple[Told, ...] = (),
) -> tuple[ProtectedSeries, Totals, Beside]:
    """Hide what the earlier exports make it necessary to hide. `true` has the finest periods, `raw` those shown.

    `chosen` are the used periods of `raw`; `by_money` are the exact sums that money beside the measure gives back.
    """
    now = _Shown(raw, *shown, by_money, sides_of(raw, chosen))
    known = _standing(true, policy, earlier)
    told = now.told(policy)
    before = now.protected.count_hidden
    bad, away = _narrowed_by(told, known)
    while bad and (changed := _one_less(now, bad, known)) is not None:
        now, told = changed, changed.told(policy)
        bad, away = _narrowed_by(told, known)
    given_away = sum(map(len, away.values()))
    more, withheld = now.protected.count_hidden - before, now.by_money != by_money
    return now.protected, now.totals, Beside(told, known, given_away, more, withheld)


def money_beside_earlier(true: Series, policy: Policy, earlier: Strands, by_money: tuple[Told, ...]) -> Beside:
    """The same for a measure that is left out of the export while money that is shown rests on it."""
    known, told = _standing(true, policy, earlier), {PEOPLE: by_money}
    withheld = newly_narrowed(told, known)
    return Beside({} if withheld else told, known, 0, 0, withheld)


def _standing(true: Series, policy: Policy, earlier: Strands) -> Strands:
    if not earlier or not policy.protects:
        return {}
    people, calendar = people_of(true), _Calendar(true.periods)
    records = {name: _Record(calendar, people[name]) if name in people else None for name in earlier}
    return {name: standing(told, record) if (record := records[name]) else () for name, told in earlier.items()}


def standing(told: Sequence[Told], record: _Record) -> tuple[Told, ...]:
    """What was told and still holds of the record, or cannot be looked up in it any more."""
    kept, unknown = [], []
    for one in told:
        held = record.sum_over(one.days)
        if held is None:
            unknown.append(one)
        elif one.low <= held <= (one.high if one.high is not None else held):
            kept.append(one)
    if not unknown:
        return tuple(kept)
    both = (*kept, *unknown)
    return both if narrowed(both) is not None else tuple(kept)


class _Calendar:
    """The periods of a record, ready to be looked up by their days."""

    def __init__(self, periods: Sequence[Period]) -> None:
        self.places = {(one.start, one.end): place for place, one in enumerate(periods)}
        self.first = [one.start.toordinal() for one in periods]
        self.last = [one.end.toordinal() for one in periods]
        self.apart = all(map(lt, self.last, self.first[1:]))

    @cached_property
    def ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and the last day of each period."""
        return np.array(self.first, dtype=np.int64), np.array(self.last, dtype=np.int64)


class _Record:
    """The people of each period, ready to be summed over any days."""

    def __init__(self, calendar: _Calendar, counts: FloatArray) -> None:
        self._calendar, self._counts = calendar, counts
        self._there = np.isfinite(counts).tolist()
        self._each = counts.tolist()

    def sum_over(self, days: Sequence[Period]) -> float | None:
        """The people of these days, None where the record does not hold every one of the days."""
        if len(days) > 1 or not self._calendar.apart:
            return self._sum_of_any(days)
        (only,) = days
        place = self._calendar.places.get((only.start, only.end))
        if place is None:
            return self._sum_between(only.start.toordinal(), only.end.toordinal())
        return self._each[place] if self._there[place] else None

    def _sum_between(self, start: int, end: int) -> float | None:
        """The same for a stretch of days that is no period, where periods stand in order and none overlaps another."""
        first, last = self._calendar.first, self._calendar.last
        places = range(bisect_left(first, start), bisect_right(last, end))
        held = sum(last[place] - first[place] + 1 for place in places if self._there[place])
        if held != end - start + 1:
            return None
        return float(self._counts[places.start : places.stop].sum())

    def _sum_of_any(self, days: Sequence[Period]) -> float | None:
        starts, ends = self._calendar.ends
        inside = np.zeros(len(self._counts), dtype=bool)
        for one in days:
            inside |= (starts >= one.start.toordinal()) & (ends <= one.end.toordinal())
        inside &= np.isfinite(self._counts)
        whole = int((ends - starts + 1)[inside].sum()) == sum(one.days for one in days)
        return float(self._counts[inside].sum()) if whole else None


Narrow = dict[str, set[tuple[Period, ...]]]


def newly_narrowed(told: Strands, earlier: Strands) -> bool:
    """Whether what is told now lets a reader narrow a hidden count that the earlier exports leave open."""
    return bool(_narrowed_by(told, earlier)[0])


def _narrowed_by(told: Strands, known: Strands) -> tuple[Narrow, Narrow]:
    """Days of hidden counts by strand: those that only both together narrow, those that the earlier exports alone do.

    What both together do not narrow, less does not.
    """
    newly: Narrow = {}
    away: Narrow = {}
    for name, held in known.items():
        now = told.get(name, ())
        if not held or not any(one.most for one in (*held, *now)):
            continue
        tells_more = not all(map(set(held).__contains__, now))
        both = _narrow_days((*held, *now)) if tells_more else set()
        if both or not tells_more:
            away[name] = _given_away(now, held)
        if days := both - away.get(name, set()):
            newly[name] = days
    return newly, away


def _given_away(now: Sequence[Told], held: Sequence[Told]) -> set[tuple[Period, ...]]:
    """Days of hidden counts, now or earlier, that the earlier exports alone narrow."""
    return _narrow_days((*held, *(one for one in now if one.most))) if held else set()


def _narrow_days(told: Sequence[Told]) -> set[tuple[Period, ...]]:
    """Where hidden counts can be narrowed; everywhere, when what was told contradicts itself."""
    places = narrowed(told)
    if places is None:
        return {one.days for one in told if one.most}
    return {told[place].days for place in places}


def _one_less(now: _Shown, bad: Narrow, known: Strands) -> _Shown | None:
    """One thing less shown: money over a narrowed count, then its totals, else the smallest value; None at the end."""
    if PEOPLE in bad and now.by_money:
        return replace(now, by_money=())
    if PEOPLE in bad and _totals_over(now.raw, now.totals, bad[PEOPLE]):
        bare = tuple((places, replace(group, total=None)) for places, group in now.totals.groups)
        return replace(now, totals=replace(now.totals, before=None, after=None, groups=bare))
    place = _to_hide(now.raw, now.protected, known)
    if place is None:
        return None
    return replace(now, protected=also_hidden(now.protected, [place]), totals=_without(now.totals, place))


def _totals_over(raw: Series, totals: Totals, days: Iterable[tuple[Period, ...]]) -> bool:
    narrow = [one for held in days for one in held]
    return any(
        group.total is not None
        and any(raw.periods[place].start <= one.end and one.start <= raw.periods[place].end for place in places)
        for places, group in totals.groups
        for one in narrow
    )


def _to_hide(raw: Series, protected: ProtectedSeries, known: Strands) -> int | None:
    """The smallest value that is shown: one that no earlier export has shown goes first, a zero last."""
    shown_before = {one.days for told in known.values() for one in told if not one.most}
    counts = next(iter(people_of(raw).values()))
    shown = [
        place
        for place, hidden in enumerate(protected.hidden)
        if not hidden and np.isfinite(counts[place]) and np.isfinite(protected.shown.values[place])
    ]

    def order(place: int) -> tuple[bool, bool, float]:
        return (raw.periods[place],) in shown_before, not counts[place], float(counts[place])

    return min(shown, key=order, default=None)


def _without(totals: Totals, place: int) -> Totals:
    """The totals' groups with one more cell hidden."""
    groups = []
    for places, group in totals.groups:
        if place in places:
            at = places.index(place)
            cells = tuple(None if n == at else cell for n, cell in enumerate(group.cells))
            second = tuple(one or n == at for n, one in enumerate(group.secondary))
            groups.append((places, replace(group, cells=cells, secondary=second)))
        else:
            groups.append((places, group))
    return replace(totals, groups=tuple(groups))
