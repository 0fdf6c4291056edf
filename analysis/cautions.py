"""What to bear in mind with a finding; each caution has a code that never changes and words with its own numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from analysis import cautions_design as design
from analysis.evidence import definition_changed
from analysis.false_alarms import false_alarm_share, frozen_alarm_share
from analysis.finding_change import FULL_FROM, series_values
from analysis.finding_effects import exposures
from analysis.finding_shapes import Caution, Effect, LeftOut, TooEarly
from analysis.likeness import ALIKE_FROM, likeness_of, phases_apart
from analysis.maturity import maturities_of
from analysis.periods import Frequency, steps_between
from analysis.situation import Situation
from analysis.vocabulary import Maturity, MeasureKind, Phase, Series, State
from analysis.wording import number, percent, plural

SUPPRESSED_SHARE = 0.10
LOW_COUNT = 5
SEASON_DISTANCE = 0.25
"""Share of calendar months that would have to move for both phases to cover the year alike."""
MONTHS_FOR_SEASON = 24
SEASON_SHARE = 0.4
"""Adjusted share of the variation that calendar months must explain to be called seasonal."""


def cautions_of(situation: Situation) -> tuple[Caution, ...]:
    """Every caution that applies, in a fixed order."""
    found = []
    for code, words in _CHECKS:
        found += [Caution(code, text) for text in words(situation)]
    return tuple(found)


def _few_periods(it: Situation) -> list[str]:
    chosen, texts = it.chosen, []
    if chosen.n_after < FULL_FROM and it.role.timeline.launch is not None:
        texts.append(f"Early: {chosen.n_after} of {plural(FULL_FROM, it.unit)} after launch.")
    if chosen.n_before < FULL_FROM and it.series.measure.kind is not MeasureKind.PAIRED_MEAN:
        texts.append(f"{plural(chosen.n_before, it.unit)} before launch, where {FULL_FROM} are wanted.")
    return texts


def _provisional(it: Situation) -> list[str]:
    count = it.chosen.count(LeftOut.PROVISIONAL)
    return [f"{plural(count, f'provisional {it.unit}')} left out: the latest values may change."] if count else []


def _suppressed(it: Situation) -> list[str]:
    inside = [s for s, p in zip(it.series.states, it.chosen.phases, strict=True) if p in (Phase.BEFORE, Phase.AFTER)]
    share = inside.count(State.SUPPRESSED) / len(inside) if inside else 0.0
    if share <= SUPPRESSED_SHARE:
        return []
    return [f"{percent(share)} of the values are suppressed at source and missing from the comparison."]


def _missing(it: Situation) -> list[str]:
    there = [place for place, reason in enumerate(it.chosen.left_out) if reason not in _NOTHING_THERE]
    inside = it.chosen.left_out[there[0] : there[-1]] if there else ()
    count = sum(reason in _NOTHING_THERE for reason in inside) + _gaps(it.series)
    return [f"{plural(count, it.unit)} missing between the first and the last."] if count else []


_NOTHING_THERE = (LeftOut.MISSING, LeftOut.NOT_COLLECTED)


def _gaps(series: Series) -> int:
    """Periods of the measure's frequency that have no row at all between the first and the last."""
    wanted = series.measure.frequency
    own = [period for period in series.periods if period.frequency is wanted]
    if len(own) < 2 or wanted is Frequency.OTHER:
        return 0
    whole = steps_between(own[0], own[-1])
    return 0 if whole is None else max(0, whole + 1 - len(set(own)))


def _definition(it: Situation) -> list[str]:
    return ["The definition changed within the series."] if definition_changed(it.series, it.chosen) else []


def _alike(it: Situation) -> list[str]:
    likeness = likeness_of(phases_apart(series_values(it.series), (it.chosen.before, it.chosen.after)))
    if likeness < ALIKE_FROM:
        return []
    held = f"Neighbouring {it.unit}s are alike (correlation {number(likeness, 2)})"
    if isinstance(it.effect, Effect) and it.effect.widening > 1:
        times = number(it.effect.widening, 1)
        return [f"{held}: they tell less than they seem to, so the interval was made {times} times as wide."]
    return [f"{held}: they tell less than they seem to."]


def _seasons(it: Situation) -> list[str]:
    if it.series.measure.frequency is Frequency.YEAR or min(it.chosen.n_before, it.chosen.n_after) < 3:
        return []
    before, after = (_calendar(it.series, side.tolist()) for side in (it.chosen.before, it.chosen.after))
    distance = sum(abs(before[month] - after[month]) for month in range(1, 13)) / 2
    if distance <= SEASON_DISTANCE:
        return []
    return [f"The {it.unit}s before and after launch do not cover the same seasons."]


def _calendar(series: Series, used: list[bool]) -> dict[int, float]:
    """The share of the used periods that start in each calendar month, 1 to 12."""
    months = Counter(period.start.month for period, taken in zip(series.periods, used, strict=True) if taken)
    return {month: months[month] / months.total() for month in range(1, 13)}


def _seasonal(it: Situation) -> list[str]:
    """Whether calendar months explain much of what is left once each phase has its own mean (adjusted R squared)."""
    n = it.chosen.n_before + it.chosen.n_after
    if it.series.measure.frequency is not Frequency.MONTH or n < MONTHS_FOR_SEASON:
        return []
    values, left = series_values(it.series), np.full(len(it.series), np.nan)
    for side in (it.chosen.before, it.chosen.after):
        left[side] = values[side] - values[side].mean() if side.any() else np.nan
    groups: dict[int, list[float]] = {}
    for period, rest in zip(it.series.periods, left.tolist(), strict=True):
        if np.isfinite(rest):
            groups.setdefault(period.start.month, []).append(rest)
    within = sum(float(np.var(group)) * len(group) for group in groups.values())
    total = float(np.nansum(left**2))
    if not total or n <= len(groups) or 1 - (within / (n - len(groups))) / (total / (n - 1)) <= SEASON_SHARE:
        return []
    return ["The values follow the seasons: rules fire more often than they should; compare like months."]


def _low_counts(it: Situation) -> list[str]:
    values = it.series.values[it.chosen.used]
    if it.series.measure.kind is not MeasureKind.COUNT or not len(values) or values.mean() >= LOW_COUNT:
        return []
    return [f"Fewer than {LOW_COUNT} a {it.unit} on average: the chart rules work badly; longer periods would help."]


def _false_alarm(it: Situation) -> list[str]:
    if it.charts.frozen is None or it.variation is None or not it.variation.signal:
        return []
    before, after = it.chosen.n_before, it.chosen.n_after
    share = frozen_alarm_share(before, after) if before and after else false_alarm_share(before + after)
    if share <= 0:
        return []
    one_in = f"about 1 chart in {max(2, round(1 / share))} shows a signal"
    if not before or not after:
        return [f"Over {plural(before + after, it.unit)} {one_in} by chance."]
    return [f"With limits from {plural(before, it.unit)} {one_in} within {after} after launch by chance."]


def _exposure(it: Situation) -> list[str]:
    measure = it.series.measure
    if measure.kind is not MeasureKind.COUNT or not measure.people_count or exposures(it.series)[1]:
        return []
    return ["Counts are not adjusted for how many people there were."]


def _money(it: Situation) -> list[str]:
    if it.series.measure.kind is not MeasureKind.MONEY or isinstance(it.effect, TooEarly):
        return []
    return ["Spending is skewed: a few dear cases can move it. Prices are as recorded."]


def _estimated(it: Situation) -> list[str]:
    pairs = zip(maturities_of(it.series), it.chosen.used, strict=True)
    count = sum(maturity is Maturity.ESTIMATED and bool(used) for maturity, used in pairs)
    return [f"{plural(count, 'value')} estimated at source."] if count else []


def _conflict(it: Situation) -> list[str]:
    chart = it.charts.frozen
    if chart is None or not any(flag.conflict for flag in chart.flags):
        return []
    return ["Rules fired on both sides of the mean at the same point; it is shown as improvement."]


_CHECKS: tuple[tuple[str, Callable[[Situation], list[str]]], ...] = (
    ("few_periods", _few_periods),
    ("chosen_late", design.chosen_late),
    ("unexpected_direction", design.unexpected),
    ("co_event", design.co_events),
    ("programme", design.programme),
    ("definition_changed", _definition),
    ("definition_event", design.definition_event),
    ("regression_to_mean", design.regression_to_mean),
    ("dose", design.dose),
    ("lost_to_follow_up", design.lost_to_follow_up),
    ("unpaired_means", design.unpaired),
    ("comparator", design.comparator),
    ("earlier_trend", design.earlier_trend),
    ("fit_doubtful", design.fit_doubtful),
    ("exposure_not_adjusted", _exposure),
    ("unequal_seasons", _seasons),
    ("seasonality", _seasonal),
    ("autocorrelation", _alike),
    ("low_counts", _low_counts),
    ("suppressed", _suppressed),
    ("missing_periods", _missing),
    ("provisional_left_out", _provisional),
    ("estimated", _estimated),
    ("skewed_costs", _money),
    ("rules_disagree", _conflict),
    ("false_alarm", _false_alarm),
)
"""Code and check of every caution, in the order they are listed; the texts of a check are its cautions."""
