"""The commands that look after a file: check and save, list and preview, remove for good."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db.backup import make_backup
from db.operations.roles import add_note
from db.store import open_store
from desktop.cli.main import main
from desktop.sample import write_sample_to


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with a note that names a person, and a backup."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr("desktop.safety.data_folder", lambda: own)
    path = tmp_path / "elm.roleworth"
    write_sample_to(path)
    with open_store(path) as store:
        add_note(store, role_id=1, noted_on=date(2024, 5, 1), text="Annabel Brown came late")
        make_backup(store, reason="at open")
    return path


def test_a_damaged_file_is_told_row_by_row_and_saved_into_a_new_one(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE observation SET value = 1 WHERE id = 5")
        connection.commit()
    saved = tmp_path / "saved.roleworth"
    assert main(["check", str(file), "--save-to", str(saved), "--set-aside"]) == 1
    said = capsys.readouterr().out
    assert "observation, row 5: is not as it was written" in said
    assert "proved by its checksum" in said
    assert "1 row put right" in said
    assert "elm damaged.roleworth" in said
    assert not file.exists()
    assert main(["check", str(saved), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True


def test_a_file_of_which_nothing_is_left_is_told_with_its_newest_backup(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_bytes(b"")
    assert main(["check", str(file)]) == 1
    said = capsys.readouterr().err
    assert "elm.roleworth is empty." in said
    assert 'The newest backup is number 1: roleworth restore "' in said
    assert file.read_bytes() == b""


def test_backups_are_listed_and_looked_into_without_a_trace(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    before = sorted(file.parent.rglob("*"))
    assert main(["backup", str(file), "--list"]) == 0
    assert "at open" in capsys.readouterr().out
    [backup] = file.parent.rglob("*.backup")
    assert main(["restore", str(backup), "--preview"]) == 0
    said = capsys.readouterr().out
    assert "Care navigator" in said
    assert "234 values" in said
    assert sorted(file.parent.rglob("*")) == before


def test_a_text_is_listed_first_and_removed_only_for_good(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["redact", str(file), "annabel brown"]) == 0
    said = capsys.readouterr().out
    assert "note, row" in said
    assert "Nothing was changed" in said
    assert b"Annabel" in file.read_bytes()
    assert main(["redact", str(file), "annabel brown", "--for-good"]) == 0
    said = capsys.readouterr().out
    assert "elm-000001.backup" in said
    assert b"Annabel" not in file.read_bytes()
    assert main(["check", str(file)]) == 0
    assert main(["redact", str(file), "annabel brown"]) == 1


def test_a_file_that_is_open_elsewhere_is_not_imported_into(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    with open_store(file):
        assert main(["redact", str(file), "annabel brown", "--for-good"]) == 1
    assert "has it open" in capsys.readouterr().err
    assert b"Annabel" in file.read_bytes()
