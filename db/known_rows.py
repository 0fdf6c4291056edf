"""What a damaged row was: by the history, by a verified backup, proved where its checksum can still be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Float, Table, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import sqlite
from db.damage import held_checks, row_values
from db.recorder import table_of
from db.row_checks import NONE, HeldMarks, RowFault
from db.schema import SCHEMA_VERSION
from db.store import Store, identified
from db.tables import HistoryChange

Values = Mapping[str, Any]
TELLING = ("name", "label", "title", "text", "key", "period_start", "value", "raw_text", "amount_pence")


@dataclass(frozen=True)
class KnownRow:
    """A damaged row, what it holds now and what it was; `proved` when what it was has the checksum that was kept."""

    fault: RowFault
    holds: Values | None
    was: Values | None
    source: str
    proved: bool

    @property
    def words(self) -> str:
        """`observation, row 12: was period_start 2024-04-01, value 212.0 (backup 3, proved by its checksum)`."""
        where = f"{self.fault.table}, row {self.fault.row_id}"
        if self.was is None:
            return f"{where}: what it was is not known"
        how = ", proved by its checksum" if self.proved else ""
        return f"{where}: was {_telling(self.was)} ({self.source}{how})"


def _telling(values: Values) -> str:
    found = [f"{name} {values[name]}" for name in TELLING if values.get(name) not in (None, "")]
    return ", ".join(found[:4]) or f"uuid {values.get('uuid', '')}"


def known_rows(connection: Connection, faults: Iterable[RowFault], backups: Iterable[Path]) -> Iterator[KnownRow]:
    """What each damaged row was; the history is asked first, then the backups, newest first. The first proof wins."""
    checks = held_checks(connection)
    others = [store for path in backups if (store := _open(path)) is not None]
    try:
        for fault in faults:
            table = SQLModel.metadata.tables[fault.table]
            mark = checks.get(fault.table, HeldMarks({})).get(fault.row_id, NONE)
            yield _known(
                fault, row_values(connection, table, fault.row_id), mark, _told_by(connection, table, fault, others)
            )
    finally:
        for store in others:
            store.close()


def _open(path: Path) -> Store | None:
    try:
        return Store(path, read_only=True) if identified(path) == SCHEMA_VERSION else None
    except UserProblem:
        return None


def _known(fault: RowFault, holds: Values | None, mark: bytes, told: Iterable[tuple[str, Values]]) -> KnownRow:
    table = SQLModel.metadata.tables[fault.table]
    first: tuple[str, Values] | None = None
    for source, values in told:
        if mark != NONE and sqlite.row_mark(*(values.get(column.name) for column in table.columns)) == mark:
            return KnownRow(fault, holds, values, source, proved=True)
        first = first or (source, values)
    return KnownRow(fault, holds, first[1] if first else None, first[0] if first else "", proved=False)


def _told_by(
    connection: Connection, table: Table, fault: RowFault, others: Iterable[Store]
) -> Iterator[tuple[str, Values]]:
    if (values := by_history(connection, table, fault.row_id)) is not None:
        yield "history", values
    for store in others:
        with closing(store.engine.connect()) as held:
            if (values := row_values(held, table, fault.row_id)) is not None:
                yield f"backup {store.path.name}", values
            held.rollback()


def by_history(connection: Connection, table: Table, row_id: int) -> dict[str, Any] | None:
    """A row as its steps left it, None when the history does not hold it whole: an import logs no row alone."""
    if table.name.startswith("history"):
        return None
    held = table_of(HistoryChange)
    query = select(held.c.operation, held.c.before, held.c.after).order_by(held.c.id)
    try:
        rows = connection.execute(query.where(held.c.table_name == table.name, held.c.row_id == row_id)).all()
        return _replayed(table, rows)
    except (DatabaseError, ValueError, TypeError):
        return None


def _replayed(table: Table, rows: Iterable[Any]) -> dict[str, Any] | None:
    values: dict[str, Any] | None = None
    for operation, _before, after in rows:
        if operation == "delete":
            values = None
        elif operation == "insert":
            values = _whole(table, json.loads(after)) if after else None
        elif values is not None and after:
            values |= _stored(table, json.loads(after))
    return values


def _whole(table: Table, logged: Values) -> dict[str, Any]:
    """A logged row with the columns the log did not name: their defaults."""
    defaults = {column.name: _default(column) for column in table.columns}
    return defaults | _stored(table, logged)


def _default(column: Any) -> Any:  # noqa: ANN401 - whatever a column starts with
    given = getattr(column.default, "arg", None)
    return None if callable(given) else getattr(given, "value", given)


def _stored(table: Table, logged: Values) -> dict[str, Any]:
    """Logged values as the file holds them: whole numbers in columns of doubles are doubles, truth is 0 or 1."""
    return {name: _as_held(table, name, value) for name, value in logged.items() if name in table.c}


def _as_held(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 - any column value
    kind = table.c[name].type
    if isinstance(kind, Float) and isinstance(value, int):
        return float(value)
    return int(value) if isinstance(kind, Boolean) and value is not None else value
