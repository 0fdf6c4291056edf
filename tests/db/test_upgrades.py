"""A file of every released schema, populated, comes up to date with nothing lost; a fault on the way changes nothing.

`released/` holds one file a schema, made by the program of its day: the sample, odd characters, the largest numbers, an
import, a removed role.
"""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from db import sqlite
from db.checks import check_file
from db.history import undo
from db.migrations import bring_up_to_date
from db.queries.roles import roles
from db.schema import SCHEMA_VERSION, frozen_schema
from db.store import open_store

RELEASED = Path(__file__).parent / "released"
OLDER = range(1, SCHEMA_VERSION)


def released(version: int, folder: Path) -> Path:
    path = folder / f"kept since schema {version}.roleworth"
    path.write_bytes(lzma.decompress((RELEASED / f"schema_{version:04}.roleworth.xz").read_bytes()))
    return path


def rows_of(path: Path, version: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it was known to a version, in the order of its keys."""
    held = {}
    with closing(sqlite3.connect(path)) as connection:
        for name, table in frozen_schema(version).items():
            columns = ", ".join(column["name"] for column in table["columns"])
            key = ", ".join(table["primary_key"])
            query = f"SELECT {columns} FROM {name} ORDER BY {key}"  # noqa: S608 - names from our own frozen schema
            held[name] = connection.execute(query).fetchall()
        held["sqlite_sequence"] = sorted(connection.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"))
    return held


def test_every_older_schema_has_a_populated_file() -> None:
    assert [f"schema_{version:04}.roleworth.xz" for version in OLDER] == sorted(p.name for p in RELEASED.iterdir())


@pytest.mark.parametrize("version", OLDER)
def test_a_released_file_comes_up_to_date_with_every_row(version: int, tmp_path: Path) -> None:
    path = released(version, tmp_path)
    before = rows_of(path, version)
    kept = bring_up_to_date(path)
    assert rows_of(path, version) == before == rows_of(kept, version)
    assert sqlite.header_of(path)[1] == SCHEMA_VERSION
    assert sqlite.header_of(kept)[1] == version
    assert sum(map(len, before.values())) > 400


@pytest.mark.parametrize("version", OLDER)
def test_what_was_removed_before_an_upgrade_can_be_brought_back_after_it(version: int, tmp_path: Path) -> None:
    store = open_store(released(version, tmp_path))
    assert not [role for role in roles(store) if role.name == "Removed"]
    undo(store)
    assert [role.place for role in roles(store) if role.name == "Removed"] == ["and brought back"]
    store.close()
    assert not check_file(store.path).faults


class PowerCutError(Exception):
    """Stands for an end that nobody can answer."""


class Fault:
    """Lets the statements of an upgrade pass, but for the one whose turn is named."""

    def __init__(self) -> None:
        self.turn = 0
        self.seen = 0

    def __call__(self, *_: object) -> None:
        self.seen += 1
        if self.seen == self.turn:
            raise PowerCutError


@pytest.fixture
def fault() -> Iterator[Fault]:
    made = Fault()
    event.listen(Engine, "before_cursor_execute", made)
    yield made
    event.remove(Engine, "before_cursor_execute", made)


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.full)])
@pytest.mark.parametrize("version", OLDER)
def test_a_fault_at_any_statement_of_an_upgrade_leaves_the_file_as_it_was(
    version: int, every: int, tmp_path: Path, fault: Fault
) -> None:
    path = released(version, tmp_path)
    before = path.read_bytes()
    bring_up_to_date(path).unlink()
    statements = fault.seen
    assert statements > 60
    path.write_bytes(before)
    for turn in range(1, statements + 1, every):
        fault.seen, fault.turn = 0, turn
        with pytest.raises(PowerCutError):
            bring_up_to_date(path)
        assert path.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == [path.name]
