"""Days, months and month numbers that name no year: what stands beside them gives it, or a person is asked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.collecting import collect
from importers.examine import examine
from importers.grammar import read_period_text
from importers.inspection import Inspection
from importers.numbered import numbered_periods
from importers.period_text import Kind
from importers.plans import propose
from tests.importers.sheets import TODAY, csv_of, points, xlsx_of

DAYS = [date(2024, 3, 25) + timedelta(at) for at in range(14)]
NUMBERS = range(1, 13)


def sitrep(folder: Path, header: list[str], *above: str) -> Inspection:
    rows = [[text] for text in above]
    figures = [["Attendances", *(200.0 + at for at in range(len(header)))], ["Beds", *(90.0 + at for at in range(14))]]
    return xlsx_of(folder, [*rows, ["Metric", *header], *figures])


def starts(inspection: Inspection, answers: dict[str, int | str] | None = None) -> list[str]:
    return [one.period.start.isoformat() for one in collect(propose(inspection), answers).ready]


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_day_without_a_year_is_read_back_with_its_day_of_the_week(day: date) -> None:
    for text in (f"{day:%a} {day.day} {day:%b}", f"{day:%A} {day:%d/%m}", f"{day:%A}, {day.day} {day:%B}"):
        reading = read_period_text(text)
        assert reading is not None
        assert (reading.kind, reading.number, reading.weekday) == (
            Kind.DAY_NAME,
            100 * day.month + day.day,
            day.isoweekday(),
        )
    bare = read_period_text(f"{day:%d-%b}")
    assert bare is not None
    assert (bare.number, bare.weekday) == (100 * day.month + day.day, 0)


@pytest.mark.parametrize("form", ["{0:%a} {0.day} {0:%b}", "{0.day}-{0:%b}", "{0:%a} {0:%d/%m}"])
def test_days_across_take_the_year_that_the_title_names(tmp_path: Path, form: str) -> None:
    found = sitrep(tmp_path, [form.format(day) for day in DAYS], "Daily SITREP, March 2024")
    assert found.questions == ()
    held = points(found)
    assert (len(held), held["2024-03-25"], held["2024-04-07"]) == (14, 200, 213)


def test_days_that_pass_new_year_go_on_into_the_next_year(tmp_path: Path) -> None:
    days = [date(2023, 12, 27) + timedelta(at) for at in range(14)]
    found = sitrep(tmp_path, [f"{day:%a} {day.day} {day:%b}" for day in days], "SITREP from December 2023")
    assert list(points(found))[::13] == ["2023-12-27", "2024-01-09"]


def test_where_nothing_names_the_year_only_years_in_which_the_weekdays_fall_so_are_offered(tmp_path: Path) -> None:
    found = sitrep(tmp_path, [f"{day:%a} {day.day} {day:%b}" for day in DAYS])
    (question,) = found.questions
    assert question.choices == ("25 March 2024", "25 March 2019")
    assert starts(found)[0] == "2024-03-25"


def test_weekdays_that_contradict_the_year_of_the_title_are_asked_about(tmp_path: Path) -> None:
    found = sitrep(tmp_path, [f"{day:%a} {day.day} {day:%b}" for day in DAYS], "Daily SITREP, March 2023")
    (question,) = found.questions
    assert "25 Mar 2023 is a Saturday, and the sheet says Monday" in question.ask
    assert question.choices[0] == "25 March 2024"


def test_a_column_called_month_counts_from_january_in_calendar_years(tmp_path: Path) -> None:
    lines = [f"{year},{number},{10 * number}" for year in (2022, 2023) for number in NUMBERS]
    found = csv_of(tmp_path, "\n".join(("Year,Month,Falls", *lines)))
    assert found.questions == ()
    assert list(points(found).items())[11:13] == [("2022-12", 120), ("2023-01", 10)]


def test_month_numbers_of_a_long_table_with_number_cells_are_one_series_for_each_place(tmp_path: Path) -> None:
    rows = [
        [year, number, site, 10.0 * number]
        for year in (2022.0, 2023.0)
        for number in map(float, NUMBERS)
        for site in "AB"
    ]
    (table,) = xlsx_of(tmp_path, [["Year", "Month", "Site", "Falls"], *rows]).tables
    assert [(one.organisation, len(one.values)) for one in table.series] == [("A", 24), ("B", 24)]


@pytest.mark.parametrize("numbers", [range(1, 13), range(3, 13)])
def test_month_numbers_in_financial_years_are_asked_about(tmp_path: Path, numbers: range) -> None:
    lines = [f"{year},{number},{10 * number}" for year in ("2022/23", "2023/24") for number in numbers]
    found = csv_of(tmp_path, "\n".join(("Financial year,Month,Falls", *lines)))
    (question,) = found.questions
    assert "Which month is number 1" in question.ask
    first = numbers[0]
    assert starts(found)[0] == f"2022-{first + 3:02}-01"
    january = starts(found, {question.key: 1})
    assert january[0] == f"{2023 if first < 4 else 2022}-{first:02}-01"


def test_month_numbers_that_turn_the_financial_year_after_3_count_from_january(tmp_path: Path) -> None:
    order = [*range(4, 13), 1, 2, 3]
    lines = [f"{year},{number},{10 * number}" for year in ("2022/23", "2023/24") for number in order]
    found = csv_of(tmp_path, "\n".join(("FY,Month,Falls", *lines)))
    assert found.questions == ()
    assert list(points(found).items())[8:10] == [("2022-12", 120), ("2023-01", 10)]


@pytest.mark.parametrize(("title", "asked"), [("Falls in 2022", 0), ("Falls in 2022/23", 1), ("Falls", 1)])
def test_month_numbers_without_a_year_column_take_it_from_the_title_or_ask(
    tmp_path: Path, title: str, asked: int
) -> None:
    lines = "\n".join(f"{number},{10 * number}" for number in NUMBERS)
    found = csv_of(tmp_path, f"{title},\n\nMonth,Falls\n{lines}\n")
    assert len(found.questions) == asked
    if not asked:
        assert list(points(found))[::11] == ["2022-01", "2022-12"]


def test_without_any_year_both_starts_of_the_count_are_offered(tmp_path: Path) -> None:
    lines = "\n".join(f"{number},{10 * number}" for number in NUMBERS)
    found = csv_of(tmp_path, f"Month,Falls\n{lines}\n")
    (question,) = found.questions
    assert question.choices[:4] == ("January 2026", "April 2026", "January 2025", "April 2025")
    assert starts(found, {question.key: 3})[::11] == ["2025-04-01", "2026-03-01"]


def test_months_that_come_newest_first_go_back_over_the_new_year(tmp_path: Path) -> None:
    found = csv_of(tmp_path, "Month,Falls\nMarch,3\nFebruary,2\nJanuary,1\nDecember,12\nNovember,11\n")
    (question,) = found.questions
    assert starts(found, {question.key: question.choices.index("March 2025")})[2:4] == ["2025-01-01", "2024-12-01"]


def test_months_over_two_years_are_not_forced_into_the_one_year_a_title_names(tmp_path: Path) -> None:
    months = "\n".join(f"{name},5" for name in ("October", "November", "December", "January", "February"))
    assert len(csv_of(tmp_path, f"Falls 2022,\n\nMonth,Falls\n{months}\n").questions) == 1


def test_a_number_with_a_control_character_beside_it_counts_as_any_other() -> None:
    read = numbered_periods(("Month", "\x1e3", "4"))
    assert [reading.number for reading in read.values()] == [3, 4]


MIXED = "Date,Falls\n13/04/2023,10\n04/14/2023,20\n05/04/2023,30\n20/04/2023,90\n"


def test_dates_in_two_orders_are_refused_by_their_cells_until_a_person_says_how_to_read_them(tmp_path: Path) -> None:
    found = csv_of(tmp_path, MIXED)
    (question,) = found.questions
    assert "13/04/2023 in A2 can only be day first, 04/14/2023 in A3 only month first" in question.ask
    assert "none of them can be trusted; 1 can be read both ways" in question.ask
    assert starts(found) == []
    assert starts(found, {question.key: 1}) == ["2023-04-13", "2023-04-05", "2023-04-20"]
    assert starts(found, {question.key: 2}) == ["2023-04-14", "2023-05-04"]


def test_what_does_not_fit_the_order_chosen_is_listed_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    plan = propose(examine(path, today=TODAY))
    listed = collect(plan, {plan.questions[0].key: 1}).fix
    assert [(issue.cell, issue.raw) for issue in listed] == [("A3", "04/14/2023")]
