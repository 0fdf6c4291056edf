from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from analysis.finding_shapes import RoleFinding
from db.answers import RoleAnswer
from db.queries.exports import past_exports
from desktop.pages.compare.page import ComparePage
from desktop.pages.compare.sides import FEW, Side, measure_key, side_of
from desktop.pages.compare.state import NO_RANKING, NOT_HERE, CompareState, compare_state
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

NAVIGATOR, LINK = "Care navigator, Elm PCN", "Link worker, Oak PCN"


@pytest.fixture
def sides(answers: dict[str, RoleAnswer]) -> list[Side]:
    return [side_of(answers[name], ()) for name in ("Care navigator", "Link worker")]


def row(state: CompareState, caption: str) -> list[str]:
    return next([cell.words for cell in cells[1:]] for cells in state.table.rows if cells[0].text == caption)


def test_each_primary_measure_is_a_row_with_interval_and_evidence_in_the_cell(sides: list[Side]) -> None:
    said, missing = row(compare_state(sides), "A&E attendances, aged 75+")
    assert "95\u00a0% interval −30 to −6 a month (−14\u00a0% to −3\u00a0%)" in said
    assert "Improvement; Evidence level\u00a02 of 5" in said
    assert missing == NOT_HERE


def test_profile_dose_setting_factors_and_worth_stand_side_by_side(sides: list[Side]) -> None:
    state = compare_state(sides)
    captions = [cells[0].text for cells in state.table.rows]
    assert captions[:7] == [
        "What it does",
        "For whom",
        "Launched",
        "Dose",
        "Setting",
        "Programme",
        "Factors at launch",
    ]
    assert captions[-2:] == ["Worth it?", "Costs not known"]
    assert row(state, "Launched") == ["8 Apr 2024, running", "2 Sep 2024, running"]
    assert row(state, "Worth it?")[0] == sides[0].economics.worth_it


def test_roles_stand_as_they_were_handed_over_and_never_by_estimate(sides: list[Side]) -> None:
    assert compare_state(sides).names == (NAVIGATOR, LINK)
    assert compare_state(sides[::-1]).names == (LINK, NAVIGATOR)


def test_what_cannot_be_compared_is_said_with_its_reason(sides: list[Side]) -> None:
    cannot = compare_state(sides).cannot
    assert f"A&E attendances: not recorded for {LINK}." in cannot
    assert "GP contacts: the evidence levels differ, so the estimates do not bear the same weight." in cannot
    assert f"Value for money: worked out for {NAVIGATOR}, not yet for {LINK}." in cannot


def test_a_measure_counted_by_another_definition_is_named_as_unlike(sides: list[Side]) -> None:
    first = sides[0]
    other = replace(first, label="Another, Ash PCN", finding=replaced(first, definition="Counted in another way"))
    cannot = compare_state([first, other]).cannot
    said = f"A&E attendances: in Another, Ash PCN it is counted by another definition, compared with {NAVIGATOR}."
    assert said in cannot
    same = compare_state([first, replace(first, label="Another, Ash PCN")]).cannot
    assert not [line for line in same if "definition" in line]


def replaced(side: Side, definition: str) -> RoleFinding:
    found = side.primary[0]
    measure = replace(found.measure, definition=definition)
    kept = [one for one in side.finding.measures if measure_key(one) != measure_key(found)]
    return replace(side.finding, measures=(replace(found, measure=measure), *kept))


@pytest.fixture
def page(house: Look, session: Session, qtbot: QtBot) -> ComparePage:
    made = ComparePage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.open_with((1, 3, 2))
    made.show()
    made.entered()
    settle()
    return made


def test_the_page_shows_the_roles_and_nothing_is_cut(page: ComparePage) -> None:
    assert page.header().facts == ("Care navigator, Case manager, Link worker",)
    assert not page.table.shows_cards
    table = page.table.table
    assert table.height() >= table.verticalHeader().length()
    assert table.verticalHeader().length() > 300
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_at_200_percent_the_rows_are_cards(page: ComparePage, house: Look) -> None:
    house.set_scale(2.0)
    page.resize(1226, 570)
    settle()
    assert page.table.shows_cards
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_a_copy_is_protected_said_to_be_and_kept_in_the_list_of_exports(page: ComparePage, session: Session) -> None:
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert NO_RANKING in text
    assert FEW in text
    assert "WTE planned" not in text
    assert page.said.text().startswith("Copied. Hide 1 to 7")
    assert past_exports(session.need_store())[0].kind == "clipboard"


def test_a_copied_row_is_the_protected_row_of_the_same_name(page: ComparePage) -> None:
    at = page.table.shown.keys.index("Dose")
    rows = page.table.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    rows.select(page.table.table.model().index(at, 0), flags)  # whatever keys another test held down last
    press(page.table.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert [line.split("\t")[0] for line in text.splitlines()][1:] == ["Dose"]
    assert FEW in text


def test_without_marked_roles_the_page_leads_to_the_portfolio(house: Look, session: Session, qtbot: QtBot) -> None:
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.entered()
    assert page.stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.go) as told:
        page.empty.button.click()
    assert told.args == ["Portfolio", None]


def test_a_role_that_was_removed_leaves_the_comparison(page: ComparePage, session: Session) -> None:
    page.open_with((1, 99))
    page.entered()
    assert page.header().facts == ("Care navigator",)
