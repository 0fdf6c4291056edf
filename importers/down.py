"""Builds a table whose periods run down a column: one series per column, or per column and key in a long table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache

from importers.addresses import area, column_letters
from importers.axes import PERIOD_WORDS, Axis, is_total
from importers.axis_setting import ReadAxis, read_axis
from importers.doubts import Built, axis_questions, heading_question, skipped_remarks
from importers.found import FoundSeries, FoundTable, Mark
from importers.grammar import read_period
from importers.grids import Cell, Grid, shown
from importers.headers import (
    CODE_HEADING,
    MEASURE_HEADINGS,
    ORGANISATION_HEADING,
    PLAIN_VALUE,
    UNIT_HEADINGS,
    column_paths,
    distinct_names,
    header_rows,
    title_above,
    unit_of,
)
from importers.lines import Line, mix_of, read_line
from importers.period_text import Kind
from importers.regions import How, Region

Cells = Sequence[Cell]
_LONGEST_LABEL = 80
_CLOCK_HEADING = re.compile(r"\b(?:hours?|time|slot|session)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: ?(?:-|to) ?\d{1,2}:\d\d)?")


@dataclass
class _Columns:
    values: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    empty: set[int] = field(default_factory=set)


def build_down(grid: Grid, axis: Axis, region: Region, how: How) -> Built | None:
    """The table on a column axis, or None when no column beside it holds figures."""
    cells_of = {
        c: _cells(grid, axis, c) for c in range(region.left, region.right + 1) if c not in (axis.line, *axis.beside)
    }
    columns = _sorted_out(grid, axis, cells_of)
    if not columns.values:
        return None
    rows = header_rows(grid, axis.head, columns.values)
    lettered = {column: column_letters(column) for column in columns.values}
    paths = column_paths(grid, rows, columns.values, columns.empty)
    names, repeated, unnamed = distinct_names(paths, lettered)
    read = read_axis(grid, axis, how.today)
    keys = _keys(columns, cells_of, grid, rows, axis, read)
    series: list[FoundSeries] = []
    for column in columns.values:
        line = read_line(cells_of[column], decimal_comma=how.decimal_comma)
        series += _series_of(grid, axis, column, names[column], line, keys)
    table = FoundTable(
        sheet=grid.name,
        range=area(
            min([*rows, axis.first]), min([axis.line, *columns.values, *keys.columns]), axis.last, max(columns.values)
        ),
        layout="long" if len(keys.groups) > 1 else "down",
        header_rows=tuple(row + 1 for row in rows),
        down=True,
        line=axis.line,
        positions=list(axis.positions),
        which=read.which,
        readings=read.readings,
        raw_periods=read.raw,
        frequency=read.frequency,
        series=series,
        title=title_above(grid, _title_row(rows, axis), (region.left, region.right)),
        axis_kind=axis.kinds.most_common(1)[0][0].value,
    )
    built = Built(table)
    axis_questions(built, read, axis)
    heading_question(built, [(paths[c], c) for c in repeated], unnamed, rows)
    skipped_remarks(built, grid, axis)
    return built


def _title_row(rows: list[int], axis: Axis) -> int:
    return min([*rows, axis.first])


def _cells(grid: Grid, axis: Axis, column: int) -> Cells:
    whole = grid.column(column)
    if len(axis.positions) == axis.last - axis.first + 1:
        return whole[axis.first : axis.last + 1]
    return [whole[row] for row in axis.positions]


def _sorted_out(grid: Grid, axis: Axis, cells_of: dict[int, Cells]) -> _Columns:
    """Which columns hold figures, which hold labels."""
    found = _Columns()
    for column, cells in cells_of.items():
        if column in grid.removed_columns:
            continue
        sample = cells if len(cells) <= 400 else cells[:: len(cells) // 400]
        heading = _heading(grid, axis, column)
        mix = mix_of(sample)
        if mix.blank == len(sample) and not any(cell != "" for cell in cells):
            found.empty.add(column)
        elif CODE_HEADING.search(heading.replace("_", " ")) and mix.figures:
            found.labels.append(column)
        elif _is_period_column(sample, mix.figures) and (not mix.figures or _may_head_periods(heading)):
            continue
        elif mix.is_values and not _is_clock(heading, sample):
            found.values.append(column)
        else:
            found.labels.append(column)
    return found


def _is_clock(heading: str, sample: Cells) -> bool:
    """Whether a column says at which hour of the day: it tells rows of one day apart and is no figure."""
    filled = [cell for cell in sample if cell != ""]
    return _CLOCK_HEADING.search(heading) is not None and all(
        isinstance(cell, time) or (isinstance(cell, str) and _CLOCK.fullmatch(cell.strip())) for cell in filled
    )


def _heading(grid: Grid, axis: Axis, column: int) -> str:
    return next(
        (text for row in range(axis.head - 1, max(-1, axis.head - 4), -1) if (text := grid.text(row, column))), ""
    )


def _may_head_periods(heading: str) -> bool:
    """Whether bare numbers like years may be years under a heading; under `Value` or `Visits` they are figures."""
    return not heading or PERIOD_WORDS.search(heading.replace("_", " ")) is not None


def _is_period_column(sample: Cells, figures: int) -> bool:
    filled = [cell for cell in sample if cell != ""]
    readings = [reading for cell in filled if (reading := read_period(cell)) is not None]
    if len(readings) < 0.8 * len(filled):
        return False
    if not figures:
        return True
    years = [reading.period.start.year for reading in readings if reading.kind is Kind.YEAR and reading.period]
    if len(years) < len(readings) or years != sorted(years):
        return False
    distinct = sorted(set(years))
    return all(second - first == 1 for first, second in itertools.pairwise(distinct)) and len(distinct) > 1


@dataclass
class _Keys:
    """The label columns that tell the series of a long table apart, and the positions of each key."""

    columns: list[int]
    headings: list[str]
    groups: dict[tuple[str, ...], list[int]]

    def __post_init__(self) -> None:
        """Read the labels of each key once, for every column."""
        self.said = {key: _Said(self.headings, key) for key in self.groups}


def _keys(
    columns: _Columns, cells_of: dict[int, Cells], grid: Grid, rows: list[int], axis: Axis, read: ReadAxis
) -> _Keys:
    count = len(axis.positions)
    dated = [index for index in read.which if not read.readings[index].problem]
    repeats = len(set(dated)) < len(dated)
    chosen = []
    for column in columns.labels:
        texts = set(cells_of[column])
        longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
        constant = len(texts) == 1
        if longest <= _LONGEST_LABEL and (constant or repeats) and not _is_web_address(texts):
            chosen.append(column)
    headings = [
        (grid.text(rows[-1], column) if rows else "") or f"Column {column_letters(column)}" for column in chosen
    ]
    if not chosen:
        return _Keys([], [], {(): list(range(count))})
    groups: dict[tuple[str, ...], list[int]] = {}
    texts_of = _filled_down([_texts(cells_of[column]) for column in chosen], read.which)
    for index, key in enumerate(zip(*texts_of, strict=True)):
        groups.setdefault(key, []).append(index)
    return _Keys(chosen, headings, groups)


def _texts(cells: Cells) -> list[str]:
    known = {cell: shown(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _filled_down(texts_of: list[list[str]], which: list[int]) -> list[list[str]]:
    """Labels written once over the rows they hold for, as a pivot table has them: where rows without a label would have
    a period twice, and have none twice with the label above, that label holds for them."""
    gaps = [at for at, texts in enumerate(texts_of) if texts[0] and "" in texts]
    if not gaps or not _come_twice(texts_of, which):
        return texts_of
    filled = [_carried(texts) if at in gaps else texts for at, texts in enumerate(texts_of)]
    return texts_of if _come_twice(filled, which) else filled


def _carried(texts: list[str]) -> list[str]:
    held: list[str] = []
    for text in texts:
        held.append(text or held[-1])
    return held


def _come_twice(texts_of: list[list[str]], which: list[int]) -> bool:
    return len(set(zip(which, *texts_of, strict=True))) < len(which)


def _is_web_address(texts: set[Cell]) -> bool:
    return any(isinstance(text, str) and text.startswith(("http://", "https://")) for text in texts)


def _series_of(grid: Grid, axis: Axis, column: int, name: str, line: Line, keys: _Keys) -> list[FoundSeries]:
    """One series for each key; the column's unit is decided once."""
    numbers = [abs(value) for value in line.values if value is not None]
    places = [(axis.positions[i], column) for i in range(0, len(axis.positions), max(1, len(axis.positions) // 50))]
    unit, base, scale = unit_of(
        name,
        percents=sum(place in grid.percents for place in places) * 2 > len(places),
        pounds=sum(place in grid.pounds for place in places) * 2 > len(places) or line.pounds * 2 > line.texts,
        texts_percent=line.percents * 2 > line.texts > 0,
        largest=max(numbers, default=0.0),
    )
    found = []
    for key, indices in keys.groups.items():
        one = keys.said[key]
        series = FoundSeries(
            measure=_measure_name(one.measure, name),
            line=column,
            at=indices,
            values=[line.values[i] for i in indices],
            marks=_marks_of(line.marks, indices),
            organisation=one.organisation,
            code=one.code,
            categories=one.categories,
            unit=unit or one.unit,
            base_unit=base or one.unit,
            scale=scale,
            total=is_total(name.rsplit(" > ", 1)[-1]) or is_total(one.organisation or "", one.code or ""),
        )
        found.append(series)
    return found


def _marks_of(marks: dict[int, Mark], indices: list[int]) -> dict[int, Mark]:
    if not marks:
        return {}
    return {new: marks[old] for new, old in enumerate(indices) if old in marks}


@lru_cache(maxsize=5_000)
def _says_code(heading: str) -> bool:
    return CODE_HEADING.search(heading) is not None


@lru_cache(maxsize=5_000)
def _says_organisation(heading: str) -> bool:
    return ORGANISATION_HEADING.search(heading) is not None


class _Said:
    """What the labels of a key say: organisation, code, measure, unit, other categories."""

    def __init__(self, headings: list[str], key: tuple[str, ...]) -> None:
        self.organisation: str | None = None
        self.code: str | None = None
        self.unit = ""
        measure = ""
        rank = len(MEASURE_HEADINGS)
        others: list[tuple[str, str]] = []
        for heading, raw in zip(headings, key, strict=True):
            text = raw.strip() or raw
            plain = heading.strip().lower().replace("_", " ")
            if plain in MEASURE_HEADINGS and MEASURE_HEADINGS.index(plain) < rank:
                if measure:
                    others.append((MEASURE_HEADINGS[rank], measure))
                rank, measure = MEASURE_HEADINGS.index(plain), text
            elif plain in UNIT_HEADINGS:
                self.unit = text
                others.append((heading, text))
            elif self.code is None and _says_code(plain):
                self.code = text
            elif self.organisation is None and _says_organisation(plain):
                self.organisation = text
            else:
                others.append((heading, text))
        if any(text.lower().startswith(("percent", "proportion", "rate (%)")) for _, text in others):
            self.unit = "%"
        self.measure = measure
        self.categories = tuple(others)


def _measure_name(measure: str, column_name: str) -> str:
    if not measure:
        return column_name
    return measure if PLAIN_VALUE.match(column_name.strip()) else f"{measure} > {column_name}"
