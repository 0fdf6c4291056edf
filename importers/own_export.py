"""A workbook that Roleworth wrote is known again: only its sheets of values are read, all others hold results.

The column beside the values says which of them are provisional or were set aside; a number alone would lose that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.wording import plural
from importers.addresses import address, area
from importers.found import FoundSeries, FoundTable, LeftOut, Mark
from importers.grids import Book, Grid, Remark, shown
from importers.tables import FoundSheet
from importers.values import PROVISIONAL, VALUE

RESULTS = "results of Roleworth's own export; its values are on the sheets called Measures"
_FRONT = ("Cover", "Contents", "Notes")
_VALUES = re.compile(r"Measures_\d+(_[a-z]+)?")
_PRODUCER = "Roleworth "
_MARKS = "Notes on the values"
_BETWEEN = re.compile(r"; (?=\[)")
_PROVISIONAL, _SET_ASIDE = "[p] ", "[u] "


def holds_results(book: Book) -> frozenset[str]:
    """The sheets of an own export that hold no values; none where the book is not one, or has no sheet of values."""
    names = [grid.name for grid in book.sheets]
    if tuple(names[: len(_FRONT)]) != _FRONT or not _says_so(book.sheets[0].rows):
        return frozenset()
    others = frozenset(name for name in names if not _VALUES.fullmatch(name))
    return others if len(others) < len(names) else frozenset()


def _says_so(cover: Sequence[Sequence[object]]) -> bool:
    """Whether the cover names Roleworth as what made the workbook."""
    return any(row[0] == "Version" and str(row[1]).startswith(_PRODUCER) for row in cover if len(row) > 1)


def left_whole(grid: Grid) -> FoundSheet:
    """A sheet of which nothing is read."""
    found = FoundSheet(grid.name, grid.visible)
    found.left_out = [LeftOut(area(0, 0, max(len(grid.rows) - 1, 0), max(grid.width - 1, 0)), RESULTS)]
    return found


def with_marks(found: FoundSheet, grid: Grid) -> None:
    """Take the marks of a sheet of values over to its values; of those set aside it is said that they come back in."""
    for table in found.tables:
        column = _column_of_marks(table, grid)
        if column is None:
            continue
        aside = [cell for series in table.series for cell in _marked(table, series, grid, column)]
        if aside:
            words = f"{plural(len(aside), 'value')} on sheet {table.sheet} had been set aside when this was exported."
            hint = "They come in as ordinary values; set them aside again on the Data tab."
            found.remarks.append(Remark("check", words, hint, f"{table.sheet}!{aside[0]}"))


def _column_of_marks(table: FoundTable, grid: Grid) -> int | None:
    """The column that holds the marks, which stands in the heading of a table whose periods go down."""
    rows = [row - 1 for row in table.header_rows] if table.down else []
    found = (column for row in rows for column in range(grid.width) if grid.text(row, column) == _MARKS)
    return next(found, None)


def _marked(table: FoundTable, series: FoundSeries, grid: Grid, column: int) -> list[str]:
    """Mark the provisional values of a series; returns the cells of those that had been set aside."""
    aside = []
    for index, value in enumerate(series.values):
        row, place = table.place(series, index)
        parts = _BETWEEN.split(grid.text(row, column))
        if any(_names(part, _PROVISIONAL, series) for part in parts):
            held = series.marks.get(index) or Mark(VALUE, shown(grid.cell(row, place)))
            series.marks[index] = held._replace(maturity=PROVISIONAL)
        if value is not None and any(_names(part, _SET_ASIDE, series) for part in parts):
            aside.append(address(row, place))
    return aside


def _names(part: str, mark: str, series: FoundSeries) -> bool:
    """Whether a mark names a series: its heading, which has the unit behind the name."""
    name = part.removeprefix(mark)
    return part.startswith(mark) and (series.measure == name or series.measure.startswith(f"{name} ("))
