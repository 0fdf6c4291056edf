"""What is recorded of a role as a grid, without Qt: made off the window's thread, and from the one before it.

An entry changes one value of 24,000: columns and lines that hold the same are the very same objects from one grid to
the next, so that whoever shows them sees at a glance what differs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np

from analysis.periods import Period
from analysis.phases import phase_of
from analysis.vocabulary import MeasureFacts, Series, Timeline
from db.answers import RoleAnswer
from desktop.grid.state import Cell, CellMark, GridColumn, GridRow, GridState
from desktop.pages.data.cells import recorded_cells, unit_line
from desktop.pages.data.drafts import Place
from desktop.pages.data.rows import rows_of
from desktop.pages.data.whose import OWN, Whose

NO_WORDS: Mapping[Place, str] = MappingProxyType({})


@dataclass(frozen=True)
class Column:
    """The recorded cells of one measure, with what they were made of."""

    series: Series
    periods: tuple[Period, ...]
    timeline: Timeline
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Recorded:
    """Periods down and measures across: every recorded value, with open questions and notes laid over.

    `doubts` are the open questions by cell.
    """

    role_id: int
    whose: Whose
    timeline: Timeline
    today: date
    earlier_months: int
    periods: tuple[Period, ...]
    columns: tuple[Column, ...]
    doubts: Mapping[Place, str]
    notes: Mapping[Place, str]
    grid: GridState

    @cached_property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """The measures shown."""
        return tuple(column.series.measure for column in self.columns)

    @cached_property
    def row_of(self) -> dict[Period, int]:
        """The row of each period."""
        return {period: at for at, period in enumerate(self.periods)}

    @cached_property
    def column_of(self) -> dict[int, int]:
        """The column of each measure, by its id."""
        return {measure.id: at for at, measure in enumerate(self.measures)}

    @cached_property
    def marks(self) -> frozenset[CellMark]:
        """The marks that are used in it."""
        return frozenset[CellMark]().union(*{cell.marks for line in self.grid.cells for cell in line})

    @cached_property
    def noted(self) -> bool:
        """Whether any cell has a note."""
        return any(cell.note for line in self.grid.cells for cell in line)

    def series_of(self, measure_id: int) -> Series | None:
        """The series of a measure."""
        at = self.column_of.get(measure_id)
        return None if at is None else self.columns[at].series

    def reaching(self, periods: Iterable[Period]) -> Recorded:
        """The same, with rows for these periods too."""
        more = frozenset(period for period in periods if period not in self.row_of)
        if not more:
            return self
        return _grown(self, [column.series for column in self.columns], more)


def recorded(
    answer: RoleAnswer,
    today: date,
    whose: Whose = OWN,
    *,
    doubts: Mapping[Place, str] = NO_WORDS,
    notes: Mapping[Place, str] = NO_WORDS,
    earlier_months: int = 0,
    before: Recorded | None = None,
) -> Recorded:
    """The grid of an answer, its own periods and one past the last. `before` spares making anew what is the same."""
    timeline, role_id = answer.role.timeline, answer.role.id
    same = before is not None and (before.role_id, before.whose, before.timeline) == (role_id, whose, timeline)
    held = before if same else None
    empty = GridState((), (), ())
    start = Recorded(role_id, whose, timeline, today, earlier_months, (), (), doubts, notes, empty)
    base = start if held is None else replace(start, periods=held.periods, columns=held.columns, grid=held.grid)
    made = _grown(base, answer.series, ())
    _ = made.row_of, made.column_of, made.marks, made.noted  # worked out here, where it keeps nobody waiting
    return made


def _grown(base: Recorded, all_series: Sequence[Series], more: Collection[Period]) -> Recorded:
    known = {period: period for period in base.periods}
    wanted = rows_of(all_series, base.timeline, base.today, more, earlier_months=base.earlier_months)
    periods = tuple(known.get(period, period) for period in wanted)
    held = {column.series.measure.id: column for column in base.columns}
    columns = tuple(column_of(held.get(one.measure.id), one, periods, base.timeline) for one in all_series)
    made = replace(base, periods=periods, columns=columns)
    return replace(made, grid=_grid_of(made, base.grid))


def column_of(held: Column | None, series: Series, periods: tuple[Period, ...], timeline: Timeline) -> Column:
    """The column of a measure: the one held where it does not differ, or with the cells of further periods made."""
    if held is not None and (held.timeline != timeline or not _alike(held.series, series)):
        held = None
    if held is not None and held.periods == periods:
        return held
    grown = held is not None and periods[: len(held.periods)] == held.periods
    before = held.cells if held is not None and grown else ()
    own = series if held is None else held.series
    return Column(own, periods, timeline, before + recorded_cells(own, periods[len(before) :], timeline))


def _alike(one: Series, other: Series) -> bool:
    """Whether two series hold the same, value by value."""
    return one is other or all(_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(Series))


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return bool(one == other)


def _grid_of(made: Recorded, held: GridState) -> GridState:
    rows = tuple(GridRow(p.label, phase_of(p, made.timeline) if made.timeline.launch else None) for p in made.periods)
    heads = tuple(GridColumn(measure.name, unit_line(measure)) for measure in made.measures)
    across = zip(*(column.cells for column in made.columns), strict=True)
    lines: list[tuple[Cell, ...]] = list(across) if made.columns else [()] * len(rows)
    _lay_words(made, lines)
    before = (*held.cells, *((),) * max(0, len(lines) - len(held.cells)))
    return GridState(
        held.rows if held.rows == rows else rows,
        held.columns if held.columns == heads else heads,
        tuple(old if old == new else new for old, new in zip(before, lines, strict=False)),
    )


def _lay_words(made: Recorded, lines: list[tuple[Cell, ...]]) -> None:
    """Mark the recorded values that are in doubt, and put notes on their cells."""
    valued: dict[int, frozenset[Period]] = {}
    for place in {**made.doubts, **made.notes}:
        row, at = made.row_of.get(place[0]), made.column_of.get(place[1])
        if row is None or at is None:
            continue
        held = valued.setdefault(at, frozenset(made.columns[at].series.periods))
        cell = lines[row][at]
        marks = cell.marks | {CellMark.CHECK} if place in made.doubts and place[0] in held else cell.marks
        said = replace(cell, marks=marks, note=made.notes.get(place, ""))
        lines[row] = (*lines[row][:at], said, *lines[row][at + 1 :])
