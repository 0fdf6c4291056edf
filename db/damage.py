"""Reading what can be read of a file that may be damaged, and saying of each row whether it is as it was written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import DatabaseError

from db.row_checks import (
    HeldMarks,
    Marks,
    RowFault,
    checks_table,
    compared,
    guarded_tables,
    key_of,
    mark_of,
)

FIRST_GUESS = 1 << 12
"""How far ids are looked for in a table of which nothing else is known."""

SPAN = 1 << 16
"""Ids that are read at once: what a check holds in memory does not grow with the file."""

MOST_SPANS = 1000
"""Wider parts are read where an id that cannot be true would make more of them."""

FARTHEST = 1 << 40
"""Checksums in a block further than this are none of ours: no table has as many rows."""

PATIENCE = 600
"""Parts of one table that may fail before the smallest are given up: a second of a person's time."""

Rows = Sequence[Any]
Fetch = Callable[[int, int], Rows]


def parts(fetch: Fetch, ids: range) -> Iterator[tuple[range, Rows | None]]:
    """Ids part by part, each with its rows, or with None where no way led to them.

    A part that cannot be read is halved until single rows are left that cannot. Wide parts come first, so that what can
    be read is read before patience with what cannot comes to its end.
    """
    wide = max(SPAN, len(ids) // MOST_SPANS + 1)
    waiting, failures = deque(ids[at : at + wide] for at in range(0, len(ids), wide)), 0
    while waiting:
        part = waiting.popleft()
        try:
            yield part, fetch(part.start, part.stop - 1)
        except DatabaseError:
            failures += 1
            if len(part) == 1 or failures > PATIENCE:
                yield part, None
                continue
            half = len(part) // 2
            waiting += [part[:half], part[half:]]


@dataclass(frozen=True)
class _Statements:
    """What is asked of a table, as the database takes it: written once, and not for each file that is looked at."""

    marks: str
    largest: str
    row: str


@cache
def _statements(table: Table) -> _Statements:
    key, mark = key_of(table), mark_of(table)
    marks = select(key, mark).where(key.between(bindparam("low"), bindparam("high")))
    every = ", ".join(f'"{column.name}"' for column in table.columns)
    return _Statements(
        marks=str(marks.compile(dialect=dialect())),
        largest=str(select(func.max(key)).compile(dialect=dialect())),
        row=f'SELECT {every} FROM "{table.name}" WHERE "{key.name}" = ?',  # noqa: S608 - names of our own tables
    )


def held_checks(connection: Connection) -> dict[str, HeldMarks]:
    """The checksums of every table, as far as they can be read."""
    name = checks_table().name
    query = f"SELECT table_name, block, checks FROM {name} WHERE rowid BETWEEN ? AND ?"  # noqa: S608 - our own table
    last = _last(connection, f"SELECT max(rowid) FROM {name}", FIRST_GUESS)  # noqa: S608
    blocks: dict[str, dict[int, bytes]] = {}
    for _, found in parts(_fetch(connection, query), range(last + 1)):
        for table, block, checks in found or ():
            if isinstance(block, int) and abs(block) < FARTHEST and isinstance(checks, bytes):
                blocks.setdefault(str(table), {})[block] = checks
    return {table: HeldMarks(held) for table, held in blocks.items()}


def _fetch(connection: Connection, query: str) -> Fetch:
    """What reads a part: a query with two places, for its first id and its last."""

    def fetch(low: int, high: int) -> Rows:
        return connection.exec_driver_sql(query, (low, high)).all()

    return fetch


def _last(connection: Connection, query: str, otherwise: int, *given: str) -> int:
    try:
        return int(connection.exec_driver_sql(query, given).scalar() or 0)
    except DatabaseError:
        return otherwise


def _ids(connection: Connection, table: Table, wanted: HeldMarks) -> range:
    return range(min(0, wanted.first), last_id(connection, table, wanted) + 1)


def last_id(connection: Connection, table: Table, wanted: HeldMarks) -> int:
    """The largest id a table may hold: by the table itself, by its checksums, by the count of ids given out."""
    largest = _last(connection, _statements(table).largest, 0)
    given = _last(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", 0, table.name)
    return min(max(largest, given, wanted.last), wanted.last + FIRST_GUESS)


def _found(connection: Connection, table: Table, wanted: HeldMarks) -> Iterator[tuple[range, Marks | None]]:
    """The checksums of a table's rows as they stand now, part by part; None where a part cannot be read."""
    fetch = _fetch(connection, _statements(table).marks)
    for part, rows in parts(fetch, _ids(connection, table, wanted)):
        yield part, None if rows is None else {int(row[0]): bytes(row[1]) for row in rows}


def readable_ids(connection: Connection, table: Table, wanted: HeldMarks) -> set[int]:
    """The ids of a table's rows that can be read."""
    return {row_id for _, found in _found(connection, table, wanted) for row_id in found or ()}


def row_faults(connection: Connection) -> Iterator[RowFault]:
    """Every row that is not as it was written, table by table."""
    held = held_checks(connection)
    for table in guarded_tables():
        wanted, faults = held.get(table.name, HeldMarks({})), list[RowFault]()
        for part, found in _found(connection, table, wanted):
            faults += compared(table.name, wanted.within(part), found)
        yield from sorted(faults)


def row_values(connection: Connection, table: Table, row_id: int) -> dict[str, Any] | None:
    """A row as it stands, None when it is not there or cannot be read."""
    try:
        row = connection.exec_driver_sql(_statements(table).row, (row_id,)).mappings().first()
    except DatabaseError:
        return None
    return dict(row) if row is not None else None
