"""Recording what stands beside the plan for money: valued outcomes, scale and staff time. One undoable step each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from db.operations.changed import Changed, Thing
from db.operations.measures import remove_row
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.recorder import table_of
from db.store import Store
from db.tables import OutcomeLine, OutcomeLineBase, ScalePlan, ScalePlanBase, StaffTime, StaffTimeBase

MONEY = frozenset({Thing.MONEY})


def add_outcome(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401 - any column of the line
    """Value an outcome beside money."""
    record = checked(OutcomeLineBase, {"implementation_id": role_id, **facts})
    label = f"Add outcome {record.label}"
    with store.step(label) as step:
        return Changed(label, MONEY, step.insert(OutcomeLine, record))


def change_outcome(store: Store, *, line_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a valued outcome."""
    with store.step("Change outcome") as step:
        record = merged(OutcomeLineBase, held_row(step.connection, OutcomeLine, line_id), changes)
        step.label = f"Change outcome {record.label}"
        step.update(OutcomeLine, line_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MONEY)


def remove_outcome(store: Store, *, line_id: int) -> Changed:
    """Remove a valued outcome."""
    return remove_row(store, OutcomeLine, line_id, "outcome", MONEY)


def set_scale(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401
    """Say what more posts would bring, and what must come together before anything can close."""
    return _set(store, "Set what scale would bring", ScalePlan, ScalePlanBase, role_id, facts)


def set_staff_time(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401
    """Say how much staff time a client takes, before and after."""
    return _set(store, "Set staff time for a client", StaffTime, StaffTimeBase, role_id, facts)


def _set(
    store: Store, label: str, table: type[SQLModel], base: type[SQLModel], role_id: int, facts: dict[str, Any]
) -> Changed:
    """The one row of a role, made or changed."""
    held = table_of(table)
    with store.step(label) as step:
        row = step.connection.execute(select(held).where(held.c.implementation_id == role_id)).mappings().first()
        if row is None:
            return Changed(label, MONEY, step.insert(table, checked(base, {"implementation_id": role_id, **facts})))
        record = merged(base, dict(row), facts)
        step.update(table, int(row["id"]), {name: getattr(record, name) for name in facts})
        return Changed(label, MONEY, int(row["id"]))
