"""Notes on cells: for the grid by arm and group, for whatever leaves the app all of a role's, and their history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from analysis.periods import Period
from analysis.vocabulary import Arm
from db.recorder import table_of
from db.store import Store
from db.tables import CellNote, HistoryChange, HistoryStep, Measure

KEY = ("implementation_id", "measure_id", "arm", "group_id", "period_start", "period_end")


@dataclass(frozen=True)
class HeldNote:
    """One note with the cell it stands on."""

    measure_id: int
    measure: str
    period: Period
    arm: Arm
    group_id: int
    text: str
    written_on: date | None


def cell_notes(store: Store, role_id: int) -> tuple[HeldNote, ...]:
    """Every note on a role's cells, by measure then period."""
    rows, measures = table_of(CellNote), table_of(Measure)
    with store.read() as connection:
        found = connection.execute(
            select(rows, measures.c.name.label("measure"))
            .join(measures, measures.c.id == rows.c.measure_id)
            .where(rows.c.implementation_id == role_id)
            .order_by(measures.c.name, rows.c.period_start, rows.c.id)
        ).mappings()
        return tuple(
            HeldNote(
                row["measure_id"],
                row["measure"],
                Period(row["period_start"], row["period_end"]),
                Arm(row["arm"]),
                row["group_id"],
                row["text"],
                date.fromisoformat(row["written_at"][:10]) if row["written_at"] else None,
            )
            for row in found
        )


def note_changes(connection: Connection, key: dict[str, Any]) -> list[tuple[int, str, str, str | None]]:
    """What was done to the note on a cell, removed ones too: id of the change, when, which step, the text before."""
    changes, steps = table_of(HistoryChange), table_of(HistoryStep)
    rows = connection.execute(
        select(changes.c.id, changes.c.row_id, steps.c.made_at, steps.c.label, changes.c.before, changes.c.after)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(changes.c.table_name == table_of(CellNote).name)
        .order_by(changes.c.id)
    ).all()
    wanted = {name: value.isoformat() if isinstance(value, date) else value for name, value in key.items()}
    mine: set[int] = set()
    found = []
    for change_id, row_id, made_at, label, before, after in rows:
        held = json.loads(before or "{}")
        whole = {**held, **json.loads(after or "{}")}
        if wanted.items() <= whole.items():
            mine.add(row_id)
        if row_id in mine and (before is None or after is None or "text" in held):
            found.append((change_id, made_at, label, held.get("text")))
    return found
