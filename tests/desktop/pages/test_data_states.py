from __future__ import annotations

from datetime import date

import pytest

from analysis.periods import Frequency, month, quarter, week_starting
from analysis.vocabulary import Phase
from db.answers import RoleAnswer
from desktop.grid.state import CellMark
from desktop.pages.data.beside import beside_state
from desktop.pages.data.drafts import Batch, Drafts, Refused
from desktop.pages.data.page import DataTab
from desktop.pages.data.recorded import recorded
from desktop.pages.data.state import DataState, data_state
from desktop.pages.data.usual import Usual
from desktop.pages.role.page import TABS
from desktop.session import Session
from tests.desktop.pages.sample import role_named, shown_tab

TODAY = date(2025, 6, 12)


@pytest.fixture
def answer(session: Session) -> RoleAnswer:
    answers: list[RoleAnswer] = []
    session.answer(role_named(session, "Care navigator"), answers.append)
    return answers[0]


@pytest.fixture
def state(answer: RoleAnswer) -> DataState:
    return data_state(recorded(answer, TODAY))


def test_the_rows_run_from_the_first_month_to_one_past_the_last(state: DataState) -> None:
    assert (state.periods[0], state.periods[-1]) == (month(2023, 4), month(2025, 6))
    assert [row.phase for row in state.grid.rows if row.label == "Apr 24"] == [Phase.PHASE_IN]


def test_an_empty_role_is_shown_a_year_before_its_launch(session: Session) -> None:
    from db.operations.measures import add_measure
    from db.operations.roles import add_role

    store = session.need_store()
    role_id = add_role(store, name="New", launch=date(2025, 3, 1)).new_id or 0
    for name, frequency in (("A", Frequency.MONTH), ("B", Frequency.QUARTER), ("C", Frequency.WEEK)):
        add_measure(store, role_id=role_id, measure={"name": name, "kind": "count"}, use={"frequency": frequency})
    answers: list[RoleAnswer] = []
    session.answer(role_id, answers.append)
    made = data_state(recorded(answers[0], TODAY))
    assert {month(2024, 3), month(2025, 5), quarter(2024, 1), week_starting(date(2024, 2, 26))} <= set(made.periods)
    at = made.periods.index(quarter(2024, 2))
    assert [CellMark.NOT_EXPECTED in cell.marks for cell in made.grid.cells[at]] == [True, False, True]


@pytest.mark.parametrize("tab", TABS)
def test_a_role_of_which_only_the_name_is_known_can_be_opened_at_every_tab(session: Session, tab: str) -> None:
    from db.operations.roles import add_role

    add_role(session.need_store(), name="New")
    session.refresh()
    page, shown = shown_tab(session, "New", tab)
    page.resize(1284, 600)
    page.show()
    assert shown.isVisible()
    if isinstance(shown, DataTab):
        assert shown._empty.isVisible()
    page.close()


def test_every_mark_of_a_value_is_shown(state: DataState) -> None:
    marks = {mark for line in state.grid.cells for cell in line for mark in cell.marks}
    assert {CellMark.PROVISIONAL, CellMark.SET_ASIDE, CellMark.SUPPRESSED, CellMark.NOT_COLLECTED} <= marks
    assert [item.words for item in state.key][:2] == ["Launch, 8 Apr 2024", "Provisional"]


def test_before_the_role_was_in_post_its_own_work_is_not_missing(state: DataState) -> None:
    column = [measure.name for measure in state.measures].index("Contacts by the role")
    assert CellMark.NOT_EXPECTED in state.grid.cells[0][column].marks
    assert not state.grid.cells[0][column].locked


def test_a_draft_lies_over_what_is_recorded(answer: RoleAnswer) -> None:
    measure = answer.series[0].measure
    place, fine = (month(2025, 5), measure.id), (month(2025, 4), measure.id)
    batch = Batch({place: "12-", fine: "13"}, "Paste of 2 values")
    held = Drafts().refuse(Refused(batch, batch.read({measure.id: measure})))
    base = recorded(answer, TODAY, notes={fine: "Late"})
    made = data_state(base, held.layers())
    cells = [made.grid.cells[made.periods.index(period)][0] for period in (place[0], fine[0])]
    assert [(cell.raw, set(cell.marks), cell.note) for cell in cells] == [
        ("12-", {CellMark.FIX}, ""),
        ("13", {CellMark.CHECK}, "Late"),
    ]
    assert data_state(base).grid is base.grid


def test_an_unusual_value_is_asked_about_in_words(answer: RoleAnswer) -> None:
    contacts = next(one for one in answer.series if one.measure.name == "Contacts by the role")
    place = (month(2025, 5), contacts.measure.id)
    usual = Usual(contacts, answer.role.timeline)
    words = usual.words(place[0], 1340)
    assert words == "1,340 is 11 times the usual for Contacts by the role in May 25."
    assert usual.words(place[0], 140) == ""


def test_what_stands_beside_a_cell_names_it_and_its_usual_range(answer: RoleAnswer, state: DataState) -> None:
    series = answer.series[0]
    place = (month(2025, 5), series.measure.id)
    cell = state.grid.cells[state.periods.index(place[0])][0]
    beside = beside_state(state, series, place, cell, answer.role.timeline, {}, Drafts())
    assert (beside.title, beside.edited, beside.source) == ("A&E attendances · May 25", "196", "Source: typed")
    assert beside.facts[0][0] == "Usual range (after launch)"
    assert len(beside.spark.values) == 12
    assert beside.asking is None


def test_a_refused_batch_is_taken_up_again_when_one_of_its_cells_is_put_right(answer: RoleAnswer) -> None:
    measure = answer.series[0].measure
    first, second = (month(2025, 4), measure.id), (month(2025, 5), measure.id)
    batch = Batch({first: "12-", second: "13"}, "Paste of 2 values")
    held = Drafts().refuse(Refused(batch, batch.read({measure.id: measure})))
    assert held.refused[0].words == "1 of 2 values cannot be kept, so none of them has been saved."
    rest, whole = held.take_up(Batch({first: "12"}, "Type 12"))
    assert rest == Drafts()
    assert (whole.texts, whole.label) == ({first: "12", second: "13"}, "Paste of 2 values")
