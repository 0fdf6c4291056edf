"""Reads a ledger extract: rows of transactions or postings become monthly amounts for each cost line.

A ledger has a column of dates or months that come again and again, a column that says what the money was for
(subjective, account, expense type) and an amount. Cost centres are told apart as organisations are.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass, field
from datetime import timedelta

from analysis import periods
from analysis.periods import Period
from importers.addresses import address, area, column_letters
from importers.axes import Axis, is_total
from importers.axis_setting import ReadAxis, read_axis
from importers.doubts import Built, place, skipped_remarks
from importers.found import FoundSeries, FoundTable, Mark, Question
from importers.grids import Grid, Remark
from importers.headers import title_above
from importers.lines import Line, mix_of, read_line
from importers.period_text import Kind, PeriodText
from importers.regions import How, Region
from importers.sequences import AxisQuestion
from importers.values import UNREADABLE, VALUE

_LINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"subjective.*(?:desc|name)|(?:desc|name).*subjective",
        r"(?:account|nominal|gl|ledger|expense|cost).*(?:desc|name|type|category|line)",
        r"subjective|cost element",
        r"\baccount\b|nominal|\bgl\b|ledger|expense|expenditure (?:type|category)|analysis code|financial code",
    )
)
_LINE_CODE = re.compile(r"(?:subjective|account|nominal|gl|ledger|expense|analysis).*(?:code|no|number)", re.IGNORECASE)
_CENTRE = re.compile(r"cost ?(?:centre|center)|\bcc\b|budget (?:centre|holder code)|objective", re.IGNORECASE)
_AMOUNTS = ("net", "actual", "amount", "spend", "value", "expenditure", "cost", "£", "gross", "total")
_DEBIT, _CREDIT = re.compile(r"\bdebit\b|\bdr\b", re.IGNORECASE), re.compile(r"\bcredit\b|\bcr\b", re.IGNORECASE)
_FEWEST = 3


@dataclass(frozen=True)
class _Columns:
    line: int
    line_code: int | None
    centre: int | None
    centre_code: int | None
    amounts: tuple[tuple[int, float], ...]
    passed_over: tuple[int, ...] = ()


@dataclass
class _Sum:
    """What was posted to one line in one month."""

    rows: list[int] = field(default_factory=list)
    parts: list[float] = field(default_factory=list)


def build_ledger(grid: Grid, axis: Axis, region: Region, how: How) -> Built | None:
    """Monthly amounts from a column axis of a ledger; None when the table is no ledger."""
    if len(axis.positions) < _FEWEST or axis.first == 0 or not (axis.repeats or _is_dated(axis)):
        return None
    headings = {column: _heading(grid, axis, column) for column in range(region.left, region.right + 1)}
    columns = _columns(grid, axis, headings)
    if columns is None:
        return None
    read = read_axis(grid, axis, how.today)
    built = Built(_empty_table(grid, axis, columns))
    under = [read.readings, *(question.readings[choice] for question, choice in _other_answers(read))]
    rows = _Rows(grid, axis, columns, {c: _amount_line(grid, axis, c, how) for c, _ in columns.amounts})
    every = [_sums(rows, [readings[which] for which in read.which]) for readings in under]
    sums = every[0]
    if not any(every):
        return None
    _fill(built.table, every, columns)
    _ask_periods(built, read, axis)
    _unreadable(built, rows, [read.readings[which] for which in read.which])
    skipped_remarks(built, grid, axis)
    line = headings[columns.line] or f"column {column_letters(columns.line)}"
    count = sum(len(month.rows) for months in sums.values() for month in months.values())
    said = (
        f"{place(grid.name, built.table.range)} is a ledger: {count:,} rows were added up to one amount for each month "
        f"and {line}. Credits count as minus.{_chosen_amounts(columns, headings)}"
    )
    first = place(grid.name, address(axis.first, columns.amounts[0][0]))
    built.remarks.append(Remark("check", said, "Each amount keeps the rows it comes from.", first))
    return built


def _is_dated(axis: Axis) -> bool:
    """Whether every posting has a day of its own; a first or a last of each month is the date of a month."""
    days = [reading.period.start for reading in axis.readings if reading.kind is Kind.DAY and reading.period]
    firsts = all(day.day == 1 for day in days)
    lasts = all((day + timedelta(days=1)).day == 1 for day in days)
    return len(days) == len(axis.readings) and not (firsts or lasts)


def _other_answers(read: ReadAxis) -> list[tuple[AxisQuestion, int]]:
    """Every answer to a question about the dates that is not the preselected one."""
    return [
        (question, choice)
        for question in read.questions
        for choice in range(len(question.choices))
        if choice != question.preselected
    ]


def _ask_periods(built: Built, read: ReadAxis, axis: Axis) -> None:
    """The doubts about the dates as questions. The months of each answer stand beside one another in the table, and
    under an answer only its own have a period."""
    table = built.table
    asked = iter(range(1, 1 + len(_other_answers(read))))
    parts = [reading.number for reading in table.readings]
    periods_of = [reading.period for reading in table.readings]
    cell = address(axis.first, axis.line)
    for number, question in enumerate(read.questions):
        key = f"period {number + 1} {table.sheet} {cell}"
        about = place(table.sheet, cell)
        built.questions.append(Question(key, about, question.ask, question.choices, question.preselected))
        chosen = [0 if c == question.preselected else next(asked) for c in range(len(question.choices))]
        table.readings_under[key] = tuple(_only(periods_of, parts, part) for part in chosen)
    table.readings = _only(periods_of, parts, 0)


def _only(every: list[Period | None], parts: list[int], wanted: int) -> tuple[PeriodText, ...]:
    return tuple(
        PeriodText(Kind.MONTH, period) if part == wanted else PeriodText(Kind.MONTH, None, problem="set apart")
        for period, part in zip(every, parts, strict=True)
    )


def _heading(grid: Grid, axis: Axis, column: int) -> str:
    return next((t for row in range(axis.first - 1, max(-1, axis.first - 3), -1) if (t := grid.text(row, column))), "")


def _columns(grid: Grid, axis: Axis, headings: dict[int, str]) -> _Columns | None:
    plain = {column: text.replace("_", " ") for column, text in headings.items() if column not in grid.removed_columns}
    figures = [c for c in plain if c != axis.line and _holds_figures(grid, axis, c)]
    codes = [c for c, text in plain.items() if _LINE_CODE.search(text) and c != axis.line]
    centres = [c for c, text in plain.items() if _CENTRE.search(text) and c != axis.line]
    line = next(
        (
            c
            for pattern in _LINES
            for c, text in plain.items()
            if pattern.search(text) and c not in (*centres, axis.line)
        ),
        centres[0] if centres else None,
    )
    sums = [c for c in figures if c not in (*codes, *centres, line)]
    amounts = _amounts(sums, plain)
    if line is None or not amounts:
        return None
    taken = [column for column, _ in amounts]
    others = tuple(c for c in sums if c not in taken and plain[c])
    coded = next((c for c in centres if re.search(r"code|no\b|number", plain[c], re.IGNORECASE)), None)
    named = next((c for c in centres if c != coded), None)
    code = next((c for c in codes if c != line), None)
    return _Columns(line, code, named if line != named else None, coded, amounts, others)


def _chosen_amounts(columns: _Columns, headings: dict[int, str]) -> str:
    """Which column of amounts was taken, and which were passed over; nothing where there was no choice."""
    if not columns.passed_over:
        return ""
    taken = " and ".join(headings[column] for column, _ in columns.amounts)
    others = ", ".join(f"{headings[c]} (column {column_letters(c)})" for c in columns.passed_over)
    return f" The amounts are those of {taken}; passed over: {others}."


def _holds_figures(grid: Grid, axis: Axis, column: int) -> bool:
    whole = grid.column(column)
    return mix_of([whole[row] for row in axis.positions[:400]]).is_values


def _amounts(figures: list[int], headings: dict[int, str]) -> tuple[tuple[int, float], ...]:
    """The column of amounts, or debit and credit with their signs."""
    debit = next((c for c in figures if _DEBIT.search(headings[c])), None)
    credit = next((c for c in figures if _CREDIT.search(headings[c])), None)
    if debit is not None and credit is not None:
        return ((debit, 1.0), (credit, -1.0))
    for word in _AMOUNTS:
        for column in figures:
            if word in headings[column].lower():
                return ((column, 1.0),)
    return ()


Key = tuple[str, str, str, str]


Sums = dict[Key, dict[Period, _Sum]]


@dataclass(frozen=True)
class _Rows:
    """The postings: their sheet, the rows they stand in, the columns that matter, the amounts as they were read."""

    grid: Grid
    axis: Axis
    columns: _Columns
    lines: dict[int, Line]


def _sums(rows: _Rows, readings: list[PeriodText]) -> Sums:
    """Months of each key (line code, line, centre code, centre); a code keeps its first name."""
    grid, columns = rows.grid, rows.columns
    names: dict[tuple[str, str], tuple[str, str]] = {}
    sums: Sums = {}
    for index, row in enumerate(rows.axis.positions):
        period = _month(readings[index])
        text = grid.text(row, columns.line)
        if period is None or is_total(text):
            continue
        code, centre_code = _text(grid, row, columns.line_code), _text(grid, row, columns.centre_code)
        centre = _text(grid, row, columns.centre)
        held = names.setdefault((code or text, centre_code or centre), (text, centre))
        month = sums.setdefault((code, held[0], centre_code, held[1]), {}).setdefault(period, _Sum())
        for column, sign in columns.amounts:
            value = rows.lines[column].values[index]
            if value is not None:
                month.rows.append(row)
                month.parts.append(sign * value)
    return {key: months for key, months in sums.items() if any(month.rows for month in months.values())}


def _amount_line(grid: Grid, axis: Axis, column: int, how: How) -> Line:
    whole = grid.column(column)
    return read_line([whole[row] for row in axis.positions], decimal_comma=how.decimal_comma)


def _text(grid: Grid, row: int, column: int | None) -> str:
    return "" if column is None else grid.text(row, column)


def _month(reading: PeriodText) -> Period | None:
    """The month a day or a week's end lies in; longer periods stay as they are."""
    period = reading.period
    if period is None or period.months > 2 or period.days > 31:
        return period
    return periods.month_of(period.end)


def _unreadable(built: Built, rows: _Rows, readings: list[PeriodText]) -> None:
    """Amounts and dates that no sum could take."""
    grid, sheet = rows.grid, built.table.sheet
    hint = "Mend it in the sheet and read it again."
    for index, row in enumerate(rows.axis.positions):
        text, period = grid.text(row, rows.columns.line), _month(readings[index])
        if is_total(text):
            continue
        if period is None and readings[index].problem != "set apart":
            cell = address(row, rows.axis.line)
            said = f"'{grid.text(row, rows.axis.line)[:40]}' in {cell} is no date that can be used: "
            said += f"{readings[index].problem or 'no month'}. Its row was not added up."
            built.remarks.append(Remark("fix", said, hint, place(sheet, cell)))
        for column, line in rows.lines.items():
            mark = line.marks.get(index)
            if period is not None and mark is not None and mark.state == UNREADABLE:
                cell = address(row, column)
                said = f"'{mark.raw[:40]}' in {cell} could not be read: {mark.problem}."
                said += f" The sum of {text} in {period.long_label} lacks it."
                built.remarks.append(Remark("fix", said, hint, place(sheet, cell)))


def _empty_table(grid: Grid, axis: Axis, columns: _Columns) -> FoundTable:
    every = [axis.line, columns.line, *(column for column, _ in columns.amounts)]
    return FoundTable(
        sheet=grid.name,
        range=area(axis.first - 1, min(every), axis.last, max(every)),
        layout="long",
        header_rows=(axis.first,),
        down=True,
        line=axis.line,
        positions=[],
        which=[],
        readings=(),
        raw_periods=(),
        frequency="month",
        series=[],
        title=title_above(grid, axis.first - 1),
        axis_kind="ledger",
    )


def _fill(table: FoundTable, every: list[Sums], columns: _Columns) -> None:
    """One series for each key, its months in order: first those of the preselected answers, then those of the others.

    A reading's `number` is the answer it belongs to, until the questions are put.
    """
    parts = [(part, period) for part, sums in enumerate(every) for period in _periods_of(sums)]
    index_of = {place_of: index for index, place_of in enumerate(parts)}
    table.readings = tuple(PeriodText(Kind.MONTH, period, number=part) for part, period in parts)
    table.raw_periods = tuple(period.long_label for _, period in parts)
    column = columns.amounts[0][0]
    for key in dict.fromkeys(itertools.chain.from_iterable(every)):
        code, text, centre_code, centre = key
        name = f"{text} ({code})" if code and code != text and text else text or code
        series = FoundSeries(
            name, column, [], [], {}, centre or centre_code or None, centre_code or None, unit="£", base_unit="£"
        )
        for part, sums in enumerate(every):
            months = sums.get(key, {})
            for period in sorted(months):
                _add(table, series, months[period], index_of[part, period], column)
        table.series.append(series)


def _periods_of(sums: Sums) -> list[Period]:
    return sorted(set(itertools.chain.from_iterable(sums.values())))


def _add(table: FoundTable, series: FoundSeries, month: _Sum, which: int, column: int) -> None:
    if not month.rows:
        return
    value = round(math.fsum(month.parts), 2)
    first, last = address(month.rows[0], column), address(month.rows[-1], column)
    where = first if len(month.rows) == 1 else f"{first} to {last}"
    raw = f"{value:.2f} = sum of {len(month.rows)} rows, {where}" if len(month.rows) > 1 else f"{value:.2f}"
    series.at.append(len(table.positions))
    series.marks[len(series.values)] = Mark(VALUE, raw)
    series.values.append(value)
    series.cells.append((month.rows[0], column))
    table.positions.append(month.rows[0])
    table.which.append(which)
