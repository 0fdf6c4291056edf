from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from analysis.periods import month
from db.operations.cell_notes import write_cell_note
from db.operations.money import change_cost_line
from db.operations.observations import CellKey, set_aside
from db.operations.roles import change_role
from desktop.frame.window import MainWindow
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.impact.page import ImpactTab
from desktop.pages.overview.page import OverviewTab
from desktop.pages.report.page import ReportTab
from desktop.pages.role.details import DetailsPanel
from desktop.pages.role.page import RolePage
from desktop.pages.role.tab import RoleTab
from desktop.pages.table import page_table
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import settle

Open = Callable[[str], tuple[MainWindow, RoleTab]]


@pytest.fixture
def opened(house: Look, session: Session, qtbot: QtBot) -> Open:
    def make(tab: str) -> tuple[MainWindow, RoleTab]:
        window = MainWindow(page_table(lambda: session), session.jobs)
        qtbot.addWidget(window)
        window.resize(1920, 1000)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.show_page("Role", (1, tab))
        page = window.page
        assert isinstance(page, RolePage)
        shown = page.stack.currentWidget()
        assert isinstance(shown, RoleTab)
        window.book.run("details")
        settle()
        return window, shown

    return make


def panel_of(window: MainWindow) -> DetailsPanel:
    (panel,) = (one for one in window.details.findChildren(DetailsPanel) if one.isVisible())
    return panel


def test_a_field_of_the_overview_tells_who_changed_it_from_what_to_what(opened: Open, session: Session) -> None:
    window, tab = opened("Overview")
    assert isinstance(tab, OverviewTab)
    session.change(change_role, role_id=1, place="Elm East")
    tab.view.form.fields["place"].setFocus()
    settle()
    panel = panel_of(window)
    assert panel.title.text() == "Place"
    assert "Change place of Care navigator. Place: Elm PCN → Elm East" in panel.history.text()
    assert not panel.how.isVisible()


def test_what_was_undone_is_told_as_taken_back(opened: Open, session: Session) -> None:
    window, tab = opened("Overview")
    assert isinstance(tab, OverviewTab)
    session.change(change_role, role_id=1, place="Elm East")
    session.undo()
    tab.view.form.fields["place"].setFocus()
    settle()
    lines = panel_of(window).history.text().splitlines()
    assert lines[0].endswith("Undo Change place of Care navigator. Place: Elm East → Elm PCN")
    assert lines[1].endswith("Place: Elm PCN → Elm East (taken back since)")


def test_a_measure_of_the_overview_leads_to_how_it_is_made(opened: Open, session: Session, qtbot: QtBot) -> None:
    window, tab = opened("Overview")
    assert isinstance(tab, OverviewTab)
    table = tab.view.measures.table
    table.setFocus()
    table.selectRow(0)
    tab.focus_details.refresh()
    settle()
    panel = panel_of(window)
    assert panel.title.text() == table.shown.rows[0][0].text
    panel.how.click()
    settle()
    assert isinstance(window.page, RolePage)
    shown = window.page.stack.currentWidget()
    assert isinstance(shown, ImpactTab)
    assert shown.view is not None
    assert shown.view.stack.currentWidget() is shown.view.explanation


def test_the_impact_tab_tells_of_the_measure_and_then_of_the_point_stepped_to(opened: Open, session: Session) -> None:
    window, tab = opened("Impact")
    assert isinstance(tab, ImpactTab)
    assert tab.view is not None
    key = CellKey(1, 1, month(2023, 4))
    session.change(write_cell_note, key=key, text="Counted twice in the old system")
    session.change(set_aside, keys=[key], reason="counted twice")
    panel = panel_of(window)
    assert panel.title.text().startswith("A&E attendances")
    assert "Definition" in panel.facts.text()
    assert panel.notes.text() == "Apr 23: Counted twice in the old system"
    tab.view.chart.setFocus()
    press(tab.view.chart, Qt.Key.Key_Right)
    settle()
    assert panel.title.text().endswith("· Apr 23")
    assert "left out: set aside" in panel.facts.text()
    assert "Set aside: empty → counted twice" in panel.history.text()
    panel.how.click()
    assert tab.view.stack.currentWidget() is tab.view.explanation


def test_economics_tells_of_the_chosen_line_and_else_of_the_results(opened: Open, session: Session) -> None:
    window, tab = opened("Economics")
    assert isinstance(tab, EconomicsTab)
    panel = panel_of(window)
    assert panel.title.text() == "Was it worth its cost?"
    assert panel.how.isVisible()
    line = session.need_store()
    session.change(change_cost_line, line_id=1, amount_pence=4_100_000)
    tab.segments.choose("Costs")
    tab.costs.table.table.setFocus()
    tab.costs.table.table.selectRow(tab.costs.table.shown.keys.index("1"))
    settle()
    assert panel.title.text() == "Pay with on-costs"
    assert "→ £41,000" in panel.history.text()
    assert "Source" in panel.facts.text()
    assert line is session.store


def test_the_report_tells_of_its_policy_and_of_the_measure_whose_tick_has_the_focus(opened: Open) -> None:
    window, tab = opened("Report")
    assert isinstance(tab, ReportTab)
    panel = panel_of(window)
    assert panel.title.text() == "This report"
    assert "Small numbers: Counts of people from 1 to 7 are hidden" in panel.facts.text()
    tick = next(iter(tab._ticks))
    tick.setFocus()
    settle()
    assert panel.title.text() == tick.accessibleName()


@pytest.mark.parametrize("tab", ["Overview", "Impact", "Economics", "Report"])
def test_f4_closes_and_opens_the_details_and_a_closed_panel_reads_nothing(
    opened: Open, session: Session, tab: str
) -> None:
    window, shown = opened(tab)
    panel = panel_of(window)
    window.book.run("details")
    panel.title.setText("as it was")
    session.change(change_role, role_id=1, place="Elm East")
    settle()
    assert panel.title.text() == "as it was"
    window.book.run("details")
    assert panel.isVisible()
    assert shown.details() is panel
