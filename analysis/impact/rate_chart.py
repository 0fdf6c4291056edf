"""Charts of rates and shares whose limits follow the size of each period: u, p and Laney's prime charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.arrays import FloatArray
from analysis.impact.run_chart import run_test

_RANGE_TO_SD = 1.128
_SCREEN = 3.267
_SHARES = ("p", "p_prime")
_CHARTS = ("u", "u_prime", "p", "p_prime")


@dataclass(frozen=True)
class RatePhase:
    """One phase: its centre line and the run tests about it."""

    start: int
    centre_line: float
    n: int
    n_useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    signal: bool


@dataclass(frozen=True)
class RateChart:
    """Limits one per point (NaN where nothing was recorded) and the positions strictly outside them."""

    phases: tuple[RatePhase, ...]
    lower_limits: tuple[float, ...]
    upper_limits: tuple[float, ...]
    points_outside: tuple[int, ...]


def rate_chart(
    *,
    chart: str,
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    multiplier: float = 1.0,
    rebase_at: Sequence[int] = (),
) -> RateChart:
    """A chart of a rate (u) or a share (p) with limits that widen where little was counted.

    Method: centre = total over total of a phase, limits 3 sd away, sd = sqrt(c/n) or sqrt(c(1 - c)/n). The prime
    charts multiply the sd by the mean moving range of the z scores over 1.128 (ranges of 3.267 times their mean or
    more dropped, once). Not instead of XmR on NHS pages; u and p limits are far too narrow for very large denominators.

    Periods with a missing part are left out. Raises ValueError for an unknown chart, lists of unequal length, a
    denominator that is not above 0 or a phase without values. Reference: Laney (2002). Example: 4 of 16 and 4 of 16
    have centre 0.25 and p limits 0.25 -+ 3 sqrt(0.25 x 0.75/16), cut at 0.
    """
    if chart not in _CHARTS:
        text = f"the chart is one of {', '.join(_CHARTS)}"
        raise ValueError(text)
    top, bottom = _floats(numerators), _floats(denominators)
    if len(top) != len(bottom) or (bottom <= 0).any():
        text = "each numerator needs a denominator above 0"
        raise ValueError(text)
    lower, upper = np.full(len(top), np.nan), np.full(len(top), np.nan)
    phases = []
    for start, stop in pairwise([*sorted({0, *rebase_at}), len(top)]):
        phase, spread = _phase(chart, top[start:stop], bottom[start:stop], start, multiplier)
        centre = phase.centre_line / multiplier
        ceiling = 1.0 if chart in _SHARES else np.inf
        lower[start:stop] = np.maximum(centre - 3 * spread, 0) * multiplier
        upper[start:stop] = np.minimum(centre + 3 * spread, ceiling) * multiplier
        phases.append(phase)
    values = top / bottom * multiplier
    outside = np.flatnonzero((values < lower) | (values > upper))
    return RateChart(tuple(phases), tuple(lower.tolist()), tuple(upper.tolist()), tuple(int(p) for p in outside))


def _floats(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _phase(
    chart: str, top: FloatArray, bottom: FloatArray, start: int, multiplier: float
) -> tuple[RatePhase, FloatArray]:
    held = np.isfinite(top) & np.isfinite(bottom)
    if not held.any():
        text = "each phase needs at least one value"
        raise ValueError(text)
    centre = float(top[held].sum() / bottom[held].sum())
    spread = np.sqrt((centre * (1 - centre) if chart in _SHARES else centre) / np.where(held, bottom, np.nan))
    values = top[held] / bottom[held]
    if chart.endswith("_prime"):
        spread = spread * _sigma_z((values - centre) / spread[held])
    test = run_test(values, centre)
    return RatePhase(
        start,
        centre * multiplier,
        int(held.sum()),
        test.n_useful,
        test.longest_run,
        test.longest_run_limit,
        test.crossings,
        test.crossings_limit,
        test.signal,
    ), spread


def _sigma_z(scores: FloatArray) -> float:
    ranges = np.abs(np.diff(scores))
    if not len(ranges):
        return float("nan")
    kept = ranges[ranges < _SCREEN * ranges.mean()]
    return float((kept if len(kept) else ranges).mean() / _RANGE_TO_SD)
