"""A number is claimed by one program alone, and only what a dead one of this computer left is cleared away."""

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

from db.backup import backups, backups_in, is_intact, make_backup
from db.backup_names import claim, clear_unfinished, description_of, working_of
from db.checks import check_copy
from db.store import Store, open_store
from db.working import DAY, maker

Type = Callable[[int], None]
needs_asking = pytest.mark.skipif(os.name != "posix", reason="nobody can be asked there whether he lives")


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
