"""The twenty checks of a reviewer: each can stand either way, and each says where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analysis.economics.reviewer import Beside, ReviewerCheck, Standing, checks_sentence, reviewer_checks
from analysis.economics.role_economics import role_economics
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts, PayLineFacts, PayRates
from analysis.vocabulary import CostKind, CostPhase, Direction, Timeline

START = date(2026, 10, 1)
RATES = {"2026-27": PayRates(Decimal("0.15"), Decimal(5000), Decimal("0.1438"), Decimal("0.094"))}
POST = PayLineFacts(
    1, "Navigators", CostPhase.AFTER, 3_115_700, "2026-27", 2, "0.8", START, "Trust", evidence_grade="A"
)
COSTS = tuple(
    CostLineFacts(
        at, name, name, kind, 120_000, "2026-27", START, "Trust", optimism_bias="0.1", evidence_grade="B",
        low_pence=100_000,
    )
    for at, (name, kind) in enumerate(
        (("supervision", CostKind.ANNUAL), ("overheads", CostKind.ANNUAL), ("set-up", CostKind.ONE_OFF)), 1
    )
)  # fmt: skip
BENEFIT = BenefitLineFacts(
    1, "A&E attendances", 5, Direction.DECREASE, 62, 50, 28_000, "2026-27", "ICB", deadweight="0.25", attribution="0.7",
    cashability="0.2", cashability_reason="A session closes", marginal_share="0.6", optimism_bias="0.1",
    evidence_grade="C", what_stops="A session", who_decides="Director", decide_by=date(2027, 3, 31),
    deadweight_source="Trend before launch", attribution_source="Other schemes in the area",
)  # fmt: skip
FULL = AppraisalFacts(START, 36, "2026-27", costs=COSTS, benefits=(BENEFIT,), pay=(POST,), pay_rates=RATES)
BESIDE = Beside(alternatives=2, comparators=1, unpriced_measures=3)
UNIT_COSTS = 17


def checks(facts: AppraisalFacts = FULL, beside: Beside = BESIDE) -> dict[int, ReviewerCheck]:
    held = role_economics(facts, [], Timeline(START))
    return {check.number: check for check in reviewer_checks(held, beside)}


def test_a_full_plan_meets_every_check_but_the_one_that_needs_recorded_spend() -> None:
    found = checks()
    assert sorted(found) == list(range(1, 21))
    assert [at for at, check in found.items() if check.standing is not Standing.MET] == [UNIT_COSTS]
    assert checks_sentence(tuple(found.values())).startswith("19 of 20 met, 0 partly, 1 not met.")


def test_a_share_without_its_source_is_met_in_part_and_none_at_all_is_not_met() -> None:
    half = replace(BENEFIT, attribution_source="")
    assert checks(replace(FULL, benefits=(half,)))[8].standing is Standing.PARTLY
    none = replace(half, deadweight_source="", displacement="0.1")
    found = checks(replace(FULL, benefits=(none,)))[8]
    assert (found.standing, found.words) == (
        Standing.NOT_MET, "0 of 3 shares on the benefits say where they come from."
    )  # fmt: skip


def test_an_empty_plan_is_told_where_each_check_is_mended() -> None:
    found = checks(AppraisalFacts(START, 36, "2026-27"), Beside(0, 0, 0))
    met = {at for at, check in found.items() if check.standing is Standing.MET}
    assert met == {6, 10, 12, 18}
    assert {check.where for check in found.values()} == {
        "Case for the role", "Results", "Benefits", "Costs", "Pay", "Assumptions",
    }  # fmt: skip


def benefit(**facts: object) -> AppraisalFacts:
    return replace(FULL, benefits=(replace(BENEFIT, **facts),))  # type: ignore[arg-type]  # parts of a benefit line


@pytest.mark.parametrize(
    ("number", "facts", "standing"),
    [
        (3, replace(FULL, costs=COSTS[:2]), Standing.PARTLY),
        (4, benefit(recipient=""), Standing.PARTLY),
        (5, benefit(price_year="1999-00"), Standing.NOT_MET),
        (7, benefit(optimism_bias="0"), Standing.PARTLY),
        (8, benefit(attribution=None), Standing.NOT_MET),
        (8, benefit(attribution_source=""), Standing.PARTLY),
        (9, replace(FULL, costs=COSTS[1:]), Standing.PARTLY),
        (10, benefit(who_decides=""), Standing.NOT_MET),
        (11, benefit(marginal_share="1"), Standing.PARTLY),
        (12, replace(FULL, benefits=(BENEFIT, replace(BENEFIT, id=2, label="Again"))), Standing.NOT_MET),
        (12, replace(FULL, costs=(replace(COSTS[0], category="pay"), *COSTS[1:])), Standing.NOT_MET),
        (13, benefit(unit_cost_pence=None), Standing.NOT_MET),
        (14, replace(FULL, costs=tuple(replace(line, low_pence=None) for line in COSTS)), Standing.PARTLY),
        (15, benefit(deadweight=None), Standing.NOT_MET),
        (16, benefit(evidence_grade=""), Standing.PARTLY),
        (19, benefit(decide_by=None), Standing.NOT_MET),
    ],
)
def test_what_is_left_out_shows_in_its_check(number: int, facts: AppraisalFacts, standing: Standing) -> None:
    assert checks(facts)[number].standing is standing


def test_a_comparator_or_an_alternative_alone_meets_half_of_the_counterfactual() -> None:
    assert checks(beside=Beside(0, 1, 0))[1].standing is Standing.PARTLY
    assert checks(beside=Beside(0, 0, 0))[1].standing is Standing.NOT_MET
    assert checks(beside=Beside(0, 0, 0))[20].standing is Standing.PARTLY


def test_how_much_money_rests_on_ledgers_is_said_without_a_figure_that_gives_pay_back() -> None:
    assert checks()[16].words == "6 of 6 lines are graded; most of the money rests on ledgers or budgets."
