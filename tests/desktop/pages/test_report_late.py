"""A report that is laid out late: nothing is made or shown under choices that no longer stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.queries.exports import past_exports
from desktop.pages.report.page import ReportTab
from desktop.pages.report.state import SPOKEN
from desktop.sample import write_sample_to
from desktop.session import Session
from tests.desktop.held_jobs import LateReads


@pytest.fixture
def tab(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportTab]:
    monkeypatch.setattr("desktop.safety.data_folder", lambda: tmp_path)
    write_sample_to(tmp_path / "mine.roleworth")
    session = Session(LateReads())
    session.open(tmp_path / "mine.roleworth")
    made = ReportTab(session)
    qtbot.addWidget(made)
    session.answer(session.facts.roles[0].id, made.show_answer)
    yield made
    session.close()


def choose_policy(tab: ReportTab, key: str) -> None:
    at = list(SPOKEN).index(key)
    tab.policy.setCurrentIndex(at)
    tab.policy.activated.emit(at)


def policies(tab: ReportTab) -> list[str]:
    return [held.policy for held in past_exports(tab.session.need_store())]


def test_a_page_asked_for_while_it_is_laid_out_anew_is_made_as_was_chosen_last(tab: ReportTab, tmp_path: Path) -> None:
    jobs = tab.session.jobs
    assert isinstance(jobs, LateReads)
    before = policies(tab)
    jobs.late = []
    choose_policy(tab, "under5")
    tab.make.write_pdf(tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()
    jobs.catch_up()
    assert (tmp_path / "page.pdf").exists()
    assert policies(tab) == ["under5", *before]


def test_a_layout_that_comes_after_a_later_one_is_not_shown(tab: ReportTab) -> None:
    jobs = tab.session.jobs
    assert isinstance(jobs, LateReads)
    jobs.late = []
    choose_policy(tab, "under5")
    choose_policy(tab, "hes")
    jobs.catch_up(last_first=True)
    assert tab._state is not None
    assert tab._state.report is not None
    assert tab._state.report.policy.key == "hes"
