"""The record around a role: who employs it, its tasks, staffing by month, other ways considered, notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from analysis.periods import month_label
from analysis.problems import UserProblem
from db.operations.changed import Changed, Thing
from db.operations.roles import ROLES, held_row
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import (
    Alternative,
    AlternativeBase,
    Implementation,
    Note,
    NoteBase,
    Organisation,
    OrganisationBase,
    Programme,
    ProgrammeBase,
    StaffingMonth,
    StaffingMonthBase,
    Task,
    TaskBase,
)

NOTES = frozenset({Thing.NOTES})


def employ_with(store: Store, *, role_id: int, name: str) -> Changed:
    """Say which organisation employs the role, recorded if it is new; an empty name says it is not known."""
    named, held = name.strip(), table_of(Organisation)
    label = f"Employer {named}" if named else "Take the employer out"
    with store.step(label) as step:
        found = step.connection.execute(select(held.c.id).where(held.c.name == named)).scalar()
        if found is None and named:
            found = step.insert(Organisation, checked(OrganisationBase, {"name": named}))
        step.update(Implementation, role_id, {"organisation_id": found})
        return Changed(label, ROLES)


def date_programme(store: Store, *, role_id: int, started: date | None) -> Changed:
    """Say when the role's programme began. Raises UserProblem when the role belongs to none."""
    label = "Change the start of the programme"
    with store.step(label) as step:
        programme_id = held_row(step.connection, Implementation, role_id)["programme_id"]
        if programme_id is None:
            raise UserProblem(
                "The role belongs to no programme yet.", "Name the programme first, then say when it began."
            )
        record = merged(ProgrammeBase, held_row(step.connection, Programme, programme_id), {"started": started})
        step.update(Programme, programme_id, {"started": record.started})
        return Changed(label, ROLES)


def succeed_with(store: Store, *, role_id: int, successor_id: int | None) -> Changed:
    """Say which role came after this one. Raises UserProblem when it would come after itself."""
    if successor_id == role_id:
        raise UserProblem("A role cannot come after itself.", "Choose another role. Nothing was changed.")
    with store.step("Change what came after the role") as step:
        if successor_id is not None:
            held_row(step.connection, Implementation, successor_id)
        step.update(Implementation, role_id, {"successor_id": successor_id})
        return Changed(step.label, ROLES)


def record_staffing(
    store: Store, *, role_id: int, months: Mapping[date, Mapping[str, Any]], label: str = "Change staffing"
) -> Changed:
    """Write months of staffing as one step; a month that ends up with nothing known is removed.

    `months` maps the first day of a month to the columns that change. Raises UserProblem naming the month when one
    cannot be, and nothing is written then.
    """
    held = table_of(StaffingMonth)
    with store.step(label) as step:
        rows = step.connection.execute(select(held).where(held.c.implementation_id == role_id)).mappings()
        known = {row["month"]: dict(row) for row in rows}
        for month in sorted(months):
            _write_month(step, role_id, month, known.get(month), months[month])
        return Changed(label, ROLES)


def _write_month(
    step: Step, role_id: int, month: date, held: Mapping[str, Any] | None, changes: Mapping[str, Any]
) -> None:
    facts = {"implementation_id": role_id, "month": month}
    try:
        record = merged(StaffingMonthBase, held, changes) if held else checked(StaffingMonthBase, {**facts, **changes})
    except UserProblem as problem:
        raise UserProblem(
            f"{month_label(month)}: {problem.message[:1].lower()}{problem.message[1:]}", problem.hint
        ) from problem
    empty = record.planned_wte is None and record.actual_wte is None and record.head_count is None
    if held is None:
        if not empty:
            step.insert(StaffingMonth, record)
    elif empty:
        step.delete(StaffingMonth, held["id"])
    else:
        step.update(StaffingMonth, held["id"], {name: getattr(record, name) for name in changes})


def change_task(store: Store, *, task_id: int, **changes: Any) -> Changed:  # noqa: ANN401 - any column of the task
    """Change a task of the role."""
    return _change(store, Task, TaskBase, task_id, changes, "task", ROLES)


def remove_task(store: Store, *, task_id: int) -> Changed:
    """Remove a task."""
    return _remove(store, Task, task_id, "task", ROLES)


def add_alternative(store: Store, *, role_id: int, name: str, **facts: Any) -> Changed:  # noqa: ANN401
    """Record another way to meet the need. Raises UserProblem when one of that name is recorded."""
    record = checked(AlternativeBase, {"implementation_id": role_id, "name": name.strip(), **facts})
    label = f"Add alternative {record.name}"
    with store.step(label) as step:
        _refuse_same(step, role_id, record.name)
        return Changed(label, ROLES, step.insert(Alternative, record))


def change_alternative(store: Store, *, alternative_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change an alternative: its name, verdict, reason."""
    with store.step("Change alternative") as step:
        held = held_row(step.connection, Alternative, alternative_id)
        record = merged(AlternativeBase, held, changes)
        if record.name != held["name"]:
            _refuse_same(step, record.implementation_id, record.name)
        step.label = f"Change alternative {record.name}"
        step.update(Alternative, alternative_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, ROLES)


def remove_alternative(store: Store, *, alternative_id: int) -> Changed:
    """Remove an alternative."""
    return _remove(store, Alternative, alternative_id, "alternative", ROLES)


def change_note(store: Store, *, note_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a note."""
    return _change(store, Note, NoteBase, note_id, changes, "note", NOTES)


def remove_note(store: Store, *, note_id: int) -> Changed:
    """Remove a note."""
    return _remove(store, Note, note_id, "note", NOTES)


def _change(
    store: Store,
    model: type[SQLModel],
    base: type[SQLModel],
    row_id: int,
    changes: Mapping[str, Any],
    word: str,
    things: frozenset[Thing],
) -> Changed:
    label = f"Change {word}"
    with store.step(label) as step:
        record = merged(base, held_row(step.connection, model, row_id), changes)
        step.update(model, row_id, {name: getattr(record, name) for name in changes})
        return Changed(label, things)


def _remove(store: Store, model: type[SQLModel], row_id: int, word: str, things: frozenset[Thing]) -> Changed:
    with store.step(f"Remove {word}") as step:
        held = held_row(step.connection, model, row_id)
        step.label = f"Remove {word} {held.get('name') or ''}".strip()
        step.delete(model, row_id)
        return Changed(step.label, things)


def _refuse_same(step: Step, role_id: int, name: str) -> None:
    held = table_of(Alternative)
    same = held.c.implementation_id == role_id, held.c.name == name
    if step.connection.execute(select(held.c.id).where(*same)).scalar() is not None:
        raise UserProblem(f"{name} is among the alternatives already.", "Change that one. Nothing was changed.")
