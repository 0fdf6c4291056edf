"""Periods: the calendar stretches that observations belong to, and their canonical codes and labels.

A period is two calendar dates, both included; it is never an instant. A financial year runs from April to March.
Codes are those of `roleworth inspect --json`: `2019-04`, `2019-Q2`, `FY2019-20-Q1`, `FY2019-20`, `2019`,
`W/E 2019-04-05`, `W/C 2019-04-01`, `2019-W14`, `2019-04-30` and `start/end`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property


class Frequency(StrEnum):
    """How often a measure is recorded. Quarters and years share their dates with calendar or financial ones."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OTHER = "other"


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of calendar days, both ends included. Ordered by start, then end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            text = f"a period cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(text)

    def __hash__(self) -> int:
        """By the first day alone, which tells periods of one kind apart: periods are looked up all the time."""
        return hash(self.start)

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @cached_property
    def frequency(self) -> Frequency:
        """The frequency these dates stand for; OTHER when they fit none."""
        if self.days == 1:
            return Frequency.DAY
        if self.days == 7:
            return Frequency.WEEK
        if self.start.day == 1 and (self.end + timedelta(days=1)).day == 1:
            return {1: Frequency.MONTH, 3: Frequency.QUARTER, 12: Frequency.YEAR}.get(self.months, Frequency.OTHER)
        return Frequency.OTHER

    @property
    def months(self) -> int:
        """Number of calendar months touched, the first and the last included."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def code(self) -> str:
        """The canonical code; weeks are written by the day they start on."""
        match self.frequency:
            case Frequency.DAY:
                return self.start.isoformat()
            case Frequency.WEEK:
                return f"W/C {self.start.isoformat()}"
            case Frequency.MONTH:
                return f"{self.start:%Y-%m}"
            case Frequency.QUARTER if self.start.month in (1, 4, 7, 10):
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case Frequency.YEAR if self.start.month == 4:
                return f"FY{financial_year_label(self.start)}"
            case Frequency.YEAR if self.start.month == 1:
                return str(self.start.year)
            case _:
                return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def label(self) -> str:
        """Short label for a table or an axis: `Apr 24`, `Q2 2024`, `2024/25`, `w/c 1 Apr 24`."""
        match self.frequency:
            case Frequency.DAY:
                return f"{self.start.day} {_short(self.start)}"
            case Frequency.WEEK:
                return f"w/c {self.start.day} {_short(self.start)}"
            case Frequency.MONTH:
                return _short(self.start)
            case Frequency.QUARTER:
                return f"{month_name(self.start)[:3]} to {_short(self.end)}"
            case Frequency.YEAR if self.start.month == 4:
                return f"{self.start.year}/{self.end:%y}"
            case Frequency.YEAR if self.start.month == 1:
                return str(self.start.year)
            case _:
                return f"{date_label(self.start)} to {date_label(self.end)}"

    @property
    def long_label(self) -> str:
        """Label for a sentence or an export: `April 2024`; other periods as in `label`."""
        return month_label(self.start) if self.frequency is Frequency.MONTH else self.label

    def next(self) -> Period:
        """The period of the same kind that follows."""
        if self.frequency in (Frequency.DAY, Frequency.WEEK, Frequency.OTHER):
            step = timedelta(days=self.days)
            return Period(self.start + step, self.end + step)
        start = self.end + timedelta(days=1)
        return Period(start, month_end(add_months(start, self.months - 1)))


def month(year: int, number: int) -> Period:
    """The calendar month."""
    return Period(date(year, number, 1), month_end(date(year, number, 1)))


def month_of(day: date) -> Period:
    """The calendar month a day lies in."""
    return month(day.year, day.month)


def quarter(year: int, number: int) -> Period:
    """The calendar quarter, 1 to 4."""
    start = date(year, 3 * number - 2, 1)
    return Period(start, month_end(add_months(start, 2)))


def financial_quarter(first_year: int, number: int) -> Period:
    """Quarter 1 (April to June) to 4 (January to March of the second year) of a financial year."""
    start = add_months(date(first_year, 4, 1), 3 * (number - 1))
    return Period(start, month_end(add_months(start, 2)))


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def financial_year(first_year: int) -> Period:
    """April of the first year to March of the next."""
    return Period(date(first_year, 4, 1), date(first_year + 1, 3, 31))


def week_starting(day: date) -> Period:
    """Seven days from a day; the weekday is kept as given."""
    return Period(day, day + timedelta(days=6))


def week_ending(day: date) -> Period:
    """Seven days up to a day."""
    return Period(day - timedelta(days=6), day)


def iso_week(iso_year: int, number: int) -> Period:
    """ISO 8601 week, Monday to Sunday."""
    return week_starting(date.fromisocalendar(iso_year, number, 1))


def add_months(day: date, count: int) -> date:
    """The first of the month `count` months after the month of `day`."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def financial_year_label(day: date) -> str:
    """`2024-25` for any day from 1 April 2024 to 31 March 2025."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def date_label(day: date) -> str:
    """`8 Apr 2024`, for people."""
    return f"{day.day} {month_name(day)[:3]} {day.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_name(day: date) -> str:
    """`April`, in English whatever the computer's own language is."""
    return _MONTHS[day.month - 1]


def _short(day: date) -> str:
    return f"{month_name(day)[:3]} {day:%y}"


def month_label(day: date) -> str:
    """`April 2024`, for people."""
    return f"{month_name(day)} {day.year}"


_CODES: tuple[tuple[re.Pattern[str], Callable[[tuple[str, ...]], Period]], ...] = (
    (re.compile(r"(\d{4})-(\d{2})"), lambda g: month(int(g[0]), int(g[1]))),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda g: quarter(int(g[0]), int(g[1]))),
    (re.compile(r"FY(\d{4})-\d{2}-Q([1-4])"), lambda g: financial_quarter(int(g[0]), int(g[1]))),
    (re.compile(r"FY(\d{4})-\d{2}"), lambda g: financial_year(int(g[0]))),
    (re.compile(r"(\d{4})"), lambda g: year(int(g[0]))),
    (re.compile(r"W/E (\d{4}-\d{2}-\d{2})"), lambda g: week_ending(date.fromisoformat(g[0]))),
    (re.compile(r"W/C (\d{4}-\d{2}-\d{2})"), lambda g: week_starting(date.fromisoformat(g[0]))),
    (re.compile(r"(\d{4})-W(\d{2})"), lambda g: iso_week(int(g[0]), int(g[1]))),
    (re.compile(r"(\d{4}-\d{2}-\d{2})"), lambda g: Period(date.fromisoformat(g[0]), date.fromisoformat(g[0]))),
    (
        re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})"),
        lambda g: Period(date.fromisoformat(g[0]), date.fromisoformat(g[1])),
    ),
)


def parse_code(code: str) -> Period:
    """The period a canonical code stands for.

    Raises ValueError when the text is not one of the canonical codes.
    """
    for pattern, make in _CODES:
        if found := pattern.fullmatch(code):
            return make(found.groups())
    text = f"not a period code: {code!r}"
    raise ValueError(text)


def steps_between(first: Period, other: Period) -> int | None:
    """How many periods of its kind `other` lies after `first`; None where they are not on one grid."""
    if other.frequency is not first.frequency or first.frequency is Frequency.OTHER:
        return None
    if first.frequency in (Frequency.DAY, Frequency.WEEK):
        apart, span = (other.start - first.start).days, first.days
    else:
        apart = (other.start.year - first.start.year) * 12 + other.start.month - first.start.month
        span = first.months
    return None if apart % span else apart // span


def months_between(first: Period, last: Period) -> list[Period]:
    """Every period of the kind of `first`, from `first` up to `last` at the latest."""
    periods = [first]
    while periods[-1].start < last.start:
        periods.append(periods[-1].next())
    return [period for period in periods if period.start <= last.start]
