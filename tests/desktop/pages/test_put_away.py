"""What is not seen costs nothing: pages put away, forms not opened, cards not shown; and it is true once it is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from db.operations.roles import add_role, change_role
from desktop.jobs import InlineJobs, Job
from desktop.pages.ahead import Ahead, wanted
from desktop.pages.fitting import FittingTable, LineCard
from desktop.pages.library.page import LibraryPage
from desktop.pages.overview.view import MeasureLine
from desktop.pages.report.page import ReportTab
from desktop.pages.role.page import AHEAD_MS, RolePage
from desktop.session import Session
from desktop.states import ColumnSpec, TableState, as_rows
from desktop.widgets.inputs import Field

RESULTS, LIBRARY, REPORT = "Work out the results", "Read the library", "Lay out the report"


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kind of work was begun."""
    counted: Counter[str] = Counter()
    run = Job.run

    def counting(job: Job) -> None:
        counted[job.label] += 1
        run(job)

    monkeypatch.setattr(Job, "run", counting)
    return counted


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[QStackedWidget]:
    """Pages one before the other, an empty one in front."""
    made = QStackedWidget()
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.addWidget(QWidget())
    made.show()
    yield made
    made.close()


def test_results_of_a_role_that_is_put_away_are_worked_out_once_for_many_changes(
    session: Session, stack: QStackedWidget, asked: Counter[str]
) -> None:
    page = RolePage(session)
    stack.addWidget(page)
    page.open_with(1)
    stack.setCurrentWidget(page)
    page.entered()
    assert asked[RESULTS] == 1
    stack.setCurrentIndex(0)
    for name in ("One", "Two", "Three"):
        session.change(change_role, role_id=1, name=name)
    assert asked[RESULTS] == 1
    (ahead,) = (timer for timer in page.findChildren(QTimer) if timer.interval() == AHEAD_MS)
    assert ahead.isActive()
    ahead.timeout.emit()
    assert asked[RESULTS] == 2
    stack.setCurrentWidget(page)
    page.entered()
    assert (asked[RESULTS], page.header().title) == (2, "Three")


def test_a_step_taken_back_behind_a_role_is_seen_when_it_is_entered(session: Session, stack: QStackedWidget) -> None:
    page = RolePage(session)
    stack.addWidget(page)
    page.open_with(1)
    stack.setCurrentWidget(page)
    page.entered()
    before = page.header().title
    session.change(change_role, role_id=1, name="Another name")
    assert page.header().title == "Another name"
    stack.setCurrentIndex(0)
    session.undo()
    stack.setCurrentWidget(page)
    page.entered()
    assert page.header().title == before


def test_a_role_that_is_opened_is_shown_once(
    session: Session, stack: QStackedWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = RolePage(session)
    stack.addWidget(page)
    page.open_with((1, "Overview"))
    stack.setCurrentWidget(page)
    page.entered()
    tab = page.stack.currentWidget()
    shown: list[object] = []
    monkeypatch.setattr(tab, "show_answer", shown.append)
    for role_id in (2, 2, 1):
        page.open_with(role_id)
        page.entered()
    assert len(shown) == 3


def test_the_library_is_read_when_it_is_entered_and_shown_anew_only_where_it_differs(
    session: Session, stack: QStackedWidget, asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = LibraryPage(session)
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    page.entered()
    stack.setCurrentIndex(0)
    asked.clear()
    shown: list[object] = []
    show = page.view.show_shelves

    def noted(*given: Any, **named: Any) -> None:  # noqa: ANN401 - as the view takes it
        shown.append(given)
        show(*given, **named)

    monkeypatch.setattr(page.view, "show_shelves", noted)
    page.entered()
    assert (asked[LIBRARY], len(shown)) == (1, 0)
    session.change(add_role, name="Newcomer")
    session.choose_role(2)
    assert asked[LIBRARY] == 1
    stack.setCurrentWidget(page)
    page.entered()
    assert (asked[LIBRARY], len(shown)) == (2, 1)


def test_a_report_is_laid_out_again_only_after_a_change(session: Session, qtbot: QtBot, asked: Counter[str]) -> None:
    tab = ReportTab(session)
    qtbot.addWidget(tab)
    for _ in range(3):
        session.answer(1, tab.show_answer)
    assert asked[REPORT] == 1
    session.change(change_role, role_id=2, name="Another name")
    session.answer(1, tab.show_answer)
    assert asked[REPORT] == 2
    tab.periods.activated.emit(0)
    assert asked[REPORT] == 2
    tab.periods.setCurrentIndex(1)
    tab.periods.activated.emit(1)
    assert asked[REPORT] == 3


def test_no_page_is_drawn_for_a_report_that_nobody_sees(session: Session, qtbot: QtBot) -> None:
    tab = ReportTab(session)
    qtbot.addWidget(tab)
    session.answer(1, tab.show_answer)
    sheets = [one.objectName() for one in tab.preview.findChildren(QWidget)]
    assert "paper" not in sheets
    tab.show()
    assert "paper" in [one.objectName() for one in tab.preview.findChildren(QWidget)]


def test_the_fields_of_a_form_are_made_when_it_is_opened(session: Session, qtbot: QtBot) -> None:
    page = LibraryPage(session)
    qtbot.addWidget(page)
    form = page.view.measure_form
    assert form.findChildren(Field) == []
    page.view.open_measure("Change it", {})
    assert form.findChildren(Field)


def test_cards_in_place_of_a_table_are_there_only_while_they_are_seen(qtbot: QtBot) -> None:
    rows = as_rows([("Something that takes some room", "and more"), ("Another", "one")])
    table = FittingTable("Things", TableState((ColumnSpec("What"), ColumnSpec("Why")), rows))
    qtbot.addWidget(table)
    assert table.findChildren(LineCard) == []
    table.resize(60, 200)
    table.show()
    assert len(table.findChildren(LineCard)) == 2
    table.resize(900, 200)
    assert not any(card.isVisible() for card in table.findChildren(LineCard))
    table.resize(60, 200)
    assert sum(card.isVisible() for card in table.findChildren(LineCard)) == 2


def test_measures_that_stand_in_a_table_are_not_put_in_words(session: Session, stack: QStackedWidget) -> None:
    page = RolePage(session)
    stack.addWidget(page)
    page.open_with((1, "Overview"))
    stack.setCurrentWidget(page)
    page.entered()
    assert page.findChildren(MeasureLine) == []


def test_what_pages_are_made_of_is_imported_while_nothing_else_is_under_way(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[str] = []
    jobs, owner = InlineJobs(), QObject()
    monkeypatch.setattr("desktop.pages.ahead.wanted", lambda: iter(("one", "two")))
    monkeypatch.setattr("desktop.pages.ahead.import_module", imported.append)
    ahead = Ahead(jobs, owner)
    ahead.start()
    jobs.read(lambda _progress: ahead.go_on(), lambda _nothing: None)
    assert (imported, ahead.is_done) == ([], False)
    ahead.go_on()
    ahead.go_on()
    assert (imported, ahead.is_done) == (["one", "two"], True)


def test_every_page_and_tab_is_among_what_is_imported_ahead() -> None:
    from desktop.pages.role.page import TABS
    from desktop.pages.table import PAGES

    names = set(wanted())
    assert {module for module, _ in (*TABS.values(), *PAGES.values())} <= names
    assert not any(name.startswith("desktop.cli") for name in names)
