"""How unsure an amount is: distributions from a mean and its standard error, or from a low, likely and high value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.arrays import FloatArray

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True)
class Distribution:
    """A family with its parameters and mean; `draw` takes numbers from it. PERT also has bounds (`low`, `high`)."""

    family: str
    parameters: Mapping[str, float]
    mean: float
    low: float = 0.0
    high: float = 1.0

    def draw(self, random: Generator, count: int) -> FloatArray:
        """`count` numbers from the distribution."""
        return _DRAWS[self.family](self, random, count)


def distributions(
    family: str,
    mean: float | None = None,
    se: float | None = None,
    minimum: float | None = None,
    mode: float | None = None,
    maximum: float | None = None,
) -> Distribution:
    """Parameters by the method of moments: gamma, beta, lognormal, normal from `mean` and `se`; PERT from three values.

    PERT: alpha = 1 + 4(mode-min)/(max-min), beta = 1 + 4(max-mode)/(max-min). Raises ValueError when the inputs cannot
    belong to the family.
    """
    if family == "pert":
        return _pert(_given(minimum), _given(mode), _given(maximum))
    if family not in _MOMENTS:
        text = f"no such family: {family}"
        raise ValueError(text)
    centre, error = _given(mean), _given(se)
    if error <= 0:
        text = "the standard error must be above zero"
        raise ValueError(text)
    return Distribution(family, _MOMENTS[family](centre, error), centre)


def certain(value: float) -> Distribution:
    """A value that does not vary: every draw is the value itself."""
    return Distribution("certain", {"value": value}, value)


def between(low: float, likely: float, high: float) -> Distribution:
    """A PERT distribution, or certainty where all three are one. Raises ValueError when they are not in order."""
    return certain(likely) if low == likely == high else _pert(low, likely, high)


def _given(value: float | None) -> float:
    if value is None or not math.isfinite(value):
        text = "a number is missing"
        raise ValueError(text)
    return float(value)


def _pert(low: float, likely: float, high: float) -> Distribution:
    if not low <= likely <= high or low == high:
        text = "low, likely and high must be in order, and not all the same"
        raise ValueError(text)
    span = high - low
    alpha, beta = 1 + 4 * (likely - low) / span, 1 + 4 * (high - likely) / span
    mean = (low + 4 * likely + high) / 6
    return Distribution("pert", {"alpha": alpha, "beta": beta}, mean, low, high)


def _gamma(mean: float, se: float) -> dict[str, float]:
    if mean <= 0:
        text = "a gamma distribution needs a mean above zero"
        raise ValueError(text)
    return {"shape": (mean / se) ** 2, "scale": se**2 / mean}


def _beta(mean: float, se: float) -> dict[str, float]:
    if not 0 < mean < 1 or se**2 >= mean * (1 - mean):
        text = "a beta distribution needs a mean between 0 and 1 and a standard error it can have"
        raise ValueError(text)
    whole = mean * (1 - mean) / se**2 - 1
    return {"alpha": mean * whole, "beta": (1 - mean) * whole}


def _lognormal(mean: float, se: float) -> dict[str, float]:
    if mean <= 0:
        text = "a lognormal distribution needs a mean above zero"
        raise ValueError(text)
    variance = math.log1p((se / mean) ** 2)
    return {"mu": math.log(mean) - variance / 2, "sigma": math.sqrt(variance)}


def _normal(mean: float, se: float) -> dict[str, float]:
    return {"mean": mean, "sd": se}


_MOMENTS: Mapping[str, Callable[[float, float], dict[str, float]]] = {
    "gamma": _gamma,
    "beta": _beta,
    "lognormal": _lognormal,
    "normal": _normal,
}


def _draw_gamma(held: Distribution, random: Generator, count: int) -> FloatArray:
    return random.gamma(held.parameters["shape"], held.parameters["scale"], count)


def _draw_beta(held: Distribution, random: Generator, count: int) -> FloatArray:
    shares = random.beta(held.parameters["alpha"], held.parameters["beta"], count)
    return held.low + shares * (held.high - held.low)


def _draw_lognormal(held: Distribution, random: Generator, count: int) -> FloatArray:
    return random.lognormal(held.parameters["mu"], held.parameters["sigma"], count)


def _draw_normal(held: Distribution, random: Generator, count: int) -> FloatArray:
    return random.normal(held.parameters["mean"], held.parameters["sd"], count)


def _draw_certain(held: Distribution, _random: Generator, count: int) -> FloatArray:
    import numpy as np

    return np.full(count, held.parameters["value"], dtype=np.float64)


_DRAWS: Mapping[str, Callable[[Distribution, Generator, int], FloatArray]] = {
    "gamma": _draw_gamma,
    "beta": _draw_beta,
    "pert": _draw_beta,
    "lognormal": _draw_lognormal,
    "normal": _draw_normal,
    "certain": _draw_certain,
}
