"""The cells of a worksheet that was read back, part by part, with where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import NamedTuple

ERROR, TEXT, TRUTH, NUMBER = "e", "s", "b", "n"
_COLUMN_BITS = 15


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

    places: list[int]
    values: list[str | float | bool | None]
    styles: list[int]
    holds: list[str]
    formulas: list[str | None]

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

    @cached_property
    def worded(self) -> list[int]:
        """The numbers of the cells that hold text, from 0."""
        return list(compress(range(len(self)), map(TEXT.__eq__, self.holds)))

    @cached_property
    def typed(self) -> list[int]:
        """The numbers of the cells of a text that no formula gives."""
        if not self.has_formulas:
            return self.worded
        return [number for number in self.worded if self.formulas[number] is None]

    @cached_property
    def has_formulas(self) -> bool:
        """Whether any of the cells has a formula."""
        return self.formulas.count(None) < len(self)

    def texts(self, columns: Container[int], usual: Container[object]) -> list[HeldCell]:
        """The cells of these columns that hold text other than the usual ones."""
        at, values = self.columns, self.values
        return [self.cell(n) for n in self.worded if at[n] in columns and values[n] not in usual]

    def written(self, longer: Callable[[int], int]) -> list[int]:
        """The numbers of the cells of a text that no formula gives and that has several lines, or more characters than
        `longer` says of its column."""
        most = {column: longer(column) for column in set(self.columns)}
        texts = ((number, str(self.values[number])) for number in self.typed)
        return [number for number, text in texts if len(text) > most[self.columns[number]] or "\n" in text]

    def styles_of_texts(self) -> set[int]:
        """The formats of all texts that no formula gives."""
        return set(map(self.styles.__getitem__, self.typed))

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


NO_CELLS = Cells([], [], [], [], [])


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
