"""A ledger extract as monthly money, before and after launch."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.vocabulary import MeasureKind
from importers.collecting import collect
from importers.plans import propose
from tests.importers.sheets import csv_of, xlsx_of

HEAD = "Date,Cost centre,Subjective code,Subjective description,Narrative,Amount"
ROWS = (
    "03/04/2023,E101,5101,Agency staff,Invoice 1,100.10",
    "28/04/2023,E101,5101,Agency staff,Invoice 2,200.20",
    "28/04/2023,E101,5101,Agency staff,Credit note,-50.30",
    "15/05/2023,E101,5101,Agency staff (rates),Invoice 3,400.00",
    "15/05/2023,E101,5205,Travel,Mileage,£25.50",
    "16/06/2023,E101,5205,Travel,Mileage,30",
)


def test_transactions_are_added_up_for_each_month_and_cost_line(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "\n".join((HEAD, *ROWS))))
    ready = collect(plan).ready
    assert [(o.measure.name, o.period.code, o.value) for o in ready] == [
        ("Agency staff (5101)", "2023-04", pytest.approx(250.0)),
        ("Agency staff (5101)", "2023-05", 400.0),
        ("Travel (5205)", "2023-05", 25.5),
        ("Travel (5205)", "2023-06", 30.0),
    ]
    assert {o.measure.kind for o in ready} == {MeasureKind.MONEY}
    assert (ready[0].cell, ready[0].raw) == ("F2", "250.00 = sum of 3 rows, F2 to F4")


def test_what_was_added_up_is_said_plainly(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "\n".join((HEAD, *ROWS)))
    (issue,) = inspection.issues
    assert "6 rows were added up to one amount for each month and Subjective description" in issue.message


def test_several_cost_centres_are_asked_about_and_kept_apart(tmp_path: Path) -> None:
    other = [row.replace("E101", "E202") for row in ROWS]
    plan = propose(csv_of(tmp_path, "\n".join((HEAD, *ROWS, *other))))
    (question,) = plan.questions
    assert (question.choices, "cost centres" in question.ask) == (("E101", "E202"), True)
    assert len(collect(plan, {question.key: "E202"}).ready) == 4


def test_debit_and_credit_are_netted_and_total_rows_are_left_out(tmp_path: Path) -> None:
    rows = [
        ("Period", "Account", "Debit", "Credit"),
        ("Apr-23", "Staff", 100, ""),
        ("Apr-23", "Staff", "", 40),
        ("May-23", "Staff", 70, ""),
        ("May-23", "Total", 999, ""),
    ]
    ready = collect(propose(xlsx_of(tmp_path, rows))).ready
    assert [(o.period.code, o.value) for o in ready] == [("2023-04", 60), ("2023-05", 70)]


def test_an_amount_that_cannot_be_read_is_named_with_the_sum_that_lacks_it(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "\n".join((HEAD, *ROWS, "20/06/2023,E101,5205,Travel,Mileage,about ten")))
    fix = next(issue for issue in inspection.issues if issue.level == "fix")
    assert fix.cell == "F8"
    assert "The sum of Travel in June 2023 lacks it" in fix.message


def test_names_of_people_in_a_ledger_never_come_in(tmp_path: Path) -> None:
    head = HEAD.replace("Narrative", "Surname")
    inspection = csv_of(tmp_path, "\n".join((head, *(row.replace("Invoice", "Birchwood") for row in ROWS))))
    assert [p.kind for p in inspection.personal_data] == ["name"]
    assert "Birchwood" not in str(inspection)
    assert len(collect(propose(inspection)).ready) == 4


DOUBTFUL = (
    "03/04/2023,E101,5101,Agency staff,Invoice 1,100",
    "05/04/2023,E101,5101,Agency staff,Invoice 2,200",
    "04/05/2023,E101,5101,Agency staff,Invoice 3,400",
    "04/05/2023,E101,5205,Travel,Mileage,8",
)


def test_dates_that_can_be_read_both_ways_are_asked_about_and_each_answer_has_its_own_months(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "\n".join((HEAD, *DOUBTFUL))))
    (question,) = plan.questions
    assert (question.about, question.choices[question.preselected]) == ("A2", "Day first (3/4 is 3 April)")
    day_first = [(o.measure.name, o.period.code, o.value) for o in collect(plan).ready]
    assert day_first == [
        ("Agency staff (5101)", "2023-04", 300.0),
        ("Agency staff (5101)", "2023-05", 400.0),
        ("Travel (5205)", "2023-05", 8.0),
    ]
    month_first = [(o.period.code, o.value) for o in collect(plan, {question.key: "Month first"}).ready]
    assert month_first == [("2023-03", 100.0), ("2023-04", 400.0), ("2023-05", 200.0), ("2023-04", 8.0)]


def test_one_part_above_twelve_decides_the_order_of_the_whole_column(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "\n".join((HEAD, *DOUBTFUL, "28/06/2023,E101,5205,Travel,Mileage,3"))))
    assert plan.questions == ()
    assert collect(plan).ready[0].period.code == "2023-04"


def test_postings_that_each_have_a_date_of_their_own_are_added_up_by_month(tmp_path: Path) -> None:
    rows = [f"{day:02}/{month:02}/2023,5101,Agency staff,{day}" for month in (4, 5) for day in (3, 14, 27)]
    ready = collect(propose(csv_of(tmp_path, "\n".join(("Date,Account code,Account description,Amount", *rows))))).ready
    assert [(o.period.code, o.value) for o in ready] == [("2023-04", 44.0), ("2023-05", 44.0)]


def test_a_date_that_does_not_exist_is_named_and_its_row_is_in_no_sum(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "\n".join((HEAD, *ROWS, "31/06/2023,E101,5205,Travel,Mileage,7")))
    fix = next(issue for issue in inspection.issues if issue.level == "fix")
    assert (fix.cell, "there is no such date" in fix.message) == ("A8", True)
    assert sum(o.value or 0 for o in collect(propose(inspection)).ready) == pytest.approx(705.5)
