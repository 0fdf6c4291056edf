"""Finds period axes: runs of cells down a column or across a row that name periods."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from importers.date_parts import dates_in_three_columns
from importers.grammar import read_period
from importers.grids import Cell, Grid
from importers.named_days import days_of_month, days_of_week
from importers.numbered import numbered_periods
from importers.period_text import Kind, PeriodText
from importers.values import BLANK, UNREADABLE, read_value

NEAR = 40
_LIKE_A_PERIOD = re.compile(
    r"(?=.{4,20}$)(?:(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)[a-z]* ?.{0,3}(?:19|20)?\d\d|"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d[-/ ]\S+)",
    re.IGNORECASE,
)
NO_PERIOD = "it names no period that can be read"
_ROWS_TRIED = 400
_CELLS_TRIED = 300
_GAP = 3
_WEIGHTS = {Kind.YEAR: 0.8, Kind.SERIAL: 0.8, Kind.MONTH_NAME: 0.9, Kind.QUARTER_ONLY: 0.9, Kind.FINANCIAL_MONTH: 0.9}
_MAY_REPEAT = (Kind.MONTH_NAME, Kind.QUARTER_ONLY, Kind.FINANCIAL_MONTH)
_STEPS = {Kind.YEAR: {1}, Kind.SERIAL: {1, 7, *range(28, 32), *range(90, 93), 365, 366}}
PERIOD_WORDS = re.compile(
    r"\b(?:month|period|date|quarter|qtr|week|year|yr|day|time|reporting|financial year|fy|ending|commencing)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"^(?:grand |column |row )?(?:sub-?)?totals?\b|^(?:all\b(?! visits)|national\b|grand\b)", re.IGNORECASE
)


_NATION = re.compile(
    r"^(?:england|scotland|wales|northern ireland|united kingdom|uk|great britain|england and wales)$", re.IGNORECASE
)
_TOTAL_CODE = re.compile(r"^(?:-|C_999|[EWSNK]92\d{6}|K0\d{7}|ENG)$")


@lru_cache(maxsize=20_000)
def is_total(name: str, code: str = "") -> bool:
    """Whether a label is the whole of the others: `Total`, `England`, `E92000001`."""
    text = name.strip()
    return bool(TOTAL.match(text) or _NATION.match(text) or _TOTAL_CODE.match(code.strip()))


@dataclass(frozen=True)
class Axis:
    """A run of cells that name periods: down a column (`down`) or across a row. `positions` are rows or columns.

    `beside` are further columns that say part of the period, such as the month and the day beside a year.
    """

    down: bool
    line: int
    positions: tuple[int, ...]
    readings: tuple[PeriodText, ...]
    score: float
    skipped: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """First row or column of the run."""
        return self.positions[0]

    @property
    def last(self) -> int:
        """Last row or column of the run."""
        return self.positions[-1]

    @property
    def head(self) -> int:
        """The first row or column of the run, a heading of a section above it included."""
        return min([*self.sections, self.first])

    @property
    def kinds(self) -> Counter[Kind]:
        """How often each kind of text occurs."""
        return Counter(reading.kind for reading in self.readings)

    @property
    def repeats(self) -> bool:
        """Whether periods come more than once, as in a long table."""
        named = [(reading.kind, reading.period, reading.number) for reading in self.readings if not reading.problem]
        return len(set(named)) < len(named)


def with_sections(axis: Axis, grid: Grid) -> Axis:
    """Months or quarters without a year whose years stand above them as headings without figures: those apart."""
    years = [
        p for p, r in zip(axis.positions, axis.readings, strict=True) if r.kind in (Kind.YEAR, Kind.FINANCIAL_YEAR)
    ]
    if not years or not axis.down or not any(kind in _MAY_REPEAT for kind in axis.kinds):
        return axis
    if any(is_figure(cell) for p in years for c, cell in enumerate(grid.rows[p]) if c != axis.line):
        return axis
    kept = [(p, r) for p, r in zip(axis.positions, axis.readings, strict=True) if p not in set(years)]
    return replace(axis, positions=tuple(p for p, _ in kept), readings=tuple(r for _, r in kept), sections=tuple(years))


def with_unread(axis: Axis, grid: Grid) -> Axis:
    """The axis with the positions inside it that have figures but name no period; totals stay passed over.

    The position straight after its end belongs to it too where its text reads like a period (`Junne 2024`).
    """
    after = axis.last + 1
    end = (after,) if _LIKE_A_PERIOD.match(_text_at(axis, grid, after)) and _figures_at(axis, grid, after) else ()
    texts = {p: _text_at(axis, grid, p) for p in (*axis.skipped, *end)}
    unread = {p: PeriodText(Kind.SPAN, None, problem=NO_PERIOD) for p, text in texts.items() if not TOTAL.match(text)}
    known = dict(zip(axis.positions, axis.readings, strict=True)) | unread
    places = tuple(sorted(known))
    skipped = tuple(p for p in axis.skipped if p not in unread)
    return replace(axis, positions=places, readings=tuple(known[p] for p in places), skipped=skipped)


def _text_at(axis: Axis, grid: Grid, position: int) -> str:
    return grid.text(position, axis.line) if axis.down else grid.text(axis.line, position)


def _figures_at(axis: Axis, grid: Grid, position: int) -> bool:
    """Whether a position has figures at right angles where the last one of the axis has them."""
    if not axis.down:
        rows = range(axis.line + 1, min(axis.line + NEAR, len(grid.rows)))
        return any(is_figure(grid.cell(row, position)) and is_figure(grid.cell(row, axis.last)) for row in rows)
    columns = range(max(0, axis.line - NEAR), min(axis.line + NEAR, grid.width))
    beside = (column for column in columns if column != axis.line)
    return any(is_figure(grid.cell(position, c)) and is_figure(grid.cell(axis.last, c)) for c in beside)


def is_figure(cell: Cell) -> bool:
    """A number, or a mark that stands where a number would."""
    if isinstance(cell, float | int):
        return not isinstance(cell, bool)
    return isinstance(cell, str) and cell != "" and stands_for_figure(cell)


@lru_cache(maxsize=50_000)
def stands_for_figure(text: str) -> bool:
    """Whether a text is a number, with either decimal mark, or a mark in the place of one."""
    if read_value(text).state not in (BLANK, UNREADABLE):
        return True
    return "," in text and read_value(text, decimal_comma=True).state not in (BLANK, UNREADABLE)


def all_axes(grid: Grid, file: str = "") -> list[Axis]:
    """Every run of periods in a sheet: those down columns, best first, then those across rows."""
    named = {cell: reading for cell in grid.distinct if (reading := read_period(cell)) is not None}
    named |= days_of_week(grid, file)
    return [*_column_axes(grid, named), *_row_axes(grid, named, file)]


def _column_axes(grid: Grid, named: dict[Cell, PeriodText]) -> list[Axis]:
    found: list[Axis] = []
    parts = dates_in_three_columns(grid)
    for column in range(grid.width):
        cells = grid.column(column)
        if parts is not None and column in parts.columns:
            if column == parts.columns[0]:
                found += _axes_of(grid, cells, column, list(parts.readings), down=True)
                found = [replace(axis, beside=parts.columns[1:]) if axis.line == column else axis for axis in found]
            continue
        numbered = numbered_periods(cells)
        found += _axes(grid, cells, column, numbered or named, down=True)
    return sorted((_before_its_years(axis, found) for axis in found), key=lambda axis: -axis.score)


def _before_its_years(axis: Axis, others: list[Axis]) -> Axis:
    """Months or quarters without a year are finer than the column of years beside them, and come before it."""
    if not all(kind in _MAY_REPEAT for kind in axis.kinds):
        return axis
    years = [
        other.score
        for other in others
        if other.repeats
        and set(other.kinds) <= {Kind.YEAR, Kind.FINANCIAL_YEAR}
        and abs(other.line - axis.line) < _GAP + 1
        and set(axis.positions) <= set(other.positions)
    ]
    return replace(axis, score=max([axis.score, *(1.01 * score for score in years)]))


def _row_axes(grid: Grid, named: dict[Cell, PeriodText], file: str) -> list[Axis]:
    """Of a tall sheet only the upper rows are tried."""
    found: list[Axis] = []
    tried = len(grid.rows) if len(grid.rows) < 3_000 else _ROWS_TRIED
    for row in range(min(tried, len(grid.rows))):
        cells = filled_across(grid, row)
        days = days_of_month(grid, cells, row, file)
        if days or not named.keys().isdisjoint(cells):
            found += _axes(grid, cells, row, days or named, down=False)
    return sorted(found, key=lambda axis: -axis.score)


def filled_across(grid: Grid, row: int) -> list[Cell]:
    """A row with merged cells filled across."""
    cells = list(grid.rows[row]) if row < len(grid.rows) else []
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and left < len(cells):
            for column in range(left, min(right + 1, len(cells))):
                if cells[column] == "":
                    cells[column] = grid.cell(top, left)
    return cells


def _any_period(readings: Sequence[PeriodText | None], cells: Sequence[Cell], least: int) -> bool:
    """Whether at least so many cells name periods; bare numbers count where they step on as years or dates do."""
    held = [cell for cell, reading in zip(cells, readings, strict=True) if reading is not None][: 2 * _CELLS_TRIED]
    numbers = [cell for cell in held if type(cell) is float]
    steps = sum(0 <= second - first <= 366 for first, second in itertools.pairwise(numbers))
    return len(held) - len(numbers) + steps >= least


def _axes(grid: Grid, cells: Sequence[Cell], line: int, named: dict[Cell, PeriodText], *, down: bool) -> list[Axis]:
    readings = list(map(named.get, cells))
    if not _any_period(readings, cells, 1 if down else 2):
        return []
    return _axes_of(grid, cells, line, readings, down=down)


def _axes_of(
    grid: Grid, cells: Sequence[Cell], line: int, readings: list[PeriodText | None], *, down: bool
) -> list[Axis]:
    has_figures = _figures_beside(grid, line, down=down)
    return [
        axis
        for run, skipped in _runs(cells, readings, has_figures)
        if (axis := _axis(grid, cells, readings, run, skipped, line, down=down)) is not None
    ]


def _figures_beside(grid: Grid, line: int, *, down: bool) -> Callable[[int], bool]:
    """Whether a position has figures at right angles to the line."""

    def beside(position: int) -> bool:
        if down:
            row = grid.rows[position]
            return any(is_figure(cell) for index, cell in enumerate(row[: line + NEAR]) if index != line)
        return any(is_figure(grid.cell(row, position)) for row in range(line + 1, line + 12))

    return beside


def _runs(
    cells: Sequence[Cell], readings: list[PeriodText | None], has_figures: Callable[[int], bool]
) -> list[tuple[list[int], list[int]]]:
    """Runs of positions that name periods, with positions inside a run that have figures but no readable period."""
    runs: list[tuple[list[int], list[int]]] = []
    run: list[int] = []
    skipped: list[int] = []
    pending: list[int] = []
    blanks = 0
    for position, reading in enumerate(readings):
        if reading is not None:
            run.append(position)
            skipped += pending
            pending, blanks = [], 0
        elif run and cells[position] == "" and blanks < _GAP:
            blanks += 1
        elif run and not pending and blanks < _GAP and cells[position] != "" and has_figures(position):
            pending = [position]
        elif run:
            runs.append((run, skipped))
            run, skipped, pending, blanks = [], [], [], 0
    if run:
        runs.append((run, skipped))
    return runs


def _axis(
    grid: Grid,
    cells: Sequence[Cell],
    readings: list[PeriodText | None],
    run: list[int],
    skipped: list[int],
    line: int,
    *,
    down: bool,
) -> Axis | None:
    run = run if down else _without_corner(grid, line, run)
    headed = down and _headed(grid, line, run[0])
    found = [reading for position in run if (reading := readings[position]) is not None]
    weak = sum(reading.weak for reading in found)
    if weak > len(found) / 2 and not _steps(cells, run, found, headed=headed):
        return None
    if 0 < weak <= len(found) / 2 and not down:
        return None
    distinct = len({(reading.kind, reading.period, reading.number, reading.problem) for reading in found})
    if not _enough(found, distinct, headed=headed):
        return None
    density = _density(grid, line, run, down=down)
    if density < 0.25:
        return None
    kind = Counter(reading.kind for reading in found).most_common(1)[0][0]
    share = 0.5 + 0.5 * distinct / len(found)
    score = min(len(found), 500) * share * density * _WEIGHTS.get(kind, 1.0) * (1.5 if headed else 1.0)
    return Axis(down, line, tuple(run), tuple(found), score, tuple(skipped))


def _without_corner(grid: Grid, line: int, run: list[int]) -> list[int]:
    """A period at the head of the labels, such as the year in the corner of a table, is no column of figures."""
    labels = [cell for row in range(line + 1, min(line + 12, len(grid.rows))) if (cell := grid.cell(row, run[0])) != ""]
    is_corner = len(run) > 1 and labels and not any(is_figure(cell) for cell in labels)
    return run[1:] if is_corner else run


def _enough(found: list[PeriodText], distinct: int, *, headed: bool) -> bool:
    if len(found) >= 3 and (distinct >= 3 or headed or found[0].kind in _MAY_REPEAT):
        return True
    return (len(found) >= 1 and headed) or (len(found) >= 2 and distinct >= 2 and not found[0].weak)


def _headed(grid: Grid, column: int, first: int) -> bool:
    """Whether a word such as Month or Period stands at the head of a column."""
    texts = [grid.text(row, column) for row in range(max(0, first - 4), first)]
    return any(0 < len(text) < 40 and PERIOD_WORDS.search(text.replace("_", " ")) for text in texts)


def _steps(cells: Sequence[Cell], run: list[int], found: list[PeriodText], *, headed: bool) -> bool:
    """Whether bare numbers step as years or dates do; under a heading only distinct ones, as a long table repeats."""
    kind = found[0].kind
    if kind not in _STEPS:
        return headed or len(found) >= 3
    numbers = [_number(cells[position]) for position in run]
    if headed:
        numbers = sorted(set(numbers))
    steps = [second - first for first, second in itertools.pairwise(numbers)]
    good = sum(step in _STEPS[kind] for step in steps)
    return len(numbers) >= (2 if headed else 3) and good >= 0.8 * len(steps)


def _number(cell: Cell) -> int:
    return int(cell) if isinstance(cell, float | int) else int("".join(filter(str.isdecimal, str(cell))) or 0)


def _density(grid: Grid, line: int, run: list[int], *, down: bool) -> float:
    """The best share of figures in a line at right angles, among the nearest 40."""
    sample = run if len(run) <= 120 else run[:: len(run) // 120]
    best = 0.0
    for other in _lines_beside(grid, line, down=down):
        whole = grid.column(other) if down else grid.rows[other]
        cells = [whole[p] for p in sample]
        figures = sum(is_figure(cell) for cell in cells)
        best = max(best, figures / len(sample))
        if best == 1.0:
            break
    return best


def _lines_beside(grid: Grid, line: int, *, down: bool) -> Iterable[int]:
    if not down:
        return range(line + 1, min(line + NEAR, len(grid.rows)))
    return [other for other in range(max(0, line - NEAR), min(line + NEAR, grid.width)) if other != line]
