from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.first_run import page as first_run
from desktop.pages.first_run.page import FirstRun, free_path
from desktop.pages.importing.asked import CHOOSE
from desktop.pages.portfolio.page import PortfolioPage
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's own folder, for this test only."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(first_run, "data_folder", lambda: own)
    monkeypatch.setattr(first_run, "sample_path", lambda: own / "SAMPLE Northvale.roleworth")
    return own


@pytest.fixture
def page(house: Look, closed_session: Session, qtbot: QtBot, folder: Path) -> PortfolioPage:
    made = PortfolioPage(closed_session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    settle()
    return made


def test_without_a_file_the_three_doors_are_shown(page: PortfolioPage) -> None:
    assert page.stack.currentWidget() is page.first_run
    assert not page.add_role.isVisible()
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_the_sample_opens_in_a_file_of_its_own_and_opens_again(page: PortfolioPage, folder: Path) -> None:
    page.first_run.doors["sample"].button.click()
    assert (folder / "SAMPLE Northvale.roleworth").exists()
    assert page.stack.currentWidget() is page.view
    page.first_run.doors["sample"].button.click()
    assert len(page.view.table.shown.rows) == 4


@pytest.mark.parametrize(("door", "target"), [("set up", ("Set up", None)), ("spreadsheet", ("Import", CHOOSE))])
def test_a_door_makes_a_file_and_leads_on(
    page: PortfolioPage, folder: Path, qtbot: QtBot, door: str, target: tuple[str, object]
) -> None:
    with qtbot.waitSignal(page.go) as told:
        page.first_run.doors[door].button.click()
    assert told.args == [*target]
    assert (folder / "My roles.roleworth").exists()


def test_the_first_file_never_takes_the_name_of_another(folder: Path) -> None:
    free_path(folder).touch()
    assert free_path(folder).name == "My roles 2.roleworth"


def test_an_existing_file_opens_and_giving_up_changes_nothing(
    house: Look, closed_session: Session, qtbot: QtBot, sample_file: Path
) -> None:
    chosen: list[Path | None] = [None, sample_file]
    doors = FirstRun(closed_session, lambda _parent: chosen.pop(0))
    qtbot.addWidget(doors)
    doors.existing.click()
    assert closed_session.store is None
    doors.existing.click()
    assert len(closed_session.facts.roles) == 4


def test_at_200_percent_the_doors_stand_one_under_the_other(page: PortfolioPage, house: Look) -> None:
    house.set_scale(2.0)
    page.resize(1226, 570)
    settle()
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])
