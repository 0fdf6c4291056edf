"""Finds the tables of a sheet: chooses the period axes, best first, and has a table built on each."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.across import build_across
from importers.addresses import area
from importers.axes import TOTAL, Axis, all_axes, is_figure, with_sections, with_unread
from importers.doubts import Built
from importers.down import build_down
from importers.found import FoundTable, LeftOut, Question
from importers.grids import Grid, Remark
from importers.headers import FOOTER
from importers.ledger import build_ledger
from importers.matrix import build_matrix, claimed_by, corners, outside
from importers.regions import How, Region
from importers.snapshot import find_snapshots


@dataclass
class FoundSheet:
    """Everything found in one sheet."""

    name: str
    visible: bool
    tables: list[FoundTable] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def find_tables(grid: Grid, how: How) -> FoundSheet:
    """Choose the axes of a sheet, best first, and build a table on each."""
    sheet = FoundSheet(grid.name, grid.visible)
    if not grid.rows:
        return sheet
    every = all_axes(grid, how.file)
    claimed = _matrices(sheet, grid, every, how)
    axes = _chosen([axis for axis in every if outside(axis, claimed)], grid)
    for axis in sorted(axes, key=lambda axis: (axis.first if axis.down else axis.line, axis.line)):
        region = _region(axis, axes, grid)
        built = _built(grid, with_unread(with_sections(axis, grid), grid), region, how)
        if built is None:
            continue
        sheet.tables.append(built.table)
        sheet.questions += built.questions
        sheet.remarks += built.remarks
        claimed.append(_claim(built.table, axis))
    if not sheet.tables:
        claimed = add_snapshots(sheet, grid, find_snapshots(grid, how))
    sheet.left_out = _left_out(grid, claimed)
    return sheet


def _built(grid: Grid, axis: Axis, region: Region, how: How) -> Built | None:
    if not axis.down:
        return build_across(grid, axis, region, how)
    return build_ledger(grid, axis, region, how) or build_down(grid, axis, region, how)


def _matrices(sheet: FoundSheet, grid: Grid, axes: list[Axis], how: How) -> list[Region]:
    """Take tables of years by months first: their axes alone would be read as something else."""
    claimed: list[Region] = []
    for corner in corners(grid, axes):
        if not all(outside(axis, claimed) for axis in corner):
            continue
        built = build_matrix(grid, corner, how)
        if built is not None:
            sheet.tables.append(built.table)
            claimed.append(claimed_by(corner))
    return claimed


def ask_for_periods(sheet: FoundSheet, grid: Grid, how: How) -> None:
    """Take the tables of a sheet that names no period anywhere, with a question about it."""
    sheet.left_out = _left_out(grid, add_snapshots(sheet, grid, find_snapshots(grid, how, whatever=True)))


def add_snapshots(sheet: FoundSheet, grid: Grid, found: list[Built]) -> list[Region]:
    """Take tables that have one period for all; returns what they claim of the sheet."""
    claimed = []
    for built in found:
        sheet.tables.append(built.table)
        sheet.questions += built.questions
        sheet.remarks += built.remarks
        claimed.append(_whole_claim(built.table, grid))
    return claimed


def _whole_claim(table: FoundTable, grid: Grid) -> Region:
    lines = [series.line for series in table.series]
    labels = [label.position for label in table.labels]
    rows, columns = (labels, lines) if table.down else (lines, labels)
    return Region(min([*(row - 1 for row in table.header_rows), *rows]), 0, max(rows), max(*columns, grid.width - 1))


def _chosen(axes: list[Axis], grid: Grid) -> list[Axis]:
    accepted: list[Axis] = []
    for axis in sorted(axes, key=lambda axis: -axis.score):
        if all(_may_stand_beside(axis, other, grid) for other in accepted):
            accepted.append(axis)
    return accepted


def _may_stand_beside(axis: Axis, other: Axis, grid: Grid) -> bool:
    """Whether a weaker axis makes a table of its own beside a stronger one that was already accepted."""
    if axis.down and other.down:
        return _two_columns(axis, other, grid)
    if not axis.down and not other.down:
        return _two_rows(axis, other, grid)
    column, row = (axis, other) if axis.down else (other, axis)
    if row.line > column.last:
        return column is other or row.line > column.last
    if row.line < column.first:
        return (
            axis.down
            and column.first - row.line > 8
            and not row.first <= column.line <= row.last
            and _rows_end(row, grid) < column.first
        )
    return False


def _rows_end(row: Axis, grid: Grid) -> int:
    """The last row under a row axis that holds figures before two empty rows."""
    last = row.line
    blank = 0
    for place in range(row.line + 1, len(grid.rows)):
        figures = any(is_figure(grid.cell(place, column)) for column in row.positions[:20])
        blank = 0 if figures else blank + 1
        if figures:
            last = place
        if blank > 2:
            break
    return last


def _two_columns(axis: Axis, other: Axis, grid: Grid) -> bool:
    overlap = min(axis.last, other.last) - max(axis.first, other.first)
    if overlap < 0:
        return True
    left, right = sorted((axis.line, other.line))
    rows = range(max(axis.first, other.first), min(axis.last, other.last) + 1)
    between = any(is_figure(grid.cell(row, column)) for row in list(rows)[:20] for column in range(left + 1, right))
    gap = any(all(grid.text(row, column) == "" for row in rows) for column in range(left + 1, right))
    return between and gap and axis.kinds.most_common(1)[0][0] == other.kinds.most_common(1)[0][0]


def _two_rows(axis: Axis, other: Axis, grid: Grid) -> bool:
    if axis.line == other.line:
        return axis.first > other.last or axis.last < other.first
    upper, lower = sorted((axis, other), key=lambda a: a.line)
    figures = any(
        is_figure(grid.cell(row, column))
        for row in range(upper.line + 1, lower.line)
        for column in upper.positions[:20]
    )
    words = (
        not any(is_figure(grid.cell(lower.line, column)) for column in lower.positions) or not lower.readings[0].weak
    )
    return figures and words


def _region(axis: Axis, axes: list[Axis], grid: Grid) -> Region:
    """Up to the next axis: a table to the right ends it for a column axis, a table below for any."""
    bottom, left, right = len(grid.rows) - 1, 0, grid.width - 1
    for other in axes:
        if other is axis:
            continue
        if other.down and axis.down and _overlap(axis, other):
            if other.line > axis.line:
                right = min(right, other.line - 1)
            else:
                left = max(left, axis.line)
        elif not axis.down and (other.first if other.down else other.line) > axis.line:
            start = other.first if other.down else other.line
            bottom = min(bottom, start - 1)
    return Region(axis.first if axis.down else axis.line, left, bottom, right)


def _overlap(axis: Axis, other: Axis) -> bool:
    return min(axis.last, other.last) >= max(axis.first, other.first)


def _claim(table: FoundTable, axis: Axis) -> Region:
    if table.axis_kind == "ledger":
        return Region(axis.first - 1, 0, axis.last, axis.line)
    rows = [table.place(series, i)[0] for series in table.series for i in (0, len(series.at) - 1) if series.at]
    columns = [table.place(series, i)[1] for series in table.series for i in (0, len(series.at) - 1) if series.at]
    top = min([*(row - 1 for row in table.header_rows), axis.first if axis.down else axis.line])
    bottom = max([*rows, axis.last if axis.down else axis.line])
    return Region(top, min([*columns, axis.line if axis.down else 0]), bottom, max([*columns, axis.line]))


def _left_out(grid: Grid, claimed: list[Region]) -> list[LeftOut]:
    """Runs of rows with content that belong to no table."""
    found: list[LeftOut] = []
    run: list[int] = []
    inside = {row for region in claimed for row in range(region.top, region.bottom + 1)}
    for row in range(len(grid.rows) + 1):
        if row < len(grid.rows) and row not in inside and any(cell != "" for cell in grid.rows[row]):
            run.append(row)
        elif run:
            found.append(LeftOut(area(run[0], 0, run[-1], max(grid.width - 1, 0)), _reason(grid, run, claimed)))
            run = []
        if len(found) >= 50:
            break
    return found


def _reason(grid: Grid, run: list[int], claimed: list[Region]) -> str:
    below = bool(claimed) and run[0] > min(region.bottom for region in claimed)
    figures = any(is_figure(cell) and not isinstance(cell, str) for row in run for cell in grid.rows[row])
    first = next((grid.text(row, c) for row in run for c in range(len(grid.rows[row])) if grid.text(row, c)), "")
    if not claimed:
        return "no period was found here"
    if not below:
        return "title or notes above the table"
    if TOTAL.match(first) and len(run) <= 2:
        return f"a total ('{first[:40]}')"
    if FOOTER.match(first) or not figures:
        said = " (they speak of provisional figures)" if _provisional(grid, run) else ""
        return f"notes below the table{said}"
    return "rows below the table without a period"


def _provisional(grid: Grid, run: list[int]) -> bool:
    return any("provisional" in grid.text(row, c).lower() for row in run for c in range(len(grid.rows[row])))
