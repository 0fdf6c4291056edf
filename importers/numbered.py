"""Columns that number months or quarters under a heading that says so: `Quarter` over 1 to 4, beside a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importers.grids import Cell
from importers.period_text import Kind, PeriodText

_QUARTER = re.compile(r"(?:(?:financial|calendar|reporting) )?(?:quarter|qtr|q)(?: ?(?:no\.?|number))?", re.IGNORECASE)
_CALENDAR_MONTH = re.compile(r"calendar month ?(?:no\.?|number|num)?", re.IGNORECASE)
_MONTH = re.compile(r"(?:reporting )?(?:month|mth) ?(?:no\.?|number|num)?", re.IGNORECASE)
_FINANCIAL_MONTH = re.compile(
    r"(?:financial|fiscal|accounting) (?:month|period)(?: ?(?:no\.?|number))?|period ?(?:no\.?|number)?", re.IGNORECASE
)
_KINDS: tuple[tuple[re.Pattern[str], Kind, int, Kind | None], ...] = (
    (_QUARTER, Kind.QUARTER_ONLY, 4, None),
    (_CALENDAR_MONTH, Kind.MONTH_NAME, 12, None),
    (_MONTH, Kind.MONTH_NAME, 12, Kind.FINANCIAL_MONTH),
    (_FINANCIAL_MONTH, Kind.FINANCIAL_MONTH, 12, None),
)
"""Heading, kind, highest number, and what the numbers may be as well: under a bare `Month` 1 may be April."""
_HEAD_ROWS = 12


def numbered_periods(cells: Sequence[Cell]) -> dict[Cell, PeriodText]:
    """The reading of each number of such a column; empty for any other column."""
    for row, cell in enumerate(cells[:_HEAD_ROWS]):
        if isinstance(cell, str) and 0 < len(cell) <= 30:
            words = " ".join(cell.replace("_", " ").split())
            found = next((kind for kind in _KINDS if kind[0].fullmatch(words)), None)
            if found is not None:
                return _numbers(cells[row + 1 :], *found[1:])
    return {}


def _numbers(cells: Sequence[Cell], kind: Kind, most: int, other: Kind | None) -> dict[Cell, PeriodText]:
    """Empty unless every filled cell down to the first empty one is a number from 1 on, and there are several."""
    found: dict[Cell, PeriodText] = {}
    for cell in cells:
        if cell == "":
            break
        number = _whole(cell)
        if not 1 <= number <= most:
            return {}
        found[cell] = PeriodText(kind, None, number=number, other_kind=other)
    return found if len(found) > 1 else {}


def _whole(cell: Cell) -> int:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return int(cell.strip()) if isinstance(cell, str) and cell.strip().isdecimal() else 0
