"""What a reader of several exports can work out of a hidden count: the least and the most it can be, by linear bounds.

Pure arithmetic. Every thing told is a sum over stretches of days. Time is cut where any of them begins or ends; the
people of each piece are unknown and not negative; a hidden count is narrowed when no table that agrees with all that
was told gives it 1, or none gives it the most the policy hides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import ceil, floor, inf

import numpy as np

from analysis.arrays import FloatArray
from exporters.told import Told

Ends = tuple[float, float]
Bounds = dict[frozenset[int], Ends]
_SLACK = 1e-6
_INFEASIBLE = 2


class _System:
    """All that was told, over the pieces of time; things told of the same days are one."""

    def __init__(self, told: Sequence[Told]) -> None:
        spans = [tuple([(one.start.toordinal(), one.end.toordinal() + 1) for one in each.days]) for each in told]
        pieces = _pieces_of(spans)
        self.sets = [pieces[span] for span in spans]
        self.bounds: Bounds = {}
        for places, one in zip(self.sets, told, strict=True):
            low, high = self.bounds.get(places, (0.0, inf))
            most = inf if one.high is None else one.high
            self.bounds[places] = max(low, one.low), min(high, most)
        self._together: dict[frozenset[int], _Together] = {}

    @cached_property
    def _holding(self) -> Counter[int]:
        """In how many things told each piece is."""
        return Counter(chain.from_iterable(self.bounds))

    def is_alone(self, places: frozenset[int]) -> bool:
        """Whether nothing else was told of any of these pieces."""
        return all(self._holding[place] == 1 for place in places)

    def around(self, places: frozenset[int]) -> _Together:
        """What was told of anything that hangs together with these pieces; put together once for all of it."""
        if places not in self._together:
            found = self._reached(places)
            self._together |= dict.fromkeys(found, _Together(found))
        return self._together[places]

    def _reached(self, places: frozenset[int]) -> Bounds:
        reached, found = set(places), Bounds()
        grown = True
        while grown:
            grown = False
            for held, bounds in self.bounds.items():
                if held not in found and reached & held:
                    found[held] = bounds
                    grown = grown or not held <= reached
                    reached |= held
        return found


_Span = tuple[tuple[int, int], ...]
"""Stretches of days: the number of the first, and of the day after the last."""


def _pieces_of(spans: Sequence[_Span]) -> dict[_Span, frozenset[int]]:
    """The pieces of time of the stretches: every piece lies between two cuts that follow each other, and at every cut
    one of the stretches begins or is over."""
    cuts = {day: place for place, day in enumerate(sorted({day for span in spans for ends in span for day in ends}))}
    return {
        span: frozenset([place for first, last in span for place in range(cuts[first], cuts[last])])
        for span in dict.fromkeys(spans)
    }


def narrowed(told: Sequence[Told]) -> frozenset[int] | None:
    """Places of the hidden counts that can be narrowed; None when what was told contradicts itself.

    Where nothing is hidden there is nothing to narrow, and contradictions are not looked for.
    """
    if not any(one.most for one in told):
        return frozenset()
    system = _System(told)
    found = set()
    known: dict[tuple[frozenset[int], int], bool | None] = {}
    for place, one in enumerate(told):
        if not one.most:
            continue
        key = (system.sets[place], one.most)
        if key not in known:
            known[key] = _is_narrowed(system, *key)
        if known[key] is None:
            return None
        if known[key]:
            found.add(place)
    return frozenset(found)


def _is_narrowed(system: _System, places: frozenset[int], most: int) -> bool | None:
    low, high = system.bounds[places]
    if low > 1 or high < most:
        return True
    if system.is_alone(places):
        return False
    ends = system.around(places).ends(places)
    return None if ends is None else ends[0] > 1 or ends[1] < most


@dataclass(frozen=True)
class _Together:
    """Things told that hang together, and what they leave open of any of them."""

    bounds: Bounds

    def ends(self, wanted: frozenset[int]) -> Ends | None:
        """The least and the most of the wanted pieces together, in whole people; None where no table agrees."""
        if len(self._sums) == 1 and len(wanted) == 1:
            return _beside_one_sum(self.bounds, *self._sums[0], wanted)
        if self._in_a_row is not None:
            return self._in_a_row.ends(wanted)
        return _by_programme(self.bounds, wanted)

    @cached_property
    def _sums(self) -> list[tuple[frozenset[int], Ends]]:
        return [(places, bounds) for places, bounds in self.bounds.items() if len(places) > 1]

    @cached_property
    def _in_a_row(self) -> _InARow | None:
        return _InARow.of(self.bounds)


@dataclass(frozen=True)
class _InARow:
    """Sums over pieces that follow each other, pieces nobody told anything of left out: each bounds how far the people
    up to one cut can be from those up to another. What all of them leave open together are the shortest ways from cut
    to cut, exact and in whole people.

    `order` are the places of the pieces in the row; `most` says of two cuts how many people can at most lie between; it
    is empty where what was told contradicts itself.
    """

    order: dict[int, int]
    most: list[list[float]]

    @classmethod
    def of(cls, bounds: Bounds) -> _InARow | None:
        """The row; None where a sum leaves a piece out that another holds."""
        order = {piece: place for place, piece in enumerate(sorted(frozenset().union(*bounds)))}
        cuts = np.arange(len(order) + 1)
        most = np.where((cuts[:, None] == cuts) | (cuts[:, None] == cuts + 1), 0.0, inf)
        for pieces, (low, high) in bounds.items():
            first, last = order[min(pieces)], order[max(pieces)] + 1
            if last - first != len(pieces):
                return None
            most[first, last], most[last, first] = high, -low
        for by_way_of in cuts:
            if most[by_way_of, by_way_of] < 0:
                break
            np.minimum(most, most[:, by_way_of, None] + most[by_way_of], out=most)
        return cls(order, [] if (most.diagonal() < 0).any() else most.tolist())

    def ends(self, wanted: frozenset[int]) -> Ends | None:
        """The least and the most of the wanted pieces together; None where no table agrees."""
        if not self.most:
            return None
        first, last = self.order[min(wanted)], self.order[max(wanted)] + 1
        return -self.most[last][first], self.most[first][last]


def _beside_one_sum(known: Bounds, places: frozenset[int], bounds: Ends, wanted: frozenset[int]) -> Ends | None:
    """Where only one sum is known over single pieces, the bounds are what it leaves beside the others."""
    held = {place: known.get(frozenset((place,)), (0.0, inf)) for place in places}
    low, high = sum(one[0] for one in held.values()), sum(one[1] for one in held.values())
    if low > bounds[1] or high < bounds[0]:
        return None
    (own,) = wanted
    others = sum(one[1] for place, one in held.items() if place != own)
    least = max(held[own][0], bounds[0] - others)
    return least, min(held[own][1], bounds[1] - (low - held[own][0]))


def _by_programme(around: Bounds, wanted: frozenset[int]) -> Ends | None:
    """The same by a linear programme, rounded inwards to whole people."""
    from scipy.optimize import linprog

    places = sorted(set().union(*around))
    column = {place: number for number, place in enumerate(places)}
    rows, limits = _inequalities(around.items(), column)
    cost = np.zeros(len(places))
    cost[[column[place] for place in wanted]] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * cost, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs")
        if found.status == _INFEASIBLE:
            return None
        ends.append(sign * found.fun if found.success else inf)
    return float(ceil(ends[0] - _SLACK)), float(floor(ends[1] + _SLACK)) if ends[1] < inf else inf


def _inequalities(
    held: Iterable[tuple[frozenset[int], tuple[float, float]]], column: dict[int, int]
) -> tuple[FloatArray, FloatArray]:
    rows, limits = [], []
    for places, (low, high) in held:
        row = np.zeros(len(column))
        row[[column[place] for place in places]] = 1.0
        if high < inf:
            rows.append(row)
            limits.append(high)
        rows.append(-row)
        limits.append(-low)
    return np.array(rows), np.array(limits)
