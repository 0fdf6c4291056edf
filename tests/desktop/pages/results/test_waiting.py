"""What pages say while results are worked out: never that there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.compare.page import ComparePage
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.rates import RATES
from desktop.pages.role.page import TABS, RolePage
from desktop.session import Session
from desktop.widgets import EmptyPage
from tools.state_pictures import HeldJobs


@pytest.fixture
def jobs() -> HeldJobs:
    return HeldJobs()


@pytest.fixture
def slow(jobs: HeldJobs, sample_file: Path, tmp_path: Path) -> Iterator[Session]:
    """A session over a copy of the sample that has nothing worked out yet."""
    session = Session(jobs)
    copy = tmp_path / "sample.roleworth"
    copy.write_bytes(sample_file.read_bytes())
    session.open(copy)
    jobs.held_back = True
    yield session
    jobs.let_go()
    session.close()


def test_a_role_is_named_while_its_results_are_worked_out(jobs: HeldJobs, slow: Session, qtbot: QtBot) -> None:
    page = RolePage(slow)
    qtbot.addWidget(page)
    page.open_with((1, "Readiness"))
    front = page.stack.currentWidget()
    assert isinstance(front, EmptyPage)
    assert (front.sentence.text(), front.button.isHidden()) == ("Working out the results…", True)
    held = page.header()
    assert (held.title, held.facts, held.tabs, held.tab) == ("Care navigator", ("Elm PCN",), tuple(TABS), "Readiness")
    jobs.let_go()
    assert not isinstance(page.stack.currentWidget(), EmptyPage)
    assert page.header().facts[1:] == ("launched 8 Apr 2024", "data to May 2025")


def test_roles_side_by_side_show_no_empty_table_while_they_are_worked_out(
    jobs: HeldJobs, slow: Session, qtbot: QtBot
) -> None:
    page = ComparePage(slow)
    qtbot.addWidget(page)
    page.open_with((2, 1))
    page.entered()
    assert page.header().facts == ("Link worker, Care navigator",)
    assert page.cannot.text() == "Working out the results…"
    assert page.beside.isHidden()
    assert not page.copy.isEnabled()
    jobs.let_go()
    assert not page.beside.isHidden()
    assert page.copy.isEnabled()


def test_a_shelf_asked_for_before_the_library_is_read_is_the_one_that_is_shown_then(
    jobs: HeldJobs, slow: Session, qtbot: QtBot
) -> None:
    page = LibraryPage(slow)
    qtbot.addWidget(page)
    page.open_with(RATES)
    page.view.search.input.setText("discount")
    assert page.view.count.text() == ""
    jobs.let_go()
    assert page.view.choice.current == RATES
    found = page.view.table.model().rowCount()
    page.view.search.input.clear()
    assert 0 < found < page.view.table.model().rowCount()
