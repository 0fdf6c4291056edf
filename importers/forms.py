"""The forms of periods, each one pattern and one builder. To teach the importer a new form, add a row to `SPELT`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from analysis import periods
from analysis.periods import Period
from importers.period_text import Kind, PeriodText

Builder = Callable[[re.Match[str]], "PeriodText | None"]

FIRST_YEAR, LAST_YEAR = 1800, 2200
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MON = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_Y = r"'?(\d{4}|\d{2})"
_SEP = r"[ \-/_.,']{0,3}"
_TO = r" ?(?:-|/|to|and) ?"
_FY = r"(\d{4}|\d{2}) ?(?:-|/|to) ?(\d{4}|\d{2})"
_QUARTER = r"(?:q|qtr|quarter) ?([1-4])"
_DAY = r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WORDY_DAY = rf"(?:{_WEEKDAY},? )?(\d{{1,2}})(?:st|nd|rd|th)?"
_DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|\+\d\d:\d\d)?)?"
_WC = r"(?:w[/\- ]?[cb]|week (?:commencing|beginning|starting|of)|wk (?:commencing|beginning))[: ]*"
_WE = r"(?:w[/\- ]?e|week[ -]end(?:ing|ed)?|wk end(?:ing|ed)?)[: ]*"


def month_number(name: str) -> int:
    """1 for January, by its first three letters."""
    return MONTHS.index(name[:3]) + 1


def full_year(text: str) -> int:
    """Two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999."""
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 69 else 1900)


def second_year_follows(first: str, second: str) -> bool:
    """Whether `19` or `2019` and `20` or `2020` are years in a row."""
    return (full_year(first) + 1) % 100 == int(second) % 100 and (
        len(second) == 2 or int(second) == full_year(first) + 1
    )


def _real_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _real_year(year) else None
    except ValueError:
        return None


def _no_day(year: int) -> str:
    return "there is no such date" if year <= LAST_YEAR else f"the year {year} is too far in the future"


def _one_day(when: date) -> Period:
    return Period(when, when)


def _day_reading(year: str, month: int, day: int, *, other: Period | None = None) -> PeriodText:
    when = _date(full_year(year), month, day)
    short = len(year) == 2
    if when is None:
        return PeriodText(Kind.DAY, None, problem=_no_day(full_year(year)), short_year=short)
    return PeriodText(Kind.DAY, _one_day(when), other=other, short_year=short)


def _iso_day(found: re.Match[str]) -> PeriodText:
    return _day_reading(found[1], int(found[2]), int(found[3]))


def _numeric_day(found: re.Match[str]) -> PeriodText | None:
    """Day first; the month-first reading is kept as the other one."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    day_first = _date(full_year(year), second, first)
    month_first = _date(full_year(year), first, second)
    short = len(year) == 2
    if day_first and month_first:
        other = _one_day(month_first)
        return PeriodText(Kind.DAY, _one_day(day_first), other=other, short_year=short, order="either")
    if day_first:
        return PeriodText(Kind.DAY, _one_day(day_first), short_year=short, order="day first")
    if month_first:
        return PeriodText(Kind.DAY, None, other=_one_day(month_first), short_year=short, order="month first")
    return PeriodText(Kind.DAY, None, problem=_no_day(full_year(year)), short_year=short)


def _worded_day(found: re.Match[str]) -> PeriodText:
    return _day_reading(found[3], month_number(found[2]), int(found[1]))


def _american_day(found: re.Match[str]) -> PeriodText:
    return _day_reading(found[3], month_number(found[1]), int(found[2]))


def _day_without_year(found: re.Match[str]) -> PeriodText | None:
    """`Mon 1 Apr`, `1-Apr`, `Mon 01/04` (day first)."""
    weekday, day, month = found.groups()
    number = int(month) if month.isdecimal() else month_number(month)
    if _date(2000, number, int(day)) is None:
        return None
    told = _DAYS_OF_WEEK.index(weekday[:3]) + 1 if weekday else 0
    return PeriodText(Kind.DAY_NAME, None, number=100 * number + int(day), weekday=told)


def _month(year: int, number: int, **more: bool) -> PeriodText | None:
    if not 1 <= number <= 12 or year < FIRST_YEAR:
        return None
    if year > LAST_YEAR:
        return PeriodText(Kind.MONTH, None, problem=_no_day(year))
    return PeriodText(Kind.MONTH, periods.month(year, number), short_year=more.get("short", False))


def _named_month(found: re.Match[str]) -> PeriodText | None:
    name, year = found[found.re.groups - 1], found[found.re.groups]
    return _month(full_year(year), month_number(name), short=len(year) == 2)


def _month_with_digit(found: re.Match[str]) -> PeriodText:
    period = periods.month(full_year(found[2]), month_number(found[1]))
    return PeriodText(Kind.MONTH, period, note=found[3], loose=True, short_year=True)


def _year_month(found: re.Match[str]) -> PeriodText | None:
    """`2019-04` is a month; `2019-20` and `2011-12` a financial year, the latter a month as its other reading."""
    year, second = int(found[1]), int(found[2])
    if not _real_year(year):
        return None
    as_month = periods.month(year, second) if 1 <= second <= 12 else None
    if second_year_follows(found[1], found[2].zfill(2)) and len(found[2]) == 2:
        return PeriodText(Kind.FINANCIAL_YEAR, periods.financial_year(year), other=as_month, other_kind=Kind.MONTH)
    return PeriodText(Kind.MONTH, as_month) if as_month else None


def _six_digits(found: re.Match[str]) -> PeriodText | None:
    """`201904` is a month; `200607` may be a financial year; `201819` can only be one."""
    year, second = int(found[1]), int(found[2])
    if not 1900 <= year <= 2100:
        return None
    follows = second_year_follows(found[1], found[2])
    if 1 <= second <= 12:
        other = periods.financial_year(year) if follows else None
        return PeriodText(Kind.MONTH, periods.month(year, second), other=other, other_kind=Kind.FINANCIAL_YEAR)
    return PeriodText(Kind.FINANCIAL_YEAR, periods.financial_year(year)) if follows else None


def _month_only(found: re.Match[str]) -> PeriodText:
    return PeriodText(Kind.MONTH_NAME, None, number=month_number(found[1]))


def _financial_month(found: re.Match[str]) -> PeriodText | None:
    groups = found.groupdict()
    number = int(groups["n"])
    if number == 13 and not groups.get("a"):
        return PeriodText(Kind.FINANCIAL_MONTH, None, number=13)
    if not 1 <= number <= 12:
        return None
    first, second = groups.get("a"), groups.get("b")
    if first and not _real_year(full_year(first)):
        return None
    if not first or not second:
        return PeriodText(Kind.FINANCIAL_MONTH, None, number=number)
    if not second_year_follows(first, second):
        return None
    start = periods.add_months(date(full_year(first), 4, 1), number - 1)
    return PeriodText(Kind.MONTH, periods.month_of(start))


def _financial_year(found: re.Match[str]) -> PeriodText | None:
    if not _real_year(full_year(found[1])):
        return None
    if not second_year_follows(found[1], found[2]) or (len(found[1]) == 2 and len(found[2]) != 2):
        return None
    return PeriodText(Kind.FINANCIAL_YEAR, periods.financial_year(full_year(found[1])), short_year=len(found[1]) == 2)


def _one_year_of_two(found: re.Match[str]) -> PeriodText | None:
    """`FY24` begins in 2024 for some and ends in it for others; the latter is kept as the other reading."""
    year = full_year(found[1])
    if not _real_year(year):
        return None
    ends, kind = periods.financial_year(year - 1), Kind.FINANCIAL_YEAR
    return PeriodText(kind, periods.financial_year(year), other=ends, other_kind=kind)


def _calendar_year(found: re.Match[str]) -> PeriodText | None:
    number = int(found[1])
    return PeriodText(Kind.YEAR, periods.year(number)) if 1900 <= number <= 2100 else None


def _financial_quarter(found: re.Match[str]) -> PeriodText | None:
    groups = found.groupdict()
    if not second_year_follows(groups["a"], groups["b"]) or not _real_year(full_year(groups["a"])):
        return None
    period = periods.financial_quarter(full_year(groups["a"]), int(groups["q"]))
    return PeriodText(Kind.FINANCIAL_QUARTER, period)


def _financial_half(found: re.Match[str]) -> PeriodText | None:
    """`H1 2023/24` is April to September."""
    groups = found.groupdict()
    if not second_year_follows(groups["a"], groups["b"]) or not _real_year(full_year(groups["a"])):
        return None
    start = periods.add_months(date(full_year(groups["a"]), 4, 1), 6 * int(groups["h"]) - 6)
    return PeriodText(Kind.SPAN, Period(start, periods.month_end(periods.add_months(start, 5))))


def _quarter(found: re.Match[str]) -> PeriodText | None:
    """Calendar; the financial reading is kept as the other one."""
    groups = found.groupdict()
    year, number = full_year(groups["y"]), int(groups["q"])
    if not _real_year(year):
        return None
    other = periods.financial_quarter(year, number)
    kind = Kind.FINANCIAL_QUARTER
    return PeriodText(Kind.QUARTER, periods.quarter(year, number), other=other, other_kind=kind)


def _quarter_only(found: re.Match[str]) -> PeriodText:
    return PeriodText(Kind.QUARTER_ONLY, None, number=int(found[1]))


def _month_span(found: re.Match[str]) -> PeriodText | None:
    """`Nov-Jan 1972`: the year belongs to the last month."""
    groups = found.groupdict()
    year = full_year(groups["y2"])
    first, last = month_number(found[1]), month_number(groups["m2"])
    start_year = full_year(groups["y1"]) if groups.get("y1") else year - (1 if first > last else 0)
    if not (_real_year(year) and _real_year(start_year)):
        return None
    start = date(start_year, first, 1)
    end = periods.month_end(date(year, last, 1))
    return PeriodText(Kind.SPAN, Period(start, end)) if start < end else None


def _date_span(found: re.Match[str]) -> PeriodText | None:
    start, end = _date(*map(int, found.groups()[:3])), _date(*map(int, found.groups()[3:6]))
    return PeriodText(Kind.SPAN, Period(start, end)) if start and end and start <= end else None


def _numeric_date_span(found: re.Match[str]) -> PeriodText | None:
    a, b, c, d, e, f = found.groups()
    start, end = _date(full_year(c), int(b), int(a)), _date(full_year(f), int(e), int(d))
    return PeriodText(Kind.SPAN, Period(start, end)) if start and end and start <= end else None


def _worded_date_span(found: re.Match[str]) -> PeriodText | None:
    """`1 April 2016 to 31 March 2017`; the first year may be left out when it is the same."""
    groups = found.groupdict()
    start = _date(full_year(groups["y1"] or groups["y2"]), month_number(groups["m1"]), int(groups["d1"]))
    end = _date(full_year(groups["y2"]), month_number(groups["m2"]), int(groups["d2"]))
    return PeriodText(Kind.SPAN, Period(start, end)) if start and end and start <= end else None


def _week(kind: Kind, day: Builder) -> Builder:
    make = periods.week_ending if kind is Kind.WEEK_ENDING else periods.week_starting

    def build(found: re.Match[str]) -> PeriodText | None:
        reading = day(found)
        if reading is None or reading.period is None:
            return replace(reading, kind=kind) if reading else None
        other = make(reading.other.start) if reading.other else None
        return PeriodText(kind, make(reading.period.start), other=other, order=reading.order)

    return build


def _iso_week(found: re.Match[str]) -> PeriodText | None:
    groups = found.groupdict()
    try:
        return PeriodText(Kind.ISO_WEEK, periods.iso_week(int(groups["y"]), int(groups["w"])))
    except ValueError:
        return None


def _serial(found: re.Match[str]) -> PeriodText | None:
    number = int(found[1])
    return PeriodText(Kind.SERIAL, None, number=number, weak=True) if 20_000 <= number <= 60_000 else None


_SECOND_MON = _MON.replace("(jan", "(?P<m2>jan", 1)
_FIRST_MON = _MON.replace("(jan", "(?P<m1>jan", 1)
_DAY_OF = r"(?:st|nd|rd|th)?,? "
_NAMED_QUARTER = _QUARTER.replace("([1-4])", "(?P<q>[1-4])")
_NAMED_FY = r"(?P<a>\d{4}|\d{2}) ?(?:-|/|to) ?(?P<b>\d{4}|\d{2})"
_WEEK_DAYS: tuple[tuple[str, Builder], ...] = (
    (r"(\d{4})-(\d{2})-(\d{2})", _iso_day),
    (_DAY, _numeric_day),
    (_WORDY_DAY + r"[ \-/.,]*" + _MON + r"[ \-/.,]*" + _Y, _worded_day),
)
SPELT: tuple[tuple[str, Builder], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME, _iso_day),
    (r"(\d{4})/(\d{1,2})/(\d{1,2})" + _TIME, _iso_day),
    (_DAY + _TIME, _numeric_day),
    (_WORDY_DAY + r"[ \-/.,]*" + _MON + r"[ \-/.,]*" + _Y + _TIME, _worded_day),
    (rf"(?:({_WEEKDAY})[ ,.\-]*)?" + r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]*" + _MON, _day_without_year),
    (rf"({_WEEKDAY})[ ,.\-]*" + r"(\d{1,2})[/.\-](\d{1,2})", _day_without_year),
    (_MON + r" (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", _american_day),
    (_MON + r"(?: ?'?(?P<y1>\d{4}|\d{2}))?" + _TO + _SECOND_MON + r"[ \-/]*'?(?P<y2>\d{4}|\d{2})", _month_span),
    (_MON + _SEP + _Y, _named_month),
    (_MON + r"-(\d{2})(\d)", _month_with_digit),
    (r"(?:[a-z&]{2,12}|[a-z&]{2,12} [a-z&]{2,12})[\-_ ]" + _MON + _SEP + _Y, _named_month),
    (r"(\d{4})" + _SEP + _MON, lambda found: _month(int(found[1]), month_number(found[2]))),
    (r"(\d{4})[-/](\d{1,2})", _year_month),
    (r"(\d{1,2})[/-](\d{4})", lambda found: _month(int(found[2]), int(found[1]))),
    (r"(\d{4})(\d{2})", _six_digits),
    (_MON, _month_only),
    (r"(?:mth|month|m|period) ?(?P<n>\d{1,2})(?: ?\([a-z]+\))?,? (?:fy ?)?" + _NAMED_FY, _financial_month),
    (_NAMED_FY + r",? (?:mth|month|m|period) ?(?P<n>\d{1,2})(?: ?\([a-z]+\))?", _financial_month),
    (r"(?:mth|month|m|period) ?(?P<n>\d{1,2})(?: ?\([a-z]+\))?", _financial_month),
    (r"(?:(?:fy|financial year|year) ?)?" + _FY + r"(?: (?:financial year|fy))?", _financial_year),
    (r"fy ?(\d{4}|\d{2})", _one_year_of_two),
    (r"(?:fy ?)?" + _NAMED_FY + r"[ ,-]{1,3}" + _NAMED_QUARTER, _financial_quarter),
    (_NAMED_QUARTER + r"[ ,-]{1,3}(?:fy ?)?" + _NAMED_FY, _financial_quarter),
    (_NAMED_FY + r"[ ,-]{1,3}(?:h|half)[ -]?(?P<h>[12])", _financial_half),
    (r"(?:h|half)[ -]?(?P<h>[12])[ ,-]{1,3}(?:fy ?)?" + _NAMED_FY, _financial_half),
    (r"(?P<y>\d{4})[ ,\-]{0,2}" + _NAMED_QUARTER, _quarter),
    (_NAMED_QUARTER + r"[ ,\-/]{1,2}'?(?P<y>\d{4}|\d{2})", _quarter),
    (_QUARTER, _quarter_only),
    (r"(\d{4})", _calendar_year),
    (r"(\d{4})-(\d{2})-(\d{2})(?:/| to | - )(\d{4})-(\d{2})-(\d{2})", _date_span),
    (_DAY + r" ?(?:to|-) ?" + _DAY, _numeric_date_span),
    (
        r"(?P<d1>\d{1,2})"
        + _DAY_OF
        + _FIRST_MON
        + r",? ?(?P<y1>\d{4})?"
        + _TO
        + r"(?P<d2>\d{1,2})"
        + _DAY_OF
        + _SECOND_MON
        + r",? (?P<y2>\d{4})",
        _worded_date_span,
    ),
    (r"(?P<y>\d{4})[- ]?w(?P<w>\d{1,2})", _iso_week),
    (r"(?:wk|week|w) ?(?P<w>\d{1,2}),? (?P<y>\d{4})", _iso_week),
    (r"(\d{5})", _serial),
)
WEEKS: tuple[tuple[str, Builder], ...] = (
    *((_WC + pattern, _week(Kind.WEEK_COMMENCING, build)) for pattern, build in _WEEK_DAYS),
    *((_WE + pattern, _week(Kind.WEEK_ENDING, build)) for pattern, build in _WEEK_DAYS),
)
BEGIN_IN_WORDS = (_MON, f"({_WEEKDAY})", "(?:mth", "fy ", "(?:q|", "(?:h|", "(?:wk", "(?:[a-z")
BEGIN_IN_FIGURES = (r"(\d", r"(?P<y>\d", "(?P<d1>", _DAY, _NAMED_FY)
