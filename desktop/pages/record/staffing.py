"""Staffing by month as a grid, without Qt: months down, planned, actual and head count across, and what will not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.periods import add_months, month_of
from analysis.phases import phase_of
from analysis.problems import UserProblem
from analysis.staffing import MonthOfStaff, fidelity
from analysis.vocabulary import Timeline
from analysis.wording import plural
from db.answers import RoleAnswer
from db.completeness import months_since
from db.queries.record import StaffingFacts
from desktop.grid.edits import Edit
from desktop.grid.state import Cell, CellMark, GridColumn, GridRow, GridState
from desktop.pages.reading import read_people, read_wte

COLUMNS = (GridColumn("Planned", "WTE"), GridColumn("Actual", "WTE"), GridColumn("In post", "people"))
KEYS = ("planned_wte", "actual_wte", "head_count")
READERS = (read_wte, read_wte, read_people)
BEFORE_MONTHS, AHEAD_MONTHS = 3, 12
Place = tuple[date, int]


@dataclass(frozen=True)
class Draft:
    """A text that is not in the record, with why not; empty where only another of its step will not do."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class Typed:
    """What a gesture comes to: the months to write, or drafts that wait to be put right."""

    months: Mapping[date, Mapping[str, Any]] = field(default_factory=dict)
    drafts: Mapping[Place, Draft] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why it cannot be written."""
        return tuple(draft.fault for draft in self.drafts.values() if draft.fault)


def months_of(timeline: Timeline, held: Sequence[StaffingFacts], today: date) -> tuple[date, ...]:
    """First days of the months to show: from three before launch to now, a year past a launch that lies ahead."""
    begin = timeline.launch or today
    last = today if begin <= today else add_months(begin, AHEAD_MONTHS - 1)
    first = add_months(begin.replace(day=1), -BEFORE_MONTHS)
    ends = [row.month for row in held]
    first, last = min([first, *ends]), max([last.replace(day=1), *ends])
    found = []
    while first <= last:
        found.append(first)
        first = add_months(first, 1)
    return tuple(found)


def grid_of(
    timeline: Timeline, held: Sequence[StaffingFacts], today: date, drafts: Mapping[Place, Draft]
) -> tuple[GridState, tuple[date, ...]]:
    """The grid, and the month of each of its rows."""
    months = months_of(timeline, held, today)
    known = {row.month: row for row in held}
    rows = tuple(
        GridRow(month_of(month).label, phase_of(month_of(month), timeline) if timeline.launch else None)
        for month in months
    )
    cells = tuple(tuple(_cell(known.get(month), month, at, drafts) for at in range(len(KEYS))) for month in months)
    return GridState(rows, COLUMNS, cells), months


def _cell(row: StaffingFacts | None, month: date, at: int, drafts: Mapping[Place, Draft]) -> Cell:
    draft = drafts.get((month, at))
    if draft is not None:
        mark = CellMark.FIX if draft.fault else CellMark.CHECK
        return Cell(draft.text, marks=frozenset({mark}), source="not saved")
    value = (row.planned, row.actual, row.heads)[at] if row else None
    return Cell("" if value is None else str(value), source="typed")


def typed(
    edits: Sequence[Edit],
    months: Sequence[date],
    held: Sequence[StaffingFacts],
    drafts: Mapping[Place, Draft],
) -> Typed:
    """What the edits come to, together with what waits: all of it can be written, or none of it is."""
    texts = {place: draft.text for place, draft in drafts.items()}
    texts |= {(months[row], column): text.strip() for row, column, text in edits}
    found: dict[date, dict[str, Any]] = {}
    faults: dict[Place, str] = {}
    for (month, column), text in texts.items():
        try:
            found.setdefault(month, {})[KEYS[column]] = READERS[column](text)
        except UserProblem as problem:
            faults[month, column] = problem.sentence()
    if not faults:
        faults = _too_many(found, held)
    if not faults:
        return Typed(found)
    waiting = {place: Draft(text, faults.get(place, "")) for place, text in texts.items()}
    for place, fault in faults.items():
        waiting[place] = replace(waiting.get(place, Draft("")), fault=fault)
    return Typed(drafts=waiting)


def _too_many(found: Mapping[date, Mapping[str, Any]], held: Sequence[StaffingFacts]) -> dict[Place, str]:
    """Months with more whole-time equivalents in post than people, at the cell that was typed."""
    known = {row.month: row for row in held}
    faults = {}
    for month, changes in found.items():
        row = known.get(month, StaffingFacts(month, None, None, None))
        actual = changes.get("actual_wte", row.actual)
        heads = changes.get("head_count", row.heads)
        if actual is not None and heads is not None and Decimal(actual) > heads:
            at = 1 if "actual_wte" in changes else 2
            label = month_of(month).label
            faults[month, at] = f"{label}: {actual} WTE are more than {plural(heads, 'person', 'people')} in post."
    return faults


def staffing_sentence(answer: RoleAnswer, today: date) -> str:
    """Planned against actual over the months since launch."""
    line = answer.role.timeline
    held = [MonthOfStaff(row.month, row.planned, row.actual) for row in answer.record.staffing]
    return fidelity(held, months_since(line.launch, line.ended or today)).sentence
