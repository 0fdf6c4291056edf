from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.answers import FileAnswer
from db.queries.roles import RoleSummary
from desktop.frame.remembering import choices_of
from desktop.pages.portfolio.choosing import compare_words
from desktop.pages.portfolio.due import due_of
from desktop.pages.portfolio.facets import ATTENTION
from desktop.pages.portfolio.page import PortfolioPage
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import Chosen, Filters, Order
from desktop.pages.portfolio.sorting import NO_RANKING, SORTINGS, in_order
from desktop.pages.portfolio.state import portfolio_state
from desktop.session import Session
from desktop.theme.look import Look
from desktop.theme.marks import Kind
from desktop.widgets import Notice
from tests.desktop.keys import press
from tests.desktop.pages.results.conftest import TODAY
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways
from tests.desktop.pages.results.test_portfolio import FIRST_DUE


@pytest.fixture
def lines(session: Session, sample: FileAnswer) -> list[RoleLine]:
    held = {answer.role.id: answer for answer in sample.roles}
    return [RoleLine(role, held[role.id]) for role in session.facts.roles]


def names(lines: object) -> list[str]:
    assert isinstance(lines, list | tuple)
    return [line.summary.name for line in lines]


@pytest.fixture
def page(house: Look, session: Session, qtbot: QtBot) -> PortfolioPage:
    made = PortfolioPage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    made.entered()
    settle()
    return made


def shown(page: PortfolioPage) -> list[str]:
    return [cells[0].text for cells in page.view.table.shown.rows]


def test_a_count_says_what_is_left_when_that_choice_is_made_as_well(lines: list[RoleLine], sample: FileAnswer) -> None:
    held = {answer.role.id: answer for answer in sample.roles}
    listed = [line.summary for line in lines]
    chosen = Chosen(Filters(variation="Common cause"))
    state = portfolio_state(listed, held, TODAY, chosen=chosen)
    places = next(facet for facet in state.facets if facet.key == "place")
    assert dict(places.choices)["Oak PCN"] == 1
    assert dict(places.choices)["Elm PCN"] == 0
    for facet in state.facets:
        for value, count in facet.choices:
            narrower = replace(chosen, filters=replace(chosen.filters, **{facet.key: value}))
            assert len(portfolio_state(listed, held, TODAY, chosen=narrower).table.rows) == count


def test_what_needs_attention_comes_first_among_the_states(lines: list[RoleLine], sample: FileAnswer) -> None:
    held = {answer.role.id: answer for answer in sample.roles}
    state = portfolio_state([line.summary for line in lines], held, TODAY)
    standing = next(facet for facet in state.facets if facet.key == "standing")
    assert [value for value, _ in standing.choices[:3]] == [ATTENTION, "Periods missing", "Funding ends soon"]
    assert ("Planned", 1) in standing.choices


@pytest.mark.parametrize("sorting", SORTINGS, ids=lambda sorting: sorting.key)
def test_every_order_turns_round_and_keeps_those_with_nothing_to_go_by_last(
    lines: list[RoleLine], sorting: object
) -> None:
    one = next(held for held in SORTINGS if held is sorting)
    up, down = in_order(lines, Order(one.key)), in_order(lines, Order(one.key, down=True))
    known = [line for line in up if one.of(line) is not None]
    assert names(up[len(known) :]) == names(down[len(known) :])
    keys = [one.of(line) for line in up[: len(known)]]
    assert keys == sorted(keys, key=lambda key: key or ())
    assert [one.of(line) for line in down[: len(known)]] == keys[::-1]


def test_numbers_in_names_stand_in_the_order_of_their_size(lines: list[RoleLine]) -> None:
    named = [replace(lines[0], summary=replace(lines[0].summary, name=f"Navigator {at}")) for at in (10, 9, 104)]
    assert names(in_order(named, Order("role", down=False))) == ["Navigator 9", "Navigator 10", "Navigator 104"]


def test_an_order_by_an_uncertain_number_says_that_it_is_no_ranking(page: PortfolioPage) -> None:
    assert page.view.choosing.caution.isHidden()
    page.view.table.heading_chosen.emit(3)
    assert not page.view.choosing.caution.isHidden()
    assert page.view.choosing.caution.text() == f"Sorted by key change, improvements first. {NO_RANKING}"
    assert {one.key for one in SORTINGS if one.caution} == {"change", "worth"}


def test_a_click_on_a_heading_sorts_and_another_turns_round(page: PortfolioPage) -> None:
    header = page.view.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 30, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page) == ["Link worker", "Extended support worker", "Case manager", "Care navigator"]
    assert page.view.table.shown.columns[0].heading == "Role and place ↓"
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page)[0] == "Care navigator"


def test_the_order_is_chosen_and_turned_by_the_keyboard_alone(page: PortfolioPage) -> None:
    choosing = page.view.choosing
    for _ in range(6):
        press(choosing.order, Qt.Key.Key_Down)
    assert choosing.sorted_by == Order("evidence")
    assert shown(page)[:2] == ["Link worker", "Care navigator"]
    press(choosing.way, Qt.Key.Key_Space)
    assert choosing.sorted_by == Order("evidence", down=True)
    assert shown(page)[:2] == ["Care navigator", "Link worker"]
    assert choosing.way.accessibleName() == "Sorted by evidence, strongest first: turn round"


def test_every_order_is_in_the_palette(page: PortfolioPage) -> None:
    actions = {action.text(): action for action in page.own_actions()}
    assert sum(text.startswith("Sort by ") for text in actions) == len(SORTINGS)
    actions["Sort by launched"].trigger()
    assert page.view.choosing.sorted_by == Order("launched")
    assert shown(page)[0] == "Care navigator"


def test_choices_come_back_with_the_file_and_none_of_its_words_are_kept(
    page: PortfolioPage, session: Session, qtbot: QtBot
) -> None:
    page.view.choosing.facets["place"].choose("Oak PCN")
    page.view.choosing.choose_order(Order("evidence", down=True))
    path = session.need_store().path
    kept = choices_of(path)
    assert "Oak PCN" not in str(kept)
    assert "place" in kept
    again = PortfolioPage(session)
    qtbot.addWidget(again)
    again.show()
    session.opened.emit()
    assert again.view.chosen.filters == Filters(place="Oak PCN")
    assert again.view.chosen.order == Order("evidence", down=True)
    assert shown(again) == ["Link worker"]


def test_space_and_a_click_on_the_box_mark_roles_and_two_to_four_can_be_compared(
    page: PortfolioPage, qtbot: QtBot
) -> None:
    table = page.view.table
    assert not page.compare.isEnabled()
    table.selectRow(0)
    press(table, Qt.Key.Key_Space)
    box = table.visualRect(table.model().index(2, 0))
    at = QPoint(box.left() + 16, box.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.view.marks == ("1", "4")
    index = table.model().index(2, 0)
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(", marked")
    assert page.compare.accessibleName() == "Compare 2 roles"
    with qtbot.waitSignal(page.go) as told:
        press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert told.args == ["Compare", (1, 4)]
    press(table, Qt.Key.Key_Space)
    assert [cells[0].ticked for cells in table.shown.rows] == [True, False, False, False]


def test_with_too_few_or_too_many_marked_the_reason_is_said(page: PortfolioPage) -> None:
    page.compare_marked()
    (told,) = (one for one in page.view.findChildren(Notice) if one.fact.text() == "Nothing to compare yet.")
    assert told.kind is Kind.CHECK
    assert compare_words(("1", "2", "3", "4", "5"))[1] == "At most four roles stand side by side: 5 are marked."


def test_marks_stay_when_the_list_is_narrowed(page: PortfolioPage) -> None:
    page.view.table.tick_asked.emit("1")
    page.view.choosing.facets["place"].choose("Oak PCN")
    assert page.view.marks == ("1",)
    page.view.choosing.facets["place"].choose("")
    assert page.view.table.shown.rows[0][0].ticked is True


def test_what_is_due_names_every_role_measure_and_cell(lines: list[RoleLine]) -> None:
    due = due_of(lines, TODAY)
    assert [(one.kind, one.who, one.what) for one in due] == [
        (Kind.FIX, "Care navigator, Elm PCN", "April and May missing: Patient activation score"),
        (Kind.FIX, "Link worker, Oak PCN", "April and May missing: GP contacts, Contacts by the role, Role cost"),
        (Kind.FIX, "Care navigator, Elm PCN", "May missing: Role cost"),
        (Kind.CHECK, "Link worker, Oak PCN", "Funding ends in 80 days, 31 Aug 2025"),
    ]
    assert due[1].step.at == FIRST_DUE


def soon(role: RoleSummary) -> RoleSummary:
    return replace(role, funding_end=TODAY + timedelta(days=role.id))


def test_more_due_than_the_notices_say_is_listed_and_the_notice_leads_there(
    page: PortfolioPage, session: Session, qtbot: QtBot
) -> None:
    assert page.view.due.title.text() == "Due: 4 things"
    session.facts = replace(session.facts, roles=tuple(soon(role) for role in session.facts.roles))
    session.refreshed.emit()
    settle()
    assert page.view.due.title.text() == "Due: 7 things"
    first = next(notice for notice in page.view.findChildren(Notice) if notice.isVisible())
    next(button for button in first.buttons if button.text() == "See all 7").click()
    assert page.focusWidget() is page.view.due.buttons[0]
    page.view.due.more.click()
    with qtbot.waitSignal(page.go) as told:
        page.view.due.buttons[3].click()
    assert told.args == ["Role", (1, "Overview")]
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_what_the_notices_say_already_is_not_listed_again(lines: list[RoleLine], sample: FileAnswer) -> None:
    link = [line for line in lines if line.summary.name == "Link worker"]
    held = {answer.role.id: answer for answer in sample.roles}
    state = portfolio_state([line.summary for line in link], held, TODAY)
    assert len(state.notices) == 2
    assert state.due == ()


def test_funding_that_is_over_or_far_away_is_not_due(lines: list[RoleLine]) -> None:
    ended = [replace(line, summary=replace(line.summary, funding_end=date(2025, 6, 11))) for line in lines]
    assert not [one for one in due_of(ended, TODAY) if one.kind is Kind.CHECK]
