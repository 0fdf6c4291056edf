from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from analysis.periods import month
from analysis.vocabulary import EventFacts, EventKind
from db.answers import FileAnswer
from db.operations.measures import add_event
from db.operations.roles import add_role
from db.queries.exports import past_exports
from db.queries.roles import RoleSummary
from db.queries.roles import roles as read_roles
from db.store import create, open_store
from desktop.pages.portfolio.cards import A_TURN, AT_ONCE, CardList
from desktop.pages.portfolio.page import PortfolioPage
from desktop.pages.portfolio.rows import RowMaker
from desktop.pages.portfolio.shapes import Chosen, Filters, PortfolioState
from desktop.pages.portfolio.state import portfolio_state
from desktop.session import Session
from desktop.states import TableState
from desktop.theme.look import Look
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Notice
from tests.desktop.keys import press
from tests.desktop.pages.results.conftest import TODAY
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

FIRST_DUE = (month(2025, 4), 3)
"""The first month that the link worker owes, and the measure it is owed for."""


@pytest.fixture(scope="session")
def listed(sample_file: Path) -> tuple[RoleSummary, ...]:
    store = open_store(sample_file, read_only=True)
    found = read_roles(store)
    store.close()
    return found


def state_of(listed: tuple[RoleSummary, ...], sample: FileAnswer, **more: object) -> PortfolioState:
    held = {answer.role.id: answer for answer in sample.roles}
    chosen = more.get("chosen")
    assert chosen is None or isinstance(chosen, Chosen)
    return portfolio_state(listed, held, TODAY, organisation="Northvale", chosen=chosen)


def facet(state: PortfolioState, key: str) -> dict[str, int]:
    return dict(next(one.choices for one in state.facets if one.key == key))


def row(table: TableState, name: str) -> list[str]:
    return next([cell.words for cell in cells] for cells in table.rows if cells[0].text == name)


def test_each_row_carries_its_number_with_interval_level_and_range(
    listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    cells = row(state_of(listed, sample).table, "Care navigator")
    assert cells == [
        "Care navigator, Elm PCN",
        "8 Apr 2024, 14 months ago; data to May 25, 2 provisional",
        "A&E attendances: improvement",
        "A&E −9\u00a0% (−14\u00a0% to −3\u00a0%), Improvement; early, 11 of 12",
        "Level\u00a02 of 5",
        "Public −£7,000, cash −£114,500, public range −£41,000 to +£26,200",
        "Add 1 cost",
    ]


def test_a_role_without_an_estimate_says_why_and_when(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    table = state_of(listed, sample).table
    assert row(table, "Case manager")[3:6] == [
        "Emergency adm.: too early (1 of 12), Full answer in Apr 26",
        "–, too early",
        "Break-even, 3 a month: Emergency admissions",
    ]
    assert row(table, "Extended support worker")[3:] == [
        "Home-care starts, Not started; can detect 16\u00a0% or more",
        "–, before launch",
        "Not yet, role cost known",
        "Readiness",
    ]


def test_roles_stand_by_name(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    names = [cells[0].text for cells in state_of(listed, sample).table.rows]
    assert names == sorted(names)


def test_missing_months_and_funding_come_first_and_stay_apart(
    listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    fix, check = state_of(listed, sample).notices
    assert (fix.kind, fix.fact) == (Kind.FIX, "Link worker: April and May are missing")
    assert fix.detail == "GP contacts; the newest value is for March 2025."
    assert (fix.step.role_id, fix.step.tab) == (2, "Data")
    assert (check.kind, check.fact) == (Kind.CHECK, "Link worker: funding ends in 80 days")
    assert check.detail == "31 Aug 2025, Northvale ICB"


def test_a_new_definition_near_today_is_noted(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    first = sample.roles[0]
    event = EventFacts(9, date(2025, 7, 1), "New A&E definition", EventKind.DEFINITION)
    changed = replace(first, role=replace(first.role, events=(*first.role.events, event)))
    held = {answer.role.id: answer for answer in sample.roles} | {first.role.id: changed}
    note = portfolio_state(listed, held, TODAY).notices[2]
    assert (note.kind, note.fact) == (Kind.NOTE, "Care navigator: new A&E definition")
    assert note.detail == "From 1 Jul 2025, drawn on charts"


def test_what_can_be_said_today_is_built_from_the_findings(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    say = state_of(listed, sample).say
    assert say is not None
    assert say.title == "What Northvale can say today"
    assert say.lead == "One of three launched roles shows a clear change."
    name, sentence = say.roles[0]
    assert name == "Care navigator"
    assert sentence.startswith("A&E attendances fell by about 9\u00a0% after the role began (−14\u00a0% to −3\u00a0%).")
    assert sentence.endswith("Early: 11 of 12 months.")
    assert [name for name, _ in say.roles] == ["Care navigator", "Link worker", "Case manager"]
    assert say.lines[0].startswith("Together they cost £145,660 a full year as planned, 2 costs not known.")
    assert say.lines[-1] == (
        "Next full answer: Care navigator, June 2025. "
        "Next decision: Link worker, funding ends 31 Aug 2025, at evidence level\u00a01 of 5."
    )


def test_nothing_is_said_of_all_roles_before_all_are_answered(
    listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    state = portfolio_state(listed, {1: sample.roles[0]}, TODAY)
    assert state.say is None
    assert state.filling == "Working out the results: 1 of 4"
    assert row(state.table, "Link worker")[3] == "working out…"


def test_after_a_change_the_list_stays_as_it_was_and_says_what_is_worked_out_again(
    listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    held = {answer.role.id: answer for answer in sample.roles}
    state = portfolio_state(listed, held, TODAY, outdated={2, 3, 4})
    assert state.filling == "Working out the results again after a change: 1 of 4"
    assert [notice.kind for notice in state.notices] == [Kind.FIX, Kind.CHECK]
    assert state.say is not None


def test_something_stands_where_notices_stand_before_it_is_known_whether_anything_is_due(
    listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    planned = tuple(role for role in listed if role.name == "Extended support worker")
    (looking,) = portfolio_state(planned, {}, TODAY).notices
    assert (looking.kind, looking.fact) == (Kind.NEUTRAL, "Looking whether anything is due")
    (fine,) = portfolio_state(planned, {answer.role.id: answer for answer in sample.roles}, TODAY).notices
    assert (fine.kind, fine.fact) == (Kind.OK, "Nothing is due")
    assert fine.detail == "No period is missing, and no funding ends within 90 days."


def test_the_facets_narrow_the_list_and_say_so(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    state = state_of(listed, sample, chosen=Chosen(Filters(variation="Common cause")))
    assert [cells[0].text for cells in state.table.rows] == ["Link worker"]
    assert state.count == "1 of 4 roles"
    assert facet(state, "variation") == {"Common cause": 1, "Improvement": 1, "No answer yet": 2}


def test_trends_share_one_calendar(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    sparks = {cells[0].text: cells[2].spark for cells in state_of(listed, sample).table.rows}
    assert all(spark is not None and spark.span == 26 for spark in sparks.values())
    navigator, link = sparks["Care navigator"], sparks["Link worker"]
    assert navigator is not None
    assert link is not None
    assert (navigator.start, navigator.launch, navigator.provisional) == (0, 11.5, 2)
    assert (link.start, link.launch, link.provisional) == (7, 9.5, 0)


def test_a_card_says_what_its_row_says(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    card = next(card for card in state_of(listed, sample).cards if card.name == "Link worker")
    assert (card.change, card.verdict, card.shape) == (
        "GP contacts +3\u00a0% (−7\u00a0% to +15\u00a0%)",
        "Common cause; early, 6 of 12",
        Shape.PLAIN,
    )
    assert card.facts == "Launched 2 Sep 2024  ·  data to Mar 25  ·  2 missing  ·  evidence level\u00a01 of 5"


@pytest.fixture
def page(house: Look, session: Session, qtbot: QtBot) -> PortfolioPage:
    made = PortfolioPage(session)
    qtbot.addWidget(made)
    made.resize(1284, 616)
    made.show()
    made.entered()
    settle()
    return made


@pytest.mark.parametrize("width", [942, 1009])
def test_the_page_fits_the_smallest_window(page: PortfolioPage, width: int) -> None:
    page.resize(width, 430)
    settle()
    assert (cut(page), sideways(page)) == ([], [])


def test_the_rows_fill_in_and_the_table_fits_a_small_laptop(page: PortfolioPage) -> None:
    assert len(page.view.table.shown.rows) == 4
    assert page.view.filling.text() == ""
    assert not page.view.shows_cards
    assert page.header().facts == ("Northvale (fictional)", "4 roles, 3 launched")
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])


def test_enter_opens_the_role(page: PortfolioPage, qtbot: QtBot) -> None:
    page.view.table.selectRow(3)
    with qtbot.waitSignal(page.go) as told:
        press(page.view.table, Qt.Key.Key_Return)
    assert told.args == ["Role", 2]


def test_the_next_step_of_the_chosen_row_is_a_button_too(page: PortfolioPage, qtbot: QtBot) -> None:
    page.view.table.selectRow(3)
    assert page.view.next_step.accessibleName() == "Link worker: Enter 2 months"
    with qtbot.waitSignal(page.go) as told:
        page.view.next_step.click()
    assert told.args == ["Role", (2, "Data", FIRST_DUE)]


def test_a_notice_leads_to_where_it_is_dealt_with(page: PortfolioPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as told:
        page.findChildren(Notice)[0].buttons[0].click()
    assert told.args == ["Role", (2, "Data", FIRST_DUE)]


def test_a_facet_filters_the_table(page: PortfolioPage) -> None:
    page.view.choosing.facets["place"].choose("Oak PCN")
    assert [cells[0].text for cells in page.view.table.shown.rows] == ["Link worker"]
    assert page.view.choosing.count.text() == "1 of 4 roles"


def test_a_new_role_appears_by_itself(page: PortfolioPage, session: Session, qtbot: QtBot) -> None:
    session.change(add_role, name="Another role", place="Ash PCN")
    qtbot.waitUntil(lambda: page.answering.missing is None)
    assert page.view.table.shown.rows[0][0].text == "Another role"
    assert page.view.filling.text() == ""


def test_a_change_leaves_every_block_where_it_stands(
    page: PortfolioPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = (page.view.choosing, page.view.table, page.view.say, page.view.due)
    stood = [block.geometry() for block in blocks]
    monkeypatch.setattr(page.answering, "start", lambda: None)
    session.change(add_event, role_id=1, happened_on=date(2025, 5, 1), title="New clinic")
    settle()
    assert page.answering.missing is not None
    assert [block.geometry() for block in blocks] == stood
    assert page.view.filling.text() == "Working out the results again after a change: 0 of 4"


def test_nothing_leaves_while_results_are_worked_out_again(
    page: PortfolioPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.answering.answers.pop(1)
    asked: list[object] = []
    monkeypatch.setattr(page.export, "choose", lambda *_: asked.append(1))
    page.view.say.excel.click()
    assert asked == []
    assert "Check: Nothing is written yet." in [notice.accessibleName() for notice in page.findChildren(Notice)]


def test_at_200_percent_rows_become_cards_and_nothing_is_cut(page: PortfolioPage, house: Look, qtbot: QtBot) -> None:
    house.set_scale(2.0)
    page.resize(1226, 570)
    settle()
    assert page.view.shows_cards
    assert (cut(page), sideways(page), nameless(page)) == ([], [], [])
    assert page.view.more_notices.text() == "Show 1 more notice"
    card = page.view.cards.cards[0]
    with qtbot.waitSignal(page.go) as told:
        press(card, Qt.Key.Key_Return)
    assert told.args == ["Role", 1]


LONG = "Advanced nurse practitioner in a care home, northern half"


def test_a_long_name_on_a_card_is_shown_whole(
    house: Look, qtbot: QtBot, listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    house.set_scale(2.0)
    card = replace(state_of(listed, sample).cards[0], name=f"{LONG} {LONG}", place=LONG)
    shown = CardList()
    qtbot.addWidget(shown)
    shown.resize(1180, 570)
    shown.show_cards([card])
    shown.show()
    settle()
    assert cut(shown) == []


def test_a_long_list_of_cards_is_made_a_few_at_a_time_and_shown_whole_when_asked_for(
    house: Look, qtbot: QtBot, listed: tuple[RoleSummary, ...], sample: FileAnswer
) -> None:
    cards = [replace(state_of(listed, sample).cards[0], key=str(at), name=f"Role {at}") for at in range(70)]
    shown = CardList()
    qtbot.addWidget(shown)
    shown.show_cards(cards)
    assert len(shown.cards) == A_TURN
    qtbot.waitUntil(lambda: len(shown.cards) == AT_ONCE)
    assert shown.more.text() == "Show 30 more roles of 40"
    first, second = shown.cards[:2]
    shown.show_cards([cards[0], replace(cards[1], worth="\u00a31"), *cards[2:]])
    assert shown.cards[0] is first
    assert shown.cards[1] is not second
    assert shown.cards[1].state.worth == "\u00a31"
    shown.more.click()
    shown.more.click()
    qtbot.waitUntil(lambda: len(shown.cards) == len(cards))
    assert [card.key for card in shown.cards] == [card.key for card in cards]
    assert shown.more.isHidden()
    shown.show_cards(cards[:1])
    assert len(shown.cards) == 1


def test_only_the_row_that_changed_is_made_anew(listed: tuple[RoleSummary, ...], sample: FileAnswer) -> None:
    maker, held = RowMaker(), {answer.role.id: answer for answer in sample.roles}
    first = portfolio_state(listed, held, TODAY, maker=maker)
    one = listed[0].id
    second = portfolio_state(listed, {**held, one: replace(held[one])}, TODAY, maker=maker)
    assert second == first
    assert [old is new for old, new in zip(first.table.rows, second.table.rows, strict=True)].count(False) == 1


def test_set_up_leads_on_once_the_page_is_in_front(page: PortfolioPage, qtbot: QtBot) -> None:
    page.open_with("set up")
    with qtbot.waitSignal(page.go) as told:
        page.entered()
    assert told.args == ["Set up", None]


def test_a_file_without_roles_has_one_sentence_and_one_button(
    house: Look, closed_session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    create(tmp_path / "empty.roleworth").close()
    closed_session.open(tmp_path / "empty.roleworth")
    page = PortfolioPage(closed_session)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.go) as told:
        page.empty.button.click()
    assert told.args == ["Set up", None]


def test_the_portfolio_becomes_a_workbook_and_what_came_is_said(page: PortfolioPage, tmp_path: Path) -> None:
    target = tmp_path / "summary.xlsx"
    page.export.choose = lambda _parent, _name: target
    page.view.say.excel.click()
    assert target.exists()
    (told,) = (notice for notice in page.view.findChildren(Notice) if notice.kind is Kind.OK)
    assert "summary.xlsx" in told.fact.text()


def test_for_whom_and_by_which_periods_the_portfolio_goes_is_chosen(page: PortfolioPage, tmp_path: Path) -> None:
    target = tmp_path / "board.xlsx"
    page.export.choose = lambda _parent, _name: target
    say = page.view.say
    say.audience.setCurrentText("Board")
    say.periods.setCurrentText("Quarters")
    assert say.given.text().startswith("The workbook for the board: findings, answers, charts")
    assert say.audience.nextInFocusChain() is say.periods
    say.excel.click()
    (told,) = (notice for notice in page.view.findChildren(Notice) if notice.kind is Kind.OK)
    assert "Shown by longer periods: 6 measures by quarter." in told.fact.text()
    store = page._session.need_store()
    made = past_exports(store)[0]
    assert (made.audience, made.edition, made.grain) == ("Board", "portfolio", "quarter")


def test_giving_up_the_workbook_changes_nothing(page: PortfolioPage) -> None:
    page.export.choose = lambda _parent, _name: None
    before = len(page.view.findChildren(Notice))
    page.view.say.excel.click()
    assert len(page.view.findChildren(Notice)) == before
