"""How far people chosen for a high value fall back by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, pi, sqrt

from analysis.distributions import normal_cdf


@dataclass(frozen=True)
class RegressionToMean:
    """The fall to be expected without any help, in the unit of the sd."""

    expected_change: float


def regression_to_mean(*, sd: float, correlation: float, cutoff_z: float) -> RegressionToMean:
    """The fall to be expected in people selected above a cut-off, with no role at all.

    Method: for a normal value measured twice, sd (1 - correlation) phi(z)/(1 - Phi(z)). `sd` of the value in the whole
    population, `correlation` between two measurements of a person, `cutoff_z` the cut-off in sds above the mean. Not
    for values far from normal: counts of attendances fall back further. Raises ValueError for an sd below 0 or a
    correlation outside -1 to 1. Reference: Davis (1976). Example: sd 10, correlation 0.6, cut-off one
    sd above the mean: 10 x 0.4 x 1.525 = 6.1.
    """
    if sd < 0 or not -1 <= correlation <= 1:
        text = "the sd cannot be negative and a correlation lies between -1 and 1"
        raise ValueError(text)
    density = exp(-(cutoff_z**2) / 2) / sqrt(2 * pi)
    return RegressionToMean(sd * (1 - correlation) * density / normal_cdf(-cutoff_z))
