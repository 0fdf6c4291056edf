"""Neighbouring periods that are alike tell less than as many independent ones would: intervals are widened for it.

Where each period is like the one before by a correlation r, a mean of many varies (1 + r) / (1 - r) times as much as
independent periods would have it (first-order autoregression). r is estimated from what is left once each phase has
its own mean, and corrected for the bias of short series (Kendall 1954; Marriott and Pope 1954). Simulation showed that
plain intervals cover 70 % at r = 0.6; widened they cover about 90 % (`benchmarks/README.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log, sqrt

from analysis.arrays import FloatArray
from analysis.beyond import power_of_e
from analysis.distributions import Z95, normal_two_sided
from analysis.finding_selection import Mask
from analysis.finding_shapes import Effect

ALIKE_FROM = 0.2
"""Corrected correlation from which intervals are widened; below it chance alone often gives as much."""
MOST_ALIKE = 0.9
FEWEST = 12
"""Periods in all below which the correlation cannot be told."""
PARTS_LEAST = 3
NOTHING = 1e-24
"""Share of the squares that rounding alone leaves: values that do not vary are like nothing."""

Groups = Sequence[FloatArray]


def phases_apart(values: FloatArray, masks: Sequence[Mask]) -> list[FloatArray]:
    """The used values of each phase, in order."""
    return [values[mask] for mask in masks]


def likeness_of(phases: Groups) -> float:
    """The corrected correlation of neighbouring periods about the mean of their phase; 0 where it cannot be told.

    Method: r = sum e(t) e(t-1) / sum e(t)^2 over the phases; then r + (1 + 3 r) / m with m the mean length of a phase;
    at most 0.9. Not for series whose phases hold a trend or a season: both look like likeness.
    """
    held = [part for part in phases if len(part) >= PARTS_LEAST]
    n = sum(len(part) for part in held)
    if n < FEWEST:
        return 0.0
    left = [part - part.mean() for part in held]
    squares = sum(float(part @ part) for part in left)
    if squares <= NOTHING * sum(float(part @ part) for part in held):
        return 0.0
    r = sum(float(part[1:] @ part[:-1]) for part in left) / squares
    return min(r + (1 + 3 * r) * len(held) / n, MOST_ALIKE)


def widening_of(likeness: float) -> float:
    """How many times wider an interval must be: the root of (1 + r) / (1 - r); 1 below 0.2."""
    return sqrt((1 + likeness) / (1 - likeness)) if likeness >= ALIKE_FROM else 1.0


def widened(effect: Effect, likeness: float, unit: str, absolute: Callable[[float], float] | None = None) -> Effect:
    """The effect with its interval widened for likeness; unchanged where there is none to speak of.

    `absolute` is given for ratios: it turns a relative change into an absolute one, and the widening is done on logs.
    A ratio of 0 has no log and stays as it is.
    """
    factor = widening_of(likeness)
    if factor == 1.0 or (absolute is not None and effect.relative_lower <= -1):
        return effect
    words = f"{effect.method}, then {factor:.1f} times as wide, for neighbouring {unit}s are alike ({likeness:.2f})"
    made = replace(effect, method=words, likeness=likeness, widening=factor)
    if absolute is not None:
        return _on_logs(made, factor, absolute)
    low = effect.absolute - factor * (effect.absolute - effect.absolute_lower)
    high = effect.absolute + factor * (effect.absolute_upper - effect.absolute)
    p = _p(effect.absolute, effect.absolute - low, high - effect.absolute)
    share = effect.relative / effect.absolute if effect.absolute else _share(effect)
    return replace(
        made, absolute_lower=low, absolute_upper=high, relative_lower=low * share, relative_upper=high * share, p=p
    )


def _share(effect: Effect) -> float:
    """What turns an absolute change into a relative one where the change itself is 0."""
    return effect.relative_upper / effect.absolute_upper if effect.absolute_upper else float("nan")


def _on_logs(effect: Effect, factor: float, absolute: Callable[[float], float]) -> Effect:
    centre, low, high = (log(1 + x) for x in (effect.relative, effect.relative_lower, effect.relative_upper))
    down, up = factor * (centre - low), factor * (high - centre)
    ends = power_of_e(centre - down) - 1, power_of_e(centre + up) - 1
    limits = sorted(map(absolute, ends))
    return replace(
        effect,
        relative_lower=ends[0],
        relative_upper=ends[1],
        absolute_lower=limits[0],
        absolute_upper=limits[1],
        p=_p(centre, down, up),
    )


def _p(estimate: float, down: float, up: float) -> float:
    """The p value that goes with an interval: below 0.05 where it excludes no change."""
    half = down if estimate > 0 else up
    return normal_two_sided(Z95 * abs(estimate) / half) if half > 0 else 1.0
