"""One writer to a file: who comes second reads, and only a person takes over."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.locks import FileLock, Holder, acquire, lock_path
from db.operations.roles import add_role
from db.queries.roles import roles
from db.store import Store, open_store

ROOT = Path(__file__).parent.parent.parent
HOLD = (
    "import sys\nfrom pathlib import Path\nfrom db.store import open_store\n"
    "store = open_store(Path(sys.argv[1]))\nprint(store.read_only, flush=True)\nsys.stdin.readline()\n"
)


def other_window(path: Path) -> subprocess.Popen[str]:
    """Another process with the file open; says whether it may only read."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def end(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def test_the_second_window_reads_and_says_who_has_the_file(store: Store, role: int) -> None:
    store.close()
    child = other_window(store.path)
    try:
        assert said(child) == "False"
        with open_store(store.path) as second:
            assert second.read_only
            assert second.is_held_elsewhere
            assert "has it open" in second.why_read_only
            assert " on " in second.why_read_only
            assert [found.id for found in roles(second)] == [role]
            with pytest.raises(UserProblem, match="has it open"):
                add_role(second, name="Link worker")
    finally:
        end(child)


def test_a_lock_whose_program_was_killed_is_free_at_once(store: Store) -> None:
    store.close()
    child = other_window(store.path)
    assert said(child) == "False"
    end(child)
    assert lock_path(store.path).exists()
    with open_store(store.path) as again:
        assert not again.read_only
    assert not lock_path(store.path).exists()


def test_a_lock_left_by_another_computer_waits_for_a_person(store: Store) -> None:
    store.close()
    left = {"who": "anna", "host": "WARD-PC-7", "process": 7, "since": "2026-11-22T09:41:00+00:00", "token": "t"}
    lock_path(store.path).write_text(json.dumps(left), encoding="utf-8")
    with open_store(store.path) as second:
        assert second.why_read_only.startswith("anna on WARD-PC-7, since 22 Nov")
    with open_store(store.path, take_over=True) as mine:
        add_role(mine, name="Link worker")
    assert not lock_path(store.path).exists()


def test_whoever_was_taken_over_writes_no_more(store: Store, role: int) -> None:
    with open_store(store.path, take_over=True) as second:
        add_role(second, name="Link worker")
        with pytest.raises(UserProblem, match="has taken evaluation"):
            add_role(store, name="Case manager")
        assert [found.name for found in roles(second)] == ["Care navigator", "Link worker"]
    assert role == 1


def test_closing_after_a_take_over_leaves_the_new_lock(store: Store) -> None:
    with open_store(store.path, take_over=True) as second:
        store.close()
        assert second.lock is not None
        assert second.lock.is_ours()


def test_opening_for_reading_takes_no_lock(store: Store) -> None:
    with open_store(store.path, read_only=True):
        assert store.lock is not None
        assert store.lock.is_ours()


def test_links_to_one_file_share_its_lock(store: Store) -> None:
    link = store.path.with_name("link.roleworth")
    link.symlink_to(store.path)
    with open_store(link) as second:
        assert second.read_only


def test_a_lock_that_cannot_be_written_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(UserProblem, match="cannot be locked"):
        acquire(tmp_path / "a.roleworth")


def test_a_lock_that_holds_nonsense_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.roleworth"
    first = acquire(path)
    assert isinstance(first, FileLock)
    lock_path(path).write_text("nonsense", encoding="utf-8")
    assert acquire(path) == Holder("", "", 0, "")
    first.release()
    first.release()
    assert isinstance(acquire(path), FileLock)


def test_a_lock_whose_text_cannot_be_removed_is_let_go_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "elm.roleworth"
    lock = acquire(path)
    assert isinstance(lock, FileLock)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fails)
        lock.release()
    assert lock_path(path).exists()
    again = acquire(path)
    assert isinstance(again, FileLock)
    again.release()
