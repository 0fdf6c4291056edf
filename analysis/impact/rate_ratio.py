"""Two rates compared: events over exposure, after against before."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, log, nan, sqrt

from analysis.beyond import power_of_e
from analysis.distributions import Z95, beta_quantile, binomial_two_sided, gamma_quantile, normal_two_sided

_ALPHA = 0.05


@dataclass(frozen=True)
class RateRatio:
    """Rate after over rate before with 95 % intervals; NaN where not estimable, an infinite limit where unbounded.

    `difference` is rate after minus rate before times the multiplier. `rate1` has an exact Poisson interval.
    """

    ratio: float
    ratio_lower: float
    ratio_upper: float
    p: float
    difference: float
    difference_lower: float
    difference_upper: float
    rate1: float
    rate1_lower: float
    rate1_upper: float


def rate_ratio(
    *,
    events1: float,
    exposure1: float,
    events0: float | None = None,
    exposure0: float | None = None,
    interval: str = "exact",
    difference_multiplier: float = 1.0,
) -> RateRatio:
    """How many times the earlier rate the later rate is.

    Method: given all events, those after launch are binomial; its Clopper-Pearson limits give the exact limits of the
    ratio, and the p value is the exact binomial test (minimum likelihood). `interval="wald"` uses
    se(log ratio) = sqrt(1/x1 + 1/x0). The difference has a Wald interval. Not for counts that vary more than chance
    allows (winter peaks, several events a person): the interval is then too narrow.

    `events` are whole numbers, `exposure` person-time or days in one unit for both. Without `events0` only the rate is
    given. Raises ValueError for a negative count, an exposure that is not above 0 or an unknown interval.
    Reference: Clopper and Pearson (1934): pL = BetaInv(a/2; x1, x0 + 1), pU = BetaInv(1 - a/2; x1 + 1, x0),
    ratio = p/(1 - p) * t0/t1. Example: 20 in 10 days against 10 in 10 days is a ratio of 2.
    """
    _check(events1, exposure1, events0, exposure0, interval)
    rate1, limits1 = events1 / exposure1, exact_rate_limits(events1, exposure1)
    if events0 is None or exposure0 is None:
        return RateRatio(nan, nan, nan, nan, nan, nan, nan, rate1, *limits1)
    ratio = _quotient(rate1, events0 / exposure0)
    exact = interval == "exact"
    limits = (exact_ratio_limits if exact else wald_ratio_limits)(events1, exposure1, events0, exposure0)
    p = _exact_p(events1, exposure1, events0, exposure0) if exact else _wald_p(ratio, events1, events0)
    difference = rate1 - events0 / exposure0
    half = Z95 * sqrt(events1 / exposure1**2 + events0 / exposure0**2)
    scaled = [difference_multiplier * part for part in (difference, difference - half, difference + half)]
    return RateRatio(ratio, *limits, p, scaled[0], scaled[1], scaled[2], rate1, *limits1)


def exact_ratio_limits(events1: float, exposure1: float, events0: float, exposure0: float) -> tuple[float, float]:
    """The exact 95 % limits of the ratio of two rates; (NaN, NaN) without any event."""
    if events1 + events0 == 0:
        return nan, nan
    share_low = beta_quantile(_ALPHA / 2, events1, events0 + 1)
    share_high = beta_quantile(1 - _ALPHA / 2, events1 + 1, events0)
    scale = exposure0 / exposure1
    return _odds(share_low) * scale, _odds(share_high) * scale


def wald_ratio_limits(
    events1: float, exposure1: float, events0: float, exposure0: float, dispersion: float = 1.0
) -> tuple[float, float]:
    """Limits on the log scale, variance times the dispersion; (NaN, NaN) when either count is 0."""
    if events1 == 0 or events0 == 0:
        return nan, nan
    centre = log(events1 / exposure1) - log(events0 / exposure0)
    half = Z95 * sqrt(dispersion * (1 / events1 + 1 / events0))
    return power_of_e(centre - half), power_of_e(centre + half)


def exact_rate_limits(events: float, exposure: float) -> tuple[float, float]:
    """Exact (gamma) 95 % limits of a Poisson rate."""
    return gamma_quantile(_ALPHA / 2, events) / exposure, gamma_quantile(1 - _ALPHA / 2, events + 1) / exposure


def _check(events1: float, exposure1: float, events0: float | None, exposure0: float | None, interval: str) -> None:
    if (events0 is None) != (exposure0 is None):
        text = "events before launch need their exposure"
        raise ValueError(text)
    if any(count is not None and (count < 0 or not isfinite(count)) for count in (events1, events0)):
        text = "a number of events cannot be negative"
        raise ValueError(text)
    if any(time is not None and not time > 0 for time in (exposure1, exposure0)):
        text = "an exposure must be above 0"
        raise ValueError(text)
    if interval not in ("exact", "wald"):
        text = f"the interval is exact or wald, not {interval!r}"
        raise ValueError(text)


def _quotient(top: float, bottom: float) -> float:
    if bottom == 0:
        return nan if top == 0 else inf
    return top / bottom


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def _exact_p(events1: float, exposure1: float, events0: float, exposure0: float) -> float:
    total = round(events1 + events0)
    return binomial_two_sided(round(events1), total, exposure1 / (exposure1 + exposure0)) if total else nan


def _wald_p(ratio: float, events1: float, events0: float) -> float:
    if events1 == 0 or events0 == 0:
        return nan
    return normal_two_sided(log(ratio) / sqrt(1 / events1 + 1 / events0))
