"""Checks a table that was read: what could not be read, what looks wrong, what a person must decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from analysis.periods import Period, month_label
from importers.addresses import address, column_letters
from importers.asides import mark_asides
from importers.doubts import Built, place
from importers.found import FoundSeries, FoundTable, Question
from importers.grids import Grid, Remark, shown
from importers.totals import mark_totals
from importers.values import UNREADABLE

MOST_LISTED = 200
_MAY_BE_NEGATIVE = re.compile(
    r"change|differ|net\b|varia|balance|growth|index|score|margin|surplus|deficit", re.IGNORECASE
)
_UNUSUAL, _STANDS_OUT = 10.0, 5.0


def check_table(built: Built, grid: Grid) -> None:
    """Run every check; each adds remarks and questions."""
    for check in _CHECKS:
        check(built, grid)


def _listed(built: Built, remarks: Iterator[Remark], what: str) -> None:
    """Add remarks up to a limit, then one sentence for the rest."""
    count = 0
    for remark in remarks:
        count += 1
        if count <= MOST_LISTED:
            built.remarks.append(remark)
    if count > MOST_LISTED:
        built.remarks.append(Remark("fix", f"{count - MOST_LISTED:,} more {what} on sheet {built.table.sheet}."))


def _unreadable(built: Built, grid: Grid) -> None:
    _listed(built, _unreadable_cells(built.table, grid), "cells could not be read")


def _unreadable_cells(table: FoundTable, grid: Grid) -> Iterator[Remark]:
    for series in table.series:
        for index, mark in series.marks.items():
            if mark.state != UNREADABLE or table.place(series, index) in grid.errors:
                continue
            raw = mark.raw if len(mark.raw) <= 40 else mark.raw[:37] + "..."
            period = table.raw_periods[table.which[series.at[index]]]
            cell = table.cell(series, index)
            said = f"'{raw}' in {cell} ({period}) could not be read: {mark.problem}."
            hint = (
                f"Is it {mark.proposal:g}?" if mark.proposal is not None else "Type the right value or leave it blank."
            )
            yield Remark("fix", said, hint, place(table.sheet, cell))


def _nans(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    for series in built.table.series:
        for index, mark in series.marks.items():
            if mark.raw.lower() == "nan":
                cell = built.table.cell(series, index)
                period = built.table.raw_periods[built.table.which[series.at[index]]]
                said = f"'{mark.raw}' in {cell} ({period}) was taken as missing."
                built.remarks.append(Remark("check", said, "", place(built.table.sheet, cell)))


def check_sheet(grid: Grid, tables: list[FoundTable]) -> list[Remark]:
    """Error cells and formulas without results, anywhere in a sheet that has tables."""
    remarks = []
    for (row, column), said in sorted(grid.errors.items())[:MOST_LISTED]:
        text = f"{address(row, column)} holds the Excel error {said}; it was taken as no value."
        remarks.append(Remark("check", text, "Mend it in Excel.", place(grid.name, address(row, column))))
    if grid.unstored:
        named = ", ".join(_with_period(cell, tables) for cell in sorted(grid.unstored)[:6])
        more = f" and {len(grid.unstored) - 6} more" if len(grid.unstored) > 6 else ""
        count = len(grid.unstored)
        verb = "formulas have no stored results" if count > 1 else "formula has no stored result"
        text = f"{count} {verb} ({named}{more}), so there is nothing to read in those cells."
        first = place(grid.name, address(*min(grid.unstored)))
        remarks.append(
            Remark("check", text, "To have them read, open it in Excel and save it, then read it again.", first)
        )
    return remarks


def _with_period(cell: tuple[int, int], tables: list[FoundTable]) -> str:
    for table in tables:
        position = cell[0] if table.down else cell[1]
        if position in table.positions:
            raw = table.raw_periods[table.which[table.positions.index(position)]]
            return f"{address(*cell)} for {raw}"
    return address(*cell)


def _negatives(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    for series in built.table.series:
        if series.base_unit or _MAY_BE_NEGATIVE.search(series.measure):
            continue
        below = [i for i, value in enumerate(series.values) if value is not None and value < 0]
        if not below:
            continue
        listed = ", ".join(
            f"{built.table.cell(series, i)} ({built.table.raw_periods[built.table.which[series.at[i]]]})"
            for i in below[:6]
        )
        said = f"{series.label} is negative in {listed}. Is that right?"
        built.remarks.append(Remark("check", said, "", place(built.table.sheet, built.table.cell(series, below[0]))))


def _duplicates(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    """Two values for one period: the same is a note, different ones a question, and a single period for all a check."""
    table = built.table
    periods = {reading.period for reading in table.readings if reading.period}
    if table.labels:
        _same_labels(built)
        return
    if (
        len(periods) == 1
        and len(table.positions) > 2
        and table.down
        and len(table.series) <= 20
        and table.layout == "down"
    ):
        only = next(iter(periods))
        kind = only.frequency.value
        first = place(table.sheet, address(table.positions[0], table.line))
        said = f"{len(table.positions)} rows all fall in the same {kind}, {_long(only)}, so they cannot be a series."
        built.remarks.append(Remark("check", said, "Check the period column.", first))
        return
    distinct = len({reading.period for reading in table.readings}) == len(table.readings)
    for series in table.series:
        if not distinct or len({table.which[at] for at in series.at}) < len(series.at):
            _duplicates_of(built, series)


def _same_labels(built: Built) -> None:
    """Rows of a snapshot that name the same organisation: the same figures are said once, others are asked about."""
    table = built.table
    first_of: dict[str, int] = {}
    for number, label in enumerate(table.labels):
        earlier = first_of.setdefault(label.identity, number)
        if earlier == number:
            continue
        differing = [series for series in table.series if _said(series, earlier) != _said(series, number)]
        for series in differing:
            _say_twice(built, series, earlier, number)
        if not differing:
            cells = f"{table.cell(table.series[0], earlier)} and {table.cell(table.series[0], number)}"
            said = f"{label.words} comes twice with the same values ({cells}); taken once."
            built.remarks.append(Remark("note", said, "", place(table.sheet, table.cell(table.series[0], number))))


def _long(period: Period) -> str:
    if period.days == 7:
        return f"{period.start.day} {month_label(period.start)} to {period.end.day} {month_label(period.end)}"
    return period.long_label


def _duplicates_of(built: Built, series: FoundSeries) -> None:
    table = built.table
    first_of: dict[Period, int] = {}
    for index in range(len(series.at)):
        period = table.reading(series, index).period
        if period is None or (series.values[index] is None and index not in series.marks):
            continue
        earlier = first_of.setdefault(period, index)
        if earlier != index:
            _say_twice(built, series, earlier, index)


def _say_twice(built: Built, series: FoundSeries, first: int, second: int) -> None:
    table = built.table
    label = table.label(series, first)
    raw = label.words if label else table.raw_periods[table.which[series.at[first]]]
    one, two = _said(series, first), _said(series, second)
    cells = f"{table.cell(series, first)} and {table.cell(series, second)}"
    about = place(table.sheet, table.cell(series, second))
    if one == two:
        built.remarks.append(
            Remark("note", f"{raw} comes twice with the same value {one} ({cells}); taken once.", "", about)
        )
        return
    if len(built.questions) < 20:
        ask = f"{series.label} has {raw} twice, with {one} and {two} ({cells}). Which is right?"
        choices = (f"Keep the first ({one})", f"Keep the last ({two})", "Add them together", "Leave the period out")
        built.questions.append(Question(f"twice {about}", about, ask, choices))


def _said(series: FoundSeries, index: int) -> str:
    value = series.values[index]
    if value is not None:
        return shown(value)
    return series.marks[index].raw if index in series.marks else ""


def _texts(built: Built, grid: Grid) -> None:
    """Numbers stored as text in a workbook are read, and said."""
    if grid.name == "(csv)":
        return
    for series in built.table.series:
        sample = range(0, len(series.at), max(1, len(series.at) // 20))
        stored = [i for i in sample if series.values[i] is not None and isinstance(_cell(built, grid, series, i), str)]
        if len(stored) > len(sample) / 2:
            said = f"The numbers of {series.label} are stored as text; they were read as numbers."
            built.remarks.append(Remark("note", said, "", place(grid.name, built.table.cell(series, stored[0]))))
            return


def _cell(built: Built, grid: Grid, series: FoundSeries, index: int) -> object:
    return grid.cell(*built.table.place(series, index))


def _units(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    money = [series for series in built.table.series if series.base_unit == "£" or "cost" in series.measure.lower()]
    units = {series.unit or "£": series for series in money}
    if len({series.scale for series in units.values()}) < 2:
        return
    listed = ", ".join(f"{series.measure} in {unit}" for unit, series in units.items())
    ask = f"Money comes in different units: {listed}. Should all be kept in pounds?"
    first = place(built.table.sheet, built.table.cell(next(iter(units.values())), 0))
    key = f"units {built.table.sheet} {built.table.range}"
    choices = ("Yes, convert every column to pounds", "No, keep the numbers as they are")
    built.questions.append(Question(key, first, ask, choices))


def _fractions(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    """Percentages that are all 1 or less may be fractions: ask, unless another one of the table is above 1."""
    of_percent = [v for s in built.table.series if s.unit == "%" for v in s.values if v is not None]
    if not of_percent or max(map(abs, of_percent)) > 1:
        return
    for series in built.table.series:
        values = [value for value in series.values if value is not None]
        if series.unit != "%" or len(values) < 3 or max(map(abs, values)) > 1 or len(set(values)) < 2:
            continue
        names = [s.label for s in built.table.series if s.unit == "%"]
        ask = f"The values of {names[0]} are all 1 or less. Are they fractions, so that 0.95 means 95%?"
        first = place(built.table.sheet, built.table.cell(series, 0))
        choices = ("Yes, they are fractions", "No, they are percentages as they stand")
        built.questions.append(Question(f"fractions {built.table.sheet} {built.table.range}", first, ask, choices))
        return


def _small(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    """Mostly counts of 1 to 4: people could be recognised when they are shared."""
    values = [v for series in built.table.series if not series.base_unit for v in series.values if v is not None]
    if len(values) < 3 or max(values) >= 10 or min(values) < 0 or not all(map(float.is_integer, map(float, values))):
        return
    few = sum(0 < value < 5 for value in values)
    if few * 2 >= len(values):
        said = f"Most counts are small numbers, fewer than 5 ({few} of {len(values)})."
        hint = "They can be kept here; exports protect them unless you choose otherwise."
        built.remarks.append(
            Remark("check", said, hint, place(built.table.sheet, built.table.cell(built.table.series[0], 0)))
        )


def _hidden(built: Built, grid: Grid) -> None:
    rows = [p for p in built.table.positions if p in set(grid.hidden_rows)] if built.table.down else []
    columns = list(grid.hidden_columns)
    if not rows and not columns:
        return
    parts = [f"row {row + 1}" for row in rows[:10]] + [f"column {column_letters(column)}" for column in columns[:10]]
    said = f"Some cells are hidden in Excel and were read all the same: {', '.join(parts)}."
    cell = place(grid.name, address(rows[0], built.table.line) if rows else address(0, columns[0]))
    built.remarks.append(Remark("check", said, "Leave them out in the next step if they should not count.", cell))


def unusual_values(series: FoundSeries) -> list[tuple[int, float]]:
    """Indices of values at least ten times the median of the line that also stand out from their neighbours, with the
    median: a slip of the keyboard, not a series that grows."""
    from statistics import median  # takes longer to import than to use; the reading process never needs it

    numbers = [(index, value) for index, value in enumerate(series.values) if value is not None]
    sizes = [abs(value) for _, value in numbers if value != 0]
    if len(sizes) < 6:
        return []
    usual = median(sizes)
    found = []
    for place_in_line, (index, value) in enumerate(numbers):
        if abs(value) >= _UNUSUAL * usual:
            near = numbers[max(0, place_in_line - 2) : place_in_line] + numbers[place_in_line + 1 : place_in_line + 3]
            if abs(value) >= _STANDS_OUT * median(abs(other) for _, other in near):
                found.append((index, usual))
    return found


def _totals(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    """Lines that add the others up are marked as totals and said."""
    for series in mark_totals(built.table):
        cell = place(built.table.sheet, built.table.cell(series, 0))
        said = f"{series.label} is the sum of the lines beside it, so it was marked as a total."
        built.remarks.append(Remark("note", said, "", cell))


def _asides(built: Built, grid: Grid) -> None:  # noqa: ARG001 - checks have one shape
    """Limits, denominators and the like are not offered as measures, and said."""
    told: dict[str, list[FoundSeries]] = {}
    for series in mark_asides(built.table):
        told.setdefault(series.aside, []).append(series)
    for why, marked in told.items():
        names = list(dict.fromkeys(series.measure.rsplit(" > ", 1)[-1] for series in marked))
        listed = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        cell = place(built.table.sheet, built.table.cell(marked[0], 0))
        said = f"{listed}: left out unless you choose otherwise, as {why}."
        built.remarks.append(Remark("note", said, "", cell))


_CHECKS: tuple[Callable[[Built, Grid], None], ...] = (
    _unreadable,
    _nans,
    _negatives,
    _duplicates,
    _texts,
    _units,
    _fractions,
    _small,
    _hidden,
    _totals,
    _asides,
)
