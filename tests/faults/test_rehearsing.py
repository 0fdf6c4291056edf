"""After a fault a backup is put back, and what comes back is held against what went in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import restoring
from db.backup import backups_of
from faults.acts import NAME, act, prepared
from faults.damage import broken_pages
from faults.judging import judge
from faults.rehearsing import contents, rehearse


@pytest.fixture
def backed_up(tmp_path: Path) -> Path:
    """A file whose newest backup is younger than the one it was prepared with, and older than its last step."""
    prepared(tmp_path, "backup")
    act(tmp_path, "backup", lambda _said: None)
    return tmp_path / NAME


def test_what_a_file_and_its_backup_hold_comes_back_and_nothing_is_said(backed_up: Path) -> None:
    assert rehearse(backed_up) == []
    assert [held.number for held in backups_of(backed_up)] == [3, 2, 1]
    assert rehearse(backed_up, damaged=True, then=contents(backed_up)) == []


def test_a_row_that_does_not_come_back_as_it_was_is_called_not_restored(
    backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = restoring._give_name

    def changed(working: Path, target: Path) -> None:
        with closing(sqlite3.connect(working)) as connection, connection:
            connection.execute("UPDATE implementation SET place = 'Oak'")
        was(working, target)

    monkeypatch.setattr(restoring, "_give_name", changed)
    ((kind, words),) = rehearse(backed_up)
    assert (kind, "implementation not as when it was made" in words) == ("not_restored", True)


def test_a_file_without_a_verified_backup_is_called_not_restored(tmp_path: Path) -> None:
    prepared(tmp_path, "save")
    (held,) = backups_of(tmp_path / NAME)
    held.path.write_bytes(held.path.read_bytes()[:-1])
    assert dict(judge(tmp_path, "save", ())).keys() == {"partial", "not_restored"}


def test_the_backup_of_a_file_with_damaged_pages_brings_it_back_whole() -> None:
    figures = broken_pages(97)
    assert figures.attempts >= 6
    assert figures.is_clean, figures
