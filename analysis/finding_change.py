"""What every comparison of two phases shares: the floors, the shape of an answer, and the values of whole periods."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import TOO_FAR_APART, is_beyond_saying
from analysis.finding_selection import Selection
from analysis.finding_shapes import Comparison, Effect, TooEarly
from analysis.impact.mean_difference import Moments, moments, welch
from analysis.measure_words import change_unit
from analysis.vocabulary import MeasureKind, Series

NO_ESTIMATE_BELOW = 3
FULL_FROM = 12
EVENTS_FLOOR = 10
PEOPLE_FLOOR = 10
T_FLOOR = 5
NO_VARIATION = "the values do not vary within a phase, so no interval can be worked out"
RELATIVE_FROM_MEAN = "the relative change is the difference over the mean before"

Answer = Effect | TooEarly
Three = tuple[float, float, float]


@dataclass(frozen=True)
class How:
    """How a change was worked out: the key of the method, its words, which figure was derived, and the p value.

    `p` goes with the guarded interval (below 0.05 where that excludes no change, but for rounding at the edge).
    """

    key: str
    words: str
    derived: str
    p: float
    dispersion: float = nan
    comparison: Comparison | None = None


def series_values(series: Series) -> FloatArray:
    """The values a chart draws: for people measured twice the net change where no value is held."""
    if series.measure.kind is MeasureKind.PAIRED_MEAN:
        return np.where(np.isfinite(series.values), series.values, series.change_means)
    if series.measure.kind is MeasureKind.PAIRED_PROPORTION:
        net = np.full(len(series), np.nan)
        np.divide(series.no_to_yes - series.yes_to_no, series.pairs, out=net, where=series.pairs > 0)
        return np.where(np.isfinite(series.values), series.values, net)
    return series.values


def pooled(means: FloatArray, sds: FloatArray, counts: FloatArray) -> Moments:
    """Mean, sd and number over all people of several periods, exactly: variance within plus variance between."""
    n = float(counts.sum())
    mean = float((counts * means).sum() / n)
    squares = float(((counts - 1) * sds**2 + counts * (means - mean) ** 2).sum())
    return Moments(mean, sqrt(squares / (n - 1)) if n > 1 else nan, n)


def too_few(series: Series, have: int, need: int, where: str) -> TooEarly:
    """No estimate, for want of periods on one side of launch."""
    of = f"{series.measure.frequency.value}s {where}"
    return TooEarly(have, need, of, f"fewer than {need} usable periods {where}")


def made(
    series: Series, chosen: Selection, absolute: Three, relative: Three, levels: tuple[float, float], how: How
) -> Effect:
    """The change in its final shape."""
    return Effect(
        *absolute,
        *relative,
        *levels,
        unit=change_unit(series.measure),
        n_before=chosen.n_before,
        n_after=chosen.n_after,
        method=how.words,
        derived=how.derived,
        early=chosen.n_after < FULL_FROM,
        dispersion=how.dispersion,
        comparison=how.comparison,
        key=how.key,
        p=how.p,
    )


def over(absolute: Three, before: float) -> Three:
    """The change over the level before; NaN where that level is not above 0."""
    if not before > 0 or not all(isfinite(value) for value in absolute):
        return nan, nan, nan
    return absolute[0] / before, absolute[1] / before, absolute[2] / before


def period_values(series: Series, chosen: Selection) -> Answer:
    """Each period's value as one observation (Welch)."""
    frequency = series.measure.frequency.value
    if min(chosen.n_before, chosen.n_after) < T_FLOOR:
        side = "before launch" if chosen.n_before < chosen.n_after else "after launch"
        return too_few(series, min(chosen.n_before, chosen.n_after), T_FLOOR, side)
    values = series_values(series)
    before, after = moments(values[chosen.before]), moments(values[chosen.after])
    found = welch(after, before)
    if found.se == 0:
        return TooEarly(chosen.n_after, chosen.n_after, f"{frequency}s after launch", NO_VARIATION)
    absolute = (found.difference, found.ci_lower, found.ci_upper)
    words = f"difference of the means of the {frequency}ly values (Welch)"
    how = How("period_values", words, RELATIVE_FROM_MEAN, found.p, comparison=found)
    return made(series, chosen, absolute, over(absolute, before.mean), (before.mean, after.mean), how)


def sayable(found: Effect) -> Answer:
    """The change, or why there is none where its interval reaches so far that it says nothing."""
    relative = (found.relative, found.relative_lower, found.relative_upper)
    if is_beyond_saying(relative, (found.absolute, found.absolute_lower, found.absolute_upper)):
        return TooEarly(found.n_after, found.n_after, "", TOO_FAR_APART)
    return found
