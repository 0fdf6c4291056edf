"""Months, quarters and days that do not say all: of which year they are, whether it is financial, which month is 1."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analysis import periods
from analysis.periods import Period, month_name
from importers.period_text import Kind, PeriodText
from importers.sequences import Readings, Resolved, Setting


def swapped(reading: PeriodText) -> PeriodText:
    """The other reading of a doubtful text."""
    return replace(reading, period=reading.other, other=None, kind=reading.other_kind or reading.kind, other_kind=None)


def quarters(resolved: Resolved, setting: Setting) -> None:
    """`Q2 2019` may be a calendar or a financial quarter: notes that say which decide, else ask."""
    doubtful = [r for r in resolved.readings if r.kind is Kind.QUARTER and r.other is not None]
    if not doubtful:
        return
    calendar = tuple(replace(r, other=None) if r.kind is Kind.QUARTER else r for r in resolved.readings)
    financial = tuple(swapped(r) if r.kind is Kind.QUARTER and r.other else r for r in resolved.readings)
    words = f"{setting.heading} {setting.around}".lower()
    if re.search(r"calendar (?:quarter|year)", words):
        resolved.readings = calendar
    elif re.search(r"financial (?:quarter|year)|fiscal", words):
        resolved.readings = financial
    else:
        siblings = any(r.kind is Kind.FINANCIAL_QUARTER for r in resolved.readings)
        ask = f"Are the quarters in {setting.where} calendar quarters (Q1 is January to March) or financial quarters?"
        choices = [("Calendar quarters", calendar), ("Financial quarters (Q1 is April to June)", financial)]
        resolved.ask(ask, choices, int(siblings))


def named_by_one_year(resolved: Resolved, setting: Setting) -> None:
    """`FY24` names one of the two calendar years it touches: which of them is asked."""
    doubtful = [at for at, r in enumerate(resolved.readings) if r.other_kind is r.kind is Kind.FINANCIAL_YEAR]
    if not doubtful:
        return
    begins = tuple(
        replace(r, other=None, other_kind=None) if at in doubtful else r for at, r in enumerate(resolved.readings)
    )
    ends = tuple(swapped(r) if at in doubtful else r for at, r in enumerate(resolved.readings))
    text = setting.raw[doubtful[0]] if setting.raw else "the first"
    choices = [(_label(one[doubtful[0]]), one) for one in (ends, begins)]
    resolved.ask(f"Which financial year is {text} in {setting.where}? It names one calendar year of two.", choices, 0)


def _label(reading: PeriodText) -> str:
    return reading.period.long_label if reading.period else ""


WITHOUT_YEAR = (Kind.MONTH_NAME, Kind.FINANCIAL_MONTH, Kind.QUARTER_ONLY, Kind.DAY_NAME)
_YEARS_OFFERED, _YEARS_OF_NUMBERS = 8, 5
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def years(resolved: Resolved, setting: Setting) -> None:
    """Months, quarters and days without a year take it from the cells beside them, else from an answer."""
    if not any(reading.kind in WITHOUT_YEAR for reading in resolved.readings):
        return
    if not any(setting.years):
        _ask_the_year(resolved, setting)
    elif any(_is_number(reading) for reading in resolved.readings):
        _numbers_in_years(resolved, setting)
    elif wrong := _wrong_weekday(dated := with_context(resolved.readings, setting.years)):
        _ask_the_year(resolved, setting, wrong)
    else:
        resolved.readings = dated
        quarters(resolved, setting)


def _is_number(reading: PeriodText) -> bool:
    """Whether a bare month number may count from January or from April."""
    return reading.kind is Kind.MONTH_NAME and reading.other_kind is Kind.FINANCIAL_MONTH


def _from_january(readings: Readings) -> Readings:
    return tuple(replace(r, other_kind=None) if _is_number(r) else r for r in readings)


def _from_april(readings: Readings) -> Readings:
    return tuple(replace(r, kind=Kind.FINANCIAL_MONTH, other_kind=None) if _is_number(r) else r for r in readings)


def _numbers_in_years(resolved: Resolved, setting: Setting) -> None:
    """In a calendar year 1 is January. In a financial year that turns from 3 to 4 it is, too; else it is asked."""
    january = with_context(_from_january(resolved.readings), setting.years)
    april = with_context(_from_april(resolved.readings), setting.years)
    pairs = list(itertools.pairwise(zip(resolved.readings, setting.years, strict=True)))
    turns = {(a.number, b.number) for (a, before), (b, after) in pairs if _start_of(before) != _start_of(after)}
    if not any(year is not None and year.kind is Kind.FINANCIAL_YEAR for year in setting.years) or turns == {(3, 4)}:
        resolved.readings = january
        return
    ask = f"Which month is number 1 in {setting.where}? The years beside it are financial years."
    resolved.ask(ask, [("April, the first of the financial year", april), ("January", january)], 0)


def _start_of(year: PeriodText | None) -> date | None:
    return year.period.start if year is not None and year.period is not None else None


def _ask_the_year(resolved: Resolved, setting: Setting, wrong: str = "") -> None:
    readings, latest = resolved.readings, setting.today.year
    at = next(at for at, reading in enumerate(readings) if reading.kind in WITHOUT_YEAR)
    if _is_number(readings[at]):
        counted = [_from_january(readings), _from_april(readings)]
        offered = range(latest, latest - _YEARS_OF_NUMBERS, -1)
        choices = [(f"{_name_of(one[at])} {year}", _from_year(one, year)) for year in offered for one in counted]
        ask = f"Which month is number {readings[at].number}, the first in {setting.where}? The sheet gives no year."
        resolved.ask(ask, choices, 2)
        return
    first = _name_of(readings[at])
    every = [(year, _from_year(readings, year)) for year in range(latest, latest - _YEARS_OFFERED, -1)]
    fitting = [(year, dated) for year, dated in every if not _wrong_weekday(dated) and _is_past(dated, setting.today)]
    told = any(reading.weekday for reading in readings) and bool(fitting)
    choices = [(f"{first} {year}", dated) for year, dated in (fitting if told else every)]
    ask = f"In which year does {first}, the first in {setting.where}, lie? {wrong or 'The sheet gives no year.'}"
    resolved.ask(ask, choices, 0 if told else 1)


def _is_past(readings: Readings, today: date) -> bool:
    return all(reading.period is None or reading.period.start <= today for reading in readings)


def _wrong_weekday(readings: Readings) -> str:
    """What is said of the first day that does not fall on the day of the week written beside it; "" for none."""
    for reading in readings:
        if reading.weekday and reading.period and reading.period.start.isoweekday() != reading.weekday:
            day = periods.date_label(reading.period.start)
            fell, said = (_DAY_NAMES[at - 1] for at in (reading.period.start.isoweekday(), reading.weekday))
            return f"{day} is a {fell}, and the sheet says {said}."
    return ""


def _name_of(reading: PeriodText) -> str:
    if reading.kind is Kind.QUARTER_ONLY:
        return f"quarter {reading.number}"
    if reading.kind is Kind.DAY_NAME:
        return f"{reading.number % 100} {month_name(date(2000, reading.number // 100, 1))}"
    return month_name(date(2000, _place_in_year(reading), 1))


def _place_in_year(reading: PeriodText) -> int:
    """The number by which readings of one kind come in order within a calendar year."""
    return (reading.number + 2) % 12 + 1 if reading.kind is Kind.FINANCIAL_MONTH else reading.number


def turns_of_year(readings: Readings) -> tuple[int, ...]:
    """How many years each position lies after the first: up wherever the number falls, or down where the newest comes
    first and it rises."""
    steps = Counter((b > a) - (b < a) for a, b in _neighbours(readings))
    way = -1 if steps[-1] > steps[1] else 1
    turns, year = [], 0
    last: dict[Kind, int] = {}
    for reading in readings:
        if reading.kind in WITHOUT_YEAR:
            place = _place_in_year(reading)
            year += way * ((place - last.get(reading.kind, place)) * way < 0)
            last[reading.kind] = place
        turns.append(year)
    return tuple(turns)


def _neighbours(readings: Readings) -> Iterator[tuple[int, int]]:
    """The places in the year of readings of one kind, each with the next: months and their quarters may alternate."""
    for kind in WITHOUT_YEAR:
        yield from itertools.pairwise(_place_in_year(reading) for reading in readings if reading.kind is kind)


def _from_year(readings: Readings, year: int) -> Readings:
    """The periods when the first lies in a year."""
    return tuple(
        _dated(_by_its_name(reading), year + turn, financial=False) if reading.kind in WITHOUT_YEAR else reading
        for reading, turn in zip(readings, turns_of_year(readings), strict=True)
    )


def _by_its_name(reading: PeriodText) -> PeriodText:
    """Month 10 of a financial year is January, and lies in the calendar year that is counted here."""
    if reading.kind is not Kind.FINANCIAL_MONTH:
        return reading
    return replace(reading, kind=Kind.MONTH_NAME, number=_place_in_year(reading))


def with_context(readings: Readings, years: tuple[PeriodText | None, ...]) -> Readings:
    """Each reading in the year beside it."""
    dated = []
    for reading, year in zip(readings, years, strict=True):
        if reading.kind not in WITHOUT_YEAR or year is None or year.period is None:
            dated.append(
                reading if reading.period or reading.problem else replace(reading, problem="no year beside it")
            )
            continue
        financial = year.kind is Kind.FINANCIAL_YEAR
        dated.append(_dated(reading, year.period.start.year, financial=financial))
    return tuple(dated)


def _dated(reading: PeriodText, year: int, *, financial: bool) -> PeriodText:
    if reading.kind is Kind.QUARTER_ONLY:
        fiscal = periods.financial_quarter(year, reading.number)
        if financial:
            return replace(reading, kind=Kind.FINANCIAL_QUARTER, period=fiscal, other=None)
        calendar = periods.quarter(year, reading.number)
        return replace(reading, kind=Kind.QUARTER, period=calendar, other=fiscal, other_kind=Kind.FINANCIAL_QUARTER)
    if reading.kind is Kind.FINANCIAL_MONTH:
        period = periods.month_of(periods.add_months(date(year, 4, 1), reading.number - 1))
    elif reading.kind is Kind.DAY_NAME:
        return _day_in(reading, year + (1 if financial and reading.number < 400 else 0))
    elif reading.kind is Kind.MONTH_NAME:
        period = periods.month(year + (1 if financial and reading.number < 4 else 0), reading.number)
    else:
        return reading
    return replace(reading, kind=Kind.MONTH, period=period)


def _day_in(reading: PeriodText, year: int) -> PeriodText:
    try:
        when = date(year, reading.number // 100, reading.number % 100)
    except ValueError:
        return replace(reading, kind=Kind.DAY, problem=f"there is no such date in {year}")
    return replace(reading, kind=Kind.DAY, period=Period(when, when))
