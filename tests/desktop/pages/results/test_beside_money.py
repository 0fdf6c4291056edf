"""Outcomes, scale and staff time on the Economics tab: typed, answered, drawn, undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from analysis.plan import OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from db.answers import RoleAnswer
from desktop.pages.economics.assumptions import assumption_texts, read_assumptions
from desktop.pages.economics.beside_lines import (
    outcome_table,
    outcome_texts,
    read_outcome,
    read_scale,
    read_staff_time,
    scale_texts,
    staff_time_texts,
)
from desktop.pages.economics.further_state import further_state
from desktop.pages.economics.page import OUTCOMES, RESULTS, EconomicsTab
from desktop.pages.facts_form import FactsForm
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]
QALY = OutcomeLineFacts(1, "Quality of life", "QALY", 0.0125, 300.0, 0.004, 0.02, 2_000_000, source="EQ-5D")
SCALE = ScaleFacts("bed days", 130.0, 1343.2, 52_000_000, 4500, 6_000_000, 3_940_000, 45, 2.0, "Finance")
TIME = StaffTimeFacts(4.0, 45.0, 5700, 5.2, 60.0, 3900, "Nurse", "Assistant", "Diary")


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> EconomicsTab:
    made = EconomicsTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 620)
    made.show()
    made.show_answer(answers["Care navigator"])
    return made


def give(tab: EconomicsTab, session: Session, form: FactsForm, texts: Mapping[str, str]) -> RoleAnswer:
    for key, text in texts.items():
        form._parts[key].set_text(text)
    press(form, Qt.Key.Key_Return)
    got: list[RoleAnswer] = []
    session.answer(1, got.append)
    tab.show_answer(got[0])
    return got[0]


def test_an_outcome_is_typed_valued_drawn_and_undone(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose(OUTCOMES)
    assert tab.beside.outcomes.change_button.toolTip() == "Choose an outcome first."
    tab.beside.outcomes.add_button.click()
    held = give(tab, session, tab.beside.outcomes.form, outcome_texts(QALY)).economics
    (view,) = held.further.outcomes
    assert view.nmb is not None
    assert session.facts.undo == "Add outcome Quality of life"
    tab.segments.choose(RESULTS)
    assert tab.results.further.no_outcome.isHidden()
    card = tab.results.further.outcomes[0]
    assert card.plane.title.text() == "Quality of life: cost against gain"
    assert card.plane.sentence.text().startswith("10.87 QALY gained")
    assert "worth it in" in card.acceptability.sentence.text()
    session.undo()
    session.answer(1, tab.show_answer)
    assert not tab.results.further.no_outcome.isHidden()
    assert tab.results.further.outcomes[0].isHidden()


def test_scale_and_staff_time_are_typed_once_and_changed_in_place(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose(OUTCOMES)
    tab.beside.scale.change.click()
    give(tab, session, tab.beside.scale.form, scale_texts(SCALE))
    tab.beside.staff_time.change.click()
    held = give(tab, session, tab.beside.staff_time.form, staff_time_texts(TIME)).economics
    assert (held.facts.scale, held.facts.staff_time) == (SCALE, TIME)
    assert held.further.scale is not None
    assert held.further.staff_time is not None
    tab.beside.scale.change.click()
    again = give(tab, session, tab.beside.scale.form, {"most_posts": "20"}).economics
    assert again.facts.scale == replace(SCALE, most_posts=20)
    assert tab.results.further.scale.curves.accessibleDescription().startswith("Nothing can close before 11 posts")
    assert session.facts.undo == "Set what scale would bring"


def test_everything_reads_back_as_it_was() -> None:
    outcome = read_outcome(outcome_texts(QALY))
    assert outcome.faults == {}
    assert {name: getattr(QALY, name) for name in outcome.facts} == outcome.facts
    assert ScaleFacts(**read_scale(scale_texts(SCALE)).facts) == SCALE
    assert StaffTimeFacts(**read_staff_time(staff_time_texts(TIME)).facts) == TIME


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("label", "", "Give it a name."),
        ("gain_low", "0.5", "The least cannot lie above the likely value."),
        ("gain_high", "0.001", "The most cannot lie below the likely value."),
        ("people", "-3", "This cannot be below 0."),
        ("end", "Mar 2019", "An outcome cannot end before it starts."),
    ],
)
def test_an_outcome_that_cannot_be_is_answered_at_its_field(field: str, text: str, words: str) -> None:
    texts = {**outcome_texts(QALY), "start": "Apr 2024", field: text}
    assert read_outcome(texts).faults == {field: words}


def test_a_natural_unit_says_what_is_counted() -> None:
    texts = {**outcome_texts(QALY), "kind": "Natural unit"}
    assert read_outcome(texts).faults == {"unit": "Say what is counted, such as falls avoided."}


def test_the_range_of_worth_has_both_ends_in_order(answers: Answers) -> None:
    texts = assumption_texts(answers["Care navigator"].economics.facts, {})
    assert list(read_assumptions({**texts, "worth_low": "£20,000"}, {}).faults) == ["worth_high"]
    ends = {"worth_low": "£30,000", "worth_high": "£20,000"}
    assert list(read_assumptions({**texts, **ends}, {}).faults) == ["worth_high"]


def test_what_is_not_known_is_marked(answers: Answers) -> None:
    facts = replace(answers["Care navigator"].economics.facts, outcomes=(replace(QALY, gain=None),))
    assert outcome_table(facts).rows[0][2].text == "not known"


def test_every_chart_has_a_twin_with_the_same_facts(tab: EconomicsTab, answers: Answers) -> None:
    state = further_state(answers["Care navigator"].economics)
    assert state.payback is not None
    assert len(state.payback.table) == 1 + 36
    card = tab.results.further.payback
    card.switch.click()
    assert card.stack.currentIndex() == 1
    assert card.table.shown.rows[-1][1].text == state.payback.table[-1][1]
    assert card.switch.accessibleName() == "Chart: When it pays back"


def test_the_values_of_a_chart_are_said_one_by_one(tab: EconomicsTab) -> None:
    chart = tab.results.further.payback.curves
    press(chart, Qt.Key.Key_Right)
    press(chart, Qt.Key.Key_Right)
    assert chart.toolTip().startswith("May 24: cost £")


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 590)), (2.0, (1226, 530))])
def test_nothing_of_the_further_answers_is_cut_or_nameless(
    tab: EconomicsTab, session: Session, house: Look, scale: float, size: tuple[int, int]
) -> None:
    tab.beside.outcomes.add_button.click()
    give(tab, session, tab.beside.outcomes.form, outcome_texts(QALY))
    tab.beside.scale.change.click()
    give(tab, session, tab.beside.scale.form, scale_texts(SCALE))
    house.set_scale(scale)
    tab.resize(*size)
    for part in (OUTCOMES, RESULTS):
        tab.segments.choose(part)
        settle()
        assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
