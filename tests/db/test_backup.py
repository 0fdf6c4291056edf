"""Backups: made whole or not at all, verified, numbered, looked into, restored beside."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db import sqlite
from db.backup import (
    Backup,
    backups,
    backups_in,
    backups_of,
    delete_backup,
    file_id_of,
    folder_for,
    is_intact,
    make_backup,
    newest_verified,
)
from db.checks import check_file
from db.restoring import preview, restore, restore_beside
from db.store import Store, create, open_store
from db.thinning import Reading
from tests.db.making import dump, write_unlogged

Type = Callable[[int], None]


def test_a_backup_is_checked_and_restores_to_the_same_content(store: Store, type_one: Type, tmp_path: Path) -> None:
    type_one(1)
    then = dump(store.path, without_log=False)
    backup = make_backup(store, reason="at open")
    type_one(2)
    restored = restore(backup.path, tmp_path / "restored.roleworth")
    assert dump(restored, without_log=False) == then
    assert check_file(restored).faults == ()
    assert [b.path for b in backups(store)] == [backup.path]


def test_a_backup_is_never_restored_over_a_file(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    with pytest.raises(UserProblem, match="never restored over"):
        restore(backup.path, store.path)


def test_a_file_that_comes_while_restoring_is_not_overwritten(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, target = make_backup(store, reason="at open"), tmp_path / "restored.roleworth"
    monkeypatch.setattr("db.restoring._check", lambda *_: target.write_bytes(b"mine"))
    with pytest.raises(UserProblem, match="exists already"):
        restore(backup.path, target)
    assert target.read_bytes() == b"mine"
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_changed_backup_is_refused_and_the_one_before_is_the_newest_verified(
    store: Store, type_one: Type, tmp_path: Path
) -> None:
    older = make_backup(store, reason="at open")
    type_one(1)
    backup = make_backup(store, reason="at close")
    held = bytearray(backup.path.read_bytes())
    held[-10] ^= 1
    backup.path.write_bytes(held)
    with pytest.raises(UserProblem, match="changed since it was made"):
        restore(backup.path, tmp_path / "restored.roleworth")
    with pytest.raises(UserProblem, match="changed since it was made"):
        preview(backup.path)
    assert newest_verified(backups(store)) == older


def test_backups_are_numbered_and_listed_newest_first(store: Store, type_one: Type) -> None:
    first = make_backup(store, reason="at open")
    type_one(1)
    second = make_backup(store, reason="before import")
    assert [b.reason for b in backups(store)] == ["before import", "at open"]
    assert (first.path.name, second.path.name) == ("evaluation-000001.backup", "evaluation-000002.backup")


def test_a_file_that_has_not_changed_is_not_copied_again_but_verified_again(store: Store, type_one: Type) -> None:
    first = make_backup(store, reason="at open")
    assert make_backup(store, reason="every half hour") == first
    first.path.write_bytes(first.path.read_bytes() + b"x")
    assert make_backup(store, reason="every half hour").number == 2
    type_one(1)
    assert make_backup(store, reason="every half hour").number == 3


def test_a_number_is_never_used_twice(store: Store, type_one: Type) -> None:
    first = make_backup(store, reason="at open")
    first.path.unlink()
    type_one(1)
    assert make_backup(store, reason="at close").number == 2


def test_a_file_whose_rows_are_damaged_is_no_backup_and_takes_no_good_ones_place(store: Store, type_one: Type) -> None:
    type_one(1)
    good = make_backup(store, reason="at open")
    type_one(2)
    write_unlogged(store, "UPDATE observation SET value = value + 1 WHERE id = 1")
    with pytest.raises(UserProblem, match="did not pass its check"):
        make_backup(store, reason="every half hour")
    assert backups(store) == [good]
    assert {p.suffix for p in folder_for(store).iterdir()} == {".backup", ".json", ".pages"}


def test_two_files_of_one_name_do_not_take_each_others_backups(
    store: Store, tmp_path: Path, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, hours = tmp_path / "share", iter(range(0, 100000, 100))
    monkeypatch.setattr("db.backup.reading", lambda: Reading("run", next(hours) * 3600.0))
    (tmp_path / "elsewhere").mkdir()
    with create(tmp_path / "elsewhere" / store.path.name) as second:
        theirs = make_backup(second, reason="at open", folder=shared)
        for number in range(1, 30):
            type_one(number)
            make_backup(store, reason="at close", folder=shared)
        assert theirs.path.exists()
        assert make_backup(second, reason="at open", folder=shared) == theirs
        assert file_id_of(second.path) == theirs.file != file_id_of(store.path)
    assert [held.number for held in backups_in(shared, store.path.stem)] == [*range(30, 10, -1), 8, 4, 2, 1]


def test_the_newest_backup_is_the_first_wherever_it_was_put(store: Store, tmp_path: Path, type_one: Type) -> None:
    for number in range(3):
        type_one(number)
        make_backup(store, reason="at close")
    type_one(3)
    newest = make_backup(store, reason="place chosen", folder=tmp_path / "share")
    assert newest_verified(backups(store, tmp_path / "share")) == newest


def test_a_number_that_stands_under_other_capitals_is_not_used_again(store: Store, tmp_path: Path) -> None:
    shared = tmp_path / "share"
    shared.mkdir()
    taken = shared / "evaluation-000001.backup"
    taken.write_bytes(b"theirs")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "iterdir", lambda *_: iter(()))  # as on a disk that does not tell capitals apart
        assert make_backup(store, reason="at open", folder=shared).number == 2
    assert taken.read_bytes() == b"theirs"


def test_a_file_that_is_damaged_is_known_by_what_was_kept_beside_it(store: Store, role: int) -> None:
    own = store.file_id()
    make_backup(store, reason="at open")
    store.close()
    assert file_id_of(store.path) == own
    store.path.write_bytes(store.path.read_bytes()[:100] + bytes(8192))
    assert file_id_of(store.path) == own


def test_a_backup_without_its_description_is_listed_but_not_trusted(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    backup.sidecar.write_text("{", encoding="utf-8")
    assert [(b.number, b.sha256) for b in backups(store)] == [(1, "")]
    assert newest_verified(backups(store)) is None


def test_a_preview_counts_what_was_and_what_is_and_names_the_steps_between(store: Store, type_one: Type) -> None:
    type_one(1)
    backup = make_backup(store, reason="at open")
    before = backup.path.read_bytes()
    type_one(2)
    type_one(3)
    seen = preview(backup.path, store)
    assert [(held.then, held.now) for held in seen.counts if held.kind == "values"] == [(1, 3)]
    assert seen.last_step == "Type 1"
    assert [label for _, label in seen.later_steps] == ["Type 3", "Type 2"]
    assert seen.roles == ("Care navigator",)
    assert backup.path.read_bytes() == before


def test_restoring_beside_backs_today_up_first(store: Store, type_one: Type) -> None:
    old = make_backup(store, reason="at open")
    type_one(1)
    today = dump(store.path)
    first, second = (restore_beside(store, old.path).path for _ in range(2))
    assert (first.name, second.name) == ("evaluation restored.roleworth", "evaluation restored (2).roleworth")
    assert dump(store.path) == today
    assert backups(store)[0].reason == "before restore"
    assert dump(restore(backups(store)[0].path, store.path.with_name("today.roleworth"))) == today


def test_the_backup_that_is_restored_is_not_thinned_away_before_it_is(
    store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = iter(range(0, 100000, 100))
    monkeypatch.setattr("db.backup.reading", lambda: Reading("run", next(hours) * 3600.0))
    for number in range(1, 30):
        type_one(number)
        make_backup(store, reason="at close")
    for at in (-1, -2, 3, 8):
        held = backups(store)[at]
        then = dict(held.counts)["observation"]
        done = restore_beside(store, held.path)
        with open_store(done.path) as again:
            assert dict(make_backup(again, reason="by hand").counts)["observation"] == then
        type_one(100 + held.number)


def test_a_backup_is_looked_into_though_the_file_of_today_cannot_be_read(
    store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_one(1)
    made = make_backup(store, reason="at open")

    def damaged(*_: object) -> None:
        raise UserProblem("evaluation.roleworth is damaged.", "")

    monkeypatch.setattr("db.restoring._steps_after", damaged)
    seen = preview(made.path, store)
    assert (seen.beside_today, seen.roles) == (False, ("Care navigator",))
    assert {held.now for held in seen.counts} == {None}


@pytest.mark.usefixtures("role")
def test_a_sound_backup_whose_description_is_damaged_is_restored_as_it_was_shown(store: Store, tmp_path: Path) -> None:
    made = make_backup(store, reason="at open")
    made.sidecar.write_text("{", encoding="utf-8")
    assert preview(made.path).roles == ("Care navigator",)
    assert check_file(restore(made.path, tmp_path / "back.roleworth")).is_sound


@pytest.mark.parametrize("wreck", [b"", bytes(900_000)])
def test_a_damaged_backup_is_told_by_its_own_name(store: Store, tmp_path: Path, wreck: bytes) -> None:
    made = make_backup(store, reason="at open")
    made.sidecar.unlink()
    made.path.write_bytes(wreck)
    with pytest.raises(UserProblem) as told:
        restore(made.path, tmp_path / "back.roleworth")
    assert told.value.message.startswith("evaluation-000001.backup is ")
    assert told.value.hint == "Nothing was restored. Choose an older backup."


def test_a_file_on_a_disk_that_may_only_be_read_is_backed_up_elsewhere(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Path.mkdir

    def mkdir(path: Path, mode: int, *, parents: bool = False, exist_ok: bool = False) -> None:
        if path == folder_for(store):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        really(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert is_intact(make_backup(store, reason="asked for", folder=tmp_path / "copies"))


def test_backups_of_a_file_that_is_gone_are_still_found(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    store.close()
    store.path.unlink()
    assert backups_of(store.path) == [backup]


def test_a_backup_is_deleted_with_its_description(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    delete_backup(backup)
    assert backups(store) == []
    assert not backup.sidecar.exists()


CALLS = ("os.replace", "os.fsync", "db.sqlite.write_copy", "pathlib.Path.mkdir")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS])
def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing_half_made(
    call: str, number: int, store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = make_backup(store, reason="at open")
    type_one(1)
    before = store.path.read_bytes()

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(call, fail)
        with pytest.raises(UserProblem, match="could not be written") as told:
            make_backup(store, reason="every half hour")
    assert "not affected" in told.value.hint
    assert store.path.read_bytes() == before
    assert backups(store) == [good]
    assert is_intact(good)
    assert not list(folder_for(store).glob("*-000002*backup"))
    assert make_backup(store, reason="every half hour").number == 2


def test_a_disk_without_room_is_told_with_what_is_needed(
    store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_one(1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1000, 900, 100))
    with pytest.raises(UserProblem, match=r"needs .* MB, 0\.0 MB are free"):
        make_backup(store, reason="every half hour")


def test_a_damaged_description_never_makes_a_backup_verified(store: Store) -> None:
    backup = make_backup(store, reason="at open")
    facts = json.loads(backup.sidecar.read_text(encoding="utf-8"))
    backup.sidecar.write_text(json.dumps({**facts, "sha256": "0" * 64}), encoding="utf-8")
    [held] = backups(store)
    assert isinstance(held, Backup)
    assert not is_intact(held)


def test_a_backup_of_an_older_version_is_restored_without_being_touched(tmp_path: Path) -> None:
    from tests.db.test_upgrades import released

    old = released(2, tmp_path)
    backup = tmp_path / "old-000001.backup"
    backup.write_bytes(old.read_bytes())
    target = restore(backup, tmp_path / "new.roleworth")
    assert check_file(target).faults == ()
    assert backup.read_bytes() == old.read_bytes()
    assert sqlite.header_of(backup)[1] == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([old.name, backup.name, target.name])


def test_what_a_power_cut_left_of_a_backup_goes_with_the_next_one(store: Store, type_one: Type) -> None:
    first = make_backup(store, reason="at open")
    folder, stem = first.path.parent, store.path.stem
    left = [f"{stem}-000002.making", f"{stem}-000002.making-journal", f"{stem}-000002.backup.json"]
    left += [f"{stem}-000001.backup.json.making"]
    others = [f"{stem}-two-000001.making", f"{stem}-000009.making", "notes.making"]
    two_days_ago = time.time() - 2 * 86400
    for name in (*left, *others):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (two_days_ago, two_days_ago))
    type_one(1)
    second = make_backup(store, reason="by hand")
    assert second.number == 3
    assert not [name for name in left if (folder / name).exists()]
    assert [name for name in others if not (folder / name).exists()] == []
    assert is_intact(first)
    assert [held.number for held in backups(store)] == [3, 1]


def test_backups_that_cannot_be_listed_are_told_in_words(
    store: Store, type_one: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> list[Path]:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    make_backup(store, reason="at open")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", fails)
        with pytest.raises(UserProblem, match="cannot be listed: Input/output error"):
            backups(store)
    type_one(1)
    monkeypatch.setattr("db.backup_names.clear_unfinished", fails)
    assert make_backup(store, reason="at close").number == 2
