from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from analysis.vocabulary import Arm, Assignment, ComparatorKind, EventKind
from db.answers import RoleAnswer
from db.operations.comparisons import add_comparator, add_target
from db.operations.observations import record_observations
from db.queries.comparisons import comparators, targets
from db.queries.exports import past_exports
from db.queries.roles import events
from db.queries.series import series
from desktop.charts.picture import Dash
from desktop.pages.data.page import DataTab
from desktop.pages.data.whose import Whose, as_whose, whose_of
from desktop.pages.impact.further import COMPARATOR, FITTED
from desktop.pages.impact.leaving import leaving_of
from desktop.pages.impact.page import ImpactTab
from desktop.pages.impact.state import ImpactState, impact_state
from desktop.pages.impact.together import together_state
from desktop.pages.impact.view import ImpactView
from desktop.session import Session
from desktop.theme.look import Look
from exporters.policy import POLICIES
from tests.db.making import value
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

ROLE, MEASURE = 1, 1
OAK = [203, 208, 204, 203, 199, 204, 212, 208, 211, 206, 207, 206, 195, 210, 208, 208, 195, 195, 200, 202, 207, 205]
OAK += [208, 201, 207, 207]


def answer_of(session: Session) -> RoleAnswer:
    got: list[RoleAnswer] = []
    session.answer(ROLE, got.append)
    return got[0]


def compare(session: Session, numbers: list[int], why: str = "") -> RoleAnswer:
    session.change(
        add_comparator,
        role_id=ROLE,
        measure_id=MEASURE,
        name="Oak PCN",
        kind=ComparatorKind.OTHER_PLACE,
        why_chosen=why,
    )
    periods = answer_of(session).series[0].periods
    entries = [
        value(ROLE, MEASURE, period, number, arm=Arm.COMPARATOR)
        for period, number in zip(periods, numbers, strict=False)
    ]
    session.change(record_observations, entries=entries, label="Type")
    return answer_of(session)


def shown(answer: RoleAnswer, view: str) -> ImpactState:
    state = impact_state(answer, MEASURE, view)
    assert state is not None
    return state


def test_the_fitted_trend_is_drawn_with_what_was_expected_and_the_ground_between(session: Session) -> None:
    answer = answer_of(session)
    state = shown(answer, FITTED)
    fitted = answer.finding.measures[0].fitted
    (shade,) = state.picture.shades
    assert [line.label for line in state.picture.lines][:3] == ["", "Fitted", "Without launch"]
    assert state.picture.lines[2].dash is Dash.DASHED
    assert shade.xs == state.picture.lines[2].xs
    assert "Difference" in [sample.words for sample in state.picture.legend]
    assert state.picture.summary.startswith(fitted.text)  # type: ignore[union-attr]  # a fit in the sample
    assert state.change.more[0] == fitted.text  # type: ignore[union-attr]
    assert "than the trend before it led to expect" in state.change.more[1]
    assert state.picture.table[0][2:4] == ("Fitted", "Expected without the launch")
    assert state.picture.points[20].read_out[-1].startswith("Expected without the launch: ")


def test_without_a_comparator_the_view_says_so_and_without_values_where_they_are_typed(session: Session) -> None:
    assert dict(shown(answer_of(session), COMPARATOR).off)[COMPARATOR] == "Comparator: none is recorded yet."
    state = shown(compare(session, []), COMPARATOR)
    assert "no values are recorded for Oak PCN yet; the Data tab takes them" in dict(state.off)[COMPARATOR]


def test_the_comparator_stands_beside_the_role_in_colour_mark_and_dash(session: Session) -> None:
    answer = compare(session, OAK, why="Like list")
    state = shown(answer, COMPARATOR)
    assert [(track.name, track.place) for track in state.picture.tracks] == [("Elm PCN", 1), ("Oak PCN", 2)]
    assert state.picture.points[2].read_out[-1] == "Oak PCN: 204.0"
    (compared,) = answer.finding.measures[0].compared
    assert state.picture.summary.startswith(compared.sentence)
    assert "Oak PCN: Like list." in state.picture.subtitle
    assert not any(point.verdict.value != "com" for point in state.picture.points)


def test_a_comparator_of_another_size_is_drawn_against_its_own_mean(session: Session) -> None:
    state = shown(compare(session, [10 * number for number in OAK]), COMPARATOR)
    assert "which is 100" in state.picture.subtitle
    assert state.picture.high < 150
    assert state.picture.points[2].read_out[-1] == "Oak PCN: 2,040.0"


def test_targets_are_drawn_from_their_day_on_and_named_once(session: Session) -> None:
    held: dict[str, Any] = {"role_id": ROLE, "measure_id": MEASURE}
    session.change(add_target, from_date=date(2023, 4, 1), high=210, **held)
    session.change(add_target, from_date=date(2024, 10, 1), high=190, **held)
    lines = [line for line in shown(answer_of(session), "Frozen limits").picture.lines if line.dash is Dash.CHAINED]
    assert [(line.xs, line.ys[0], line.label) for line in lines] == [
        ((-0.5, 17.5), 210, ""),
        ((17.5, 25.6), 190, "Target at most 190"),
    ]


def test_the_caseload_is_drawn_against_its_ceiling(session: Session) -> None:
    answer = answer_of(session)
    caseload = next(one.measure for one in answer.series if one.measure.library_key == "caseload")
    state = impact_state(answer, caseload.id)
    assert state is not None
    assert "Ceiling 45" in [line.label for line in state.picture.lines]
    assert "Caseload ceiling" in [sample.words for sample in state.picture.legend]


def test_all_measures_stand_together_with_icons_in_words(session: Session) -> None:
    answer = answer_of(session)
    state = together_state(answer)
    assert len(state.icons.rows) == len(answer.finding.measures)
    first = state.icons.rows[0]
    assert first[2].text == "improvement, low"
    assert first[2].spoken == "Special cause, improving: lower values"
    assert state.several == (answer.finding.multiplicity.text if answer.finding.multiplicity else "")
    assert [one.measure_id for one in state.small][:2] == [1, 2]


def test_what_leaves_is_rounded_and_says_so(session: Session) -> None:
    leaving = leaving_of(answer_of(session), MEASURE, "Frozen limits")
    assert all(point.value is None or point.value % 5 == 0 for point in leaving.picture.points)
    assert leaving.said.startswith("Hide 1 to 7, round the rest to 5.")


def test_a_comparison_with_a_hidden_comparator_stays_inside(session: Session) -> None:
    answer = compare(session, [number if at else 3 for at, number in enumerate(OAK)])
    leaving = leaving_of(answer, MEASURE, COMPARATOR)
    assert leaving.picture.tracks == ()
    assert "Oak PCN" not in leaving.picture.summary
    assert leaving_of(answer, MEASURE, COMPARATOR, replace(POLICIES["none"], reason="test")).picture.tracks


def test_an_arm_is_the_same_answer_with_the_comparators_series(session: Session) -> None:
    answer = compare(session, OAK)
    assert list(whose_of(answer).values()) == ["The role's own, everyone", "Comparator: Oak PCN"]
    (held,) = as_whose(answer, Whose(Arm.COMPARATOR)).series
    assert (held.measure.name, len(held)) == ("Oak PCN: A&E attendances", 26)


@pytest.fixture
def tab(house: Look, session: Session, qtbot: QtBot) -> ImpactTab:
    made = ImpactTab(session)
    qtbot.addWidget(made)
    session.changed.connect(lambda _things: session.answer(ROLE, made.show_answer))
    made.resize(1284, 590)
    made.show_answer(answer_of(session))
    made.show()
    settle()
    return made


def view_of(tab: ImpactTab) -> ImpactView:
    assert tab.view is not None
    return tab.view


def test_a_comparator_is_added_from_the_chart_with_its_reason(tab: ImpactTab, session: Session) -> None:
    view_of(tab).setting_button.click()
    assert tab.setting is not None
    card = tab.setting.comparators
    card.add_button.click()
    card.form.field("name").set_text("Oak PCN")
    card.form.choice("assignment").setCurrentText("By a rule as good as chance")
    card.form.choice("same_definition").setCurrentText("Yes")
    card.form.save.click()
    (held,) = comparators(session.need_store(), ROLE)
    assert (held.facts.name, held.facts.assignment, held.facts.same_definition) == (
        "Oak PCN",
        Assignment.QUASI_RANDOM,
        True,
    )
    assert "no values yet" in tab.setting.comparators.rows[0].line.detail
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])


def test_a_target_that_cannot_be_is_said_in_its_form(tab: ImpactTab, session: Session) -> None:
    view_of(tab).menu.choose("setting")
    assert tab.setting is not None
    card = tab.setting.targets
    card.add_button.click()
    card.form.field("from_date").set_text("soon")
    card.form.field("high").set_text("lots")
    card.form.save.click()
    assert card.form.field("from_date").fault.text().startswith("Give the day it begins")
    assert card.form.field("high").fault.text().startswith("This cannot be a target")
    card.form.field("from_date").set_text("Apr 2025")
    card.form.field("high").set_text("190")
    card.form.save.click()
    assert [(one.since, one.high) for one in targets(session.need_store(), ROLE)] == [(date(2025, 4, 1), 190)]


def test_limits_start_again_only_with_a_reason_and_for_this_measure_and_undo_takes_it_back(
    tab: ImpactTab, session: Session
) -> None:
    view = view_of(tab)
    press(view.chart, Qt.Key.Key_B)
    assert view.form.kind.currentText() == "The baseline is set here, with the reason"
    view.form.when.set_text("Oct 2023")
    view.form.add_button.click()
    assert view.form.title_field.fault.text()
    view.form.title_field.set_text("Counting changed for good")
    view.form.add_button.click()
    made = next(event for event in events(session.need_store(), ROLE) if event.kind is EventKind.BASELINE)
    assert (made.title, made.measure_id) == ("Counting changed for good", MEASURE)
    assert answer_of(session).finding.measures[0].limits_set_by == (made,)
    session.undo()
    assert answer_of(session).finding.measures[0].limits_set_by == ()


def test_every_key_of_the_chart_stands_in_its_menu(tab: ImpactTab) -> None:
    words = [action.text() for action in view_of(tab).menu.menu.actions()]
    assert [key for key in "TCAB" if not any(text.endswith(f"\t{key}") for text in words)] == []


def test_all_measures_open_in_place_and_one_opens_its_chart(tab: ImpactTab) -> None:
    view = view_of(tab)
    view.together_button.click()
    assert view.stack.currentWidget() is view.together
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
    view.together.icons.opened.emit("3")
    assert view.stack.currentWidget() is view.chart
    assert view.chart.accessibleName().startswith("Chart: GP contacts")


def test_charts_and_explanation_leave_protected(tab: ImpactTab, tmp_path: Path) -> None:
    view = view_of(tab)
    tab.save_chart(tmp_path / "chart.svg")
    assert (tmp_path / "chart.svg").stat().st_size > 2000
    assert view.said.text().startswith("chart.svg is written. Hide 1 to 7")
    tab.save_chart(tmp_path / "nowhere" / "chart.png")
    assert "Nothing can be written in the folder" in view.said.text()
    view.explanation.copy.click()
    assert QGuiApplication.clipboard().text().startswith("How this is made: A&E attendances")
    view.chart.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert all(int(line.split("\t")[1]) % 5 == 0 for line in lines[3:])


def test_the_table_of_all_measures_leaves_protected_and_goes_into_the_list_of_exports(tab: ImpactTab) -> None:
    tab.focus_on("together")
    view = tab.view
    assert view is not None
    table = view.together.icons.table
    table.clearSelection()
    table._copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + len(view.together.icons.table.shown.rows)
    (declined,) = (line for line in lines if line.startswith("Referrals declined"))
    assert "hidden" in declined
    kept = past_exports(tab.session.need_store())[0]
    assert (kept.kind, kept.policy) == ("clipboard", "hes")


def test_values_are_typed_into_the_comparators_arm(session: Session, house: Look, qtbot: QtBot) -> None:
    answer = compare(session, OAK[:3])
    data = DataTab(session)
    qtbot.addWidget(data)
    data.show_answer(answer)
    assert data.view.whose.combo.count() == 2
    data.focus_on((Arm.COMPARATOR, MEASURE))
    state = data._state
    assert state is not None
    assert [measure.name for measure in state.measures] == ["Oak PCN: A&E attendances"]
    data.view.grid.setCurrentIndex(
        data.view.grid.model().index(list(state.periods).index(answer.series[0].periods[3]), 0)
    )
    data.view.value.entered.emit("219")
    store = session.need_store()
    assert series(store, ROLE, arm=Arm.COMPARATOR)[0].values.tolist() == [203, 208, 204, 219]
    assert series(store, ROLE)[0].values[3] != 219
