"""Dates in three columns, and tables side by side that only the titles over them tell apart."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from importers.collecting import collect
from importers.inspection import Inspection
from importers.plans import propose
from tests.importers.sheets import csv_of, xlsx_of

FIRST = date(2024, 2, 20)
NAMES = ("Jan", "Feb", "March", "April")


def daily(folder: Path, *, named: bool = False, slip: int | None = None) -> Inspection:
    rows: list[list[object]] = [["Ward", "Year", "Month", "Day", "Falls"]]
    for at in range(30):
        on = FIRST + timedelta(at)
        month = NAMES[on.month - 1] if named else on.month
        rows.append(["Elm", on.year, month, 31 if at == slip else on.day, 100 + at])
    return xlsx_of(folder, rows)


@pytest.mark.parametrize("named", [False, True])
def test_year_month_and_day_in_three_columns_are_one_date(tmp_path: Path, named: bool) -> None:
    found = daily(tmp_path, named=named)
    (table,) = found.tables
    assert (table.frequency, [one.measure for one in table.series]) == ("day", ["Falls"])
    ready = collect(propose(found), {}).ready
    assert [(one.period.start, one.value) for one in ready] == [(FIRST + timedelta(at), 100 + at) for at in range(30)]


def test_a_day_that_is_none_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = daily(tmp_path, slip=3)
    assert len(collect(propose(found), {}).ready) == 29
    assert any("B5" in issue.cell for issue in found.issues)


def test_a_heading_alone_makes_no_dates_of_figures(tmp_path: Path) -> None:
    rows = "\n".join(f"{month} 24,{60 + at},{at},{7 * at}" for at, month in enumerate(NAMES))
    found = csv_of(tmp_path, f"Period,Year,Month,Day\n{rows}\n")
    assert [table.frequency for table in found.tables] == ["month"]


def test_tables_side_by_side_are_told_apart_by_the_titles_over_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [["North team", "", "", "", "South team", "", ""], []]
    rows.append(["Month", "Visits", "Calls", "", "Month", "Visits", "Calls"])
    rows += [[name + " 24", at, 10 + at, "", name + " 24", 20 + at, 30 + at] for at, name in enumerate(NAMES)]
    found = xlsx_of(tmp_path, rows)
    assert [table.title for table in found.tables] == ["North team", "South team"]
    plan = propose(found)
    names = [target.measure.name for target in plan.targets]
    assert names == ["Visits (North team)", "Calls (North team)", "Visits (South team)", "Calls (South team)"]
    (asked,) = [question for question in plan.questions if question.key.startswith("tables")]
    collected = collect(plan, {asked.key: asked.choices[0]})
    assert len(collected.ready) == 16
    assert not collected.fix


def test_one_title_over_both_tables_is_the_title_of_both(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Community teams"], []]
    rows.append(["Month", "Visits", "", "Month", "Calls"])
    rows += [[name + " 24", at, "", name + " 24", 20 + at] for at, name in enumerate(NAMES)]
    assert {table.title for table in xlsx_of(tmp_path, rows).tables} == {"Community teams"}
