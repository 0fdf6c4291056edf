"""The opposite of a step of history: what undo and redo do to the record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Connection, Table, insert, select
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db.recorder import BulkPart, Change, Step, table_of, unpack
from db.row_checks import key_of
from db.row_statements import delete_exactly, held_rows, update_rows
from db.row_text import from_json, to_json
from db.stacks import redacted_steps, stacks
from db.tables import (
    HistoryChange,
    HistoryPayload,
    HistoryStep,
    ImportBatch,
    MeasureUse,
    Observation,
    Recipe,
    StepKind,
)


def reverse_step(step: Step, target: int, import_id: int | None) -> None:
    """Do the opposite of a step: take out what it brought in bulk, reverse its changes, bring back what it took out.

    Raises UserProblem when what the step changed was removed for good.
    """
    if target in redacted_steps(step.connection):
        raise UserProblem(
            f"“{step.label}” is not possible: what that step changed was removed for good.", "Nothing was changed."
        )
    changes = changes_of(step.connection, target)
    parts = payload_of(step.connection, target)
    for part in parts:
        if part.what == "returned":
            step.remove_many(SQLModel.metadata.tables[part.table], [json.loads(row)["id"] for row in part.rows])
    if import_id is not None:
        replaced = {c.row_id for c in changes if c.table == "observation"}
        step.remove_many(table_of(Observation), _rows_of_import(step.connection, import_id, replaced))
    if import_id is None:
        own = [change for change in reversed(changes) if not _is_import_noted(change)]
        _take_what_imports_left(step, [c.row_id for c in own if (c.table, c.operation) == ("implementation", "insert")])
        for (table, operation), run in groupby(own, key=lambda one: (one.table, one.operation)):
            _reverse(step, SQLModel.metadata.tables[table], operation, list(run))
    else:
        _reverse_import(step, changes, import_id)
    for part in reversed(parts):
        if part.what == "removed":
            table = SQLModel.metadata.tables[part.table]
            step.bring_back(table, [from_json(table, row) for row in part.rows])


def _take_what_imports_left(step: Step, role_ids: Sequence[int]) -> None:
    """What stays of imports that were taken back goes with a role that is taken back, and comes back with it."""
    for model in (ImportBatch, Recipe, MeasureUse) if role_ids else ():
        held = table_of(model)
        left = step.connection.execute(select(held.c.id).where(held.c.implementation_id.in_(role_ids))).scalars()
        step.remove_many(held, list(left))


def _is_import_noted(change: Change) -> bool:
    """That a spreadsheet was brought in stays noted when its values are taken out again."""
    return change.table == "import_batch" and change.operation == "insert"


def _is_still_used(step: Step, change: Change, import_id: int, made: Mapping[str, Sequence[int]]) -> bool:
    """Whether anything of others hangs on what an import made: then it stays. `made` is the import's own, by table."""
    if change.operation != "insert":
        return False
    if change.table == "recipe":
        return not _let_go_of_recipe(step, change.row_id, import_id)
    if change.table not in ("measure", *_OF_A_MEASURE):
        return False
    held = json.loads(change.after or "{}")
    measure_id = change.row_id if change.table == "measure" else held["measure_id"]
    return any(
        step.connection.execute(select(column).where(column == measure_id, key_of(table).not_in(own)).limit(1)).scalar()
        is not None
        for table in SQLModel.metadata.sorted_tables
        for own in [made.get(table.name, ())]
        for column in table.columns
        if any(key.target_fullname == "measure.id" for key in column.foreign_keys)
    )


def _let_go_of_recipe(step: Step, recipe_id: int, import_id: int) -> bool:
    """Note at every import taken back that its recipe goes too; False, and nothing noted, while another one uses it."""
    batches, steps = table_of(ImportBatch), table_of(HistoryStep)
    users = list(step.connection.execute(select(batches.c.id).where(batches.c.recipe_id == recipe_id)).scalars())
    made = select(steps.c.id, steps.c.import_id).where(
        steps.c.kind == StepKind.IMPORT.value, steps.c.import_id.in_(users)
    )
    standing = stacks(step.connection).standing
    if any(by in standing for by, of in step.connection.execute(made) if of != import_id):
        return False
    for batch_id in users:
        step.update(ImportBatch, batch_id, {"recipe_id": None})
    return True


_OF_A_MEASURE = ("measure_use", "measure_definition")
"""What an import makes with a measure of its own."""


def _reverse_import(step: Step, changes: Sequence[Change], import_id: int) -> None:
    """One change after the other: whether one is still used depends on those before it."""
    made: dict[str, list[int]] = {}
    for change in changes:
        if change.operation == "insert" and change.table in _OF_A_MEASURE:
            made.setdefault(change.table, []).append(change.row_id)
    for change in reversed(changes):
        if not _is_import_noted(change) and not _is_still_used(step, change, import_id, made):
            _reverse(step, SQLModel.metadata.tables[change.table], change.operation, [change])


def _reverse(step: Step, table: Table, operation: str, run: Sequence[Change]) -> None:
    """Do the opposite of changes of one kind to rows of one table, and log each."""
    connection, ids = step.connection, [change.row_id for change in run]
    if operation == "insert":
        held = held_rows(connection, table, ids)
        delete_exactly(connection, table, ids)
        step.changes += [Change(table.name, row_id, "delete", to_json(held[row_id]), None) for row_id in ids]
        return
    before = [from_json(table, change.before or "{}") for change in run]
    if operation == "delete":
        for _, rows in groupby(before, key=tuple):
            connection.execute(insert(table), list(rows))
        step.changes += [Change(table.name, change.row_id, "insert", None, change.before) for change in run]
    else:
        update_rows(connection, table, zip(ids, before, strict=True))
        step.changes += [Change(table.name, one.row_id, "update", one.after, one.before) for one in run]


def changes_of(connection: Connection, step_id: int) -> list[Change]:
    """The single rows a step changed, in the order it did."""
    held = table_of(HistoryChange)
    rows = connection.execute(select(held).where(held.c.step_id == step_id).order_by(held.c.id)).mappings()
    return [Change(r["table_name"], r["row_id"], r["operation"], r["before"], r["after"]) for r in rows]


def payload_of(connection: Connection, step_id: int) -> list[BulkPart]:
    """What a step took out or put back in bulk, in the order it did."""
    held = table_of(HistoryPayload)
    data = connection.execute(select(held.c.data).where(held.c.step_id == step_id)).scalar()
    return unpack(data) if data else []


def _rows_of_import(connection: Connection, import_id: int, replaced: Iterable[int]) -> list[int]:
    held = table_of(Observation)
    kept = set(replaced)
    return [
        int(i)
        for i in connection.execute(select(held.c.id).where(held.c.import_id == import_id)).scalars()
        if i not in kept
    ]
