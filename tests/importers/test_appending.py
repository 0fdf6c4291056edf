"""Many sheets and many files as one table: appended on the organisation's code, with one mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from importers.answers import check_answers
from importers.collecting import collect, of_interest
from importers.examine import examine
from importers.inspection import Inspection
from importers.plans import LEAVE_OUT, NEW, propose
from importers.recipes import Recipe
from tests.importers.sheets import TODAY, csv_of

HEADER = ("Code", "Practice", "Falls", "Visits")


def book_of(folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "book.xlsx") -> Inspection:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return examine(folder / name, today=TODAY)


def monthly(falls: int, elm: str = "Elm Surgery") -> list[Sequence[object]]:
    return [HEADER, ("A001", "Ash Surgery", 50, 60), ("B002", elm, falls, falls * 10), ("", "Total", 99, 990)]


def test_sheets_of_months_are_one_series_for_the_organisation_with_the_same_code(tmp_path: Path) -> None:
    sheets = {"Apr 24": monthly(4), "May 24": monthly(5, "The Elm Surgery"), "Jun 24": monthly(6)}
    plan = propose(book_of(tmp_path, sheets), organisation="Elm")
    (question,) = plan.questions
    assert question.choices == ("Ash Surgery (A001)", "Elm Surgery (B002)", "Total")
    ready = collect(plan).ready
    assert [(o.measure.name, o.period.code, o.value, o.cell) for o in ready] == [
        ("Falls", "2024-04", 4, "Apr 24!C3"),
        ("Visits", "2024-04", 40, "Apr 24!D3"),
        ("Falls", "2024-05", 5, "May 24!C3"),
        ("Visits", "2024-05", 50, "May 24!D3"),
        ("Falls", "2024-06", 6, "Jun 24!C3"),
        ("Visits", "2024-06", 60, "Jun 24!D3"),
    ]


def test_one_decision_holds_for_every_appended_sheet(tmp_path: Path) -> None:
    plan = propose(book_of(tmp_path, {"Apr 24": monthly(4), "May 24": monthly(5)}), organisation="Elm")
    assert [target.measure.name for target in of_interest(plan)] == ["Falls", "Visits"]
    plan = plan.with_target(of_interest(plan)[1].key, LEAVE_OUT)
    assert {o.measure.name for o in collect(plan).ready} == {"Falls"}


def test_sheets_with_the_same_headings_about_different_things_stay_apart(tmp_path: Path) -> None:
    rows = {
        "1a": [("Table 1a: adults, April 2024",), *monthly(4)],
        "1b": [("Table 1b: children, April 2024",), *monthly(7)],
    }
    plan = propose(book_of(tmp_path, rows), organisation="Elm")
    assert {(t.action, t.measure.name) for t in plan.targets} == {
        (NEW, "Falls (1a)"),
        (NEW, "Visits (1a)"),
        (NEW, "Falls (1b)"),
        (NEW, "Visits (1b)"),
    }
    assert len({question.key for question in plan.questions}) == 2


def test_a_second_value_for_a_month_from_another_sheet_is_held_and_never_silent(tmp_path: Path) -> None:
    sheets = {"Apr 24": monthly(4), "April 2024": monthly(9)}
    collected = collect(propose(book_of(tmp_path, sheets), organisation="Elm"))
    assert [o.value for o in collected.ready] == [4, 40]
    assert [(i.cell, i.raw) for i in collected.fix] == [("April 2024!C3", "9"), ("April 2024!D3", "90")]
    assert "already, from Apr 24!C3 with 4" in collected.fix[0].message


def test_a_saved_answer_follows_the_code_into_next_months_sheet(tmp_path: Path) -> None:
    plan = propose(book_of(tmp_path, {"Apr 24": monthly(4)}))
    (question,) = plan.questions
    recipe = Recipe.from_json(plan.as_recipe("Monthly", {question.key: "B002"}).as_json())
    later = propose(book_of(tmp_path, {"May 24": monthly(5, "Elm Tree Surgery")}), recipe=recipe)
    assert later.fingerprint == recipe.fingerprint
    assert [(o.measure.name, o.value) for o in collect(later).ready] == [("Falls", 5), ("Visits", 50)]


def test_a_saved_answer_whose_choice_is_gone_is_asked_again(tmp_path: Path) -> None:
    plan = propose(book_of(tmp_path, {"Apr 24": monthly(4)}))
    recipe = plan.as_recipe("Monthly", {plan.questions[0].key: "B002"})
    rows = [HEADER, ("A001", "Ash Surgery", 50, 60), ("C003", "Oak Surgery", 1, 2), ("D004", "Yew Surgery", 3, 4)]
    later = propose(book_of(tmp_path, {"May 24": rows}), recipe=recipe)
    assert later.answers == {}


def test_a_period_can_be_typed_where_none_is_named(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Code,Practice,Falls\nA001,Ash,4\nB002,Elm,5\nC003,Oak,6\n"), organisation="Elm")
    question = plan.questions[0]
    assert collect(plan).ready == ()
    (held,) = collect(plan, {question.key: "April 2016"}).ready
    assert (held.period.code, held.period_code, held.value) == ("2016-04", "2016-04", 5)


def test_an_answer_that_names_no_choice_is_refused_with_the_choices(tmp_path: Path) -> None:
    plan = propose(csv_of(tmp_path, "Date,Falls\n03/04/2023,4\n04/05/2023,5\n06/07/2023,6\n"))
    with pytest.raises(UserProblem, match="no answer to") as caught:
        check_answers(plan.questions, {plan.questions[0].key: "sideways"})
    assert "Day first" in caught.value.hint
    with pytest.raises(UserProblem, match="no question 'nonsense'"):
        check_answers(plan.questions, {"nonsense": "1"})


def test_a_measure_called_total_number_is_taken_from_a_snapshot(tmp_path: Path) -> None:
    rows = [("Code", "Practice", "Total number of visits"), ("A001", "Ash", 5), ("B002", "Elm", 6), ("C003", "Oak", 7)]
    (held,) = collect(propose(book_of(tmp_path, {"Apr 24": rows}), organisation="Elm")).ready
    assert (held.measure.name, held.value) == ("Total number of visits", 6)


def test_headings_that_differ_only_in_case_are_one_series_asked_about_once(tmp_path: Path) -> None:
    shouted = [("CODE", "PRACTICE", "FALLS", "VISITS"), *monthly(5)[1:]]
    plan = propose(book_of(tmp_path, {"Apr 24": monthly(4), "May 24": shouted}), organisation="Elm")
    assert len(plan.questions) == 1
    ready = collect(plan).ready
    assert [(o.measure.name, o.period.code, o.value) for o in ready if o.measure.name == "Falls"] == [
        ("Falls", "2024-04", 4),
        ("Falls", "2024-05", 5),
    ]
    assert {o.measure.name for o in ready} == {"Falls", "Visits"}
