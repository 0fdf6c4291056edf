"""One worksheet read back from its XML: what stands in each cell, and how the sheet is set.

The file was made a moment ago by the writer; it is read here without it, straight from the parts of the package.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from operator import lt
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import unescape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
IDENTITY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR, TEXT, TRUTH, NUMBER = "e", "s", "b", "n"
_PLAIN = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"(?: t="(s|b|str)")?>(<f>[^<]*</f>)?<v>([^<]*)</v></c>')
"""A cell as a workbook of ours has it: its place, its format, its kind, its formula, its value."""

_PLAIN_ROW = re.compile(r'<row r="(\d+)"(?: spans="[\d:]+")?(?: ht="([\d.]+)" customHeight="1")?(?:/>|></row>)')
"""A row of ours without its cells: its number and its height."""

_OF_A_ROW = frozenset({"r", "spans", "ht", "customHeight"})
_APART = 1 + _PLAIN.groups
_COLUMN_BITS = 15
_HOLDS = {"s": "s", "str": "s", "b": "b", None: "n"}
_TEXTS = frozenset({"s", "str", "inlineStr"})
_AREA = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


class HeldCell(NamedTuple):
    """One cell: its place from 1, its stored value, its format, what it holds, and its formula with the sign of one."""

    row: int
    column: int
    value: str | float | bool | None
    style: int
    holds: str
    formula: str | None

    @property
    def coordinate(self) -> str:
        """`B7`."""
        return f"{letters(self.column)}{self.row}"


Rows = Mapping[int, Mapping[int, HeldCell]]


@dataclass(frozen=True)
class Cells:
    """Cells in order of row and column, part by part: a sheet has too many for an object each.

    `places` are strictly growing numbers of row and column, `values`, `styles`, `holds` and `formulas` go with them.
    """

    places: Sequence[int]
    values: Sequence[str | float | bool | None]
    styles: Sequence[int]
    holds: Sequence[str]
    formulas: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[HeldCell]:
        return map(self.cell, range(len(self.places)))

    @cached_property
    def rows(self) -> list[int]:
        """The row of each cell."""
        return [place >> _COLUMN_BITS for place in self.places]

    @cached_property
    def columns(self) -> list[int]:
        """The column of each cell."""
        return [place & _LAST_COLUMN for place in self.places]

    def texts(self, columns: Container[int], usual: Container[object]) -> list[HeldCell]:
        """The cells of these columns that hold text other than the usual ones."""
        parts = enumerate(zip(self.holds, self.columns, self.values, strict=True))
        there = [n for n, (holds, at, text) in parts if holds == TEXT and at in columns and text not in usual]
        return [self.cell(number) for number in there]

    def written(self, longer: Callable[[int], int]) -> list[HeldCell]:
        """The cells of a text that no formula gives and that has several lines, or more characters than `longer` says
        of its column."""
        most = {column: longer(column) for column in set(self.columns)}
        parts = zip(self.holds, self.formulas, self.values, self.columns, strict=True)
        return [
            self.cell(number)
            for number, (holds, formula, value, column) in enumerate(parts)
            if holds == TEXT and formula is None and (len(str(value)) > most[column] or "\n" in str(value))
        ]

    def styles_of_texts(self) -> set[int]:
        """The formats of all texts that no formula gives."""
        parts = zip(self.holds, self.formulas, self.styles, strict=True)
        return {style for holds, formula, style in parts if holds == TEXT and formula is None}

    def cell(self, number: int) -> HeldCell:
        """One of the cells, by its number from 0."""
        place = self.places[number]
        held = (self.values[number], self.styles[number], self.holds[number], self.formulas[number])
        return HeldCell(place >> _COLUMN_BITS, place & _LAST_COLUMN, *held)

    def by_row(self) -> Rows:
        """The cells by row and column."""
        found: dict[int, dict[int, HeldCell]] = {}
        for cell in self:
            found.setdefault(cell.row, {})[cell.column] = cell
        return found

    def between(self, top: int, bottom: int) -> Cells:
        """The cells of some rows, both ends included."""
        there = slice(bisect_left(self.places, placed(top, 0)), bisect_left(self.places, placed(bottom + 1, 0)))
        return Cells(
            self.places[there], self.values[there], self.styles[there], self.holds[there], self.formulas[there]
        )

    def down_to(self, bottom: int) -> Cells:
        """The cells down to a row."""
        return self.between(0, bottom)

    def among(self, columns: range) -> Cells:
        """The cells in a stretch of columns."""
        if not self.places or (min(self.columns) in columns and max(self.columns) in columns):
            return self
        kept = [column in columns for column in self.columns]
        return Cells(
            list(compress(self.places, kept)),
            list(compress(self.values, kept)),
            list(compress(self.styles, kept)),
            list(compress(self.holds, kept)),
            list(compress(self.formulas, kept)),
        )


_LAST_COLUMN = (1 << _COLUMN_BITS) - 1


def placed(row: int, column: int) -> int:
    """Row and column as one number by which cells are ordered."""
    return (row << _COLUMN_BITS) + column


NO_CELLS = Cells((), (), (), (), ())


@dataclass(frozen=True)
class Block:
    """The place of a table: rows and columns from 1, both ends included; `top` is its header row."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class HeldTable:
    """A table part: its name, its place, whether it has one header row and filter buttons, its columns."""

    name: str
    block: Block
    has_header: bool
    has_filter: bool
    columns: tuple[str, ...]


class Page:
    """A worksheet: its cells in order, its tables, and its own XML for whatever else is asked of it.

    It is read when it is first asked for something and its cells are forgotten when `forget` is called; the tables and
    the rows down to the header of the first stay, for they are what other sheets are held against.
    """

    def __init__(self, title: str, is_hidden: bool, read: Callable[[], tuple[Grid, tuple[HeldTable, ...]]]) -> None:
        self.title, self.is_hidden = title, is_hidden
        self._read = read
        self._grid: Grid | None = None
        self._tables: tuple[HeldTable, ...] | None = None

    @property
    def _held(self) -> Grid:
        if self._grid is None:
            self._grid, self._tables = self._read()
        return self._grid

    @property
    def tables(self) -> tuple[HeldTable, ...]:
        """The tables of the sheet."""
        if self._tables is None:
            self.read()
        return self._tables or ()

    @property
    def cells(self) -> Cells:
        """Every cell that holds something."""
        return self._held.cells

    @cached_property
    def head(self) -> Rows:
        """The rows down to the header of the first table."""
        return self._held.cells.down_to(self.tables[0].block.top if self.tables else 1).by_row()

    @property
    def block(self) -> Block | None:
        """Where the only table lies; None when there is not exactly one."""
        return self.tables[0].block if len(self.tables) == 1 else None

    def read(self) -> None:
        """Read the cells now. Raises what the parser raises for XML that is none."""
        _ = self._held

    def forget(self) -> None:
        """Keep no cell below the header of the table, and no XML."""
        _ = self.head
        self._grid = None

    @property
    def body(self) -> Cells:
        """The cells of the only table below its header that hold something."""
        return self._held.body(self.block)

    def value(self, row: int, column: int) -> str | float | bool | None:
        """What stands in a cell; None where nothing does."""
        if row in self.head:
            held = self.head[row].get(column)
            return None if held is None else held.value
        cells = self.cells
        place = bisect_left(cells.places, placed(row, column))
        there = place < len(cells.places) and cells.places[place] == placed(row, column)
        return cells.values[place] if there else None

    def within(self, left: int, top: int, right: int, bottom: int) -> Iterator[HeldCell]:
        """The cells of an area that hold something."""
        for cell in self.cells.between(top, bottom):
            if left <= cell.column <= right:
                yield cell

    @property
    def widths(self) -> Mapping[str, float]:
        """The width of every column that has one set."""
        held = self.every("cols/col")
        return {letters(int(one.get("min", "1"))): float(one.get("width", "0")) for one in held}

    @property
    def heights(self) -> Mapping[int, float]:
        """The height of every row that has its own."""
        return self._held.heights

    @property
    def links(self) -> Mapping[str, str]:
        """Where the links lead, by the cell they stand in; "" for one that leads out of the workbook."""
        held = self.every("hyperlinks/hyperlink")
        return {one.get("ref", ""): one.get("location", "") for one in held}

    def has(self, path: str) -> bool:
        """Whether the sheet has an element, named as `sheetViews/sheetView/pane`."""
        return self._held.rest.find(_named(path)) is not None

    def every(self, path: str) -> list[Element]:
        """Every element of that name; of the rows, those that are more than numbered cells of some height."""
        return self._held.rest.findall(_named(path))


@lru_cache
def _named(path: str) -> str:
    return "/".join(f"{MAIN}{part}" for part in path.split("/"))


@dataclass
class Grid:
    """The cells of a worksheet, its rows with their heights, and its XML without them."""

    cells: Cells
    tall: Sequence[tuple[str, str]]
    rest: Element
    _body: Cells | None = None

    @cached_property
    def heights(self) -> Mapping[int, float]:
        """The height of every row that has its own, by its number; `tall` has both as they are written."""
        return {int(number): float(height) for number, height in self.tall if height}

    def body(self, block: Block | None) -> Cells:
        """The cells of a block below its first row; picked out once."""
        if self._body is None:
            self._body = NO_CELLS
            if block is not None:
                inside = range(block.left, block.right + 1)
                self._body = self.cells.between(block.top + 1, block.bottom).among(inside)
        return self._body


def named_tables(xml: str) -> list[str]:
    """The ids of the tables that a worksheet names, from its XML."""
    return re.findall(r'<tablePart [^>]*?r:id="(\w+)"', xml[xml.rfind("</sheetData>") :])


def grid_of(xml: str, strings: Sequence[str]) -> Grid:
    """The cells of a worksheet from its XML and the texts that sheets share.

    Cells of the plain shape are read by one expression. A sheet that has any other cell, or two of one place, is read
    by the parser, slowly.
    """
    start, end = xml.find("<sheetData>"), xml.rfind("</sheetData>")
    data = xml[start:end]
    found = _PLAIN.split(data)
    between = "".join(found[::_APART])
    rows = _PLAIN_ROW.findall(between)
    if start < 0 or "<c " in between or between.count("<row ") != len(rows):
        return parsed(xml, strings)
    cells = _plain_cells(found, strings)
    if not all(map(lt, cells.places, cells.places[1:])):
        return parsed(xml, strings)
    rest = f"{xml[:start]}{_PLAIN_ROW.sub('', between)}{xml[end:]}"
    return Grid(cells, rows, fromstring(rest))  # noqa: S314 - our own file


def _plain_cells(found: list[str], strings: Sequence[str]) -> Cells:
    """Cells from what the expression parted the rows into: what stands between, the groups of a cell, and so on."""
    names, numbers, styles, kinds, formulas, values = (found[group::_APART] for group in range(1, _APART))
    columns = {name: number_of(name) for name in set(names)}
    rows = {number: placed(int(number), 0) for number in set(numbers)}
    held: list[str | float | bool | None] = [
        strings[int(value)] if kind == "s" else _odd_value(kind, value) if kind else float(value)
        for kind, value in zip(kinds, values, strict=True)
    ]
    return Cells(
        [rows[number] + columns[name] for name, number in zip(names, numbers, strict=True)],
        held,
        list(map(int, styles)),
        [_HOLDS[kind] for kind in kinds],
        [f"={unescape(formula[3:-4])}" if formula else None for formula in formulas],
    )


def _odd_value(kind: str, value: str) -> str | bool:
    return value == "1" if kind == TRUTH else unescape(value)


def parsed(xml: str, strings: Sequence[str]) -> Grid:
    """The same by the parser, whatever shape the cells have."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    found: dict[int, HeldCell] = {}
    columns: dict[str, int] = {}
    tall: list[tuple[str, str]] = []
    for data in root.iterfind(f"{MAIN}sheetData"):
        for row in list(data):
            tall.append((row.get("r", "0"), row.get("ht", "")))
            for cell in row:
                held = _cell(cell, strings, columns)
                if held.value is not None or held.formula is not None:
                    found[placed(held.row, held.column)] = held
            del row[:]
            if row.attrib.keys() <= _OF_A_ROW:
                data.remove(row)
    return Grid(_in_order(found), tall, root)


def _in_order(found: Mapping[int, HeldCell]) -> Cells:
    places = sorted(found)
    held = [found[place] for place in places]
    return Cells(
        places,
        [one.value for one in held],
        [one.style for one in held],
        [one.holds for one in held],
        [one.formula for one in held],
    )


def _cell(cell: Element, strings: Sequence[str], columns: dict[str, int]) -> HeldCell:
    place = cell.attrib["r"]
    name = place.rstrip("0123456789")
    if name not in columns:
        columns[name] = number_of(name)
    kind, value, formula = cell.get("t", NUMBER), None, None
    for part in cell:
        if part.tag == f"{MAIN}v":
            value = part.text
        elif part.tag == f"{MAIN}f":
            formula = f"={part.text or ''}"
        else:
            value = "".join(part.itertext())
    row, style = int(place[len(name) :]), int(cell.get("s", "0"))
    return HeldCell(row, columns[name], *_value(kind, value, strings, style), formula)


def _value(
    kind: str, text: str | None, strings: Sequence[str], style: int
) -> tuple[str | float | bool | None, int, str]:
    if text is None:
        return None, style, kind
    if kind == "s":
        return strings[int(text)], style, TEXT
    if kind in _TEXTS:
        return text, style, TEXT
    if kind == TRUTH:
        return text == "1", style, TRUTH
    return (text, style, ERROR) if kind == ERROR else (float(text), style, NUMBER)


def table_of(xml: bytes) -> HeldTable:
    """A table from its XML."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    names = tuple(one.get("name", "") for one in root.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn"))
    has_filter = root.find(f"{MAIN}autoFilter") is not None
    has_header = root.get("headerRowCount", "1") == "1"
    return HeldTable(root.get("displayName", ""), block_of(root.get("ref", "")), has_header, has_filter, names)


def block_of(area: str) -> Block:
    """`A3:D9` as numbers."""
    found = _AREA.fullmatch(area)
    if found is None:
        text = f"no area: {area}"
        raise ValueError(text)
    left, top, right, bottom = found.groups()
    return Block(number_of(left), int(top), number_of(right or left), int(bottom or top))


def number_of(name: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def strings_of(xml: bytes) -> list[str]:
    """The texts that the sheets share, in their order."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    return ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in root.iterfind(f"{MAIN}si")]
