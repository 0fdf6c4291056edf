from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import resources
from db.sample import write_sample
from desktop.cli.main import main


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "northvale.roleworth"
    names = ("sample_northvale", "measure_library", "role_catalogue")
    write_sample(path, *(resources.load(name) for name in names)).close()
    return path


def test_export_writes_the_workbook_and_says_what_is_hidden(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "summary.xlsx"
    assert main(["export", str(sample), "--to", str(target), "--role", "Care navigator"]) == 0
    out = capsys.readouterr().out
    assert "summary.xlsx is written: 1 role." in out
    assert "hidden (hide 1 to 7, round the rest to 5)" in out
    assert "32 checks passed." in out
    assert target.stat().st_size > 10_000


def test_longer_periods_can_be_asked_for_and_it_is_said_where_none_is_whole(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", str(sample), "--to", str(tmp_path / "longer.xlsx"), "--by"]
    assert main([*command, "year", "--role", "Link worker"]) == 0
    assert "No measure has a whole year to add up" in capsys.readouterr().out
    assert main([*command, "quarter", "--role", "Care navigator"]) == 0
    assert "No measure" not in capsys.readouterr().out
    assert main(["exports", str(sample), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["exports"][0]["grain"] == "quarter"


def test_charts_keep_the_dots_of_the_name_they_are_written_beside(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "Elm 2.1"
    assert main(["export", str(sample), "--to", str(target), "--role", "Care navigator", "--charts"]) == 0
    assert target.exists()
    assert (tmp_path / "Elm 2.1-chart-1.svg").exists()


def test_showing_every_number_needs_a_reason(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "summary.xlsx"
    assert main(["export", str(sample), "--to", str(target), "--small-numbers", "none"]) == 1
    assert "needs a reason" in capsys.readouterr().err
    assert not target.exists()
    one = ["--role", "Link worker", "--small-numbers", "none", "--reason", "own use"]
    assert main(["export", str(sample), "--to", str(target), *one]) == 0
    assert "Reason: own use." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["export", "template"])
def test_a_workbook_is_written_under_no_other_ending(
    command: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "s.pdf ends like another kind of file than a workbook. Nothing was written. Let it end in .xlsx.\n"
    assert main([command, str(sample), "--role", "Link worker", "--to", str(tmp_path / "s.pdf")]) == 1
    assert capsys.readouterr().err == told
    assert list(tmp_path.glob("s.*")) == []


def test_a_role_that_is_not_there_is_told(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(sample), "--to", str(tmp_path / "s.xlsx"), "--role", "Astronaut"]) == 1
    assert "There is no role called Astronaut." in capsys.readouterr().err


def test_a_policy_nobody_knows_is_wrong_usage(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", str(sample), "--to", str(tmp_path / "s.xlsx"), "--small-numbers", "soft"])
    assert left.value.code == 2
    assert "soft" in capsys.readouterr().err


def test_what_has_left_is_listed_with_for_whom_and_its_hash(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "board.xlsx"
    assert main(["export", str(sample), "--to", str(target), "--for", "board"]) == 0
    assert main(["pack", str(sample), "--to", str(tmp_path / "pack.json")]) == 0
    capsys.readouterr()
    assert main(["exports", str(sample), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)["exports"]
    assert [one["kind"] for one in held[:2]] == ["evidence pack", "workbook"]
    assert (held[1]["audience"], held[1]["edition"]) == ("Board", "portfolio")
    assert held[1]["file_sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert main(["exports", str(sample)]) == 0
    assert "board.xlsx" in capsys.readouterr().out


def test_an_export_of_a_file_that_cannot_be_written_is_made_and_says_it_is_not_listed(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.store._why_not_writable", lambda _path: "the file is marked read-only")
    target = tmp_path / "s.xlsx"
    assert main(["export", str(sample), "--to", str(target), "--role", "Link worker"]) == 0
    assert "not in the list of exports" in capsys.readouterr().out
    assert target.exists()
