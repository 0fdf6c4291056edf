"""Every form of a period: written and read again it is the same period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import periods
from analysis.periods import Period
from importers.grammar import parse_period_text, periods_in, read_period_text
from importers.resolving import resolve
from importers.sequences import Setting
from tests.importers.sheets import csv_of, points

DAYS = st.dates(date(2000, 1, 1), date(2067, 12, 31))
Form = tuple[Callable[[date], str], Callable[[date], Period]]


def ordinal(day: date) -> str:
    ending = "th" if 10 <= day.day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


def one_day(day: date) -> Period:
    return Period(day, day)


def fy(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def fy_text(day: date, between: str = "/", digits: int = 2) -> str:
    return f"{fy(day)}{between}{str(fy(day) + 1)[-digits:]}"


def financial_month(day: date) -> int:
    return (day.month - 4) % 12 + 1


def financial_quarter(day: date) -> int:
    return (financial_month(day) + 2) // 3


def span(day: date) -> Period:
    return Period(day.replace(day=1), periods.month_end(periods.add_months(day, 2)))


def span_end(day: date) -> date:
    return span(day).end


def iso(day: date, text: str) -> str:
    year, week, _ = day.isocalendar()
    return text.format(year=year, week=week)


def iso_period(day: date) -> Period:
    year, week, _ = day.isocalendar()
    return periods.iso_week(year, week)


def calendar_quarter(day: date) -> int:
    return (day.month + 2) // 3


def quarter_of(day: date) -> Period:
    return periods.quarter(day.year, calendar_quarter(day))


def quarter_of_fy(day: date) -> Period:
    return periods.financial_quarter(fy(day), financial_quarter(day))


def year_of(day: date) -> Period:
    return periods.financial_year(fy(day))


FORMS: dict[str, Form] = {
    "iso day": (lambda d: d.isoformat(), one_day),
    "iso day and time": (lambda d: f"{d.isoformat()} 00:00:00", one_day),
    "iso day, slashes": (lambda d: f"{d:%Y/%m/%d}", one_day),
    "day, slashes": (lambda d: f"{d:%d/%m/%Y}", one_day),
    "day, dots": (lambda d: f"{d:%d.%m.%Y}", one_day),
    "day, short year": (lambda d: f"{d:%d-%m-%y}", one_day),
    "day in words": (lambda d: f"{d.day} {d:%b}  {d.year}", one_day),
    "ordinal day": (lambda d: f"{ordinal(d)} {d:%B}, {d.year}", one_day),
    "weekday and day": (lambda d: f"{d:%A}, {d.day} {d:%B} {d.year}", one_day),
    "month first in words": (lambda d: f"{d:%B} {d.day}, {d.year}", one_day),
    "month in words": (lambda d: f"{d:%B} {d.year}", periods.month_of),
    "month in words, two spaces": (lambda d: f"{d:%B}  {d.year}", periods.month_of),
    "month, line break": (lambda d: f"{d:%B}\n{d.year}", periods.month_of),
    "month, short": (lambda d: f"{d:%b-%y}", periods.month_of),
    "month, joined": (lambda d: f"{d:%b}{d.year}".upper(), periods.month_of),
    "month, apostrophe": (lambda d: f"{d:%b} '{d:%y}", periods.month_of),
    "month with a prefix": (lambda d: f"RTT-{d:%B}-{d.year}", periods.month_of),
    "month in figures, year last": (lambda d: f"{d:%m/%Y}", periods.month_of),
    "year and month in words": (lambda d: f"{d.year} {d:%b}", periods.month_of),
    "financial month, M": (lambda d: f"M{financial_month(d):02d} {fy_text(d)}", periods.month_of),
    "financial month, Mth": (lambda d: f"Mth {financial_month(d)} {fy_text(d, '-')}", periods.month_of),
    "financial month, named": (lambda d: f"Month {financial_month(d)} ({d:%B}) {fy_text(d)}", periods.month_of),
    "financial month, year first": (lambda d: f"{fy_text(d)} Period {financial_month(d)}", periods.month_of),
    "financial year, slash": (fy_text, year_of),
    "financial year, long": (lambda d: fy_text(d, "-", 4), year_of),
    "financial year, to": (lambda d: fy_text(d, " to ", 4), year_of),
    "financial year, spaced": (lambda d: fy_text(d, " / "), year_of),
    "financial year, FY": (lambda d: f"FY{fy_text(d)}", year_of),
    "financial year, words": (lambda d: f"{fy_text(d, '-', 4)} financial year", year_of),
    "calendar year": (lambda d: str(d.year), lambda d: periods.year(d.year)),
    "financial quarter, year first": (lambda d: f"{fy_text(d)} Q{financial_quarter(d)}", quarter_of_fy),
    "financial quarter, year last": (lambda d: f"Q{financial_quarter(d)} {fy_text(d)}", quarter_of_fy),
    "financial quarter, Qtr": (lambda d: f"{fy_text(d, '-')} Qtr {financial_quarter(d)}", quarter_of_fy),
    "calendar quarter, year first": (lambda d: f"{d.year} Q{calendar_quarter(d)}", quarter_of),
    "calendar quarter, year last": (lambda d: f"Q{calendar_quarter(d)} {d.year}", quarter_of),
    "span of months": (lambda d: f"{d:%b}-{span_end(d):%b} {span_end(d).year}", span),
    "span of months, to": (lambda d: f"{d:%B} to {span_end(d):%B} {span_end(d).year}", span),
    "span of months and years": (lambda d: f"{d:%B %Y} to {span_end(d):%B %Y}", span),
    "span of days": (lambda d: f"{d.isoformat()}/{span_end(d).isoformat()}", lambda d: Period(d, span_end(d))),
    "span of days in words": (
        lambda d: f"{d.day} {d:%B %Y} to {span_end(d).day} {span_end(d):%B %Y}",
        lambda d: Period(d, span_end(d)),
    ),
    "week commencing": (lambda d: f"w/c {d:%d/%m/%Y}", periods.week_starting),
    "week commencing, wb": (lambda d: f"wb {d.day} {d:%b %Y}", periods.week_starting),
    "week commencing, words": (lambda d: f"Week commencing {d.day} {d:%B} {d.year}", periods.week_starting),
    "week ending": (lambda d: f"W/E {d:%d/%m/%Y}", periods.week_ending),
    "week ended": (lambda d: f"week ended {d.day} {d:%B} {d.year}", periods.week_ending),
    "iso week": (lambda d: iso(d, "{year}-W{week:02d}"), iso_period),
    "iso week, joined": (lambda d: iso(d, "{year}W{week:02d}"), iso_period),
    "iso week, words": (lambda d: iso(d, "Wk {week} {year}"), iso_period),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_period_written_in_a_form_is_read_back(name: str) -> None:
    write, meant = FORMS[name]

    @given(DAYS)
    def holds(day: date) -> None:
        assert parse_period_text(write(day)) == meant(day), write(day)

    holds()


@given(DAYS, st.sampled_from(["*", "†", " (1)", " [note 2]", " (r)", " (p)", "¹", " provisional"]))
def test_a_footnote_mark_is_cut_off_and_kept_in_every_form_that_ends_in_a_year(day: date, mark: str) -> None:
    reading = read_period_text(f"{day:%B %Y}{mark}")
    assert reading is not None
    assert reading.period == periods.month_of(day)
    assert reading.note


@given(
    DAYS, st.sampled_from(["month in words", "financial quarter, year last", "span of months and years", "week ending"])
)
def test_a_period_inside_a_sentence_is_found(day: date, name: str) -> None:
    write, meant = FORMS[name]
    (found,) = periods_in(f"Table 2: falls by ward, {write(day)}, England")
    assert found.period == meant(day)


@given(DAYS)
def test_dates_of_publication_and_revision_are_no_periods(day: date) -> None:
    for word in ("Published", "Last revised on", "Next update:", "Released"):
        assert periods_in(f"{word} {day.day} {day:%B %Y}") == []


@given(st.integers(2000, 2060), st.integers(1, 12), st.integers(4, 24))
def test_any_run_of_overlapping_quarters_is_rolling_and_one_that_does_not_overlap_is_not(
    year: int, number: int, count: int
) -> None:
    starts = [periods.add_months(date(year, number, 1), step) for step in range(count)]
    texts = [FORMS["span of months and years"][0](day) for day in starts]
    readings = [reading for text in texts if (reading := read_period_text(text)) is not None]
    setting = Setting(today=date(2090, 1, 1))
    assert all(r.note == "rolling" for r in resolve(tuple(readings), setting).readings)
    apart = resolve(tuple(readings[::3]), setting)
    assert all(r.note == "" for r in apart.readings)


def test_rolling_quarters_are_marked_said_and_not_called_quarters(tmp_path: Path) -> None:
    texts = ("Jan-Mar 2023", "Feb-Apr 2023", "Mar-May 2023", "Apr-Jun 2023")
    inspection = csv_of(tmp_path, "Period,Falls\n" + "\n".join(f"{text},{i}" for i, text in enumerate(texts, 5)))
    assert inspection.tables[0].frequency == "rolling quarter"
    assert any("overlap" in issue.message for issue in inspection.issues)
    assert len(points(inspection)) == 4


def test_a_digit_glued_to_a_short_year_is_a_footnote_only_where_it_fits(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\nNov-18,4\nDec-18,5\nJan-193,6\nFeb-19,7\n")
    assert points(inspection) == {"2018-11": 4, "2018-12": 5, "2019-01": 6, "2019-02": 7}
    inspection = csv_of(tmp_path, "Month,Falls\nNov-18,4\nDec-18,5\nJan-553,6\nFeb-19,7\n")
    assert list(points(inspection)) == ["2018-11", "2018-12", "2019-02"]


def test_thirteen_periods_in_a_year_are_not_months(tmp_path: Path) -> None:
    rows = "\n".join(f"2023/24,Period {i},{i}" for i in range(1, 14))
    inspection = csv_of(tmp_path, f"Year,Period,Falls\n{rows}\n")
    held = [points(inspection, table=number) for number in range(len(inspection.tables))]
    assert not any(code.startswith("2023-0") for one in held for code in one)
    assert inspection.verdict != "ok"
