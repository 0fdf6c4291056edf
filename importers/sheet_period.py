"""The one period that a whole sheet stands for, where no row or column names periods: a snapshot or a form.

Looked for in this order: a labelled cell (`Submission period`), the titles, the name of the sheet, the name of the
file. A date of publication or revision is never the period. The place it came from is kept and shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from importers.addresses import address
from importers.grammar import periods_in, read_period
from importers.grids import Grid, shown
from importers.period_text import Kind, PeriodText
from importers.resolving import resolve
from importers.sequences import Setting

_PERIOD_LABEL = re.compile(
    r"(?:(?:submission|reporting|report|data|collection|return|activity|financial|calendar) )?"
    r"(?:period|month|quarter|year|week|date)"
    r"(?: (?:covered|ending|end|commencing|beginning|of (?:report|return|submission|data|activity)))?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"([A-Za-z ]{4,30}?) ?[:=\-–] ?(.{3,40})")
_BEYOND = 4
_LONGEST_PAIR = 80
_YEAR_KINDS = (Kind.YEAR, Kind.FINANCIAL_YEAR)
_WITHOUT_YEAR = (Kind.MONTH_NAME, Kind.FINANCIAL_MONTH, Kind.QUARTER_ONLY)


@dataclass(frozen=True)
class Named:
    """A period that some text near a table names, and where. `row` is -1 for the name of the sheet or the file."""

    reading: PeriodText
    raw: str
    where: str
    row: int = -1
    column: int = 0


@dataclass(frozen=True)
class WholePeriod:
    """What a sheet stands for. More than one candidate is a doubt; the first is the likeliest, none is unknown."""

    candidates: tuple[Named, ...]
    level: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether exactly one period is named."""
        return len(self.candidates) == 1


def whole_period(grid: Grid, header: int, file: str) -> WholePeriod:
    """The period of a sheet whose table begins with the header row `header` (counted from 0)."""
    labelled = list(_labelled(grid, header))
    titles = list(_titles(grid, header))
    sheet = [Named(reading, grid.name, "the name of the sheet") for reading in periods_in(grid.name)]
    stem = file.rpartition(".")[0] or file
    named = [Named(reading, file, "the name of the file") for reading in periods_in(stem.replace("_", " "))]
    levels = {"cell": labelled, "title": titles, "sheet name": sheet, "file name": named}
    years = [one.reading for found in levels.values() for one in found if one.reading.kind in _YEAR_KINDS]
    for level, found in levels.items():
        settled = _settled([_with_year(one, years) for one in found])
        if settled:
            return WholePeriod(settled, level)
    return WholePeriod(())


def organisation_above(grid: Grid, header: int, label: re.Pattern[str]) -> str | None:
    """The value beside a cell above the table that names an organisation, such as `Practice` or `Project name`."""
    for row in range(header):
        for column, cell in enumerate(grid.rows[row]):
            text = shown(cell).rstrip(": ")
            if isinstance(cell, str) and 0 < len(text) <= 40 and label.search(text):
                value = next((t for c in range(column + 1, column + 1 + _BEYOND) if (t := grid.text(row, c))), "")
                if value and len(value) <= 150 and any(letter.isalpha() for letter in value):
                    return value
    return None


def is_period_label(text: str) -> bool:
    """Whether a cell says that its neighbour is the period."""
    return _PERIOD_LABEL.fullmatch(text.strip().rstrip(":").strip()) is not None


def _labelled(grid: Grid, header: int) -> Iterator[Named]:
    for row in range(header):
        for column, cell in enumerate(grid.rows[row]):
            if not isinstance(cell, str) or not 0 < len(cell) <= _LONGEST_PAIR:
                continue
            if is_period_label(cell):
                yield from _beside(grid, row, column, cell)
            elif (found := _LABELLED.fullmatch(cell.strip())) and is_period_label(found[1]):
                place = address(row, column)
                yield from (Named(reading, found[2], place, row, column) for reading in periods_in(found[2]))


def _beside(grid: Grid, row: int, column: int, heading: str) -> Iterator[Named]:
    for beside in range(column + 1, column + 1 + _BEYOND):
        cell = grid.cell(row, beside)
        if cell == "":
            continue
        reading = read_period(cell)
        found = [reading] if reading else periods_in(cell) if isinstance(cell, str) else []
        setting = Setting(heading=heading, date_1904=grid.date_1904)
        for one in found:
            settled = resolve((_as_date(one, grid),), setting).readings[0] if one.kind not in _WITHOUT_YEAR else one
            yield Named(settled, shown(cell), address(row, beside), row, beside)
        return


def _as_date(reading: PeriodText, grid: Grid) -> PeriodText:
    """A bare number beside the word Period is a date without its format."""
    if reading.kind is not Kind.SERIAL:
        return reading
    return resolve((reading,), Setting(date_1904=grid.date_1904)).questions[0].readings[0][0]


def _titles(grid: Grid, header: int) -> Iterator[Named]:
    """Periods in the lines above the table, the nearest line first, then in the header row itself."""
    for row in [*range(header - 1, -1, -1), header]:
        for column, cell in enumerate(grid.rows[row] if row < len(grid.rows) else []):
            if isinstance(cell, str) and 0 < len(cell) <= 400:
                for reading in periods_in(cell):
                    yield Named(reading, cell.strip()[:120], address(row, column), row, column)


def _with_year(one: Named, years: list[PeriodText]) -> Named:
    """`April` in the name of the sheet and `2024-25` in the title are April 2024."""
    if one.reading.kind not in _WITHOUT_YEAR or not years:
        return one
    dated = resolve((one.reading,), Setting(years=(years[0],))).readings[0]
    return replace(one, reading=dated)


def _settled(found: list[Named]) -> tuple[Named, ...]:
    """Distinct periods; a finer one inside all the others (April in 2024-25) is the one that is meant."""
    distinct: dict[object, Named] = {}
    for one in found:
        if one.reading.period is not None:
            distinct.setdefault(one.reading.period, one)
    named = list(distinct.values())
    if len(named) < 2:
        return tuple(named)
    finest = min(named, key=_days)
    if all(_inside(finest, other) for other in named):
        return (finest,)
    return tuple(named[:6])


def _days(one: Named) -> int:
    return one.reading.period.days if one.reading.period else 0


def _inside(one: Named, other: Named) -> bool:
    inner, outer = one.reading.period, other.reading.period
    return inner is not None and outer is not None and outer.start <= inner.start and inner.end <= outer.end
