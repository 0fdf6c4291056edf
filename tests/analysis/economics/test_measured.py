"""Volumes that come from measures: quoted from the finding, never retyped, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analysis.economics.measured import taken_words, twice_corrected
from analysis.economics.reviewer import Beside, Standing, reviewer_checks
from analysis.economics.role_economics import role_economics
from analysis.economics.role_lines import effects_not_known, lacking, lacking_of_cost
from analysis.economics.role_shapes import RoleEconomics
from analysis.finding import analyse_role
from analysis.finding_shapes import Effect
from analysis.measured_plan import with_measured
from analysis.plan import FROM_MEASURE, AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import (
    Arm,
    ComparatorFacts,
    ComparatorKind,
    CostKind,
    CostPhase,
    Direction,
    MeasureKind,
    RoleFacts,
    Series,
)
from tests.analysis.making import AFTER, ATTENDANCES, BEFORE, NAVIGATOR, TODAY, make_series

START = date(2024, 4, 1)
PAY = CostLineFacts(1, "Pay", "pay", CostKind.ANNUAL, 3_600_000, "2024-25", START, "Trust")
VISITS = BenefitLineFacts(
    1, "A&E attendances", 1, Direction.DECREASE, 999, 1, 18_000, "2024-25", "ICB", method=FROM_MEASURE,
    deadweight="0.25", attribution="0.7",
)  # fmt: skip
CONTACTS = replace(ATTENDANCES, id=2, name="Contacts", population="", is_primary=False)
OWN = make_series([*BEFORE, 212, *AFTER, 190])
OTHER = make_series(
    [*(2 * x + (-1) ** i for i, x in enumerate(BEFORE)), 424, *(2 * x for x in BEFORE[:11]), 410],
    arm=Arm.COMPARATOR,
    comparator=ComparatorFacts("Oak PCN", ComparatorKind.OTHER_PLACE, "Same size and age"),
)


def answer(
    *series: Series,
    benefit: BenefitLineFacts = VISITS,
    costs: tuple[CostLineFacts, ...] = (PAY,),
    role: RoleFacts = NAVIGATOR,
) -> RoleEconomics:
    facts = AppraisalFacts(START, 36, "2024-25", costs=costs, benefits=(benefit,), deflator={"2024-25": 100.0})
    own = [one for one in series if one.arm is Arm.ROLE]
    plan = with_measured(facts, own, role.timeline, analyse_role(series, role, TODAY))
    return role_economics(plan, own, role.timeline)


def test_a_benefit_from_a_measure_quotes_the_effect_of_its_finding_and_not_what_was_typed() -> None:
    effect = analyse_role([OWN], NAVIGATOR, TODAY).measures[0].effect
    assert isinstance(effect, Effect)
    line = answer(OWN).facts.benefits[0]
    assert (line.before, line.after) == (effect.before, effect.after)
    assert line.after_low == pytest.approx(effect.before + effect.absolute_lower)
    assert line.after_high == pytest.approx(effect.before + effect.absolute_upper)
    assert line.taken is not None
    assert (line.taken.is_controlled, line.taken.is_prespecified, line.taken.early) == (False, True, "")


def test_the_interval_of_the_effect_is_what_the_simulation_draws_from() -> None:
    held = answer(OWN).likelihood
    assert held is not None
    assert held.varied == ("A&E attendances, volume after",)


def test_an_effect_that_is_too_early_leaves_the_line_not_known_and_says_how_early() -> None:
    held = answer(make_series([*BEFORE, 212, 206, 190]))
    line = held.facts.benefits[0]
    assert (line.before, line.after, held.views) == (None, None, ())
    assert lacking(line) == ("an effect (too early: 2 of 12 months after launch)",)
    assert (held.not_known, effects_not_known(held.facts)) == ((), ("A&E attendances",))
    assert "1 benefit not known" in held.worth_it


def test_an_early_effect_is_used_and_said_to_be_early() -> None:
    line = answer(make_series([*BEFORE, 212, *AFTER[:5]])).facts.benefits[0]
    assert line.after is not None
    assert "Early: 5 of 12 months." in taken_words(line)


def test_an_effect_whose_judging_was_settled_after_launch_is_said_not_to_be_prespecified() -> None:
    late = replace(NAVIGATOR, method_chosen_on=date(2024, 9, 1))
    assert "not pre-specified" in taken_words(answer(OWN, role=late).facts.benefits[0])
    assert "not pre-specified" not in taken_words(answer(OWN).facts.benefits[0])


def test_a_controlled_effect_needs_no_deadweight_or_attribution() -> None:
    bare = replace(VISITS, deadweight=None, attribution=None)
    held = answer(OWN, OTHER, benefit=bare)
    line = held.facts.benefits[0]
    effect = analyse_role([OWN, OTHER], NAVIGATOR, TODAY).measures[0].compared[0].effect
    assert isinstance(effect, Effect)
    assert (line.deadweight, line.anyway, line.due) == (None, "0", "1")
    assert line.after == effect.after
    assert (line.after or 0) - (line.before or 0) == pytest.approx(effect.absolute)
    assert (held.warnings, len(held.views)) == ((), 2)
    assert taken_words(line).startswith("A&E attendances: taken from the extra change of A&E attendances")


def test_attribution_on_top_of_a_controlled_effect_is_warned_of_and_every_answer_marked() -> None:
    held = answer(OWN, OTHER)
    assert held.warnings == (twice_corrected(held.facts.benefits[0]),)
    assert held.warnings[0].startswith(
        "A&E attendances: the effect is already held against Oak PCN, so what would have happened anyway and the share "
        "due to the role are taken off twice."
    )
    assert all("Doubtful: A&E attendances" in view.sentence for view in held.views)
    assert held.worth_it.endswith("Doubtful: 1 warning on its lines.")
    found = {check.number: check for check in reviewer_checks(held, Beside(1, 1, 1))}
    assert found[8].standing is Standing.NOT_MET


@pytest.mark.parametrize(
    "facts",
    [
        ComparatorFacts("Oak PCN", ComparatorKind.OTHER_PLACE),
        ComparatorFacts("Our 2022", ComparatorKind.EARLIER_COHORT, "The same people a year before"),
        ComparatorFacts("Oak PCN", ComparatorKind.OTHER_PLACE, "Same size", same_definition=False),
    ],
)
def test_a_comparator_without_reason_of_another_definition_or_time_does_not_control(facts: ComparatorFacts) -> None:
    line = answer(OWN, replace(OTHER, comparator=facts)).facts.benefits[0]
    assert line.taken is not None
    assert not line.taken.is_controlled
    assert line.before == pytest.approx(sum(BEFORE) / 12, rel=0.01)


def test_a_measure_that_counts_nothing_gives_no_benefit() -> None:
    rate = replace(ATTENDANCES, kind=MeasureKind.MEAN)
    line = answer(make_series([*BEFORE, 212, *AFTER], measure=rate)).facts.benefits[0]
    assert "is not a number a month" in lacking(line)[0]


def test_a_benefit_without_a_measure_asks_for_one() -> None:
    line = answer(OWN, benefit=replace(VISITS, measure_id=None)).facts.benefits[0]
    assert lacking(line) == ("an effect (choose the measure it is taken from)",)


PER_CONTACT = replace(PAY, id=2, label="Transport", category="travel", kind=CostKind.PER_CONTACT, amount_pence=1_200)


def test_a_cost_by_contact_goes_by_the_measure_that_was_chosen() -> None:
    contacts = make_series([30] * 12 + [35] + [40] * 12, measure=CONTACTS)
    held = answer(OWN, contacts, costs=(replace(PER_CONTACT, measure_id=2),))
    assert held.facts.costs[0].volume.a_month == 40
    assert held.yearly_cost == Decimal(40 * 12 * 12)
    before = answer(OWN, contacts, costs=(replace(PER_CONTACT, measure_id=2, phase=CostPhase.BEFORE),))
    assert before.facts.costs[0].volume.a_month == 30


def test_a_cost_by_contact_without_a_measure_is_not_known_in_words() -> None:
    contacts = make_series([30] * 12 + [35] + [40] * 12, measure=CONTACTS)
    held = answer(OWN, contacts, costs=(PAY, PER_CONTACT))
    assert held.not_known == ("Transport",)
    assert lacking_of_cost(held.facts.costs[1]) == (
        "its volume (choose the measure that gives the number of contacts)",
    )
    assert held.yearly_cost == 36_000


def test_a_cost_by_client_of_a_measure_without_values_says_so() -> None:
    empty = make_series([30] * 12, measure=CONTACTS)
    line = answer(OWN, empty, costs=(replace(PER_CONTACT, measure_id=2),)).facts.costs[0]
    assert lacking_of_cost(line) == ("its volume (Contacts holds no final value after launch yet)",)


def test_real_growth_raises_a_cost_from_the_year_after_its_prices() -> None:
    grown = replace(PAY, price_year="2024-25", real_growth="0.02")
    held = answer(OWN, costs=(grown,))
    assert [year.cost for year in held.years] == [36_000, Decimal(36_000) * Decimal("1.02"), Decimal("37454.4")]
