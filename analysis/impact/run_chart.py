"""The run chart: a median and two tests for runs, for series too short for limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

import numpy as np

from analysis.arrays import FloatArray
from analysis.distributions import binomial_weights
from analysis.impact.xmr_rules import runs

_SLACK = 1e-9


@dataclass(frozen=True)
class RunLimits:
    """The longest run and the fewest crossings that chance alone explains, for a number of useful points."""

    n_useful: int
    longest_run_limit: int
    crossings_limit: int


@dataclass(frozen=True)
class RunTest:
    """Runs about a centre line; `signal` when the longest run is too long or the crossings are too few."""

    n_useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    signal: bool


@dataclass(frozen=True)
class RunPhase:
    """One phase of a run chart."""

    start: int
    n: int
    median: float
    n_useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    signal: bool


@dataclass(frozen=True)
class RunChart:
    """Phases of a run chart, or only the limits when numbers of points were asked for."""

    phases: tuple[RunPhase, ...] = ()
    limits: tuple[RunLimits, ...] = ()


def run_chart(
    values: Sequence[float | None] | FloatArray | None = None,
    *,
    rebase_at: Sequence[int] = (),
    baseline_points: int | None = None,
    n_useful: Sequence[int] | None = None,
) -> RunChart:
    """A median with Anhoej's two run tests.

    Method: points on the median are dropped and neither break nor lengthen a run; signal when the longest run exceeds
    round(log2(n)) + 3 or the crossings fall below the 5 % quantile of Binomial(n - 1, 0.5). Does not find a single odd
    point. Missing values are left out. `rebase_at` are positions where a new phase starts; `baseline_points` takes the
    median of the first phase from its first points. Raises ValueError without values.
    Reference: Anhoej and Olesen (2014). Example: 16 useful points allow a run of 7 and need 4 crossings.
    """
    if values is None:
        if n_useful is None:
            text = "give the values or the numbers of useful points"
            raise ValueError(text)
        return RunChart(limits=tuple(run_limits(n) for n in n_useful))
    series = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    bounds = [*sorted({0, *rebase_at}), len(series)]
    phases = [
        _phase(start, series[start:stop], baseline_points if start == 0 else None) for start, stop in pairwise(bounds)
    ]
    return RunChart(phases=tuple(phases))


def run_limits(n_useful: int) -> RunLimits:
    """The limits of both tests for a number of useful points."""
    if n_useful < 1:
        return RunLimits(n_useful, 0, 0)
    weights = np.cumsum(binomial_weights(n_useful - 1, 0.5))
    return RunLimits(n_useful, round(log2(n_useful)) + 3, int(np.searchsorted(weights, 0.05 - 1e-12)))


def run_test(values: FloatArray, centre: float) -> RunTest:
    """Longest run and crossings about a centre line."""
    away = values[np.isfinite(values)] - centre
    signs = np.sign(away[np.abs(away) > _SLACK]).astype(np.int_)
    found = list(runs(signs))
    limits = run_limits(len(signs))
    longest = max((stop - start for start, stop, _ in found), default=0)
    crossings = max(0, len(found) - 1)
    signal = longest > limits.longest_run_limit or crossings < limits.crossings_limit
    return RunTest(
        limits.n_useful,
        longest,
        limits.longest_run_limit,
        crossings,
        limits.crossings_limit,
        bool(len(signs)) and signal,
    )


def _phase(start: int, part: FloatArray, baseline: int | None) -> RunPhase:
    held = part[np.isfinite(part)]
    if not len(held):
        text = "each phase needs at least one value"
        raise ValueError(text)
    median = float(np.median(held[:baseline]))
    test = run_test(held, median)
    return RunPhase(
        start,
        len(held),
        median,
        test.n_useful,
        test.longest_run,
        test.longest_run_limit,
        test.crossings,
        test.crossings_limit,
        test.signal,
    )
