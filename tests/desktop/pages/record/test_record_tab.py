from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from analysis.vocabulary import EventKind, Lifecycle
from db.answers import RoleAnswer
from db.queries.record import record
from db.queries.roles import events, profile
from db.tables import ImplementationBase
from desktop.grid.state import CellMark
from desktop.pages.facts_form import Part
from desktop.pages.record.page import PARTS, RecordTab
from desktop.pages.record.parts import FormPart, NotesPart, StaffingPart
from desktop.pages.role.page import RolePage
from desktop.session import Session
from desktop.widgets import ChoiceField, Field, SuggestField, TextArea
from tests.desktop.keys import press, type_text
from tests.desktop.pages.sample import role_named, shown_tab

K = Qt.Key
ROLE = "Case manager"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[RolePage]:
    made, _ = shown_tab(session, ROLE, "Readiness")
    qtbot.addWidget(made)
    made.resize(1284, 600)
    made.show()
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def tab(page: RolePage) -> RecordTab:
    shown = page.stack.currentWidget()
    assert isinstance(shown, RecordTab)
    return shown


def form(tab: RecordTab, name: str) -> FormPart:
    tab.focus_on(name)
    part = tab.part(name)
    assert isinstance(part, FormPart)
    return part


def enter(part: Part, text: str) -> None:
    if isinstance(part, ChoiceField) and not isinstance(part, SuggestField):
        part.combo.setCurrentText(text)
        part.combo.activated.emit(part.combo.currentIndex())
        return
    line: QWidget = part.combo.lineEdit() if isinstance(part, SuggestField) else part.input  # type: ignore[assignment]  # an editable combo box has one
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]  # both kinds of input can
    if text:
        type_text(line, text)
    else:
        press(line, K.Key_Delete)
    press(line, K.Key_Tab)


def facts(session: Session, role: str = ROLE) -> ImplementationBase:
    return profile(session.need_store(), role_named(session, role)).facts


@pytest.mark.parametrize(
    ("key", "typed", "held"),
    [
        ("dose", "Two visits a week", "Two visits a week"),
        ("eligible_number", "1,240", 1240),
        ("boundary", "our own words", "our own words"),
        ("co_located", "Yes", True),
        ("caseload_ceiling", "40", 40.0),
        ("boundary_review", "1 Apr 2026", date(2026, 4, 1)),
        ("lifecycle", "Paused", Lifecycle.PAUSED),
        ("band", "Band 6", "Band 6"),
    ],
)
def test_a_fact_is_saved_as_its_field_is_left_and_taken_back(
    tab: RecordTab, session: Session, qtbot: QtBot, key: str, typed: str, held: object
) -> None:
    part = form(tab, "Profile")
    before = getattr(facts(session), key)
    enter(part.form.parts[key], typed)
    assert getattr(facts(session), key) == held
    assert session.facts.undo.startswith("Change ")
    session.undo()
    assert getattr(facts(session), key) == before


def test_employer_programme_and_successor_are_recorded_by_name(tab: RecordTab, session: Session) -> None:
    part = form(tab, "Profile")
    enter(part.form.parts["employer"], "Northvale Community Trust")
    enter(part.form.parts["programme"], "Care closer to home")
    enter(part.form.parts["programme_started"], "2 Oct 2023")
    enter(part.form.parts["successor"], "Link worker, Oak PCN")
    held = record(session.need_store(), role_named(session, ROLE))
    assert (held.employer, held.successor) == ("Northvale Community Trust", "Link worker")
    assert held.programme_started == date(2023, 10, 2)


@pytest.mark.parametrize(
    ("name", "key", "typed", "words"),
    [
        ("Profile", "supervision", "Ring her on 020 7946 0018", "telephone number"),
        ("Profile", "team", "943 476 5919", "NHS number"),
        ("Profile", "boundary", "from SW1A 1AA", "full postcode"),
        ("Profile", "phase_in_end", "1 Jan 2025", "Phase-in ends before the launch"),
        ("Profile", "planned_wte", "2.5", "more than the head count of 2"),
        ("Profile", "planned_wte", "-1", "not a number of whole-time equivalents"),
        ("Profile", "caseload_ceiling", "-4", "not a number of zero or more"),
        ("Profile", "programme_started", "2 Oct 2023", "no programme"),
        ("Case for the role", "method_chosen_on", "1 Jan 2090", "lies ahead"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_neither_lost_nor_stored(
    tab: RecordTab, session: Session, name: str, key: str, typed: str, words: str
) -> None:
    before = facts(session)
    field = form(tab, name).form.parts[key]
    enter(field, typed)
    assert words in field.fault.text()
    assert field.text == typed
    assert facts(session) == before
    session.refresh()
    tab.show_answer(answer(session))
    assert field.text == typed


def answer(session: Session) -> RoleAnswer:
    held: list[RoleAnswer] = []
    session.answer(role_named(session, ROLE), held.append)
    return held[0]


def test_an_end_before_the_launch_is_refused_at_its_date(tab: RecordTab, session: Session) -> None:
    part = form(tab, "Profile")
    enter(part.form.parts["lifecycle"], "Ended")
    enter(part.form.parts["lifecycle_date"], "5 Jan 2025")
    assert "before its launch on 6 Jan 2025" in part.form.parts["lifecycle_date"].fault.text()


def test_funding_that_ends_before_the_launch_is_saved_with_a_caution(tab: RecordTab, session: Session) -> None:
    part = form(tab, "Profile")
    enter(part.form.parts["funding_end"], "1 Dec 2024")
    assert facts(session).funding_end == date(2024, 12, 1)
    names = [line.accessibleName() for card in part.form.cards.values() for line in card.findChildren(QWidget)]
    assert any("funding ends before the launch" in name for name in names)


def test_tasks_and_changes_of_the_role_are_added_changed_and_removed(tab: RecordTab, session: Session) -> None:
    part, role_id = form(tab, "Profile"), role_named(session, ROLE)
    card = part.lists["tasks"]
    card.add_button.click()
    card.form.save.click()
    assert card.form.field("task").fault.text() == "This is needed."
    type_text(card.form.field("task").input, "Writes one plan")
    card.form.choice("trained").setCurrentText("Yes")
    card.form.save.click()
    assert [row["task"] for row in profile(session.need_store(), role_id).tasks] == ["Writes one plan"]
    card.rows[0].change.click()
    type_text(card.form.field("taken_from").input, "Nurses")
    card.form.save.click()
    assert "taken from Nurses · trained: yes" in card.rows[0].line.detail
    card.rows[0].remove.click()
    assert card.rows == []
    changes = part.lists["role changes"]
    changes.add_button.click()
    type_text(changes.form.field("happened_on").input, "3 Mar 2025")
    type_text(changes.form.field("title").input, "Evening calls added")
    changes.form.save.click()
    held = events(session.need_store(), role_id)
    assert [(event.title, event.kind) for event in held] == [("Evening calls added", EventKind.ROLE)]


def test_a_note_with_an_identifier_is_refused_in_its_form(tab: RecordTab, session: Session) -> None:
    tab.focus_on(("Notes", ""))
    part = tab.part("Notes")
    assert isinstance(part, NotesPart)
    form_of = part.card.form
    part.card.add_button.click()
    type_text(form_of.field("noted_on").input, "12 May 2025")
    text = next(child for child in form_of.findChildren(TextArea))
    type_text(text.input, "Asked for 943 476 5919")
    form_of.save.click()
    assert "NHS number" in text.fault.text()
    assert profile(session.need_store(), role_named(session, ROLE)).notes == ()
    text.input.selectAll()
    type_text(text.input, "One number to ring")
    form_of.save.click()
    assert [row["text"] for row in profile(session.need_store(), role_named(session, ROLE)).notes] == [
        "One number to ring"
    ]
    assert not form_of.isVisible()


def test_alternatives_and_measures_are_recorded_and_later_changes_shown(tab: RecordTab, session: Session) -> None:
    part, role_id = form(tab, "Case for the role"), role_named(session, ROLE)
    card = part.lists["alternatives"]
    card.add_button.click()
    offered = next(child for child in card.form.findChildren(SuggestField))
    words = {offered.combo.itemText(at) for at in range(offered.combo.count())}
    assert {"No new role", "Integrated care pathway"} <= words
    enter(offered, "No new role")
    card.form.save.click()
    assert [row["name"] for row in record(session.need_store(), role_id).alternatives] == ["No new role"]
    measures = part.lists["measures"]
    measures.rows[0].change.click()
    measures.form.choice("expected_direction").setCurrentText("Fall")
    type_text(measures.form.field("expected_change").input, "-4")
    type_text(measures.form.field("owner").input, "Trust analyst")
    measures.form.save.click()
    use = record(session.need_store(), role_id).uses[0]
    assert (use.expected_direction, use.expected_change, use.owner) == ("decrease", -4.0, "Trust analyst")
    assert session.facts.undo == "Change expected change, expected direction, owner"
    shown = " ".join(label.text() for label in part.findChildren(QLabel))
    assert "after launch. Emergency admissions: expected direction, first written: decrease" in shown


def staffing(tab: RecordTab) -> StaffingPart:
    tab.focus_on(("Staffing", ""))
    part = tab.part("Staffing")
    assert isinstance(part, StaffingPart)
    return part


def test_staffing_is_typed_like_a_sheet_and_a_column_is_pasted_as_one_step(tab: RecordTab, session: Session) -> None:
    part, role_id = staffing(tab), role_named(session, ROLE)
    grid = part.view.grid
    assert [row.label for row in grid.shown.rows][:4] == ["Oct 24", "Nov 24", "Dec 24", "Jan 25"]
    grid.setFocus()
    type_text(grid, "1")
    editor = next(child for child in grid.findChildren(QLineEdit) if child.objectName() == "cell")
    type_text(editor, ".6")
    press(editor, K.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)
    QGuiApplication.clipboard().setText("1.6\n1.6\n0.8")
    grid.paste()
    held = record(session.need_store(), role_id).staffing
    assert [row.planned for row in held] == ["1.6", "1.6", "1.6", "0.8"]
    assert session.facts.undo == "Paste of 3 values, staffing"
    session.undo()
    assert len(record(session.need_store(), role_id).staffing) == 1


def test_more_hours_than_people_are_said_beside_the_sheet_until_put_right(tab: RecordTab, session: Session) -> None:
    part, role_id = staffing(tab), role_named(session, ROLE)
    part.view.asked.emit([(3, 1, "1.4"), (3, 2, "1")], "Entry")
    assert "Jan 25: 1.4 WTE are more than 1 person in post. Nothing of this entry" in part.view.fault.text()
    assert part.view.grid.shown.cells[3][1].marks == {CellMark.FIX}
    assert record(session.need_store(), role_id).staffing == ()
    part.view.asked.emit([(3, 2, "2")], "Entry")
    assert [(row.actual, row.heads) for row in record(session.need_store(), role_id).staffing] == [("1.4", 2)]
    assert part.view.fault.text() == ""
    part.view.asked.emit([(4, 0, "-1")], "Entry")
    assert part.view.grid.shown.cells[4][0].text == "-1"
    part.view.drop.click()
    assert part.view.grid.shown.cells[4][0].text == ""


def test_every_missing_fact_is_one_click_from_its_field(tab: RecordTab, session: Session, qtbot: QtBot) -> None:
    part = form(tab, "Completeness")
    lines = [line for card in part.findChildren(QWidget) if hasattr(card, "lines") for line in card.lines]
    missing = [line for line in lines if line.state.place is not None]
    assert len(lines) == 36
    asked: list[tuple[str, object]] = []
    tab.tab_asked.connect(lambda name, target: asked.append((name, target)))
    for line in missing:
        tab.focus_on("Completeness")
        line.button.click()
        name, target = line.state.place
        if name != "Readiness":
            assert asked.pop() == (name, target)
            continue
        section, key = target
        assert tab.current == section
        shown = tab.part(section)
        if isinstance(shown, FormPart) and key in shown.form.parts:
            assert shown.form.parts[key].isAncestorOf(QApplication.focusWidget() or tab)


def test_another_role_starts_with_no_fault_of_the_last(tab: RecordTab, page: RolePage, session: Session) -> None:
    field = form(tab, "Profile").form.parts["eligible_number"]
    enter(field, "many")
    assert field.fault.text()
    page.open_with((role_named(session, "Care navigator"), "Readiness"))
    assert isinstance(field, Field)
    assert (field.fault.text(), field.text) == ("", "1240")


def test_the_sections_are_reached_with_the_keyboard(tab: RecordTab, qtbot: QtBot) -> None:
    first = tab.segments.button("Factors")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    for name in PARTS:
        press(QGuiApplication.focusObject(), K.Key_Right)  # type: ignore[arg-type]  # the button that has the focus
        assert tab.current == name


def test_what_is_being_typed_for_one_role_is_never_saved_to_another(
    tab: RecordTab, page: RolePage, session: Session, qtbot: QtBot
) -> None:
    part = form(tab, "Case for the role")
    area = part.form.parts["need"]
    assert isinstance(area, TextArea)
    area.input.setFocus()
    qtbot.waitUntil(area.input.hasFocus)
    type_text(area.input, "half a senten")
    page.open_with((role_named(session, "Link worker"), "Readiness"))
    press(area.input, K.Key_Tab)
    assert facts(session, "Link worker").need == "GPs see the same people often for reasons that are not medical"
