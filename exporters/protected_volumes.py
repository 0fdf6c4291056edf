"""Money made again where a volume of the plan comes from a measure of which a small number is hidden.

What was made from a hidden count gives it back: the present value of a benefit over its unit cost is the change of a
mean, and the change with the months that are shown is the count. So nothing is hidden cell by cell. The money is made
again by the same builder from findings as they may be shown; where they carry no volume, no net value is made at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.economics.further_shapes import Further
from analysis.economics.measured import BY_VOLUME
from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics
from analysis.finding_shapes import MeasureFinding
from analysis.measured_plan import effect_for_money, volume_of, with_measured
from analysis.plan import FROM_MEASURE, AppraisalFacts, BenefitLineFacts, CostLineFacts, TakenEffect, Volume
from analysis.vocabulary import Series
from db.answers import RoleAnswer

WHY_HIDDEN = "small numbers in it are hidden"
BENEFIT_WORDS = "Net values are not shown: a benefit is taken from a measure of which small numbers are hidden."
COST_WORDS = "Amounts are not shown: a cost goes by a measure of which small numbers are hidden."


@dataclass(frozen=True)
class ShownMeasure:
    """A measure as money may draw on it: the finding that is shown, and the series it was made from.

    `hides` says that a value of that series is hidden, `changed` that the shown finding is not the app's own, and
    `withheld` that no money may rest on it: its exact sum beside an earlier export would give a hidden value back.
    """

    series: Series
    finding: MeasureFinding
    hides: bool
    changed: bool
    withheld: bool = False


@dataclass(frozen=True)
class MoneyShown:
    """The answer with money that gives no hidden count back, and what is said of that; the same object and no words
    where none could."""

    answer: RoleAnswer
    words: str = ""


def measures_of_plan(facts: AppraisalFacts) -> frozenset[int]:
    """The measures that volumes of the plan are taken from."""
    lines = [line.measure_id for line in facts.benefits if line.method == FROM_MEASURE]
    lines += [line.measure_id for line in facts.costs if line.kind in BY_VOLUME]
    return frozenset(held for held in lines if held is not None)


def money_of_shown(answer: RoleAnswer, measures: Mapping[int, ShownMeasure]) -> MoneyShown:
    """The money made again from what is shown of these measures."""
    changed = {key for key, one in measures.items() if one.changed} & measures_of_plan(answer.economics.facts)
    if not changed:
        return MoneyShown(answer)
    facts = answer.economics.facts
    taken = replace(
        facts,
        costs=tuple(_cost(line, measures, answer) if line.measure_id in changed else line for line in facts.costs),
        benefits=tuple(
            _benefit(line, measures, answer) if line.measure_id in changed else line for line in facts.benefits
        ),
    )
    made = role_economics(taken, answer.series, answer.role.timeline)
    if any(line.volume.why_not == WHY_HIDDEN for line in taken.costs):
        return MoneyShown(replace(answer, economics=_without_amounts(made)), COST_WORDS)
    hidden = any(line.taken and line.taken.why_not == WHY_HIDDEN for line in taken.benefits)
    return MoneyShown(replace(answer, economics=made), BENEFIT_WORDS if hidden else "")


def _cost(line: CostLineFacts, measures: Mapping[int, ShownMeasure], answer: RoleAnswer) -> CostLineFacts:
    if line.kind not in BY_VOLUME:
        return line
    held = measures[line.measure_id or 0]
    if held.hides or held.withheld:
        return replace(line, volume=Volume(held.series.measure.label, why_not=WHY_HIDDEN))
    return replace(line, volume=volume_of(line, held.series, answer.role.timeline))


def _benefit(line: BenefitLineFacts, measures: Mapping[int, ShownMeasure], answer: RoleAnswer) -> BenefitLineFacts:
    if line.method != FROM_MEASURE:
        return line
    held = measures[line.measure_id or 0]
    finding = replace(answer.finding, measures=(held.finding,))
    only = replace(answer.economics.facts, costs=(), benefits=(line,))
    again = with_measured(only, (), answer.role.timeline, finding).benefits[0]
    was = next((one for one in answer.finding.measures if one.measure.id == line.measure_id), None)
    same_kind = was is not None and effect_for_money(was)[1] == effect_for_money(held.finding)[1]
    if same_kind and again.taken is not None and not again.taken.why_not and not held.withheld:
        return again
    gone = replace(again, before=None, after=None, after_low=None, after_high=None)
    return replace(gone, taken=TakenEffect(held.finding.measure.label, why_not=WHY_HIDDEN))


def _without_amounts(made: RoleEconomics) -> RoleEconomics:
    """Without every amount that a cost takes part in: the whole less the rest would give it back."""
    kept = Further(unit_costs=made.further.unit_costs, staff_time=made.further.staff_time, missing=made.further.missing)
    return replace(
        made,
        yearly_cost=None,
        plan=None,
        break_even=(),
        break_even_sentence=COST_WORDS,
        views=(),
        years=(),
        appraisal=None,
        sensitivity=(),
        likelihood=None,
        further=kept,
    )


def said(economics: RoleEconomics, words: str) -> RoleEconomics:
    """The money with the words of what is not shown, wherever its answer is read."""
    if not words:
        return economics
    return replace(economics, worth_it=words if words == COST_WORDS else f"{words} {economics.worth_it}")
