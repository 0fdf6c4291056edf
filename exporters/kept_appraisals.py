"""Kept appraisals on their way out: which of them stay hidden, and which exact sums of people their answers give back.

A kept appraisal took its volumes from measures as they were on its day. What it gives back is a mean over some run of
periods; every run of the present record that has that mean is told. Where there is none the record was revised since,
and the volume tells nothing of what stands in it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import FloatArray
from analysis.economics.saved import Snapshot
from analysis.finding_selection import Mask, select
from analysis.measured_plan import PERIODS_A_MONTH
from analysis.vocabulary import CostKind, Series, Timeline
from db.queries.appraisals import Saved
from exporters.told import Told, joined

_CLOSE = 1e-9


def taken_from(held: Snapshot) -> frozenset[int]:
    """The measures that volumes of a kept appraisal were taken from."""
    return frozenset(one.measure_id for one in _volumes(held))


def hidden_kept(saved: Iterable[Saved], hidden: frozenset[int], *, tells: bool) -> frozenset[int]:
    """Kept appraisals whose amounts stay hidden: all where any amount of the role does, else those that rest on one of
    the hidden measures."""
    return frozenset(one.id for one in saved if tells or taken_from(one.held) & hidden)


def sums_of_kept(
    held: Snapshot, all_series: Sequence[Series], timeline: Timeline
) -> Iterator[tuple[Series, set[Told]]]:
    """The exact sums that its volumes give back of the present record."""
    by_id = {series.measure.id: series for series in all_series}
    for one in _volumes(held):
        series = by_id.get(one.measure_id)
        times = 1.0 if one.is_stock or series is None else PERIODS_A_MONTH.get(series.measure.frequency)
        if series is not None and times:
            yield series, set(_told(series, timeline, [volume / times for volume in one.a_month]))


@dataclass(frozen=True)
class _Volumes:
    """What one line took from a measure, a month: its mean, or the means before and after that an effect gave."""

    measure_id: int
    a_month: tuple[float, ...]
    is_stock: bool = False


def _volumes(held: Snapshot) -> Iterator[_Volumes]:
    for line in held.inputs.get("costs") or ():
        a_month = (line.get("volume") or {}).get("a_month")
        if line.get("measure_id") is not None and a_month is not None:
            yield _Volumes(line["measure_id"], (a_month,), line.get("kind") == CostKind.PER_POST.value)
    for line in held.inputs.get("benefits") or ():
        ends = line.get("before"), line.get("after")
        if line.get("measure_id") is not None and line.get("taken") and None not in ends:
            yield _Volumes(line["measure_id"], ends)


def _told(series: Series, timeline: Timeline, means: Sequence[float]) -> Iterator[Told]:
    """Every run with one of the means; and, since an effect on counts is a ratio of rates over days, every run after
    launch whose rate is that ratio times the rate of a run before launch that has the first mean."""
    chosen = select(series, timeline)
    before, after = (_Runs.of(series, side) for side in (chosen.before, chosen.after))
    for runs in (before, after):
        for mean in means:
            yield from runs.told(series, _equal(runs.totals, mean * runs.periods))
    first, last = means[0], means[-1]
    for at in np.flatnonzero(_equal(before.totals, first * before.periods)) if first > 0 else ():
        rate = last / first * before.totals[at] / before.days[at]
        yield from after.told(series, _equal(after.totals, rate * after.days))


def _equal(one: FloatArray, other: FloatArray) -> Mask:
    return np.isclose(one, other, rtol=_CLOSE, atol=_CLOSE)


@dataclass(frozen=True)
class _Runs:
    """Every run of used values that follow each other: where it begins and ends, its sum, its periods and days."""

    places: NDArray[np.intp]
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]
    totals: FloatArray
    periods: FloatArray
    days: FloatArray

    @classmethod
    def of(cls, series: Series, side: Mask) -> _Runs:
        """The runs of one side of the launch."""
        places = np.flatnonzero(side & np.isfinite(series.values))
        firsts, lasts = np.triu_indices(len(places))
        values = series.values[places]
        days = np.array([series.periods[place].days for place in places], dtype=float)
        sums, lengths = (np.concatenate(([0.0], np.cumsum(held))) for held in (values, days))
        return cls(
            places,
            firsts,
            lasts,
            sums[lasts + 1] - sums[firsts],
            (lasts - firsts + 1).astype(float),
            lengths[lasts + 1] - lengths[firsts],
        )

    def told(self, series: Series, wanted: Mask) -> Iterator[Told]:
        """What these runs tell, in whole people."""
        for at in np.flatnonzero(wanted):
            run = self.places[self.firsts[at] : self.lasts[at] + 1]
            total = float(self.totals[at])
            yield Told(joined(series.periods[place] for place in run), floor(total + _CLOSE), ceil(total - _CLOSE))
