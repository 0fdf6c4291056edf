"""From a sheet to observations: proposals, answers, fixes, checks, recipes."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import periods
from analysis.vocabulary import MeasureFacts, MeasureKind, State
from importers.collecting import collect
from importers.plans import EXISTING, LEAVE_OUT, NEW, propose
from importers.recipes import Recipe
from tests.importers.sheets import MONTHS, csv_of, xlsx_of

FALLS = MeasureFacts(id=7, name="Falls", kind=MeasureKind.COUNT, unit="falls")
SEEN = MeasureFacts(id=8, name="Seen in 4 hours", kind=MeasureKind.PROPORTION, unit="%")


def test_an_obvious_table_needs_no_question_and_every_value_is_ready(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,0\nJun-23,6\n"), [FALLS])
    collected = collect(plan)
    assert plan.questions == ()
    assert [(o.period, o.value, o.cell, o.measure.id) for o in collected.ready] == [
        (periods.month(2023, 4), 4, "B2", 7),
        (periods.month(2023, 5), 0, "B3", 7),
        (periods.month(2023, 6), 6, "B4", 7),
    ]
    assert len(collected.sha256) == 64


def test_a_name_is_matched_in_any_case_and_a_strange_one_is_new(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,FALLS,Bed days\nApr-23,4,9\nMay-23,5,8\nJun-23,6,7\n"), [FALLS])
    assert [(target.action, target.measure.name) for target in plan.targets] == [(EXISTING, "Falls"), (NEW, "Bed days")]


def test_a_suppressed_value_keeps_its_bounds_and_text(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,Falls\nApr-23,<5\nMay-23,12\nJun-23,-\n"), [FALLS])
    first, _, last = collect(plan).ready
    assert (first.state, first.value, first.low, first.high, first.raw) == (State.SUPPRESSED, None, 0, 4, "<5")
    assert (last.state, last.value) == (State.MISSING_AT_SOURCE, None)


def test_an_unreadable_cell_waits_for_a_fix_and_takes_it(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,12-\nJun-23,6\n"), [FALLS])
    (issue,) = collect(plan).fix
    assert (issue.cell, issue.raw, issue.proposals[0], issue.period) == ("B3", "12-", "12", "May 23")
    mended = collect(plan, fixes={"B3": "12"})
    assert mended.fix == ()
    assert [o.value for o in mended.ready] == [4, 12, 6]
    assert len(collect(plan, fixes={"B3": ""}).ready) == 2


def test_a_value_ten_times_the_usual_is_held_for_a_check(tmp_path: Path) -> None:
    numbers = [18, 17, 19, 1890, 18, 17]
    plan = propose(
        csv_of(tmp_path, "Month,Falls\n" + "\n".join(f"{m},{n}" for m, n in zip(MONTHS, numbers, strict=True)))
    )
    collected = collect(plan)
    (issue,) = collected.check
    assert issue.cell == "B5"
    assert issue.proposals == ("189", "1890")
    assert len(collected.ready) == 5
    assert len(collected.accepted()) == 6


def test_a_series_that_grows_is_not_unusual(tmp_path: Path) -> None:
    numbers = [1, 2, 4, 80, 100, 120]
    plan = propose(
        csv_of(tmp_path, "Month,Falls\n" + "\n".join(f"{m},{n}" for m, n in zip(MONTHS, numbers, strict=True)))
    )
    assert collect(plan).check == ()


@pytest.mark.parametrize(("choice", "first"), [(0, "2023-04-03"), (1, "2023-03-04")])
def test_the_answer_about_day_and_month_moves_every_period(tmp_path: Path, choice: int, first: str) -> None:
    plan = propose(csv_of(tmp_path, "Date,Falls\n03/04/2023,4\n04/05/2023,5\n06/07/2023,6\n"))
    (question,) = plan.questions
    assert collect(plan, {question.key: choice}).ready[0].period.start.isoformat() == first


def test_the_year_of_months_without_one_is_an_answer(tmp_path: Path) -> None:
    heading = "Organisation,April,May,June,July,Aug,Sept,Oct,Nov,Dec,Jan,Feb,Mar,Total"
    text = f"{heading}\nTrust,10,11,12,13,14,15,16,17,18,19,20,21,186\n"
    plan = propose(csv_of(tmp_path, text))
    (question,) = plan.questions
    ready = collect(plan, {question.key: "April 2022"}).ready
    assert [(o.period.code, o.value) for o in (ready[0], ready[-1])] == [("2022-04", 10), ("2023-03", 21)]
    assert len(ready) == 12


@pytest.mark.parametrize(("choice", "value"), [(0, 120), (1, 125), (2, 245), (3, None)])
def test_two_values_for_a_period_are_settled_by_the_answer(tmp_path: Path, choice: int, value: float | None) -> None:
    plan = propose(csv_of(tmp_path, "Month,Falls\nApr-23,120\nApr-23,125\nMay-23,131\nJun-23,9\n"))
    (question,) = plan.questions
    assert collect(plan, {question.key: choice}).ready[0].value == value


def test_a_percentage_is_kept_as_a_share(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,Seen in 4 hours %\nApr-23,95\nMay-23,94\nJun-23,96\n"), [SEEN])
    (target,) = plan.targets
    assert target.measure.kind is MeasureKind.PROPORTION
    assert [o.value for o in collect(plan).ready] == pytest.approx([0.95, 0.94, 0.96])


def test_thousands_of_pounds_are_kept_in_pounds(tmp_path: Path) -> None:
    plan = propose(xlsx_of(tmp_path, [("Month", "Cost £000"), *((m, 12) for m in MONTHS)]))
    first = collect(plan).ready[0]
    assert (first.value, first.raw, first.measure.kind) == (12_000, "12", MeasureKind.MONEY)


def test_one_of_several_organisations_is_taken(tmp_path: Path) -> None:
    rows = [f"{m},{o},{10 * i + j}" for i, m in enumerate(MONTHS) for j, o in enumerate(("North", "South"))]
    inspection = csv_of(tmp_path, "\n".join(["Month,Organisation,Falls", *rows]))
    plan = propose(inspection, [FALLS], organisation="South PCN")
    assert [o.value for o in collect(plan).ready] == [1, 11, 21, 31, 41, 51]


def test_a_series_can_be_left_out(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Month,Falls,Visits\nApr-23,4,9\nMay-23,5,8\nJun-23,6,7\n"))
    plan = plan.with_target(plan.targets[1].key, LEAVE_OUT)
    assert {o.measure.name for o in collect(plan).ready} == {"Falls"}


def test_a_recipe_answers_for_next_months_file(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Date,Falls,Visits\n03/04/2023,4,1\n04/05/2023,5,2\n06/07/2023,6,3\n"), [FALLS])
    (question,) = plan.questions
    plan = plan.with_target(plan.targets[1].key, LEAVE_OUT)
    recipe = Recipe.from_json(plan.as_recipe("Monthly", {question.key: 1}).as_json())
    later = csv_of(tmp_path, "Date,Falls,Visits\n07/08/2023,7,1\n08/09/2023,8,2\n09/10/2023,9,3\n")
    again = propose(later, [FALLS], recipe=recipe)
    assert again.fingerprint == recipe.fingerprint
    assert not again.changes
    assert [(o.period.start.isoformat(), o.value) for o in collect(again).ready] == [
        ("2023-07-08", 7),
        ("2023-08-09", 8),
        ("2023-09-10", 9),
    ]


def test_a_renamed_heading_keeps_its_decision_under_a_question_and_every_change_is_named(tmp_path: Path) -> None:
    first = propose(csv_of(tmp_path, "Month,Falls,Bed days\nApr-23,4,9\nMay-23,5,8\nJun-23,6,7\n"), [FALLS])
    recipe = Recipe.from_json(first.as_recipe("Monthly").as_json())
    later = csv_of(tmp_path, "Month,All falls,Visits\nJul-23,4,1\nAug-23,5,2\nSep-23,6,3\n")
    plan = propose(later, [FALLS], recipe=recipe)
    assert plan.fingerprint != recipe.fingerprint
    assert plan.changes.sentences == (
        "Renamed: Falls is now All falls",
        "New in this file: Visits",
        "No longer in this file: Bed days",
    )
    (question,) = plan.questions
    assert [(o.measure.name, o.measure.id) for o in collect(plan).ready[:1]] == [("Falls", 7)]
    other = collect(plan, {question.key: "No"}).ready[0]
    assert (other.measure.name, other.measure.id) == ("All falls", None)
