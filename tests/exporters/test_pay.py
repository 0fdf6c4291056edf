"""Pay going out: lines of many people whole, of few never as a line, and what adds up still adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.economics.pay_lines import CENTRAL_PAYER
from analysis.plan import PayLineFacts, PayRates
from analysis.vocabulary import CostPhase
from exporters.choices import Choices
from exporters.declared import Formula, Sheet
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.workbook import write_workbook
from tests.exporters.making import LAUNCH, PLAN, counts, file_answer, role_answer

RATES = {"2024-25": PayRates(Decimal("0.138"), Decimal(9100), Decimal("0.1438"), Decimal("0.094"))}
POST = PayLineFacts(1, "Navigators", CostPhase.AFTER, 3_016_200, "2024-25", 2, "0.8", LAUNCH, "Trust", band="4")
BEFORE = replace(POST, id=2, label="Old post", phase=CostPhase.BEFORE, start=date(2023, 4, 1))
POSTS = replace(PLAN, pay=(POST, BEFORE), pay_rates=RATES)


def report(head_count: int, policy: str = "hes") -> Report:
    answer = role_answer(counts([20.0] * 25), plan=POSTS, head_count=head_count)
    return report_of(file_answer(answer), Choices(policy=policy, reason="for the team itself"))


def rows(held: Report, name: str) -> list[tuple[object, ...]]:
    (sheet,) = [one for one in all_sheets(held) if one.name == name]
    return list(sheet.rows)


def words_of(sheet: Sheet) -> str:
    return repr((sheet.lines, sheet.rows))


def test_posts_of_many_people_go_out_line_by_line_with_the_central_part() -> None:
    found = [row for row in rows(report(12), "Plan_costs") if row[3] == "pay" and "WTE" in str(row[2])]
    assert [(row[2], row[4]) for row in found] == [
        ("Navigators: 2 people at 0.8 WTE", "the role"),
        ("Old post: 2 people at 0.8 WTE", "the service before"),
    ]
    assert found[0][6] == pytest.approx(float(report(12).roles[0].economics.posts[0].cost.employer_total))  # type: ignore[union-attr]  # it has a cost
    assert CENTRAL_PAYER in {row[2] for row in rows(report(12), "By_organisation")}


@pytest.mark.parametrize("heads", [1, 7])
def test_no_pay_line_and_no_central_row_leaves_of_few_people(heads: int) -> None:
    held = report(heads)
    together = [row for row in rows(held, "Plan_costs") if "together" in str(row[2])]
    assert [(row[6], row[7]) for row in together] == [("[c]", "£50,000 to £100,000")] * 2
    assert [row[2] for row in rows(held, "By_organisation")] == ["Trust, with central bodies", "ICB"]
    cost = report(12).roles[0].economics.posts[0].cost
    assert cost is not None
    secrets = [f"{value:.0f}" for value in (cost.employer_total, cost.central_pension, cost.basic)]
    for sheet in all_sheets(held):
        text = words_of(sheet)
        assert not [secret for secret in (*secrets, "Navigators", "0.8 WTE") if secret in text], sheet.name


def test_organisations_still_sum_to_the_total_when_the_centre_is_folded_in() -> None:
    found = report(1).roles[0].economics.appraisal
    assert found is not None
    assert sum(row.pv_costs for row in found.organisations.values()) == pytest.approx(found.pv_costs)
    assert sum(row.net for row in found.organisations.values()) == pytest.approx(found.npv)


def test_without_protection_the_lines_of_one_person_are_shown() -> None:
    assert any("Navigators" in str(row[2]) for row in rows(report(1, "none"), "Plan_costs"))


def test_a_workbook_with_posts_passes_its_own_checks() -> None:
    for heads in (1, 12):
        made = [one for one in all_sheets(report(heads)) if one.name == "Checks"]
        assert {cell.value for row in made[0].rows for cell in row if isinstance(cell, Formula)} == {True}


def test_how_likely_a_saving_is_goes_out_with_its_seed_only_where_a_range_is_given() -> None:
    assert not [one for one in all_sheets(report(12)) if one.name == "Likelihood"]
    wide = replace(PLAN, benefits=(replace(PLAN.benefits[0], after_low=180.0, after_high=214.0),))
    answer = role_answer(counts([20.0] * 25), plan=wide)
    held = report_of(file_answer(answer), Choices())
    found = answer.economics.likelihood
    assert found is not None
    first = rows(held, "Likelihood")[0]
    assert first[3:6] == (found.public.p_positive, found.public.mcse_p, found.public.mean)
    assert first[-2:] == ("20160601", "A&E attendances, volume after")


def test_a_workbook_with_posts_and_a_simulation_is_written_and_passes_its_checks(tmp_path: Path) -> None:
    wide = replace(POSTS, benefits=(replace(PLAN.benefits[0], after_low=180.0, block_units=100.0),))
    answer = role_answer(counts([20.0] * 25), plan=wide)
    assert write_workbook(file_answer(answer), Choices(), tmp_path / "summary.xlsx").path.exists()


@pytest.mark.parametrize("heads", [1, 12])
def test_what_a_reviewer_will_look_for_goes_out_without_a_figure_of_pay(heads: int) -> None:
    found = rows(report(heads), "Reviewer_checks")
    assert [row[2] for row in found] == list(range(1, 21))
    assert {str(row[4]) for row in found} <= {"met", "partly", "not met"}
    assert not [row for row in found if "£" in str(row[5]) and "nearest £100" not in str(row[5])]
