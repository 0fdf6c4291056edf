"""The change of one measure from before to after, by what its values are made of.

The engine is raw; the guards are here. Fewer than 3 periods on a side: no estimate. Counts and rates need 10 events,
shares 10 people on each side, a t interval 5 values on each side. Variation beyond chance within a phase, and likeness
of neighbouring periods, widen an interval and never narrow it. Where parts (numerators, people, standard deviations)
are not recorded for every used period, the period values themselves are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, log, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import power_of_e
from analysis.distributions import Z95, normal_two_sided, t_quantile, t_two_sided
from analysis.finding_change import (
    EVENTS_FLOOR,
    FULL_FROM,
    NO_ESTIMATE_BELOW,
    NO_VARIATION,
    PEOPLE_FLOOR,
    RELATIVE_FROM_MEAN,
    T_FLOOR,
    Answer,
    How,
    made,
    over,
    period_values,
    pooled,
    sayable,
    series_values,
    too_few,
)
from analysis.finding_paired import is_paired, paired_scores, paired_shares
from analysis.finding_selection import Mask, Selection
from analysis.finding_shapes import Effect, TooEarly
from analysis.impact.mean_difference import MeanDifference, moments, welch
from analysis.impact.proportion_difference import newcombe_limits, proportion_difference
from analysis.impact.rate_ratio import exact_ratio_limits, rate_ratio
from analysis.likeness import likeness_of, phases_apart, widened
from analysis.measure_words import period_name
from analysis.vocabulary import MeasureKind, Series

_NEARLY, _NEARLY_OF = 1e-9, 1e-5


def effect_of(series: Series, chosen: Selection) -> Answer:
    """The change from before to after, or why there is none yet."""
    if stop := _too_few_periods(series, chosen):
        return stop
    found = _BY_KIND[series.measure.kind](series, chosen)
    if isinstance(found, TooEarly) or is_paired(series, chosen):
        return found
    return sayable(_allowing_for_likeness(found, series, chosen))


def _allowing_for_likeness(found: Effect, series: Series, chosen: Selection) -> Effect:
    """The change with its interval widened where neighbouring periods are alike."""
    likeness = likeness_of(phases_apart(series_values(series), (chosen.before, chosen.after)))
    before = found.before
    on_ratio = (lambda share: before * share) if found.key == "rate_ratio" else None
    return widened(found, likeness, period_name(series.measure.frequency), on_ratio)


def exposures(series: Series) -> tuple[FloatArray, bool]:
    """What events are counted over: denominators where every value has one, else days; and whether recorded."""
    held = np.isfinite(series.values)
    recorded = bool(held.any() and (series.denominators[held] > 0).all())
    if recorded:
        return series.denominators, True
    return np.array([period.days for period in series.periods], dtype=np.float64), False


def dispersion_of_counts(events: FloatArray, exposure: FloatArray, groups: tuple[Mask, ...]) -> float:
    """Pearson's chi-square over its degrees of freedom, with one rate for each group of periods; at least 1."""
    total, df = 0.0, 0
    for group in groups:
        rate = events[group].sum() / exposure[group].sum()
        expected = rate * exposure[group]
        df += int(group.sum()) - 1
        total += float(((events[group] - expected) ** 2 / expected).sum()) if rate > 0 else 0.0
    return max(1.0, total / df) if df > 0 else 1.0


def _too_few_periods(series: Series, chosen: Selection) -> TooEarly | None:
    if not is_paired(series, chosen) and chosen.n_before < NO_ESTIMATE_BELOW:
        return too_few(series, chosen.n_before, NO_ESTIMATE_BELOW, "before launch")
    if chosen.n_after < NO_ESTIMATE_BELOW:
        return TooEarly(chosen.n_after, FULL_FROM, f"{series.measure.frequency.value}s after launch", _TOO_FEW_AFTER)
    return None


_TOO_FEW_AFTER = "fewer than 3 usable periods after launch"


def _counts(series: Series, chosen: Selection) -> Answer:
    events = series.values
    exposure, recorded = exposures(series)
    if not _are_counts(events[chosen.used]):
        return period_values(series, chosen)
    words = series.measure.denominator_name or "the recorded denominator"
    answer = _events(series, chosen, events, exposure, words if recorded else "days")
    return answer if answer is not None else period_values(series, chosen)


def _rates(series: Series, chosen: Selection) -> Answer:
    used = chosen.used
    top, bottom = series.numerators, series.denominators
    if not (_are_counts(top[used]) and (bottom[used] > 0).all()):
        return period_values(series, chosen)
    words = series.measure.denominator_name or "the denominator"
    answer = _events(series, chosen, top, bottom, words)
    return answer if answer is not None else period_values(series, chosen)


def _are_counts(values: FloatArray) -> bool:
    return bool(np.isfinite(values).all() and (values >= 0).all()) and are_whole(values)


def are_whole(counts: FloatArray) -> bool:
    """Whether finite counts are whole numbers, but for what rounding alone leaves of large ones."""
    whole = np.round(counts)
    return bool((np.abs(counts - whole) <= _NEARLY + _NEARLY_OF * np.abs(whole)).all())


def _events(
    series: Series, chosen: Selection, events: FloatArray, exposure: FloatArray, over_what: str
) -> Answer | None:
    """Ratio of rates, the wider of the exact and the quasi-Poisson interval; None where no ratio exists."""
    x1, x0 = float(events[chosen.after].sum()), float(events[chosen.before].sum())
    t1, t0 = float(exposure[chosen.after].sum()), float(exposure[chosen.before].sum())
    if x1 + x0 < EVENTS_FLOOR:
        reason = f"fewer than {EVENTS_FLOOR} events in all: they are listed, not compared"
        return TooEarly(int(x1 + x0), EVENTS_FLOOR, "events", reason)
    if x0 == 0:
        return None
    dispersion = dispersion_of_counts(events, exposure, (chosen.before, chosen.after))
    ratio = (x1 / t1) / (x0 / t0)
    lower, upper = _wider(ratio, x1, t1, x0, t0, dispersion, chosen.n_before + chosen.n_after - 2)
    is_rate = series.measure.kind is MeasureKind.RATE
    before = x0 / t0 if is_rate else x0 / chosen.n_before
    relative = (ratio - 1, lower - 1, upper - 1)
    absolute = (before * relative[0], before * relative[1], before * relative[2])
    raw = rate_ratio(events1=x1, exposure1=t1, events0=x0, exposure0=t0)
    how = How(
        "rate_ratio",
        f"ratio of two rates over {over_what}, the wider of the exact and the quasi-Poisson interval",
        "the absolute change is the relative change times the level before",
        _p_of_ratio(raw.p, ratio, sqrt(dispersion * (1 / x1 + 1 / x0)) if x1 else 0.0, chosen),
        dispersion,
        raw,
    )
    return made(series, chosen, absolute, relative, (before, before * ratio), how)


def _p_of_ratio(exact: float, ratio: float, se: float, chosen: Selection) -> float:
    """The larger of the exact p and that of the quasi-Poisson t, as the interval is the wider of the two."""
    return max(exact, t_two_sided(log(ratio) / se, chosen.n_before + chosen.n_after - 2)) if se else exact


def _wider(ratio: float, x1: float, t1: float, x0: float, t0: float, dispersion: float, df: int) -> tuple[float, float]:
    lower, upper = exact_ratio_limits(x1, t1, x0, t0)
    if x1 == 0:
        return lower, upper
    half = t_quantile(0.975, df) * sqrt(dispersion * (1 / x1 + 1 / x0))
    return min(lower, power_of_e(log(ratio) - half)), max(upper, power_of_e(log(ratio) + half))


def _shares(series: Series, chosen: Selection) -> Answer:
    used = chosen.used
    top, bottom = series.numerators, series.denominators
    if not (_are_counts(top[used]) and _are_counts(bottom[used]) and (bottom[used] > 0).all()):
        return period_values(series, chosen)
    if not (top[used] <= bottom[used]).all():
        return period_values(series, chosen)
    x1, n1 = round(float(top[chosen.after].sum())), round(float(bottom[chosen.after].sum()))
    x0, n0 = round(float(top[chosen.before].sum())), round(float(bottom[chosen.before].sum()))
    if min(n1, n0) < PEOPLE_FLOOR:
        reason = f"fewer than {PEOPLE_FLOOR} people on one side of launch"
        return TooEarly(min(n1, n0), PEOPLE_FLOOR, "people on each side", reason)
    dispersion = dispersion_of_shares(top, bottom, (chosen.before, chosen.after))
    widened = dispersion * (t_quantile(0.975, chosen.n_before + chosen.n_after - 2) / Z95) ** 2
    before, after = x0 / n0, x1 / n1
    absolute = (after - before, *newcombe_limits(x1, n1, x0, n0, widened))
    raw = proportion_difference(events1=x1, n1=n1, events0=x0, n0=n0)
    how = How(
        "proportion_difference",
        "difference of two shares (Newcombe's interval on totals, widened for variation between periods)",
        "the relative change is the difference over the share before",
        _p_of_shares((x1, n1), (x0, n0), widened),
        dispersion,
        raw,
    )
    return made(series, chosen, absolute, over(absolute, before), (before, after), how)


def _p_of_shares(after: tuple[int, int], before: tuple[int, int], widened: float) -> float:
    """Chi-square of two shares without correction, its variance widened as the interval is; 1 where nothing varies."""
    share = (after[0] + before[0]) / (after[1] + before[1])
    variance = share * (1 - share) * (1 / after[1] + 1 / before[1]) * widened
    return normal_two_sided((after[0] / after[1] - before[0] / before[1]) / sqrt(variance)) if variance > 0 else 1.0


def dispersion_of_shares(top: FloatArray, bottom: FloatArray, groups: tuple[Mask, ...]) -> float:
    """As `dispersion_of_counts`, for shares with one share for each group of periods; at least 1."""
    total, df = 0.0, 0
    for group in groups:
        share = top[group].sum() / bottom[group].sum()
        df += int(group.sum()) - 1
        if 0 < share < 1:
            squares = (top[group] - bottom[group] * share) ** 2 / (bottom[group] * share * (1 - share))
            total += float(squares.sum())
    return max(1.0, total / df) if df > 0 else 1.0


def _means(series: Series, chosen: Selection) -> Answer:
    """People pooled over periods; never a narrower interval than the period values give, for a period is a cluster."""
    used = chosen.used
    people = series.counts[used]
    if not (np.isfinite(series.sds[used]).all() and np.isfinite(people).all() and (people >= 1).all()):
        return period_values(series, chosen)
    sds = np.where(series.counts == 1, 0.0, series.sds)
    sides = [pooled(series.values[side], sds[side], series.counts[side]) for side in (chosen.before, chosen.after)]
    if min(side.n for side in sides) < T_FLOOR:
        return TooEarly(int(min(side.n for side in sides)), T_FLOOR, "people on each side", "fewer than 5 people")
    found = welch(sides[1], sides[0])
    if found.se == 0:
        return TooEarly(chosen.n_after, chosen.n_after, "periods after launch", NO_VARIATION)
    both = [found]
    if min(chosen.n_before, chosen.n_after) >= T_FLOOR:
        both.append(welch(moments(series.values[chosen.after]), moments(series.values[chosen.before])))
    half = max(_half(one) for one in both)
    absolute = (found.difference, found.difference - half, found.difference + half)
    how = How(
        "mean_difference",
        "difference of two means (Welch, all people pooled; never narrower than between periods)",
        RELATIVE_FROM_MEAN,
        max(one.p for one in both),
        comparison=found,
    )
    return made(series, chosen, absolute, over(absolute, sides[0].mean), (sides[0].mean, sides[1].mean), how)


def _half(found: MeanDifference) -> float:
    """Half the width of Welch's interval; 0 when nothing varies at all."""
    return found.ci_upper - found.difference if isfinite(found.ci_upper) else 0.0


_BY_KIND: dict[MeasureKind, Callable[[Series, Selection], Answer]] = {
    MeasureKind.COUNT: _counts,
    MeasureKind.RATE: _rates,
    MeasureKind.PROPORTION: _shares,
    MeasureKind.MEAN: _means,
    MeasureKind.PAIRED_MEAN: paired_scores,
    MeasureKind.PAIRED_PROPORTION: paired_shares,
    MeasureKind.MONEY: period_values,
}
