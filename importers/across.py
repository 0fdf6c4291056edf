"""Builds a table whose periods run across a row: one series per row, or per row and second heading."""

from __future__ import annotations

import re

from importers.addresses import address, area
from importers.axes import TOTAL, Axis, filled_across, is_total
from importers.axis_setting import read_axis
from importers.doubts import Built, axis_questions, place, skipped_remarks
from importers.found import FoundSeries, FoundTable
from importers.grids import Cell, Grid, Remark, shown
from importers.headers import (
    CODE_HEADING,
    FOOTER,
    MEASURE_HEADINGS,
    ORGANISATION_HEADING,
    clean_heading,
    short_title,
    title_above,
    unit_of,
)
from importers.lines import Line, mix_of, read_line
from importers.regions import How, Region

_SECOND_HEADINGS = 2
_SPAN_OF_FIGURES = re.compile(
    r"\b(?:baseline|target|plan|budget|average|mean|total|ytd|previous|last year)\b", re.IGNORECASE
)


def build_across(grid: Grid, axis: Axis, region: Region, how: How) -> Built | None:
    """The table on a row axis, or None when no row under it holds figures."""
    before = [column for column in range(region.left, axis.first) if column not in grid.removed_columns]
    figures = [column for column in before if _holds_figures(grid, axis, column, region.bottom)]
    labels = [column for column in before if column not in figures]
    second, first_row = _second_headings(grid, axis, region.bottom)
    read = read_axis(grid, axis, how.today)
    series = _all_series(grid, axis, labels, second, range(first_row, region.bottom + 1), how)
    if not series:
        return None
    last = max(one.line for one in series)
    start = labels[0] if labels else axis.first
    table = FoundTable(
        sheet=grid.name,
        range=area(axis.line, start, last, axis.last),
        layout="across",
        header_rows=tuple(row + 1 for row in range(axis.line, first_row) if row == axis.line or second),
        down=False,
        line=axis.line,
        positions=list(axis.positions),
        which=read.which,
        readings=read.readings,
        raw_periods=read.raw,
        frequency=read.frequency,
        series=series,
        title=title_above(grid, axis.line),
        axis_kind=axis.kinds.most_common(1)[0][0].value,
    )
    built = Built(table)
    axis_questions(built, read, axis)
    skipped_remarks(built, grid, axis)
    for column in figures:
        cell = place(grid.name, address(axis.line, column))
        said = f"The figures under '{grid.text(axis.line, column)[:60]}' name no period and were left out."
        built.remarks.append(Remark("check", said, "", cell))
    return built


def _holds_figures(grid: Grid, axis: Axis, column: int, bottom: int) -> bool:
    """Whether a column before the periods holds figures under a heading of its own, such as `Baseline (2019/20)`."""
    heading = grid.text(axis.line, column)
    if not heading or CODE_HEADING.search(heading.replace("_", " ")) or ORGANISATION_HEADING.search(heading):
        return False
    if not any(letter.isdigit() for letter in heading) and not _SPAN_OF_FIGURES.search(heading):
        return False
    filled = [cell for row in range(axis.line + 1, bottom + 1) if (cell := grid.cell(row, column)) != ""]
    return len(filled) > 1 and all(isinstance(cell, float) for cell in filled)


def _second_headings(grid: Grid, axis: Axis, bottom: int) -> tuple[list[str], int]:
    """A row of words straight under the periods names what each column of a period holds."""
    row = axis.line + 1
    if row > bottom:
        return [], row
    cells = filled_across(grid, row)
    texts = [cells[column] if column < len(cells) else "" for column in axis.positions]
    mix = mix_of(texts)
    repeat = len(set(filled_across(grid, axis.line)[axis.first : axis.last + 1])) < len(texts)
    if (mix.words + mix.odd * repeat) * 2 > len(texts) and not mix.figures:
        return [clean_heading(shown(text)) for text in texts], row + 1
    return [], row


def _all_series(
    grid: Grid, axis: Axis, labels: list[int], second: list[str], rows: range, how: How
) -> list[FoundSeries]:
    series: list[FoundSeries] = []
    section: list[str] = []
    fresh = True
    headings = [_label_heading(grid, axis, column) for column in labels]
    filled = _filled_labels(grid, labels, rows)
    title = short_title(title_above(grid, axis.line)) or "Value"
    for row in rows:
        own = grid.rows[row]
        cells = [own[column] for column in axis.positions]
        texts = [clean_heading(shown(filled.get((row, column), grid.cell(row, column)))) for column in labels]
        words = [text for text in texts if text]
        mix = mix_of(cells)
        if not mix.is_figures:
            if words and FOOTER.match(words[0]):
                break
            if words and not mix.words:
                section = [words[-1]] if fresh else [*section, words[-1]]
                fresh = False
            continue
        fresh = True
        line = read_line(cells, decimal_comma=how.decimal_comma)
        series += _row_series(grid, axis, row, texts, headings, section, second, line, title)
    return series


def _label_heading(grid: Grid, axis: Axis, column: int) -> str:
    """The text over a label column; a label column without one continues the one to its left."""
    for left in range(column, -1, -1):
        for row in range(axis.line, max(-1, axis.line - 3), -1):
            if text := grid.text(row, left):
                return text
    return ""


def _filled_labels(grid: Grid, labels: list[int], rows: range) -> dict[tuple[int, int], Cell]:
    """Merged label cells hold for every row they cover."""
    return {
        (row, left): grid.cell(top, left)
        for top, left, bottom, _ in grid.merges
        if left in labels and bottom > top
        for row in range(max(top, rows.start), min(bottom + 1, rows.stop))
    }


def _row_series(
    grid: Grid,
    axis: Axis,
    row: int,
    texts: list[str],
    headings: list[str],
    section: list[str],
    second: list[str],
    line: Line,
    title: str,
) -> list[FoundSeries]:
    named = _RowName(texts, headings, section)
    groups = _by_second(second) if second else {"": list(range(len(axis.positions)))}
    found = []
    for heading, indices in groups.items():
        numbers = [abs(value) for i in indices if (value := line.values[i]) is not None]
        measure = f"{named.measure} > {heading}" if heading and named.measure else heading or named.measure or title
        unit, base, scale = unit_of(
            f"{named.own} {heading}",
            percents=_mostly(row, axis, indices, grid.percents),
            pounds=_mostly(row, axis, indices, grid.pounds) or line.pounds * 2 > line.texts,
            texts_percent=line.percents * 2 > line.texts > 0,
            largest=max(numbers, default=0.0),
        )
        found.append(
            FoundSeries(
                measure=measure,
                line=row,
                at=indices,
                values=[line.values[i] for i in indices],
                marks={new: line.marks[old] for new, old in enumerate(indices) if old in line.marks},
                organisation=named.organisation,
                code=named.code,
                categories=named.categories,
                unit=unit,
                base_unit=base,
                scale=scale,
                total=any(TOTAL.match(text) for text in texts if text)
                or is_total(named.organisation or "", named.code or ""),
            )
        )
    return found


def _by_second(second: list[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for index, heading in enumerate(second):
        groups.setdefault(heading, []).append(index)
    return groups


def _mostly(row: int, axis: Axis, indices: list[int], marked: set[tuple[int, int]]) -> bool:
    return bool(marked) and sum((row, axis.positions[i]) in marked for i in indices) * 2 > len(indices)


def _codes_are_of_organisations(headings: list[str]) -> bool:
    """`Ref` beside `Indicator` is the number of the indicator, unless a heading names organisations too."""
    named = {heading.strip().lower() for heading in headings}
    return named.isdisjoint(MEASURE_HEADINGS) or any(map(ORGANISATION_HEADING.search, headings))


class _RowName:
    """What the labels left of a row say. Without telling headings, the right-most filled label names the row."""

    def __init__(self, texts: list[str], headings: list[str], section: list[str]) -> None:
        self.organisation: str | None = None
        self.code: str | None = None
        others: list[tuple[str, str]] = []
        plain: list[str] = []
        coded = _codes_are_of_organisations(headings)
        for heading, text in zip(headings, texts, strict=True):
            if not text:
                continue
            if heading and CODE_HEADING.search(heading.replace("_", " ")) and not coded:
                continue
            if heading and CODE_HEADING.search(heading.replace("_", " ")):
                self._take_code(text, heading, others)
            elif heading and ORGANISATION_HEADING.search(heading):
                self._take_organisation(text, heading, others)
            else:
                plain.append(text)
        self.categories = tuple(others)
        self.own = " ".join([*plain, *(text for _, text in others)])
        self.measure = " > ".join(dict.fromkeys([*section, *plain])) if plain else " > ".join(section)

    def _take_code(self, text: str, heading: str, others: list[tuple[str, str]]) -> None:
        if self.code is not None:
            others.append((heading, self.code))
        self.code = text

    def _take_organisation(self, text: str, heading: str, others: list[tuple[str, str]]) -> None:
        if self.organisation is not None:
            others.append((heading, self.organisation))
        self.organisation = text
