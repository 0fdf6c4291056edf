"""One worksheet read back from its XML: what stands in each cell, and how the sheet is set.

The file was made a moment ago by the writer; it is read here without it, straight from the parts of the package.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add, lt
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import unescape

from exporters.held_cells import ERROR, NO_CELLS, NUMBER, TEXT, TRUTH, Cells, HeldCell, Rows, letters, number_of, placed

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
IDENTITY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLAIN = re.compile(
    r'<c r="([A-Z]++)(\d++)" s="(\d++)"(?: t="(s|b|str)")?+>(<f>[^<]*+</f>)?+<v>([^<]*+)</v></c>',
)
"""A cell as a workbook of ours has it: its place, its format, its kind, its formula, its value."""

_PLAIN_ROW = re.compile(r'<row r="(\d+)"(?: spans="[\d:]+")?(?: ht="([\d.]+)" customHeight="1")?(?:/>|></row>)')
"""A row of ours without its cells: its number and its height."""

_PLAIN_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
"""A shared text of ours."""

_OF_A_ROW = frozenset({"r", "spans", "ht", "customHeight"})
_APART = 1 + _PLAIN.groups
_HOLDS = {"s": "s", "str": "s", "b": "b", None: "n"}
PIECE = 250_000
_TEXTS = frozenset({"s", "str", "inlineStr"})
_AREA = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


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
    cells = Cells([], [], [], [], [])
    rows: list[tuple[str, str]] = []
    between = []
    for data in _pieces(xml, start, end) if start >= 0 else ():
        found = _PLAIN.split(data)
        left = "".join(found[::_APART])
        heights = _PLAIN_ROW.findall(left)
        if "<c " in left or left.count("<row ") != len(heights):
            return parsed(xml, strings)
        _add_plain(cells, found, strings)
        rows += heights
        between.append(_PLAIN_ROW.sub("", left))
    if start < 0 or not all(map(lt, cells.places, cells.places[1:])):
        return parsed(xml, strings)
    return Grid(cells, rows, fromstring(f"{xml[:start]}{''.join(between)}{xml[end:]}"))  # noqa: S314 - our own file


def _pieces(xml: str, start: int, end: int) -> Iterator[str]:
    """The rows of a worksheet a few thousand cells at a time: parted into words they take many times their room."""
    while start < end:
        stop = xml.find("</row>", start + PIECE, end)
        stop = end if stop < 0 else stop + len("</row>")
        yield xml[start:stop]
        start = stop


def _add_plain(cells: Cells, found: Sequence[Any], strings: Sequence[str]) -> None:
    """Add cells from what the expression parted the rows into: what stands between, the groups of a cell, and so on."""
    names, numbers, styles, kinds, formulas, values = (found[group::_APART] for group in range(1, _APART))
    columns = {name: number_of(name) for name in set(names)}
    rows = {number: placed(int(number), 0) for number in set(numbers)}
    looks = {style: int(style) for style in set(styles)}
    cells.places.extend(map(add, map(rows.__getitem__, numbers), map(columns.__getitem__, names)))
    pairs = zip(kinds, values, strict=True)
    cells.values.extend(
        [
            float(value) if kind is None else strings[int(value)] if kind == "s" else _odd_value(kind, value)
            for kind, value in pairs
        ]
    )
    cells.styles.extend(map(looks.__getitem__, styles))
    cells.holds.extend(map(_HOLDS.__getitem__, kinds))
    if any(formulas):
        cells.formulas.extend([f"={unescape(formula[3:-4])}" if formula else None for formula in formulas])
    else:
        cells.formulas.extend(formulas)


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


def strings_of(xml: bytes) -> list[str]:
    """The texts that the sheets share, in their order."""
    text = xml.decode("utf-8")
    found = _PLAIN_TEXT.findall(text)
    if len(found) == text.count("<si>"):
        return [unescape(one) for one in found]
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    return ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in root.iterfind(f"{MAIN}si")]
