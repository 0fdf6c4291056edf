"""Dates in three columns: `Year`, `Month` and `Day` side by side under one heading row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analysis.periods import Period
from importers.grammar import read_period
from importers.grids import Cell, Grid
from importers.period_text import Kind, PeriodText

_HEADINGS = (
    re.compile(r"(?:calendar )?(?:year|yr|yyyy)", re.IGNORECASE),
    re.compile(r"(?:calendar )?(?:month|mth|mm|mon)(?: ?(?:no\.?|number|num|name))?", re.IGNORECASE),
    re.compile(r"(?:day|dd|day of (?:the )?month)(?: ?(?:no\.?|number|num))?", re.IGNORECASE),
)
_HEAD_ROWS = 12
_GOOD = 0.8
"""Share of the filled rows that must be dates: a few may be totals or slips."""


@dataclass(frozen=True)
class DateParts:
    """The three columns, and for every row of the sheet the day it names, None where it names none."""

    columns: tuple[int, int, int]
    readings: tuple[PeriodText | None, ...]


def dates_in_three_columns(grid: Grid) -> DateParts | None:
    """The dates of a sheet that gives them in parts; None for any other sheet."""
    for row in range(min(_HEAD_ROWS, len(grid.rows))):
        columns = _columns(grid, row)
        if columns is not None:
            return _read(grid, row, columns)
    return None


def _columns(grid: Grid, row: int) -> tuple[int, int, int] | None:
    words = [" ".join(grid.text(row, column).replace("_", " ").split()) for column in range(len(grid.rows[row]))]
    year, month, day = (
        [column for column, text in enumerate(words) if pattern.fullmatch(text)] for pattern in _HEADINGS
    )
    if not (len(year) == len(month) == len(day) == 1):
        return None
    return year[0], month[0], day[0]


def _read(grid: Grid, head: int, columns: tuple[int, int, int]) -> DateParts | None:
    found: list[PeriodText | None] = [None] * len(grid.rows)
    filled = good = 0
    for row in range(head + 1, len(grid.rows)):
        year, month, day = (grid.cell(row, column) for column in columns)
        if (year, month, day) == ("", "", ""):
            continue
        filled += 1
        if (on := _day(year, month, day)) is not None:
            good += 1
            found[row] = PeriodText(Kind.DAY, Period(on, on))
    return DateParts(columns, tuple(found)) if good > 1 and good >= _GOOD * filled else None


def _day(year: Cell, month: Cell, day: Cell) -> date | None:
    try:
        return date(_whole(year), _month(month), _whole(day))
    except ValueError:
        return None


def _month(cell: Cell) -> int:
    reading = read_period(cell) if isinstance(cell, str) and not cell.strip().isdecimal() else None
    return reading.number if reading is not None and reading.kind is Kind.MONTH_NAME else _whole(cell)


def _whole(cell: Cell) -> int:
    """0, which is no part of a date, for anything that is no whole number."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return int(cell.strip()) if isinstance(cell, str) and cell.strip().isdecimal() else 0
