"""Where everything lies on its sheet, and formulas with their places filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from exporters.declared import Formula, Kind, Sheet
from exporters.text import Cleaning

ONE_TABLE = "This worksheet contains one table."
NONE_RECORDED = "None recorded"
LEAST_WIDTH, MOST_WIDTH, USUAL_TEXT = 8.0, 60.0, 44.0
LINE_ROOM = 90
TITLE_ROOM = 200

_NAME = re.compile(r"\{(?:\w+\.)?@(\w+)\}")
_PLACE = re.compile(r"\{(?:(?P<sheet>\w+)\.)?(?P<key>\w+)(?P<rows>\[(?P<first>\d*)(?::(?P<last>\d+))?\])?\}")


@dataclass(frozen=True)
class Layout:
    """A sheet with the rows above its table, its headings and widths; `count` rows of data, also once they are gone."""

    sheet: Sheet
    above: tuple[str, ...]
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    count: int

    @property
    def header_row(self) -> int:
        """The row of the headings."""
        return len(self.above)

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The last row of data."""
        return self.header_row + self.count

    def without_rows(self) -> Layout:
        """The same of a sheet that is written: its rows are let go of."""
        return replace(self, sheet=replace(self.sheet, rows=()))

    def column(self, key: str) -> int:
        """The number of a column, from 0."""
        keys = [column.key for column in self.sheet.columns]
        return keys.index(key)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letters of the columns by their keys; of two of one key the first."""
        named = [(column.key, column_name(place)) for place, column in enumerate(self.sheet.columns)]
        return dict(reversed(named))


def laid_out(sheet: Sheet, cleaning: Cleaning) -> Layout:
    """A sheet ready to be written; an empty table gets one row that says so."""
    held = replace(sheet, rows=cleaning.rows(sheet.rows or (_nothing(sheet),)))
    headings = _unique([cleaning.heading(column.heading) for column in held.columns])
    widths = tuple(_width(held, place, heading) for place, heading in enumerate(headings))
    room = max(LINE_ROOM, int(sum(widths)) - 4)
    texts = (ONE_TABLE, *held.lines, held.blanks, _source(held))
    above = [_title(held, cleaning)]
    for text in texts:
        above += _folded(cleaning.cell(text), room) if text else []
    return Layout(held, tuple(above), headings, widths, len(held.rows))


def _title(sheet: Sheet, cleaning: Cleaning) -> str:
    """The title; one that had to be cut ends with the sheet's name, so that no two are alike."""
    text = cleaning.heading(sheet.title)
    return f"{text[:TITLE_ROOM]}… ({sheet.name})" if len(text) > TITLE_ROOM else text


def _nothing(sheet: Sheet) -> tuple[str, ...]:
    return (NONE_RECORDED, *("[z]" for _ in sheet.columns[1:]))


def _source(sheet: Sheet) -> str:
    return f"Source: {sheet.source}" if sheet.source else ""


def _unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings made different from each other, capitals aside, as a table needs them."""
    seen: dict[str, int] = {}
    made = []
    for place, heading in enumerate(headings):
        text = heading or f"Column {place + 1}"
        key = text.casefold()
        seen[key] = seen.get(key, 0) + 1
        made.append(f"{text[:248]} ({seen[key]})" if seen[key] > 1 else text)
    return tuple(made)


def _folded(text: str, room: int) -> list[str]:
    """A long line above the table over several rows, so that all of it can be seen."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > room:
                rows.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        rows.append(line or "–")
    return rows


def _width(sheet: Sheet, place: int, heading: str) -> float:
    column = sheet.columns[place]
    if column.width is not None:
        return column.width
    words = max((len(word) for word in heading.split()), default=0)
    texts = [row[place] for row in sheet.rows if isinstance(row[place], str)]
    longest = max((len(line) for text in texts for line in str(text).split("\n")), default=0)
    shape = {Kind.TEXT: min(longest, USUAL_TEXT), Kind.LINK: longest, Kind.DATE: 18.0}.get(column.kind, 12.0)
    return float(min(MOST_WIDTH, max(LEAST_WIDTH, shape + 2, words + 3, min(len(heading), 16))))


def resolved(formula: Formula, row: int, home: Layout, layouts: Mapping[str, Layout]) -> str:
    """The formula's text with names and addresses; `row` is the sheet row of its own cell, from 0."""

    def address(found: re.Match[str]) -> str:
        other = found["sheet"]
        layout = layouts[other] if other else home
        column = layout.letters[found["key"]]
        prefix = f"{other}!" if other else ""
        if found["rows"] is None:
            return f"{prefix}${column}{row + 1}"
        first, last = _stretch(found, layout)
        text = f"${column}${first}"
        return f"{prefix}{text}" if first == last and found["first"] else f"{prefix}{text}:${column}${last}"

    text = _NAME.sub(r"\1", formula.text) if "@" in formula.text else formula.text
    return _PLACE.sub(address, text)


def defined(text: str, home: Layout, layouts: Mapping[str, Layout]) -> str:
    """What a defined name stands for: places of its own sheet, or a number as it is."""
    places = resolved(Formula(text, 0), home.first_row, home, layouts).split(",")
    return ",".join(f"{home.sheet.name}!{place}" if place.startswith("$") else place for place in places)


def _stretch(found: re.Match[str], layout: Layout) -> tuple[int, int]:
    """First and last row of a reference, as a spreadsheet counts them."""
    if not found["first"]:
        return layout.first_row + 1, layout.last_row + 1
    first = int(found["first"])
    return layout.header_row + 1 + first, layout.header_row + 1 + int(found["last"] or first)


def column_name(place: int) -> str:
    """`A`, `Z`, `AA`: a column by its number, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
