"""One worksheet read back from its XML: what stands in each cell, and how the sheet is set.

The file was made a moment ago by the writer; it is read here without it, straight from the parts of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
IDENTITY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR, TEXT, TRUTH, NUMBER = "e", "s", "b", "n"
_PLACE = re.compile(r"([A-Z]+)(\d+)")
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


@dataclass(frozen=True)
class Page:
    """A worksheet: its rows of cells by column, its tables, and its own XML for whatever else is asked of it."""

    title: str
    is_hidden: bool
    rows: Mapping[int, Mapping[int, HeldCell]]
    tables: tuple[HeldTable, ...]
    rest: Element

    def cells(self) -> Iterator[HeldCell]:
        """Every cell that holds something."""
        return chain.from_iterable(row.values() for row in self.rows.values())

    def value(self, row: int, column: int) -> str | float | bool | None:
        """What stands in a cell; None where nothing does."""
        cell = self.rows.get(row, {}).get(column)
        return None if cell is None else cell.value

    def within(self, left: int, top: int, right: int, bottom: int) -> Iterator[HeldCell]:
        """The cells of an area that hold something."""
        for row in range(top, bottom + 1):
            for cell in self.rows.get(row, {}).values():
                if left <= cell.column <= right:
                    yield cell

    @cached_property
    def widths(self) -> Mapping[str, float]:
        """The width of every column that has one set."""
        held = self.rest.iterfind(f"{MAIN}cols/{MAIN}col")
        return {letters(int(one.get("min", "1"))): float(one.get("width", "0")) for one in held}

    @cached_property
    def heights(self) -> Mapping[int, float]:
        """The height of every row that has its own."""
        held = self.rest.iterfind(f"{MAIN}sheetData/{MAIN}row")
        return {int(one.get("r", "0")): float(one.get("ht", "0")) for one in held if one.get("ht")}

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Where the links lead, by the cell they stand in; "" for one that leads out of the workbook."""
        held = self.rest.iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink")
        return {one.get("ref", ""): one.get("location", "") for one in held}

    def has(self, path: str) -> bool:
        """Whether the sheet has an element, named as `sheetViews/sheetView/pane`."""
        return self.rest.find("/".join(f"{MAIN}{part}" for part in path.split("/"))) is not None

    def every(self, path: str) -> list[Element]:
        """Every element of that name."""
        return self.rest.findall("/".join(f"{MAIN}{part}" for part in path.split("/")))


def page_of(title: str, state: str, xml: bytes, strings: Sequence[str], tables: Mapping[str, bytes]) -> Page:
    """A worksheet from its XML, the texts that sheets share, and the XML of tables it may name, by their ids."""
    root = fromstring(xml)  # noqa: S314 - our own file, made a moment ago
    rows: dict[int, dict[int, HeldCell]] = {}
    columns: dict[str, int] = {}
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        for cell in row:
            held = _cell(cell, strings, columns)
            if held.value is not None or held.formula is not None:
                rows.setdefault(held.row, {})[held.column] = held
        del row[:]
    named = [one.get(IDENTITY, "") for one in root.iterfind(f"{MAIN}tableParts/{MAIN}tablePart")]
    return Page(title, state != "visible", rows, tuple(_table(tables[one]) for one in named), root)


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


def _table(xml: bytes) -> HeldTable:
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
