"""A checksum for every row, so that a changed bit is noticed and its row named (docs/decisions/0011).

SQLite's own check sees one flipped bit in six of a table without indexes: it looks at the shape of pages, not at what
stands in them. The checksum of a row is BLAKE2b, eight bytes, of its columns (`sqlite.row_mark`); 256 rows by id share
a row of `row_check`. The one recording writer keeps them within the step that changed the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, tuple_, update
from sqlmodel import SQLModel

from db.tables import RowCheck

BLOCK = 256
"""Rows whose checksums share a row: 2 KB, so that a typed value rewrites half a page."""

SIZE = 8
"""Bytes of a checksum: a damaged row passes once in 2**64."""

NONE = bytes(SIZE)
EMPTY = bytes(BLOCK * SIZE)
AT_ONCE = 500
LONG_RUN = 64

Marks = dict[int, bytes]


class RowState(StrEnum):
    """What is wrong with a row."""

    CHANGED = "changed"
    MISSING = "missing"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, order=True)
class RowFault:
    """A row that is not as it was written: altered, gone, not written by Roleworth, or unreadable."""

    table: str
    row_id: int
    state: RowState


def checks_table() -> Table:
    """The table of checksums."""
    table: Table = RowCheck.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table classes
    return table


def guarded_tables() -> list[Table]:
    """Every table whose rows have checksums: all but the checksums themselves."""
    return [table for table in SQLModel.metadata.sorted_tables if table is not checks_table()]


def key_of(table: Table) -> Column[Any]:
    """The integer that names a row."""
    return next(iter(table.primary_key.columns))


def mark_of(table: Table) -> Any:  # noqa: ANN401 - an SQL expression
    """The checksum of a row, worked out by the database as it stands in the file."""
    return func.row_mark(*table.columns)


def runs(ids: Iterable[int]) -> list[range]:
    """Whole numbers as runs without gaps, in order: 1, 2, 3, 7 become 1 to 3 and 7."""
    return joined(range(row_id, row_id + 1) for row_id in ids)


def joined(touched: Iterable[range]) -> list[range]:
    """Runs in order, none reaching into another."""
    found: list[range] = []
    for run in sorted((run for run in touched if len(run)), key=lambda run: run.start):
        if found and run.start <= found[-1].stop:
            found[-1] = range(found[-1].start, max(found[-1].stop, run.stop))
        else:
            found.append(run)
    return found


def refresh(connection: Connection, table: Table, touched: Iterable[range]) -> None:
    """Bring the checksums of touched rows up to date; those of their neighbours stay as they are, right or wrong."""
    spans = joined(touched)
    blocks = sorted({block for run in spans for block in range(run.start // BLOCK, (run.stop - 1) // BLOCK + 1)})
    held = held_blocks(connection, table.name, blocks)
    fresh = {block: bytearray(held.get(block, EMPTY)) for block in blocks}
    for run in spans:
        for row_id in _kept_only(run, held):
            at = row_id % BLOCK * SIZE
            fresh[row_id // BLOCK][at : at + SIZE] = NONE
    for row_id, mark in _marks(connection, table, spans):
        at = row_id % BLOCK * SIZE
        fresh[row_id // BLOCK][at : at + SIZE] = mark
    _write(connection, table.name, {block: bytes(data) for block, data in fresh.items()}, set(held))


def _kept_only(run: range, held: Mapping[int, bytes]) -> Iterator[int]:
    """The rows of a run whose block was there before: others are zero already."""
    return (row_id for row_id in run if row_id // BLOCK in held)


def _marks(connection: Connection, table: Table, spans: list[range]) -> Iterator[tuple[int, bytes]]:
    key, mark = key_of(table), mark_of(table)
    short = [row_id for run in spans if len(run) < LONG_RUN for row_id in run]
    wanted = [key.in_(short[at : at + AT_ONCE]) for at in range(0, len(short), AT_ONCE)]
    wanted += [key.between(run.start, run.stop - 1) for run in spans if len(run) >= LONG_RUN]
    for which in wanted:
        yield from ((int(row_id), bytes(found)) for row_id, found in connection.execute(select(key, mark).where(which)))


def _write(connection: Connection, name: str, blocks: Mapping[int, bytes], there: set[int]) -> None:
    table = checks_table()
    new = [{"table_name": name, "block": block, "checks": data} for block, data in blocks.items() if block not in there]
    if new:
        connection.execute(insert(table), new)
    for block in there & set(blocks):
        here = (table.c.table_name == name) & (table.c.block == block)
        connection.execute(update(table).where(here).values(checks=blocks[block]))


def held_blocks(connection: Connection, name: str, blocks: Iterable[int]) -> dict[int, bytes]:
    """The checksums held for some blocks of a table."""
    table, wanted = checks_table(), [(name, block) for block in blocks]
    found: dict[int, bytes] = {}
    for at in range(0, len(wanted), AT_ONCE // 2):
        part = wanted[at : at + AT_ONCE // 2]
        rows = connection.execute(
            select(table.c.block, table.c.checks).where(tuple_(table.c.table_name, table.c.block).in_(part))
        )
        found |= {int(block): bytes(checks) for block, checks in rows}
    return found


def not_as_written(connection: Connection, table: Table, row_ids: Iterable[int]) -> Iterator[int]:
    """Those of some rows that are there and not as they were written; nothing is said against one never summed up."""
    spans = runs(row_ids)
    blocks = sorted({block for run in spans for block in range(run.start // BLOCK, (run.stop - 1) // BLOCK + 1)})
    held = held_blocks(connection, table.name, blocks)
    for row_id, mark in _marks(connection, table, spans):
        data, at = held.get(row_id // BLOCK), row_id % BLOCK * SIZE
        if data is not None and data[at : at + SIZE] != mark:
            yield row_id


def seal(connection: Connection) -> None:
    """Work out the checksums of every row there is: for a file just made, or just brought up to date."""
    checks = checks_table()
    connection.execute(checks.delete())
    for table in guarded_tables():
        blocks: dict[int, bytearray] = {}
        for row_id, mark in connection.execute(select(key_of(table), mark_of(table))):
            data = blocks.setdefault(row_id // BLOCK, bytearray(EMPTY))
            data[row_id % BLOCK * SIZE : row_id % BLOCK * SIZE + SIZE] = mark
        _write(connection, table.name, {block: bytes(data) for block, data in blocks.items()}, set())


class HeldMarks(Mapping[int, bytes]):
    """The checksums kept for a table's rows by their ids, left in their blocks until they are asked for."""

    def __init__(self, blocks: Mapping[int, bytes]) -> None:
        self._blocks = {block: data for block, data in blocks.items() if data.strip(b"\0")}
        self.first = min(self._of(min(self._blocks)), default=0) if self._blocks else 0
        self.last = max(self._of(max(self._blocks)), default=0) if self._blocks else 0

    def _of(self, block: int) -> Marks:
        data, first = self._blocks.get(block, b""), block * BLOCK
        marks = {first + at // SIZE: data[at : at + SIZE] for at in range(0, len(data) - SIZE + 1, SIZE)}
        return {row_id: mark for row_id, mark in marks.items() if mark != NONE}

    def within(self, part: range) -> Marks:
        """Those of a run of ids."""
        blocks: Iterable[int] = range(part.start // BLOCK, (part.stop - 1) // BLOCK + 1)
        if (part.stop - part.start) // BLOCK > len(self._blocks):
            blocks = [block for block in self._blocks if block in blocks]
        return {row_id: mark for block in blocks for row_id, mark in self._of(block).items() if row_id in part}

    def __getitem__(self, row_id: int) -> bytes:
        return self._of(row_id // BLOCK)[row_id]

    def __iter__(self) -> Iterator[int]:
        return (row_id for block in self._blocks for row_id in self._of(block))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def compared(name: str, wanted: Marks, found: Marks | None) -> list[RowFault]:
    """Where the rows found are not those that were written; None: nothing of them can be read."""
    if found is None:
        return [RowFault(name, row_id, RowState.UNREADABLE) for row_id in wanted]
    if found == wanted:
        return []
    faults = [
        RowFault(name, row_id, RowState.CHANGED if row_id in wanted else RowState.UNKNOWN)
        for row_id, mark in found.items()
        if wanted.get(row_id) != mark
    ]
    return faults + [RowFault(name, row_id, RowState.MISSING) for row_id in wanted.keys() - found.keys()]
