"""Two means of separate people or periods compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.distributions import small_sample_factor, t_quantile, t_two_sided


@dataclass(frozen=True)
class Moments:
    """Mean, standard deviation (n - 1) and number of a set of values."""

    mean: float
    sd: float
    n: float


@dataclass(frozen=True)
class MeanDifference:
    """Mean after minus mean before with Welch's 95 % interval; NaN where not estimable."""

    difference: float
    se: float
    df: float
    t: float
    p: float
    ci_lower: float
    ci_upper: float
    hedges_g: float
    hedges_g_variance: float


def mean_difference(
    *,
    mean1: float | None = None,
    sd1: float | None = None,
    n1: float | None = None,
    mean0: float | None = None,
    sd0: float | None = None,
    n0: float | None = None,
    values1: Sequence[float | None] | FloatArray | None = None,
    values0: Sequence[float | None] | FloatArray | None = None,
) -> MeanDifference:
    """By how much a mean changed between separate people (or separate periods).

    Method: Welch's t interval with unequal variances; Hedges's g with the pooled sd and the exact correction. Not for
    the same people twice (use paired_mean); careful with very skewed values such as costs.

    Either mean, sd and n of both sides or the values themselves; missing values are left out. Raises ValueError when
    a part is missing or a side has fewer than 2 values.
    Reference: Welch (1947): df = (a + b)^2 / (a^2/(n1 - 1) + b^2/(n0 - 1)), a = s1^2/n1, b = s0^2/n0.
    Example: 4, 6 (mean 5, sd 1.41) against 1, 3 (mean 2, sd 1.41) is 3 with se sqrt(2) = 1.41 on 2 degrees of freedom.
    """
    after = _side(mean1, sd1, n1, values1)
    before = _side(mean0, sd0, n0, values0)
    return welch(after, before)


def welch(after: Moments, before: Moments) -> MeanDifference:
    """The comparison of two sets of moments."""
    if min(after.n, before.n) < 2:
        text = "a mean needs at least 2 values on each side"
        raise ValueError(text)
    a, b = after.sd**2 / after.n, before.sd**2 / before.n
    difference, se = after.mean - before.mean, sqrt(a + b)
    g, g_variance = _hedges(after, before)
    if se == 0:
        return MeanDifference(difference, 0.0, nan, nan, nan, nan, nan, g, g_variance)
    df = (a + b) ** 2 / (a**2 / (after.n - 1) + b**2 / (before.n - 1))
    half, t = t_quantile(0.975, df) * se, difference / se
    return MeanDifference(
        difference, se, df, t, t_two_sided(t, df), difference - half, difference + half, g, g_variance
    )


def moments(values: Sequence[float | None] | FloatArray) -> Moments:
    """Mean, sd and number of the values that are there."""
    held = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    held = held[np.isfinite(held)]
    if len(held) < 2:
        return Moments(float(held.mean()) if len(held) else nan, nan, len(held))
    return Moments(float(held.mean()), float(held.std(ddof=1)), len(held))


def _side(
    mean: float | None, sd: float | None, n: float | None, values: Sequence[float | None] | FloatArray | None
) -> Moments:
    if values is not None:
        return moments(values)
    if mean is None or sd is None or n is None:
        text = "give the values or the mean, sd and n of each side"
        raise ValueError(text)
    return Moments(mean, sd, n)


def _hedges(after: Moments, before: Moments) -> tuple[float, float]:
    df = after.n + before.n - 2
    pooled = sqrt(((after.n - 1) * after.sd**2 + (before.n - 1) * before.sd**2) / df)
    if pooled == 0:
        return nan, nan
    g = (after.mean - before.mean) / pooled * small_sample_factor(df)
    return g, 1 / after.n + 1 / before.n + g**2 / (2 * (after.n + before.n))
