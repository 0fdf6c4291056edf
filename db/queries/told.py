"""What happened to rows of the record: who changed what and when, from which value to which, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, tuple_
from sqlmodel import SQLModel

from analysis.periods import Period, date_label
from analysis.vocabulary import Arm
from analysis.wording import pence_as_pounds
from db.queries.record import EVERYONE, as_words
from db.recorder import table_of
from db.stacks import stacks
from db.store import Store
from db.tables import Comparator, HistoryChange, HistoryStep, MeasureUse, Observation, Target

MOST = 30
NOT_TOLD = frozenset({"id", "uuid", "uid", "hash", "import_id", "implementation_id", "changed_at", "made_at"})


@dataclass(frozen=True)
class Held:
    """A row of the record by its table and id; `columns` are those of interest, all where there are none."""

    table: str
    row_id: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One column of one row changed in one step; `column` is empty where the row came or went."""

    made_at: str
    who: str
    label: str
    table: str
    column: str
    before: str
    after: str
    taken_back: bool


def told(store: Store, rows: Sequence[Held], most: int = MOST) -> tuple[Change, ...]:
    """What happened to these rows, newest first, at most so many lines. A step that was taken back is told as such."""
    if not rows:
        return ()
    with store.read() as connection:
        return _told(connection, rows, most)


def measure_told(store: Store, role_id: int, measure_id: int, period: Period | None = None) -> tuple[Change, ...]:
    """What happened to a measure of a role: its definition, use, comparators and targets, and its own values.

    With a `period`, what happened to the value of that period alone.
    """
    with store.read() as connection:
        values = _ids(connection, Observation, role_id, measure_id, period)
        found = [Held("observation", one, ("value", "raw_text", "state", "set_aside", "maturity")) for one in values]
        if period is None:
            found.append(Held("measure", measure_id))
            for kind in (MeasureUse, Comparator, Target):
                found += [Held(table_of(kind).name, one) for one in _ids(connection, kind, role_id, measure_id)]
        return _told(connection, found, MOST)


def _ids(
    connection: Connection, kind: type[SQLModel], role_id: int, measure_id: int, period: Period | None = None
) -> list[int]:
    rows = table_of(kind)
    query = select(rows.c.id).where(rows.c.implementation_id == role_id, rows.c.measure_id == measure_id)
    if kind is Observation:
        query = query.where(rows.c.arm == Arm.ROLE.value, rows.c.group_id == EVERYONE)
    if period is not None:
        query = query.where(rows.c.period_start == period.start, rows.c.period_end == period.end)
    return list(connection.execute(query).scalars())


def _told(connection: Connection, rows: Sequence[Held], most: int) -> tuple[Change, ...]:
    wanted = {(one.table, one.row_id): one.columns for one in rows}
    changes, steps = table_of(HistoryChange), table_of(HistoryStep)
    query = (
        select(steps.c.id, steps.c.made_at, steps.c.who, steps.c.label, changes)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(tuple_(changes.c.table_name, changes.c.row_id).in_(list(wanted)))
        .order_by(changes.c.id.desc())
        .limit(most * 4)
    )
    found = connection.execute(query).mappings().all()
    standing = stacks(connection).standing if found else set()
    lines = [line for row in found for line in _lines(dict(row), wanted[row["table_name"], row["row_id"]], standing)]
    return tuple(lines[:most])


def _lines(row: Mapping[str, Any], columns: Sequence[str], standing: Iterable[int]) -> list[Change]:
    """A row's part in a step: one line a column that changed, or one where the row came or went."""
    before, after = json.loads(row["before"] or "{}"), json.loads(row["after"] or "{}")
    back = row["step_id"] not in standing and not row["label"].startswith(("Undo ", "Redo "))
    common = (row["made_at"], row["who"], row["label"], row["table_name"])
    if row["operation"] != "update":
        held = {**before, **after}
        said = [name for name in columns if held.get(name) not in (None, "")][:1]
        gone, come = (held.get(said[0]) if said else None), row["operation"] == "insert"
        words = column_words(said[0], gone) if said else ""
        return [Change(*common, said[0] if said else "", "" if come else words, words if come else "", back)]
    names = [name for name in after if name not in NOT_TOLD and (not columns or name in columns)]
    return [
        Change(*common, name, column_words(name, before.get(name)), column_words(name, after.get(name)), back)
        for name in names
        if before.get(name) != after.get(name)
    ]


def column_words(column: str, value: object) -> str:
    """A stored value as it is told: pence as pounds, days as days; the number of another row says nothing."""
    if value is None or column.endswith("_id"):
        return ""
    if column.endswith("_pence") and isinstance(value, int):
        return pence_as_pounds(value, 2 if value % 100 else 0)
    text = as_words(value)
    try:
        return date_label(date.fromisoformat(text)) if len(text) == len("2025-01-01") else text
    except ValueError:
        return text
