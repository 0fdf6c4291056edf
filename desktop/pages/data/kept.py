"""Columns of the grid kept from one showing to the next, so that an entry makes one column anew and not all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

import numpy as np

from analysis.periods import Period
from analysis.vocabulary import Series, Timeline
from desktop.grid.state import Cell

Maker = Callable[[Series, tuple[Period, ...], Timeline], tuple[Cell, ...]]


@dataclass(frozen=True)
class _Column:
    series: Series
    periods: tuple[Period, ...]
    timeline: Timeline
    cells: tuple[Cell, ...]


class KeptColumns:
    """The recorded cells of each measure as they were last made. Another arm's values differ, and are made anew."""

    def __init__(self) -> None:
        self._held: dict[int, _Column] = {}
        self._known: dict[Period, Period] = {}

    def known(self, periods: Iterable[Period]) -> tuple[Period, ...]:
        """The same periods as the very objects held, so that comparing column by column compares no dates."""
        return tuple(self._known.setdefault(period, period) for period in periods)

    def cells(self, series: Series, periods: tuple[Period, ...], timeline: Timeline, make: Maker) -> tuple[Cell, ...]:
        """The column of a measure: what is held where it does not differ, and what `make` makes of other periods."""
        held = self._held.get(series.measure.id)
        if held is not None and (held.timeline != timeline or not _alike(held.series, series)):
            held = None
        if held is not None and held.periods == periods:
            return held.cells
        grown = held is not None and periods[: len(held.periods)] == held.periods
        before = held.cells if held is not None and grown else ()
        made = before + make(series, periods[len(before) :], timeline)
        self._held[series.measure.id] = _Column(series, periods, timeline, made)
        return made


def _alike(one: Series, other: Series) -> bool:
    """Whether two series hold the same, value by value."""
    return one is other or all(_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(Series))


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return bool(one == other)
