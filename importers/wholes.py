"""Turns dates into the periods they stand for: firsts and lasts of a month are months, week endings are weeks."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from analysis import periods
from analysis.periods import Frequency, Period
from importers.period_text import Kind, PeriodText

Readings = tuple[PeriodText, ...]
_ENDING = re.compile(r"week(?:s)?[ -]*(?:end(?:ing|ed|s)?)|\bw/?e\b", re.IGNORECASE)
_STARTING = re.compile(r"week(?:s)?[ -]*(?:commenc|begin|start)|\bw/?[cb]\b", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:day|daily)\b", re.IGNORECASE)


def whole_periods(readings: Readings, heading: str, words: str) -> Readings:
    """Dates of an axis as the periods they stand for; anything else stays as it is."""
    dated = [r.period.start for r in readings if r.kind is Kind.DAY and r.period]
    if not dated:
        return readings
    if _ENDING.search(heading) or (_ENDING.search(words) and _steps(dated) == {7}):
        return _mapped(readings, Kind.WEEK_ENDING, periods.week_ending)
    if _STARTING.search(heading) or (_STARTING.search(words) and _steps(dated) == {7}):
        return _mapped(readings, Kind.WEEK_COMMENCING, periods.week_starting)
    if _DAILY.search(heading):
        return readings
    frequency = _frequency(readings, dated)
    if frequency is Frequency.OTHER:
        return readings
    return _mapped(readings, Kind.MONTH, lambda day: _whole(day, frequency))


def _mapped(readings: Readings, kind: Kind, make: object) -> Readings:
    build = make if callable(make) else periods.month_of
    return tuple(
        replace(r, kind=kind if kind is not Kind.MONTH else r.kind, period=build(r.period.start))
        if r.kind is Kind.DAY and r.period
        else r
        for r in readings
    )


def _steps(days: list[date]) -> set[int]:
    ordered = sorted(set(days))
    return {(second - first).days for first, second in itertools.pairwise(ordered)}


def _frequency(readings: Readings, dated: list[date]) -> Frequency:
    """Months, quarters or years when every date is the first, or the last, of a month; OTHER leaves days alone."""
    firsts = all(day.day == 1 for day in dated)
    lasts = all((day + timedelta(days=1)).day == 1 for day in dated)
    others = Counter(r.period.frequency for r in readings if r.period and r.kind is not Kind.DAY)
    if others and others.most_common(1)[0][0] is Frequency.MONTH:
        return (
            Frequency.MONTH if all(day.day == 1 or (day + timedelta(1)).day == 1 for day in dated) else Frequency.OTHER
        )
    if not (firsts or lasts):
        return Frequency.OTHER
    months = sorted({day.year * 12 + day.month for day in dated})
    gaps = {second - first for first, second in itertools.pairwise(months)}
    if len(months) >= 3 and gaps == {12} and (dated[0].month == 4 if firsts else dated[0].month == 3):
        return Frequency.YEAR
    if len(months) >= 4 and gaps == {3}:
        return Frequency.QUARTER
    return Frequency.MONTH


def _whole(day: date, frequency: Frequency) -> Period:
    """The period that starts on a first of a month, or ends on a last."""
    length = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}[frequency]
    if length == 1:
        return periods.month_of(day)
    if day.day == 1:
        return Period(day, periods.month_end(periods.add_months(day, length - 1)))
    return Period(periods.add_months(day, 1 - length), day)
