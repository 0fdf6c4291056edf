"""An exact sum that money gives back is set beside what other exports show, its measure among it or left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.plan import FROM_MEASURE, CostLineFacts
from analysis.vocabulary import CostKind, MeasureFacts, MeasureKind, Purpose
from exporters.audit import refuse_narrowing
from exporters.choices import Choices
from exporters.declared import Cell, Sheet
from exporters.disclosure import believed
from exporters.kept import Kept
from exporters.protected_volumes import BENEFIT_WORDS
from exporters.register import earlier_of, shown_text
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from tests.analysis.making import make_series
from tests.exporters.making import AVOIDED, PLAN, REFERRALS, counts, file_answer, role_answer

SPEND = MeasureFacts(8, "Spend", MeasureKind.MONEY, "£", purpose=Purpose.COST)
AFTER = (6.0, 20.0, 20.0)
"""May to July: no value is below 5, and one is hidden by the policy for hospital statistics."""
VALUES = [*[30.0] * 12, 25.0, *AFTER]
TAKEN = replace(AVOIDED, id=2, label="Referrals avoided", measure_id=REFERRALS.id, method=FROM_MEASURE)
BY_REFERRAL = CostLineFacts(
    3, "Letters", "other", CostKind.PER_CONTACT, 250, "2024-25", date(2024, 4, 1), "Trust", measure_id=REFERRALS.id
)
DIVIDED = replace(PLAN, contacts_measure_id=REFERRALS.id)
PLANS = {
    "cost of each": DIVIDED,
    "benefit": replace(PLAN, benefits=(AVOIDED, TAKEN)),
    "cost": replace(PLAN, costs=(*PLAN.costs, BY_REFERRAL)),
}
WITH, WITHOUT = (REFERRALS.id, SPEND.id), (SPEND.id,)


def exported(policy: str, measures: tuple[int, ...], *earlier: Report, plan: str = "cost of each") -> Report:
    answer = role_answer(counts(VALUES), make_series([900.0] * len(VALUES), measure=SPEND), plan=PLANS[plan])
    kept = Kept(earlier=earlier_of([shown_text(one.roles) for one in earlier]))
    choices = Choices(measures=measures, audience="Team", policy=policy, group_small=False)
    made = report_of(file_answer(answer), choices, kept)
    refuse_narrowing(made)
    return made


def sheet(report: Report, name: str) -> Sheet:
    return next(one for one in all_sheets(report) if one.name == name)


def divided_by(report: Report) -> list[Cell]:
    """The exact counts after launch that amounts are divided by."""
    held = sheet(report, "Actual_costs")
    places = [column.key for column in held.columns]
    return [row[places.index("count")] for row in held.rows if "after launch" in str(row[places.index("of")])]


def may_can_be(report: Report, exact: float) -> range:
    """What the hidden value of May can be for who knows the exact sum of May to July and the two that are shown."""
    series = report.roles[0].series_of(REFERRALS.id)
    ranges = [
        believed(int(value), report.policy) if value == value else (0, round(exact))
        for value in series.shown.values[-2:]
    ]
    low, high = sum(one[0] for one in ranges), sum(one[1] for one in ranges)
    return range(max(1, round(exact) - high), min(report.policy.hide_up_to, round(exact) - low) + 1)


def test_a_cost_of_each_tells_the_sum_of_a_measure_that_is_left_out() -> None:
    first = exported("under5", WITHOUT)
    assert divided_by(first) == [sum(AFTER)]
    bare = exported("hes", WITH)
    assert may_can_be(bare, sum(AFTER)) != range(1, 8), "the sum and one table alone give the month away"
    second = exported("hes", WITH, first)
    assert may_can_be(second, sum(AFTER)) == range(1, 8)


def test_a_cost_of_each_is_withheld_and_that_is_said_where_an_earlier_export_hid_a_value_of_its_sum() -> None:
    first = exported("hes", WITH)
    assert first.roles[0].series_of(REFERRALS.id).hidden[-3]
    for measures in (WITH, WITHOUT):
        second = exported("under5", measures, first)
        assert divided_by(second) == []
        assert [line for line in sheet(second, "Actual_costs").lines if "cost of one contact is not shown" in line]
        assert "Cost_of_each" not in {one.name for one in all_sheets(second)} or not [
            row for row in sheet(second, "Cost_of_each").rows if row[2] == "contact"
        ]


@pytest.mark.parametrize("plan", ["benefit", "cost"])
def test_a_volume_of_a_measure_that_is_left_out_is_told_and_withheld_where_it_would_give_a_value_back(
    plan: str,
) -> None:
    alone = exported("under5", WITHOUT, plan=plan)
    assert alone.roles[0].economics.views
    told = alone.roles[0].beside[REFERRALS.id].told["people"]
    assert (46, 46) in {(one.low, one.high) for one in told}
    beside = exported("under5", WITHOUT, exported("hes", WITH, plan=plan), plan=plan)
    assert not beside.roles[0].economics.views
    assert beside.roles[0].beside[REFERRALS.id].told == {}
    if plan == "benefit":
        assert beside.roles[0].economics.worth_it.startswith(BENEFIT_WORDS)


def test_money_that_is_not_shown_tells_nothing() -> None:
    answer = role_answer(counts(VALUES), make_series([900.0] * len(VALUES), measure=SPEND), plan=DIVIDED)
    choices = Choices(measures=WITHOUT, policy="under5", money=False)
    assert shown_text(report_of(file_answer(answer), choices).roles) == ""


def test_an_exact_sum_that_is_shown_is_explained() -> None:
    notes = sheet(exported("under5", WITH), "Notes")
    assert any("exact sum" in str(cell) for row in notes.rows for cell in row)
