"""Periods that could not be read, and what a person typed for them: one cell mends every row that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis import periods
from analysis.periods import Frequency
from importers.addresses import address
from importers.doubts import place
from importers.found import FoundTable
from importers.grammar import read_period_text
from importers.period_text import Kind, PeriodText

_SETTLED = ("", "set apart", "no period is named", "no month and year meet here")
"""What is said of a period that is not in doubt by itself: a question decides it, or nothing stands there."""


@dataclass(frozen=True)
class UnreadPeriod:
    """A cell whose period cannot be used: which distinct text of its table it is, and what is wrong with it."""

    which: int
    cell: str
    raw: str
    problem: str


def unread_periods(table: FoundTable, readings: tuple[PeriodText, ...]) -> Iterator[UnreadPeriod]:
    """Each distinct text of an axis that names no usable period, at its first cell; a ledger's are mended in it."""
    if table.axis_kind == "ledger" or table.labels:
        return
    said: set[int] = set()
    for position, which in zip(table.positions, table.which, strict=True):
        reading = readings[which]
        if reading.period is not None or reading.problem in _SETTLED or which in said:
            continue
        said.add(which)
        cell = address(position, table.line) if table.down else address(table.line, position)
        yield UnreadPeriod(which, place(table.sheet, cell), table.raw_periods[which], reading.problem)


def typed_for(text: str, beside: tuple[PeriodText, ...]) -> PeriodText | None:
    """What a person typed for a period, as the others of the axis are: a day among months is its month."""
    typed = read_period_text(text)
    if typed is None or typed.period is None:
        return None
    held = [reading for reading in beside if reading.period is not None]
    usual = Counter(r.period.frequency for r in held if r.period).most_common(1)
    kinds = {reading.kind for reading in held}
    if typed.kind is not Kind.DAY or not usual or usual[0][0] is Frequency.DAY:
        return replace(typed, other=None)
    day = typed.period.start
    if usual[0][0] is Frequency.WEEK:
        ending = Kind.WEEK_ENDING in kinds
        kind, week = (
            (Kind.WEEK_ENDING, periods.week_ending) if ending else (Kind.WEEK_COMMENCING, periods.week_starting)
        )
        return PeriodText(kind, week(day))
    return PeriodText(Kind.MONTH, periods.month_of(day)) if usual[0][0] is Frequency.MONTH else None


def with_mended(
    table: FoundTable, readings: tuple[PeriodText, ...], fixes: Mapping[str, str]
) -> tuple[tuple[PeriodText, ...], frozenset[int]]:
    """The readings with what was typed for them, and which of them that was."""
    typed = {
        unread.which: reading
        for unread in unread_periods(table, readings)
        if (text := fixes.get(unread.cell)) and (reading := typed_for(text, readings)) is not None
    }
    return tuple(typed.get(which, reading) for which, reading in enumerate(readings)), frozenset(typed)
