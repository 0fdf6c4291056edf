"""Undo and redo that survive closing the file, imports undone at any time, and the proof that the log is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from analysis.periods import month_of
from analysis.problems import UserProblem
from db.recorder import (
    NO_HASH,
    changes_digest,
    step_hash,
    table_of,
)
from db.reversing import changes_of_each, payload_of, reverse_step
from db.stacks import Stacks, redacted_steps, stacks
from db.store import Store
from db.tables import HistoryChange, HistoryPayload, HistoryStep, ImportBatch, Observation, StepKind


def undo_state(store: Store) -> Stacks:
    """What can be undone and redone in this file."""
    with store.read() as connection:
        return stacks(connection)


def undo(store: Store) -> str:
    """Take back the newest standing step; returns its label, empty when there is nothing to take back.

    Raises UserProblem when an import's values have been edited since.
    """
    with store.read() as connection:
        state = stacks(connection)
    if not state.next_undo:
        return ""
    target, label = state.undo[-1]
    take_back(store, target, label)
    return label


def redo(store: Store) -> str:
    """Bring back the step taken back last; returns its label, empty when there is none."""
    with store.read() as connection:
        state = stacks(connection)
    if not state.next_redo:
        return ""
    target, label = state.redo[-1]
    bring_back(store, target, label)
    return label


def bring_back(store: Store, target: int, label: str) -> None:
    """Bring back one step that was taken back; whoever calls has seen that it is the next to be redone."""
    with store.step(f"Redo {label}", kind=StepKind.REDO, target_step_id=target) as step:
        reverse_step(step, _newest_undo_of(step.connection, target), import_id=None)


def take_back(store: Store, target: int, label: str) -> None:
    """Take back one step; whoever calls has seen that it is the newest that stands, or an import."""
    steps = table_of(HistoryStep)
    with store.step(f"Undo {label}", kind=StepKind.UNDO, target_step_id=target) as step:
        import_id = step.connection.execute(select(steps.c.import_id).where(steps.c.id == target)).scalar()
        if import_id is not None:
            _refuse_if_edited(step.connection, target, int(import_id))
        reverse_step(step, target, import_id)


def _newest_undo_of(connection: Connection, target: int) -> int:
    steps = table_of(HistoryStep)
    found = connection.execute(
        select(steps.c.id)
        .where(steps.c.target_step_id == target, steps.c.kind == StepKind.UNDO.value)
        .order_by(steps.c.id.desc())
        .limit(1)
    ).scalar_one()
    return int(found)


@dataclass(frozen=True)
class EditedCell:
    """A value of an import that somebody changed afterwards."""

    measure: str
    period: str
    label: str


def edited_since(store: Store, import_id: int) -> list[EditedCell]:
    """The cells of an import that were edited after it, newest first; they are why it cannot be undone."""
    with store.read() as connection:
        step = _import_step(connection, import_id)
        return _edited(connection, step, import_id)


def undo_import(store: Store, import_id: int) -> str:
    """Take one import back, at any later time; returns its label.

    Raises UserProblem when there is no such import, it has been taken back, or its cells were edited since.
    """
    return undo_imports(store, [import_id])[0]


def undo_imports(store: Store, import_ids: Sequence[int]) -> list[str]:
    """Take several imports back, all or none; returns their labels. Raises UserProblem as `undo_import` does."""
    with store.read() as connection:
        wanted = [(import_id, _import_step(connection, import_id)) for import_id in import_ids]
        state = stacks(connection)
    for import_id, step_id in wanted:
        if step_id not in state.standing:
            raise UserProblem(f"Import {import_id} has been taken back already.", "Nothing was changed.")
    labels = dict(state.undo)
    with store.together():
        for _, step_id in wanted:
            take_back(store, step_id, labels[step_id])
    return [labels[step_id] for _, step_id in wanted]


def _import_step(connection: Connection, import_id: int) -> int:
    steps = table_of(HistoryStep)
    found = connection.execute(
        select(steps.c.id).where(steps.c.import_id == import_id, steps.c.kind == StepKind.IMPORT.value)
    ).scalar()
    if found is None:
        raise UserProblem(f"There is no import {import_id} in this file.", "Nothing was changed.")
    return int(found)


def _refuse_if_edited(connection: Connection, step_id: int, import_id: int) -> None:
    if cells := _edited(connection, step_id, import_id):
        listed = "; ".join(", ".join(filter(None, (c.measure, c.period))) for c in cells[:5])
        more = f" and {len(cells) - 5} more" if len(cells) > 5 else ""
        raise UserProblem(
            f"This import cannot be undone yet: {len(cells)} of its values were edited since ({listed}{more}).",
            "Undo those edits first. Nothing was changed.",
        )


def _edited(connection: Connection, step_id: int, import_id: int) -> list[EditedCell]:
    standing = stacks(connection).standing
    held, rows = table_of(HistoryChange), table_of(Observation)
    later = connection.execute(
        select(held.c.row_id, held.c.step_id, held.c.before, rows.c.import_id)
        .select_from(held.outerjoin(rows, held.c.row_id == rows.c.id))
        .where(held.c.table_name == "observation", held.c.step_id > step_id)
        .order_by(held.c.id.desc())
    ).all()
    touched = {
        row_id: by
        for row_id, by, before, now in later
        if by in standing and (now == import_id or json.loads(before or "{}").get("import_id") == import_id)
    }
    touched |= _removed_together(connection, [by for by in standing if by > step_id], import_id)
    return [_describe_cell(connection, row_id, by) for row_id, by in touched.items()]


def _removed_together(connection: Connection, later: Iterable[int], import_id: int) -> dict[int, int]:
    """The values of an import that went with their measure or their role, each with the step that took them."""
    return {
        int(row["id"]): by
        for by in sorted(later)
        for part in payload_of(connection, by)
        if part.what == "removed" and part.table == "observation"
        for row in map(json.loads, part.rows)
        if row["import_id"] == import_id
    }


def _describe_cell(connection: Connection, row_id: int, step_id: int) -> EditedCell:
    rows, measures, steps = table_of(Observation), SQLModel.metadata.tables["measure"], table_of(HistoryStep)
    found = connection.execute(
        select(measures.c.name, rows.c.period_start)
        .select_from(rows.join(measures, rows.c.measure_id == measures.c.id))
        .where(rows.c.id == row_id)
    ).first()
    label = connection.execute(select(steps.c.label).where(steps.c.id == step_id)).scalar_one()
    if found is None:
        return EditedCell("a value that was removed", "", str(label))
    return EditedCell(str(found[0]), month_of(found[1]).label, str(label))


def checkpoint(store: Store, name: str) -> None:
    """Put a named mark into the history."""
    with store.step(name, kind=StepKind.CHECKPOINT):
        pass


@dataclass(frozen=True)
class ImportRecord:
    """One import as the list of imports shows it."""

    id: int
    file_name: str
    imported_at: str
    added: int
    replaced: int
    unchanged: int
    held: int
    undone: bool


def imports(store: Store) -> list[ImportRecord]:
    """Every import, newest first."""
    held, steps = table_of(ImportBatch), table_of(HistoryStep)
    with store.read() as connection:
        state = stacks(connection)
        rows = connection.execute(select(held).order_by(held.c.id.desc())).mappings().all()
        step_of = dict(
            connection.execute(select(steps.c.import_id, steps.c.id).where(steps.c.kind == StepKind.IMPORT.value)).all()
        )
    names = ("id", "file_name", "imported_at", "added", "replaced", "unchanged", "held")
    return [
        ImportRecord(**{n: row[n] for n in names}, undone=step_of.get(row["id"]) not in state.standing) for row in rows
    ]


def broken_links(connection: Connection) -> list[str]:
    """Where the hash chain does not hold: a step altered, removed or put in afterwards. Empty when it is whole.

    A redacted step keeps its hash and its digest; its texts are gone, and a step of redaction names it.
    """
    steps = table_of(HistoryStep)
    faults: list[str] = []
    previous = NO_HASH
    redacted = redacted_steps(connection)
    rows = connection.execute(select(steps).order_by(steps.c.id)).mappings().all()
    in_bulk = set(connection.execute(select(table_of(HistoryPayload).c.step_id)).scalars())
    for row, changes in zip(rows, changes_of_each(connection, [row["id"] for row in rows]), strict=True):
        facts: dict[str, Any] = {name: value for name, value in row.items() if name not in ("id", "hash")}
        is_whole = step_hash(facts) == row["hash"] or row["id"] in redacted
        if row["previous_hash"] != previous or not is_whole:
            faults.append(f"step {row['id']} ({row['label']}) does not follow from the one before")
        previous = row["hash"]
        # An import's own rows are no part of its step, so its digest cannot be worked out again; their checksums can.
        if row["import_id"] is None and row["id"] not in redacted:
            bulk = _bulk_digest(connection, row["id"]) if row["id"] in in_bulk else ""
            if changes_digest(changes, bulk) != row["digest"]:
                faults.append(f"the changes of step {row['id']} ({row['label']}) were altered")
    return faults


def _bulk_digest(connection: Connection, step_id: int) -> str:
    payloads = table_of(HistoryPayload)
    data = connection.execute(select(payloads.c.data).where(payloads.c.step_id == step_id)).scalar_one()
    return hashlib.sha256(b"".join(bytes.fromhex(part) for part in json.loads(data))).hexdigest() if data else ""
