"""Whether role and comparator moved alike before launch: the difference in earlier trends, with its interval.

That a difference is not significant is no proof of likeness. What counts is how much of the change it could have made:
the difference a period times the periods from the middle of the time before to the middle of the time after. It is
small if that is at most half of the effect, or of the smallest effect these data could show, whichever is larger.
"""

from __future__ import annotations

from math import isfinite

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import is_beyond_saying, power_of_e
from analysis.distributions import t_quantile
from analysis.finding_change import Answer, Three, series_values
from analysis.finding_extra_change import Pair, on_log_scale
from analysis.finding_further import PreTrend
from analysis.finding_shapes import TooEarly
from analysis.impact.regression import Fit, ordinary, poisson
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.series_parts import events_of, times_of
from analysis.wording import interval, plural, signed_percent

LEAST = 4
SMALL = 0.5
REACH = 2.801585218 / 1.959963985
"""A change this many half-intervals wide is found 4 times in 5."""


def pre_trend_of(pair: Pair, effect: Answer) -> PreTrend | None:
    """The difference in trends before launch.

    None with fewer than 4 common periods, an unknown spacing, or counts so far apart that no trend can be fitted.
    """
    before, chosen = pair.chosen.before, pair.chosen
    times = times_of(pair.main.periods, pair.main.measure.frequency)
    if chosen.n_before < LEAST or times is None or not chosen.n_after:
        return None
    time = np.array(times, dtype=np.float64)
    counted = events_of(pair.main), events_of(pair.other)
    is_ratio = counted[0] is not None and counted[1] is not None and _all_above_zero(counted[0], counted[1], before)
    if is_ratio and counted[0] is not None and counted[1] is not None:
        try:
            fit, place = _of_counts(time, before, counted[0], counted[1]), 3
        except ValueError:
            return None
    else:
        gap = (series_values(pair.main) - series_values(pair.other))[before]
        if not np.ptp(gap) > 0:
            return None
        fit, place = ordinary(np.column_stack([np.ones(int(before.sum())), time[before]]), gap), 1
    df = 2 * chosen.n_before - 4 if is_ratio else chosen.n_before - 2
    slope = _with_limits(fit, place, df)
    distance = float(time[chosen.after].mean() - time[before].mean())
    return _said(pair, slope, distance, effect, is_ratio=is_ratio)


def _all_above_zero(
    main: tuple[FloatArray, FloatArray], other: tuple[FloatArray, FloatArray], before: FloatArray | np.ndarray
) -> bool:
    return bool(main[0][before].sum() > 0 and other[0][before].sum() > 0)


def _of_counts(
    time: FloatArray, before: np.ndarray, main: tuple[FloatArray, FloatArray], other: tuple[FloatArray, FloatArray]
) -> Fit:
    """Quasi-Poisson of both before launch; the last coefficient is the difference in trend."""
    early, n = time[before], int(before.sum())
    is_main = np.concatenate([np.ones(n), np.zeros(n)])
    both = np.concatenate([early, early])
    x = np.column_stack([np.ones(2 * n), both, is_main, is_main * both])
    events, exposure = (np.concatenate([a[before], b[before]]) for a, b in zip(main, other, strict=True))
    return poisson(x, events, exposure, quasi=True)


def _with_limits(fit: Fit, place: int, df: int) -> Three:
    variance = float(fit.covariance[place, place])
    if isfinite(fit.dispersion) and 0 < fit.dispersion < 1:
        variance /= fit.dispersion
    half = t_quantile(0.975, df) * variance**0.5
    best = float(fit.coefficients[place])
    return best, best - half, best + half


def _said(pair: Pair, slope: Three, distance: float, effect: Answer, *, is_ratio: bool) -> PreTrend | None:
    drift = slope[0] * distance
    most = _worth(effect, is_ratio=is_ratio)
    is_small = most is not None and abs(drift) <= SMALL * most
    shown = tuple(power_of_e(value) - 1 for value in slope) if is_ratio else slope
    made_of = power_of_e(drift) - 1 if is_ratio else drift
    if is_beyond_saying((*shown, made_of) if is_ratio else (), () if is_ratio else (*shown, made_of)):
        return None
    return PreTrend(
        difference=shown[0],
        lower=shown[1],
        upper=shown[2],
        drift=made_of,
        is_ratio=is_ratio,
        n=pair.chosen.n_before,
        is_small=is_small,
        text=_text(pair, (shown[0], shown[1], shown[2]), made_of, is_ratio=is_ratio, is_small=is_small),
    )


def _worth(effect: Answer, *, is_ratio: bool) -> float | None:
    """The larger of the effect and the smallest effect these data could show, on the scale of the trend."""
    if isinstance(effect, TooEarly):
        return None
    ends = on_log_scale(effect) if is_ratio else (effect.absolute, effect.absolute_lower, effect.absolute_upper)
    return None if ends is None else max(abs(ends[0]), REACH * (ends[2] - ends[1]) / 2)


def _text(pair: Pair, slope: Three, drift: float, *, is_ratio: bool, is_small: bool) -> str:
    measure = pair.main.measure
    unit = period_name(measure.frequency)
    if is_ratio:
        words = [signed_percent(value, 1) for value in (*slope, drift)]
        of = ""
    else:
        words = list(change_texts(measure, *slope, drift))
        of = f" {change_unit(measure)}".rstrip()
    size = "small against the effect" if is_small else "not small against the effect"
    return (
        f"Over {plural(pair.chosen.n_before, unit)} before launch the two trends differ by {words[0]}{of} with each "
        f"{unit} (95\u00a0% interval {interval(words[1], words[2])}); that alone would come to a "
        f"change of {words[3]}{of}, {size}."
    )
