from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from analysis.vocabulary import EventKind
from db.answers import RoleAnswer
from db.queries.roles import events
from desktop.charts.picture import Dash
from desktop.pages.impact.event_state import read_event
from desktop.pages.impact.lines import NEW_MEAN
from desktop.pages.impact.page import ImpactTab
from desktop.pages.impact.state import TABLE_ONLY, ImpactState, impact_state
from desktop.pages.impact.view import ImpactView
from desktop.session import Session
from desktop.theme.look import Look
from desktop.theme.marks import Verdict
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]


def shown(answers: Answers, role: str, measure: str = "", view: str = "Frozen limits") -> ImpactState:
    answer = answers[role]
    ids = [f.measure.id for f in answer.finding.measures if f.measure.name == measure]
    state = impact_state(answer, ids[0] if ids else None, view)
    assert state is not None
    return state


def test_the_card_quotes_the_finding_word_for_word(answers: Answers) -> None:
    change = shown(answers, "Care navigator").change
    assert change.sentence == "A&E attendances fell by about 9\u00a0% after the role began. Early: 11 of 12 months."
    assert change.headline == "−19 a month"
    assert change.interval_line == "95\u00a0% interval −30 to −6 a month (−14\u00a0% to −3\u00a0%)"
    assert change.interval is not None
    assert change.interval.words == ("−30", "−19", "−6")
    assert change.look.word == "Improvement"


def test_the_chart_freezes_its_limits_at_launch_and_extends_them(answers: Answers) -> None:
    picture = shown(answers, "Care navigator").picture
    assert (picture.launch, picture.launch_label) == (11.5, "Launch 8 Apr 2024")
    mean = [line for line in picture.lines if line.ink == "mean"]
    assert [(line.dash, line.xs[1]) for line in mean] == [(Dash.SOLID, 11.5), (Dash.DOTTED, 25.6)]
    assert mean[1].label == "Before mean 212"
    assert [line.label for line in picture.lines if line.ink == "imp"] == ["", "After mean 193"]
    assert picture.band is not None
    assert (picture.band.start, picture.band.end) == (11.5, 12.5)


def test_marks_of_the_chart_are_those_of_the_finding(answers: Answers) -> None:
    state, finding = shown(answers, "Care navigator"), answers["Care navigator"].finding.leading
    assert finding is not None
    drawn = state.picture.points
    flagged = [p.position for p in finding.points if p.status is not None and p.status.value == "improvement"]
    assert [at for at, point in enumerate(drawn) if point.verdict is Verdict.IMPROVEMENT] == flagged
    assert [at for at, point in enumerate(drawn) if point.hollow] == [12, 24, 25]
    assert drawn[19].read_out == (
        "November 2024: 204",
        "8.3 below the before mean",
        "Part of a run below the mean",
    )


def test_an_axis_that_does_not_start_at_nought_says_so(answers: Answers) -> None:
    assert "The axis does not start at 0; its first mark is 180." in shown(answers, "Care navigator").picture.subtitle
    assert "axis" not in shown(answers, "Care navigator", "Role cost").picture.subtitle


def test_events_have_the_numbers_of_the_cautions(answers: Answers) -> None:
    state = shown(answers, "Care navigator")
    assert [(flag.number, flag.words) for flag in state.picture.flags] == [
        (1, "Dec 23  Second urgent-care hub opened"),
        (2, "Dec 24  Winter scheme started"),
    ]
    assert "Winter scheme started (event 2) overlaps 4 of the 11 months after launch." in state.cautions


def test_the_new_mean_starts_its_limits_again(answers: Answers) -> None:
    picture = shown(answers, "Care navigator", view=NEW_MEAN).picture
    assert "Limits start again after launch." in picture.subtitle
    means = [line.ys[0] for line in picture.lines if line.ink == "mean"]
    assert means == pytest.approx([212.25, 193.3636], rel=1e-4)


def test_a_view_without_its_data_gives_the_reason_and_falls_back(answers: Answers) -> None:
    state = shown(answers, "Link worker", view=NEW_MEAN)
    assert state.view == "Frozen limits"
    assert dict(state.off)["New mean"] == "New mean: 6 of 7 months after launch so far."


def test_suppressed_values_stand_between_their_bounds(answers: Answers) -> None:
    state = shown(answers, "Care navigator", "Referrals declined")
    bars = [point for point in state.picture.points if point.low is not None]
    assert bars
    assert all(point.value is None and point.high is not None for point in bars)
    assert state.table_only == TABLE_ONLY


def test_a_value_set_aside_keeps_its_reason(answers: Answers) -> None:
    picture = shown(answers, "Care navigator", "Emergency admissions").picture
    aside = [point for point in picture.points if point.set_aside]
    assert aside[0].read_out[-1] == "Set aside: Counted twice in the January extract"
    assert [line for line in picture.table if "Counted twice" in line[3]]


def test_too_early_says_what_there_is_and_what_is_needed(answers: Answers) -> None:
    change = shown(answers, "Case manager").change
    assert change.interval is None
    assert change.headline == "No answer yet"
    assert change.more[0] == "1 of 12 months after launch."
    assert change.more[1] == "Full answer in April 2026, if no month is left out."


def test_a_planned_role_hears_what_it_could_detect(answers: Answers) -> None:
    change = shown(answers, "Extended support worker").change
    assert change.sentence == "The role has not started; 14 months of home-care starts are held from before."
    assert change.more[-1].startswith("With 14 months before and 12 after, a change of about 16\u00a0%")


def test_the_explanation_names_method_inputs_formula_and_source(answers: Answers) -> None:
    explained = shown(answers, "Care navigator").explanation
    headings = ["Method", "In plain words", "Inputs", "Formula", "How sure", "Beside it", "Source"]
    assert [heading for heading, _ in explained.parts] == headings
    assert dict(explained.parts)["Beside it"][0].startswith("Change of level at launch against the trend before it")
    assert any("covers the truth" in line for line in dict(explained.parts)["How sure"])
    assert "Mean before launch: 212.3 a month." in dict(explained.parts)["Inputs"]


def test_a_new_event_is_understood_or_sent_back_to_its_field() -> None:
    good = read_event("4 Dec 2023", " Rota changed ", "A scheme")
    assert good.event is not None
    assert (good.event.when, good.event.title, good.event.kind) == (date(2023, 12, 4), "Rota changed", EventKind.SCHEME)
    bad = read_event("soon", "", "A scheme")
    assert bad.event is None
    assert bad.when_fault.startswith("Write a date")
    assert bad.title_fault


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> ImpactTab:
    made = ImpactTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 590)
    made.show_answer(answers["Care navigator"])
    made.show()
    settle()
    return made


def view_of(tab: ImpactTab) -> ImpactView:
    assert tab.view is not None
    return tab.view


def test_the_tab_fits_a_small_laptop(tab: ImpactTab) -> None:
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
    assert not view_of(tab).outer.isVisible()


def test_choosing_a_measure_and_a_view_redraws(tab: ImpactTab) -> None:
    view = view_of(tab)
    view.measure.setCurrentIndex(2)
    view.measure.activated.emit(2)
    assert view.chart.accessibleName().startswith("Chart: GP contacts")
    view.views.choose(NEW_MEAN)
    assert "Limits start again after launch." in view.chart.face.subtitle.text()


def test_t_shows_the_same_data_as_a_table_and_c_copies_it(tab: ImpactTab) -> None:
    view = view_of(tab)
    press(view.chart, Qt.Key.Key_T)
    assert view.chart.shows_table
    assert len(view.chart.table.shown.rows) == 26
    view.copy_button.click()
    assert "A&E attendances fell by about 9" in QGuiApplication.clipboard().text()


def test_a_measure_with_few_points_is_listed_and_the_chart_comes_back_with_the_next(tab: ImpactTab) -> None:
    view = view_of(tab)
    view.measure.activated.emit(5)
    assert view.chart.shows_table
    assert view.too_few.text() == TABLE_ONLY
    view.measure.activated.emit(0)
    assert not view.chart.shows_table


def test_how_is_this_made_opens_in_the_page_and_escape_leaves(tab: ImpactTab) -> None:
    view = view_of(tab)
    view.change.how.click()
    assert view.stack.currentWidget() is view.explanation
    press(view.explanation, Qt.Key.Key_Escape)
    assert view.stack.currentWidget() is view.chart


def test_an_event_is_added_from_the_chart_by_keyboard(tab: ImpactTab, session: Session) -> None:
    view = view_of(tab)
    press(view.chart, Qt.Key.Key_Right)
    press(view.chart, Qt.Key.Key_A)
    assert view.form.isVisible()
    assert view.form.when.text == "Apr 23"
    view.form.title_field.input.setText("Rota changed")
    press(view.form, Qt.Key.Key_Return)
    assert not view.form.isVisible()
    assert "Rota changed" in [event.title for event in events(session.need_store(), 1)]


def test_a_date_that_is_none_is_said_at_the_field(tab: ImpactTab) -> None:
    view = view_of(tab)
    view.event_button.click()
    view.form.when.input.setText("soon")
    view.form.add_button.click()
    assert view.form.when.fault.text().startswith("Write a date")
    assert view.form.isVisible()


def test_at_200_percent_the_cards_stand_under_the_chart_and_nothing_is_cut(tab: ImpactTab, house: Look) -> None:
    house.set_scale(2.0)
    tab.resize(1226, 530)
    settle()
    assert view_of(tab).outer.isVisible()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])
    house.set_scale(1.0)
    tab.resize(1284, 590)
    settle()
    assert view_of(tab).side.isVisible()


def test_on_a_laptop_at_125_percent_the_whole_chart_is_seen_at_once(tab: ImpactTab) -> None:
    tab.resize(1009, 442)
    settle()
    view = view_of(tab)
    assert view.outer.isVisible()
    foot = view.chart.mapTo(view, QPoint(0, view.chart.height())).y()
    assert foot <= view.height()
    assert (cut(tab), sideways(tab)) == ([], [])
    tab.resize(1284, 590)
    settle()
    assert view.chart.height() > 442


def test_a_role_without_a_measure_has_one_sentence_and_one_button(
    tab: ImpactTab, session: Session, qtbot: QtBot
) -> None:
    from db.operations.roles import add_role

    session.change(add_role, name="New role")
    new = next(role.id for role in session.facts.roles if role.name == "New role")
    session.answer(new, tab.show_answer)
    assert tab.stack.currentWidget() is tab.empty
    with qtbot.waitSignal(tab.tab_asked) as told:
        tab.empty.button.click()
    assert told.args[0] == "Data"
