"""A team's own unit costs: typed with a citation, brought in from a workbook, or in place of a shipped one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from analysis.problems import UserProblem
from analysis.wording import plural
from db.operations.changed import Changed, Thing
from db.operations.measures import remove_row
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import UnitCost, UnitCostBase

LIBRARY = frozenset({Thing.LIBRARY})


def keep_unit_cost(store: Store, *, key: str = "", label: str, **facts: Any) -> Changed:  # noqa: ANN401 - any column of it
    """Keep a unit cost: one's own, or one's own figure for a shipped one, which goes by the same `key`.

    Raises UserProblem when it has no citation, or another own one has its name. Benefit lines keep theirs.
    """
    name = label.strip()
    given = {**facts, "key": key or f"own-{_slug(name)}", "label": name}
    if not str(given.get("source") or "").strip():
        raise UserProblem(f"{name or 'This unit cost'} has no source.", "Say where the figure is written.")
    held = table_of(UnitCost)
    step_label = f"Keep unit cost {name}"
    with store.step(step_label) as step:
        rows = step.connection.execute(select(held.c.id, held.c.key, held.c.label)).all()
        if any(row.label.lower() == name.lower() and row.key != given["key"] for row in rows) or (
            not key and any(row.key == given["key"] for row in rows)
        ):
            raise UserProblem(f"Your library holds a unit cost called {name} already.", "Give this one another name.")
        return Changed(step_label, LIBRARY, _put(step, given, {row.key: int(row.id) for row in rows}))


def keep_unit_costs(store: Store, *, rows: Sequence[Mapping[str, Any]], source: str) -> Changed:
    """Keep the unit costs of a workbook as one step, undone together; those of the same key are replaced."""
    if not rows:
        raise UserProblem(f"{source} holds no unit cost that can be taken.", "Nothing was changed.")
    held = table_of(UnitCost)
    with store.step(f"Bring in {plural(len(rows), 'unit cost')} from {source}") as step:
        known = {row.key: int(row.id) for row in step.connection.execute(select(held.c.id, held.c.key))}
        replaced = sum(row["key"] in known for row in rows)
        if replaced:
            step.label += f", {replaced} of them in place of your own"
        for row in rows:
            _put(step, row, known)
        return Changed(step.label, LIBRARY)


def _put(step: Step, given: Mapping[str, Any], known: Mapping[str, int]) -> int:
    row_id = known.get(given["key"])
    if row_id is None:
        return step.insert(UnitCost, checked(UnitCostBase, given))
    record = merged(UnitCostBase, held_row(step.connection, UnitCost, row_id), given)
    step.update(UnitCost, row_id, record.model_dump())
    return row_id


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "unit-cost"


def remove_unit_cost(store: Store, *, row_id: int) -> Changed:
    """Remove an own unit cost; a shipped one stands as shipped again."""
    return remove_row(store, UnitCost, row_id, "unit cost", LIBRARY)
