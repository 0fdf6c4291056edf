"""One answer from several places: fixed and random effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import power_of_e
from analysis.distributions import Z95, chi_square_upper, normal_two_sided, t_quantile, t_two_sided

Pair = tuple[float, float]


@dataclass(frozen=True)
class Pooled:
    """The pooled estimate with its interval, how unlike the places are, and where a new place might lie.

    Ratios are given when the estimates are logs. `i_squared` is in %. A prediction interval is (NaN, NaN) with too few
    places.
    """

    estimate: float
    se: float
    ci_lower: float
    ci_upper: float
    p: float
    t: float
    tau2: float
    q: float
    q_p: float
    i_squared: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    prediction_interval_z: Pair
    prediction_interval_t_k1: Pair
    prediction_interval_t_k2: Pair


def pool(
    *,
    estimates: Sequence[float] | None = None,
    variances: Sequence[float] | None = None,
    mean_difference_studies: Sequence[Mapping[str, float]] | None = None,
    model: str,
    hksj: bool = False,
    exponentiate: bool = False,
) -> Pooled:
    """The average effect over places, each weighted by how surely it is known.

    Method: inverse variance weights 1/(v + tau2); tau2 0 (`fixed`), DerSimonian-Laird (`dl`) or restricted maximum
    likelihood (`reml`). `hksj` takes the variance from the spread of the places, with t on k - 1 degrees of freedom.
    Not for measures with unlike definitions, and of little use below 3 places.

    Ratios go in as logs. Raises ValueError for fewer than 2 places, a variance that is not above 0 or an unknown model.
    Reference: Hartung and Knapp (2001); Higgins (2009) for prediction. Example: 1 and 3 with variance 1 give 2, se .71.
    """
    y, v = _inputs(estimates, variances, mean_difference_studies)
    if len(y) < 2 or len(y) != len(v) or not (v > 0).all():
        text = "pooling needs at least 2 estimates, each with a variance above 0"
        raise ValueError(text)
    if model not in ("fixed", "dl", "reml"):
        text = f"the model is fixed, dl or reml, not {model!r}"
        raise ValueError(text)
    k, w0 = len(y), 1 / v
    q = float((w0 * (y - _mean(y, w0)) ** 2).sum())
    tau2 = {"fixed": lambda: 0.0, "dl": lambda: _dl(q, w0), "reml": lambda: _reml(y, v, _dl(q, w0))}[model]()
    weights = 1 / (v + tau2)
    centre = _mean(y, weights)
    se = sqrt(float((weights * (y - centre) ** 2).sum() / ((k - 1) * weights.sum()))) if hksj else weights.sum() ** -0.5
    score, reach = centre / se, t_quantile(0.975, k - 1) if hksj else Z95
    lower, upper = centre - reach * se, centre + reach * se
    spread = sqrt(tau2 + se**2)
    ratios = (power_of_e(centre), power_of_e(lower), power_of_e(upper)) if exponentiate else (nan, nan, nan)
    return Pooled(
        estimate=centre,
        se=float(se),
        ci_lower=float(lower),
        ci_upper=float(upper),
        p=t_two_sided(score, k - 1) if hksj else normal_two_sided(score),
        t=score if hksj else nan,
        tau2=tau2,
        q=q,
        q_p=chi_square_upper(q, k - 1),
        i_squared=_i_squared(model, q, tau2, w0),
        ratio=ratios[0],
        ratio_lower=ratios[1],
        ratio_upper=ratios[2],
        prediction_interval_z=(centre - Z95 * spread, centre + Z95 * spread),
        prediction_interval_t_k1=_predicted(centre, spread, k - 1),
        prediction_interval_t_k2=_predicted(centre, spread, k - 2),
    )


def _inputs(
    estimates: Sequence[float] | None,
    variances: Sequence[float] | None,
    studies: Sequence[Mapping[str, float]] | None,
) -> tuple[FloatArray, FloatArray]:
    if studies is not None:
        differences = [study["mean1"] - study["mean0"] for study in studies]
        spreads = [study["sd1"] ** 2 / study["n1"] + study["sd0"] ** 2 / study["n0"] for study in studies]
        return np.array(differences, dtype=np.float64), np.array(spreads, dtype=np.float64)
    return np.array(estimates or [], dtype=np.float64), np.array(variances or [], dtype=np.float64)


def _mean(y: FloatArray, weights: FloatArray) -> float:
    return float((weights * y).sum() / weights.sum())


def _dl(q: float, w: FloatArray) -> float:
    return max(0.0, (q - (len(w) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))


def _reml(y: FloatArray, v: FloatArray, start: float) -> float:
    """The root of the restricted score, by bisection; 0 where the likelihood falls from 0 on."""
    from scipy.optimize import brentq

    def score(tau2: float) -> float:
        w = 1 / (v + tau2)
        total = w.sum()
        residual = y - _mean(y, w)
        return float((w**2 * residual**2).sum() - total + (w**2).sum() / total)

    if score(0.0) <= 0:
        return 0.0
    top = max(start, float(y.var()), float(v.max()))
    while score(top) > 0:
        top *= 2
    return float(brentq(score, 0.0, top, xtol=1e-14, rtol=1e-14))


def _i_squared(model: str, q: float, tau2: float, w: FloatArray) -> float:
    k = len(w)
    if model == "fixed":
        return max(0.0, 100 * (q - k + 1) / q) if q > 0 else 0.0
    typical = (k - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum())
    return float(100 * tau2 / (tau2 + typical))


def _predicted(centre: float, spread: float, df: int) -> Pair:
    if df < 1:
        return nan, nan
    reach = t_quantile(0.975, df) * spread
    return centre - reach, centre + reach
