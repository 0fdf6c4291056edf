"""What a name and what lies beside it may do to a file: journals left over, links, odd letters, a file half made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from analysis.problems import UserProblem
from db import sqlite
from db.backup import make_backup
from db.checks import check_file
from db.operations.roles import add_role
from db.publishing import publish
from db.queries.roles import roles
from db.restoring import restore
from db.salvage import quarantine, unused_name
from db.schema import SCHEMA_VERSION
from db.store import Store, create, open_store
from tests.db.test_upgrades import released

CUT_SHORT = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE other (words)")
for number in range(200):
    connection.execute("INSERT INTO other VALUES (randomblob(500))")
os._exit(9)
"""


def cut_short(path: Path) -> Path:
    """Have a step of a file cut short by the end of its program; returns the journal that is left."""
    subprocess.run([sys.executable, "-c", CUT_SHORT, str(path)], check=False)
    journal = path.with_name(f"{path.name}-journal")
    assert journal.stat().st_size > 0
    return journal


def test_a_journal_left_over_is_never_played_into_another_file_of_its_name(store: Store, role: int) -> None:
    backup = make_backup(store, reason="at open").path
    store.close()
    journal = cut_short(store.path)
    left = journal.read_bytes()
    store.path.unlink()
    with pytest.raises(UserProblem, match="last step of an earlier file"):
        restore(backup, store.path)
    assert not store.path.exists()
    assert journal.read_bytes() == left
    create(store.path).close()
    assert check_file(store.path).is_sound


def test_a_name_that_a_journal_waits_for_is_not_used(store: Store) -> None:
    wanted = unused_name(store.path, "restored")
    wanted.with_name(f"{wanted.name}-journal").write_bytes(b"left over")
    assert unused_name(store.path, "restored").name == "evaluation restored (2).roleworth"


def test_a_copy_is_published_beside_a_file_whose_last_step_was_cut_short(store: Store, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    origin = tmp_path / "share" / "elm.roleworth"
    first = publish(store, origin, ())
    cut_short(origin)
    held = origin.read_bytes()
    done = publish(store, origin, {sqlite.sha256_of(origin)})
    assert first.path == origin
    assert done.beside
    assert origin.read_bytes() == held


def test_a_damaged_file_whose_journal_cannot_follow_is_where_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    journal, move = store.path.with_name(f"{store.path.name}-journal"), Path.rename
    journal.write_bytes(b"left over")

    def refused(path: Path, target: Path) -> Path:
        if path == journal:
            raise PermissionError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(UserProblem, match="could not be put aside") as told:
        quarantine(store.path)
    assert told.value.hint == "It is where it was."
    assert store.path.exists()
    assert journal.exists()


def test_a_new_file_that_could_not_be_made_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr("db.store.seal", full)
        with pytest.raises(UserProblem, match="no room left"):
            create(tmp_path / "elm.roleworth")
    assert list(tmp_path.iterdir()) == []
    create(tmp_path / "elm.roleworth").close()


def held_by_another(path: Path) -> None:
    from db.locks import lock_path

    facts = '{"who": "anna", "host": "WARD-PC-7", "process": 1, "since": "2026-11-22T09:41:00+00:00"}'
    lock_path(path).write_text(facts, encoding="utf-8")


@pytest.mark.parametrize(("happens", "read_only"), [(held_by_another, False), (held_by_another, True)])
def test_an_older_file_that_others_have_open_is_not_brought_up_to_date_under_them(
    happens: Callable[[Path], None], read_only: bool, tmp_path: Path
) -> None:
    path = released(1, tmp_path)
    before = path.read_bytes()
    happens(path)
    with pytest.raises(UserProblem, match=r"brought up to date first, but anna on WARD-PC-7.* has it open"):
        open_store(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["what now?.roleworth", "50%20 # of all.roleworth", "Zoë, Łódź.roleworth"])
def test_a_file_of_any_name_is_brought_up_to_date(name: str, tmp_path: Path) -> None:
    path = released(1, tmp_path).rename(tmp_path / name)
    with open_store(path) as store:
        assert roles(store)
        make_backup(store, reason="at open")
    assert sqlite.header_of(path)[1] == SCHEMA_VERSION
    assert sorted(p.suffix for p in tmp_path.iterdir() if p.is_file()) == [".roleworth", ".roleworth"]


def test_an_older_file_is_brought_up_to_date_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    path, link = released(1, tmp_path / "there"), tmp_path / "elm.roleworth"
    link.symlink_to(path)
    with open_store(link) as store:
        add_role(store, name="Newcomer")
    assert link.is_symlink()
    assert sqlite.header_of(path)[1] == SCHEMA_VERSION
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [link.name]


def test_a_file_with_two_names_on_the_disk_is_read_and_says_why(store: Store, role: int) -> None:
    store.close()
    second = store.path.with_name("second.roleworth")
    second.hardlink_to(store.path)
    for path in (store.path, second):
        with open_store(path) as held:
            assert held.read_only
            assert "second name on this disk" in held.why_read_only
            assert roles(held)
    second.unlink()
    with open_store(store.path) as held:
        assert not held.read_only


def test_the_working_copy_of_an_upgrade_is_its_owners_alone_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    path, seen, copy = released(1, tmp_path), list[int](), shutil.copyfile

    def watched(source: Path, target: Path) -> object:
        done = copy(source, target)
        seen.append(target.stat().st_mode & 0o777)
        return done

    monkeypatch.setattr(shutil, "copyfile", watched)
    path.chmod(0o644)
    open_store(path).close()
    assert seen == [0o600, 0o600]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(os.name != "posix", reason="only there may a name be no text")
def test_a_file_whose_name_is_no_text_is_backed_up_and_restored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/elm\xff.roleworth"))
    with create(path) as store:
        backup = make_backup(store, reason="at open").path
    assert restore(backup, unused_name(path, "restored")).exists()
    assert not list(tmp_path.rglob("*.making"))
