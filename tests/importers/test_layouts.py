"""Layouts without a plain period column: years by months, whole-sheet periods, forms."""

from __future__ import annotations

from pathlib import Path

from tests.importers.sheets import MONTHS as M
from tests.importers.sheets import csv_of, points, xlsx_of

YEAR = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
WARDS = [("W01", "Ash", 4, 40), ("W02", "Birch", 5, 50), ("W03", "Elm", "*", 60), ("", "Total", 12, 150)]


def test_financial_years_down_and_months_across_is_one_series(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Falls",), ("Year", *YEAR, "Total")]
    rows += [(f"20{y}/{y + 1}", *range(100 * y, 100 * y + 12), 99999) for y in (21, 22, 23)]
    inspection = xlsx_of(tmp_path, rows)
    (table,) = inspection.tables
    (series,) = table.series
    held = points(inspection)
    assert (table.layout, table.range, series.measure, len(held)) == ("matrix", "A2:M5", "Falls", 36)
    assert (held["2021-04"], held["2022-01"], held["2024-03"]) == (2100, 2109, 2311)
    assert table.cell(series, 12) == "B4"


def test_months_down_and_calendar_years_across_is_the_same_series(tmp_path: Path) -> None:
    months = ("January", "February", "March", "April")
    rows = [("Month", 2022, 2023), *((m, 10 + i, 20 + i) for i, m in enumerate(months))]
    inspection = xlsx_of(tmp_path, rows)
    assert inspection.tables[0].layout == "matrix"
    assert points(inspection) == {
        **{f"2022-0{i + 1}": 10 + i for i in range(4)},
        **{f"2023-0{i + 1}": 20 + i for i in range(4)},
    }


def test_a_matrix_with_measures_beside_the_years_has_a_series_for_each(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Measure", "Year", *YEAR)]
    rows += [
        (measure if y == 22 else "", f"20{y}/{y + 1}", *([10 * n + y] * 12))
        for n, measure in enumerate(("Falls", "Visits"))
        for y in (22, 23)
    ]
    (table,) = xlsx_of(tmp_path, rows).tables
    assert [(s.measure, len(s.values), s.values[0]) for s in table.series] == [("Falls", 24, 22), ("Visits", 24, 32)]


def test_a_sheet_of_organisations_takes_its_period_from_the_title(tmp_path: Path) -> None:
    rows = [("Falls by ward, April 2024",), ("Published 12 June 2024",), (), ("Code", "Ward", "Falls", "Beds"), *WARDS]
    inspection = xlsx_of(tmp_path, rows)
    (table,) = inspection.tables
    assert (table.layout, table.period_from, table.range) == ("snapshot", "A1", "A4:D8")
    held = inspection.as_json_tables()[0]["series"]
    falls = [(s["code"], s["organisation"], s["total"], *s["points"]) for s in held if s["measure"] == "Falls"]
    assert [(code, name, total) for code, name, total, *_ in falls] == [
        ("W01", "Ash", False),
        ("W02", "Birch", False),
        ("W03", "Elm", False),
        (None, "Total", True),
    ]
    assert (falls[0][3]["period"], falls[0][3]["cell"], falls[0][3]["value"]) == ("2024-04", "C5", 4)
    assert inspection.questions == ()
    assert any("A1" in issue.message and "April 2024" in issue.message for issue in inspection.issues)


def test_the_month_may_be_in_the_name_of_the_sheet_and_the_year_in_the_name_of_the_file(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from importers.examine import examine

    book = Workbook()
    book.remove(book.active)
    for number, name in enumerate(("April", "May", "June")):
        sheet = book.create_sheet(name)
        for row in (("Code", "Ward", "Falls"), ("W01", "Ash", 4 + number), ("W02", "Birch", 5 + number)):
            sheet.append(row)
    book.save(tmp_path / "falls 2024-25.xlsx")
    found = examine(tmp_path / "falls 2024-25.xlsx").tables
    codes = [r.written(r.period) for table in found for r in table.readings if r.period]
    assert codes == ["2024-04", "2024-05", "2024-06"]


def test_a_period_in_the_name_of_the_file_is_taken_and_must_be_checked(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Code,Ward,Falls\nW01,Ash,4\nW02,Birch,5\nW03,Elm,6\n", "falls-may-2024.csv")
    assert inspection.tables[0].period_from == "the name of the file"
    assert inspection.verdict == "warn"


def test_two_periods_near_the_table_are_a_question_and_none_is_too(tmp_path: Path) -> None:
    rows = [("Falls, April 2024",), ("Beds, June 2024",), ("Code", "Ward", "Falls", "Beds"), *WARDS]
    (question,) = xlsx_of(tmp_path, rows).questions
    assert question.choices == ("June 2024 (A2)", "April 2024 (A1)", "Leave this sheet out")
    (question,) = xlsx_of(tmp_path, rows[2:]).questions
    assert (question.choices, question.free) == (("Leave this sheet out",), "period")


def test_a_form_has_measures_down_and_its_period_and_place_in_labelled_cells(tmp_path: Path) -> None:
    rows = [
        ("Practice", "Elm Surgery"),
        ("Submission period", 46082),
        (),
        ("Metric Id", "Metric details", "Total", "Age group", "", ""),
        ("Metric Id", "Metric details", "", "18-19", "20-29", "80+"),
        ("O1", "Visits", 30, 10, 20, "None"),
        ("", "People", 300, 100, 200, 0),
        ("O2", "Falls", 3, 1, 2, 0),
    ]
    inspection = xlsx_of(tmp_path, rows, ["D4:F4", "A6:A7"])
    (table,) = inspection.tables
    series = inspection.as_json_tables()[0]["series"]
    assert (table.layout, table.header_rows, table.period_from) == ("snapshot", (4, 5), "B2")
    assert [s.measure for s in table.series] == ["O1 > Visits", "O1 > People", "O2 > Falls"]
    first = series[1]
    assert (first["organisation"], first["categories"]) == ("Elm Surgery", {"Column": "Age group > 18-19"})
    assert (first["points"][0]["period"], first["points"][0]["cell"]) == ("2026-03", "D6")
    assert series[3]["missing"][0]["meaning"] == "missing"


def test_a_line_that_is_the_sum_of_the_others_is_a_total_whatever_it_is_called(tmp_path: Path) -> None:
    rows = [("Month", "North", "South", "Everywhere", "Beds"), *((m, i, 2 * i, 3 * i, 50) for i, m in enumerate(M, 4))]
    inspection = xlsx_of(tmp_path, rows)
    assert [(s.measure, s.total) for s in inspection.tables[0].series] == [
        ("North", False),
        ("South", False),
        ("Everywhere", False),
        ("Beds", False),
    ]
    assert [s.total for s in xlsx_of(tmp_path, [row[:4] for row in rows]).tables[0].series] == [False, False, True]
