"""Finds blocks of figures that no period axis runs along: rows of labels and numbers under a row of headings."""

from __future__ import annotations

from dataclasses import dataclass

from importers.axes import is_figure
from importers.grids import Grid, shown
from importers.headers import CODE_HEADING, FOOTER, header_rows
from importers.lines import mix_of
from importers.sheet_period import is_period_label

_GAP = 3
_LONGEST_LABEL = 200
_MOST_ROWS, _MOST_COLUMNS = 20_000, 400


@dataclass(frozen=True)
class Block:
    """Data rows, the columns that hold figures, the columns that label the rows, and the header rows above."""

    rows: tuple[int, ...]
    values: tuple[int, ...]
    labels: tuple[int, ...]
    header: tuple[int, ...]
    empty: frozenset[int]

    @property
    def top(self) -> int:
        """The first row that belongs to the table."""
        return min([*self.header, *self.rows])


def find_blocks(grid: Grid) -> list[Block]:
    """Every block of a sheet from the top; a sheet of words has none."""
    if len(grid.rows) > _MOST_ROWS or grid.width > _MOST_COLUMNS:
        return []
    runs = _runs(grid, _figures(grid))
    return [block for run in runs if (block := _block(grid, run)) is not None]


def _figures(grid: Grid) -> list[int]:
    """How many figures each row holds."""
    figures = {cell for cell in grid.distinct if type(cell) is float or (type(cell) is str and is_figure(cell))}
    return [sum(map(figures.__contains__, row)) for row in grid.rows]


def _runs(grid: Grid, counts: list[int]) -> list[list[int]]:
    """Runs of rows that have a label and about as many figures as their neighbours."""
    runs: list[list[int]] = []
    run: list[int] = []
    most = 0
    for row, count in enumerate(counts):
        if not count and not run:
            continue
        first = next((shown(cell) for cell in grid.rows[row] if cell != ""), "")
        if run and (FOOTER.match(first) or row - run[-1] > _GAP):
            runs.append(run)
            run, most = [], 0
        if not count or is_period_label(first) or FOOTER.match(first) or not _labelled(grid, row):
            continue
        if run and (count < 0.4 * most or most < 0.4 * count):
            if count < most:
                continue
            run, most = [], 0
        run.append(row)
        most = max(most, count)
    return [*runs, run] if run else runs


def _labelled(grid: Grid, row: int) -> bool:
    """Words before the first number of a row, of a length that names something."""
    for cell in grid.rows[row]:
        if isinstance(cell, str) and cell.strip() and not is_figure(cell):
            return len(cell) <= _LONGEST_LABEL
        if is_figure(cell) and not isinstance(cell, str):
            return False
    return False


def _block(grid: Grid, run: list[int]) -> Block | None:
    values: list[int] = []
    labels: list[int] = []
    empty: set[int] = set()
    for column in range(grid.width):
        if column in grid.removed_columns:
            continue
        whole = grid.column(column)
        mix = mix_of([whole[row] for row in run])
        heading = _heading(grid, run[0], column)
        if not mix.figures + mix.words + mix.odd:
            empty.add(column)
        elif mix.is_values and not (CODE_HEADING.search(heading.replace("_", " ")) and not values):
            values.append(column)
        elif not values:
            labels.append(column)
    while run and _is_heading(grid, run[0], values):
        run = run[1:]
    if not values or not labels or not run:
        return None
    header = header_rows(grid, run[0], values)
    if not header and (len(values) > 1 or len(run) < 2):
        return None
    return Block(tuple(run), tuple(values), tuple(labels), tuple(header), frozenset(empty))


def _is_heading(grid: Grid, row: int, values: list[int]) -> bool:
    """Age bands and words over the figures: `18-19`, `80+`, `Not known`."""
    mix = mix_of([grid.cell(row, column) for column in values])
    return mix.words + mix.odd > mix.numbers


def _heading(grid: Grid, top: int, column: int) -> str:
    return next((text for row in range(top - 1, max(-1, top - 4), -1) if (text := grid.text(row, column))), "")
