"""Tables found in sheets of every common shape."""

from __future__ import annotations

from pathlib import Path

from tests.importers.sheets import MONTHS, csv_of, points, xlsx_of


def test_periods_down_and_measures_across_is_one_series_a_column(tmp_path: Path) -> None:
    inspection = xlsx_of(
        tmp_path, [("Month", "Falls", "Visits"), *((m, 10 + i, 100 + i) for i, m in enumerate(MONTHS))]
    )
    (table,) = inspection.tables
    assert (table.layout, table.range, table.frequency) == ("down", "A1:C7", "month")
    assert [series.measure for series in table.series] == ["Falls", "Visits"]
    assert points(inspection)["2023-04"] == 10
    assert inspection.verdict == "ok"


def test_periods_across_is_one_series_a_row(tmp_path: Path) -> None:
    inspection = xlsx_of(tmp_path, [("Measure", *MONTHS), ("Falls", *range(10, 16)), ("Visits", *range(20, 26))])
    (table,) = inspection.tables
    assert table.layout == "across"
    assert [series.measure for series in table.series] == ["Falls", "Visits"]
    assert table.value_range(table.series[1]) == "B3:G3"


def test_a_long_table_is_one_series_for_each_key(tmp_path: Path) -> None:
    rows = [f"{m},{o},Falls,{10 * i + j}" for i, m in enumerate(MONTHS) for j, o in enumerate(("North", "South"))]
    inspection = csv_of(tmp_path, "\n".join(["Month,Organisation,Indicator,Value", *rows]))
    (table,) = inspection.tables
    assert table.layout == "long"
    assert [(series.measure, series.organisation) for series in table.series] == [
        ("Falls", "North"),
        ("Falls", "South"),
    ]
    assert points(inspection, 1)["2023-05"] == 11


def test_title_rows_above_and_notes_below_are_left_out(tmp_path: Path) -> None:
    rows = [
        ("Falls, Elm PCN",),
        (),
        ("Month", "Falls"),
        *((m, 9 + i) for i, m in enumerate(MONTHS)),
        (),
        ("Notes: none",),
    ]
    inspection = xlsx_of(tmp_path, rows)
    (table,) = inspection.tables
    assert table.header_rows == (3,)
    assert [(part.range, part.reason) for part in inspection.sheets[0].left_out] == [
        ("A1:B1", "title or notes above the table"),
        ("A11:B11", "notes below the table"),
    ]


def test_merged_headings_over_columns_are_joined(tmp_path: Path) -> None:
    rows = [("", "Admissions", "", "Falls"), ("Month", "Planned", "Urgent", "All"), *((m, 1, 2, 3) for m in MONTHS)]
    (table,) = xlsx_of(tmp_path, rows, ["B1:C1"]).tables
    assert [series.measure for series in table.series] == ["Admissions > Planned", "Admissions > Urgent", "Falls > All"]


def test_months_take_their_year_from_the_column_beside_them(tmp_path: Path) -> None:
    rows = [("Year", "Month", "Falls"), ("2023/24", "Feb", 5), ("", "Mar", 6), ("2024/25", "Apr", 7), ("", "May", 8)]
    assert list(points(xlsx_of(tmp_path, rows))) == ["2024-02", "2024-03", "2024-04", "2024-05"]


def test_week_endings_are_weeks_and_keep_their_rule(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Week ending,Falls\n07/04/2023,4\n14/04/2023,5\n21/04/2023,6\n")
    assert list(points(inspection)) == ["W/E 2023-04-07", "W/E 2023-04-14", "W/E 2023-04-21"]
    assert inspection.tables[0].frequency == "week"


def test_dates_on_the_first_of_a_month_are_months_and_need_no_question(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\n01/04/2023,4\n01/05/2023,5\n01/06/2023,6\n")
    assert list(points(inspection)) == ["2023-04", "2023-05", "2023-06"]
    assert inspection.questions == ()


def test_one_date_out_of_step_is_asked_about_and_preselected_to_fit(tmp_path: Path) -> None:
    days = ["01/01/2024", "01/02/2024", "01/03/2024", "01/04/2024", "05/01/2024", "01/06/2024", "01/07/2024"]
    inspection = csv_of(tmp_path, "Month,Falls\n" + "\n".join(f"{day},{i}" for i, day in enumerate(days, 1)))
    assert points(inspection)["2024-05"] == 5
    assert "05/01/2024" in inspection.questions[0].ask


def test_a_blank_cell_is_missing_and_never_zero(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,\nJun-23,0\n")
    assert points(inspection) == {"2023-04": 4, "2023-06": 0}
    (missing,) = inspection.as_json_tables()[0]["series"][0]["missing"]
    assert (missing["cell"], missing["raw"], missing["meaning"]) == ("B3", None, "blank")


def test_an_unreadable_cell_is_listed_with_its_address_and_a_proposal(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,12-\nJun-23,5\n")
    (issue,) = inspection.issues
    assert (issue.level, issue.cell) == ("fix", "B3")
    assert "12-" in issue.message
    assert "Is it 12?" in issue.hint
    assert inspection.verdict == "warn"


def test_a_total_row_inside_the_months_is_no_month(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,5\nTotal,9\nJun-23,6\n")
    assert points(inspection) == {"2023-04": 4, "2023-05": 5, "2023-06": 6}


def test_a_percent_format_makes_a_fraction(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from importers.examine import examine

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Month", "Seen in time"])
    for row, month in enumerate(MONTHS, 2):
        sheet.append([month, 0.9])
        sheet.cell(row, 2).number_format = "0.0%"
    book.save(tmp_path / "p.xlsx")
    (series,) = examine(tmp_path / "p.xlsx").tables[0].series
    assert (series.unit, series.scale) == ("fraction (show as %)", 100.0)
