"""Shapes that teams send and no published file has: read as they are meant, or asked about, and nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from importers.collecting import collect
from importers.examine import examine
from importers.grids import Cell
from importers.inspection import Inspection
from importers.plans import propose
from tests.importers.sheets import TODAY, csv_of, points, xlsx_of

SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def merged(path: Path, rows: list[tuple[Cell, ...]], merges: tuple[str, ...], name: str = "Sheet") -> Inspection:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for area in merges:
        sheet.merge_cells(area)
    book.save(path / "odd.xlsx")
    return examine(path / "odd.xlsx", today=TODAY)


def test_years_over_sections_of_months_belong_to_the_months_below_them(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [("Month", "Admissions")]
    for year in (2022, 2023):
        rows += [(float(year), ""), *((name, 50.0 + at + year - 2022) for at, name in enumerate(SHORT)), ("", "")]
    inspection = xlsx_of(tmp_path, rows)
    held = points(inspection)
    assert (len(held), held["2022-01"], held["2023-12"]) == (24, 50, 62)
    assert [series.measure for series in inspection.tables[0].series] == ["Admissions"]


@pytest.mark.parametrize("years", [("2022-23", "2023-24"), ("2022/23", "2023/24")])
def test_quarters_numbered_beside_a_financial_year_are_financial_quarters(
    tmp_path: Path, years: tuple[str, str]
) -> None:
    lines = [f"{year},{quarter},{10 * quarter}" for year in years for quarter in (1, 2, 3, 4)]
    inspection = csv_of(tmp_path, "\n".join(("Year,Quarter,Falls", *lines)))
    assert inspection.questions == ()
    assert list(points(inspection).items())[3:5] == [("FY2022-23-Q4", 40), ("FY2023-24-Q1", 10)]


@pytest.mark.parametrize("quarter", ["{0}", "Q{0}"])
def test_quarters_beside_a_plain_year_are_asked_about(tmp_path: Path, quarter: str) -> None:
    lines = [f"{year},{quarter.format(at)},{10 * at}" for year in (2022, 2023) for at in (1, 2, 3, 4)]
    plan = propose(csv_of(tmp_path, "\n".join(("Year,Quarter,Falls", *lines))))
    (question,) = plan.questions
    assert "calendar quarters" in question.ask
    assert [o.period.start.isoformat() for o in collect(plan).ready][:2] == ["2022-01-01", "2022-04-01"]
    financial = collect(plan, {question.key: "Financial"}).ready
    assert [o.period.start.isoformat() for o in financial][:2] == ["2022-04-01", "2022-07-01"]


def test_numbered_months_beside_a_calendar_year_are_its_months(tmp_path: Path) -> None:
    lines = [f"{year},{month},{month + 20}" for year in (2022, 2023) for month in range(1, 13)]
    held = points(csv_of(tmp_path, "\n".join(("Year,Month number,Falls", *lines))))
    assert (len(held), held["2022-01"], held["2023-12"]) == (24, 21, 32)


def test_many_years_of_quarters_are_no_years_that_come_again(tmp_path: Path) -> None:
    lines = [f"{y}/{(y + 1) % 100:02},Q{quarter},{y - 2000}" for y in range(2010, 2024) for quarter in (1, 2, 3, 4)]
    inspection = csv_of(tmp_path, "\n".join(("Financial year,Quarter,Falls", *lines)))
    assert (inspection.tables[0].frequency, len(points(inspection))) == ("quarter", 56)


def test_figures_that_look_like_years_are_not_lost(tmp_path: Path) -> None:
    lines = [f"20{19 + at}/{20 + at},{2000 + at},{1900 + at}" for at in range(4)]
    (table,) = csv_of(tmp_path, "\n".join(("Time period,Visits,Lower limit", *lines))).tables
    assert [(s.measure, s.values) for s in table.series] == [
        ("Visits", [2000, 2001, 2002, 2003]),
        ("Lower limit", [1900, 1901, 1902, 1903]),
    ]


def test_number_and_percentage_under_each_month_are_two_measures(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [
        ("Practice", "Apr-23", "", "May-23", "", "Jun-23", ""),
        ("", "Number", "%", "Number", "%", "Number", "%"),
        ("Elm", 10.0, "50%", 11.0, "55%", 12.0, "60%"),
        ("Oak", 20.0, "40%", 21.0, "42%", 22.0, "44%"),
    ]
    inspection = merged(tmp_path, rows, ("B1:C1", "D1:E1", "F1:G1"))
    (table,) = inspection.tables
    assert [(s.measure, s.organisation, s.values) for s in table.series[:2]] == [
        ("Number", "Elm", [10, 11, 12]),
        ("%", "Elm", [50, 55, 60]),
    ]
    assert [issue.message for issue in inspection.issues if issue.level == "fix"] == []


def test_three_rows_of_merged_headings_with_units_make_one_path(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [
        ("Community nursing",),
        ("Period", "Activity", "", "", "Spend", ""),
        ("", "Face to face", "", "Telephone", "Staff", "Travel"),
        ("", "(contacts)", "(patients)", "(contacts)", "(£000)", "(£)"),
        *((date(2023, 4 + at, 1), 100.0 + at, 50.0, 20.0, 12.5 + at, 340.0) for at in range(6)),
    ]
    (table,) = merged(tmp_path, rows, ("B2:D2", "E2:F2", "B3:C3", "A2:A4")).tables
    assert [(s.measure, s.unit) for s in table.series] == [
        ("Activity > Face to face > (contacts)", ""),
        ("Activity > Face to face > (patients)", "patients"),
        ("Activity > Telephone > (contacts)", ""),
        ("Spend > Staff > (£000)", "£000"),
        ("Spend > Travel > (£)", "£"),
    ]


def test_a_councils_quarterly_return_takes_its_year_from_around_it(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [
        ("Adult social care quarterly return",),
        ("Quarter:", "Q2 2023/24"),
        (),
        ("Ref", "Indicator", "Unit", "Q1", "Q2", "Target"),
        ("A1", "Requests for support", "Number", 1204.0, 1311.0, 1200.0),
        ("A2", "Reablement episodes", "Number", 98.0, "103p", 100.0),
        ("A3", "Admissions 65+", "Number", "*", 12.0, 10.0),
    ]
    ready = collect(propose(merged(tmp_path, rows, (), "Q2 2023-24"))).ready
    assert {o.period_code for o in ready} == {"FY2023-24-Q1", "FY2023-24-Q2"}
    assert [(o.state.value, o.maturity.value) for o in ready if o.raw in ("103p", "*")] == [
        ("value", "provisional"),
        ("suppressed", "final"),
    ]


def test_weeks_with_their_rule_written_in_every_cell_stay_weeks_ending(tmp_path: Path) -> None:
    days = ("07/04/2024", "14/04/2024", "21/04/2024", "28/04/2024", "05/05/2024")
    sheet = "\n".join(("Weekly report", "", "W/E,Visits", *(f"W/E {day},{at + 40}" for at, day in enumerate(days))))
    assert list(points(csv_of(tmp_path, sheet)))[0::4] == ["W/E 2024-04-07", "W/E 2024-05-05"]
