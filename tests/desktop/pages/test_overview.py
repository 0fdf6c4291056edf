from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from analysis.vocabulary import Lifecycle
from db.answers import RoleAnswer
from db.queries.roles import events, profile, role_facts
from desktop.pages.overview.page import OverviewTab
from desktop.pages.overview.state import overview_state, staff_words
from desktop.pages.overview.view import MeasureLine, MeasuresCard
from desktop.pages.reading import read_date, read_pence, read_people, read_wte
from desktop.pages.record.fields import field
from desktop.pages.record.saving import changes_of
from desktop.session import Session
from desktop.widgets import Field
from tests.desktop.keys import press, type_text
from tests.desktop.pages.sample import role_named, shown_tab

K = Qt.Key
TODAY = date(2025, 6, 12)


def answer_of(session: Session, role: str) -> RoleAnswer:
    answers: list[RoleAnswer] = []
    session.answer(role_named(session, role), answers.append)
    return answers[0]


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[OverviewTab]:
    page, shown = shown_tab(session, "Link worker", "Overview")
    assert isinstance(shown, OverviewTab)
    qtbot.addWidget(page)
    page.resize(1284, 600)
    page.show()
    yield shown
    page.close()


def enter(field: object, text: str) -> None:
    assert isinstance(field, Field)
    field.input.selectAll()
    field.input.setText("")
    type_text(field.input, text)
    press(field.input, K.Key_Return)


def test_the_sentences_are_those_of_the_answer(session: Session) -> None:
    answer = answer_of(session, "Care navigator")
    state = overview_state(answer, TODAY)
    assert answer.finding.leading is not None
    assert state.sentence == answer.finding.leading.texts.sentence
    assert state.detail.startswith("95\u00a0% interval")
    assert (state.level, state.worth) == (2, answer.economics.worth_it)


def test_what_is_due_is_listed_with_where_to_deal_with_it(session: Session) -> None:
    due = overview_state(answer_of(session, "Link worker"), TODAY).due
    assert [(one.words, one.tab) for one in due] == [
        ("Apr 25 and May 25 missing", "Data"),
        ("Funding ends in 80 days, on 31 Aug 2025", ""),
    ]


def test_a_planned_role_is_asked_for_its_launch(session: Session) -> None:
    state = overview_state(answer_of(session, "Extended support worker"), TODAY)
    assert "No launch date yet" in [one.words for one in state.due]
    assert ("Launched", "not yet") in state.facts


def test_each_measure_has_a_shape_a_word_and_its_interval(session: Session) -> None:
    table = overview_state(answer_of(session, "Care navigator"), TODAY).measures
    name, verdict, change, evidence = table.rows[0]
    assert (name.text, verdict.text, verdict.shape) == ("A&E attendances, aged 75+", "Improvement", "◆")
    assert (change.text, change.second) == ("A&E −9\u00a0%", "−14\u00a0% to −3\u00a0%; early, 11 of 12")
    assert evidence.ladder == 2


def test_staff_is_told_in_people_and_in_time() -> None:
    assert staff_words(1, "0.6") == "1 person, 0.6 WTE planned"
    assert staff_words(None, None) == ""


def test_forms_read_what_people_write() -> None:
    assert read_date("8 Apr 2024") == read_date("08/04/2024") == date(2024, 4, 8)
    assert read_people("1,240") == 1240
    assert read_wte("1.6") == "1.6"
    assert read_pence("£3,412.50") == 341250
    assert [reader("") for reader in (read_date, read_people, read_wte, read_pence)] == [None] * 4


@pytest.mark.parametrize(
    ("reader", "text"),
    [(read_date, "April"), (read_date, "31/02/2024"), (read_people, "1.5"), (read_wte, "one"), (read_pence, "12%")],
)
def test_forms_say_what_would_be_right(reader: object, text: str) -> None:
    assert callable(reader)
    with pytest.raises(UserProblem) as problem:
        reader(text)
    assert problem.value.hint.startswith("Write")


def test_a_launch_that_has_come_makes_the_role_a_running_one() -> None:
    launch = field("launch")
    assert changes_of(launch, date(2025, 6, 1), Lifecycle.PLANNED, TODAY)["lifecycle"] is Lifecycle.RUNNING
    assert changes_of(launch, date(2025, 7, 1), Lifecycle.PLANNED, TODAY)["lifecycle"] is Lifecycle.PLANNED
    assert "lifecycle" not in changes_of(launch, date(2025, 6, 1), Lifecycle.ENDED, TODAY)


def test_a_detail_is_saved_when_its_field_is_left(tab: OverviewTab, session: Session) -> None:
    enter(tab.view.form.fields["planned_wte"], "0.8")
    facts = profile(session.need_store(), role_named(session, "Link worker")).facts
    assert facts.planned_wte == "0.8"
    assert session.facts.undo == "Change planned wte of Link worker"


def test_a_detail_that_cannot_be_is_said_at_its_field(tab: OverviewTab, session: Session) -> None:
    launch = tab.view.form.fields["launch"]
    enter(launch, "soon")
    assert "'soon' is not a day." in launch.fault.text()
    end = tab.view.form.fields["phase_in_end"]
    enter(end, "1 Aug 2024")
    assert "Phase-in ends before the launch" in end.fault.text()
    assert end.text == "1 Aug 2024"
    enter(end, "30 Sep 2024")
    assert end.fault.text() == ""
    timeline = role_facts(session.need_store(), role_named(session, "Link worker")).timeline
    assert (timeline.launch, timeline.phase_in_end) == (date(2024, 9, 2), date(2024, 9, 30))


def test_a_role_joins_a_programme_by_name_and_leaves_it(tab: OverviewTab, session: Session) -> None:
    field = tab.view.form.fields["programme"]
    enter(field, "Care closer to home")
    role_id = role_named(session, "Link worker")
    assert profile(session.need_store(), role_id).programme == "Care closer to home"
    enter(field, " ")
    assert profile(session.need_store(), role_id).programme == ""


def test_events_are_added_changed_and_removed(tab: OverviewTab, session: Session) -> None:
    card, role_id = tab.view.events, role_named(session, "Link worker")
    card.do.click()
    assert card.when.fault.text() == "Give the day it happened."
    enter(card.when, "3 Feb 2025")
    enter(card.what, "Second link worker left")
    card.do.click()
    assert [event.title for event in events(session.need_store(), role_id)][-1] == "Second link worker left"
    card.lines[-1].change.click()
    assert (card.when.text, card.do.text()) == ("3 Feb 2025", "Save change")
    enter(card.until, "1 Feb 2025")
    card.do.click()
    assert card.until.fault.text() == "It cannot end before it starts."
    enter(card.until, "28 Feb 2025")
    card.do.click()
    assert events(session.need_store(), role_id)[-1].end == date(2025, 2, 28)
    card.lines[-1].remove.click()
    assert len(events(session.need_store(), role_id)) == 1


def test_a_measure_opens_its_impact(session: Session, qtbot: QtBot) -> None:
    tab = OverviewTab(session)
    qtbot.addWidget(tab)
    tab.show_answer(answer_of(session, "Link worker"))
    table = tab.view.measures.table
    table.selectRow(0)
    with qtbot.waitSignal(tab.tab_asked) as asked:
        press(table, K.Key_Return)
    assert asked.args == ["Impact", int(table.shown.keys[0])]


def test_where_the_table_has_no_room_its_words_stand_in_lines(session: Session, qtbot: QtBot) -> None:
    card = MeasuresCard()
    qtbot.addWidget(card)
    card.show_table(overview_state(answer_of(session, "Link worker"), TODAY).measures)
    card.resize(900, 400)
    card.show()
    assert card.table.isVisible()
    card.resize(300, 400)
    assert not card.table.isVisible()
    assert [line.isVisible() for line in card.findChildren(MeasureLine)] == [True] * 3
