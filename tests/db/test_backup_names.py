"""Whose a backup is: of the file that was opened and no other, under a number that nobody else has."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db import sqlite
from db.backup import backups, backups_in, file_id_of, folder_for, head_of, is_intact, make_backup
from db.checks import check_copy
from db.operations.roles import add_role
from db.publishing import publish
from db.restoring import preview, restore, restore_beside
from db.store import Store, create, open_store
from tests.db.making import dump, write_unlogged

Type = Callable[[int], None]
needs_asking = pytest.mark.skipif(os.name != "posix", reason="nobody can be asked there whether he lives")


@pytest.fixture
def second(store: Store, tmp_path: Path) -> Path:
    """Another file of the same name, as somebody else has who shares the folder for backups."""
    (tmp_path / "elsewhere").mkdir()
    with create(tmp_path / "elsewhere" / store.path.name) as made:
        add_role(made, name="Somebody else's role")
    return made.path


def copying(monkeypatch: pytest.MonkeyPatch, before: Callable[[], object]) -> None:
    """Let something happen once, just before a file is copied."""
    really, once = sqlite.write_copy, [before]

    def write_copy(path: Path, target: Path) -> None:
        if once:
            once.pop()()
        really(path, target)

    monkeypatch.setattr(sqlite, "write_copy", write_copy)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".pages")


def test_the_file_that_took_anothers_name_is_not_backed_up_as_the_other(
    store: Store, second: Path, type_one: Type
) -> None:
    make_backup(store, reason="at open")
    type_one(1)
    before = left_in(folder_for(store))
    second.replace(store.path)
    with pytest.raises(UserProblem, match="has been replaced by another file") as told:
        make_backup(store, reason="every half hour")
    assert "backups of the file you had are kept" in told.value.hint
    assert left_in(folder_for(store)) == before


def test_nor_when_it_took_the_name_while_the_copy_was_being_made(
    store: Store, second: Path, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(store, reason="at open")
    type_one(1)
    before = left_in(folder_for(store))
    copying(monkeypatch, lambda: second.replace(store.path))
    with pytest.raises(UserProblem, match="has been replaced by another file"):
        make_backup(store, reason="every half hour")
    assert left_in(folder_for(store)) == before


def test_nor_when_it_had_the_name_only_for_that_moment(
    store: Store, second: Path, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_one(1)
    really = sqlite.write_copy
    monkeypatch.setattr(sqlite, "write_copy", lambda _path, target: really(second, target))
    with pytest.raises(UserProblem, match="has been replaced by another file"):
        make_backup(store, reason="every half hour")
    assert backups(store) == []


def test_nor_when_another_was_written_over_it(store: Store, second: Path, type_one: Type, tmp_path: Path) -> None:
    type_one(1)
    origin = tmp_path / "drive" / "elm.roleworth"
    origin.parent.mkdir()
    assert store.file_id()
    store.path.write_bytes(second.read_bytes())
    with pytest.raises(UserProblem, match="has been replaced by another file"):
        make_backup(store, reason="every half hour")
    with pytest.raises(UserProblem, match="has been replaced by another file"):
        publish(store, origin, ())
    assert backups(store) == []
    assert list(origin.parent.iterdir()) == []


def test_what_was_restored_beside_another_file_of_the_name_does_not_call_that_the_one_you_had(
    store: Store, second: Path, type_one: Type
) -> None:
    made = make_backup(store, reason="at open")
    type_one(1)
    store.path.write_bytes(second.read_bytes())
    done = restore_beside(store, made.path)
    assert (done.path.exists(), done.today_is_there) == (True, False)


def test_a_link_to_a_backup_is_read_only_too(store: Store, tmp_path: Path) -> None:
    made = make_backup(store, reason="at open")
    link = tmp_path / "mine.roleworth"
    link.symlink_to(made.path)
    with open_store(link) as opened:
        assert opened.why_read_only.startswith("it is a backup")


def test_reading_makes_no_file_where_one_was_moved_away(tmp_path: Path) -> None:
    with create(tmp_path / "new.roleworth") as made:
        made.engine.dispose()
        made.path.rename(tmp_path / "moved.roleworth")
        with pytest.raises(UserProblem), made.read() as connection:
            connection.exec_driver_sql("SELECT 1 FROM setting")
        assert not made.path.exists()


def test_a_description_tells_of_the_copy_and_not_of_the_file_a_moment_before(
    store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    copying(monkeypatch, lambda: type_one(1))
    made = make_backup(store, reason="at open")
    assert made.head == head_of(store)
    assert made.rows == sum(sqlite.row_counts(store.path).values())


def test_two_files_of_one_name_are_backed_up_at_once_into_one_folder(
    store: Store, second: Path, type_one: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "share"
    type_one(1)
    with open_store(second) as other:
        copying(monkeypatch, lambda: make_backup(other, reason="theirs", folder=shared))
        ours = make_backup(store, reason="ours", folder=shared)
    held = {backup.number: backup for backup in backups_in(shared, store.path.stem)}
    assert {number: backup.reason for number, backup in held.items()} == {1: "ours", 2: "theirs"}
    assert all(is_intact(backup) and file_id_of(backup.path) == backup.file for backup in held.values())
    assert dump(restore(ours.path, tmp_path / "back.roleworth")) == dump(store.path)
    assert left_in(shared) == sorted(f"evaluation-00000{n}.backup{more}" for n in (1, 2) for more in ("", ".json"))


def test_a_backup_is_read_and_never_worked_on(store: Store, type_one: Type) -> None:
    made = make_backup(store, reason="at open")
    with open_store(made.path) as opened:
        assert opened.why_read_only.startswith("it is a backup")
        with pytest.raises(UserProblem, match="reading only: it is a backup"):
            add_role(opened, name="Late")
    assert is_intact(made)
    assert left_in(folder_for(store)) == [made.path.name, made.sidecar.name]


def test_a_backup_of_another_file_is_not_held_beside_the_file_of_today(store: Store, second: Path) -> None:
    with open_store(second) as other:
        theirs = make_backup(other, reason="at open")
        seen = preview(theirs.path, store)
        assert (seen.beside_today, seen.file, seen.later_steps) == (False, other.file_id(), ())
        assert {held.now for held in seen.counts} == {None}
        assert preview(theirs.path, other).beside_today


def test_a_file_that_has_gone_is_restored_and_what_could_not_be_done_is_told(store: Store, type_one: Type) -> None:
    type_one(1)
    then = dump(store.path)
    made = make_backup(store, reason="at open")
    store.path.rename(store.path.with_name("moved"))
    done = restore_beside(store, made.path)
    assert (dump(done.path), done.today_is_there) == (then, False)
    assert done.not_backed_up is not None
    assert "no longer where it was" in done.not_backed_up.message


def test_a_damaged_file_does_not_stand_in_the_way_of_its_own_backup(store: Store, type_one: Type) -> None:
    type_one(1)
    then = dump(store.path)
    made = make_backup(store, reason="at open")
    type_one(2)
    write_unlogged(store, "UPDATE observation SET value = value + 1 WHERE id = 1")
    done = restore_beside(store, made.path)
    assert (dump(done.path), done.today_is_there) == (then, True)
    assert done.not_backed_up is not None
    assert "did not pass its check" in done.not_backed_up.message


def test_what_took_the_place_of_a_local_copy_is_not_published_as_it(store: Store, second: Path, tmp_path: Path) -> None:
    origin = tmp_path / "drive" / "elm.roleworth"
    origin.parent.mkdir()
    first = publish(store, origin, ())
    second.replace(store.path)
    with pytest.raises(UserProblem, match="has been replaced by another file"):
        publish(store, origin, {first.sha256})
    assert sqlite.sha256_of(origin) == first.sha256


def test_two_who_publish_to_one_place_at_once_do_not_write_into_one_working_file(
    store: Store, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = tmp_path / "drive" / "elm.roleworth"
    origin.parent.mkdir()
    with open_store(second) as other:
        once = [lambda: publish(other, origin, ())]

        def looked_over(path: Path) -> list[str]:
            if once:
                once.pop()()
            return check_copy(path)

        monkeypatch.setattr("db.publishing.check_copy", looked_over)
        ours = publish(store, origin, ())
    assert ours.beside
    assert (file_id_of(origin), file_id_of(ours.path)) == (file_id_of(second), store.file_id())
    assert len(list(origin.parent.iterdir())) == 2


def test_a_restore_that_leaves_something_behind_is_told_as_done(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = make_backup(store, reason="at open")

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "rmdir", fails)
    assert restore(made.path, tmp_path / "back.roleworth").exists()


def test_a_place_that_cannot_be_used_is_told_in_words(store: Store, tmp_path: Path) -> None:
    made = make_backup(store, reason="at open")
    with pytest.raises(UserProblem, match="could not be restored"):
        restore(made.path, tmp_path / f"{'long' * 100}.roleworth")
