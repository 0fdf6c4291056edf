"""Lines that go by a measure, costs that are asked for, and warnings at the field, as a person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from analysis.vocabulary import CostKind
from db.answers import RoleAnswer
from db.operations.money import add_pay_line
from db.operations.unit_costs import keep_unit_cost
from db.queries.exports import past_exports
from desktop.pages.economics.benefit_lines import NO_PICK
from desktop.pages.economics.cost_lines import PAID_TWICE
from desktop.pages.economics.page import EconomicsTab
from desktop.session import Session
from desktop.theme.look import Look
from tests.desktop.keys import press
from tests.desktop.pages.results.looking import cut, nameless, settle, sideways

Answers = dict[str, RoleAnswer]


@pytest.fixture
def tab(house: Look, session: Session, answers: Answers, qtbot: QtBot) -> EconomicsTab:
    made = EconomicsTab(session)
    qtbot.addWidget(made)
    made.resize(1284, 590)
    made.show_answer(answers["Care navigator"])
    made.show()
    settle()
    return made


def renewed(tab: EconomicsTab, session: Session) -> RoleAnswer:
    got: list[RoleAnswer] = []
    session.answer(1, got.append)
    tab.show_answer(got[0])
    return got[0]


def test_a_benefit_is_taken_from_its_measure_with_its_interval_and_undone(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose("Benefits")
    tab.benefits.table.opened.emit(tab.benefits.table.shown.keys[0])
    form = tab.benefits.form
    method = form.choice("method")
    method.setCurrentText("Taken from the measure")
    method.activated.emit(method.currentIndex())
    assert (form.texts()["before"], form.texts()["after"]) == ("", "")
    press(form, Qt.Key.Key_Return)
    held = renewed(tab, session)
    line, effect = held.economics.facts.benefits[0], held.finding.measures[0].effect
    assert (line.before, line.after) == (effect.before, effect.after)  # type: ignore[union-attr]  # the sample has an estimate
    assert "Early: 11 of 12 months. After: " in tab.benefits.note.text()
    assert "95\u00a0% interval" in tab.benefits.note.text()
    assert tab.benefits.table.shown.rows[0][1].text == "measured"
    tab.benefits.table.opened.emit(tab.benefits.table.shown.keys[0])
    assert form.texts()["before"] == ""
    session.undo()
    assert renewed(tab, session).economics.facts.benefits[0].before == 214


def test_a_cost_by_contact_takes_the_measure_that_is_chosen_and_says_when_none_is(
    tab: EconomicsTab, session: Session
) -> None:
    tab.segments.choose("Costs")
    tab.costs.add_button.click()
    form = tab.costs.form
    form.fill({"label": "Transport", "amount": "£1.20", "kind": "Per contact"})
    press(form, Qt.Key.Key_Return)
    held = renewed(tab, session)
    assert "Transport" in held.economics.not_known
    assert "Transport (choose the measure that gives the number of contacts)" in tab.costs.note.text()
    tab.costs.table.opened.emit(tab.costs.table.shown.keys[-1])
    form.choice("measure").setCurrentText("GP contacts")
    press(form, Qt.Key.Key_Return)
    line = renewed(tab, session).economics.facts.costs[-1]
    assert (line.kind, line.volume.measure) == (CostKind.PER_CONTACT, "GP contacts")
    assert line.volume.a_month is not None
    assert tab.costs.table.shown.rows[-1][2].text == f"Per contact × {line.volume.a_month:.1f}"


def test_a_forgotten_cost_is_added_with_one_click_or_said_not_to_apply(tab: EconomicsTab, session: Session) -> None:
    tab.segments.choose("Costs")
    tab.plan.prompts.wanted.emit("double running")
    assert tab.costs.form.texts()["category"] == "double running"
    press(tab.costs.form, Qt.Key.Key_Return)
    held = renewed(tab, session).economics.facts
    assert (held.costs[-1].category, held.costs[-1].amount_pence) == ("double running", None)
    tab.plan.prompts.dismissed.emit("backfill")
    assert renewed(tab, session).economics.facts.dismissed == ("backfill",)
    assert tab.plan.prompts.again.text() == "Ask again about the 1 that did not apply"
    assert session.facts.undo == "Say which costs do not apply"
    tab.plan.prompts.again.click()
    assert renewed(tab, session).economics.facts.dismissed == ()


def test_pay_beside_posts_is_warned_of_once_at_its_field_and_kept_when_saved_again(
    tab: EconomicsTab, session: Session
) -> None:
    session.change(add_pay_line, role_id=1, label="Navigators", start=date(2024, 4, 1), pay_year="2024-25")
    renewed(tab, session)
    before = session.facts.undo
    tab.segments.choose("Costs")
    tab.costs.table.opened.emit(tab.costs.table.shown.keys[0])
    form = tab.costs.form
    form.field("payer").input.setText("Northvale ICB")
    press(form, Qt.Key.Key_Return)
    assert form.choice("category").accessibleDescription() == PAID_TWICE
    assert (session.facts.undo, form.isVisible()) == (before, True)
    press(form, Qt.Key.Key_Return)
    held = renewed(tab, session)
    assert held.economics.facts.costs[0].payer == "Northvale ICB"
    assert held.economics.warnings == ("Pay with on-costs: pay stands under Pay as well, so it is counted twice.",)
    assert "counted twice" in tab.results.answers[0].sentence.text()


def test_a_unit_cost_is_chosen_from_the_library_with_its_citation(tab: EconomicsTab, session: Session) -> None:
    session.change(
        keep_unit_cost, label="Evening session", amount_pence=21_050, unit="£ per session", price_year="2025-26",
        source="Local tariff, page 3", kind="marginal",
    )  # fmt: skip
    renewed(tab, session)
    tab.segments.choose("Benefits")
    tab.benefits.add_button.click()
    pick = tab.benefits.form.choice("pick")
    words = "Evening session: £210.50 per session, 2025/26, own"
    assert pick.itemText(0) == NO_PICK
    assert pick.findText(words) > 0
    assert all("GP surgery" not in pick.itemText(at) for at in range(pick.count()))
    pick.setCurrentText(words)
    pick.activated.emit(pick.currentIndex())
    texts = tab.benefits.form.texts()
    assert (texts["unit_cost"], texts["source"], texts["price_year"], texts["cost_type"]) == (
        "£210.50", "Local tariff, page 3", "2025/26", "What one less really saves",
    )  # fmt: skip


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1284, 590)), (2.0, (1226, 530))])
@pytest.mark.parametrize("part", ["Costs", "Benefits", "Saved"])
def test_nothing_of_the_plan_is_cut_or_nameless(
    tab: EconomicsTab, session: Session, house: Look, part: str, scale: float, size: tuple[int, int]
) -> None:
    tab.keeping.view.save_asked.emit("May")
    renewed(tab, session)
    tab.segments.choose(part)
    house.set_scale(scale)
    tab.resize(*size)
    views = {"Costs": tab.costs, "Benefits": tab.benefits}
    if part in views:
        views[part].add_button.click()
    else:
        tab.keeping.view.compared.emit("1", "What is shown now")
    settle()
    assert (cut(tab), sideways(tab), nameless(tab)) == ([], [], [])


def test_an_appraisal_is_saved_opened_compared_copied_and_removed(tab: EconomicsTab, session: Session) -> None:
    view = tab.keeping.view
    tab.segments.choose("Saved")
    view.save_asked.emit(" ")
    assert view.name.fault.text().startswith("The appraisal has no name yet.")
    view.name.input.setText("Board paper")
    view.save.click()
    assert [row[0].text for row in view.table.shown.rows] == ["Board paper"]
    tab.costs.table.opened.emit(tab.costs.table.shown.keys[0])
    tab.costs.form.fill({"amount": "£40,000"})
    press(tab.costs.form, Qt.Key.Key_Return)
    line = renewed(tab, session).economics.facts.benefits[0]
    tab.benefits.table.opened.emit(str(line.id))
    tab.benefits.form.fill({"before": "215"})
    press(tab.benefits.form, Qt.Key.Key_Return)
    renewed(tab, session)
    assert view.table.shown.rows[0][4].text == "changed since"
    view.compared.emit(view.table.shown.keys[0], "What is shown now")
    rows = [[cell.text for cell in row] for row in view.shown.shown.rows]
    assert rows[0] == ["Cost “Pay with on-costs”: amount", "input", "£36,120.00", "£40,000.00"]
    assert rows[1] == ["Benefit “A&E attendances”: before", "input", "214", "215"]
    view.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[2] == "Benefit “A&E attendances”: before\tinput\t[c]\t[c]"
    view.shown.table.selectAll()
    press(view.shown.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[2] == copied[2]
    assert [one.kind for one in past_exports(session.need_store())] == ["clipboard", "clipboard"]
    view.opened.emit(view.table.shown.keys[0])
    assert view.copy.isHidden()
    assert "cannot be changed" in view.sentence.text()
    view.removed.emit(view.table.shown.keys[0])
    assert view.table.shown.rows == ()
    assert view.shown_card.isHidden()
