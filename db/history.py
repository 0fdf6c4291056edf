"""Undo and redo that survive closing the file, imports undone at any time, and the proof that the log is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel

from analysis.periods import month_of
from analysis.problems import UserProblem
from db.recorder import (
    NO_HASH,
    BulkPart,
    Change,
    Step,
    changes_digest,
    delete_exactly,
    from_json,
    step_hash,
    table_of,
    to_json,
    unpack,
)
from db.store import Store
from db.tables import HistoryChange, HistoryPayload, HistoryStep, ImportBatch, Observation, StepKind

UNDOABLE = (StepKind.CHANGE, StepKind.IMPORT)


@dataclass
class Stacks:
    """What can be undone and redone now, newest last, and which steps stand."""

    undo: list[tuple[int, str]] = field(default_factory=list)
    redo: list[tuple[int, str]] = field(default_factory=list)
    standing: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)

    @property
    def undo_label(self) -> str:
        """Name of what Ctrl+Z would take back, empty when nothing."""
        return self._open_end(self.undo)[1]

    @property
    def redo_label(self) -> str:
        """Name of what Ctrl+Y would bring back, empty when nothing."""
        return self._open_end(self.redo)[1]

    @property
    def next_undo(self) -> int:
        """The step that would be taken back, 0 when there is none or its contents were removed for good."""
        return self._open_end(self.undo)[0]

    @property
    def next_redo(self) -> int:
        """The step that would be brought back, 0 when there is none or its contents were removed for good."""
        return self._open_end(self.redo)[0]

    def _open_end(self, stack: list[tuple[int, str]]) -> tuple[int, str]:
        return stack[-1] if stack and stack[-1][0] not in self.redacted else (0, "")


def stacks(connection: Connection, upto: int | None = None) -> Stacks:
    """Read the steps in order and work out what stands, or what stood when the step `upto` was the newest."""
    steps = table_of(HistoryStep)
    rows = connection.execute(
        select(steps.c.id, steps.c.kind, steps.c.label, steps.c.target_step_id).order_by(steps.c.id)
    )
    state = Stacks(redacted=redacted_steps(connection))
    labels: dict[int, str] = {}
    for step_id, kind, label, target in rows:
        if upto is not None and step_id > upto:
            break
        labels[step_id] = label
        if kind in UNDOABLE:
            state.undo.append((step_id, label))
            state.redo.clear()
            state.standing.add(step_id)
        elif kind == StepKind.UNDO:
            state.undo = [held for held in state.undo if held[0] != target]
            state.redo.append((target, labels[target]))
            state.standing.discard(target)
            if step_id in state.redacted:
                state.redacted.add(target)
        elif kind == StepKind.REDO:
            state.redo = [held for held in state.redo if held[0] != target]
            state.undo.append((target, labels[target]))
            state.standing.add(target)
    return state


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
        _reverse_step(step, _newest_undo_of(step.connection, target), import_id=None)


def take_back(store: Store, target: int, label: str) -> None:
    """Take back one step; whoever calls has seen that it is the newest that stands, or an import."""
    steps = table_of(HistoryStep)
    with store.step(f"Undo {label}", kind=StepKind.UNDO, target_step_id=target) as step:
        import_id = step.connection.execute(select(steps.c.import_id).where(steps.c.id == target)).scalar()
        if import_id is not None:
            _refuse_if_edited(step.connection, target, int(import_id))
        _reverse_step(step, target, import_id)


def _reverse_step(step: Step, target: int, import_id: int | None) -> None:
    """Do the opposite of a step: take out what it brought in bulk, reverse its changes, bring back what it took out."""
    if target in redacted_steps(step.connection):
        raise UserProblem(
            f"“{step.label}” is not possible: what that step changed was removed for good.", "Nothing was changed."
        )
    changes = _changes_of(step.connection, target)
    parts = _payload_of(step.connection, target)
    for part in parts:
        if part.what == "returned":
            step.remove_many(SQLModel.metadata.tables[part.table], [json.loads(row)["id"] for row in part.rows])
    if import_id is not None:
        replaced = {c.row_id for c in changes if c.table == "observation"}
        step.remove_many(table_of(Observation), _rows_of_import(step.connection, import_id, replaced))
    for change in reversed(changes):
        if change.table != "import_batch" and not (import_id and _still_used(step, change)):
            _reverse(step, change)
    for part in reversed(parts):
        if part.what == "removed":
            table = SQLModel.metadata.tables[part.table]
            step.bring_back(table, [from_json(table, row) for row in part.rows])


def _still_used(step: Step, change: Change) -> bool:
    """Whether anything of others hangs on a measure that an import made (values, notes, lines): then it stays."""
    if change.table not in ("measure", *_OF_A_MEASURE) or change.operation != "insert":
        return False
    held = json.loads(change.after or "{}")
    measure_id = change.row_id if change.table == "measure" else held["measure_id"]
    return any(
        step.connection.execute(select(column).where(column == measure_id).limit(1)).scalar() is not None
        for table in SQLModel.metadata.sorted_tables
        if table.name not in _OF_A_MEASURE
        for column in table.columns
        if any(key.target_fullname == "measure.id" for key in column.foreign_keys)
    )


_OF_A_MEASURE = ("measure_use", "measure_definition")
"""What an import makes with a measure of its own."""


def _reverse(step: Step, change: Change) -> None:
    table = SQLModel.metadata.tables[change.table]
    if change.operation == "insert":
        held = dict(step.connection.execute(select(table).where(table.c.id == change.row_id)).mappings().one())
        delete_exactly(step.connection, table, [change.row_id])
        step.changes.append(Change(change.table, change.row_id, "delete", to_json(held), None))
    elif change.operation == "delete":
        step.connection.execute(insert(table).values(**from_json(table, change.before or "{}")))
        step.changes.append(Change(change.table, change.row_id, "insert", None, change.before))
    else:
        step.connection.execute(
            update(table).where(table.c.id == change.row_id).values(**from_json(table, change.before or "{}"))
        )
        step.changes.append(Change(change.table, change.row_id, "update", change.after, change.before))


def _changes_of(connection: Connection, step_id: int) -> list[Change]:
    held = table_of(HistoryChange)
    rows = connection.execute(select(held).where(held.c.step_id == step_id).order_by(held.c.id)).mappings()
    return [Change(r["table_name"], r["row_id"], r["operation"], r["before"], r["after"]) for r in rows]


def _payload_of(connection: Connection, step_id: int) -> list[BulkPart]:
    held = table_of(HistoryPayload)
    data = connection.execute(select(held.c.data).where(held.c.step_id == step_id)).scalar()
    return unpack(data) if data else []


def _newest_undo_of(connection: Connection, target: int) -> int:
    steps = table_of(HistoryStep)
    found = connection.execute(
        select(steps.c.id)
        .where(steps.c.target_step_id == target, steps.c.kind == StepKind.UNDO.value)
        .order_by(steps.c.id.desc())
        .limit(1)
    ).scalar_one()
    return int(found)


def _rows_of_import(connection: Connection, import_id: int, replaced: Iterable[int]) -> list[int]:
    held = table_of(Observation)
    kept = set(replaced)
    return [
        int(i)
        for i in connection.execute(select(held.c.id).where(held.c.import_id == import_id)).scalars()
        if i not in kept
    ]


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
    with store.read() as connection:
        step_id = _import_step(connection, import_id)
        state = stacks(connection)
    if step_id not in state.standing:
        raise UserProblem(f"Import {import_id} has been taken back already.", "Nothing was changed.")
    label = dict(state.undo)[step_id]
    take_back(store, step_id, label)
    return label


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
        listed = "; ".join(f"{c.measure}, {c.period}" for c in cells[:5])
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
    return [_describe_cell(connection, row_id, by) for row_id, by in touched.items()]


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
    for row in connection.execute(select(steps).order_by(steps.c.id)).mappings().all():
        facts: dict[str, Any] = {name: value for name, value in row.items() if name not in ("id", "hash")}
        is_whole = step_hash(facts) == row["hash"] or row["id"] in redacted
        if row["previous_hash"] != previous or not is_whole:
            faults.append(f"step {row['id']} ({row['label']}) does not follow from the one before")
        previous = row["hash"]
        if row["id"] not in redacted:
            faults += _altered_changes(connection, row["id"], row["digest"], row["label"])
    return faults


def redacted_steps(connection: Connection) -> set[int]:
    """The steps whose texts were removed for good; they can be neither taken back nor brought back."""
    steps, held = table_of(HistoryStep), table_of(HistoryChange)
    rows = connection.execute(
        select(held.c.row_id)
        .select_from(held.join(steps, held.c.step_id == steps.c.id))
        .where(steps.c.kind == StepKind.REDACTION.value, held.c.table_name == steps.name)
    )
    return {int(row_id) for row_id in rows.scalars()}


def _altered_changes(connection: Connection, step_id: int, digest: str, label: str) -> list[str]:
    """An import's own rows are no part of its step, so its digest cannot be worked out again; their checksums can."""
    steps, payloads = table_of(HistoryStep), table_of(HistoryPayload)
    if connection.execute(select(steps.c.import_id).where(steps.c.id == step_id)).scalar() is not None:
        return []
    data = connection.execute(select(payloads.c.data).where(payloads.c.step_id == step_id)).scalar()
    bulk = hashlib.sha256(b"".join(bytes.fromhex(part) for part in json.loads(data))).hexdigest() if data else ""
    if changes_digest(_changes_of(connection, step_id), bulk) == digest:
        return []
    return [f"the changes of step {step_id} ({label}) were altered"]
