"""Volumes of the plan that come from measures: never retyped, and never guessed where the measure gives none.

A benefit taken from a measure quotes the effect of its finding: the extra change against a comparator where one stands
beside it, else the change from before to after. A cost that goes by clients, contacts or posts takes the mean of its
measure in the phase the line belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.economics.actuals import usable
from analysis.economics.measured import BY_VOLUME
from analysis.finding_change import FULL_FROM
from analysis.finding_shapes import Effect, MeasureFinding, RoleFinding, TooEarly
from analysis.periods import Frequency, Period
from analysis.plan import FROM_MEASURE, AppraisalFacts, BenefitLineFacts, CostLineFacts, TakenEffect, Volume
from analysis.prespecified import chosen_first
from analysis.vocabulary import ComparatorKind, CostKind, CostPhase, MeasureKind, Phase, Series, Timeline
from analysis.wording import plural

PERIODS_A_MONTH = {
    Frequency.DAY: 365.25 / 12,
    Frequency.WEEK: 365.25 / 84,
    Frequency.MONTH: 1.0,
    Frequency.QUARTER: 1 / 3,
    Frequency.YEAR: 1 / 12,
}
_STOCKS = frozenset({CostKind.PER_POST})
_PHASES = {CostPhase.BEFORE: Phase.BEFORE, CostPhase.AFTER: Phase.AFTER}
_WHEN = {CostPhase.BEFORE: "before launch", CostPhase.AFTER: "after launch"}
_NOT_CONTROLLED = (ComparatorKind.BENCHMARK, ComparatorKind.EARLIER_COHORT)
"""A benchmark is not differenced; an earlier cohort does not take out what changed for everybody in between."""


def with_measured(
    facts: AppraisalFacts, all_series: Sequence[Series], timeline: Timeline, finding: RoleFinding | None
) -> AppraisalFacts:
    """The plan with every volume that comes from a measure filled in, or with the words of why it cannot be."""
    held = {one.measure.id: one for one in all_series}
    found = {one.measure.id: one for one in finding.measures} if finding else {}
    return replace(
        facts,
        costs=tuple(_cost(line, held, timeline) for line in facts.costs),
        benefits=tuple(_benefit(line, found, finding) for line in facts.benefits),
    )


def _cost(line: CostLineFacts, held: Mapping[int, Series], timeline: Timeline) -> CostLineFacts:
    if line.kind not in BY_VOLUME:
        return line
    return replace(line, volume=volume_of(line, held.get(line.measure_id or 0), timeline))


def volume_of(line: CostLineFacts, series: Series | None, timeline: Timeline) -> Volume:
    """How much there is a month for a cost that goes by it, in the phase the line belongs to."""
    what = BY_VOLUME[line.kind]
    if series is None:
        return Volume(why_not=f"choose the measure that gives the number of {what}")
    name, is_stock = series.measure.label, line.kind in _STOCKS
    if not is_stock and series.measure.kind is not MeasureKind.COUNT:
        return Volume(name, why_not=f"{name} is not a count, so it gives no number of {what}")
    times = 1.0 if is_stock else PERIODS_A_MONTH.get(series.measure.frequency)
    values = counted_for(line, series, timeline)
    if times is None or not values:
        return Volume(name, why_not=f"{name} holds no final value {_WHEN[line.phase]} yet")
    return Volume(name, times * sum(values.values()) / len(values), len(values))


def counted_for(line: CostLineFacts, series: Series, timeline: Timeline) -> dict[Period, float]:
    """The values that a cost's volume is the mean of."""
    return usable(series, timeline, _PHASES[line.phase], series.measure.frequency)


def _benefit(
    line: BenefitLineFacts, found: Mapping[int, MeasureFinding], finding: RoleFinding | None
) -> BenefitLineFacts:
    if line.method != FROM_MEASURE:
        return line
    bare = replace(line, before=None, after=None, after_low=None, after_high=None)
    one = found.get(line.measure_id or 0)
    if one is None or finding is None:
        why = "choose the measure it is taken from" if line.measure_id is None else "this role holds no such measure"
        return replace(bare, taken=TakenEffect("", why_not=why))
    effect, against = effect_for_money(one)
    times = PERIODS_A_MONTH.get(one.measure.frequency)
    if why := _why_not(one, effect, times):
        return replace(bare, taken=TakenEffect(one.measure.label, why_not=why))
    assert isinstance(effect, Effect) and times is not None  # noqa: S101, PT018 - what `_why_not` has let through
    return replace(
        bare,
        before=times * (effect.after - effect.absolute if against else effect.before),
        after=times * effect.after,
        after_low=times * (effect.after - effect.absolute + effect.absolute_lower),
        after_high=times * (effect.after - effect.absolute + effect.absolute_upper),
        taken=TakenEffect(
            measure=one.measure.label,
            method=effect.method,
            against=against,
            is_controlled=bool(against),
            is_prespecified=chosen_first(one.measure, finding.role),
            early=_of_twelve(effect.n_after, one) if effect.early else "",
            input_hash=one.input_hash,
        ),
    )


def effect_for_money(found: MeasureFinding) -> tuple[Effect | TooEarly, str]:
    """The effect a benefit quotes and the comparator it is against; an empty name where it is uncontrolled.

    Only a comparator with a recorded reason and the same definition takes off what would have happened anyway.
    """
    for one in found.compared:
        fit = one.facts.kind not in _NOT_CONTROLLED and one.same_definition and bool(one.facts.why_chosen)
        if fit and isinstance(one.effect, Effect):
            return one.effect, one.facts.name
    return found.effect, ""


def _why_not(found: MeasureFinding, effect: Effect | TooEarly, times: float | None) -> str:
    if found.measure.kind not in (MeasureKind.COUNT, MeasureKind.MONEY):
        return f"{found.measure.label} is not a number a month: choose the measure that counts it"
    if times is None:
        return f"{found.measure.label} has no regular periods"
    if isinstance(effect, TooEarly):
        have = f"{effect.have} of {effect.need} {effect.of}" if effect.have < effect.need else effect.reason
        return f"too early: {have}"
    return ""


def _of_twelve(have: int, found: MeasureFinding) -> str:
    return f"{have} of {plural(FULL_FROM, found.measure.frequency.value)}"
