"""What each audience and edition is given is declared in one table, and the workbook keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from analysis.problems import UserProblem
from db.answers import FileAnswer
from exporters.choices import Choices
from exporters.declared import Formula, Sheet
from exporters.editions import audiences, held_sheets, stem_of
from exporters.report import report_of
from exporters.sheets import all_sheets
from exporters.workbook import write_workbook
from tests.exporters.test_recalculation import recalculated, values

AUDIENCES = ("commissioner", "board", "team")


def made(sample: FileAnswer, audience: str, *, roles: tuple[int, ...] = (), policy: str = "hes") -> list[Sheet]:
    return all_sheets(report_of(sample, Choices(audience=audience, roles=roles, policy=policy, reason="a test")))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("roles", [(), (1,)], ids=["portfolio", "role"])
def test_a_workbook_holds_the_sheets_declared_for_it_and_no_other(
    sample: FileAnswer, audience: str, roles: tuple[int, ...]
) -> None:
    stems = {stem_of(sheet.name) for sheet in made(sample, audience, roles=roles)}
    assert stems <= held_sheets(audience, "role" if roles else "portfolio")
    assert {"Cover", "Contents", "Summary", "Effects", "Answers", "Provenance", "Checks"} <= stems


def test_every_declared_sheet_names_known_audiences_and_editions() -> None:
    table = resources.load("editions")
    keys, editions = set(audiences()), {one["key"] for one in table["editions"]}
    assert all(set(row["audiences"]) <= keys and row["audiences"] for row in table["sheets"])
    assert all(set(row["editions"]) <= editions and row["editions"] for row in table["sheets"])
    names = [row["sheet"] for row in table["sheets"]]
    assert len(names) == len(set(names))


def test_the_team_is_given_its_tasks_and_the_board_no_tables_by_line(sample: FileAnswer) -> None:
    stems = {name: {stem_of(sheet.name) for sheet in made(sample, name)} for name in AUDIENCES}
    assert "Tasks" in stems["team"]
    assert "Tasks" not in stems["commissioner"]
    assert not {"Measures", "Plan_costs", "Benefits", "Voices"} & stems["board"]
    assert len(stems["board"]) < len(stems["commissioner"]) < len(stems["team"])


def test_no_formula_of_a_board_workbook_points_at_a_sheet_it_does_not_hold(sample: FileAnswer, tmp_path: Path) -> None:
    choices = Choices(audience="Board", policy="none", reason="a test of formulas")
    path = write_workbook(sample, choices, tmp_path / "board.xlsx").path
    stored, found = values(path), values(recalculated(path, tmp_path))
    assert all(
        value is True
        for (sheet, cell), value in found.items()
        if sheet == "Checks" and cell.startswith("C") and isinstance(value, bool)
    )
    assert not [place for place, value in found.items() if isinstance(value, str) and value.startswith("#")]
    assert any(isinstance(cell, Formula) for sheet in made(sample, "board") for row in sheet.rows for cell in row)
    assert len(stored) >= len(found) > 0


def test_an_audience_that_is_not_declared_is_refused_and_the_others_named(sample: FileAnswer) -> None:
    with pytest.raises(UserProblem, match="audience called Press") as told:
        made(sample, "Press")
    assert "commissioner, board, team" in told.value.hint
