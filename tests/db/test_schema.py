from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import sqlite
from db.migrations import bring_up_to_date, upgrade
from db.schema import SCHEMA_VERSION, describe, frozen_schema
from db.store import create, open_store


def test_the_tables_of_today_are_the_frozen_schema() -> None:
    assert describe(SQLModel.metadata) == frozen_schema()


def test_no_part_of_the_key_of_an_observation_may_be_null() -> None:
    held = frozen_schema()["observation"]
    key = held["unique"]["uq_observation_key"]
    nullable = {column["name"]: column["nullable"] for column in held["columns"]}
    assert key == ["implementation_id", "measure_id", "arm", "group_id", "period_start", "period_end"]
    assert not any(nullable[name] for name in key)


def catalogue(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, "".join(sorted(sql.replace(" ", "").replace("\n", "").replace("\t", "")))) for name, sql in rows}


def test_a_new_file_and_a_migrated_one_have_the_same_schema(tmp_path: Path) -> None:
    create(tmp_path / "new.roleworth").close()
    migrated = tmp_path / "migrated.roleworth"
    migrated.touch()
    upgrade(migrated)
    assert catalogue(migrated) == catalogue(tmp_path / "new.roleworth")
    assert sqlite.header_of(migrated) == (sqlite.APPLICATION_ID, SCHEMA_VERSION)
    open_store(migrated).close()


def test_pragmas_are_read_back_on_every_connection(tmp_path: Path) -> None:
    store = create(tmp_path / "a.roleworth")
    with store.read() as connection:
        held = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in sqlite.WANTED_PRAGMAS}
    store.close()
    assert held == sqlite.WANTED_PRAGMAS


def test_a_foreign_a_newer_and_a_damaged_file_are_named_and_left_alone(tmp_path: Path) -> None:
    text, foreign, newer, damaged = (tmp_path / f"{n}.roleworth" for n in ("text", "foreign", "newer", "damaged"))
    text.write_text("month,value\n", encoding="utf-8")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
    create(newer).close()
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        connection.commit()
    create(damaged).close()
    held = bytearray(damaged.read_bytes())
    held[4096:12288] = bytes(8192)
    damaged.write_bytes(held)
    for path, words in (
        (text, "not an evaluation file"),
        (foreign, "not one of"),
        (newer, "newer"),
        (damaged, "damaged"),
    ):
        before = path.read_bytes()
        with pytest.raises(UserProblem, match=words) as caught:
            open_store(path)
        assert path.name in caught.value.message
        assert caught.value.hint
        assert path.read_bytes() == before


def test_opening_a_file_does_not_change_it(tmp_path: Path) -> None:
    path = tmp_path / "a.roleworth"
    create(path).close()
    before = path.read_bytes()
    store = open_store(path)
    with store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM observation").scalar()
    store.close()
    assert path.read_bytes() == before


def test_a_file_opened_for_reading_refuses_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.roleworth"
    create(path).close()
    store = open_store(path, read_only=True)
    with pytest.raises(UserProblem, match="reading only"), store.step("Set up"):
        pass
    store.close()


def test_a_failed_upgrade_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.roleworth"
    create(path).close()
    before = path.read_bytes()
    monkeypatch.setattr("db.migrations.upgrade", lambda working: working.write_bytes(before[:5000]))
    with pytest.raises(UserProblem, match="could not be brought up to date"):
        bring_up_to_date(path)
    assert path.read_bytes() == before
    assert not path.with_name("a.roleworth.upgrading").exists()
