from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.economics.appraisal import BenefitItem, CostItem, Frame, flows
from analysis.economics.appraisal_results import appraise
from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics, ViewKey
from analysis.periods import month
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import CostKind, Direction, MeasureKind, Purpose, Timeline
from tests.analysis.making import ATTENDANCES, make_series

START = date(2024, 4, 1)
PAY = CostLineFacts(1, "Pay", "pay", CostKind.ANNUAL, 3_600_000, "2024-25", START, "Trust", date(2027, 3, 31))
KIT = CostLineFacts(2, "Laptop", "equipment", CostKind.ONE_OFF, 100_000, "2024-25", START, "Trust")
VISITS = BenefitLineFacts(1, "A&E attendances", None, Direction.DECREASE, 60, 50, 30_000, "2024-25", "ICB")
FULL = replace(VISITS, deadweight="0.2", attribution="0.5", cashability="0.25", cashability_reason="One session closed")


def answer(
    *, costs: tuple[CostLineFacts, ...] = (PAY, KIT), benefits: tuple[BenefitLineFacts, ...] = (FULL,)
) -> RoleEconomics:
    facts = AppraisalFacts(START, 36, "2024-25", costs=costs, benefits=benefits, deflator={"2024-25": 100.0})
    return role_economics(facts, [], Timeline(date(2024, 4, 8)))


def test_break_even_needs_only_the_cost_of_the_role_and_a_unit_cost() -> None:
    held = answer(benefits=(VISITS,))
    assert held.yearly_cost == 36_000
    assert held.break_even[0].volume_a_month == 10
    assert held.views == ()
    assert held.break_even_sentence == (
        "A full year costs £36,000. On A&E attendances alone the role pays for itself at 10.0 a month."
    )


def test_no_net_value_is_given_before_what_would_have_happened_anyway_is_said() -> None:
    lines = (
        replace(FULL, deadweight=None),
        replace(FULL, attribution=None),
        replace(FULL, before=None),
        replace(FULL, unit_cost_pence=None),
    )
    assert [answer(benefits=(line,)).views for line in lines] == [()] * 4


def test_three_answers_stand_apart_and_cash_is_never_more_than_all_public_value() -> None:
    held = answer()
    cash, public = held.views
    counted = Decimal(10) * Decimal("0.8") * Decimal("0.5")
    assert held.break_even[0].counted_a_month == counted
    assert held.appraisal is not None
    assert held.appraisal.undiscounted_benefits == counted * 300 * 36
    assert held.appraisal.undiscounted_cash_releasing == counted * 75 * 36
    assert cash.net < public.net
    assert public.low <= public.net <= public.high
    assert held.view(ViewKey.WIDER) is None


def test_a_cost_not_known_is_counted_and_named_not_taken_as_nothing() -> None:
    held = answer(costs=(PAY, replace(KIT, id=3, label="Supervision", amount_pence=None)))
    assert held.not_known == ("Supervision",)
    assert "1 cost not known" in held.worth_it


def test_a_price_year_without_an_index_withholds_every_net_value() -> None:
    held = answer(costs=(replace(PAY, price_year="1999-00"),))
    assert held.withheld == ("1999-00",)
    assert (held.views, held.yearly_cost) == ((), None)


def test_costs_outside_the_horizon_give_no_break_even_and_say_why() -> None:
    held = answer(costs=(replace(PAY, start=date(2034, 4, 1), end=date(2035, 3, 31)),), benefits=(VISITS,))
    assert (held.yearly_cost, held.break_even) == (None, ())
    assert held.break_even_sentence.startswith("No planned cost can be counted in the 36 months from April 2024.")


def test_cost_per_contact_uses_the_same_months_for_money_and_contacts() -> None:
    months = tuple(month(2024, n) for n in range(4, 10))
    cost = replace(ATTENDANCES, name="Role cost", kind=MeasureKind.MONEY, purpose=Purpose.COST)
    money = make_series([3000, 3100, 3200, 3300, 3400, 3500], periods=months, measure=cost)
    seen = replace(ATTENDANCES, name="Contacts by the role", purpose=Purpose.PROCESS)
    contacts = make_series([10, 20, 30, 40, 50], periods=months[:5], measure=seen)
    facts = AppraisalFacts(START, 36, "2024-25", costs=(PAY,), deflator={})
    held = role_economics(facts, [money, contacts], Timeline(START))
    assert held.unit_costs[0].pounds == pytest.approx((3000 + 3100 + 3200 + 3300 + 3400) / 150)
    assert held.plan is not None
    assert (held.plan.compared, held.plan.planned_total, held.plan.actual_total) == (6, 18_000, 19_500)
    assert held.plan.sentence == "£19,500 was spent in 6 months, £1,500 more than planned."


AMOUNTS = st.decimals(min_value=1, max_value=100_000, places=2)
FRAME = Frame(START, 36, "2024-25", {}, "green_book", "year_start")


def a_cost(amount: Decimal) -> CostItem:
    return CostItem("pay", "annual", amount, "2024-25", "Trust", START, date(2027, 3, 31))


def a_benefit(unit: Decimal, **facts: object) -> BenefitItem:
    held = BenefitItem("visits", Decimal(60), Decimal(50), unit, "2024-25", "ICB", deadweight=Decimal("0.2"))
    return replace(held, **facts)  # type: ignore[arg-type]  # any part of a benefit line


@given(AMOUNTS, AMOUNTS)
def test_organisation_rows_sum_to_the_totals(cost: Decimal, unit: Decimal) -> None:
    found = appraise(FRAME, [a_cost(cost)], [a_benefit(unit, cashability=Decimal("0.3"))])
    rows = found.organisations.values()
    assert sum(row.net for row in rows) == pytest.approx(found.npv)
    assert sum(row.net_cash for row in rows) == pytest.approx(found.npv_cash)


@given(AMOUNTS, AMOUNTS)
def test_the_ratio_of_benefit_to_cost_does_not_depend_on_the_annual_timing(cost: Decimal, unit: Decimal) -> None:
    ratios = []
    for timing in ("year_start", "mid_year", "year_end"):
        frame = replace(FRAME, timing=timing)
        found = appraise(frame, [a_cost(cost)], [a_benefit(unit)])
        ratios.append(float(found.bcr or 0))
    assert ratios == pytest.approx([ratios[0]] * 3)


@given(AMOUNTS, st.integers(min_value=1, max_value=35))
def test_splitting_a_cost_at_any_month_changes_nothing(amount: Decimal, at: int) -> None:
    cut = month(2024 + (3 + at) // 12, (3 + at) % 12 + 1)
    whole = flows(FRAME, [a_cost(amount)], []).monthly("costs")
    first = replace(a_cost(amount), end=date.fromordinal(cut.start.toordinal() - 1))
    second = replace(a_cost(amount), id="later", start=cut.start)
    assert flows(FRAME, [first, second], []).monthly("costs") == whole


@given(AMOUNTS)
def test_doubling_every_line_doubles_the_answer(amount: Decimal) -> None:
    once = appraise(FRAME, [a_cost(amount)], [a_benefit(Decimal(300))])
    twice = appraise(FRAME, [a_cost(amount * 2)], [a_benefit(Decimal(600))])
    assert twice.npv == pytest.approx(once.npv * 2)
