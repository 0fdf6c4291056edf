"""Headings that name days by the week or the month of their sheet alone: Monday to Sunday, or 1 to 30."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from analysis.periods import Period
from importers.grids import Cell, Grid
from importers.period_text import Kind, PeriodText
from importers.sheet_period import whole_period

_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\.?", re.IGNORECASE)
_INITIALS = frozenset("mtwfsMTWFS")
_ORDER = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAST_DAYS, _LEAST_NUMBERS, _SHORTEST_MONTH = 5, 7, 28
_COUNTED: tuple[tuple[Cell, Cell], ...] = ((1.0, 7.0), ("1", "7"))
_DAY = re.compile(r"(?:day|date)s?(?: of (?:the )?month)?", re.IGNORECASE)


def days_of_week(grid: Grid, file: str) -> dict[Cell, PeriodText]:
    """The day of each cell that names a weekday, where the sheet stands for one week and names each day once."""
    words = (cell for cell in grid.distinct if type(cell) is str and cell[:1] in _INITIALS and 3 <= len(cell) <= 12)
    found: dict[Cell, int] = {cell: place for cell in words if (place := _place(cell)) is not None}
    if len(found) < _LEAST_DAYS or len(set(found.values())) < len(found):
        return {}
    rows = [row for row, cells in enumerate(grid.rows) for cell in cells if cell in found]
    week = _only(grid, rows[0], file)
    if len(rows) != len(found) or week is None or week.days != _LEAST_NUMBERS:
        return {}
    first = week.start.weekday()
    return {cell: _day(week, (place - first) % 7) for cell, place in found.items()}


def _place(cell: str) -> int | None:
    """0 for a cell that names Monday, None for one that names no day of the week."""
    named = _WEEKDAY.fullmatch(cell.strip())
    return _ORDER.index(named[1][:3].lower()) if named else None


def days_of_month(grid: Grid, cells: Sequence[Cell], row: int, file: str) -> dict[Cell, PeriodText]:
    """The day of each number of a heading row that counts the days of the month its sheet stands for.

    It has to count the whole month, unless the cell before it says Day or Date.
    """
    first = next((one for one, seven in _COUNTED if one in cells and seven in cells), None)
    if first is None:
        return {}
    start = cells.index(first)
    count = 0
    while start + count < len(cells) and _whole(cells[start + count]) == count + 1:
        count += 1
    said = start > 0 and isinstance(before := cells[start - 1], str) and _DAY.fullmatch(before.strip()) is not None
    if count < (_LEAST_NUMBERS if said else _SHORTEST_MONTH):
        return {}
    month = _only(grid, row, file)
    if month is None or month.months != 1 or not (count == month.days or (said and count < month.days)):
        return {}
    return {cells[start + at]: _day(month, at) for at in range(count)}


def _whole(cell: Cell) -> int:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return int(cell.strip()) if isinstance(cell, str) and cell.strip().isdecimal() and len(cell) < 4 else 0


def _only(grid: Grid, row: int, file: str) -> Period | None:
    """The one period that is named above a row, or by the sheet or the file."""
    whole = whole_period(grid, row, file)
    return whole.candidates[0].reading.period if whole.is_sure else None


def _day(of: Period, at: int) -> PeriodText:
    when = of.start + timedelta(days=at)
    return PeriodText(Kind.DAY, Period(when, when))
