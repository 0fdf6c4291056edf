from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.answers import RoleAnswer
from desktop.pages.economics.assumptions import assumption_texts, read_assumptions
from desktop.pages.economics.benefit_lines import benefit_table, benefit_texts, read_benefit
from desktop.pages.economics.cost_lines import cost_table, cost_texts, read_cost
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.economics.reading import CASH_REASON
from desktop.pages.economics.state import ResultsState, results_state
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]


def results(answers: Answers, role: str) -> ResultsState:
    return results_state(answers[role].economics)


def test_the_three_answers_stand_apart_each_with_its_range(answers: Answers) -> None:
    cash, public, wider = results(answers, "Care navigator").answers
    assert (cash.figure, cash.chip) == ("−£114,500", "Below cost")
    assert (public.figure, public.chip) == ("−£7,000", "Below cost")
    assert "One-way range −£41,000 to +£26,200." in public.sentence
    assert (wider.figure, wider.chip) == ("", "Not yet")
    assert wider.sentence == "No benefit to people or the wider public is entered, so this is not given."


def test_an_answer_that_cannot_be_given_says_what_is_missing_and_shows_no_nought(answers: Answers) -> None:
    state = results(answers, "Link worker")
    assert [answer.figure for answer in state.answers] == ["", "", ""]
    assert state.answers[0].sentence == (
        "Not yet. Needed: for GP contacts: the volume before, the volume after, what would have happened anyway, "
        "the share due to the role."
    )
    assert (state.payers.table, state.tornado, state.years.table) == (None, None, None)
    assert (
        state.break_even == "A full year costs £34,800. On GP contacts alone the role pays for itself at 76.3 a month."
    )


def test_a_missing_price_index_withholds_the_answers_and_is_named(answers: Answers) -> None:
    held = answers["Link worker"].economics
    state = results_state(replace(held, withheld=("1999-00",)))
    assert state.answers[0].sentence == "Withheld: there is no price index for 1999-00."


def test_who_pays_adds_up_to_its_total(answers: Answers) -> None:
    card = results(answers, "Care navigator").payers
    assert card.table is not None
    assert [[cell.text for cell in row] for row in card.table.rows][-1] == [
        "Total",
        "120,382",
        "5,889",
        "107,518",
        "−114,493",
        "−6,975",
    ]
    assert card.sentence == (
        "Northvale Community Trust pays 98\u00a0% of the cost. £5,900 could leave a budget; the rest of the gain is "
        "capacity."
    )


def test_the_ladder_says_what_one_more_fact_would_give(answers: Answers) -> None:
    ladder = results(answers, "Link worker").ladder
    assert (ladder.reached, ladder.unknown) == ("3 of 6 steps", "1 cost not known")
    assert (False, "Share due to the role", "net value, all public sector") in ladder.steps


def test_the_tornado_and_its_table_say_the_same(answers: Answers) -> None:
    state = results(answers, "Care navigator")
    assert state.tornado is not None
    assert state.tornado_card.table is not None
    first, row = state.tornado.bars[0], state.tornado_card.table.rows[0]
    assert [cell.text for cell in row] == ["Share due to the role", "−30\u00a0%", "−£41,000", "+30\u00a0%", "+£26,200"]
    assert (first.name, round(first.worse, -2), round(first.better, -2)) == ("Share due to the role", -41000, 26200)
    assert state.tornado.entered_words == "−£7,000"


def test_spend_before_and_after_and_what_a_client_cost_still_needs(answers: Answers) -> None:
    spend = results(answers, "Care navigator").spend
    assert spend[0] == "Before launch: £0 a month over 12 months, April 2023 to March 2024."
    assert spend[1] == "After launch: £3,327 a month over 11 months, May 2024 to March 2025."
    assert spend[2].startswith("£28.20 for each contact")
    assert spend[3].startswith("Cost of a client: not yet.")


def test_cash_stands_apart_from_capacity_year_by_year(answers: Answers) -> None:
    years = results(answers, "Care navigator").years.table
    assert years is not None
    assert [cell.text for cell in years.rows[1]] == [
        "Year 2, from April 2025",
        "40,560",
        "2,155",
        "39,340",
        "−38,405",
        "+935",
    ]


def test_what_is_not_known_is_marked_in_words(answers: Answers) -> None:
    facts = answers["Care navigator"].economics.facts
    amounts = [row[1].text for row in cost_table(facts).rows]
    assert amounts == ["£36,120", "£3,300", "£870", "£1,900", "£95", "not known"]
    needs = [row[-1].words for row in benefit_table(answers["Link worker"].economics.facts).rows]
    assert needs == ["the volume before, the volume after, what would have happened anyway, the share due to the role"]


def test_every_line_of_the_sample_reads_back_as_it_was(answers: Answers) -> None:
    for answer in answers.values():
        known = {one.measure.label: one.measure.id for one in answer.finding.measures}
        for cost in answer.economics.facts.costs:
            read = read_cost(cost_texts(cost, known), known)
            assert read.faults == {}
            assert {name: getattr(cost, name) for name in read.facts} == read.facts
        for benefit in answer.economics.facts.benefits:
            read = read_benefit(benefit_texts(benefit, known), known)
            assert read.faults == {}
            assert {name: getattr(benefit, name) for name in read.facts} == read.facts
        frame = answer.economics.facts
        read = read_assumptions(assumption_texts(frame, known), known)
        asked = {name: value for name, value in read.facts.items() if hasattr(frame, name) and name != "perspective"}
        assert {name: getattr(frame, name) for name in asked} == asked
        assert (read.facts["worth_low_pence"], read.facts["worth_high_pence"]) == frame.own_worth


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("amount", "lots", "Write an amount such as £3,412, or: not known."),
        ("amount", "-5", "An amount cannot be below 0; money released belongs to the benefits."),
        ("start", "soon", "Write a month or date such as Apr 2024."),
        ("end", "Mar 2020", "A cost cannot end before it starts."),
        ("price_year", "2024", "Write a financial year such as 2024/25."),
        ("label", "", "Give it a name."),
    ],
)
def test_a_text_that_will_not_do_is_answered_at_its_field(answers: Answers, field: str, text: str, words: str) -> None:
    texts = cost_texts(answers["Care navigator"].economics.facts.costs[0])
    assert read_cost({**texts, field: text}).faults == {field: words}


def test_shares_are_read_as_people_write_them_and_cash_needs_its_reason(answers: Answers) -> None:
    texts = benefit_texts(answers["Care navigator"].economics.facts.benefits[1])
    for written in ("25 %", "25%", "0.25", "25"):
        assert read_benefit({**texts, "deadweight": written}).facts["deadweight"] == "0.25"
    assert read_benefit({**texts, "deadweight": "140 %"}).faults == {
        "deadweight": "A share lies between 0\u00a0% and 100\u00a0%.".replace("\u00a0", " ")
    }
    assert read_benefit({**texts, "cashability": "10 %"}).faults == {"cash_reason": CASH_REASON}


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> EconomicsTab:
    made = EconomicsTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 590)
    made.show_answer(answers["Care navigator"])
    made.show()
    settle()
    return made


def test_another_theme_waits_in_the_parts_that_are_not_shown(tab: EconomicsTab, house: Look) -> None:
    tab.dress()
    house.choose("dark")
    assert tab.results.styleSheet()
    assert not tab.costs.styleSheet()
    tab.show_part("Costs")
    assert tab.costs.styleSheet() == tab.results.styleSheet()


def refresh(tab: EconomicsTab, session: Session, role_id: int = 1) -> RoleAnswer:
    """What the role page does after a change."""
    got: list[RoleAnswer] = []
    session.answer(role_id, got.append)
    tab.show_answer(got[0])
    return got[0]


@pytest.mark.parametrize("part", ["Costs", "Benefits", "Results"])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 590)), (2.0, (1226, 530))])
def test_nothing_is_cut_or_nameless_at_any_size(
    tab: EconomicsTab, house: Look, part: str, scale: float, size: tuple[int, int]
) -> None:
    house.set_scale(scale)
    tab.resize(*size)
    tab.segments.choose(part)
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])


def test_a_cost_is_added_and_undone(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose("Costs")
    tab.costs.add_button.click()
    form = tab.costs.form
    assert form.field("start").text == "1 Apr 2024"
    form.field("label").input.setText("Car parking")
    form.field("amount").input.setText("not known")
    press(form, Qt.Key.Key_Return)
    assert not form.isVisible()
    answer = refresh(tab, session)
    assert answer.economics.not_known == ("Room at the practice", "Car parking")
    assert session.facts.undo == "Add cost Car parking"


def test_a_cost_is_changed_with_enter_and_removed_with_delete(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose("Costs")
    tab.costs.table.table.selectRow(5)
    press(tab.costs.table.table, Qt.Key.Key_Return)
    tab.costs.form.field("amount").input.setText("£1,200")
    tab.costs.form.save.click()
    assert refresh(tab, session).economics.not_known == ()
    tab.costs.table.table.selectRow(4)
    press(tab.costs.table.table, Qt.Key.Key_Delete)
    labels = [line.label for line in refresh(tab, session).economics.facts.costs]
    assert "Travel" not in labels


def test_a_fault_stays_at_the_field_and_nothing_is_written(tab: EconomicsTab, session: Session) -> None:
    before = session.facts.undo
    tab.segments.choose("Benefits")
    tab.benefits.table.table.selectRow(1)
    tab.benefits.change_button.click()
    tab.benefits.form.field("cashability").input.setText("20 %")
    tab.benefits.form.save.click()
    assert tab.benefits.form.field("cash_reason").fault.text() == CASH_REASON
    assert session.facts.undo == before


def test_what_the_file_refuses_is_said_in_the_form(tab: EconomicsTab) -> None:
    tab.segments.choose("Costs")
    tab.costs.add_button.click()
    tab.costs.form.field("label").input.setText("x" * 300)
    tab.costs.form.field("amount").input.setText("£1")
    tab.costs.form.save.click()
    assert tab.costs.form.fault.isVisible()
    assert "Nothing was changed." in tab.costs.form.fault.text()


def test_the_assumptions_change_the_horizon(tab: EconomicsTab, session: Session) -> None:
    tab.assume.click()
    tab.frame_form.field("months").input.setText("24")
    tab.frame_form.choice("schedule").setCurrentIndex(1)
    press(tab.frame_form, Qt.Key.Key_Return)
    facts = refresh(tab, session).economics.facts
    assert (facts.months, facts.schedule, facts.start) == (24, "green_book_health", date(2024, 4, 1))
    assert tab.frame_words.text().startswith("24 months from April 2024")


def test_the_tornado_turns_into_its_table_and_back(tab: EconomicsTab) -> None:
    card = tab.results.tornado
    card.switch.click()
    assert card.table.isVisible()
    card.switch.click()
    assert card.chart.isVisible()


def test_how_it_is_made_opens_in_the_page(tab: EconomicsTab) -> None:
    assert tab.results.break_even is not None
    tab.results.break_even.buttons[0].click()
    assert tab.explanation.isVisible()
    press(tab.explanation, Qt.Key.Key_Escape)
    assert tab.results.isVisible()


def test_add_a_fact_leads_to_where_it_is_entered(tab: EconomicsTab, answers: Answers) -> None:
    tab.show_answer(answers["Link worker"])
    tab.results.ladder.button.click()
    assert tab.segments.current == "Benefits"
