"""Builds tables whose period is the whole sheet's: organisations down and measures across, or a form the other way."""

from __future__ import annotations

import re

from importers.addresses import address, area, column_letters
from importers.axes import is_total
from importers.blocks import Block, find_blocks
from importers.doubts import Built, heading_question, place
from importers.found import FoundSeries, FoundTable, Label, Question
from importers.grids import Cell, Grid, Remark, shown
from importers.headers import (
    CODE_HEADING,
    ORGANISATION_HEADING,
    PLAIN_VALUE,
    clean_heading,
    column_paths,
    distinct_names,
    title_above,
    unit_of,
)
from importers.lines import Line, read_line
from importers.period_text import Kind, PeriodText
from importers.regions import How
from importers.sheet_period import WholePeriod, organisation_above, whole_period

LEAVE_SHEET = "Leave this sheet out"
_MEASURE_LABEL = re.compile(
    r"\b(?:metric|indicator|measure|kpi|question|item|description|details|statistic|activity|outcome)\b", re.IGNORECASE
)
_SITE_LABEL = re.compile(
    r"^(?:(?:project|organisation|provider|trust|practice|site|service|team|place|area|council|pcn|icb)(?: name)?|"
    r"name of (?:organisation|practice|service|project|site))$",
    re.IGNORECASE,
)
_CODES = re.compile(r"[A-Z0-9]{3,6}|[EWSNK]\d{8}|E\d{4}")


def find_snapshots(grid: Grid, how: How, *, whatever: bool = False) -> list[Built]:
    """Tables of a sheet that names one period for all its figures; with `whatever` also of one that names none."""
    found = []
    for number, block in enumerate(find_blocks(grid)):
        whole = whole_period(grid, block.top, how.file)
        if not whole.candidates and not whatever:
            continue
        if not block.header and whole.level not in ("cell", "title", "sheet name"):
            continue
        found.append(_built(grid, block, whole, number))
    return found


def _built(grid: Grid, block: Block, whole: WholePeriod, number: int) -> Built:
    by_rows = _rows_are_measures(grid, block)
    site = organisation_above(grid, block.top, _SITE_LABEL)
    paths = column_paths(grid, list(block.header), list(block.values), set(block.empty))
    lettered = {column: column_letters(column) for column in block.values}
    names, repeated, unnamed = distinct_names(paths, lettered)
    texts = _label_texts(grid, block)
    first = whole.candidates[0] if whole.candidates else None
    reading = first.reading if first else PeriodText(Kind.MONTH, None, problem="no period is named")
    table = FoundTable(
        sheet=grid.name,
        range=area(block.top, min([*block.labels, *block.values]), block.rows[-1], block.values[-1]),
        layout="snapshot",
        header_rows=tuple(row + 1 for row in block.header),
        down=not by_rows,
        line=first.column if first else 0,
        positions=[max(first.row, 0) if first else 0],
        which=[0],
        readings=(reading,),
        raw_periods=(first.raw if first else "",),
        frequency=reading.period.frequency.value if reading.period else "other",
        series=[],
        title=title_above(grid, block.top),
        axis_kind="form" if by_rows else "snapshot",
        period_from=first.where if first else "",
    )
    if by_rows:
        _form(grid, table, block, names, texts, site)
    else:
        _by_organisation(grid, table, block, names, texts)
    built = Built(table)
    if not by_rows:
        heading_question(built, [(paths[c], c) for c in repeated], unnamed, list(block.header))
    _say_period(built, whole, number)
    return built


def _label_texts(grid: Grid, block: Block) -> dict[int, list[str]]:
    """The labels of every data row, merged cells filled down. A hierarchy over several columns keeps each."""
    merged = {
        (row, left): grid.cell(top, left)
        for top, left, bottom, _ in grid.merges
        if left in block.labels and bottom > top
        for row in range(top, bottom + 1)
    }
    return {
        row: [clean_heading(shown(merged.get((row, c), grid.cell(row, c)))) for c in block.labels] for row in block.rows
    }


def _headings(grid: Grid, block: Block) -> list[str]:
    rows = block.header[::-1]
    return [next((text for row in rows if (text := grid.text(row, column))), "") for column in block.labels]


def _rows_are_measures(grid: Grid, block: Block) -> bool:
    """A form names a measure in each row; a snapshot names an organisation."""
    headings = _headings(grid, block)
    if any(_MEASURE_LABEL.search(heading) for heading in headings):
        return True
    if any(CODE_HEADING.search(h.replace("_", " ")) or ORGANISATION_HEADING.search(h) for h in headings if h):
        return False
    if any(_mostly_codes(grid, block, column) for column in block.labels):
        return False
    return len(block.values) == 1


def _mostly_codes(grid: Grid, block: Block, column: int) -> bool:
    texts = [grid.text(row, column) for row in block.rows]
    return len(texts) > 2 and sum(bool(_CODES.fullmatch(text)) for text in texts) >= 0.8 * len(texts)


def _by_organisation(
    grid: Grid, table: FoundTable, block: Block, names: dict[int, str], texts: dict[int, list[str]]
) -> None:
    """One series for each column, all with the same labels."""
    headings, roles = _headings(grid, block), _roles(grid, block)
    table.labels = tuple(_label(row, headings, roles, texts[row]) for row in block.rows)
    at, who = [0] * len(block.rows), list(range(len(block.rows)))
    for column in block.values:
        whole = grid.column(column)
        cells = [whole[row] for row in block.rows]
        places = [(row, column) for row in block.rows]
        table.series.append(_series(grid, names[column], names[column], column, cells, places, at, who))


def _roles(grid: Grid, block: Block) -> list[str]:
    """What each label column is: a code, an organisation or another label."""
    headings = _headings(grid, block)
    coded = [_mostly_codes(grid, block, column) for column in block.labels]
    roles = []
    for heading, is_code in zip(headings, coded, strict=True):
        if "code" not in roles and (is_code or CODE_HEADING.search(heading.replace("_", " "))):
            roles.append("code")
        elif "organisation" not in roles and (ORGANISATION_HEADING.search(heading) or len(headings) == 1 or any(coded)):
            roles.append("organisation")
        else:
            roles.append("label")
    return roles


def _label(row: int, headings: list[str], roles: list[str], texts: list[str]) -> Label:
    named = {role: text or None for role, text in zip(roles, texts, strict=True) if role != "label"}
    others = tuple(
        (heading or "Label", text)
        for heading, role, text in zip(headings, roles, texts, strict=True)
        if role == "label" and text
    )
    organisation, code = named.get("organisation"), named.get("code")
    return Label(row, organisation, code, others, is_total(organisation or "", code or ""))


def _form(
    grid: Grid, table: FoundTable, block: Block, names: dict[int, str], texts: dict[int, list[str]], site: str | None
) -> None:
    """One series for each row; the columns are the whole and its parts."""
    single = len(block.values) == 1
    table.labels = tuple(
        Label(column, site, None, () if single or PLAIN_VALUE.match(names[column]) else (("Column", names[column]),))
        for column in block.values
    )
    at, who = [0] * len(block.values), list(range(len(block.values)))
    paths = {row: " > ".join(dict.fromkeys(text for text in texts[row] if text)) for row in block.rows}
    measures, _, _ = distinct_names(paths, {row: f"row {row + 1}" for row in block.rows})
    for row in block.rows:
        cells = [grid.cell(row, column) for column in block.values]
        places = [(row, column) for column in block.values]
        table.series.append(_series(grid, measures[row], measures[row], row, cells, places, at, who))


def _series(
    grid: Grid,
    measure: str,
    heading: str,
    line: int,
    cells: list[Cell],
    places: list[tuple[int, int]],
    at: list[int],
    who: list[int],
) -> FoundSeries:
    read: Line = read_line(cells)
    largest = max(map(abs, filter(None, read.values)), default=0.0)
    marked = places[:: max(1, len(places) // 50)]
    unit, base, scale = unit_of(
        heading,
        percents=len(grid.percents.intersection(marked)) * 2 > len(marked),
        pounds=len(grid.pounds.intersection(marked)) * 2 > len(marked) or read.pounds * 2 > read.texts,
        texts_percent=read.percents * 2 > read.texts > 0,
        largest=largest,
    )
    return FoundSeries(measure, line, at, read.values, read.marks, unit=unit, base_unit=base, scale=scale, who=who)


def _say_period(built: Built, whole: WholePeriod, number: int) -> None:
    """One certain period is said with its place, more than one or none is a question."""
    table = built.table
    about = place(table.sheet, table.range)
    key = f"period of {table.sheet} {number + 1}"
    if whole.is_sure and whole.candidates[0].reading.period is not None:
        one = whole.candidates[0]
        label = table.readings[0].period.long_label if table.readings[0].period else ""
        where = f"{one.where} ('{one.raw[:60]}')" if one.row >= 0 else one.where
        said = f"All figures of {place(table.sheet, table.range)} were taken as {label}: {where} says so."
        level, cell = ("note", address(one.row, one.column)) if one.row >= 0 else ("check", "")
        level = "note" if whole.level == "sheet name" else level
        built.remarks.append(Remark(level, said, "", place(table.sheet, cell) if cell else about))
        return
    none = PeriodText(Kind.MONTH, None, problem="no period is named")
    readings = [one.reading for one in whole.candidates]
    choices = [f"{one.reading.period.long_label} ({one.where})" for one in whole.candidates if one.reading.period]
    ask = f"Which period do the figures of {about} belong to? No row or column names periods"
    ask += f", and {len(choices)} are named near them." if choices else "."
    table.readings_under[key] = tuple((reading,) for reading in [*readings, none])
    built.questions.append(Question(key, about, ask, (*choices, LEAVE_SHEET), 0, "period"))
