"""What was found in a sheet: tables, their periods, their series. Plain data that travels between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from importers.addresses import address, area
from importers.period_text import PeriodText


class Mark(NamedTuple):
    """A cell that is not just a number: its state, raw text, bounds, note, and what is wrong with it if anything."""

    state: str
    raw: str
    low: float | None = None
    high: float | None = None
    note: str = ""
    maturity: str | None = None
    problem: str = ""
    proposal: float | None = None


@dataclass(frozen=True)
class Label:
    """Whose figures a row (or, in a form, a column) of a snapshot holds. `position` is that row or column."""

    position: int
    organisation: str | None = None
    code: str | None = None
    categories: tuple[tuple[str, str], ...] = ()
    total: bool = False

    @property
    def identity(self) -> str:
        """What tells this label from the others, from file to file: the code (else the name) and the categories."""
        return " | ".join((self.code or self.organisation or "", *(value for _, value in self.categories)))

    @property
    def words(self) -> str:
        """For people: name and code."""
        named = ", ".join(p for p in (self.organisation or "", *(v for _, v in self.categories)) if p)
        return f"{named} ({self.code})" if self.code and self.code != named else named or self.code or ""


@dataclass
class FoundSeries:
    """One line of figures. `at[i]` is the index of the axis position of `values[i]`; None is no number, see `marks`.

    `unit` is as the sheet has it; a raw value times `scale` is in `base_unit` (`£` for `£000`, `%` for fractions).
    `aside` says why a line is no measure (a confidence limit, a denominator) and is left out unless a person wants it.
    In a snapshot `who[i]` is the index of the label of `values[i]` in the table's `labels`.
    """

    measure: str
    line: int
    at: list[int]
    values: list[float | None]
    marks: dict[int, Mark]
    organisation: str | None = None
    code: str | None = None
    categories: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    base_unit: str = ""
    scale: float = 1.0
    total: bool = False
    aside: str = ""
    cells: list[tuple[int, int]] = field(default_factory=list)
    who: list[int] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Measure, organisation and categories in one line."""
        parts = [self.measure, self.organisation or "", *(value for _, value in self.categories)]
        return ", ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class LeftOut:
    """Cells of a sheet that are not part of a table, and why."""

    range: str
    reason: str


@dataclass(frozen=True)
class Question:
    """A doubt that a person settles. `key` stays the same from one reading of the file to the next.

    `free` is "period" where a period may be typed instead of a choice. `ids` names the choices for next month's file
    where their texts may change.
    """

    key: str
    about: str
    ask: str
    choices: tuple[str, ...]
    preselected: int = 0
    free: str = ""
    ids: tuple[str, ...] = ()


@dataclass
class FoundTable:
    """One table. `positions` are the rows (`down`) or columns of the axis; `which[i]` is the index of the distinct
    reading of position i. `readings_under[key][choice]` holds the readings under other answers to a question. A
    snapshot has one period for all (`period_from` says where it stands) and `labels` for its rows."""

    sheet: str
    range: str
    layout: str
    header_rows: tuple[int, ...]
    down: bool
    line: int
    positions: list[int]
    which: list[int]
    readings: tuple[PeriodText, ...]
    raw_periods: tuple[str, ...]
    frequency: str
    series: list[FoundSeries]
    title: str = ""
    axis_kind: str = ""
    readings_under: dict[str, tuple[tuple[PeriodText, ...], ...]] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    period_from: str = ""

    def place(self, series: FoundSeries, index: int) -> tuple[int, int]:
        """Row and column of the series' i-th value."""
        if series.cells:
            return series.cells[index]
        if series.who:
            position = self.labels[series.who[index]].position
            return (position, series.line) if self.down else (series.line, position)
        position = self.positions[series.at[index]]
        return (position, series.line) if self.down else (series.line, position)

    def cell(self, series: FoundSeries, index: int) -> str:
        """Address of the series' i-th value."""
        return address(*self.place(series, index))

    def value_range(self, series: FoundSeries) -> str:
        """From the first to the last cell of a series."""
        if not series.at:
            return ""
        first, last = self.place(series, 0), self.place(series, len(series.at) - 1)
        return area(min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1]))

    def label(self, series: FoundSeries, index: int) -> Label | None:
        """Whose the series' i-th value is, in a snapshot."""
        return self.labels[series.who[index]] if series.who else None

    def reading(self, series: FoundSeries, index: int) -> PeriodText:
        """The period of the series' i-th value."""
        return self.readings[self.which[series.at[index]]]

    def period_cell(self, series: FoundSeries, index: int) -> str:
        """Address of the cell that names the period."""
        position = self.positions[series.at[index]]
        return address(position, self.line) if self.down else address(self.line, position)
