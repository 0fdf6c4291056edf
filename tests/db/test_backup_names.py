"""Whose a backup is: of the file that was opened and no other, under a number that nobody else has."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db import sqlite
from db.backup import backups, backups_in, file_id_of, folder_for, head_of, is_intact, make_backup
from db.backup_names import claim, clear_unfinished, description_of, working_of
from db.checks import check_copy
from db.operations.observations import record_observations
from db.operations.roles import add_role
from db.publishing import publish
from db.restoring import preview, restore, restore_beside
from db.store import Store, create, open_store
from db.working import DAY, maker
from tests.db.making import dump, value

Type = Callable[[int], None]
needs_asking = pytest.mark.skipif(os.name != "posix", reason="nobody can be asked there whether he lives")


@pytest.fixture
def type_one(store: Store, role: int, measure: int) -> Type:
    """Type one more value, so that there is something new to back up."""

    def do(number: int) -> None:
        entry = value(role, measure, month(2001, number), number)
        record_observations(store, entries=[entry], label=f"Type {number}")

    return do


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


def said(target: Path, **facts: str) -> None:
    """Let the description of a backup say this."""
    description_of(target).write_text(json.dumps(facts), encoding="utf-8")


def dead() -> str:
    """By what a program of this computer was known that has ended."""
    tell = [sys.executable, "-c", "import os; print(os.getpid())"]
    ended = subprocess.run(tell, capture_output=True, text=True, check=True).stdout.strip()
    return f"{maker().rpartition('-')[0]}-{ended}"


def long_ago(*paths: Path) -> None:
    """Let files have been written to two days ago."""
    for path in paths:
        os.utime(path, (time.time() - 2 * DAY,) * 2)


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


def test_of_two_that_want_one_number_the_slower_takes_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", lambda *_: iter(()))  # both have looked before either took one
        first, second = (claim(tmp_path, "elm", file, tmp_path) for file in ("one", "two"))
    assert (first.name, second.name) == ("elm-000001.backup", "elm-000002.backup")
    assert json.loads(description_of(first).read_text(encoding="utf-8")) == {"file": "one", "by": maker()}
    assert left_in(tmp_path) == [description_of(first).name, description_of(second).name]


def test_a_number_is_claimed_where_the_disk_gives_no_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(os, "link", refuses)
    monkeypatch.setattr("db.backup_names._numbers", lambda *_: iter(()))
    first, second = (claim(tmp_path, "elm", file, tmp_path) for file in ("one", "two"))
    assert (first.name, second.name) == ("elm-000001.backup", "elm-000002.backup")
    assert json.loads(description_of(second).read_text(encoding="utf-8")) == {"file": "two", "by": maker()}
    assert left_in(tmp_path) == [description_of(first).name, description_of(second).name]


def test_a_number_under_which_somebody_works_is_not_claimed(tmp_path: Path) -> None:
    working = working_of(tmp_path / "elm-000001.backup")
    working.write_bytes(b"its description has not come yet")
    assert claim(tmp_path, "elm", "one", tmp_path).name == "elm-000002.backup"
    assert working.exists()


def test_a_claim_that_cannot_be_written_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        claim(tmp_path, "elm", "one", tmp_path)
    assert list(tmp_path.iterdir()) == []


@needs_asking
def test_what_another_file_is_making_is_let_be_and_ones_own_left_overs_go(tmp_path: Path) -> None:
    theirs, ours = claim(tmp_path, "elm", "two", tmp_path), claim(tmp_path, "elm", "one", tmp_path)
    said(theirs, file="two", by=dead())
    said(ours, file="one", by=dead())
    for target in (theirs, ours):
        working_of(target).write_bytes(b"half")
    newer = claim(tmp_path, "elm", "one", tmp_path)
    clear_unfinished(newer, "one")
    assert left_in(tmp_path) == sorted(
        [description_of(theirs).name, working_of(theirs).name, description_of(newer).name]
    )


def test_the_same_file_is_backed_up_at_once_by_two_programs_into_one_folder(
    store: Store, type_one: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "share"
    type_one(1)
    with open_store(store.path, read_only=True) as other:
        once = [lambda: make_backup(other, reason="by command", folder=shared)]

        def looked_over(path: Path) -> list[str]:
            if once:
                once.pop()()
            return check_copy(path)

        monkeypatch.setattr("db.backup.check_copy", looked_over)
        make_backup(store, reason="in the window", folder=shared)
    held = {backup.number: backup for backup in backups_in(shared, store.path.stem)}
    assert {number: backup.reason for number, backup in held.items()} == {1: "in the window", 2: "by command"}
    assert all(is_intact(backup) for backup in held.values())


@needs_asking
@pytest.mark.parametrize(
    ("by", "more", "gone"),
    [
        ("dead", {}, True),
        ("dead", {"sha256": "0"}, True),
        ("alive", {}, False),
        ("alive", {"sha256": "0"}, False),
        ("elsewhere", {}, False),
        ("elsewhere", {"sha256": "0"}, False),
    ],
)
def test_only_what_a_dead_program_of_this_computer_was_making_goes(
    by: str, more: dict[str, str], gone: bool, tmp_path: Path
) -> None:
    target = claim(tmp_path, "elm", "one", tmp_path)
    said(target, file="one", by={"dead": dead(), "alive": maker(), "elsewhere": f"ffffffff{dead()[8:]}"}[by], **more)
    left = [description_of(target), working_of(target), target.with_suffix(".backup.json.making")]
    for path in left[1:]:
        path.write_bytes(b"half")
    long_ago(*left)
    clear_unfinished(claim(tmp_path, "elm", "one", tmp_path), "one")
    assert [path.exists() for path in left] == [not gone] * 3


@pytest.mark.parametrize("text", ["", "{", '{"file": "one"}', "\0\0"])
@pytest.mark.parametrize("quiet", [False, True])
def test_what_says_nobodys_name_goes_after_a_day_without_a_sign_of_life(text: str, quiet: bool, tmp_path: Path) -> None:
    target = tmp_path / "elm-000001.backup"
    left = [description_of(target), working_of(target)]
    for path in left:
        path.write_text(text, encoding="utf-8")
    long_ago(*(left if quiet else left[:1]))
    clear_unfinished(claim(tmp_path, "elm", "one", tmp_path), "one")
    assert [path.exists() for path in left] == [not quiet] * 2


def test_where_nobody_can_be_asked_only_what_is_of_this_computer_and_quiet_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, fresh, theirs, whole = (claim(tmp_path, "elm", "one", tmp_path) for _ in range(4))
    for target in (quiet, fresh, theirs, whole):
        working_of(target).write_bytes(b"half")
        more = {"sha256": "0"} if target == whole else {}
        said(target, file="one", by="ffffffff-00000000-1" if target == theirs else dead(), **more)
        if target != fresh:
            long_ago(working_of(target), description_of(target))
    newer = claim(tmp_path, "elm", "one", tmp_path)
    monkeypatch.setattr("db.backup_names.CAN_ASK", False)
    clear_unfinished(newer, "one")
    assert [description_of(one).exists() for one in (quiet, fresh, theirs, whole)] == [False, True, True, True]


def test_a_description_that_came_before_its_backup_is_kept(store: Store, type_one: Type, tmp_path: Path) -> None:
    type_one(1)
    first = make_backup(store, reason="at close")
    said(first.path, **{**json.loads(first.sidecar.read_text(encoding="utf-8")), "by": dead()})
    first.path.rename(tmp_path / "on its way")
    long_ago(first.sidecar)
    type_one(2)
    make_backup(store, reason="at open")
    (tmp_path / "on its way").rename(first.path)
    assert [(held.reason, is_intact(held)) for held in backups(store)] == [("at open", True), ("at close", True)]


@needs_asking
def test_a_left_over_that_cannot_be_removed_keeps_no_other(tmp_path: Path) -> None:
    first, second = claim(tmp_path, "elm", "one", tmp_path), claim(tmp_path, "elm", "one", tmp_path)
    for target in (first, second):
        said(target, file="one", by=dead())
    working_of(first).mkdir()
    clear_unfinished(claim(tmp_path, "elm", "one", tmp_path), "one")
    assert [description_of(target).exists() for target in (first, second)] == [True, False]


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
    with store.engine.connect() as connection:
        connection.info["writing"] = True
        connection.exec_driver_sql("UPDATE observation SET value = value + 1 WHERE id = 1")
        connection.commit()
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
