"""What a reader of several exports can work out of a hidden count: the least and the most it can be, by linear bounds.

Pure arithmetic. Every thing told is a sum over stretches of days. Time is cut where any of them begins or ends; the
people of each piece are unknown and not negative; a hidden count is narrowed when no table that agrees with all that
was told gives it 1, or none gives it the most the policy hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, inf

import numpy as np

from analysis.arrays import FloatArray
from exporters.told import Told

_DAY = timedelta(days=1)
_SLACK = 1e-6
_INFEASIBLE = 2


class _System:
    """All that was told, over the pieces of time; things told of the same days are one."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.pieces = _pieces(told)
        held: dict[frozenset[int], tuple[float, float]] = {}
        self.sets = [self._inside(one) for one in told]
        for places, one in zip(self.sets, told, strict=True):
            low, high = held.get(places, (0.0, inf))
            held[places] = max(low, one.low), min(high, inf if one.high is None else one.high)
        self.bounds = held

    def _inside(self, one: Told) -> frozenset[int]:
        return frozenset(
            place
            for place, (start, end) in enumerate(self.pieces)
            if any(days.start <= start and end <= days.end + _DAY for days in one.days)
        )

    def around(self, places: frozenset[int]) -> dict[frozenset[int], tuple[float, float]]:
        """What was told of anything that hangs together with these pieces."""
        reached, found = set(places), dict[frozenset[int], tuple[float, float]]()
        grown = True
        while grown:
            grown = False
            for held, bounds in self.bounds.items():
                if held not in found and reached & held:
                    found[held] = bounds
                    grown = grown or not held <= reached
                    reached |= held
        return found


def _pieces(told: Sequence[Told]) -> list[tuple[date, date]]:
    cuts = sorted({day for one in told for days in one.days for day in (days.start, days.end + _DAY)})
    return list(pairwise(cuts))


def narrowed(told: Sequence[Told]) -> frozenset[int] | None:
    """Places of the hidden counts that can be narrowed; None when what was told contradicts itself."""
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
    if all(held == places for held in around):
        return False
    ends = _ends(around, places)
    return None if ends is None else ends[0] > 1 or ends[1] < most


def _ends(around: dict[frozenset[int], tuple[float, float]], wanted: frozenset[int]) -> tuple[float, float] | None:
    """The least and the most of the wanted pieces together, rounded inwards to whole people."""
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
