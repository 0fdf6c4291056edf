"""Sheets of kinds that systems and teams export: pivot tables, finance rows with totals among months, spans, hours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from importers.collecting import collect
from importers.examine import examine
from importers.inspection import Inspection
from importers.plans import LEAVE_OUT, propose
from tests.importers.sheets import TODAY, csv_of, points, xlsx_of

YEAR = tuple(f"{date(2023, 4, 1) + timedelta(days=at * 31):%b-%y}" for at in range(12))


def series(inspection: Inspection) -> list[tuple[str, str | None, int]]:
    return [(one.measure, one.organisation, len(one.at)) for table in inspection.tables for one in table.series]


def test_a_label_that_a_pivot_table_writes_once_holds_for_the_rows_below_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Row Labels", "Month", "Falls"]]
    for site in ("Elm", "Oak"):
        rows += [[site if at == 0 else None, month, 10.0 + at] for at, month in enumerate(YEAR)]
        rows.append([f"{site} Total", None, 186.0])
    assert series(xlsx_of(tmp_path, rows)) == [("Falls", "Elm", 12), ("Falls", "Oak", 12)]


def test_a_blank_label_that_tells_rows_apart_stays_blank(tmp_path: Path) -> None:
    lines = [f"{month},{site},{10 + at}" for at, month in enumerate(YEAR) for site in ("Elm", "")]
    assert [found[1] for found in series(csv_of(tmp_path, "\n".join(("Month,Site,Falls", *lines))))] == ["Elm", ""]


FINANCE = ["Apr", "May", "Jun", "Q1", "Jul", "Aug", "Sep", "Q2", "YTD", "Plan"]


@pytest.mark.parametrize("corner", ["2024/25", "2024 to 2025", "FY25", None])
def test_quarters_among_months_move_no_year_and_the_year_may_stand_in_the_corner(
    tmp_path: Path, corner: str | None
) -> None:
    figures = [100.0, 101, 102, 303, 103, 104, 105, 312, 615, 600]
    plan = propose(xlsx_of(tmp_path, [[corner, *FINANCE], ["Pay", *figures], ["Other", *figures]]))
    sure = corner not in (None, "FY25")
    months = [one.period.start for one in collect(plan).ready if one.measure.name == "Pay"]
    assert [day.month for day in months] == [4, 5, 6, 7, 8, 9]
    assert {day.year for day in months} == ({2024} if sure else {2025})
    assert len(plan.questions) == (1 if sure else 2)


@pytest.mark.parametrize(
    ("heading", "first", "code"),
    [
        ("12 months ending", "Apr 2023", "2022-05-01/2023-04-30"),
        ("Rolling 12 months to", "Apr 2023", "2022-05-01/2023-04-30"),
        ("Year ended", "Apr 2023", "2022-05-01/2023-04-30"),
        ("3 months ending", "Apr 2023", "2023-02-01/2023-04-30"),
        ("Month ending", "Apr 2023", "2023-04"),
        ("Year to date", "Apr 2023", "2023-04"),
    ],
)
def test_a_heading_that_says_how_long_a_period_lasts_up_to_its_month_is_heeded(
    tmp_path: Path, heading: str, first: str, code: str
) -> None:
    lines = [f"{month} 2023,{at}" for at, month in enumerate(("Apr", "May", "Jun", "Jul"), 50)]
    found = csv_of(tmp_path, "\n".join((f"{heading},Rate (%)", *lines)))
    assert lines[0].startswith(first)
    assert next(iter(points(found))) == code


def test_a_financial_year_named_by_one_year_is_asked_about(tmp_path: Path) -> None:
    found = xlsx_of(tmp_path, [["Indicator", "FY22", "FY23", "FY24"], ["Falls", 10.0, 20.0, 30.0]])
    (question,) = found.questions
    assert "Which financial year is FY22" in question.ask
    first = [collect(propose(found), {question.key: choice}).ready[0].period.start.year for choice in (0, 1)]
    assert first == [2021, 2022]


def test_quarters_named_by_their_last_month_are_quarters(tmp_path: Path) -> None:
    text = "Quarter ending,Falls\nJune 2023,10\nSeptember 2023,12\nDecember 2023,14\nMarch 2024,11\n"
    assert list(points(csv_of(tmp_path, text)))[::3] == ["2023-Q2", "2024-Q1"]


def test_halves_of_a_financial_year_are_six_months(tmp_path: Path) -> None:
    lines = [f"H{half} {year}/{year % 100 + 1},{10 + half}\n" for year in (2022, 2023) for half in (1, 2)]
    text = "Period,Falls\n" + "".join(lines)
    assert list(points(csv_of(tmp_path, text)))[:2] == ["2022-04-01/2022-09-30", "2022-10-01/2023-03-31"]


def test_hours_tell_the_rows_of_a_day_apart_and_are_no_figures(tmp_path: Path) -> None:
    lines = [f"{day:02}/04/2024,{hour:02}:00,{day + hour}" for day in range(13, 20) for hour in (0, 12)]
    found = csv_of(tmp_path, "\n".join(("Date,Hour,Calls", *lines)))
    assert found.questions == ()
    assert [(one.measure, one.categories) for one in found.tables[0].series] == [
        ("Calls", (("Hour", "00:00"),)),
        ("Calls", (("Hour", "12:00"),)),
    ]


def test_a_baseline_before_the_periods_is_left_out_and_said_and_is_no_part_of_a_name(tmp_path: Path) -> None:
    header = ["Measure", "Baseline (2019/20)", "2020/21", "2021/22", "2022/23"]
    found = xlsx_of(tmp_path, [header, ["Falls", 100.0, 90.0, 80.0, 70.0], ["Visits", 10.0, 20.0, 30.0, 40.0]])
    assert [one.measure for one in found.tables[0].series] == ["Falls", "Visits"]
    assert "'Baseline (2019/20)' name no period and were left out" in found.issues[0].message


def test_the_number_of_a_week_beside_its_date_is_not_offered(tmp_path: Path) -> None:
    lines = [f"{14 + at},{date(2024, 4, 1) + timedelta(7 * at):%d/%m/%Y},{30 + at}" for at in range(8)]
    plan = propose(csv_of(tmp_path, "\n".join(("Week no,Week commencing,Referrals", *lines))))
    assert [(target.label, target.action == LEAVE_OUT) for target in plan.targets] == [
        ("Week no", True),
        ("Referrals", False),
    ]


def test_a_system_export_with_a_preamble_semicolons_and_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    lines = "".join(f'"{month}";"{1000 + at}";"{4 + at / 10:.1f}"\r\n' for at, month in enumerate(YEAR))
    head = '"Café clinic";"Falls"\r\n"Date range";"01/04/2023 - 31/03/2024"\r\n"";""\r\n'
    head += '"Month";"Contacts";"DNA (%)"\r\n'
    path.write_bytes((head + lines).encode("cp1252"))
    found = examine(path, today=TODAY)
    assert found.encoding == "cp1252"
    assert [(one.measure, one.unit, len(one.at)) for one in found.tables[0].series] == [
        ("Contacts", "", 12),
        ("DNA (%)", "%", 12),
    ]
