"""Reads a line of cells as values, quickly: numbers go straight in, everything else is kept as a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from importers.found import Mark
from importers.grids import Cell, shown
from importers.values import BLANK, LARGEST, UNREADABLE, VALUE, ValueText, parse_value_text, read_value


@dataclass
class Line:
    """Values of a line of cells, None where there is no number, with a mark for every cell that is not plain."""

    values: list[float | None] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    percents: int = 0
    pounds: int = 0
    texts: int = 0


def read_line(cells: Sequence[Cell], *, decimal_comma: bool = False) -> Line:
    """Every cell of the line; the index of a cell is the index of its value."""
    line = Line([cell if type(cell) is float and -LARGEST < cell < LARGEST else None for cell in cells])
    for index in [index for index, value in enumerate(line.values) if value is None]:
        cell = cells[index]
        if isinstance(cell, str):
            value, mark, texts, percents, pounds = _of_text(cell, decimal_comma)
            line.texts += texts
            line.percents += percents
            line.pounds += pounds
        else:
            reading = read_value(cell)
            value, mark = reading.value, _mark(reading, cell)
        line.values[index] = value
        if mark is not None:
            line.marks[index] = mark
    return line


@lru_cache(maxsize=50_000)
def _of_text(text: str, decimal_comma: bool) -> tuple[float | None, Mark | None, bool, bool, bool]:
    """The value, the mark, and whether the text is a number, a percentage, money.

    The same text is read once and has one mark, which also travels once from the reading process.
    """
    reading = parse_value_text(text, decimal_comma=decimal_comma)
    return reading.value, _mark(reading, text), reading.is_number, reading.percent, reading.pounds


def _mark(reading: ValueText, cell: Cell) -> Mark | None:
    if reading.state == VALUE and not reading.note and not reading.maturity and _plain(cell):
        return None
    raw = shown(cell)[:200]
    proposed = (reading.problem, reading.proposal)
    return Mark(reading.state, raw, reading.low, reading.high, reading.note, reading.maturity, *proposed)


def _plain(cell: Cell) -> bool:
    return not isinstance(cell, str) or cell.replace(".", "", 1).isdecimal()


@dataclass(frozen=True)
class Mix:
    """How many cells of a line are numbers, marks that stand for one, near-numbers, words, and blank."""

    numbers: int
    tokens: int
    odd: int
    words: int
    blank: int

    @property
    def figures(self) -> int:
        """Numbers and the marks that stand for one."""
        return self.numbers + self.tokens

    @property
    def is_values(self) -> bool:
        """At least one number or near-number, and no more words than figures. `65+` in every row is a label."""
        return self.numbers + self.odd > 0 and self.figures + self.odd >= self.words

    @property
    def is_figures(self) -> bool:
        """As `is_values`, but marks alone will do: a row of `.` under months is a row without values."""
        return self.figures + self.odd > 0 and self.figures + self.odd >= self.words


def mix_of(cells: Sequence[Cell]) -> Mix:
    """Count what a line is made of."""
    numbers = list(map(type, cells)).count(float)
    blank = cells.count("")
    tokens = odd = words = 0
    if numbers + blank == len(cells):
        return Mix(numbers, 0, 0, 0, blank)
    for cell, times in Counter(cell for cell in cells if type(cell) is not float and cell != "").items():
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            numbers += times
        elif not isinstance(cell, str):
            words += times
        else:
            kind = _kind_of(cell)
            blank += times * (kind == "blank")
            numbers += times * (kind == "number")
            tokens += times * (kind == "token")
            words += times * (kind == "words")
            odd += times * (kind == "odd")
    return Mix(numbers, tokens, odd, words, blank)


@lru_cache(maxsize=50_000)
def _kind_of(text: str) -> str:
    """What a text is among figures: number, a token that stands for one, nearly a number, words, or blank."""
    reading = parse_value_text(text)
    if reading.state == BLANK:
        return "blank"
    if reading.is_number:
        return "number"
    if reading.state != UNREADABLE:
        return "token"
    return "words" if reading.problem.startswith("words") or len(text) > 20 else "odd"
