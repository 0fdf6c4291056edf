"""The grammar of periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import periods
from importers.grammar import Kind, parse_period_text, read_period, read_period_text

APRIL_2019 = [
    "April 2019",
    "Apr-19",
    "APR2019",
    "2019-04",
    "2019/04",
    "04/2019",
    "201904",
    "RTT-April-2019",
    "Apr '19",
    "April  2019 (r)",
    "Apr-19p",
    "April\n2019",
    "Apr 2019 [note 3]",
    "Apr-2019†",
    "Mth 1 2019/20",
    "M01 19-20",
    "Month 1 (April) 2019-20",
]


@pytest.mark.parametrize("text", APRIL_2019)
def test_every_form_of_a_month_is_that_month(text: str) -> None:
    assert parse_period_text(text) == periods.month(2019, 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2019/20 Q1", "2019-Q2"),
        ("Q1 2019/20", "2019-Q2"),
        ("2019-20 Qtr 1", "2019-Q2"),
        ("Quarter 4 2019-20", "2020-Q1"),
        ("Apr-Jun 2019", "2019-Q2"),
        ("Nov-Jan 1972", "1971-11-01/1972-01-31"),
        ("July 2012 to June 2014", "2012-07-01/2014-06-30"),
        ("2019/20", "FY2019-20"),
        ("1999/00", "FY1999-00"),
        ("2015 to 2016", "FY2015-16"),
        ("2021-22 financial year", "FY2021-22"),
        ("2013", "2013"),
        ("w/c 01/04/2019", "W/C 2019-04-01"),
        ("W/E 07/04/2019", "W/C 2019-04-01"),
        ("2019-W14", "W/C 2019-04-01"),
        ("Wk 14 2019", "W/C 2019-04-01"),
        ("2003-12-29/2004-01-04", "W/C 2003-12-29"),
        ("4th March, 2012", "2012-03-04"),
        ("30-04-20", "2020-04-30"),
        ("03/04/2024", "2024-04-03"),
    ],
)
def test_a_text_has_one_canonical_period(text: str, code: str) -> None:
    period = parse_period_text(text)
    assert period is not None
    assert period.code == code


@pytest.mark.parametrize(
    "text", ["15-44", "01-14", "2 to 7 Days", "65-69", "5/0", "10-15", "Total", "Q21,6", "", "March staffing", "1,234"]
)
def test_age_bands_and_words_are_not_periods(text: str) -> None:
    assert read_period_text(text) is None


def test_an_impossible_date_is_a_period_with_a_problem_and_never_rolls_over() -> None:
    reading = read_period_text("31/04/2023")
    assert reading is not None
    assert reading.period is None
    assert "no such date" in reading.problem


def test_a_doubtful_date_keeps_both_readings() -> None:
    reading = read_period_text("03/04/2023")
    assert reading is not None
    assert reading.other is not None
    assert (reading.period, reading.other.start) == (
        periods.Period(date(2023, 4, 3), date(2023, 4, 3)),
        date(2023, 3, 4),
    )
    assert parse_period_text("03/04/2023", day_first=False) == reading.other


def test_a_footnote_mark_is_cut_off_and_kept() -> None:
    reading = read_period_text("Dec-2011 (1)")
    assert reading is not None
    assert reading.period == periods.month(2011, 12)
    assert reading.note == "(1)"


def test_a_prefix_does_not_eat_the_first_month_of_a_span() -> None:
    reading = read_period_text("Jan-Mar 1971")
    assert reading is not None
    assert reading.kind is Kind.SPAN
    assert reading.period == periods.quarter(1971, 1)


def test_a_month_name_needs_a_year() -> None:
    reading = read_period_text("Sept")
    assert reading is not None
    assert (reading.period, reading.number) == (None, 9)


@given(st.dates(date(1990, 1, 1), date(2067, 12, 31)))
def test_any_date_is_read_back_from_the_ways_people_write_it(day: date) -> None:
    one_day = periods.Period(day, day)
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"{day:%d-%b-%Y}"):
        assert parse_period_text(text) == one_day
    month = periods.month_of(day)
    for text in (f"{day:%B %Y}", f"{day:%b-%Y}", f"{day:%Y-%m}" if day.year % 100 + 1 != day.month else f"{day:%b %Y}"):
        assert parse_period_text(text) == month


@given(st.dates(date(1990, 1, 1), date(2067, 12, 31)))
def test_canonical_labels_are_read_back(day: date) -> None:
    for period in (periods.month_of(day), periods.financial_year(day.year), periods.Period(day, day)):
        assert parse_period_text(period.label) == period
    week = periods.week_starting(day)
    assert parse_period_text(f"w/c {day:%d/%m/%Y}") == week
    assert parse_period_text(f"week ending {day + timedelta(6):%d %B %Y}") == week


@given(st.text(max_size=30))
def test_no_text_breaks_the_grammar(text: str) -> None:
    reading = read_period_text(text)
    assert reading is None or reading.period is None or reading.period.start <= reading.period.end


@given(st.floats())
def test_no_number_breaks_the_grammar(number: float) -> None:
    reading = read_period(number)
    assert reading is None or reading.weak
