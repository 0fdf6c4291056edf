"""The picture of the sheet, without Qt: which cells are shown, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from importers.addresses import address, column_letters
from importers.collecting import Collected
from importers.found import FoundTable
from importers.inspection import InspectedSheet

ROWS_AROUND, MOST_ROWS, MOST_COLUMNS = 4, 60, 20


class CellKind(StrEnum):
    """What a cell of the picture is; the value is the word a screen reader says."""

    PLAIN = ""
    HEADER = "header"
    VALUE = "value"
    FIX = "to fix"
    CHECK = "to check"
    DROPPED = "personal data, not read"


@dataclass(frozen=True)
class SheetPicture:
    """Rows and columns of a sheet with their Excel names; `kinds[row][column]` says what each cell is."""

    name: str
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[CellKind, ...], ...]
    table: tuple[int, int, int, int] | None
    caption: str


def sheet_picture(sheet: InspectedSheet, collected: Collected) -> SheetPicture:
    """The part of a sheet around its first table, as far as it was handed over as text."""
    table = sheet.tables[0] if sheet.tables else None
    box = corners(table.range) if table else None
    top = max(0, box[0] - ROWS_AROUND) if box else 0
    left = max(0, box[1] - 1) if box and box[1] < 4 else (box[1] if box else 0)
    rows = sheet.picture[top : top + MOST_ROWS]
    marks = _marks(sheet.name, collected)
    header = set(table.header_rows) if table else set()
    width = max((len(row) for row in rows), default=0)
    columns = range(left, min(width, left + MOST_COLUMNS))
    dropped = {p.column for p in collected.dropped_columns if p.sheet == sheet.name}
    return SheetPicture(
        name=sheet.name,
        row_names=tuple(str(top + i + 1) for i in range(len(rows))),
        column_names=tuple(column_letters(c) for c in columns),
        texts=tuple(tuple(_text(row, c, dropped) for c in columns) for row in rows),
        kinds=tuple(tuple(_kind(top + i, c, box, header, marks, dropped) for c in columns) for i in range(len(rows))),
        table=None if box is None else (box[0] - top, box[1] - left, box[2] - top, box[3] - left),
        caption=f"Table found {table.range}" if table else "No table found on this sheet",
    )


def _text(row: tuple[str, ...], column: int, dropped: set[str]) -> str:
    if column_letters(column) in dropped:
        return "•••"
    return row[column] if column < len(row) else ""


def _kind(
    row: int,
    column: int,
    box: tuple[int, int, int, int] | None,
    header: set[int],
    marks: Mapping[str, CellKind],
    dropped: set[str],
) -> CellKind:
    if column_letters(column) in dropped:
        return CellKind.DROPPED
    if (found := marks.get(address(row, column))) is not None:
        return found
    if box is None or not (box[1] <= column <= box[3]):
        return CellKind.PLAIN
    if row + 1 in header:
        return CellKind.HEADER
    return CellKind.VALUE if box[0] <= row <= box[2] else CellKind.PLAIN


def _marks(sheet: str, collected: Collected) -> dict[str, CellKind]:
    marks = {issue.cell: CellKind.CHECK for issue in collected.check} | {i.cell: CellKind.FIX for i in collected.fix}
    return {cell.rpartition("!")[2]: kind for cell, kind in marks.items() if cell.rpartition("!")[0] in (sheet, "")}


def corners(area: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a range such as `B10:AZ203`, counted from 0."""
    from importers.addresses import column_number

    first, _, last = area.partition(":")
    found = [_split(part) for part in (first, last or first)]
    (top, left), (bottom, right) = ((int(row) - 1, column_number(letters)) for letters, row in found)
    return top, left, bottom, right


def _split(cell: str) -> tuple[str, str]:
    letters = cell.rstrip("0123456789")
    return letters, cell[len(letters) :]


def table_line(table: FoundTable) -> tuple[str, str, str, str, str]:
    """One found table in words: sheet, range, how it lies, frequency, series."""
    ways = {"down": "periods down", "across": "periods across", "long": "one row a value", "matrix": "years by months"}
    ways["snapshot"] = f"one period: {table.readings[0].period.label if table.readings[0].period else 'not known'}"
    series = f"{len(table.series):,}"
    return table.sheet, table.range, ways.get(table.layout, table.layout), table.frequency, series
