from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.main import COMMANDS, main, parser_for
from desktop.sample import write_sample_to

SHEET = "Month,Home visits,Falls\n" + "".join(
    f"{month}/{year},{20 + month},{month}\n" for year in (2023, 2024) for month in range(1, 13)
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "northvale.roleworth"
    write_sample_to(path)
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "activity.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_one_real_example(name: str) -> None:
    assert f"roleworth {name}" in (parser_for(name).epilog or "")


def test_verify_reproduces_the_cases_that_ship(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "verify", "--method", "xmr", "--json")
    held = json.loads(out)
    assert status == 0
    assert (held["failed"], {case["method"] for case in held["results"]}) == (0, {"xmr"})


def test_verify_fails_a_wrong_case_and_an_unknown_method(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = {
        "id": "wrong",
        "method": "break_even",
        "inputs": {"cost": 10, "unit_cost": 5},
        "tolerance": {"abs": 0, "rel": 0},
    }
    cases = [{**case, "expected": {"volume": 3}}, {**case, "id": "none", "method": "magic", "expected": {"volume": 2}}]
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"schema": "roleworth-cases/1", "cases": cases}), encoding="utf-8")
    status, out, _ = run(capsys, "verify", str(path))
    assert status == 1
    assert "FAIL  wrong" in out
    assert "unknown method: magic" in out


def test_analyse_says_what_the_screens_say(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    status, out, _ = run(capsys, "analyse", str(sample), "--role", "Care navigator", "--json")
    role = json.loads(out)["roles"][0]
    leading = role["measures"][0]
    assert status == 0
    assert leading["finding"].startswith("A&E attendances fell by about")
    assert "95\u00a0% interval" in leading["finding"]
    assert leading["results"]["before_after"]["n_after"] == 11
    assert role["economics"]["not_known"] == ["Room at the practice"]


def test_a_spreadsheet_comes_in_once_and_can_be_taken_back(
    capsys: pytest.CaptureFixture[str], sheet: Path, tmp_path: Path
) -> None:
    target = tmp_path / "elm.roleworth"
    into = ("import", str(sheet), "--into", str(target), "--role", "Visitor", "--launch", "2024-01-01", "--json")
    _, out, _ = run(capsys, *into)
    assert json.loads(out)["added"] == 48
    _, out, _ = run(capsys, *into)
    again = json.loads(out)
    assert (again["import"], again["added"], again["unchanged"]) == (None, 0, 48)
    status, out, _ = run(capsys, "analyse", str(target))
    assert status == 0
    assert "home visits" in out
    assert "activity.csv: 48 added, 0 replaced\n1 import in elm" in run(capsys, "undo-import", str(target))[1]
    status, out, _ = run(capsys, "undo-import", str(target), "1")
    assert (status, out) == (0, "Taken back: Import activity.csv\n")
    assert "48 added, 0 replaced, taken back" in run(capsys, "undo-import", str(target))[1]
    _, _, err = run(capsys, "analyse", str(target), "--role", "Astronaut")
    assert err == "There is no role called Astronaut. Roles in this file: Visitor.\n"
    status, _, err = run(capsys, "undo-import", str(target), "1")
    assert status == 1
    assert "taken back already" in err
    status, out, _ = run(capsys, "check", str(target))
    assert status == 0
    assert "is sound: 0 values" in out


def test_doubtful_cells_need_a_person_and_leave_no_file_behind(
    capsys: pytest.CaptureFixture[str], sheet: Path, tmp_path: Path
) -> None:
    sheet.write_text(SHEET.replace("3/2024,23", "3/2024,12-"), encoding="utf-8")
    target = tmp_path / "elm.roleworth"
    status, _, err = run(capsys, "import", str(sheet), "--into", str(target), "--role", "Visitor")
    assert status == 1
    assert "12-" in err
    assert "activity.csv needs a person: 1 cell. Nothing has been saved." in err
    assert not target.exists()
    status, out, _ = run(capsys, "import", str(sheet), "--into", str(target), "--role", "Visitor", "--accept-checks")
    assert status == 0
    assert "47 added" in out


def test_a_sheet_of_people_is_refused_and_nothing_is_stored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    people = tmp_path / "clients.csv"
    rows = "".join(f"{surname},0{i}/02/1941,999 000 000{i}\n" for i, surname in enumerate(("Ash", "Birch", "Elm"), 1))
    people.write_text("Surname,Date of birth,NHS number\n" + rows, encoding="utf-8")
    target = tmp_path / "elm.roleworth"
    status, out, err = run(capsys, "import", str(people), "--into", str(target), "--role", "Visitor")
    assert status == 1
    assert "Birch" not in out + err
    assert not target.exists()


def test_backup_and_restore_stand_beside(capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path) -> None:
    assert run(capsys, "backup", str(sample), "--to", str(tmp_path / "copies"))[0] == 0
    made = next((tmp_path / "copies").glob("*.backup"))
    status, out, _ = run(capsys, "restore", str(made), "--to", str(tmp_path / "again.roleworth"))
    assert status == 0
    assert "steps of history" in out
    status, _, err = run(capsys, "restore", str(made), "--to", str(tmp_path / "again.roleworth"))
    assert status == 1
    assert "never restored over" in err


def test_wrong_usage_ends_with_two_and_a_problem_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["analyse"])
    assert caught.value.code == 2
    assert run(capsys, "--no-such-option")[0] == 2
    status, _, err = run(capsys, "analyse", "nowhere.roleworth")
    assert status == 1
    assert "There is no file nowhere.roleworth." in err


def test_no_command_but_those_that_open_a_window_loads_qt() -> None:
    script = (
        "import sys, desktop.cli.main as m\n"
        "for name in m.COMMANDS: m.parser_for(name)\n"
        "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'pyqtgraph'))))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_record_says_what_is_recorded_and_what_is_missing(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    status, out, _ = run(capsys, "record", str(sample), "--role", "Care navigator")
    assert status == 0
    assert "26 of the 30 facts a commissioner\u2019s summary needs are recorded" in out
    assert "▲ 34. Author, approver, version, date of the data. Missing: approver." in out
    assert "    Employer: Northvale Community Trust" in out
    status, out, _ = run(capsys, "record", str(sample), "--role", "Case manager", "--json")
    (role,) = json.loads(out)["roles"]
    assert (role["profile"]["head_count"], role["staffing"], role["notes"]) == (2, [], [])
    assert [item["number"] for item in role["completeness"]["items"]] == list(range(1, 37))


def test_record_of_a_role_that_is_not_there_is_a_plain_sentence(
    capsys: pytest.CaptureFixture[str], sample: Path
) -> None:
    status, out, err = run(capsys, "record", str(sample), "--role", "Nobody")
    assert (status, out) == (1, "")
    assert err.startswith("There is no role called Nobody.")


def test_a_pack_goes_out_comes_in_elsewhere_and_stands_beside_ones_own(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "pack", str(sample), "--to", str(tmp_path / "oak.json"), "--role", "Care navigator")
    assert (status, out.startswith("oak.json is written: 1 role with")) == (0, True)
    other = tmp_path / "other.roleworth"
    write_sample_to(other)
    assert run(capsys, "add-pack", str(tmp_path / "oak.json"), "--into", str(other))[0] == 0
    status, _, said = run(capsys, "add-pack", str(tmp_path / "oak.json"), "--into", str(other))
    assert (status, "is here already" in said) == (1, True)
    status, out, _ = run(capsys, "places", str(other), "--json")
    measures = json.loads(out)["measures"]
    attended = next(one for one in measures if one["measure"] == "A&E attendances, aged 75+")
    assert attended["left_out"][0]["why"] == "a later result of the same place is held"


def test_a_fault_of_the_program_is_told_by_kind_and_place_without_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    main(["--help"])
    try:
        int("Mary Quigley")
    except ValueError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    told = capsys.readouterr().err
    assert "went wrong" in told
    assert "ValueError" in told
    assert "Quigley" not in told
