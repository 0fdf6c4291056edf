"""What a reader of several exports can work out of a hidden count: the least and the most it can be, by linear bounds.

Pure arithmetic. Every thing told is a sum over stretches of days. Time is cut where any of them begins or ends; the
people of each piece are unknown and not negative; a hidden count is narrowed when no table that agrees with all that
was told gives it 1, or none gives it the most the policy hides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, starmap
from math import ceil, floor, inf
from operator import gt

import numpy as np

from analysis.arrays import FloatArray
from exporters.rows import in_a_row
from exporters.told import Told

Ends = tuple[float, float]
Bounds = dict[frozenset[int], Ends]
_ANY: Ends = (0.0, inf)
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
            low, high = self.bounds.get(places, _ANY)
            self.bounds[places] = max(low, one.low), high if one.high is None else min(high, one.high)

    def around(self, places: frozenset[int]) -> _Together | None:
        """What was told of anything that hangs together with these pieces; None where nothing else was told of any."""
        return next((one for one in self._together if one.holds(places)), None)

    @cached_property
    def _together(self) -> list[_Together]:
        """What hangs together by sums over several pieces."""
        found: list[tuple[set[int], Bounds]] = []
        singles = {}
        for places, bounds in self.bounds.items():
            if len(places) == 1:
                (only,) = places
                singles[only] = bounds
                continue
            joined, own = set(places), {places: bounds}
            for other in [one for one in found if not one[0].isdisjoint(places)]:
                found.remove(other)
                joined |= other[0]
                own |= other[1]
            found.append((joined, own))
        return [_Together(sorted(pieces), sums, singles) for pieces, sums in found]


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
    around = system.around(places)
    if around is None:
        return False
    ends = around.ends(places)
    return None if ends is None else ends[0] > 1 or ends[1] < most


class _Together:
    """Pieces in their order that hang together by sums over several of them, and what is left open of any."""

    def __init__(self, pieces: Sequence[int], sums: Bounds, singles: Mapping[int, Ends]) -> None:
        self._pieces, self._sums = frozenset(pieces), sums
        self._singles = {piece: singles.get(piece, _ANY) for piece in pieces}

    def holds(self, places: frozenset[int]) -> bool:
        """Whether these pieces are among those that hang together."""
        return places <= self._pieces

    def ends(self, wanted: frozenset[int]) -> Ends | None:
        """The least and the most of the wanted pieces together, in whole people; None where no table agrees."""
        if self._in_a_row is not None:
            return self._in_a_row.ends(wanted)
        return _by_programme({frozenset((piece,)): ends for piece, ends in self._singles.items()} | self._sums, wanted)

    @cached_property
    def _in_a_row(self) -> _InARow | None:
        return _InARow.of(self._singles, self._sums)


@dataclass(frozen=True)
class _InARow:
    """Sums over pieces that follow each other in some order: each bounds how far the people up to one cut can be from
    those up to another. What all of them leave open together are the shortest ways from cut to cut, exact and in whole
    people.

    The cuts are those where a sum begins or ends. Of pieces between two of them only each by itself is known, and all
    of them together. `most` says of two cuts how many people can at most lie between; it is empty where what was told
    contradicts itself. `order` are the places of the pieces in the row, `singles` what is known of each.
    """

    order: dict[int, int]
    singles: tuple[Ends, ...]
    cuts: tuple[int, ...]
    most: list[list[float]]

    @classmethod
    def of(cls, singles: Mapping[int, Ends], sums: Bounds) -> _InARow | None:
        """The row of the pieces; None where they cannot be put in such an order."""
        row = in_a_row(list(singles), list(sums))
        if row is None:
            return None
        order = {piece: place for place, piece in enumerate(row)}
        spans = {}
        for pieces, ends in sums.items():
            first = min(map(order.__getitem__, pieces))
            spans[first, first + len(pieces)] = ends
        cuts = tuple(sorted(set(chain.from_iterable(spans))))
        held = tuple([singles[piece] for piece in row])
        return cls(order, held, cuts, [] if any(starmap(gt, held)) else _shortest(_by_singles(held, cuts), cuts, spans))

    def ends(self, wanted: frozenset[int]) -> Ends | None:
        """The least and the most of a piece or a sum of them; None where no table agrees."""
        if not self.most:
            return None
        first = min(map(self.order.__getitem__, wanted))
        start, stop = bisect_right(self.cuts, first) - 1, bisect_left(self.cuts, first + len(wanted))
        together = -self.most[stop][start], self.most[start][stop]
        if len(wanted) > 1:
            return together
        others = self.singles[self.cuts[start] : first] + self.singles[first + 1 : self.cuts[stop]]
        return _beside(others, together, self.singles[first])


def _by_singles(held: Sequence[Ends], cuts: Sequence[int]) -> FloatArray:
    """How many people can at most lie between two cuts, by what is known of each piece by itself."""
    least = [0.0, *accumulate(low for low, _ in held)]
    most = [0.0, *accumulate(high if high < inf else 0.0 for _, high in held)]
    open_ = [0, *accumulate(high == inf for _, high in held)]
    return np.array(
        [
            [
                least[to] - least[cut] if to <= cut else inf if open_[to] > open_[cut] else most[to] - most[cut]
                for to in cuts
            ]
            for cut in cuts
        ]
    )


def _shortest(most: FloatArray, cuts: Sequence[int], sums: Mapping[tuple[int, int], Ends]) -> list[list[float]]:
    """The shortest ways by way of sums as well; empty where one leads back to its beginning in less than nothing."""
    places = {cut: place for place, cut in enumerate(cuts)}
    for (start, stop), (low, high) in sums.items():
        first, last = places[start], places[stop]
        most[first, last], most[last, first] = min(most[first, last], high), min(most[last, first], -low)
    for by_way_of in range(len(cuts)):
        np.minimum(most, most[:, by_way_of, None] + most[by_way_of], out=most)
        if most[by_way_of, by_way_of] < 0:
            return []
    return [] if (most.diagonal() < 0).any() else most.tolist()


def _beside(others: Iterable[Ends], together: Ends, own: Ends) -> Ends:
    """What the sum of a piece and others, of each of which only its own bounds are known, leaves open of the piece."""
    low = high = 0.0
    for least, most in others:
        low += least
        high += most
    return max(own[0], together[0] - high), min(own[1], together[1] - low)


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
