"""What must hold for every appraisal, whatever its numbers: sums, orders, splits, scales."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.economics.appraisal_results import Appraisal, appraise
from analysis.economics.efficiency import efficiency
from analysis.economics.frontier import frontier
from analysis.economics.prices import price_rebase
from analysis.economics.simulation import simulate

START = date(2026, 10, 1)
FRAME = Frame(START, 36, "2026-27", {"2024-25": 100, "2025-26": 103, "2026-27": 105}, "green_book", "year_start")
MONEY = st.decimals("0.01", "900000", places=2)
SHARE = st.decimals("0", "1", places=3)
PAYERS = st.sampled_from(("Trust", "ICB", "Council"))
DAYS = st.dates(date(2026, 6, 1), date(2029, 12, 31))
YEARS = st.sampled_from(("2024-25", "2025-26", "2026-27"))


@st.composite
def a_cost(draw: st.DrawFn, number: int = 0) -> CostItem:
    kind = draw(st.sampled_from(("one_off", "annual", "monthly")))
    start = draw(DAYS)
    end = draw(st.one_of(st.none(), st.dates(start, date(2030, 6, 1))))
    return CostItem(
        f"cost {number}", kind, draw(MONEY), draw(YEARS), draw(PAYERS), start, end, draw(SHARE), draw(SHARE) / 10
    )


@st.composite
def a_benefit(draw: st.DrawFn, number: int = 0) -> BenefitItem:
    before = draw(st.decimals("0", "900", places=1))
    return BenefitItem(
        f"benefit {number}",
        before,
        draw(st.decimals("0", "900", places=1)),
        draw(MONEY),
        draw(YEARS),
        draw(PAYERS),
        draw(st.sampled_from(("decrease", "increase"))),
        draw(SHARE),
        draw(SHARE),
        draw(SHARE),
        draw(SHARE),
        draw(st.integers(0, 12)),
        draw(st.integers(0, 12)),
        draw(SHARE),
        draw(SHARE),
        None,
        draw(SHARE),
    )


COSTS = st.lists(a_cost(), min_size=1, max_size=4).map(
    lambda held: [replace(c, id=f"c{i}") for i, c in enumerate(held)]
)
BENEFITS = st.lists(a_benefit(), min_size=1, max_size=4).map(
    lambda held: [replace(line, id=f"b{at}") for at, line in enumerate(held)]
)


@given(a_benefit())
def test_a_benefit_that_fades_at_once_is_worth_its_first_year(line: BenefitItem) -> None:
    gone = replace(line, drop_off=Decimal(1), lag=0, ramp=0)
    kept = replace(gone, drop_off=Decimal(0))
    once, lasting = appraise(FRAME, [], [gone]).annual.benefits, appraise(FRAME, [], [kept]).annual.benefits
    assert once[0] == lasting[0]
    assert not any(once[1:])


def near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= Decimal("1e-12") * max(abs(one), abs(other), Decimal(1))


@given(COSTS, BENEFITS)
def test_what_organisations_pay_and_gain_sums_to_the_whole(costs: list[CostItem], benefits: list[BenefitItem]) -> None:
    found = appraise(FRAME, costs, benefits)
    rows = found.organisations.values()
    assert near(sum((row.pv_costs for row in rows), Decimal(0)), found.pv_costs)
    assert near(sum((row.pv_cash_releasing for row in rows), Decimal(0)), found.pv_cash_releasing)
    assert near(sum((row.net for row in rows), Decimal(0)), found.npv)
    assert near(sum((row.net_cash for row in rows), Decimal(0)), found.npv_cash)
    assert near(found.pv_cash_releasing + found.pv_non_cash_releasing, found.pv_benefits)


def headline(found: Appraisal) -> tuple[Decimal, ...]:
    return found.npv, found.npv_cash, found.pv_costs, found.pv_benefits


@given(COSTS, BENEFITS)
def test_the_order_of_lines_changes_nothing(costs: list[CostItem], benefits: list[BenefitItem]) -> None:
    first = headline(appraise(FRAME, costs, benefits))
    other = headline(appraise(FRAME, costs[::-1], benefits[::-1]))
    assert all(near(one, two) for one, two in zip(first, other, strict=True))


@given(a_cost(), st.integers(0, 1000))
def test_splitting_a_line_at_any_day_changes_nothing(line: CostItem, days: int) -> None:
    line = replace(line, kind="annual", end=line.end or date(2030, 6, 1))
    assert line.end is not None
    cut = min(line.start + timedelta(days=days), line.end)
    halves = [replace(line, id="first", end=cut), replace(line, id="second", start=cut + timedelta(days=1))]
    whole = appraise(FRAME, [line], []).pv_costs
    parts = appraise(FRAME, [half for half in halves if half.end is None or half.start <= half.end], []).pv_costs
    assert near(whole, parts)


@given(COSTS, a_benefit(), SHARE)
def test_the_net_value_is_linear_in_each_benefit(costs: list[CostItem], line: BenefitItem, share: Decimal) -> None:
    none, some, whole = (
        appraise(FRAME, costs, [replace(line, effect=at)]).npv for at in (Decimal(0), share, Decimal(1))
    )
    assert near(some, none + share * (whole - none))


@given(a_cost(), st.decimals("1", "900", places=1), MONEY)
def test_more_benefit_never_pays_back_later(cost: CostItem, volume: Decimal, unit: Decimal) -> None:
    cost = replace(cost, kind="one_off", start=START)
    line = BenefitItem("b", volume, Decimal(0), unit, "2026-27", "ICB")
    months = [appraise(FRAME, [cost], [replace(line, effect=Decimal(at))]).payback_month for at in (1, 2, 4)]
    known = [37 if month is None else month for month in months]
    assert known == sorted(known, reverse=True)


@given(MONEY, YEARS, YEARS)
def test_there_and_back_is_the_same_price(amount: Decimal, first: str, other: str) -> None:
    index = {"d": {"kind": "level", "values": {"2024-25": 100, "2025-26": 103.2388, "2026-27": 105.3095}}}
    out = price_rebase(amount, [{"index": "d", "from_year": first, "to_year": other}], index).amount
    back = price_rebase(out, [{"index": "d", "from_year": other, "to_year": first}], index).amount
    assert near(back, amount)


POSITIVE = st.floats(0.1, 500)
SIDE = st.fixed_dictionaries(
    {"contacts_per_client": POSITIVE, "minutes_per_contact": POSITIVE, "rate_per_hour": POSITIVE}
)


@given(SIDE, SIDE)
def test_the_parts_of_a_change_in_cost_sum_to_it(before: dict[str, float], after: dict[str, float]) -> None:
    found = efficiency(before, after)
    for parts in (found.parts, found.parts_shapley):
        whole = parts.contacts + parts.minutes + parts.rate
        assert whole == pytest.approx(found.change, rel=1e-9, abs=1e-7 * max(1.0, found.cost_per_client_before))


@given(COSTS, BENEFITS)
def test_with_nothing_uncertain_the_draws_are_the_one_answer(
    costs: list[CostItem], benefits: list[BenefitItem]
) -> None:
    found, drawn = appraise(FRAME, costs, benefits), simulate(FRAME, costs, benefits, [], draws=20, seed=3)
    scale = float(found.pv_costs + abs(found.pv_benefits)) + 1
    assert drawn.net.tolist() == pytest.approx([float(found.npv)] * 20, abs=1e-9 * scale)
    assert drawn.net_cash.tolist() == pytest.approx([float(found.npv_cash)] * 20, abs=1e-9 * scale)


OPTION = st.tuples(st.integers(0, 100_000), st.integers(0, 1000))


@given(st.lists(OPTION, min_size=2, max_size=6, unique=True))
def test_an_option_that_is_always_worse_changes_no_ratio(points: list[tuple[int, int]]) -> None:
    options = [{"name": f"o{at}", "cost": float(cost), "effect": float(gain)} for at, (cost, gain) in enumerate(points)]
    worst = {
        "name": "worse",
        "cost": max(cost for cost, _ in points) + 1.0,
        "effect": min(gain for _, gain in points) - 1.0,
    }
    alone = {one.name: (one.status, one.icer) for one in frontier(options).options}
    beside = {one.name: (one.status, one.icer) for one in frontier([*options, worst]).options}
    assert beside.pop("worse")[0] == "dominated"
    assert beside == alone
