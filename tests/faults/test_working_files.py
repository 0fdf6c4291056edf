"""A working file that cannot be removed is no word on what was done: that is done, or its own problem is told."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db import sqlite
from db.backup import backups_of, make_backup
from db.migrations import bring_up_to_date
from db.schema import SCHEMA_VERSION
from db.store import open_store
from exporters.placing import in_place
from faults.acts import NAME, OLD, prepare


@pytest.fixture
def nothing_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk gives an error for each working file that is to be removed once there is something to be lost by it."""
    was = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith(".") or (".upgrading" in path.name and list(path.parent.glob("*before upgrade*"))):
            raise OSError(errno.EIO, "Input/output error", str(path))
        if ".making" in path.name and path.exists():
            raise OSError(errno.EIO, "Input/output error", str(path))
        was(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)


@pytest.mark.usefixtures("nothing_is_removed")
def test_a_file_that_has_been_brought_up_to_date_is_so_though_its_working_copy_cannot_be_removed(
    tmp_path: Path,
) -> None:
    prepare(tmp_path)
    kept = bring_up_to_date(tmp_path / OLD)
    assert sqlite.header_of(tmp_path / OLD)[1] == SCHEMA_VERSION > sqlite.header_of(kept)[1]


@pytest.mark.usefixtures("nothing_is_removed")
def test_an_export_that_is_written_is_told_as_written_and_one_that_is_not_by_its_own_reason(tmp_path: Path) -> None:
    path, told = in_place(tmp_path / "summary.xlsx", lambda beside: beside.write_text("whole"))
    assert (path.read_text(), told) == ("whole", 5)

    def full(_beside: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserProblem, match="No space left"):
        in_place(path, full)
    assert path.read_text() == "whole"


def test_a_backup_that_fails_is_told_by_its_own_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing_is_removed: None
) -> None:
    prepare(tmp_path)
    (held,) = backups_of(tmp_path / NAME)
    held.path.rename(held.path.with_name("elsewhere"))
    monkeypatch.setattr("db.backup.check_copy", lambda _path: ["a page is damaged"])
    with open_store(tmp_path / NAME) as store, pytest.raises(UserProblem, match="a page is damaged"):
        make_backup(store, reason="by hand")
