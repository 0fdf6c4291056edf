"""The gate's share of kills, failing calls and power cuts; `python -m faults full` does many more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import sqlite
from db.working import working_name
from faults import power
from faults.acts import NAME, prepare, prepared
from faults.forked import BROKEN, Forked, Said, has_strace
from faults.judging import judge
from faults.kills import failed_at_calls, killed_at_calls, killed_at_random

needs_strace = pytest.mark.skipif(not has_strace(), reason="strace is not installed, so single calls cannot be faulted")


def test_acts_killed_at_random_lose_nothing_and_leave_nothing_half_done() -> None:
    figures = killed_at_random(4)
    assert figures.is_clean, figures


@needs_strace
def test_a_save_killed_at_any_tenth_write_is_whole_or_not_there() -> None:
    (figures,) = killed_at_calls(["save"], ["pwrite64"], every=14)
    assert figures.attempts >= 3
    assert figures.is_clean, figures


@needs_strace
@pytest.mark.parametrize("which", ["disk-full", pytest.param("disk-fails", marks=pytest.mark.full)])
def test_a_call_that_fails_in_a_save_is_said_in_words_and_changes_nothing(which: str) -> None:
    (figures,) = failed_at_calls(which, ["save"], every=25)
    assert figures.attempts >= 3
    assert figures.is_clean, figures


@needs_strace
def test_a_power_cut_at_a_random_point_of_an_import_or_a_backup_loses_nothing() -> None:
    figures = power.power_cuts(12, ["import", "backup"])
    assert figures.is_clean, figures


@needs_strace
@pytest.mark.full
def test_without_waiting_for_the_disk_the_same_power_cuts_are_seen_to_do_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.WANTED_PRAGMAS, "synchronous", 0)
    figures = power.power_cuts(40, ["import"])
    assert figures.corrupt + figures.lost + figures.partial > 0


def test_a_child_that_cannot_begin_ends_and_never_goes_on_as_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> int:
        raise OSError

    monkeypatch.setattr("faults.forked._child", fails)
    child = Forked(lambda say: say("done"))
    child.go()
    assert child.end() == Said((), BROKEN)


def test_a_value_that_was_said_to_be_saved_and_is_not_there_is_called_lost(tmp_path: Path) -> None:
    prepared(tmp_path, "save")
    assert judge(tmp_path, "save", ()) == []
    assert dict(judge(tmp_path, "save", ("begin 2", "done 2 "))).keys() == {"lost"}
    other = tmp_path / "other"
    other.mkdir()
    prepare(other)
    assert dict(judge(other, "save", ())).keys() == {"lost"}


def test_what_is_left_of_a_working_file_is_called_untidy(tmp_path: Path) -> None:
    prepared(tmp_path, "save")
    (tmp_path / ".elm.making").touch()
    assert dict(judge(tmp_path, "save", ())).keys() == {"untidy"}


def test_a_description_without_its_backup_is_called_untidy(tmp_path: Path) -> None:
    prepared(tmp_path, "save")
    (tmp_path / "elm backups" / f"{Path(NAME).stem}-000999.backup.json").touch()
    assert dict(judge(tmp_path, "save", ())).keys() == {"untidy"}


def test_what_a_killed_program_left_goes_with_the_next_one_and_what_lives_or_is_elsewhere_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = "import sys; from pathlib import Path; from db.working import working_name; print(working_name(Path('.')))"
    said = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True).stdout.strip()
    left, held = tmp_path / said, working_name(tmp_path, ".xlsx")
    with monkeypatch.context() as patched:
        patched.setattr("platform.node", lambda: "another computer on the same drive")
        patched.setattr(os, "getpid", lambda: int(said.split("-")[3]))
        elsewhere = working_name(tmp_path)
    for file in (left, held, elsewhere):
        file.touch()
    folder = left.with_name(f"{left.name}2")
    (folder / "half").mkdir(parents=True)
    working_name(tmp_path)
    assert set(tmp_path.iterdir()) == {held, elsewhere}
