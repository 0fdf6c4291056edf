from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from analysis.vocabulary import Arm
from db.queries.series import series, value_history
from db.store import open_store
from desktop.cli.main import main

PRACTICES = "Code,Practice,Falls\nA001,Ash Surgery,{0}\nB002,{1},{2}\nC003,Oak Surgery,9\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


def monthly(folder: Path, name: str, falls: int, practice: str = "Elm Surgery") -> str:
    path = folder / name
    path.write_text(PRACTICES.format(falls + 20, practice, falls), encoding="utf-8")
    return str(path)


def test_inspect_gives_every_question_an_id_and_says_where_the_period_came_from(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = run(capsys, "inspect", monthly(tmp_path, "falls-apr-2024.csv", 4), "--json")
    table = json.loads(out)["sheets"][0]["tables"][0]
    assert (status, table["layout"], table["period_from"]) == (0, "snapshot", "the name of the file")
    assert next((s["code"], s["points"][0]["period"]) for s in table["series"]) == ("A001", "2024-04")
    _, out, _ = run(capsys, "inspect", monthly(tmp_path, "falls.csv", 4), "--json")
    (question,) = json.loads(out)["questions"]
    assert (question["id"], question["free"]) == ("period of (csv) 1", "period")


def test_inspect_says_whose_values_a_file_holds_and_how_to_say_otherwise(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sheet = monthly(tmp_path, "falls-apr-2024.csv", 4)
    _, out, _ = run(capsys, "inspect", sheet, "--json")
    whose = json.loads(out)["whose"]
    assert whose["organisations"][0]["id"] == "A001"
    assert (whose["question"]["id"], len(whose["question"]["choices"])) == ("whose values", 3)
    _, out, _ = run(capsys, "inspect", sheet)
    assert f"whose: {whose['organisations'][0]['name']}" in out


def test_dates_in_two_orders_are_not_brought_in_before_a_person_says_how(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sheet, into = tmp_path / "falls.csv", tmp_path / "falls.roleworth"
    sheet.write_text("Date,Falls\n13/04/2023,10\n04/14/2023,20\n05/04/2023,30\n20/04/2023,90\n")
    for extra in ((), ("--accept-checks",)):
        status, _, err = run(capsys, "import", str(sheet), "--into", str(into), *extra)
        assert (status, into.exists()) == (1, False)
        assert "13/04/2023 in A2 can only be day first, 04/14/2023 in A3 only month first" in err
    key = "period 1 (csv) A2=Day first (3/4 is 3 April), and leave the others out"
    status, out, _ = run(capsys, "import", str(sheet), "--into", str(into), "--answer", key, "--accept-checks")
    assert status == 0
    assert "3 added" in out
    assert "left out: A3 has '04/14/2023'" in out


def test_files_of_one_month_each_come_in_together_with_one_mapping(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = [
        monthly(tmp_path, "falls-apr-2024.csv", 4),
        monthly(tmp_path, "falls-may-2024.csv", 5, "The Elm Surgery"),
        monthly(tmp_path, "falls-jun-2024.csv", 6),
    ]
    into = ("--into", str(tmp_path / "elm.roleworth"), "--role", "Navigator", "--json")
    status, out, err = run(capsys, "import", *files, *into)
    told = json.loads(out)
    assert (status, told["verdict"]) == (1, "ask")
    assert "Nothing has been saved" in err
    assert not (tmp_path / "elm.roleworth").exists()
    key = told["questions"][0]["id"]
    answer = ("--answer", f"{key}=B002")
    status, out, _ = run(capsys, "import", *files, *into, *answer)
    assert (status, [one["added"] for one in json.loads(out)["files"]]) == (0, [1, 1, 1])
    _, out, _ = run(capsys, "import", *files, *into, *answer)
    assert [(one["added"], one["unchanged"]) for one in json.loads(out)["files"]] == [(0, 1)] * 3


def test_an_answer_may_be_a_period_and_a_wrong_one_is_refused_with_the_choices(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = monthly(tmp_path, "falls.csv", 4)
    into = ("--into", str(tmp_path / "elm.roleworth"), "--role", "Navigator")
    key = "period of (csv) 1"
    status, _, err = run(capsys, "import", file, *into, "--answer", f"{key}=soon")
    assert status == 1
    assert "or a period such as 2024-04" in err
    answers = ("--answer", f"{key}=2024-04", "--answer", "organisation (csv) 0=C003")
    status, out, _ = run(capsys, "import", file, *into, *answers)
    assert status == 0
    assert "1 added" in out


def test_a_growing_file_brings_only_what_is_new(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    into = ("--into", str(tmp_path / "elm.roleworth"), "--role", "Navigator", "--json")
    file.write_text("Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n", encoding="utf-8")
    run(capsys, "import", str(file), *into)
    file.write_text("Month,Falls\nApr-23,4\nMay-23,5\nJun-23,7\nJul-23,8\n", encoding="utf-8")
    _, out, _ = run(capsys, "import", str(file), *into)
    told = json.loads(out)
    assert (told["added"], told["unchanged"], told["kept"], told["replaced"]) == (1, 2, 1, 0)


def test_changed_headings_are_named_against_the_recipe(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    into = ("--into", str(tmp_path / "elm.roleworth"), "--role", "Navigator", "--recipe", "Monthly")
    file.write_text("Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n", encoding="utf-8")
    run(capsys, "import", str(file), *into)
    file.write_text("Month,All falls\nJul-23,4\nAug-23,5\nSep-23,6\n", encoding="utf-8")
    status, _, err = run(capsys, "import", str(file), *into)
    assert status == 1
    assert "Renamed: Falls is now All falls" in err
    status, out, _ = run(capsys, "import", str(file), *into, "--answer", "renamed Falls=Yes")
    assert (status, "3 added" in out) == (0, True)


def test_an_answer_says_that_the_values_are_those_of_a_comparator(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "oak.csv"
    file.write_text("Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n", encoding="utf-8")
    target = tmp_path / "elm.roleworth"
    into = ("--into", str(target), "--role", "Navigator")
    status, _, err = run(capsys, "import", str(file), *into, "--answer", "whose values=Oak")
    assert status == 1
    assert "Those of a comparator" in err
    status, out, _ = run(capsys, "import", str(file), *into, "--answer", "whose values=comparator")
    assert (status, "3 added" in out) == (0, True)
    store = open_store(target)
    own, beside = (series(store, 1, arm=arm) for arm in (Arm.ROLE, Arm.COMPARATOR))
    store.close()
    assert ([len(one) for one in own], [len(one) for one in beside]) == ([0], [3])


def test_a_revision_keeps_both_values_with_the_file_and_day_of_each(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "elm.roleworth"
    into = ("--into", str(target), "--role", "Navigator")
    for name, june in (("first.csv", 6), ("second.csv", 9)):
        (tmp_path / name).write_text(f"Month,Falls\nApr-23,4\nMay-23,5\nJun-23,{june}\n", encoding="utf-8")
        status, _, _ = run(capsys, "import", str(tmp_path / name), *into, "--existing", "replace")
        assert status == 0
    store = open_store(target)
    (falls,) = series(store, 1)
    told = value_history(store, 1, falls.measure.id, month(2023, 6))
    store.close()
    assert list(falls.values) == [4, 5, 9]
    newest, oldest = " ".join(told[:-1]), told[-1]
    assert ("second.csv" in newest, "first.csv" in oldest) == (True, True), told
    assert "6" in newest, told
    assert all(re.search(r"\d{4}", line) for line in (newest, oldest)), told


def test_nothing_stays_of_a_new_file_that_an_import_did_not_fill(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserProblem("There is no room left.", "Make room.")

    sheet, into = tmp_path / "falls.csv", tmp_path / "falls.roleworth"
    sheet.write_text("Month,Falls\n2024-04,10\n2024-05,20\n2024-06,30\n")
    with monkeypatch.context() as patched:
        patched.setattr("desktop.cli.bringing.bring_in_collected", full)
        status, _, err = run(capsys, "import", str(sheet), "--into", str(into), "--accept-checks")
    assert (status, "no room left" in err) == (1, True)
    assert list(tmp_path.iterdir()) == [sheet]
    assert run(capsys, "import", str(sheet), "--into", str(into), "--accept-checks")[0] == 0
    assert into.exists()
