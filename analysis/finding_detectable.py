"""How large a change the data of one measure could show: for planning before launch, and beside every finding.

From the scatter of the baseline itself: events with their dispersion for counts and rates, the spread of the period
values for the rest, the spread of the changes for people measured twice. Small numbers of periods are allowed for by
Student's t, as in the intervals, so that the promise of 4 in 5 is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np

from analysis.distributions import t_quantile
from analysis.finding_change import NO_ESTIMATE_BELOW, T_FLOOR, pooled, series_values
from analysis.finding_effects import dispersion_of_counts
from analysis.finding_further import Plan, PlanStep
from analysis.finding_paired import is_paired
from analysis.finding_selection import Selection
from analysis.finding_shapes import Detectable
from analysis.impact.detectable_change import detectable_change, detectable_ratio, step_error
from analysis.likeness import likeness_of, phases_apart, widening_of
from analysis.measure_words import change_texts, change_unit, period_name
from analysis.series_parts import events_of, taken
from analysis.vocabulary import Direction, MeasureKind, Series
from analysis.wording import percent, plural

PLANNED_AFTER = 12
ROUNDS = 12
MORE = (6, 12, 24)
_MOVE = {Direction.DECREASE: "a fall", Direction.INCREASE: "a rise", Direction.NEUTRAL: "a change"}


def detectable_of(series: Series, chosen: Selection) -> Detectable | None:
    """The smallest change that would be found with 80 % power at 5 %, from the variation before launch.

    With fewer than 3 periods after launch, 12 are assumed. None with fewer than 5 periods before, or for people
    measured twice before any of them is (their spread is that of the changes so far).
    """
    return _detectable(series, chosen, _scatter(series, chosen))


def promised_of(series: Series, chosen: Selection) -> tuple[Detectable | None, Plan | None]:
    """The smallest detectable change, and what more time after launch would make visible; both from one scatter."""
    held = _scatter(series, chosen)
    return _detectable(series, chosen, held), _plan(series, chosen, held)


def _detectable(series: Series, chosen: Selection, held: _Scatter | _Changes | None) -> Detectable | None:
    n_after = chosen.n_after if chosen.n_after >= NO_ESTIMATE_BELOW else PLANNED_AFTER
    found = held.smallest(n_after) if held else None
    return None if found is None else _worded(series, chosen.n_before, n_after, *found)


def _plan(series: Series, chosen: Selection, held: _Scatter | _Changes | None) -> Plan | None:
    if held is None:
        return None
    now = chosen.n_after
    waits = tuple(now + more for more in MORE) if now else (NO_ESTIMATE_BELOW, *MORE)
    steps = []
    lag, spread = _line_scatter(series, chosen)
    for n_after in waits:
        found = held.smallest(n_after)
        if found is not None:
            steps.append(PlanStep(n_after, *found, _by_fitted_line(chosen.n_before, n_after, lag, spread)))
    if not steps:
        return None
    return Plan(chosen.n_before, now, lag, tuple(steps), _plan_text(series, now, tuple(steps)))


def reach(df: float) -> float:
    """How many standard errors wide a change is that is found 4 times in 5, on t: 2.80 for many periods."""
    return t_quantile(0.975, df) + t_quantile(0.8, df)


@dataclass(frozen=True)
class _Scatter:
    """What is known of the variation before launch: events with their dispersion, or the spread of period values.

    `events` is NaN where events do not apply; `level` is what a relative change is a share of, in the held unit.
    `widening` is what intervals will be widened by where neighbouring periods go on being as alike as before launch.
    """

    n_before: int
    level: float
    spread: float
    events: float = nan
    dispersion: float = nan
    widening: float = 1.0

    def smallest(self, n_after: int) -> tuple[float, float] | None:
        """The smallest detectable change, relative and absolute (both above 0; relative NaN where there is none)."""
        wide = self.widening * reach(self.n_before + n_after - 2)
        if isfinite(self.events):
            ratio = _fallen_ratio(self.events, self.events / self.n_before * n_after, self.dispersion, wide)
            return None if ratio is None else (1 - ratio, (1 - ratio) * self.level)
        absolute = wide * self.spread * sqrt(1 / self.n_before + 1 / n_after)
        return (absolute / self.level if self.level > 0 else nan, absolute) if absolute > 0 else None


@dataclass(frozen=True)
class _Changes:
    """People measured twice so far: the spread of their changes and how many there are a period."""

    spread: float
    people: float

    def smallest(self, n_after: int) -> tuple[float, float] | None:
        """The smallest detectable mean change; there is no relative one."""
        people = self.people * n_after
        if people < T_FLOOR or not self.spread > 0:
            return None
        return nan, detectable_change(design="paired_mean", n=people, sd_change=self.spread).difference


def _scatter(series: Series, chosen: Selection) -> _Scatter | _Changes | None:
    """What a promise can be made from; None where there is too little."""
    if is_paired(series, chosen):
        return _changes(series, chosen)
    if chosen.n_before < T_FLOOR:
        return None
    before = taken(series, [int(place) for place in np.flatnonzero(chosen.before)])
    values = series_values(before)
    n, mean, spread = chosen.n_before, float(values.mean()), float(values.std(ddof=1))
    alike = likeness_of(phases_apart(series_values(series), (chosen.before, chosen.after)))
    counted = events_of(before)
    if counted is None:
        return _Scatter(n, mean, max(spread, _least_spread(before)), widening=widening_of(alike))
    events, exposure = counted
    total = float(events.sum())
    if total == 0:
        return None
    dispersion = dispersion_of_counts(events, exposure, (np.ones(len(events), dtype=np.bool_),))
    level = total / float(exposure.sum()) if series.measure.kind is MeasureKind.RATE else mean
    return _Scatter(n, level, spread, total, dispersion, widening_of(alike))


def _changes(series: Series, chosen: Selection) -> _Changes | None:
    """Mean changes: from the spread and number a period so far; shares of people asked twice are not promised."""
    after = chosen.after
    parts = (series.change_means[after], series.change_sds[after], series.pairs[after])
    if not chosen.n_after or not all(np.isfinite(part).all() for part in parts) or (parts[2] < 1).any():
        return None
    held = pooled(parts[0], np.where(parts[2] == 1, 0.0, parts[1]), parts[2])
    return _Changes(held.sd, held.n / chosen.n_after)


def _least_spread(before: Series) -> float:
    """The spread chance alone gives shares of so many people; 0 for other kinds. Intervals are never narrower."""
    people, share = before.denominators, float(np.nanmean(series_values(before)))
    if before.measure.kind is not MeasureKind.PROPORTION or not (people > 0).all() or not 0 < share < 1:
        return 0.0
    return sqrt(share * (1 - share) / float(people.mean()))


def _fallen_ratio(before: float, after: float, dispersion: float, wide: float) -> float | None:
    """The detectable ratio below 1 when the events that the fall takes away are no longer there to show it.

    None where not even their disappearing would show.
    """
    ratio = 1.0
    for _ in range(ROUNDS):
        if after * ratio < 1:
            return None
        ratio = detectable_ratio(before, after * ratio, dispersion, wide)
    return ratio


def _line_scatter(series: Series, chosen: Selection) -> tuple[float, float]:
    """Lag-1 autocorrelation (not below 0) and residual spread of the baseline about its own line; NaN if too short."""
    if chosen.n_before < T_FLOOR or is_paired(series, chosen):
        return nan, nan
    values = series_values(series)[chosen.before]
    time = np.arange(len(values), dtype=np.float64)
    slope, level = np.polyfit(time, values, 1)
    left = values - level - slope * time
    squares = float(left @ left)
    lag = float(left[1:] @ left[:-1]) / squares if squares > 0 else 0.0
    return min(max(lag, 0.0), 0.9), sqrt(squares / (len(values) - 2))


def _by_fitted_line(n_before: int, n_after: int, lag: float, spread: float) -> float:
    """The smallest change of level that a fitted trend would show; NaN where none could be fitted."""
    if not spread > 0 or n_before < T_FLOOR or n_after < NO_ESTIMATE_BELOW:
        return nan
    return reach(n_before + n_after - 3) * step_error(n_before, n_after, lag) * spread


def _size(series: Series, share: float, absolute: float) -> str:
    amount = f"{change_texts(series.measure, absolute)[0].lstrip('+')} {change_unit(series.measure)}".strip()
    return f"{percent(share)} ({amount})" if isfinite(share) else amount


def _worded(series: Series, n_before: int, n_after: int, share: float, absolute: float) -> Detectable:
    name = period_name(series.measure.frequency)
    base = f"With {plural(n_before, name)} before and {n_after} after"
    if series.measure.kind is MeasureKind.PAIRED_MEAN and not isfinite(share):
        base = f"With as many people a {name} over {plural(n_after, name)}"
    text = f"{base}, a change of about {_size(series, share, absolute)} or more would be seen 4 times in 5."
    return Detectable(share, absolute, n_before, n_after, text)


def _plan_text(series: Series, now: int, steps: tuple[PlanStep, ...]) -> str:
    """`With 12 more months you could detect a fall of about 15 %.`"""
    step = next((one for one in steps if one.n_after == now + PLANNED_AFTER), steps[-1])
    unit = period_name(series.measure.frequency)
    more = f"{plural(step.n_after - now, f'more {unit}')}" if now else f"{plural(step.n_after, unit)} after launch"
    move = _MOVE[series.measure.direction]
    return f"With {more} you could detect {move} of about {_size(series, step.relative, step.absolute)}."
