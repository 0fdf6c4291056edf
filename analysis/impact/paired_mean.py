"""The same people measured twice: the mean of their changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.distributions import normal_two_sided, small_sample_factor, t_quantile, t_two_sided

Values = Sequence[float | None] | FloatArray


@dataclass(frozen=True)
class PairedMean:
    """Mean change with its 95 % t interval; `standardised_change` is in sds of the change; NaN where not estimable."""

    mean_change: float
    sd_change: float
    n: int
    t: float
    df: float
    p: float
    ci_lower: float
    ci_upper: float
    standardised_change: float
    standardised_change_variance: float
    p_wilcoxon: float


def paired_mean(
    *,
    values_after: Values | None = None,
    values_before: Values | None = None,
    mean_change: float | None = None,
    sd_change: float | None = None,
    sd_before: float | None = None,
    sd_after: float | None = None,
    correlation: float | None = None,
    n: int | None = None,
) -> PairedMean:
    """By how much a score changed in the same people.

    Method: one-sample t on the changes; Wilcoxon's signed ranks beside it where the values are given. Only pairs
    count: a person lost to follow-up is in neither mean, so say how many were lost. Not for different people.

    Give the values (two lists in the same order of people, a pair with a missing value is left out), or the mean and
    sd of the change with n, or the mean change with both sds and the correlation: sd = sqrt(s0^2 + s1^2 - 2 r s0 s1).
    Raises ValueError when none of the three is complete or n is below 2.
    Reference: t = mean / (sd / sqrt(n)), n - 1 degrees of freedom. Example: changes 1, 2, 3 have mean 2, sd 1,
    t = 2 sqrt(3) = 3.46.
    """
    if values_after is not None and values_before is not None:
        changes = _changes(values_after, values_before)
        if len(changes) < 2:
            text = "a mean change needs at least 2 pairs"
            raise ValueError(text)
        return _from_moments(float(changes.mean()), float(changes.std(ddof=1)), len(changes), wilcoxon_p(changes))
    if mean_change is None or n is None:
        text = "give the values, or the mean change with n"
        raise ValueError(text)
    if sd_change is None:
        sd_change = _sd_of_change(sd_before, sd_after, correlation)
    return _from_moments(mean_change, sd_change, n, nan)


def wilcoxon_p(changes: FloatArray) -> float:
    """Two-sided p of the signed-rank test; zeros dropped, exact unless there were zeros or ties.

    With zeros or ties: normal approximation, variance n(n+1)(2n+1)/24 - sum(t^3 - t)/48, continuity correction 1/2.
    """
    moved = changes[changes != 0]
    if not len(moved):
        return nan
    ranks, tied = _ranks(np.abs(moved))
    statistic, n = float(ranks[moved > 0].sum()), len(moved)
    middle = n * (n + 1) / 4
    if len(moved) == len(changes) and not len(tied):
        return _exact_signed_rank_p(round(statistic), n)
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((tied**3 - tied).sum()) / 48
    away = max(0.0, abs(statistic - middle) - 0.5)
    return normal_two_sided(away / sqrt(variance))


def _changes(after: Values, before: Values) -> FloatArray:
    if len(after) != len(before):
        text = "the two lists must hold the same people in the same order"
        raise ValueError(text)
    pairs = [(a, b) for a, b in zip(after, before, strict=True) if a is not None and b is not None]
    changes = np.array([a - b for a, b in pairs], dtype=np.float64)
    return changes[np.isfinite(changes)]


def _sd_of_change(sd_before: float | None, sd_after: float | None, correlation: float | None) -> float:
    if sd_before is None or sd_after is None or correlation is None:
        text = "give the sd of the change, or both sds and their correlation"
        raise ValueError(text)
    return sqrt(sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after)


def _from_moments(mean: float, sd: float, n: int, wilcoxon: float) -> PairedMean:
    if n < 2:
        text = "a mean change needs at least 2 pairs"
        raise ValueError(text)
    if sd == 0:
        return PairedMean(mean, sd, n, nan, n - 1, nan, nan, nan, nan, nan, wilcoxon)
    se, df = sd / sqrt(n), n - 1
    half, g = t_quantile(0.975, df) * se, mean / sd * small_sample_factor(df)
    return PairedMean(
        mean_change=mean,
        sd_change=sd,
        n=n,
        t=mean / se,
        df=df,
        p=t_two_sided(mean / se, df),
        ci_lower=mean - half,
        ci_upper=mean + half,
        standardised_change=g,
        standardised_change_variance=1 / n + g**2 / (2 * n),
        p_wilcoxon=wilcoxon,
    )


def _ranks(sizes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mid-ranks, and the sizes of the groups of ties. Sizes that differ by rounding alone are tied."""
    order = np.argsort(sizes, kind="stable")
    ranks = np.empty(len(sizes))
    groups: list[int] = []
    start = 0
    for stop in range(1, len(sizes) + 1):
        if stop < len(sizes) and np.isclose(sizes[order[stop]], sizes[order[start]], rtol=1e-12, atol=1e-12):
            continue
        ranks[order[start:stop]] = (start + 1 + stop) / 2
        groups += [stop - start] if stop - start > 1 else []
        start = stop
    return ranks, np.array(groups, dtype=np.float64)


def _exact_signed_rank_p(statistic: int, n: int) -> float:
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        ways[rank:] = ways[rank:] + ways[: len(ways) - rank]
    shares = ways / 2.0**n
    return float(min(1.0, 2 * min(shares[: statistic + 1].sum(), shares[statistic:].sum())))
