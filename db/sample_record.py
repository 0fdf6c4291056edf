"""The record of a sample role, written through the same operations as a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from analysis.periods import parse_code
from analysis.vocabulary import EventKind, Verdict
from db.operations.measures import add_event
from db.operations.money import set_appraisal
from db.operations.record import add_alternative, employ_with, record_staffing
from db.operations.roles import add_note, add_task
from db.store import Store

Plain = Mapping[str, Any]  # Any: texts and numbers by key, as in the sample's data file


def write_record(store: Store, role_id: int, given: Plain, frame: Plain) -> None:
    """Write what surrounds a role; `frame` is the first month, horizon and price year of its economic run."""
    if given.get("employer"):
        employ_with(store, role_id=role_id, name=given["employer"])
    if given.get("perspective"):
        set_appraisal(store, role_id=role_id, perspective=given["perspective"], **frame)
    for task in given.get("tasks", ()):
        add_task(store, role_id=role_id, **task)
    for one in given.get("alternatives", ()):
        add_alternative(store, role_id=role_id, **{**one, "verdict": Verdict(one["verdict"])})
    for note in given.get("notes", ()):
        add_note(store, role_id=role_id, **{**note, "noted_on": date.fromisoformat(note["noted_on"])})
    for when, title in given.get("changes", ()):
        add_event(store, role_id=role_id, happened_on=date.fromisoformat(when), title=title, kind=EventKind.ROLE)
    if given.get("staffing"):
        record_staffing(store, role_id=role_id, months=_months(given["staffing"]), label="Type the staffing by month")


def _months(given: Plain) -> dict[date, dict[str, Any]]:
    period, found = parse_code(given["from"]), {}
    for planned, actual, heads in zip(given["planned"], given["actual"], given["heads"], strict=True):
        found[period.start] = {"planned_wte": planned, "actual_wte": actual, "head_count": heads}
        period = period.next()
    return found
