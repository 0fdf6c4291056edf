"""Setting up, changing and removing roles, and what is recorded about them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db.operations.changed import EVERYTHING, Changed, Thing
from db.operations.possible import refuse_impossible
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import (
    FactorRating,
    FactorRatingBase,
    Implementation,
    ImplementationBase,
    Note,
    NoteBase,
    Programme,
    ProgrammeBase,
    Task,
    TaskBase,
)
from resources import load

ROLES = frozenset({Thing.ROLES})


def add_role(store: Store, *, name: str, place: str = "", **facts: Any) -> Changed:  # noqa: ANN401 - any column of the record
    """Set up an implementation. Raises UserProblem when one of that name and place exists or a fact cannot be."""
    given = {"name": name.strip(), "place": place.strip(), **facts}
    record = checked(ImplementationBase, given)
    refuse_impossible(record, given)
    label = f"Set up {record.name}"
    with store.step(label) as step:
        refuse_twin(step.connection, record.name, record.place)
        return Changed(label, ROLES, step.insert(Implementation, record))


def change_role(store: Store, *, role_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change facts of an implementation; all of it is validated again."""
    with store.step("Change role") as step:
        held = held_row(step.connection, Implementation, role_id)
        record = merged(ImplementationBase, held, changes)
        refuse_impossible(record, changes)
        if (record.name, record.place) != (held["name"], held["place"]):
            refuse_twin(step.connection, record.name, record.place)
        step.label = f"Change {', '.join(sorted(c.replace('_', ' ') for c in changes))} of {record.name}"
        step.update(Implementation, role_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, ROLES)


def remove_role(store: Store, *, role_id: int) -> Changed:
    """Remove an implementation with everything recorded about it; one undo brings all of it back."""
    with store.step("Remove role") as step:
        held = held_row(step.connection, Implementation, role_id)
        step.label = f"Remove {held['name']}"
        for name in ("observation", "import_batch", "recipe"):
            _remove_children(step, name, role_id)
        for table in SQLModel.metadata.sorted_tables:
            if "implementation_id" in table.c and table.name not in ("observation", "import_batch", "recipe"):
                _remove_children(step, table.name, role_id)
        _forget_successor(step, role_id)
        step.delete(Implementation, role_id)
        return Changed(step.label, EVERYTHING)


def add_programme(store: Store, *, name: str, started: date | None = None, description: str = "") -> Changed:
    """Record a programme that roles can belong to."""
    record = checked(ProgrammeBase, {"name": name.strip(), "started": started, "description": description})
    label = f"Add programme {record.name}"
    with store.step(label) as step:
        return Changed(label, ROLES, step.insert(Programme, record))


def join_programme(store: Store, *, role_id: int, name: str) -> Changed:
    """Make a role part of a programme, recorded if it is new; an empty name takes it out of its programme."""
    named, held = name.strip(), table_of(Programme)
    label = f"Join programme {named}" if named else "Leave the programme"
    with store.step(label) as step:
        programme_id = step.connection.execute(select(held.c.id).where(held.c.name == named)).scalar()
        if programme_id is None and named:
            programme_id = step.insert(Programme, checked(ProgrammeBase, {"name": named}))
        step.update(Implementation, role_id, {"programme_id": programme_id})
        return Changed(label, ROLES)


def rate_factor(store: Store, *, role_id: int, factor_key: str, state: str, since: date, **facts: Any) -> Changed:  # noqa: ANN401
    """Rate a barrier or enabler as it was on a date; the same factor on the same date is corrected, not doubled."""
    record = checked(
        FactorRatingBase,
        {"implementation_id": role_id, "factor_key": factor_key, "state": state, "since": since, **facts},
    )
    held = table_of(FactorRating)
    label = f"Rate {_factor_words(factor_key)}: {state}"
    with store.step(label) as step:
        found = step.connection.execute(
            select(held.c.id).where(
                held.c.implementation_id == role_id, held.c.factor_key == factor_key, held.c.since == since
            )
        ).scalar()
        if found is None:
            return Changed(label, frozenset({Thing.FACTORS}), step.insert(FactorRating, record))
        step.update(FactorRating, int(found), record.model_dump())
        return Changed(label, frozenset({Thing.FACTORS}), int(found))


def _factor_words(key: str) -> str:
    """What a factor is called on the screen; its key where the list does not hold it."""
    return next((str(row["label"]) for row in load("factors")["factors"] if row["key"] == key), key.replace("-", " "))


def add_note(
    store: Store, *, role_id: int, noted_on: date, text: str, theme: str = "", voice: str = "manager"
) -> Changed:
    """Record something heard about the role."""
    facts = {"implementation_id": role_id, "noted_on": noted_on, "text": text.strip(), "theme": theme, "voice": voice}
    record = checked(NoteBase, facts)
    with store.step("Add note") as step:
        return Changed("Add note", frozenset({Thing.NOTES}), step.insert(Note, record))


def add_task(store: Store, *, role_id: int, task: str, **facts: Any) -> Changed:  # noqa: ANN401
    """Record a task of the role."""
    record = checked(TaskBase, {"implementation_id": role_id, "task": task.strip(), **facts})
    with store.step("Add task") as step:
        return Changed("Add task", ROLES, step.insert(Task, record))


def _forget_successor(step: Step, role_id: int) -> None:
    """Roles that this one came after no longer name it; recorded, so that an undo brings the name back."""
    held = table_of(Implementation)
    before = step.connection.execute(select(held.c.id).where(held.c.successor_id == role_id)).scalars().all()
    for one in before:
        step.update(Implementation, int(one), {"successor_id": None})


def _remove_children(step: Step, name: str, role_id: int) -> None:
    table = SQLModel.metadata.tables[name]
    ids = step.connection.execute(select(table.c.id).where(table.c.implementation_id == role_id)).scalars().all()
    step.remove_many(table, [int(i) for i in ids])


def held_row(connection: Connection, model: type[SQLModel], row_id: int) -> dict[str, Any]:
    """A row by its id. Raises UserProblem when it has been removed meanwhile."""
    table = table_of(model)
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if row is None:
        raise UserProblem("This has been removed meanwhile.", "Nothing was changed.")
    return dict(row)


def refuse_twin(connection: Connection, name: str, place: str) -> None:
    """Raise UserProblem when a role of that name and place is recorded."""
    held = table_of(Implementation)
    found = connection.execute(select(held.c.id).where(held.c.name == name, held.c.place == place)).scalar()
    if found is not None:
        where = f" in {place}" if place else ""
        raise UserProblem(f"There is a role called {name}{where} already.", "Give another name or place.")
