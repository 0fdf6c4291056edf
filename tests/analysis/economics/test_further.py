"""What is said of money beyond the three answers, held against published figures where there are any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from analysis.economics.amounts import total
from analysis.economics.appraisal import flows
from analysis.economics.discounting import discount_factor
from analysis.economics.further_outcomes import cloud_words, scale_lacks, staff_time_lacks
from analysis.economics.outcomes import value_outcome
from analysis.economics.role_economics import role_economics
from analysis.economics.role_lines import benefit_items_of, cost_items_of, frame_of
from analysis.economics.role_shapes import RoleEconomics
from analysis.periods import add_months, month_of
from analysis.plain_series import plain_series
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts, OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from analysis.vocabulary import CostKind, CostPhase, Direction, MeasureFacts, MeasureKind, Purpose, Series, Timeline

START = date(2026, 10, 1)
COST = CostLineFacts(1, "Pay", "pay", CostKind.ANNUAL, 9_000_000, "2026-27", START, "Trust")
VISITS = BenefitLineFacts(2, "Visits", None, Direction.DECREASE, 62, 50, 28_000, "2026-27", "ICB", "0.25", "0.7")
QALY = OutcomeLineFacts(3, "Quality of life", "QALY", 0.0125, 300)
PLAN = AppraisalFacts(START, 36, "2026-27", costs=(COST,), benefits=(VISITS,), worth={"QALY": (2_000_000, 3_000_000)})
TIMELINE = Timeline(START)


def answer(facts: AppraisalFacts = PLAN, *series: Series) -> RoleEconomics:
    return role_economics(facts, series, TIMELINE)


def monthly(name: str, kind: MeasureKind, before: float, after: float, number: int) -> Series:
    """Twelve months before the launch and twelve after."""
    periods = tuple(month_of(add_months(START, at)) for at in range(-12, 12))
    facts = MeasureFacts(number, name, kind, "", Direction.NEUTRAL, Purpose.PROCESS)
    return plain_series(facts, periods, np.array([before] * 12 + [after] * 12), {})


MONEY = monthly("Spend", MeasureKind.MONEY, 6000, 9000, 11)
CONTACTS = monthly("Contacts", MeasureKind.COUNT, 100, 120, 12)


def test_the_cost_of_one_contact_is_told_before_and_after_with_the_change() -> None:
    (found,) = answer(PLAN, MONEY, CONTACTS).further.unit_costs
    assert found.before is not None
    assert found.after is not None
    assert (found.before.pounds, found.after.pounds) == pytest.approx((60, 75))
    assert found.sentence.endswith("Before launch it was £60.00 (12 months): £15.00 more for each contact.")


def test_the_measures_chosen_win_over_names_and_an_outcome_is_a_divisor_too() -> None:
    falls = monthly("Falls avoided", MeasureKind.COUNT, 0, 10, 13)
    chosen = replace(PLAN, contacts_measure_id=13, outcome_measure_id=13)
    contact, outcome = answer(chosen, MONEY, CONTACTS, falls).further.unit_costs
    assert contact.after is not None
    assert contact.after.pounds == pytest.approx(900)
    assert contact.before is None
    assert "no month with both" in contact.sentence
    assert outcome.name == "unit of Falls avoided"


def test_the_service_before_is_set_beside_the_role_and_is_no_cost_of_it() -> None:
    nurse = replace(COST, id=9, label="Nurse", amount_pence=600_000, kind=CostKind.MONTHLY, phase=CostPhase.BEFORE)
    held = answer(replace(PLAN, costs=(COST, nurse)))
    assert held.further.before_a_year == 72_000
    assert held.further.before_sentence.startswith(
        "The service before took £72,000 a year as planned; the role takes £90,000, £18,000 more."
    )
    assert held.appraisal is not None
    alone = answer().appraisal
    assert alone is not None
    assert held.appraisal.npv == alone.npv


def test_the_even_yearly_amount_has_the_same_present_value() -> None:
    found = answer()
    assert found.appraisal is not None
    annual = found.further.equivalent_annual
    assert annual is not None
    worth = total(annual * discount_factor("green_book", year) for year in (1, 2, 3))
    assert worth == pytest.approx(found.appraisal.npv)


def test_a_switching_value_brings_the_net_value_to_nothing() -> None:
    found = answer()
    lines = {line.name: line for line in found.further.switching}
    assert found.appraisal is not None
    factor = found.appraisal.break_even.line_scale["benefit 2"]
    assert factor is not None
    scaled = replace(VISITS, before=50 + 12 * float(factor))
    again = answer(replace(PLAN, benefits=(scaled,))).appraisal
    assert again is not None
    assert float(again.npv) == pytest.approx(0, abs=0.01)
    assert lines["Visits"].needed.startswith(f"{12 * 0.75 * 0.7 * float(factor):.1f} a month")
    assert lines["Pay"].needed.startswith("fall by")


def test_what_cannot_turn_the_answer_alone_says_so() -> None:
    dear = replace(PLAN, costs=(COST, replace(COST, id=4, label="Travel", amount_pence=100_00)))
    travel = next(line for line in answer(dear).further.switching if line.name == "Travel")
    assert travel.needed == ""
    assert travel.sentence == "Travel: even at nothing the net value would not turn."


def test_the_curve_ends_where_the_sums_do_and_says_when_it_is_paid_back() -> None:
    found = answer()
    curve = found.further.curve
    assert curve is not None
    assert found.appraisal is not None
    assert curve.cost[-1] == pytest.approx(float(found.appraisal.undiscounted_costs))
    assert curve.public[-1] == pytest.approx(float(found.appraisal.undiscounted_benefits))
    assert "All public benefit does not pay the cost back within 36 months." in curve.sentence
    cheap = answer(replace(PLAN, costs=(replace(COST, amount_pence=100_000),)))
    assert cheap.further.curve is not None
    assert "has paid the cost back by month 1, and it stays paid back." in cheap.further.curve.sentence


def test_a_valued_outcome_is_what_the_reference_engine_says() -> None:
    found = answer(replace(PLAN, outcomes=(QALY,)))
    (view,) = found.further.outcomes
    assert found.appraisal is not None
    given = {"clients_per_year": 300, "gain_per_client": "0.0125", "thresholds": [20000]}
    exact = value_outcome(frame_of(PLAN), -found.appraisal.npv, given)
    assert view.gained_discounted == pytest.approx(exact.discounted)
    assert view.gained_health_rate == pytest.approx(exact.discounted_health)
    assert view.icer == pytest.approx(exact.icer)
    assert view.nmb is not None
    assert view.nmb[0] == pytest.approx(exact.nmb[0])
    assert view.break_even_gain == pytest.approx(exact.break_even_gain_per_client)
    assert view.sentence.index("Net monetary benefit") < view.sentence.index(" for each QALY")


def test_there_is_no_ratio_where_it_would_mislead() -> None:
    harm = replace(QALY, gain=-0.01)
    (view,) = answer(replace(PLAN, outcomes=(harm,))).further.outcomes
    assert (view.quadrant, view.icer) == ("NW", None)
    assert "for each QALY" not in view.sentence


def test_an_outcome_without_a_worth_has_no_net_benefit() -> None:
    steps = replace(QALY, kind="natural unit", unit="falls avoided")
    (view,) = answer(replace(PLAN, outcomes=(steps,))).further.outcomes
    assert view.nmb is None
    assert view.cloud is None
    assert "is not given, so no net benefit can be said" in view.sentence


def test_the_draws_give_the_plane_and_the_probability_at_each_threshold() -> None:
    ranged = replace(QALY, gain_low=0.005, gain_high=0.02)
    (view,) = answer(replace(PLAN, outcomes=(ranged,))).further.outcomes
    assert view.cloud is not None
    assert len(view.cloud.thresholds) == len(view.cloud.probability) == 21
    assert view.cloud.probability[0] == 0
    assert list(view.cloud.probability) == sorted(view.cloud.probability)
    assert sum(count for _, count in view.cloud.quadrants) == view.cloud.draws
    assert view.cloud.optimal[0] == "Without the role"
    words = cloud_words(view)
    assert "£20,000" in words
    assert "£30,000" in words
    assert answer(replace(PLAN, outcomes=(ranged,))).further.outcomes[0].cloud == view.cloud


def test_scale_pays_loses_and_pays_again() -> None:
    plan = ScaleFacts("bed days", 130, 1343.2, 52_000_000, 4500, 6_000_000, 3_940_000, 45, posts_per_site=2)
    found = answer(replace(PLAN, scale=plan)).further.scale
    assert found is not None
    assert (found.found.first_viable, found.found.sustained_from) == (11, 31)
    assert (found.first_block_posts, found.first_block_sites) == (11, 6)
    assert found.sentence == (
        "Nothing can close before 11 posts at 6 sites together avoid one whole block. It first pays at 11 posts, "
        "loses again beyond that, and pays at every number from 31 on. A straight line without blocks would say "
        "3.6 posts: too hopeful."
    )
    assert "what a post costs a year" in scale_lacks(replace(plan, post_cost_pence=None))


def test_cheaper_staff_can_cost_more() -> None:
    time = StaffTimeFacts(4, 45, 5700, 5.2, 60, 3900)
    found = answer(replace(PLAN, staff_time=time)).further.staff_time
    assert found is not None
    assert found.found.change == pytest.approx(31.8)
    assert "£202.80 of staff time, £171.00 before: £31.80 more" in found.sentence
    assert "hourly cost −£70.76" in found.sentence
    assert "cost of an hour after" in staff_time_lacks(replace(time, hourly_after_pence=None))


def test_what_is_missing_is_said_and_nothing_is_guessed() -> None:
    found = answer().further
    assert (found.scale, found.staff_time, found.outcomes, found.posts) == (None, None, (), None)
    for what in ("outcomes", "scale", "staff time"):
        assert found.lacks(what)
    bare = answer(replace(PLAN, benefits=(), outcomes=(QALY,))).further
    assert bare.outcomes == ()
    assert "without a net value" in bare.lacks("outcomes")


def test_one_benefit_varied_leaves_the_flow_of_the_others_as_it_was() -> None:
    frame = frame_of(PLAN)
    costs, benefits = cost_items_of(PLAN), benefit_items_of(PLAN)
    first = flows(frame, costs, benefits)
    other = flows(frame, costs, [replace(benefits[0], attribution=Decimal("0.35"))])
    assert other.cost_flows["cost 1"] is first.cost_flows["cost 1"]
    assert other.present(other.monthly("value")) * 2 == pytest.approx(first.present(first.monthly("value")))


def test_a_period_of_gain_shorter_than_the_appraisal_counts_only_its_months() -> None:
    year = replace(QALY, start=START, end=date(2027, 9, 30))
    (view,) = answer(replace(PLAN, outcomes=(year,))).further.outcomes
    assert view.gained == pytest.approx(Decimal("3.75"))
