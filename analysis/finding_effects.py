"""The change of one measure from before to after, by what its values are made of.

The engine is raw; the guards are here. Fewer than 3 periods on a side: no estimate. Counts and rates need 10 events,
shares 10 people on each side, a t interval 5 values on each side. Variation beyond chance within a phase widens an
interval and never narrows it. Where parts (numerators, people, standard deviations) are not recorded for every used
period, the period values themselves are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, isfinite, log, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.distributions import Z95, t_quantile
from analysis.finding_selection import Mask, Selection
from analysis.finding_shapes import Comparison, Effect, TooEarly
from analysis.impact.mean_difference import MeanDifference, Moments, moments, welch
from analysis.impact.paired_mean import paired_mean
from analysis.impact.proportion_difference import newcombe_limits, proportion_difference
from analysis.impact.rate_ratio import exact_ratio_limits, rate_ratio
from analysis.measure_words import change_unit
from analysis.vocabulary import MeasureKind, Series

NO_ESTIMATE_BELOW = 3
FULL_FROM = 12
EVENTS_FLOOR = 10
PEOPLE_FLOOR = 10
T_FLOOR = 5

Answer = Effect | TooEarly


def effect_of(series: Series, chosen: Selection) -> Answer:
    """The change from before to after, or why there is none yet."""
    if stop := _too_few_periods(series, chosen):
        return stop
    return _BY_KIND[series.measure.kind](series, chosen)


def series_values(series: Series) -> FloatArray:
    """The values a chart draws: for scores of the same people the mean change where no value is held."""
    if series.measure.kind is not MeasureKind.PAIRED_MEAN:
        return series.values
    return np.where(np.isfinite(series.values), series.values, series.change_means)


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


def pooled(means: FloatArray, sds: FloatArray, counts: FloatArray) -> Moments:
    """Mean, sd and number over all people of several periods, exactly: variance within plus variance between."""
    n = float(counts.sum())
    mean = float((counts * means).sum() / n)
    squares = float(((counts - 1) * sds**2 + counts * (means - mean) ** 2).sum())
    return Moments(mean, sqrt(squares / (n - 1)) if n > 1 else nan, n)


def _too_few_periods(series: Series, chosen: Selection) -> TooEarly | None:
    paired = series.measure.kind is MeasureKind.PAIRED_MEAN
    if not paired and chosen.n_before < NO_ESTIMATE_BELOW:
        return _periods(series, chosen.n_before, NO_ESTIMATE_BELOW, "before launch")
    if chosen.n_after < NO_ESTIMATE_BELOW:
        return TooEarly(chosen.n_after, FULL_FROM, f"{series.measure.frequency.value}s after launch", _TOO_FEW_AFTER)
    return None


_TOO_FEW_AFTER = "fewer than 3 usable periods after launch"


def _periods(series: Series, have: int, need: int, where: str) -> TooEarly:
    of = f"{series.measure.frequency.value}s {where}"
    return TooEarly(have, need, of, f"fewer than {need} usable periods {where}")


def _effect(
    series: Series,
    chosen: Selection,
    absolute: tuple[float, float, float],
    relative: tuple[float, float, float],
    levels: tuple[float, float],
    how: tuple[str, str],
    *,
    dispersion: float = nan,
    comparison: Comparison | None = None,
) -> Effect:
    return Effect(
        *absolute,
        *relative,
        *levels,
        unit=change_unit(series.measure),
        n_before=chosen.n_before,
        n_after=chosen.n_after,
        method=how[0],
        derived=how[1],
        early=chosen.n_after < FULL_FROM,
        dispersion=dispersion,
        comparison=comparison,
    )


def _counts(series: Series, chosen: Selection) -> Answer:
    events = series.values
    exposure, recorded = exposures(series)
    if not _are_counts(events[chosen.used]):
        return _period_values(series, chosen)
    over = series.measure.denominator_name or "the recorded denominator"
    answer = _events(series, chosen, events, exposure, over if recorded else "days")
    return answer if answer is not None else _period_values(series, chosen)


def _rates(series: Series, chosen: Selection) -> Answer:
    used = chosen.used
    top, bottom = series.numerators, series.denominators
    if not (_are_counts(top[used]) and (bottom[used] > 0).all()):
        return _period_values(series, chosen)
    over = series.measure.denominator_name or "the denominator"
    answer = _events(series, chosen, top, bottom, over)
    return answer if answer is not None else _period_values(series, chosen)


def _are_counts(values: FloatArray) -> bool:
    return bool(np.isfinite(values).all() and (values >= 0).all() and np.allclose(values, np.round(values), atol=1e-9))


def _events(series: Series, chosen: Selection, events: FloatArray, exposure: FloatArray, over: str) -> Answer | None:
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
    return _effect(
        series,
        chosen,
        absolute,
        relative,
        (before, before * ratio),
        (
            f"ratio of two rates over {over}, the wider of the exact and the quasi-Poisson interval",
            "the absolute change is the relative change times the level before",
        ),
        dispersion=dispersion,
        comparison=rate_ratio(events1=x1, exposure1=t1, events0=x0, exposure0=t0),
    )


def _wider(ratio: float, x1: float, t1: float, x0: float, t0: float, dispersion: float, df: int) -> tuple[float, float]:
    lower, upper = exact_ratio_limits(x1, t1, x0, t0)
    if x1 == 0:
        return lower, upper
    half = t_quantile(0.975, df) * sqrt(dispersion * (1 / x1 + 1 / x0))
    return min(lower, exp(log(ratio) - half)), max(upper, exp(log(ratio) + half))


def _shares(series: Series, chosen: Selection) -> Answer:
    used = chosen.used
    top, bottom = series.numerators, series.denominators
    if not (_are_counts(top[used]) and _are_counts(bottom[used]) and (bottom[used] > 0).all()):
        return _period_values(series, chosen)
    if not (top[used] <= bottom[used]).all():
        return _period_values(series, chosen)
    x1, n1 = round(float(top[chosen.after].sum())), round(float(bottom[chosen.after].sum()))
    x0, n0 = round(float(top[chosen.before].sum())), round(float(bottom[chosen.before].sum()))
    if min(n1, n0) < PEOPLE_FLOOR:
        reason = f"fewer than {PEOPLE_FLOOR} people on one side of launch"
        return TooEarly(min(n1, n0), PEOPLE_FLOOR, "people on each side", reason)
    dispersion = _dispersion_of_shares(top, bottom, (chosen.before, chosen.after))
    widened = dispersion * (t_quantile(0.975, chosen.n_before + chosen.n_after - 2) / Z95) ** 2
    before, after = x0 / n0, x1 / n1
    absolute = (after - before, *newcombe_limits(x1, n1, x0, n0, widened))
    return _effect(
        series,
        chosen,
        absolute,
        _over(absolute, before),
        (before, after),
        (
            "difference of two shares (Newcombe's interval on totals, widened for variation between periods)",
            "the relative change is the difference over the share before",
        ),
        dispersion=dispersion,
        comparison=proportion_difference(events1=x1, n1=n1, events0=x0, n0=n0),
    )


def _dispersion_of_shares(top: FloatArray, bottom: FloatArray, groups: tuple[Mask, ...]) -> float:
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
        return _period_values(series, chosen)
    sds = np.where(series.counts == 1, 0.0, series.sds)
    sides = [pooled(series.values[side], sds[side], series.counts[side]) for side in (chosen.before, chosen.after)]
    if min(side.n for side in sides) < T_FLOOR:
        return TooEarly(int(min(side.n for side in sides)), T_FLOOR, "people on each side", "fewer than 5 people")
    found = welch(sides[1], sides[0])
    if found.se == 0:
        return TooEarly(chosen.n_after, chosen.n_after, "periods after launch", _NO_VARIATION)
    halves = [_half(found)]
    if min(chosen.n_before, chosen.n_after) >= T_FLOOR:
        halves.append(_half(welch(moments(series.values[chosen.after]), moments(series.values[chosen.before]))))
    half = max(halves)
    absolute = (found.difference, found.difference - half, found.difference + half)
    return _effect(
        series,
        chosen,
        absolute,
        _over(absolute, sides[0].mean),
        (sides[0].mean, sides[1].mean),
        (
            "difference of two means (Welch, all people pooled; never narrower than between periods)",
            _RELATIVE_FROM_MEAN,
        ),
        comparison=found,
    )


_NO_VARIATION = "the values do not vary within a phase, so no interval can be worked out"
_RELATIVE_FROM_MEAN = "the relative change is the difference over the mean before"


def _paired(series: Series, chosen: Selection) -> Answer:
    """The same people twice: their mean change after launch, people weighted."""
    after = chosen.after
    parts = (series.change_means[after], series.change_sds[after], series.pairs[after])
    if not all(np.isfinite(part).all() for part in parts) or (parts[2] < 1).any():
        if chosen.n_before < NO_ESTIMATE_BELOW:
            return _periods(series, chosen.n_before, NO_ESTIMATE_BELOW, "before launch")
        return _period_values(series, chosen)
    changes = pooled(parts[0], np.where(parts[2] == 1, 0.0, parts[1]), parts[2])
    if changes.n < T_FLOOR:
        return TooEarly(int(changes.n), T_FLOOR, "people measured twice", "fewer than 5 people measured twice")
    found = paired_mean(mean_change=changes.mean, sd_change=changes.sd, n=int(changes.n))
    if changes.sd == 0:
        return TooEarly(chosen.n_after, chosen.n_after, "periods after launch", _NO_VARIATION)
    return _effect(
        series,
        chosen,
        (changes.mean, found.ci_lower, found.ci_upper),
        (nan, nan, nan),
        (nan, nan),
        ("mean change of the same people (paired t, all people pooled)", "no relative change is given"),
        comparison=found,
    )


def _period_values(series: Series, chosen: Selection) -> Answer:
    """Each period's value as one observation (Welch)."""
    frequency = series.measure.frequency.value
    if min(chosen.n_before, chosen.n_after) < T_FLOOR:
        side = "before launch" if chosen.n_before < chosen.n_after else "after launch"
        return _periods(series, min(chosen.n_before, chosen.n_after), T_FLOOR, side)
    values = series_values(series)
    before, after = moments(values[chosen.before]), moments(values[chosen.after])
    found = welch(after, before)
    if found.se == 0:
        return TooEarly(chosen.n_after, chosen.n_after, f"{frequency}s after launch", _NO_VARIATION)
    absolute = (found.difference, found.ci_lower, found.ci_upper)
    return _effect(
        series,
        chosen,
        absolute,
        _over(absolute, before.mean),
        (before.mean, after.mean),
        (f"difference of the means of the {frequency}ly values (Welch)", _RELATIVE_FROM_MEAN),
        comparison=found,
    )


def _half(found: MeanDifference) -> float:
    """Half the width of Welch's interval; 0 when nothing varies at all."""
    return found.ci_upper - found.difference if isfinite(found.ci_upper) else 0.0


def _over(absolute: tuple[float, float, float], before: float) -> tuple[float, float, float]:
    """The change over the level before; NaN where that level is not above 0."""
    if not before > 0:
        return nan, nan, nan
    return absolute[0] / before, absolute[1] / before, absolute[2] / before


_BY_KIND: dict[MeasureKind, Callable[[Series, Selection], Answer]] = {
    MeasureKind.COUNT: _counts,
    MeasureKind.RATE: _rates,
    MeasureKind.PROPORTION: _shares,
    MeasureKind.MEAN: _means,
    MeasureKind.PAIRED_MEAN: _paired,
    MeasureKind.PAIRED_PROPORTION: _period_values,
    MeasureKind.MONEY: _period_values,
}
