"""Simulation: certain inputs give the certain answer, uncertain ones straddle it, and a seed gives one answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.economics.appraisal_results import appraise
from analysis.economics.pay_lines import lacking_of_pay, pay_items, yearly_cost
from analysis.economics.simulation import Range, simulate
from analysis.plan import PayLineFacts, PayRates
from analysis.vocabulary import CostPhase

START = date(2026, 10, 1)
FRAME = Frame(START, 36, "2026-27", {"2025-26": 100, "2026-27": 102}, "green_book", "year_start")
COSTS = [
    CostItem("pay", "annual", Decimal(63000), "2026-27", "Trust", START),
    CostItem("set-up", "one_off", Decimal(12000), "2025-26", "ICB", START, optimism_bias=Decimal("0.1")),
    CostItem("late", "monthly", Decimal(300), "2026-27", "ICB", date(2027, 1, 10), date(2028, 2, 20)),
]
D = Decimal
BENEFITS = [
    BenefitItem("a", D(62), D(50), D(280), "2025-26", "ICB", deadweight=D("0.25"), attribution=D("0.7"), lag=2, ramp=4),
    BenefitItem("b", D(180), D(150), D(40), "2026-27", "GP", cashability=D("0.2"), marginal_share=D("0.6")),
    BenefitItem(
        "c", D(640), D(520), D(25), "2026-27", "Council", drop_off=D("0.1"), cashability=D(1), block=D(400),
        optimism_bias=D("0.1"),
    ),
    BenefitItem("d", D(10), D(14), D(90), "2026-27", "Trust", improvement_direction="increase"),
]  # fmt: skip


def test_with_nothing_uncertain_every_draw_is_the_one_answer() -> None:
    found = simulate(FRAME, COSTS, BENEFITS, [], draws=40, seed=1)
    exact = appraise(FRAME, COSTS, BENEFITS)
    assert found.net.tolist() == pytest.approx([float(exact.npv)] * 40, abs=1e-6)
    assert found.net_cash.tolist() == pytest.approx([float(exact.npv_cash)] * 40, abs=1e-6)
    assert found.varied == 0
    assert found.public.sd == pytest.approx(0, abs=1e-6)


def test_ranges_straddle_the_answer_and_one_seed_gives_one_answer() -> None:
    ranges = [
        Range("pay", "amount", 56700, 63000, 69300),
        Range("a", "after", 45, 50, 55),
        Range("b", "unit_cost", 30, 40, 55),
        Range("c", "cashability", 0.5, 0.8, 1),
    ]
    runs = [simulate(FRAME, COSTS, BENEFITS, ranges, draws=4000, seed=seed) for seed in (7, 7, 8)]
    assert (runs[0].net == runs[1].net).all()
    assert not (runs[0].net == runs[2].net).all()
    exact = float(appraise(FRAME, COSTS, BENEFITS).npv)
    low, high = runs[0].public.centiles[0][1], runs[0].public.centiles[-1][1]
    assert low < exact < high
    assert abs(runs[0].public.mean - runs[2].public.mean) < 4 * np.hypot(
        runs[0].public.mcse_mean, runs[2].public.mcse_mean
    )
    assert runs[0].varied == 4


def test_a_draw_is_the_appraisal_of_its_inputs() -> None:
    ranges = [Range("pay", "amount", 70000, 70000, 70000), Range("c", "after", 500, 500, 500)]
    found = simulate(FRAME, COSTS, BENEFITS, ranges, draws=10, seed=3)
    moved = [CostItem("pay", "annual", D(70000), "2026-27", "Trust", START), *COSTS[1:]]
    changed = [*BENEFITS[:2], replace(BENEFITS[2], after=D(500)), BENEFITS[3]]
    exact = appraise(FRAME, moved, changed)
    assert found.net[0] == pytest.approx(float(exact.npv), abs=1e-6)
    assert found.net_cash[0] == pytest.approx(float(exact.npv_cash), abs=1e-6)


def test_it_tells_how_far_it_is_and_can_be_called_off() -> None:
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share > 0.35:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(FRAME, COSTS, BENEFITS, [], draws=1000, seed=1, tick=stop)
    assert told == pytest.approx([0.1, 0.2, 0.3, 0.4])


def test_a_range_out_of_order_or_of_no_line_is_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        simulate(FRAME, COSTS, BENEFITS, [Range("pay", "amount", 3, 2, 4)], draws=10, seed=1)
    with pytest.raises(ValueError, match="not there: x"):
        simulate(FRAME, COSTS, BENEFITS, [Range("x", "amount", 1, 2, 4)], draws=10, seed=1)


RATES = {"2026-27": PayRates(D("0.15"), D(5000), D("0.1438"), D("0.094"))}
POSTS = PayLineFacts(1, "Navigators", CostPhase.AFTER, 3_115_700, "2026-27", 2, "0.8", START, "Trust")


def test_two_people_part_time_cost_what_the_reference_case_says() -> None:
    items = pay_items(POSTS, RATES)
    assert [(one.id, one.payer) for one in items] == [("pay 1", "Trust"), ("pay 1 central", "NHS England (central)")]
    assert items[0].amount == pytest.approx(D("62997.48256"))
    assert items[1].amount == pytest.approx(D("4686.0128"))


def test_vacancies_supplements_and_other_schemes_change_what_a_post_costs() -> None:
    plain = yearly_cost(POSTS, RATES)
    assert yearly_cost(replace(POSTS, vacancy="0.5"), RATES).basic == plain.basic / 2
    assert yearly_cost(replace(POSTS, area_supplement="0.2", unsocial="0.1"), RATES).basic == plain.basic * D("1.3")
    without = pay_items(replace(POSTS, scheme="none"), RATES)
    assert len(without) == 1
    assert without[0].amount == plain.basic + plain.ni
    council = replace(POSTS, scheme="LGPS", pension_share="0.2")
    assert pay_items(council, RATES)[0].amount == plain.basic + plain.ni + plain.basic * D("0.2")


def test_a_post_is_not_counted_until_everything_is_said() -> None:
    unknown = replace(POSTS, annual_pence=None, pay_year="2019-20", scheme="LGPS")
    assert lacking_of_pay(unknown, RATES) == (
        "the annual pay",
        "on-cost rates for 2019/20",
        "the employer's pension rate",
    )
    assert pay_items(unknown, RATES) == []
    with pytest.raises(ValueError, match="Navigators lacks"):
        yearly_cost(unknown, RATES)
