"""How large a change must be before the data at hand could tell it from chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.distributions import noncentral_t_cdf, normal_quantile, t_quantile


@dataclass(frozen=True)
class DetectableChange:
    """The smallest change that would be found with the asked power; NaN for what the design does not give.

    `rate_ratio` is below 1; `proportion1` above `proportion0`; `difference` in the unit of the sd; the `se` and
    `detectable_level` of an interrupted series are in residual sds.
    """

    rate_ratio: float = nan
    proportion1: float = nan
    n_per_group: float = nan
    difference: float = nan
    se_level: float = nan
    se_slope: float = nan
    se_level_step_only: float = nan
    detectable_level: float = nan


def detectable_change(
    *,
    design: str,
    alpha: float = 0.05,
    power: float = 0.8,
    events0: float | None = None,
    events1: float | None = None,
    dispersion: float = 1.0,
    proportion0: float | None = None,
    proportion1: float | None = None,
    n_per_group: float | None = None,
    sd: float | None = None,
    n: float | None = None,
    sd_change: float | None = None,
    n_before: int | None = None,
    n_after: int | None = None,
    autocorrelation: float = 0.0,
) -> DetectableChange:
    """The smallest change the data could show, before looking at the answer.

    Design `rate` (expected events on both sides): exp(-(z_a + z_b) sqrt(dispersion (1/E0 + 1/E1))). `proportion`:
    normal approximation without correction, for a share or for the number of people. `mean` and `paired_mean`:
    noncentral t, upper tail. `interrupted_series`: (X' R^-1 X)^-1 with R = autocorrelation^|i - j|, in residual sds.
    Not a reason to explain a result away afterwards: use it while planning.

    Raises ValueError for an unknown design or a missing part. Reference: Cohen (1988). Example: 120 events expected on
    both sides need a ratio of exp(-2.8016 sqrt(1/60)) = 0.6965, a fall of 30 %.
    """
    reach = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    if design == "rate":
        return DetectableChange(rate_ratio=detectable_ratio(_need(events0), _need(events1), dispersion, reach))
    if design == "proportion":
        return _proportion(_need(proportion0), proportion1, n_per_group, alpha, power)
    if design == "mean":
        group = _need(n_per_group)
        found = _noncentral(sqrt(group / 2) / _need(sd), 2 * (group - 1), alpha, power)
        return DetectableChange(difference=found)
    if design == "paired_mean":
        found = _noncentral(sqrt(_need(n)) / _need(sd_change), _need(n) - 1, alpha, power)
        return DetectableChange(difference=found)
    if design == "interrupted_series":
        return _series(int(_need(n_before)), int(_need(n_after)), autocorrelation, reach)
    text = f"unknown design: {design!r}"
    raise ValueError(text)


def detectable_ratio(events0: float, events1: float, dispersion: float, reach: float = 2.801585218) -> float:
    """The smallest detectable ratio of rates below 1, from the events expected on both sides."""
    return exp(-reach * sqrt(dispersion * (1 / events0 + 1 / events1)))


def _need(value: float | None) -> float:
    if value is None:
        text = "this design needs a further input"
        raise ValueError(text)
    return value


def _proportion(
    share0: float, share1: float | None, people: float | None, alpha: float, power: float
) -> DetectableChange:
    if share1 is not None:
        return DetectableChange(n_per_group=_people(share0, share1, alpha, power), proportion1=share1)
    from scipy.optimize import brentq

    wanted = _need(people)
    tiny = 1e-9
    found = brentq(lambda share: _people(share0, share, alpha, power) - wanted, share0 + tiny, 1 - tiny, xtol=1e-13)
    return DetectableChange(proportion1=float(found), n_per_group=wanted)


def _people(share0: float, share1: float, alpha: float, power: float) -> float:
    both = share0 + share1
    one_rate = normal_quantile(1 - alpha / 2) * sqrt(both * (1 - both / 2))
    two_rates = normal_quantile(power) * sqrt(share0 * (1 - share0) + share1 * (1 - share1))
    return float(((one_rate + two_rates) / (share1 - share0)) ** 2)


def _noncentral(scale: float, df: float, alpha: float, power: float) -> float:
    from scipy.optimize import brentq

    edge = t_quantile(1 - alpha / 2, df)
    most = 50.0 if df < 5 else edge + 10  # scipy has no answer far out in the tail of many degrees of freedom
    found = brentq(lambda ncp: 1 - noncentral_t_cdf(edge, df, ncp) - power, 0.0, most, xtol=1e-12)
    return float(found / scale)


def _series(before: int, after: int, rho: float, reach: float) -> DetectableChange:
    time = np.arange(before + after, dtype=np.float64)
    step = (time >= before).astype(np.float64)
    slope = step * (time - before)
    full = _standard_errors(np.column_stack([np.ones_like(time), time, step, slope]), rho)
    return DetectableChange(
        se_level=float(full[2]),
        se_slope=float(full[3]),
        se_level_step_only=step_error(before, after, rho),
        detectable_level=reach * float(full[2]),
    )


def step_error(before: int, after: int, rho: float) -> float:
    """The standard error of a change of level beside a trend without a change of slope, in residual sds."""
    time = np.arange(before + after, dtype=np.float64)
    step = (time >= before).astype(np.float64)
    return float(_standard_errors(np.column_stack([np.ones_like(time), time, step]), rho)[2])


def _standard_errors(design: FloatArray, rho: float) -> FloatArray:
    apart = design.copy()
    apart[1:] = (design[1:] - rho * design[:-1]) / sqrt(1 - rho**2)
    return np.asarray(np.sqrt(np.diag(np.linalg.inv(apart.T @ apart))), dtype=np.float64)
