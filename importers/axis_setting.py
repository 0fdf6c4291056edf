"""Builds the setting of an axis (heading, titles, years beside it) and resolves its distinct texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeGuard

from analysis import periods
from analysis.periods import Period
from importers.addresses import address, area
from importers.axes import Axis, filled_across
from importers.grammar import periods_in, read_period, read_period_text
from importers.grids import Cell, Grid, shown
from importers.headers import title_above
from importers.period_text import Kind, PeriodText
from importers.resolving import resolve
from importers.sequences import ROLLING, AxisQuestion, Setting
from importers.without_year import WITHOUT_YEAR, turns_of_year

_YEAR_KINDS = (Kind.YEAR, Kind.FINANCIAL_YEAR)
_TITLE_YEAR = re.compile(r"\b((?:19|20)\d\d ?(?:[-/–]|to) ?(?:(?:19|20)\d\d|\d\d))\b")


@dataclass
class ReadAxis:
    """Distinct readings of an axis, which of them each position has, and the questions that stay open."""

    which: list[int]
    readings: tuple[PeriodText, ...]
    raw: tuple[str, ...]
    questions: list[AxisQuestion]
    notes: list[str] = field(default_factory=list)

    @property
    def frequency(self) -> str:
        """How often most positions come: `month`, or `rolling quarter` for spans that overlap."""
        held = [reading for reading in self.readings if reading.period]
        counts = Counter(reading.period.frequency.value for reading in held if reading.period)
        if not counts:
            return "other"
        most = counts.most_common(1)[0][0]
        return f"{ROLLING} {most}" if all(reading.note.endswith(ROLLING) for reading in held) else most


def read_axis(grid: Grid, axis: Axis, today: date | None = None) -> ReadAxis:
    """Resolve the distinct texts of an axis in the order they come."""
    years = _years_beside(grid, axis)
    index_of: dict[tuple[Cell | tuple[Cell, ...], Period | None], int] = {}
    which: list[int] = []
    firsts: list[int] = []
    across = None if axis.down else filled_across(grid, axis.line)
    cells = grid.column(axis.line) if across is None else across
    for index, (position, year) in enumerate(zip(axis.positions, years, strict=True)):
        written = cells[position] if not axis.beside else _in_parts(grid, axis, position)
        key = (written, year.period if year is not None else None)
        found = index_of.get(key)
        if found is None:
            found = index_of[key] = len(firsts)
            firsts.append(index)
        which.append(found)
    readings = [axis.readings[index] for index in firsts]
    contexts = [years[index] for index in firsts]
    raw = [_raw(grid, axis, cells, axis.positions[index]) for index in firsts]
    setting = Setting(
        heading=heading_of(grid, axis),
        around=f"{grid.name} | {title_above(grid, _top(axis))}",
        years=tuple(contexts),
        date_1904=grid.date_1904,
        where=_where(axis),
        raw=tuple(raw),
        cells=tuple(_address(axis, axis.positions[index]) for index in firsts) if _is_doubtful(readings) else (),
    )
    if today:
        setting.today = today
    resolved = resolve(tuple(readings), setting)
    return ReadAxis(which, resolved.readings, tuple(raw), resolved.questions, resolved.notes)


def _in_parts(grid: Grid, axis: Axis, position: int) -> tuple[Cell, ...]:
    """A period that stands in several columns, such as a year, a month and a day."""
    return tuple(grid.cell(position, column) for column in (axis.line, *axis.beside))


def _raw(grid: Grid, axis: Axis, cells: Sequence[Cell], position: int) -> str:
    return " ".join(map(shown, _in_parts(grid, axis, position))) if axis.beside else shown(cells[position])


def _is_doubtful(readings: list[PeriodText]) -> bool:
    return any(reading.order == "month first" for reading in readings)


def _address(axis: Axis, position: int) -> str:
    return address(position, axis.line) if axis.down else address(axis.line, position)


def _top(axis: Axis) -> int:
    return axis.first if axis.down else axis.line


def _where(axis: Axis) -> str:
    if axis.down:
        return area(axis.first, axis.line, axis.last, axis.line)
    return area(axis.line, axis.first, axis.line, axis.last)


def heading_of(grid: Grid, axis: Axis) -> str:
    """The text at the head of an axis: above a column, left of a row."""
    if axis.down:
        texts = [grid.text(row, axis.line) for row in range(axis.head - 1, max(-1, axis.head - 5), -1)]
    else:
        texts = [grid.text(axis.line, column) for column in range(axis.first - 1, -1, -1)]
    return next((text[:80] for text in texts if text), "")


def _years_beside(grid: Grid, axis: Axis) -> tuple[PeriodText | None, ...]:
    """For axes of months or quarters without years: the year or financial year beside each position, filled on."""
    nothing: tuple[PeriodText | None, ...] = (None,) * len(axis.positions)
    if not any(kind in WITHOUT_YEAR for kind in axis.kinds):
        return nothing
    if axis.sections and axis.sections[0] < axis.first:
        return _years_above(grid, axis)
    if (corner := _year_in_corner(grid, axis)) is not None:
        return (corner,) * len(axis.positions)
    for line in _lines_to_search(grid, axis):
        found = _filled_years(grid, axis, line)
        if found:
            return found
    title = f"{grid.name} | {title_above(grid, _top(axis))}"
    years = {reading.period: reading for text in _TITLE_YEAR.findall(title) if (reading := read_period_text(text))}
    if len(years) == 1:
        return (next(iter(years.values())),) * len(axis.positions)
    return nothing if years else _plain_year_named(axis, title)


def _plain_year_named(axis: Axis, title: str) -> tuple[PeriodText | None, ...]:
    """The one year that a title names (`SITREP, April 2024`), on to the next where days pass New Year; months that do
    not lie in one calendar year are asked about, for the year named may be the first or the last of theirs."""
    named = {reading.period.start.year for reading in periods_in(title) if reading.period}
    turns = turns_of_year(axis.readings)
    if len(named) != 1 or (any(turns) and Kind.DAY_NAME not in axis.kinds):
        return (None,) * len(axis.positions)
    first = named.pop()
    return tuple(PeriodText(Kind.YEAR, periods.year(first + turn)) for turn in turns)


def _year_in_corner(grid: Grid, axis: Axis) -> PeriodText | None:
    """The year left of a row of months or quarters; a calendar year only where they all lie in one."""
    if axis.down or not axis.first:
        return None
    reading = read_period(filled_across(grid, axis.line)[axis.first - 1])
    if not _is_a_year(reading):
        return None
    return reading if reading.kind is Kind.FINANCIAL_YEAR or not any(turns_of_year(axis.readings)) else None


def _years_above(grid: Grid, axis: Axis) -> tuple[PeriodText | None, ...]:
    """The year that heads the section of each position."""
    headings = {place: read_period(grid.cell(place, axis.line)) for place in axis.sections}
    return tuple(headings[max(place for place in axis.sections if place < position)] for position in axis.positions)


def _lines_to_search(grid: Grid, axis: Axis) -> list[int]:
    before = list(range(axis.line - 1, max(-1, axis.line - 4), -1))
    after = [line for line in range(axis.line + 1, axis.line + 4) if line < grid.width] if axis.down else []
    return [*before, *after]


def _is_a_year(reading: PeriodText | None) -> TypeGuard[PeriodText]:
    """Whether a cell names a year without doubt: `FY24` may begin or end in 2024, so the year is asked."""
    return (
        reading is not None
        and reading.kind in _YEAR_KINDS
        and reading.period is not None
        and reading.other_kind is not reading.kind
    )


def _filled_years(grid: Grid, axis: Axis, line: int) -> tuple[PeriodText | None, ...] | None:
    found: list[PeriodText | None] = []
    current: PeriodText | None = None
    position_from = axis.first
    for position in axis.positions:
        for place in range(position_from, position + 1):
            cell = grid.cell(place, line) if axis.down else grid.cell(line, place)
            if cell == "":
                continue
            reading = read_period(cell)
            if not _is_a_year(reading):
                return None
            current = reading
        position_from = position + 1
        found.append(current)
    return tuple(found) if found and found[0] is not None else None
