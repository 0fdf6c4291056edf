"""What the entry grid shows, without Qt: periods and measures, either way round, and every cell says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from analysis.vocabulary import Phase

NOT_COLLECTED = "not collected"


class CellMark(StrEnum):
    """What is special about a cell; the value is the word a screen reader says."""

    PROVISIONAL = "provisional"
    SET_ASIDE = "set aside"
    SUPPRESSED = "suppressed at source"
    CHECK = "to check"
    FIX = "to fix"
    NOT_COLLECTED = "not collected"
    NOT_APPLICABLE = "not applicable"
    NOT_EXPECTED = "no value expected"


@dataclass(frozen=True)
class Cell:
    """One value as shown (`1,340`), as edited (`1340`; None: as shown), with marks, source and the note on it."""

    text: str = ""
    edited: str | None = None
    marks: frozenset[CellMark] = frozenset()
    source: str = ""
    note: str = ""

    @property
    def raw(self) -> str:
        """What the editor begins with."""
        return self.text if self.edited is None else self.edited

    @property
    def locked(self) -> bool:
        """True where no value can be entered."""
        return bool(self.marks) and CellMark.NOT_APPLICABLE in self.marks

    @property
    def words(self) -> str:
        """What a screen reader says of the cell."""
        marks = [mark.value for mark in CellMark if mark in self.marks and mark.value != self.text]
        note = [f"note: {self.note}"] if self.note else []
        return ", ".join([self.text or ("" if self.marks else "empty"), *marks, *note]).strip(", ")


@dataclass(frozen=True)
class GridRow:
    """A period and the phase its dates give it, None where there is no launch yet; or a measure and its unit."""

    label: str
    phase: Phase | None = None
    unit: str = ""


@dataclass(frozen=True)
class GridColumn:
    """A measure and its unit; or a period and its phase."""

    name: str
    unit: str = ""
    phase: Phase | None = None


@dataclass(frozen=True)
class GridState:
    """A whole grid: `cells[row][column]`."""

    rows: tuple[GridRow, ...]
    columns: tuple[GridColumn, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(line) != len(self.columns) for line in self.cells):
            text = "the cells do not fit the rows and columns"
            raise ValueError(text)

    @cached_property
    def launch_row(self) -> int | None:
        """The first row past the launch, above which the launch rule is drawn; None where no row precedes it."""
        return _past_launch([row.phase for row in self.rows])

    @cached_property
    def launch_column(self) -> int | None:
        """The first column past the launch, where periods stand across."""
        return _past_launch([column.phase for column in self.columns])

    def phase(self, row: int, column: int) -> Phase | None:
        """The phase of a cell, whichever way periods run."""
        return self.rows[row].phase or self.columns[column].phase

    def turned(self) -> GridState:
        """The same grid with its rows as columns."""
        return GridState(
            tuple(GridRow(column.name, column.phase, column.unit) for column in self.columns),
            tuple(GridColumn(row.label, row.unit, row.phase) for row in self.rows),
            tuple(zip(*self.cells, strict=True)) if self.rows else tuple(() for _ in self.columns),
        )

    def place(self, row: int, column: int) -> str:
        """`May 25, Navigator contacts`."""
        return f"{self.rows[row].label}, {self.columns[column].name}"


def begins_phase(heads: Sequence[GridRow] | Sequence[GridColumn], at: int) -> bool:
    """True for the first heading of its phase: where the phase is named."""
    return at == 0 or heads[at].phase is not heads[at - 1].phase


def _past_launch(phases: Sequence[Phase | None]) -> int | None:
    for at in range(1, len(phases)):
        if phases[at - 1] is Phase.BEFORE and phases[at] not in (Phase.BEFORE, None):
            return at
    return None
