"""One worksheet read back from its XML: what stands in each cell, and how the sheet is set.

The file was made a moment ago by the writer; it is read here without it, straight from the parts of the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import unescape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
IDENTITY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR, TEXT, TRUTH, NUMBER = "e", "s", "b", "n"
_PLAIN = re.compile(
    r'<c r="([A-Z]+)(\d+)" s="(\d+)"(?: t="(s|b|str)")?>(<f>[^<]*</f>)?<v>([^<]*)</v></c>',
)
"""A cell as a workbook of ours has it: its place, its format, its kind, its formula, its value."""

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
    """A worksheet: its rows of cells by column, its tables, and its own XML for whatever else is asked of it.

    Cells are read when they are first asked for and forgotten when `forget` is called; the rows down to the header of
    the table stay, for they are what other sheets are held against.
    """

    def __init__(self, title: str, is_hidden: bool, tables: tuple[HeldTable, ...], read: Callable[[], Grid]) -> None:
        self.title, self.is_hidden, self.tables = title, is_hidden, tables
        self._read = read
        self._grid: Grid | None = None

    @property
    def _held(self) -> Grid:
        if self._grid is None:
            self._grid = self._read()
        return self._grid

    @property
    def rows(self) -> Rows:
        """The rows that hold something, by their number."""
        return self._held.rows

    @cached_property
    def head(self) -> Rows:
        """The rows down to the header of the first table."""
        top = self.tables[0].block.top if self.tables else 1
        return {row: cells for row, cells in self.rows.items() if row <= top}

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

    def cells(self) -> Iterator[HeldCell]:
        """Every cell that holds something."""
        return chain.from_iterable(row.values() for row in self.rows.values())

    def body(self) -> list[HeldCell]:
        """The cells of the only table below its header that hold something."""
        return self._held.body(self.block)

    def value(self, row: int, column: int) -> str | float | bool | None:
        """What stands in a cell; None where nothing does."""
        rows = self.head if row in self.head else self.rows
        cell = rows.get(row, {}).get(column)
        return None if cell is None else cell.value

    def within(self, left: int, top: int, right: int, bottom: int) -> Iterator[HeldCell]:
        """The cells of an area that hold something."""
        for row in range(top, bottom + 1):
            for cell in self.rows.get(row, {}).values():
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
        held = self.every("sheetData/row")
        return {int(one.get("r", "0")): float(one.get("ht", "0")) for one in held if one.get("ht")}

    @property
    def links(self) -> Mapping[str, str]:
        """Where the links lead, by the cell they stand in; "" for one that leads out of the workbook."""
        held = self.every("hyperlinks/hyperlink")
        return {one.get("ref", ""): one.get("location", "") for one in held}

    def has(self, path: str) -> bool:
        """Whether the sheet has an element, named as `sheetViews/sheetView/pane`."""
        return self._held.rest.find(_named(path)) is not None

    def every(self, path: str) -> list[Element]:
        """Every element of that name."""
        return self._held.rest.findall(_named(path))


@lru_cache
def _named(path: str) -> str:
    return "/".join(f"{MAIN}{part}" for part in path.split("/"))


@dataclass
class Grid:
    """The cells of a worksheet by row and column, and its XML without them."""

    rows: Rows
    rest: Element
    _body: list[HeldCell] | None = None

    def body(self, block: Block | None) -> list[HeldCell]:
        """The cells of a block below its first row; listed once."""
        if block is None:
            return []
        if self._body is None:
            rows = (held for row, held in self.rows.items() if block.top < row <= block.bottom)
            self._body = [cell for held in rows for cell in held.values() if block.left <= cell.column <= block.right]
        return self._body


def named_tables(xml: str) -> list[str]:
    """The ids of the tables that a worksheet names, from its XML."""
    return re.findall(r'<tablePart [^>]*?r:id="(\w+)"', xml[xml.rfind("</sheetData>") :])


def grid_of(xml: str, strings: Sequence[str]) -> Grid:
    """The cells of a worksheet from its XML and the texts that sheets share.

    Cells of the plain shape are read by one expression. A sheet that has any other cell is read by the parser, slowly.
    """
    start, end = xml.find("<sheetData>"), xml.rfind("</sheetData>")
    data = xml[start:end]
    found = _PLAIN.findall(data)
    if start < 0 or len(found) != data.count("<c "):
        return parsed(xml, strings)
    rows: dict[int, dict[int, HeldCell]] = {}
    columns: dict[str, int] = {}
    for name, number, style, kind, formula, value in found:
        if name not in columns:
            columns[name] = number_of(name)
        row, column = int(number), columns[name]
        if kind == "s":
            held = HeldCell(row, column, strings[int(value)], int(style), TEXT, None)
        elif not kind and not formula:
            held = HeldCell(row, column, float(value), int(style), NUMBER, None)
        else:
            value_kind = _value(kind or NUMBER, unescape(value), strings, int(style))
            held = HeldCell(row, column, *value_kind, f"={unescape(formula[3:-4])}" if formula else None)
        rows.setdefault(row, {})[column] = held
    return Grid(rows, fromstring(f"{xml[:start]}{_PLAIN.sub('', data)}{xml[end:]}"))  # noqa: S314 - our own file


def parsed(xml: str, strings: Sequence[str]) -> Grid:
    """The same by the parser, whatever shape the cells have."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    rows: dict[int, dict[int, HeldCell]] = {}
    columns: dict[str, int] = {}
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        for cell in row:
            held = _cell(cell, strings, columns)
            if held.value is not None or held.formula is not None:
                rows.setdefault(held.row, {})[held.column] = held
        del row[:]
    return Grid(rows, root)


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
