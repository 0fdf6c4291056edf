"""What the importer sees in a spreadsheet: frozen facts that a screen, the command line and a plan are built on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any  # what json.dumps takes

from analysis.problems import UserProblem
from importers.found import FoundSeries, FoundTable, LeftOut, Question
from importers.privacy import PersonalData
from importers.values import BLANK, MISSING, UNREADABLE

__all__ = ["InspectedSheet", "Inspection", "Issue", "LeftOut", "PersonalData", "Question", "refused"]

_MEANINGS = {MISSING: "missing"}
_POINT_MARKS = ("provisional", "revised", "estimated")


@dataclass(frozen=True)
class Issue:
    """Something to fix or check, or a note, with the cell it is about (empty for the whole file)."""

    cell: str
    level: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class InspectedSheet:
    """One sheet: its tables, what was left out, and its upper left part as texts for a picture of it."""

    name: str
    visible: bool
    tables: tuple[FoundTable, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    picture: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Inspection:
    """A file as it was read. `verdict` is ok, warn, ask or refuse; after refuse there are no tables."""

    file: str
    format: str
    sha256: str
    size: int
    sheets: tuple[InspectedSheet, ...]
    verdict: str
    encoding: str | None = None
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    path: str = field(default="", repr=False)

    @property
    def tables(self) -> tuple[FoundTable, ...]:
        """Every table of every sheet, in order."""
        return tuple(table for sheet in self.sheets for table in sheet.tables)

    def as_json_tables(self) -> list[dict[str, Any]]:
        """Every table of the document, whichever its sheet."""
        return [_table_json(table) for table in self.tables]

    def as_json(self) -> dict[str, Any]:
        """The document of `roleworth inspect --json`."""
        return {
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
            "sheets": [_sheet_json(sheet) for sheet in self.sheets],
            "verdict": self.verdict,
            "questions": [question_json(question) for question in self.questions],
            "issues": [{"cell": i.cell, "level": i.level, "message": i.message, "hint": i.hint} for i in self.issues],
            "personal_data": [_personal_json(found) for found in self.personal_data],
        }


def _personal_json(found: PersonalData) -> dict[str, object]:
    """Where a sign of people stands and its shape, never its value."""
    return {
        "sheet": found.sheet,
        "column": found.column,
        "kind": found.kind,
        "count": found.count,
        "place": found.place,
        "cell": found.cell,
        "masked": found.masked,
    }


def refused(file: str, problem: UserProblem) -> Inspection:
    """A refusal in the shape of an inspection, for the command line's JSON."""
    issue = Issue("", "fix", problem.message, problem.hint)
    return Inspection(file, "", "", 0, (), "refuse", issues=(issue,))


def question_json(question: Question) -> dict[str, object]:
    """A question with the id that `--answer` takes; `free` says what may be typed instead of a choice."""
    told: dict[str, object] = {
        "id": question.key,
        "about": question.about,
        "ask": question.ask,
        "choices": list(question.choices),
        "preselected": question.preselected,
    }
    return {**told, "free": question.free} if question.free else told


def _sheet_json(sheet: InspectedSheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "visible": sheet.visible,
        "tables": [_table_json(table) for table in sheet.tables],
        "left_out": [{"range": part.range, "reason": part.reason} for part in sheet.left_out],
    }


def _table_json(table: FoundTable) -> dict[str, Any]:
    return {
        "range": table.range,
        "layout": table.layout,
        "header_rows": list(table.header_rows),
        "frequency": table.frequency,
        **({"period_from": table.period_from} if table.period_from else {}),
        "series": [json for series in table.series for json in _all_json(table, series)],
    }


def _all_json(table: FoundTable, series: FoundSeries) -> Iterator[dict[str, object]]:
    """A line of a snapshot is one series for each organisation, with one point."""
    if not series.who:
        yield _series_json(table, series)
    for index, number in enumerate(series.who):
        label = table.labels[number]
        mark = series.marks.get(index)
        alone = replace(
            series,
            at=[series.at[index]],
            who=[number],
            values=[series.values[index]],
            marks={0: mark} if mark else {},
            organisation=label.organisation,
            code=label.code,
            categories=(*series.categories, *label.categories),
            total=series.total or label.total,
        )
        yield _series_json(table, alone)


def _series_json(table: FoundTable, series: FoundSeries) -> dict[str, object]:
    return {
        "measure": series.measure,
        "organisation": series.organisation,
        "code": series.code,
        "categories": dict(series.categories),
        "unit": series.unit,
        "value_range": table.value_range(series),
        "total": series.total,
        "points": list(_points(table, series)),
        "missing": list(_missing(table, series)),
        **({"aside": series.aside} if series.aside else {}),
    }


def _points(table: FoundTable, series: FoundSeries) -> Iterator[dict[str, object]]:
    for index, value in enumerate(series.values):
        reading = table.reading(series, index)
        if value is None or reading.period is None:
            continue
        mark = series.marks.get(index)
        whole = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
        yield {
            "start": reading.period.start.isoformat(),
            "end": reading.period.end.isoformat(),
            "period": reading.written(reading.period),
            "cell": table.cell(series, index),
            "value": whole,
            "mark": point_mark(mark.note if mark else "", reading.note),
            "raw": mark.raw if mark else str(whole),
        }


def point_mark(note: str, period_note: str) -> str | None:
    """`provisional`, `revised` or `estimated` when the value's or the period's note says so."""
    return next((word for word in _POINT_MARKS if word in (note, period_note)), None)


def _missing(table: FoundTable, series: FoundSeries) -> Iterator[dict[str, object]]:
    for index, value in enumerate(series.values):
        reading = table.reading(series, index)
        if value is not None or reading.period is None:
            continue
        mark = series.marks.get(index)
        state = mark.state if mark else BLANK
        entry: dict[str, object] = {
            "period": reading.written(reading.period),
            "cell": table.cell(series, index),
            "raw": mark.raw if mark and mark.raw else None,
            "meaning": _MEANINGS.get(state, state),
        }
        if mark and state not in (UNREADABLE, BLANK) and (mark.low is not None or mark.high is not None):
            entry |= {"low": mark.low, "high": mark.high}
        yield entry
