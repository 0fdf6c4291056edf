"""Two shares compared, of separate people or of the same people twice."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

from analysis.distributions import Z95, binomial_two_sided, chi_square_upper, fisher_two_sided


@dataclass(frozen=True)
class ProportionDifference:
    """Share after minus share before (each 0 to 1) with its 95 % interval."""

    difference: float
    ci_lower: float
    ci_upper: float
    chi_square: float
    p: float
    p_fisher: float


@dataclass(frozen=True)
class PairedProportions:
    """Net share of people who changed from no to yes, with its 95 % interval."""

    difference: float
    ci_lower: float
    ci_upper: float
    p_exact: float
    chi_square: float
    p: float
    chi_square_corrected: float


def proportion_difference(*, events1: int, n1: int, events0: int, n0: int) -> ProportionDifference:
    """By how much a share changed, in separate groups of people.

    Method: Newcombe's method 10, from the Wilson limits of both shares; chi-square without correction; Fisher's exact
    p (minimum likelihood). Not for the same people before and after (use paired_proportions) nor for shares built from
    few people a period that vary more than chance allows.

    Whole numbers of people; raises ValueError unless 0 <= events <= n and n > 0. Nobody is counted as missing: those
    without an answer belong neither to `events` nor to `n`.
    Reference: Newcombe (1998), Stat Med 17:873: d - sqrt((p1 - l1)^2 + (u0 - p0)^2), d + sqrt((u1 - p1)^2 +
    (p0 - l0)^2). Example: 56 of 70 against 48 of 80 is 0.8 - 0.6 = 0.2 (0.052 to 0.334).
    """
    _check(events1, n1)
    _check(events0, n0)
    chi_square = _chi_square(events1, n1, events0, n0)
    return ProportionDifference(
        events1 / n1 - events0 / n0,
        *newcombe_limits(events1, n1, events0, n0),
        chi_square,
        chi_square_upper(chi_square, 1),
        fisher_two_sided(events1, n1, events0, n0),
    )


def newcombe_limits(
    events1: float, n1: float, events0: float, n0: float, dispersion: float = 1.0
) -> tuple[float, float]:
    """Newcombe's limits; a dispersion above 1 divides both numbers of people, which widens the interval."""
    p1, p0 = events1 / n1, events0 / n0
    low1, high1 = wilson_limits(events1 / dispersion, n1 / dispersion)
    low0, high0 = wilson_limits(events0 / dispersion, n0 / dispersion)
    difference = p1 - p0
    return (
        difference - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2),
        difference + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2),
    )


def wilson_limits(events: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % limits of one share: (2np + z^2 -+ z sqrt(z^2 + 4np(1-p))) / (2(n + z^2))."""
    share = events / n
    half = Z95 * sqrt(Z95**2 + 4 * n * share * (1 - share))
    bottom = 2 * (n + Z95**2)
    return max(0.0, (2 * n * share + Z95**2 - half) / bottom), min(1.0, (2 * n * share + Z95**2 + half) / bottom)


def paired_proportions(*, yes_to_no: int, no_to_yes: int, n: int) -> PairedProportions:
    """By how much a share changed among the same people, asked twice.

    Method: (c - b)/n with the Wald interval; McNemar's test exact (binomial), by chi-square and with continuity
    correction. Only people asked twice count; those lost to follow-up are left out and must be told of beside it.
    `yes_to_no` and `no_to_yes` are the people who changed, `n` everybody asked twice.
    Raises ValueError for negative numbers or when more people changed than there are.
    Reference: se = sqrt(b + c - (b - c)^2/n)/n. Example: b 150, c 86, n 1,600 gives -0.04 (-0.0587 to -0.0213).
    """
    if min(yes_to_no, no_to_yes) < 0 or n <= 0 or yes_to_no + no_to_yes > n:
        text = "the people who changed must be between none and all"
        raise ValueError(text)
    changed, net = yes_to_no + no_to_yes, no_to_yes - yes_to_no
    half = Z95 * sqrt(changed - net**2 / n) / n
    chi_square = net**2 / changed if changed else nan
    return PairedProportions(
        difference=net / n,
        ci_lower=net / n - half,
        ci_upper=net / n + half,
        p_exact=binomial_two_sided(no_to_yes, changed, 0.5),
        chi_square=chi_square,
        p=chi_square_upper(chi_square, 1),
        chi_square_corrected=max(0, abs(net) - 1) ** 2 / changed if changed else nan,
    )


def _check(events: int, n: int) -> None:
    if n <= 0 or not 0 <= events <= n:
        text = "the number with the outcome must be between none and all of at least one person"
        raise ValueError(text)


def _chi_square(events1: int, n1: int, events0: int, n0: int) -> float:
    share = (events1 + events0) / (n1 + n0)
    if share in (0, 1):
        return nan
    return (events1 / n1 - events0 / n0) ** 2 / (share * (1 - share) * (1 / n1 + 1 / n0))
