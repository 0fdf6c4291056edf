"""The fitted trend: the guarded interrupted series of one measure, alone or beside a comparator.

Counts: quasi-Poisson with what they are counted over. Other values: least squares below 12 points, first-order
autoregressive errors by restricted likelihood from 12, Newey-West beside both; the largest standard error is used.
Below 8 periods on a side nothing is fitted; a change of slope needs 12 on both and to have been asked for beforehand;
seasons need two years before launch.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import TOO_FAR_APART, is_beyond_saying, power_of_e
from analysis.distributions import t_quantile, t_two_sided
from analysis.finding_change import FULL_FROM, Three, series_values
from analysis.finding_further import FittedChange
from analysis.finding_selection import Selection
from analysis.finding_shapes import TooEarly
from analysis.impact.interrupted_design import SEASON, Columns
from analysis.impact.interrupted_series import Estimate, InterruptedSeries, interrupted_series
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.periods import Frequency
from analysis.series_parts import events_of, taken, times_of
from analysis.vocabulary import MeasureKind, Series
from analysis.wording import interval, signed_percent

FIT_FROM = 8
SEASONS_FROM = 24
SEASON_PAIRS = 2
DRIFT = 0.9
"""First-order correlation from which a change of level cannot be told from drift."""
_PAIRED = (MeasureKind.PAIRED_MEAN, MeasureKind.PAIRED_PROPORTION)


@dataclass(frozen=True)
class Laid:
    """One series on an unbroken grid of time: values, None where left out, exposures, and where launch falls."""

    values: list[float | None]
    exposure: list[float | None] | None
    launch: int
    month: int
    times: tuple[int, ...]
    used: tuple[int, ...]


def fitted_of(series: Series, chosen: Selection) -> FittedChange | TooEarly:
    """The change of level at launch given the trend before, or why nothing is fitted."""
    if stop := not_fitted(series, chosen):
        return stop
    laid = laid_out(series, chosen)
    if laid is None:
        return TooEarly(0, 0, "", "the periods do not follow one another")
    slope = wants_slope(series, chosen)
    pairs = SEASON_PAIRS if chosen.n_before >= SEASONS_FROM and series.measure.frequency is Frequency.MONTH else 0
    try:
        models = _models(laid, None, slope=slope, pairs=pairs)
        return _read(series, chosen, laid, models, ("level_change", "slope_change"), pairs)
    except ValueError as problem:
        return TooEarly(0, 0, "", f"no line could be fitted: {problem}")


def not_fitted(series: Series, chosen: Selection) -> TooEarly | None:
    """Why nothing can be fitted, if so."""
    unit = period_name(series.measure.frequency)
    if series.measure.kind in _PAIRED:
        return TooEarly(0, 0, "", "people measured twice are compared with themselves, not with a trend")
    for have, where in ((chosen.n_before, "before launch"), (chosen.n_after, "after launch")):
        if have < FIT_FROM:
            return TooEarly(have, FIT_FROM, f"{unit}s {where}", f"fewer than {FIT_FROM} usable {unit}s {where}")
    if not np.ptp(series_values(series)[chosen.used]) > 0:
        return TooEarly(0, 0, "", "the values do not vary, so no trend can be fitted")
    return None


def wants_slope(series: Series, chosen: Selection) -> bool:
    """Whether a change of slope is asked for and there are periods enough."""
    return "slope" in series.measure.impact_model and min(chosen.n_before, chosen.n_after) >= FULL_FROM


def laid_out(series: Series, chosen: Selection) -> Laid | None:
    """The used periods on their grid; None where they do not follow one another."""
    used = tuple(int(place) for place in np.flatnonzero(chosen.used))
    part = taken(series, used)
    times = times_of(part.periods, series.measure.frequency)
    if times is None:
        return None
    counted = events_of(part)
    held = counted[0] if counted else series_values(part)
    values: list[float | None] = [None] * (times[-1] + 1)
    exposure: list[float | None] = [None] * (times[-1] + 1)
    for place, time in enumerate(times):
        values[time] = float(held[place])
        exposure[time] = float(counted[1][place]) if counted else 1.0
    launch = times[int(chosen.after[list(used)].argmax())]
    return Laid(values, exposure if counted else None, launch, part.periods[0].start.month, times, used)


def controlled_of(series: Series, chosen: Selection, laid: tuple[Laid, Laid]) -> FittedChange | TooEarly:
    """The change of level over and above the comparator's, both series fitted together."""
    main, other = laid
    slope = wants_slope(series, chosen)
    try:
        models = _models(main, other, slope=slope, pairs=0)
        return _read(series, chosen, main, models, ("level_change_difference", "slope_change_difference"), 0)
    except ValueError as problem:
        return TooEarly(0, 0, "", f"no line could be fitted: {problem}")


def _models(main: Laid, other: Laid | None, *, slope: bool, pairs: int) -> list[tuple[str, InterruptedSeries]]:
    """The fits to choose the widest from, the one that gives the estimate first."""
    beside = None if other is None else {"values": other.values, **_exposure(other)}
    counted = main.exposure is not None
    points = sum(value is not None for value in main.values)
    names = ["quasi"] if counted else ["model", "newey_west"]
    if not counted and other is None and points >= FULL_FROM:
        names = ["ar1_reml", *names]
    return [(errors, _fit(main, errors, beside, slope=slope, pairs=pairs)) for errors in names]


def _exposure(laid: Laid) -> dict[str, list[float | None]]:
    return {} if laid.exposure is None else {"exposure": laid.exposure}


def _fit(
    main: Laid, errors: str, beside: dict[str, list[float | None]] | None, *, slope: bool, pairs: int
) -> InterruptedSeries:
    return interrupted_series(
        values=main.values,
        launch=main.launch,
        family="normal" if main.exposure is None else "poisson",
        errors=errors,
        exposure=main.exposure,
        slope_change=slope,
        season_pairs=pairs,
        season_start=main.month,
        comparator=beside,
    )


def _read(
    series: Series,
    chosen: Selection,
    laid: Laid,
    models: list[tuple[str, InterruptedSeries]],
    names: tuple[str, str],
    pairs: int,
) -> FittedChange:
    first = models[0][1]
    is_ratio = laid.exposure is not None
    raw = _widest(models, names[0], first.df)
    raw_slope = _widest(models, names[1], first.df) if names[1] in first.coefficients else (nan, nan, nan)
    level, slope = (_as_shares(raw), _as_shares(raw_slope)) if is_ratio else (raw, raw_slope)
    if is_beyond_saying(level if is_ratio else (), () if is_ratio else level):
        raise ValueError(TOO_FAR_APART)
    se = (raw[2] - raw[0]) / t_quantile(0.975, first.df)
    alone, sloped = names[0] == "level_change", isfinite(raw_slope[0])
    fitted, without = _lines(series, laid, first, pairs) if alone else ((), ())
    return FittedChange(
        level=level[0],
        level_lower=level[1],
        level_upper=level[2],
        slope=slope[0],
        slope_lower=slope[1],
        slope_upper=slope[2],
        is_ratio=is_ratio,
        n_before=chosen.n_before,
        n_after=chosen.n_after,
        p=t_two_sided(raw[0] / se, first.df) if se > 0 else nan,
        key="interrupted_series" if alone else "controlled_series",
        method=_method(models, pairs, slope=sloped, alone=alone),
        rho=first.rho,
        dispersion=max(1.0, first.dispersion) if is_ratio else nan,
        averted=_averted(series, chosen, level) if is_ratio and alone and not sloped else None,
        fitted=fitted,
        counterfactual=without,
        warnings=_warnings(models, names[0]),
        text=_text(series, level, is_ratio=is_ratio, alone=alone),
    )


def _as_shares(ends: Three) -> Three:
    """Logs of ratios as relative changes."""
    return power_of_e(ends[0]) - 1, power_of_e(ends[1]) - 1, power_of_e(ends[2]) - 1


def _widest(models: list[tuple[str, InterruptedSeries]], name: str, df: int) -> Three:
    """The first model's estimate with the largest standard error of all; counts never vary less than chance."""
    held = [(_named(model, name), model.dispersion) for _, model in models]
    half = t_quantile(0.975, df) * max(e.se / sqrt(min(1.0, d)) if d > 0 else e.se for e, d in held)
    best = held[0][0].estimate
    return best, best - half, best + half


def _named(model: InterruptedSeries, name: str) -> Estimate:
    found = model.coefficients[name]
    if not isinstance(found, Estimate):
        text = f"{name} has several estimates"
        raise TypeError(text)
    return found


def _averted(series: Series, chosen: Selection, ends: Three) -> Three | None:
    """Events averted after launch: observed x (1/ratio - 1), with the limits of the ratio."""
    counted = events_of(taken(series, [int(place) for place in np.flatnonzero(chosen.after)]))
    if counted is None or min(ends) <= -1:
        return None
    observed = float(counted[0].sum())
    best, low, high = (observed * (1 / (1 + end) - 1) for end in ends)
    return best, min(low, high), max(low, high)


def _warnings(models: list[tuple[str, InterruptedSeries]], name: str) -> tuple[str, ...]:
    texts = []
    first = models[0][1]
    if isfinite(first.rho) and first.rho > DRIFT:
        texts.append("Neighbouring values are so alike that a change of level cannot be told from drift.")
    held = [_named(model, name) for _, model in models]
    clear = {e.ci_lower > 0 or e.ci_upper < 0 for e in held}
    if len(clear) > 1 or any(not held[0].ci_lower <= e.estimate <= held[0].ci_upper for e in held[1:]):
        texts.append("Ways of allowing for likeness between neighbours disagree; the widest interval is given.")
    return tuple(texts)


_ERRORS = {
    "quasi": "quasi-Poisson",
    "ar1_reml": "first-order autoregressive errors by restricted likelihood",
    "model": "least squares",
    "newey_west": "Newey-West",
}


def _method(models: list[tuple[str, InterruptedSeries]], pairs: int, *, slope: bool, alone: bool) -> str:
    first, *rest = (_ERRORS[name] for name, _ in models)
    beside = f", {' and '.join(rest)} beside it; the largest standard error is used" if rest else ""
    terms = ["trend", "change of level", *(["change of slope"] if slope else []), *(["season"] if pairs else [])]
    what = "interrupted series" if alone else "controlled interrupted series"
    return f"{what} with {', '.join(terms)}: {first}{beside}"


def _lines(
    series: Series, laid: Laid, model: InterruptedSeries, pairs: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The fitted line and what it would have been without the launch, at the positions of the series."""
    slope = "slope_change" in model.coefficients
    columns = Columns(laid.launch, True, slope, laid.launch, 0, pairs, False, laid.month, 12)
    time = np.array(laid.times, dtype=np.float64)
    terms = columns.of(time)
    held = model.coefficients.get(SEASON, ())
    season = held if isinstance(held, tuple) else ()
    base = np.zeros(len(time))
    for one, wave in zip(season, columns.season(time), strict=bool(season)):
        base = base + one.estimate * wave
    fitted = base + sum(_named(model, name).estimate * term for name, term in terms.items())
    without = base + sum(_named(model, name).estimate * term for name, term in terms.items() if name not in _SHIFTS)
    return _placed(series, laid, fitted), _placed(series, laid, without)


_SHIFTS = ("level_change", "slope_change")


def _placed(series: Series, laid: Laid, line: FloatArray) -> tuple[float, ...]:
    """A line on the model's scale as values of the measure, by position in the series."""
    placed = [nan] * len(series)
    for place, time, height in zip(laid.used, laid.times, line, strict=True):
        if laid.exposure is None:
            placed[place] = float(height)
        else:
            rate = power_of_e(float(height))
            placed[place] = rate * float(laid.exposure[time] or 0) if series.measure.kind is MeasureKind.COUNT else rate
    return tuple(placed)


def _text(series: Series, level: Three, *, is_ratio: bool, alone: bool) -> str:
    best, low, high = (signed_percent(end, 1) for end in level) if is_ratio else change_texts(series.measure, *level)
    unit = "" if is_ratio else f" {change_unit(series.measure)}".rstrip()
    against = "against the trend before it" if alone else "over and above the comparator's, each against its own trend"
    return f"Change of level at launch {against}: {best}{unit} (95\u00a0% interval {interval(low, high)})."
