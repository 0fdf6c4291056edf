"""A role's change against a comparator's, and a benchmark beside it.

Four kinds. Another place and people outside the target group with equal need share the role's calendar. An own earlier
cohort does not: it is moved forward by whole years, so that the same months stand side by side, and what changed for
everybody in between is not taken out. A benchmark is shown against and never differenced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isfinite, nan

import numpy as np

from analysis.events import OF_THE_CHART
from analysis.finding_change import series_values
from analysis.finding_extra_change import Pair, extra_change
from analysis.finding_fitted import controlled_of, laid_out, not_fitted
from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_pre_trend import pre_trend_of
from analysis.finding_selection import Selection, select
from analysis.finding_shapes import Effect, TooEarly
from analysis.measure_words import change_texts, change_unit, period_name, value_text
from analysis.periods import Period, add_months, month_end
from analysis.series_parts import taken
from analysis.vocabulary import (
    Arm,
    ComparatorFacts,
    ComparatorKind,
    MeasureKind,
    RoleFacts,
    Series,
    Timeline,
)
from analysis.wording import interval, plural, signed_percent

YEARS_BACK = 6


@dataclass(frozen=True)
class _Beside:
    """Where a comparator's periods stand beside the role's: positions of both, and how far they were moved."""

    places: tuple[tuple[int, int], ...]
    months: int


def compared_of(series: Series, chosen: Selection, other: Series, role: RoleFacts) -> ComparatorFinding:
    """What one comparator or benchmark says of one measure."""
    facts = other.comparator or ComparatorFacts(other.arm_name or other.arm.value, _kind(other))
    beside = _beside(series, chosen, other, facts)
    pair = _pair(series, chosen, other, beside)
    benchmark = facts.kind is ComparatorKind.BENCHMARK or other.arm is Arm.BENCHMARK
    effect = None if benchmark else extra_change(pair)
    found = ComparatorFinding(
        facts=facts,
        n_before=pair.chosen.n_before,
        n_after=pair.chosen.n_after,
        effect=effect,
        controlled=None if benchmark else _controlled(pair),
        pre_trend=None if effect is None else pre_trend_of(pair, effect),
        role_means=_means(pair.main, pair.chosen),
        other_means=_means(pair.other, pair.chosen),
        same_definition=_same_definition(pair, facts),
        co_events=_one_sided(role, series, pair),
        months_earlier=beside.months,
        values=values_beside(series, other, beside.months),
        sentence="",
    )
    return replace(found, sentence=_sentence(series, found))


def _same_definition(pair: Pair, facts: ComparatorFacts) -> bool:
    """Whether both arms follow one definition: never if someone recorded that they do not."""
    versions = {*pair.main.definition_versions, *pair.other.definition_versions}
    return facts.same_definition is not False and len(versions) <= 1


def _kind(other: Series) -> ComparatorKind:
    return ComparatorKind.BENCHMARK if other.arm is Arm.BENCHMARK else ComparatorKind.OTHER_PLACE


def _beside(series: Series, chosen: Selection, other: Series, facts: ComparatorFacts) -> _Beside:
    usable = select(other, Timeline(None)).before
    held = {period: place for place, period in enumerate(other.periods) if usable[place]}
    wanted = [(place, period) for place, period in enumerate(series.periods) if chosen.used[place]]
    together = _matched(wanted, held, 0)
    if together.places or facts.kind is not ComparatorKind.EARLIER_COHORT:
        return together
    tried = [_matched(wanted, held, 12 * years) for years in range(1, YEARS_BACK + 1)]
    return max(tried, key=lambda found: (len(found.places), -found.months))


def _matched(wanted: list[tuple[int, Period]], held: dict[Period, int], months: int) -> _Beside:
    pairs = ((place, held.get(_earlier(period, months))) for place, period in wanted)
    return _Beside(tuple((place, at) for place, at in pairs if at is not None), months)


def _earlier(period: Period, months: int) -> Period:
    """The same period so many months before; whole calendar months only, else moved by whole weeks."""
    if not months:
        return period
    if period.start.day == 1 and (period.end + timedelta(days=1)).day == 1:
        return Period(add_months(period.start, -months), month_end(add_months(period.end, -months)))
    back = timedelta(days=364 * (months // 12))
    return Period(period.start - back, period.end - back)


def _pair(series: Series, chosen: Selection, other: Series, beside: _Beside) -> Pair:
    mine, theirs = [place for place, _ in beside.places], [place for _, place in beside.places]
    main = taken(series, mine)
    moved = replace(taken(other, theirs), measure=series.measure, periods=main.periods)
    phases = tuple(chosen.phases[place] for place in mine)
    none = np.zeros(len(mine), dtype=np.bool_)
    return Pair(main, moved, Selection(phases, (None,) * len(mine), chosen.before[mine], chosen.after[mine], none))


def _controlled(pair: Pair) -> FittedChange | TooEarly:
    if stop := not_fitted(pair.main, pair.chosen) or not_fitted(pair.other, pair.chosen):
        return stop
    laid = laid_out(pair.main, pair.chosen), laid_out(pair.other, pair.chosen)
    if laid[0] is None or laid[1] is None or (laid[0].exposure is None) != (laid[1].exposure is None):
        return TooEarly(0, 0, "", "the two series are not recorded alike")
    return controlled_of(pair.main, pair.chosen, (laid[0], laid[1]))


def _means(series: Series, chosen: Selection) -> tuple[float, float]:
    values = series_values(series)
    before, after = (float(values[side].mean()) if side.any() else nan for side in (chosen.before, chosen.after))
    return before, after


def _one_sided(role: RoleFacts, series: Series, pair: Pair) -> tuple[str, ...]:
    """Titles of events that fell in one place only, after launch."""
    months = [period for period, used in zip(pair.main.periods, pair.chosen.after, strict=True) if used]
    if not months:
        return ()
    return tuple(
        event.title
        for event in role.events
        if event.arm is not None and event.kind not in OF_THE_CHART and event.measure_id in (None, series.measure.id)
        if _overlaps(event.when, event.end or event.when, months)
    )


def _overlaps(start: date, end: date, months: list[Period]) -> bool:
    return any(period.start <= end and period.end >= start for period in months)


def values_beside(series: Series, other: Series, months: int) -> tuple[float, ...]:
    """The other series' value for each period of the first, moved forward by so many months; NaN where none is held."""
    held = dict(zip(other.periods, series_values(other).tolist(), strict=True))
    return tuple(held.get(_earlier(period, months), nan) for period in series.periods)


def _sentence(series: Series, found: ComparatorFinding) -> str:
    name, unit = found.facts.name, period_name(series.measure.frequency)
    if found.effect is None:
        return _against_benchmark(series, found)
    common = f"{plural(found.n_before, unit)} before and {found.n_after} after held by both"
    if isinstance(found.effect, TooEarly):
        return f"Against {name} nothing can be said yet: {found.effect.reason} ({common})."
    effect = found.effect
    moved = f", moved forward by {plural(found.months_earlier // 12, 'year')}" if found.months_earlier else ""
    if not effect.excludes_no_change:
        claim = f"No change beyond that of {name}{moved} can be told from chance"
    else:
        claim = f"{'More' if effect.absolute > 0 else 'Less'} than {name}{moved} would have led to expect"
    return f"{claim}: {_figures(series, effect)}, {common}."


def _figures(series: Series, effect: Effect) -> str:
    measure = series.measure
    shares = (effect.relative, effect.relative_lower, effect.relative_upper)
    if effect.has_relative and measure.kind in (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.MONEY):
        best, low, high = (signed_percent(share, 1) for share in shares)
        return f"{best} (95\u00a0% interval {interval(low, high)})"
    best, low, high = change_texts(measure, effect.absolute, effect.absolute_lower, effect.absolute_upper)
    unit = f" {change_unit(measure)}".rstrip()
    return f"{best}{unit} (95\u00a0% interval {interval(low, high)})"


def _against_benchmark(series: Series, found: ComparatorFinding) -> str:
    parts = [
        f"{where}: {value_text(series.measure, mine, 1)} against {value_text(series.measure, theirs, 1)}"
        for where, mine, theirs in zip(("before launch", "after"), found.role_means, found.other_means, strict=True)
        if isfinite(mine) and isfinite(theirs)
    ]
    shown = "; ".join(parts) or "no common period"
    return f"Beside the benchmark {found.facts.name}, {shown}. A benchmark is shown and not differenced."
