"""The distributions the methods need, each a thin name over scipy.special, which is loaded when first used.

scipy.stats is never imported: it costs a second at start-up and nothing here needs it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.arrays import FloatArray

Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution, not rounded."""

_SAME_LIKELIHOOD = 1 + 1e-7
"""Two outcomes this close in likelihood are taken as equally likely (as R's binom.test and fisher.test do)."""


def normal_cdf(z: float) -> float:
    """Probability that a standard normal value is at most z."""
    from scipy.special import ndtr

    return float(ndtr(z))


def normal_quantile(p: float) -> float:
    """The standard normal value that a share p lies below."""
    from scipy.special import ndtri

    return float(ndtri(p))


def normal_two_sided(z: float) -> float:
    """Probability of a standard normal value at least as far from 0 as z."""
    return 2 * normal_cdf(-abs(z))


def t_quantile(p: float, df: float) -> float:
    """The value that a share p of Student's t with df degrees of freedom (need not be whole) lies below."""
    from scipy.special import stdtrit

    return float(stdtrit(df, p))


def t_two_sided(t: float, df: float) -> float:
    """Probability of a t value at least as far from 0 as t."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def noncentral_t_cdf(t: float, df: float, noncentrality: float) -> float:
    """Probability that a noncentral t value is at most t."""
    from scipy.special import nctdtr

    return float(nctdtr(df, noncentrality, t))


def chi_square_upper(x: float, df: float) -> float:
    """Probability of a chi-square value above x."""
    from scipy.special import chdtrc

    return float(chdtrc(df, x))


def beta_quantile(p: float, a: float, b: float) -> float:
    """The share p point of the beta distribution; 0 when a is 0, 1 when b is 0 (the exact limits at the ends)."""
    from scipy.special import betaincinv

    if a <= 0:
        return 0.0
    return 1.0 if b <= 0 else float(betaincinv(a, b, p))


def gamma_quantile(p: float, shape: float) -> float:
    """The share p point of the gamma distribution with scale 1; 0 when the shape is 0."""
    from scipy.special import gammaincinv

    return 0.0 if shape <= 0 else float(gammaincinv(shape, p))


def small_sample_factor(df: float) -> float:
    """Hedges's exact correction gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)); it tends to 1 as df grows."""
    from scipy.special import gammaln

    return float(np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2))


def binomial_weights(n: int, p: float) -> FloatArray:
    """Probabilities of 0 to n successes in n trials, 0 < p < 1."""
    from scipy.special import gammaln

    k = np.arange(n + 1, dtype=np.float64)
    logs = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * np.log(p) + (n - k) * np.log1p(-p)
    return np.asarray(np.exp(logs), dtype=np.float64)


def binomial_two_sided(k: int, n: int, p: float) -> float:
    """Exact binomial p value by minimum likelihood: all outcomes no likelier than k.

    The opposite tail is found by bisection, so that millions of events cost no more than ten.
    """
    from scipy.special import bdtr, bdtrc, gammaln

    if n == 0:
        return 1.0

    def log_weight(x: int) -> float:
        ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
        return float(ways + x * np.log(p) + (n - x) * np.log1p(-p))

    edge = log_weight(k) + np.log(_SAME_LIKELIHOOD)
    mode = min(n, int((n + 1) * p))
    if log_weight(mode) <= edge:
        return 1.0
    if k < mode:
        other = _first(lambda x: log_weight(x) <= edge, mode, n + 1)
        return float(bdtr(k, n, p)) + (float(bdtrc(other - 1, n, p)) if other <= n else 0.0)
    other = _first(lambda x: log_weight(x) > edge, 0, mode) - 1
    return (float(bdtr(other, n, p)) if other >= 0 else 0.0) + (float(bdtrc(k - 1, n, p)) if k > 0 else 1.0)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The first number from `low` for which a condition holds that stays true once it is; `high` if there is none."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def fisher_two_sided(a: int, n1: int, b: int, n0: int) -> float:
    """Fisher's exact p value for a of n1 against b of n0, by minimum likelihood."""
    from scipy.special import gammaln

    total = a + b
    low, high = max(0, total - n0), min(total, n1)
    k = np.arange(low, high + 1, dtype=np.float64)
    logs = -(gammaln(k + 1) + gammaln(n1 - k + 1) + gammaln(total - k + 1) + gammaln(n0 - total + k + 1))
    weights = np.exp(logs - logs.max())
    return _no_likelier(weights / weights.sum(), a - low)


def _no_likelier(weights: FloatArray, position: int) -> float:
    return min(1.0, float(weights[weights <= weights[position] * _SAME_LIKELIHOOD].sum()))
