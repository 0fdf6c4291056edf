"""The opposite of a step of history: what undo and redo do to the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db.recorder import BulkPart, Change, Step, table_of, unpack
from db.row_statements import delete_exactly, held_rows, update_rows
from db.row_text import from_json, to_json
from db.stacks import redacted_steps, stacks
from db.tables import (
    HistoryChange,
    HistoryPayload,
    HistoryStep,
    ImportBatch,
    MeasureDefinition,
    MeasureUse,
    Observation,
    Recipe,
    StepKind,
)

MANY = 1000
"""Rows that are read at a time where all of a table is."""


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
    for part in reversed(parts):
        if part.what == "returned":
            step.remove_many(SQLModel.metadata.tables[part.table], [json.loads(row)["id"] for row in part.rows])
    if import_id is not None:
        replaced = {c.row_id for c in changes if c.table == "observation"}
        step.remove_many(table_of(Observation), _rows_of_import(step.connection, import_id, replaced))
    if import_id is None:
        own = [change for change in reversed(changes) if not _is_import_noted(change)]
        _take_what_imports_left(step, own)
        for (table, operation), run in groupby(own, key=lambda one: (one.table, one.operation)):
            _reverse(step, SQLModel.metadata.tables[table], operation, list(run))
    else:
        _reverse_import(step, changes, import_id)
    for part in reversed(parts):
        if part.what == "removed":
            table = SQLModel.metadata.tables[part.table]
            step.bring_back(table, [from_json(table, row) for row in part.rows])


def _take_what_imports_left(step: Step, own: Sequence[Change]) -> None:
    """What stays of imports that were taken back makes room, and comes back when this is taken back.

    It goes with the role or the measure it hangs on, and before a use of the same measure that was removed earlier.
    """
    uses, inserted = table_of(MeasureUse), [change for change in own if change.operation == "insert"]
    roles = [change.row_id for change in inserted if change.table == "implementation"]
    for model in (ImportBatch, Recipe) if roles else ():
        _remove_left(step, table_of(model), table_of(model).c.implementation_id.in_(roles))
    measures = [change.row_id for change in inserted if change.table == "measure"]
    mine = [change.row_id for change in inserted if change.table == "measure_use"]
    if roles or measures:
        hanging = uses.c.implementation_id.in_(roles) | uses.c.measure_id.in_(measures)
        _remove_left(step, uses, hanging & uses.c.id.not_in(mine))
    for change in own:
        if (change.table, change.operation) == ("measure_use", "delete"):
            held = json.loads(change.before or "{}")
            same = uses.c.implementation_id == held["implementation_id"]
            _remove_left(step, uses, same & (uses.c.measure_id == held["measure_id"]))


def _remove_left(step: Step, table: Table, which: ColumnElement[bool]) -> None:
    step.remove_many(table, list(step.connection.execute(select(table.c.id).where(which)).scalars()))


def _is_import_noted(change: Change) -> bool:
    """That a spreadsheet was brought in stays noted when its values are taken out again."""
    return change.table == "import_batch" and change.operation == "insert"


def _is_still_used(step: Step, change: Change, import_id: int, made: Collection[int]) -> bool:
    """Whether anything of others hangs on what an import made: then it stays. `made` are its own definitions."""
    if change.operation != "insert":
        return False
    if change.table == "recipe":
        return not _let_go_of_recipe(step, change.row_id, import_id)
    held = json.loads(change.after or "{}")
    if change.table == "measure_use":
        return _hangs_on(step, held["measure_id"], _OF_A_MEASURE, role_id=held["implementation_id"])
    if change.table not in ("measure", "measure_definition"):
        return False
    measure_id = change.row_id if change.table == "measure" else held["measure_id"]
    versions = table_of(MeasureDefinition)
    others = select(versions.c.id).where(versions.c.measure_id == measure_id, versions.c.id.not_in(made))
    return step.connection.execute(others.limit(1)).scalar() is not None or _hangs_on(
        step, measure_id, ("measure_definition",)
    )


def _hangs_on(step: Step, measure_id: int, but: Collection[str], *, role_id: int | None = None) -> bool:
    """Whether a row of any table but some names a measure, of one role or of any."""
    return any(
        step.connection.execute(
            select(column)
            .where(column == measure_id, *([table.c.implementation_id == role_id] if role_id is not None else []))
            .limit(1)
        ).scalar()
        is not None
        for table in SQLModel.metadata.sorted_tables
        if table.name not in but and (role_id is None or "implementation_id" in table.c)
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
"""What an import makes with a measure: it holds up no use that the import made."""


def _reverse_import(step: Step, changes: Sequence[Change], import_id: int) -> None:
    """One change after the other: whether one is still used depends on those before it."""
    made = [c.row_id for c in changes if (c.table, c.operation) == ("measure_definition", "insert")]
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
    return list(map(_change, rows))


def changes_of_each(connection: Connection, step_ids: Iterable[int]) -> Iterator[list[Change]]:
    """The single rows that each of these steps changed, in the order of their ids: one reading for all of them."""
    held = table_of(HistoryChange)
    rows = connection.execution_options(yield_per=MANY).execute(select(held).order_by(held.c.step_id, held.c.id))
    by_step = groupby(rows.mappings(), key=itemgetter("step_id"))
    at, made = next(by_step, (None, ()))
    for step_id in step_ids:
        while at is not None and at < step_id:
            at, made = next(by_step, (None, ()))
        yield list(map(_change, made)) if at == step_id else []


def _change(row: RowMapping) -> Change:
    return Change(row["table_name"], row["row_id"], row["operation"], row["before"], row["after"])


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
