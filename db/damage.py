"""Reading what can be read of a file that may be damaged, and saying of each row whether it is as it was written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Table, func, literal_column, select, text
from sqlalchemy.exc import DatabaseError

from db.row_checks import (
    BLOCK,
    Marks,
    RowFault,
    checks_table,
    compared,
    guarded_tables,
    joined,
    key_of,
    mark_of,
    unpacked,
)

FIRST_GUESS = 1 << 12
"""How far ids are looked for in a table of which nothing else is known."""

PATIENCE = 600
"""Parts of one table that may fail before the smallest are given up: a second of a person's time."""

Fetch = Callable[[int, int], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Readable:
    """What came of reading a table in parts: its rows in order, and the runs of ids that no way led to."""

    rows: list[tuple[Any, ...]]
    unreadable: list[range]


def read_in_parts(fetch: Fetch, last: int) -> Readable:
    """Read ids 0 to `last`; a part that cannot be read is halved until single rows are left that cannot.

    Wide parts come first, so that what can be read is read before patience with what cannot comes to its end.
    """
    rows: list[tuple[Any, ...]] = []
    unreadable: list[range] = []
    waiting, failures = deque([(0, last)]), 0
    while waiting:
        low, high = waiting.popleft()
        try:
            rows += fetch(low, high)
        except DatabaseError:
            failures += 1
            if low == high or failures > PATIENCE:
                unreadable.append(range(low, high + 1))
                continue
            middle = (low + high) // 2
            waiting += [(low, middle), (middle + 1, high)]
    return Readable(sorted(rows, key=lambda row: row[0]), joined(unreadable))


def held_checks(connection: Connection) -> dict[str, Marks]:
    """The checksums of every table, as far as they can be read."""
    table, number = checks_table(), literal_column("rowid", Integer)
    last = _last(connection, select(func.max(number)).select_from(table), FIRST_GUESS)

    def fetch(low: int, high: int) -> list[tuple[Any, ...]]:
        where = number.between(low, high)
        query = select(table.c.table_name, table.c.block, table.c.checks).where(where)
        return [tuple(row) for row in connection.execute(query)]

    blocks: dict[str, dict[int, bytes]] = {}
    for name, block, checks in read_in_parts(fetch, last).rows:
        if isinstance(block, int) and isinstance(checks, bytes):
            blocks.setdefault(str(name), {})[block] = checks
    return {name: unpacked(held) for name, held in blocks.items()}


def _last(connection: Connection, query: Any, otherwise: int) -> int:  # noqa: ANN401 - an SQL expression
    try:
        return int(connection.execute(query).scalar() or 0)
    except DatabaseError:
        return otherwise


def last_id(connection: Connection, table: Table, wanted: Marks) -> int:
    """The largest id a table may hold: by the table itself, by its checksums, by the count of ids given out."""
    key = key_of(table)
    largest = _last(connection, select(func.max(key)), 0)
    given = text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=table.name)
    return min(max([largest, _last(connection, given, 0), *wanted.keys()]), max([*wanted.keys(), 0]) + FIRST_GUESS)


def found_marks(connection: Connection, table: Table, wanted: Marks) -> tuple[Marks, list[range]]:
    """The checksums of a table's rows as they stand now, and the ids that cannot be read."""
    key, mark = key_of(table), mark_of(table)

    def fetch(low: int, high: int) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(select(key, mark).where(key.between(low, high)))]

    read = read_in_parts(fetch, last_id(connection, table, wanted))
    return {int(row[0]): bytes(row[1]) for row in read.rows}, read.unreadable


def row_faults(connection: Connection) -> Iterator[RowFault]:
    """Every row that is not as it was written, table by table."""
    held = held_checks(connection)
    for table in guarded_tables():
        wanted = held.get(table.name, {})
        found, unreadable = found_marks(connection, table, wanted)
        known = [run for run in unreadable if run.start // BLOCK <= max(wanted, default=0) // BLOCK]
        yield from compared(table.name, wanted, found, known)


def row_values(connection: Connection, table: Table, row_id: int) -> dict[str, Any] | None:
    """A row as it stands, None when it is not there or cannot be read."""
    columns: list[ColumnElement[Any]] = [
        literal_column(f'"{column.name}"').label(column.name) for column in table.columns
    ]
    query = select(*columns).select_from(text(f'"{table.name}"')).where(text(f'"{key_of(table).name}" = :id'))
    try:
        row = connection.execute(query, {"id": row_id}).mappings().first()
    except DatabaseError:
        return None
    return dict(row) if row is not None else None
