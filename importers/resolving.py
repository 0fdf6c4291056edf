"""Decides what a whole axis means: day or month first, calendar or financial, which year, days or months.

A decision that the cells themselves make is made silently; one that a person must make becomes a question with a
preselected answer, and the periods under every other answer are kept with it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from analysis import periods
from analysis.periods import Frequency, Period
from importers.period_text import Kind, PeriodText
from importers.sequences import (
    ROLLING,
    Readings,
    Resolved,
    Setting,
    loose_months,
    rolling_spans,
    thirteen_periods,
)
from importers.wholes import whole_periods
from importers.without_year import named_by_one_year, quarters, swapped, years

_OLD, _AHEAD = 1990, 1
SET_APART = "set apart"
"""Begins the problem of a period that an answer shuts out: it is no fault of its cell."""


def resolve(readings: Readings, setting: Setting) -> Resolved:
    """Apply every rule in turn; each sees what the one before decided."""
    resolved = Resolved(readings)
    for rule in _RULES:
        rule(resolved, setting)
    return resolved


def _siblings(resolved: Resolved, setting: Setting) -> None:  # noqa: ARG001 - rules have one shape
    """`2011-12` among months is December; `200607` among financial years is one."""
    kinds = Counter(reading.kind for reading in resolved.readings)
    sure_years = sum(r.kind is Kind.FINANCIAL_YEAR and r.other is None for r in resolved.readings)
    doubtful = Kind.FINANCIAL_YEAR if kinds[Kind.MONTH] and not sure_years else Kind.MONTH
    if doubtful is Kind.MONTH and not sure_years:
        return
    resolved.readings = tuple(
        swapped(reading)
        if reading.kind is doubtful and reading.other and reading.other_kind not in (None, reading.kind)
        else reading
        for reading in resolved.readings
    )


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
    if orders["month first"] and orders["day first"]:
        _two_orders(resolved, setting, choices)
    elif orders["month first"]:
        example = _example(resolved.readings, setting, "month first")
        resolved.ask(f"Are the dates in {setting.where} month first? {example}: one part is 13 or more.", choices, 1)
    elif orders["day first"] or _all_first_of_month(day) or _weekly(day):
        resolved.readings = day
    elif _all_first_of_month(month):
        resolved.readings = month
    elif sure := _near_siblings(resolved.readings, day, month):
        resolved.readings = sure
    elif not _one_stray(resolved, setting, day, month):
        ask = f"Are the dates in {setting.where} day first or month first? Every one of them can be read both ways."
        resolved.ask(ask, choices, 0)


def _two_orders(resolved: Resolved, setting: Setting, orders: list[tuple[str, Readings]]) -> None:
    """Some dates can only be day first and others only month first, so none of them can be trusted: none is taken."""
    day, month = (_example(resolved.readings, setting, order) for order in ("day first", "month first"))
    none = tuple(replace(r, period=None, other=None, problem=SET_APART) if r.order else r for r in resolved.readings)
    either = sum(r.order == "either" for r in resolved.readings)
    ask = (
        f"The dates in {setting.where} are written in two orders: {day} can only be day first, {month} only month "
        f"first. So none of them can be trusted{f'; {either} can be read both ways' if either else ''}. "
        "Mend the column, or say how to read it."
    )
    day_only, month_only = ((f"{text}, and leave the others out", readings) for text, readings in orders)
    resolved.ask(ask, [("Take none of these dates", none), day_only, month_only], 0)


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
    if index >= len(setting.raw):
        return "a date"
    return f"{setting.raw[index]} in {setting.cells[index]}" if setting.cells else setting.raw[index]


def _one_stray(resolved: Resolved, setting: Setting, day: Readings, month: Readings) -> bool:
    """All but a few are the first of a month, and those few would be too if read month first: ask about those."""
    stray = [i for i, r in enumerate(day) if r.period is not None and r.period.start.day != 1]
    fits = [i for i in stray if month[i].period is not None and _start(month[i]).day == 1 and month[i].order]
    if not fits or len(stray) > len(day) / 5 or len(fits) < len(stray):
        return False
    mended = tuple(month[i] if i in fits else reading for i, reading in enumerate(day))
    texts = ", ".join(setting.raw[i] for i in fits[:3]) if setting.raw else "one date"
    ask = f"Is {texts} day or month first? The other dates in {setting.where} are all the first of a month."
    resolved.ask(ask, [("Month first, to fit the others", mended), ("Day first", day)], 0)
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
    resolved.ask(ask, [("Yes, they are dates", dated), ("No, they are not dates", none)], 0)


def _from_serial(reading: PeriodText, base: date) -> PeriodText:
    if reading.kind is not Kind.SERIAL:
        return reading
    when = base + timedelta(days=reading.number)
    return replace(reading, kind=Kind.DAY, period=Period(when, when))


def _days_to_wholes(resolved: Resolved, setting: Setting) -> None:
    words = f"{setting.heading} {setting.around}"
    resolved.readings = whole_periods(resolved.readings, setting.heading, words)
    resolved.questions = [
        replace(question, readings=tuple(whole_periods(r, setting.heading, words) for r in question.readings))
        for question in resolved.questions
    ]


_ENDING = re.compile(
    r"(?:(?P<months>\d{1,2}|three|six|twelve)[ -]?months?|(?P<quarter>quarter)|(?P<year>year)) "
    r"(?:to(?! date)|ending|ended|end)\b",
    re.IGNORECASE,
)
_IN_FIGURES = {"three": 3, "six": 6, "twelve": 12}


def _spans_ending(resolved: Resolved, setting: Setting) -> None:
    """Months under `12 months ending` are the last of a year each, and its quarters are of `Quarter ending`."""
    found = _ENDING.search(setting.heading)
    if found is None:
        return
    said = (found["months"] or "").lower()
    length = 3 if found["quarter"] else 12 if found["year"] else _IN_FIGURES.get(said) or int(said)
    if not 1 < length <= 60:
        return
    resolved.readings = _ending(resolved.readings, length)
    resolved.questions = [
        replace(question, readings=tuple(_ending(one, length) for one in question.readings))
        for question in resolved.questions
    ]


def _ending(readings: Readings, length: int) -> Readings:
    return tuple(
        replace(r, period=Period(periods.add_months(r.period.start, 1 - length), r.period.end))
        if r.period and r.period.frequency is Frequency.MONTH
        else r
        for r in readings
    )


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
    resolved.ask(ask, [("Leave those rows out", without), (f"Yes, {years[0]} is right", resolved.readings)], 0)


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
    resolved.ask(ask, choices, 0)


def _only(readings: Readings, frequency: Frequency) -> Readings:
    return tuple(
        r if r.period and r.period.frequency is frequency else replace(r, period=None, problem=r.problem or SET_APART)
        for r in readings
    )


_RULES: tuple[Callable[[Resolved, Setting], None], ...] = (
    _siblings,
    loose_months,
    thirteen_periods,
    _day_order,
    _serials,
    named_by_one_year,
    quarters,
    years,
    _days_to_wholes,
    _spans_ending,
    _centuries,
    _future,
    rolling_spans,
    _mixed,
)
