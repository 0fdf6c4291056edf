"""Whatever is written for others is in its place whole, or a problem in words says what is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from exporters.placing import in_place


def write(beside: Path) -> int:
    return beside.write_bytes(b"new")


def failing(number: int) -> object:
    """A call that the disk or the share refuses."""

    def call(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="cannot be written there: File name too long"):
        in_place(tmp_path / f"{'x' * 300}.xlsx", write)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_searched_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", failing(errno.EACCES))
    with pytest.raises(UserProblem, match=r"summary\.xlsx cannot be written there: Permission denied"):
        in_place(tmp_path / "summary.xlsx", write)


def test_a_share_that_keeps_no_rights_of_its_own_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "chmod", failing(errno.EPERM))
    path, _ = in_place(tmp_path / "summary.xlsx", write)
    assert path.read_bytes() == b"new"


def test_a_file_that_has_its_name_is_written_though_the_folder_cannot_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr("exporters.placing.sync_folder", failing(errno.EINVAL))
    path, _ = in_place(target, write)
    assert (path, target.read_bytes(), list(tmp_path.iterdir())) == (target, b"new", [target])


def test_an_older_file_is_as_it_was_where_the_new_one_cannot_be_made_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(UserProblem, match="could not be written: Input/output error"):
        in_place(target, write)
    assert (target.read_bytes(), list(tmp_path.iterdir())) == (b"old", [target])
