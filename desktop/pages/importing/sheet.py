"""The picture of a sheet, without Qt: which cells are shown, what each of them is, and where the table lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.wording import plural
from desktop.pages.importing.draft import Draft, Part, edges_found
from desktop.pages.importing.outlook import CHECK, FIX, Outlook
from importers.addresses import address, column_letters, column_number
from importers.axes import is_total
from importers.edges import Edges
from importers.found import FoundTable
from importers.inspection import InspectedSheet, Inspection
from importers.text import SHEET

MOST_COLUMNS = 40


class CellKind(StrEnum):
    """What a cell of the picture is; the value is the word a screen reader says and the key shows."""

    PLAIN = ""
    HEADER = "header"
    AXIS = "period"
    VALUE = "value"
    TOTAL = "total"
    LEFT_OUT = "left out"
    FIX = "to fix"
    CHECK = "to check"
    SAME = "already here"
    DROPPED = "personal data, not read"


Box = tuple[int, int, int, int]
Marks = Mapping[str, CellKind]


@dataclass(frozen=True)
class SheetPicture:
    """Rows and columns of a sheet with their Excel names; `kinds[row][column]` says what each cell is.

    Cells begin at A1. `tables` are top, left, bottom and right of each table; `frame` are the edges a person may move.
    """

    name: str
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[CellKind, ...], ...]
    tables: tuple[Box, ...]
    frame: Edges | None
    caption: str

    def shown_kinds(self) -> tuple[CellKind, ...]:
        """The kinds there are in it, for its key."""
        there = {kind for line in self.kinds for kind in line}
        return tuple(kind for kind in CellKind if kind in there and kind not in (CellKind.PLAIN, CellKind.VALUE))


EMPTY = SheetPicture("", (), (), (), (), (), None, "")


def sheet_picture(draft: Draft, number: int, name: str, outlook: Outlook | None) -> SheetPicture:
    """A sheet of a file as it is, marked with what was found on it; people's columns are masked."""
    part = draft.parts[number]
    seen = next((sheet for sheet in part.whole.sheets if sheet.name == name), None)
    found = next((sheet for sheet in part.inspection.sheets if sheet.name == name), None)
    if seen is None or found is None:
        return EMPTY
    width = min(MOST_COLUMNS, max((len(row) for row in seen.picture), default=0))
    dropped = _dropped(part.inspection, name)
    kinds = _Kinds(found, dropped, _issue_marks(outlook, number, name)).of(len(seen.picture), width)
    frame = next((edges for edges in draft.edges if edges.sheet == name), None)
    return SheetPicture(
        name=name,
        row_names=tuple(str(at + 1) for at in range(len(seen.picture))),
        column_names=tuple(column_letters(at) for at in range(width)),
        texts=tuple(
            tuple("•••" if at in dropped and at < len(row) else _text(row, at) for at in range(width))
            for row in seen.picture
        ),
        kinds=kinds,
        tables=tuple(corners(table.range) for table in found.tables),
        frame=frame or edges_found(seen, found.tables[0] if found.tables else None),
        caption=_caption(found, seen),
    )


def _text(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""


def _caption(found: InspectedSheet, seen: InspectedSheet) -> str:
    if not found.tables:
        return "No table found on this sheet"
    areas = ", ".join(table.range for table in found.tables[:3])
    more = f" and {len(found.tables) - 3} more" if len(found.tables) > 3 else ""
    words = "Tables" if len(found.tables) > 1 else "Table"
    cut = f"; the first {len(seen.picture)} of {plural(seen.rows, 'row')} are shown"
    return f"{words} found {areas}{more}{cut if seen.rows > len(seen.picture) else ''}"


def _dropped(inspection: Inspection, sheet: str) -> set[int]:
    return {
        column_number(found.column)
        for found in inspection.personal_data
        if found.sheet == sheet and found.place == "column" and found.column.isalpha() and len(found.column) <= 3
    }


def _issue_marks(outlook: Outlook | None, number: int, sheet: str) -> dict[str, CellKind]:
    if outlook is None:
        return {}
    kinds = {FIX: CellKind.FIX, CHECK: CellKind.CHECK}
    marks = {cell: CellKind.SAME for part, cell in outlook.same_cells if part == number}
    marks |= {d.cell: kinds[d.level] for d in outlook.doubts if d.level in kinds and d.part == number}
    return {cell.rpartition("!")[2]: kind for cell, kind in marks.items() if cell.rpartition("!")[0] in (sheet, "")}


class _Kinds:
    """What each cell is. What needs a person wins over what it is part of."""

    def __init__(self, sheet: InspectedSheet, dropped: set[int], marks: Marks) -> None:
        self.marks: dict[tuple[int, int], CellKind] = {}
        self._dropped = dropped
        for part in sheet.left_out:
            self._fill(corners(part.range), CellKind.LEFT_OUT)
        for table in sheet.tables:
            self._table(table)
        self._issues = marks

    def of(self, rows: int, columns: int) -> tuple[tuple[CellKind, ...], ...]:
        """The kinds of the upper left part of the sheet."""
        return tuple(tuple(self._kind(row, column) for column in range(columns)) for row in range(rows))

    def _kind(self, row: int, column: int) -> CellKind:
        if column in self._dropped:
            return CellKind.DROPPED
        return self._issues.get(address(row, column)) or self.marks.get((row, column), CellKind.PLAIN)

    def _fill(self, box: Box, kind: CellKind) -> None:
        for row in range(box[0], min(box[2], 200) + 1):
            for column in range(box[1], min(box[3], MOST_COLUMNS) + 1):
                self.marks[row, column] = kind

    def _table(self, table: FoundTable) -> None:
        box = corners(table.range)
        self._fill(box, CellKind.VALUE)
        for row in table.header_rows:
            self._fill((row - 1, box[1], row - 1, box[3]), CellKind.HEADER)
        for row, column in _axis_cells(table):
            self.marks[row, column] = CellKind.AXIS
        for row, column in _total_cells(table):
            self.marks[row, column] = CellKind.TOTAL


def _axis_cells(table: FoundTable) -> Iterable[tuple[int, int]]:
    if table.period_from.startswith("the name"):
        return ()
    if table.axis_kind == "ledger":
        top, _, bottom, _ = corners(table.range)
        return ((row, table.line) for row in range(top + 1, min(bottom, 200) + 1))
    return ((at, table.line) if table.down else (table.line, at) for at in table.positions)


def _total_cells(table: FoundTable) -> Iterable[tuple[int, int]]:
    for series in table.series[:200]:
        if series.total and is_total(series.measure.rsplit(" > ", 1)[-1], series.organisation or ""):
            yield from (table.place(series, index) for index in range(min(len(series.values), 200)))
        for index, number in enumerate(series.who[:200]):
            if table.labels[number].total:
                yield table.place(series, index)


def corners(area: str) -> Box:
    """Top, left, bottom and right of a range such as `B10:AZ203`, counted from 0."""
    first, _, last = area.partition(":")
    found = [_split(part) for part in (first, last or first)]
    (top, left), (bottom, right) = ((int(row) - 1, column_number(letters)) for letters, row in found)
    return top, left, bottom, right


def _split(cell: str) -> tuple[str, str]:
    letters = cell.rstrip("0123456789")
    return letters, cell[len(letters) :]


def sheet_words(name: str) -> str:
    """A sheet's name for people; a text file has one sheet without a name."""
    return "Text" if name == SHEET else name


def table_line(table: FoundTable) -> tuple[str, str, str]:
    """One found table in words: where it lies, how and how often, and how many series it has."""
    ways = {"down": "periods down", "across": "periods across", "long": "one row a value", "matrix": "years by months"}
    period = table.readings[0].period if table.readings else None
    came = f", from {table.period_from}" if table.period_from else ""
    ways["snapshot"] = f"one period: {period.long_label if period else 'not known'}{came}"
    way = "ledger, added up by month" if table.axis_kind == "ledger" else ways.get(table.layout, table.layout)
    return f"{sheet_words(table.sheet)}, {table.range}", f"{way}; {table.frequency}", f"{len(table.series):,}"


def sheet_named(part: Part, name: str) -> InspectedSheet | None:
    """A sheet of a file as it was found."""
    return next((sheet for sheet in part.whole.sheets if sheet.name == name), None)
