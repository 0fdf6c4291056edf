"""Which periods the entry grid shows, without Qt: each measure's own kind without gaps, and whatever else is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from analysis.periods import Frequency, Period, add_months, month_of, months_between, week_starting
from analysis.phases import containing
from analysis.vocabulary import Series, Timeline

BEFORE_MONTHS = 12


def rows_of(
    all_series: Iterable[Series],
    timeline: Timeline,
    today: date,
    more: Iterable[Period] = (),
    *,
    earlier_months: int = 0,
) -> tuple[Period, ...]:
    """Every period to show: each measure's own kind of period without gaps, and whatever else is held or `more`."""
    held = tuple(all_series)
    first = add_months(min(timeline.launch or today, today), -BEFORE_MONTHS - earlier_months)
    found = {period for periods in _unlike(held) for period in periods} | set(more)
    frequencies = {series.measure.frequency for series in held} or {Frequency.MONTH}
    for frequency in frequencies:
        same = sorted(period for period in found if period.frequency is frequency)
        found.update(_run(frequency, same, first, today))
    return tuple(sorted(found))


def _unlike(all_series: Iterable[Series]) -> list[tuple[Period, ...]]:
    """The runs of periods that differ: most measures are held for the same, and comparing is quicker than hashing."""
    found: list[tuple[Period, ...]] = []
    for series in all_series:
        if not found or series.periods != found[-1]:
            found.append(series.periods)
    return found


def _run(frequency: Frequency, held: list[Period], first: date, today: date) -> list[Period]:
    if frequency is Frequency.OTHER:
        return []
    begin = _starting(frequency, first, held)
    last_whole = today.replace(day=1) - timedelta(days=1)
    end = max([held[-1].next().start] if held else [], default=date.min)
    last = Period(max(end, last_whole), max(end, last_whole))
    return months_between(begin, last)


def _starting(frequency: Frequency, first: date, held: list[Period]) -> Period:
    """The first period to show: the first held, or the one a year before the launch, whichever is earlier."""
    own: Mapping[Frequency, Period] = {
        Frequency.DAY: Period(first, first),
        Frequency.MONTH: month_of(first),
        Frequency.QUARTER: containing(month_of(first), Frequency.QUARTER),
        Frequency.YEAR: containing(month_of(first), Frequency.YEAR),
    }
    if not held:
        return own.get(frequency) or week_starting(first - timedelta(days=first.weekday()))
    begin = own.get(frequency) or _weeks_back(held[0], first)
    return min(begin, held[0])


def _weeks_back(week: Period, first: date) -> Period:
    """The week of the same weekday that lies at or just before a day."""
    weeks = max(0, -((first - week.start).days // 7))
    return week_starting(week.start - timedelta(days=7 * weeks))
