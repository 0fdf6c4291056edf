"""Reads a line of cells as values, quickly: numbers go straight in, everything else is kept as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.found import Mark
from importers.grids import Cell, shown
from importers.values import BLANK, LARGEST, UNREADABLE, VALUE, parse_value_text, read_value


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
    line = Line()
    values = line.values
    for index, cell in enumerate(cells):
        if type(cell) is float and -LARGEST < cell < LARGEST:
            values.append(cell)
            continue
        reading = parse_value_text(cell, decimal_comma=decimal_comma) if isinstance(cell, str) else read_value(cell)
        values.append(reading.value)
        if isinstance(cell, str):
            line.texts += reading.is_number
            line.percents += reading.percent
            line.pounds += reading.pounds
        if reading.state != VALUE or reading.note or reading.maturity or not _plain(cell):
            raw = shown(cell)
            line.marks[index] = Mark(
                reading.state,
                raw[:200],
                reading.low,
                reading.high,
                reading.note,
                reading.maturity,
                reading.problem,
                reading.proposal,
            )
    return line


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
    numbers = tokens = odd = words = blank = 0
    for cell in cells:
        if cell == "":
            blank += 1
        elif isinstance(cell, float | int) and not isinstance(cell, bool):
            numbers += 1
        elif not isinstance(cell, str):
            words += 1
        else:
            reading = parse_value_text(cell)
            if reading.state == BLANK:
                blank += 1
            elif reading.is_number:
                numbers += 1
            elif reading.state != UNREADABLE:
                tokens += 1
            elif reading.problem.startswith("words") or len(cell) > 20:
                words += 1
            else:
                odd += 1
    return Mix(numbers, tokens, odd, words, blank)
