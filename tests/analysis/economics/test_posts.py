"""Posts in the appraisal of a role: counted with on-costs for each person, or named as not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analysis.economics.pay_lines import CENTRAL_PAYER
from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics
from analysis.plan import AppraisalFacts, BenefitLineFacts, PayLineFacts, PayRates
from analysis.vocabulary import CostPhase, Direction, Timeline

START = date(2026, 10, 1)
RATES = {"2026-27": PayRates(Decimal("0.15"), Decimal(5000), Decimal("0.1438"), Decimal("0.094"))}
POST = PayLineFacts(1, "Navigators", CostPhase.AFTER, 3_115_700, "2026-27", 2, "0.8", START, "Trust", band="4")
AVOIDED = BenefitLineFacts(
    1, "A&E attendances", None, Direction.DECREASE, 62, 50, 28_000, "2026-27", "ICB", deadweight="0.25", attribution="1"
)


def answer(*posts: PayLineFacts) -> RoleEconomics:
    facts = AppraisalFacts(START, 12, "2026-27", benefits=(AVOIDED,), pay=posts, pay_rates=RATES)
    return role_economics(facts, [], Timeline(START))


def test_posts_alone_give_the_cost_of_the_role_and_the_centre_stands_apart() -> None:
    held = answer(POST)
    assert held.yearly_cost == pytest.approx(Decimal("67683.49538"))
    assert held.appraisal is not None
    rows = {name: float(row.pv_costs) for name, row in held.appraisal.organisations.items() if row.pv_costs}
    assert rows == {"Trust": pytest.approx(62_997.48256), CENTRAL_PAYER: pytest.approx(4_686.0128)}
    assert held.labels["pay 1 central"] == "Navigators, pension paid centrally"


def test_a_post_from_the_middle_of_a_month_counts_by_its_days() -> None:
    whole, part = answer(POST), answer(replace(POST, start=date(2026, 10, 17), end=date(2026, 10, 31)))
    assert whole.yearly_cost is not None
    assert part.yearly_cost == pytest.approx(whole.yearly_cost / 12 * 15 / 31)


def test_posts_of_the_service_before_are_shown_and_never_counted_as_cost_of_the_role() -> None:
    held = answer(POST, replace(POST, id=2, phase=CostPhase.BEFORE))
    assert held.yearly_cost == answer(POST).yearly_cost
    assert [post.cost is not None for post in held.posts] == [True, True]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"annual_pence": None}, "the annual pay"),
        ({"pay_year": "1999-00"}, "on-cost rates for 1999/00"),
        ({"scheme": "LGPS"}, "the employer's pension rate"),
    ],
)
def test_a_post_that_lacks_something_is_not_known_and_says_what(change: dict[str, str], words: str) -> None:
    held = answer(replace(POST, **change))  # type: ignore[arg-type]  # parts of a pay line
    assert (held.posts[0].cost, held.posts[0].lacking) == (None, (words,))
    assert held.not_known == ("Navigators",)
    assert held.yearly_cost is None
    assert held.withheld == ()
