"""What the entry grid shows, without Qt: rows are periods, columns measures, and every cell says what it is."""

from __future__ import annotations

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
    """One value as shown (`1,340`), as edited (`1340`; None: as shown), with its marks and where it came from."""

    text: str = ""
    edited: str | None = None
    marks: frozenset[CellMark] = frozenset()
    source: str = ""

    @property
    def raw(self) -> str:
        """What the editor begins with."""
        return self.text if self.edited is None else self.edited

    @property
    def locked(self) -> bool:
        """True where no value can be entered."""
        return CellMark.NOT_APPLICABLE in self.marks

    @property
    def words(self) -> str:
        """What a screen reader says of the cell."""
        marks = [mark.value for mark in CellMark if mark in self.marks and mark.value != self.text]
        return ", ".join([self.text or ("" if self.marks else "empty"), *marks]).strip(", ")


@dataclass(frozen=True)
class GridRow:
    """A period and the phase its dates give it; None where there is no launch yet."""

    label: str
    phase: Phase | None = None


@dataclass(frozen=True)
class GridColumn:
    """A measure and its unit."""

    name: str
    unit: str = ""


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
        for at in range(1, len(self.rows)):
            if self.rows[at - 1].phase is Phase.BEFORE and self.rows[at].phase not in (Phase.BEFORE, None):
                return at
        return None

    def begins_phase(self, row: int) -> bool:
        """True for the first row of its phase: where the phase is named."""
        return row == 0 or self.rows[row].phase is not self.rows[row - 1].phase

    def place(self, row: int, column: int) -> str:
        """`May 25, Navigator contacts`."""
        return f"{self.rows[row].label}, {self.columns[column].name}"
