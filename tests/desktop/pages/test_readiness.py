from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.queries.roles import events, factor_ratings
from desktop.pages.readiness.page import ReadinessTab
from desktop.pages.readiness.state import QUICK, FactorState, rating_of, readiness_state
from desktop.pages.record.page import RecordTab
from desktop.session import Session
from tests.desktop.keys import press, type_text
from tests.desktop.pages.sample import role_named, shown_tab

K = Qt.Key
TODAY = date(2025, 6, 12)
ROLE = "Care navigator"


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[ReadinessTab]:
    page, shown = shown_tab(session, ROLE, "Readiness")
    assert isinstance(shown, RecordTab)
    qtbot.addWidget(page)
    page.resize(1284, 600)
    page.show()
    page.activateWindow()
    yield shown.factors
    page.close()


def rating(at: int, state: str, since: date, key: str = "cc-03") -> dict[str, object]:
    plain = {"owner": "", "action": "", "review_on": None, "note": ""}
    return {"id": at, "factor_key": key, "state": state, "since": since, **plain}


def test_the_fourteen_come_first_and_nothing_is_scored() -> None:
    state = readiness_state([rating(1, "barrier", date(2024, 4, 8))])
    assert (state.groups[0].name, len(state.groups[0].factors)) == (QUICK, 14)
    assert state.groups[0].words == "Co-ordinator quick list, 1 of 14 looked at"
    assert state.summary.startswith("1 barrier, 0 in hand, 0 met; 206 not looked at.")


def test_the_newest_rating_holds_and_the_earlier_ones_are_told() -> None:
    ratings = [rating(2, "met", date(2025, 1, 6)), rating(1, "barrier", date(2024, 4, 8))]
    factor = readiness_state(ratings).groups[0].factors[2]
    assert (factor.state, factor.since) == ("met", date(2025, 1, 6))
    assert factor.history == "barrier since 8 Apr 2024; met since 6 Jan 2025"


def test_twins_share_one_rating_and_say_so() -> None:
    ratings = [rating(1, "met", date(2024, 4, 8), "job-description"), rating(2, "barrier", date(2024, 5, 1), "cc-01")]
    state = readiness_state(ratings)
    pair = [factor for group in state.groups for factor in group.factors if factor.key in ("cc-01", "job-description")]
    assert [(one.state, one.since) for one in pair] == [("barrier", date(2024, 5, 1))] * 2
    assert [one.also for one in pair] == ["Accountability and regulation", QUICK]
    assert state.summary.startswith("1 barrier, 0 in hand, 0 met")
    assert {rating_of(one, TODAY, state="met")["factor_key"] for one in pair} == {"job-description"}


def test_how_a_factor_stood_at_launch_is_told() -> None:
    ratings = [rating(1, "barrier", date(2024, 4, 1)), rating(2, "met", date(2025, 1, 6))]
    factor = readiness_state(ratings, launch=date(2024, 4, 8), today=TODAY).groups[0].factors[2]
    assert factor.history.endswith("At launch: barrier")
    later = readiness_state(ratings[1:], launch=date(2024, 4, 8), today=TODAY).groups[0].factors[2]
    assert later.history.endswith("At launch: not looked at")


def test_a_review_day_that_has_passed_is_shown_until_the_factor_is_settled() -> None:
    late = {**rating(1, "in hand", date(2024, 4, 1)), "review_on": date(2025, 6, 1)}
    assert readiness_state([late], today=TODAY).groups[0].factors[2].overdue
    assert not readiness_state([{**late, "state": "met"}], today=TODAY).groups[0].factors[2].overdue
    assert not readiness_state([{**late, "review_on": TODAY}], today=TODAY).groups[0].factors[2].overdue


def test_another_state_begins_today_and_a_note_keeps_its_date() -> None:
    held = FactorState("cc-03", "Team backing", "?", "barrier", date(2024, 4, 8), "Team lead", "No time")
    changed = rating_of(held, TODAY, state="met")
    assert (changed["since"], changed["owner"], changed["note"]) == (TODAY, "Team lead", "")
    noted = rating_of(held, TODAY, note="Asked again")
    assert (noted["since"], noted["state"], noted["note"]) == (date(2024, 4, 8), "barrier", "Asked again")


def test_a_state_is_chosen_with_the_arrows_and_its_history_is_kept(
    tab: ReadinessTab, session: Session, qtbot: QtBot
) -> None:
    line = tab.view.groups[QUICK].lines["cc-03"]
    now = line.choice.button("Barrier")
    now.setFocus()
    qtbot.waitUntil(now.hasFocus)
    press(now, K.Key_Right)
    ratings = factor_ratings(session.need_store(), role_named(session, ROLE))
    held = [one for one in ratings if one["factor_key"] == "cc-03"]
    assert [(one["state"], one["since"]) for one in held] == [
        ("barrier", date(2024, 4, 8)),
        ("in hand", session.today),
    ]
    assert line.choice.current == "In hand"
    session.undo()
    assert line.choice.current == "Barrier"


def test_owner_and_note_are_kept_with_the_state(tab: ReadinessTab, session: Session) -> None:
    line = tab.view.groups[QUICK].lines["cc-03"]
    line.more.click()
    details = line.details
    assert details.since.input.hasFocus()
    type_text(details.owner.input, "Team lead")
    press(details.owner.input, K.Key_Return)
    type_text(details.note.input, "On the agenda")
    press(details.note.input, K.Key_Return)
    type_text(details.action.input, "Ask the board")
    press(details.action.input, K.Key_Return)
    type_text(details.review.input, "1 May 2025")
    press(details.review.input, K.Key_Return)
    assert line.chip.isVisibleTo(line)
    held = factor_ratings(session.need_store(), role_named(session, ROLE))[-1]
    assert (held["action"], held["review_on"]) == ("Ask the board", date(2025, 5, 1))
    assert "Team backing was to be reviewed on 1 May 2025" in [one.fact.rstrip(".") for one in tab.view.watch.shown]
    assert (held["owner"], held["note"], held["since"]) == ("Team lead", "On the agenda", date(2024, 4, 8))
    details.note.set_text("")
    type_text(details.note.input, "Seen by 943 476 5919")
    press(details.note.input, K.Key_Return)
    assert "identifier of a person" in details.note.fault.text()
    assert details.note.text == "Seen by 943 476 5919"
    assert factor_ratings(session.need_store(), role_named(session, ROLE))[-1]["note"] == "On the agenda"
    details.since.set_text("")
    type_text(details.since.input, "someday")
    press(details.since.input, K.Key_Return)
    assert "is not a day" in details.since.fault.text()


def test_a_change_goes_onto_the_chart_as_an_event(tab: ReadinessTab, session: Session) -> None:
    tab.view.groups[QUICK].lines["cc-03"].details.event_button.click()
    newest = events(session.need_store(), role_named(session, ROLE))[1]
    assert (newest.when, newest.title) == (date(2024, 4, 8), "Team backing: barrier")


def test_other_groups_open_on_demand(tab: ReadinessTab) -> None:
    group = tab.view.groups["Funding and resources"]
    assert group.lines == {}
    group.toggle.click()
    assert len(group.lines) == 10
    assert all(line.isVisibleTo(group) for line in group.lines.values())
    group.toggle.click()
    assert not any(line.isVisibleTo(group) for line in group.lines.values())
