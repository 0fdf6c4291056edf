"""Decides what a whole axis means: day or month first, calendar or financial, which year, days or months.

A decision that the cells themselves make is made silently; one that a person must make becomes a question with a
preselected answer, and the periods under every other answer are kept with it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis import periods
from analysis.periods import Frequency, Period, month_name
from importers.forms import Kind, PeriodText
from importers.sequences import (
    ROLLING,
    AxisQuestion,
    Readings,
    Resolved,
    Setting,
    loose_months,
    rolling_spans,
    thirteen_periods,
)
from importers.wholes import whole_periods

_OLD, _AHEAD = 1990, 1


def resolve(readings: Readings, setting: Setting) -> Resolved:
    """Apply every rule in turn; each sees what the one before decided."""
    resolved = Resolved(readings)
    for rule in _RULES:
        rule(resolved, setting)
    return resolved


def _ask(resolved: Resolved, ask: str, choices: Sequence[tuple[str, Readings]], preselected: int) -> None:
    texts = tuple(text for text, _ in choices)
    resolved.questions.append(AxisQuestion(ask, texts, preselected, tuple(readings for _, readings in choices)))
    resolved.readings = choices[preselected][1]


def _siblings(resolved: Resolved, setting: Setting) -> None:  # noqa: ARG001 - rules have one shape
    """`2011-12` among months is December; `200607` among financial years is one."""
    kinds = Counter(reading.kind for reading in resolved.readings)
    sure_years = sum(r.kind is Kind.FINANCIAL_YEAR and r.other is None for r in resolved.readings)
    doubtful = Kind.FINANCIAL_YEAR if kinds[Kind.MONTH] and not sure_years else Kind.MONTH
    if doubtful is Kind.MONTH and not sure_years:
        return
    resolved.readings = tuple(
        _swapped(reading) if reading.kind is doubtful and reading.other and reading.other_kind else reading
        for reading in resolved.readings
    )


def _swapped(reading: PeriodText) -> PeriodText:
    return replace(reading, period=reading.other, other=None, kind=reading.other_kind or reading.kind, other_kind=None)


def _month_first(readings: Readings) -> Readings:
    return tuple(
        replace(r, period=r.other if r.order != "day first" else None, other=None, problem=_wrong_order(r))
        if r.order
        else r
        for r in readings
    )


def _wrong_order(reading: PeriodText) -> str:
    return "it cannot be month first, as the other dates are" if reading.order == "day first" else reading.problem


def _day_first(readings: Readings) -> Readings:
    return tuple(
        replace(r, other=None, problem="it cannot be day first, as the other dates are")
        if r.order == "month first"
        else replace(r, other=None)
        if r.order
        else r
        for r in readings
    )


def _day_order(resolved: Resolved, setting: Setting) -> None:
    """Any part above 12 decides; none, and the dates are not all the first of a month: ask, day first preselected."""
    orders = Counter(reading.order for reading in resolved.readings if reading.order)
    if not orders:
        return
    day, month = _day_first(resolved.readings), _month_first(resolved.readings)
    choices = [("Day first (3/4 is 3 April)", day), ("Month first (3/4 is 4 March)", month)]
    if orders["month first"]:
        both = orders["day first"] > 0
        said = "some can only be day first and some only month first" if both else "one part is 13 or more"
        example = _example(resolved.readings, setting, "month first")
        _ask(resolved, f"Are the dates in {setting.where} month first? {example}: {said}.", choices, 1)
    elif orders["day first"] or _all_first_of_month(day) or _weekly(day):
        resolved.readings = day
    elif _all_first_of_month(month):
        resolved.readings = month
    elif sure := _near_siblings(resolved.readings, day, month):
        resolved.readings = sure
    elif not _one_stray(resolved, setting, day, month):
        ask = f"Are the dates in {setting.where} day first or month first? Every one of them can be read both ways."
        _ask(resolved, ask, choices, 0)


def _near_siblings(readings: Readings, day: Readings, month: Readings) -> Readings | None:
    """The order that puts every doubtful date among the dates that are certain, if only one order does."""
    certain = [r.period.start for r in readings if r.period and not r.order]
    if not certain:
        return None
    first, last = min(certain) - timedelta(days=45), max(certain) + timedelta(days=45)
    fits = [all(first <= _start(r) <= last for r in order if r.order) for order in (day, month)]
    if fits[0] == fits[1]:
        return None
    return day if fits[0] else month


def _example(readings: Readings, setting: Setting, order: str) -> str:
    index = next((i for i, reading in enumerate(readings) if reading.order == order), 0)
    return setting.raw[index] if index < len(setting.raw) else "a date"


def _one_stray(resolved: Resolved, setting: Setting, day: Readings, month: Readings) -> bool:
    """All but a few are the first of a month, and those few would be too if read month first: ask about those."""
    stray = [i for i, r in enumerate(day) if r.period is not None and r.period.start.day != 1]
    fits = [i for i in stray if month[i].period is not None and _start(month[i]).day == 1 and month[i].order]
    if not fits or len(stray) > len(day) / 5 or len(fits) < len(stray):
        return False
    mended = tuple(month[i] if i in fits else reading for i, reading in enumerate(day))
    texts = ", ".join(setting.raw[i] for i in fits[:3]) if setting.raw else "one date"
    ask = f"Is {texts} day or month first? The other dates in {setting.where} are all the first of a month."
    _ask(resolved, ask, [("Month first, to fit the others", mended), ("Day first", day)], 0)
    return True


def _start(reading: PeriodText) -> date:
    return reading.period.start if reading.period else date.min


def _all_first_of_month(readings: Readings) -> bool:
    dated = [reading for reading in readings if reading.order]
    return (
        len(dated) > 1 and all(_start(r).day == 1 and r.period for r in dated) and len({_start(r) for r in dated}) > 1
    )


def _weekly(readings: Readings) -> bool:
    dated = [_start(reading) for reading in readings if reading.order]
    steps = {(second - first).days for first, second in itertools.pairwise(dated)}
    return len(dated) > 3 and steps == {7}


def _serials(resolved: Resolved, setting: Setting) -> None:
    serial = [reading for reading in resolved.readings if reading.kind is Kind.SERIAL]
    if not serial:
        return
    base = date(1904, 1, 1) if setting.date_1904 else date(1899, 12, 30)
    dated = tuple(_from_serial(reading, base) for reading in resolved.readings)
    if len(serial) < sum(not reading.problem for reading in resolved.readings):
        resolved.readings = dated
        return
    none = tuple(replace(r, problem="a bare number, not taken for a date") for r in resolved.readings)
    when = periods.date_label(_start(dated[0]))
    ask = f"The numbers in {setting.where} look like dates stored without a date format: is {serial[0].number} {when}?"
    _ask(resolved, ask, [("Yes, they are dates", dated), ("No, they are not dates", none)], 0)


def _from_serial(reading: PeriodText, base: date) -> PeriodText:
    if reading.kind is not Kind.SERIAL:
        return reading
    when = base + timedelta(days=reading.number)
    return replace(reading, kind=Kind.DAY, period=Period(when, when))


def _quarters(resolved: Resolved, setting: Setting) -> None:
    """`Q2 2019` may be a calendar or a financial quarter: notes that say which decide, else ask."""
    doubtful = [r for r in resolved.readings if r.kind is Kind.QUARTER and r.other is not None]
    if not doubtful:
        return
    calendar = tuple(replace(r, other=None) if r.kind is Kind.QUARTER else r for r in resolved.readings)
    financial = tuple(_swapped(r) if r.kind is Kind.QUARTER and r.other else r for r in resolved.readings)
    words = f"{setting.heading} {setting.around}".lower()
    if re.search(r"calendar (?:quarter|year)", words):
        resolved.readings = calendar
    elif re.search(r"financial (?:quarter|year)|fiscal", words):
        resolved.readings = financial
    else:
        siblings = any(r.kind is Kind.FINANCIAL_QUARTER for r in resolved.readings)
        ask = f"Are the quarters in {setting.where} calendar quarters (Q1 is January to March) or financial quarters?"
        choices = [("Calendar quarters", calendar), ("Financial quarters (Q1 is April to June)", financial)]
        _ask(resolved, ask, choices, int(siblings))


_NEEDS_YEAR = (Kind.MONTH_NAME, Kind.FINANCIAL_MONTH, Kind.QUARTER_ONLY)


def _years(resolved: Resolved, setting: Setting) -> None:
    """Months and quarters without a year take it from the cells beside them, else from an answer."""
    if not any(reading.kind in _NEEDS_YEAR for reading in resolved.readings):
        return
    if any(setting.years):
        resolved.readings = _with_context(resolved.readings, setting.years)
        _quarters(resolved, setting)
        return
    first = _name_of(resolved.readings[0])
    latest = setting.today.year
    choices = [(f"{first} {year}", _from_year(resolved.readings, year)) for year in range(latest, latest - 8, -1)]
    ask = f"In which year does {first}, the first in {setting.where}, lie? The sheet gives no year."
    _ask(resolved, ask, choices, 1)


def _name_of(reading: PeriodText) -> str:
    if reading.kind is Kind.QUARTER_ONLY:
        return f"quarter {reading.number}"
    number = reading.number if reading.kind is Kind.MONTH_NAME else (reading.number + 2) % 12 + 1
    return month_name(date(2000, number, 1))


def _from_year(readings: Readings, year: int) -> Readings:
    """The year goes up by one wherever the month number falls."""
    dated: list[PeriodText] = []
    last = 0
    for reading in readings:
        if reading.kind not in _NEEDS_YEAR:
            dated.append(reading)
            continue
        number = (reading.number + 2) % 12 + 1 if reading.kind is Kind.FINANCIAL_MONTH else reading.number
        if number < last:
            year += 1
        last = number
        dated.append(_dated(reading, year, financial=False))
    return tuple(dated)


def _with_context(readings: Readings, years: tuple[PeriodText | None, ...]) -> Readings:
    dated = []
    for reading, year in zip(readings, years, strict=True):
        if reading.kind not in _NEEDS_YEAR or year is None or year.period is None:
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
    elif reading.kind is Kind.MONTH_NAME:
        period = periods.month(year + (1 if financial and reading.number < 4 else 0), reading.number)
    else:
        return reading
    return replace(reading, kind=Kind.MONTH, period=period)


def _days_to_wholes(resolved: Resolved, setting: Setting) -> None:
    words = f"{setting.heading} {setting.around}"
    resolved.readings = whole_periods(resolved.readings, setting.heading, words)
    resolved.questions = [
        replace(question, readings=tuple(whole_periods(r, setting.heading, words) for r in question.readings))
        for question in resolved.questions
    ]


def _centuries(resolved: Resolved, setting: Setting) -> None:
    """A two-digit year that gives a year before 1990 or after next year may be of another century: ask."""
    odd = [
        r
        for r in resolved.readings
        if r.short_year and r.period and not _OLD <= r.period.start.year <= setting.today.year + _AHEAD
    ]
    if not odd:
        return
    years = sorted({_start(r).year for r in odd})
    without = tuple(
        replace(r, period=None, problem="left out: its century is in doubt") if r in odd else r
        for r in resolved.readings
    )
    ask = (
        f"Some years in {setting.where} have two digits and the century is in doubt: {', '.join(map(str, years[:4]))}?"
    )
    _ask(resolved, ask, [("Leave those rows out", without), (f"Yes, {years[0]} is right", resolved.readings)], 0)


def _future(resolved: Resolved, setting: Setting) -> None:
    """Periods after next year are kept apart until a person says that they are a forecast."""
    limit = setting.today.year + _AHEAD
    resolved.readings = tuple(
        replace(r, period=None, problem=f"it lies in the future, in {r.period.start.year}")
        if r.period and r.period.start.year > limit
        else r
        for r in resolved.readings
    )


def _mixed(resolved: Resolved, setting: Setting) -> None:
    """Months, quarters and years in one line are different series: never drawn as one."""
    counts = Counter(r.period.frequency for r in resolved.readings if r.period)
    if len(counts) < 2 or all(r.note.endswith(ROLLING) for r in resolved.readings if r.period):
        return
    names = {Frequency.DAY: "days", Frequency.WEEK: "weeks", Frequency.MONTH: "months", Frequency.QUARTER: "quarters"}
    names |= {Frequency.YEAR: "years", Frequency.OTHER: "other spans"}
    ordered = [frequency for frequency, _ in counts.most_common()]
    choices = [(f"Take the {names[f]} only ({counts[f]})", _only(resolved.readings, f)) for f in ordered]
    listed = ", ".join(f"{names[f]}" if counts[f] > 1 else names[f].rstrip("s") for f in ordered)
    place = "column" if setting.where and not re.match(r".*?(\d+):[A-Z]+\1$", setting.where) else "row"
    ask = f"{setting.where} holds {listed} in the same {place}. Which of them should be taken?"
    _ask(resolved, ask, choices, 0)


def _only(readings: Readings, frequency: Frequency) -> Readings:
    return tuple(
        r if r.period and r.period.frequency is frequency else replace(r, period=None, problem=r.problem or "set apart")
        for r in readings
    )


_RULES: tuple[Callable[[Resolved, Setting], None], ...] = (
    _siblings,
    loose_months,
    thirteen_periods,
    _day_order,
    _serials,
    _quarters,
    _years,
    _days_to_wholes,
    _centuries,
    _future,
    rolling_spans,
    _mixed,
)
