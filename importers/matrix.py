"""Builds tables of years by months (or quarters): years down and months across, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence

from importers.addresses import area
from importers.axes import Axis, filled_across, is_figure, is_total
from importers.doubts import Built
from importers.found import FoundSeries, FoundTable
from importers.grammar import read_period
from importers.grids import Cell, Grid, shown
from importers.headers import ORGANISATION_HEADING, clean_heading, short_title, title_above, unit_of
from importers.lines import read_line
from importers.period_text import Kind, PeriodText
from importers.regions import How, Region
from importers.resolving import resolve
from importers.sequences import Setting

_YEARS = (Kind.YEAR, Kind.FINANCIAL_YEAR)
_WITHIN = (Kind.MONTH_NAME, Kind.FINANCIAL_MONTH, Kind.QUARTER_ONLY)
_REACH = 4
_LEAST = 2
Corner = tuple[Axis, Axis]


def corners(grid: Grid, axes: Sequence[Axis]) -> list[Corner]:
    """Axes of months or quarters without a year that years meet at right angles, each pair as (down, across)."""
    found = []
    for axis in axes:
        if len(axis.positions) < _LEAST or any(reading.kind not in _WITHIN for reading in axis.readings):
            continue
        years = _years_across(grid, axis) if axis.down else _years_down(grid, axis)
        if years is not None:
            found.append((axis, years) if axis.down else (years, axis))
    return found


def _years_across(grid: Grid, months: Axis) -> Axis | None:
    """A heading row over a column of months in which two or more columns are years."""
    for row in range(months.first - 1, max(-1, months.first - 1 - _REACH), -1):
        cells = filled_across(grid, row)
        found = _years([(column, cells[column]) for column in range(months.line + 1, len(cells))])
        if found is not None:
            return Axis(False, row, *found, 0.0)
    return None


def _years_down(grid: Grid, months: Axis) -> Axis | None:
    """A column left of a row of months in which two or more rows are years."""
    for column in range(months.first - 1, max(-1, months.first - 1 - _REACH), -1):
        below = range(months.line + 1, len(grid.rows))
        rows = [row for row in below if any(is_figure(grid.cell(row, c)) for c in months.positions)]
        found = _years([(row, grid.cell(row, column)) for row in rows])
        if found is not None:
            return Axis(True, column, *found, 0.0)
    return None


def _years(cells: list[tuple[int, Cell]]) -> tuple[tuple[int, ...], tuple[PeriodText, ...]] | None:
    """Positions and readings of two or more different years; other words but totals and changes are against it."""
    found = [(place, reading) for place, cell in cells if (reading := read_period(cell)) and reading.kind in _YEARS]
    words = [cell for _, cell in cells if isinstance(cell, str) and cell.strip() and not read_period(cell)]
    if len({reading.period for _, reading in found}) < _LEAST or len(words) > len(found):
        return None
    return tuple(place for place, _ in found), tuple(reading for _, reading in found)


def build_matrix(grid: Grid, corner: Corner, how: How) -> Built | None:
    """One series for each label beside the rows, its points row by row; None when the corner holds few figures."""
    down, across = corner
    cells = [(row, column) for row in down.positions for column in across.positions]
    if sum(is_figure(grid.cell(*place)) for place in cells) * 2 < len(cells):
        return None
    labels = _labels(grid, down, across)
    index_of: dict[tuple[Cell, Cell], int] = {}
    readings: list[PeriodText] = []
    raw: list[str] = []
    which, positions = [], []
    heading = filled_across(grid, across.line)
    for row, column in cells:
        texts = (grid.cell(row, down.line), heading[column])
        if texts not in index_of:
            index_of[texts] = len(readings)
            readings.append(_reading(*texts))
            raw.append(f"{shown(heading[column])} {shown(texts[0])}")
        which.append(index_of[texts])
        positions.append(row)
    settled = resolve(tuple(readings), Setting(today=how.today) if how.today else Setting())
    series = [_series(grid, cells, rows, label, down, how) for label, rows in labels.items()]
    left = min([down.line, *(_label_columns(grid, down))])
    return Built(
        FoundTable(
            sheet=grid.name,
            range=area(across.line, left, down.last, across.last),
            layout="matrix",
            header_rows=(across.line + 1,),
            down=True,
            line=down.line,
            positions=positions,
            which=which,
            readings=settled.readings,
            raw_periods=tuple(raw),
            frequency=next((r.period.frequency.value for r in settled.readings if r.period), "other"),
            series=series,
            title=title_above(grid, across.line),
            axis_kind="matrix",
        )
    )


def _reading(first: Cell, second: Cell) -> PeriodText:
    """The month or quarter of one heading in the year of the other."""
    one, two = read_period(first), read_period(second)
    year, within = (one, two) if one is not None and one.kind in _YEARS else (two, one)
    if year is None or within is None:
        return PeriodText(Kind.MONTH, None, problem="no month and year meet here")
    return resolve((within,), Setting(years=(year,))).readings[0]


def _label_columns(grid: Grid, down: Axis) -> list[int]:
    return [
        column
        for column in range(max(0, down.line - 3), down.line)
        if column not in grid.removed_columns
        and sum(bool(grid.text(row, column)) for row in down.positions) >= 1
        and not any(isinstance(grid.cell(row, column), float) for row in down.positions)
    ]


def _labels(grid: Grid, down: Axis, across: Axis) -> dict[tuple[tuple[str, str], ...], list[int]]:
    """Rows by what stands left of their year, filled down; one group without a label where nothing stands there."""
    columns = _label_columns(grid, down)
    current = dict.fromkeys(columns, "")
    groups: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for row in down.positions:
        for column in columns:
            current[column] = clean_heading(grid.text(row, column)) or current[column]
        key = tuple((grid.text(across.line, column), text) for column, text in current.items() if text)
        groups.setdefault(key, []).append(row)
    return groups


def _series(
    grid: Grid, cells: list[tuple[int, int]], rows: list[int], label: tuple[tuple[str, str], ...], down: Axis, how: How
) -> FoundSeries:
    wanted = set(rows)
    at = [index for index, (row, _) in enumerate(cells) if row in wanted]
    places = [cells[index] for index in at]
    line = read_line([grid.cell(*place) for place in places], decimal_comma=how.decimal_comma)
    organisation = next((text for heading, text in label if ORGANISATION_HEADING.search(heading)), None)
    named = [text for heading, text in label if not ORGANISATION_HEADING.search(heading)]
    title = short_title(title_above(grid, min(row for row, _ in cells) - 1)) or grid.name
    measure = " > ".join(named) or title
    unit, base, scale = unit_of(
        f"{measure} {title}",
        percents=sum(place in grid.percents for place in places) * 2 > len(places),
        pounds=sum(place in grid.pounds for place in places) * 2 > len(places) or line.pounds * 2 > line.texts,
        texts_percent=line.percents * 2 > line.texts > 0,
        largest=max((abs(value) for value in line.values if value is not None), default=0.0),
    )
    return FoundSeries(
        measure,
        down.line,
        at,
        line.values,
        line.marks,
        organisation=organisation,
        unit=unit,
        base_unit=base,
        scale=scale,
        total=is_total(organisation or "") or any(is_total(text) for text in named),
        cells=places,
    )


def claimed_by(corner: Corner) -> Region:
    """The part of the sheet that a matrix takes."""
    down, across = corner
    return Region(across.line, 0, down.last, across.last)


def outside(axis: Axis, regions: Sequence[Region]) -> bool:
    """Whether an axis lies clear of every region."""
    top, bottom = (axis.first, axis.last) if axis.down else (axis.line, axis.line)
    return all(bottom < region.top or top > region.bottom for region in regions)
