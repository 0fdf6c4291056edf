"""A workbook that Roleworth wrote is known again: only its sheets of values are read, all others hold results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importers.addresses import area
from importers.found import LeftOut
from importers.grids import Book, Grid
from importers.tables import FoundSheet

RESULTS = "results of Roleworth's own export; its values are on the sheets called Measures"
_FRONT = ("Cover", "Contents", "Notes")
_VALUES = re.compile(r"Measures_\d+(_[a-z]+)?")
_PRODUCER = "Roleworth "


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
