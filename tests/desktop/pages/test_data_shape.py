"""Months and measures that come or go while somebody is at a cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.operations.library import define_measure
from db.operations.measures import add_event, add_measure
from desktop.grid.delegate import Entry
from desktop.pages.data.page import DataTab
from desktop.session import Session
from tests.desktop.keys import SHIFT, press, type_text
from tests.desktop.pages.sample import data_tab, held, role_named, value_of
from tests.desktop.pages.test_data_page import ROLE, go


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    with data_tab(qtbot, session, ROLE) as shown:
        yield shown


def test_what_is_being_typed_stays_in_its_cell_when_months_or_measures_come_before_it(
    tab: DataTab, session: Session
) -> None:
    session.change(add_measure, role_id=role_named(session, ROLE), measure={"name": "Calls", "kind": "count"})
    go(tab, "GP contacts", "Mar 25")
    here = tab.place()
    type_text(tab.view.grid, "1")
    type_text(tab.view.grid, "7")
    for shape_changes in (tab._show_earlier, session.undo, session.redo):
        was = tab.view.grid.shown.rows, tab.view.grid.shown.columns
        shape_changes()
        assert (tab.view.grid.shown.rows, tab.view.grid.shown.columns) != was
        assert tab.place() == here
        assert tab.view.grid._cells.entry == Entry("17", at=2, typing=True)
    type_text(tab.view.grid, "1")
    tab.settle()
    assert value_of(held(session, ROLE, "GP contacts"), "2025-03") == 171


def test_an_entry_whose_measure_is_taken_back_goes_with_it(tab: DataTab, session: Session) -> None:
    session.change(add_measure, role_id=role_named(session, ROLE), measure={"name": "Calls", "kind": "count"})
    go(tab, "Calls", "Mar 25")
    type_text(tab.view.grid, "1")
    session.undo()
    assert tab.view.grid._cells.entry is None
    tab.settle()
    assert held(session, ROLE, "GP contacts")
    assert not tab.entries.drafts.layers()


def test_earlier_months_are_shown_above_and_the_cursor_stays_on_its_month(tab: DataTab) -> None:
    go(tab, "GP contacts", "Mar 25")
    here, grid = tab.place(), tab.view.grid
    grid.scrollToBottom()
    tab._show_earlier()
    assert tab.place() == here
    assert grid.verticalScrollBar().value() == 0


def test_a_block_that_is_chosen_stays_chosen_when_an_answer_comes(tab: DataTab, session: Session) -> None:
    go(tab, "GP contacts", "Mar 25")
    press(tab.view.grid, Qt.Key.Key_Up, SHIFT)
    chosen = tab.view.grid.area
    session.change(add_event, role_id=role_named(session, ROLE), happened_on=date(2025, 1, 8), title="New rota")
    assert (chosen.rows, tab.view.grid.area) == (2, chosen)


def test_what_is_being_typed_about_a_measure_is_left_alone_when_something_else_changes(
    tab: DataTab, session: Session
) -> None:
    tab.show()
    tab.focus_on("columns")
    card = next(iter(tab.columns.cards.values()))
    target = card.target.text
    for field in (card.provisional, card.target):
        field.input.setFocus()
        field.input.selectAll()
        type_text(field.input, "7")
        session.change(add_event, role_id=role_named(session, ROLE), happened_on=date(2025, 1, 8), title="New rota")
        assert field.text == "7"
    session.change(add_measure, role_id=role_named(session, ROLE), measure={"name": "Calls", "kind": "count"})
    assert (card.target.input.hasFocus(), card.target.text) == (True, "7")
    assert [one.name.text() for one in tab.columns.cards.values()][-1] == "Calls"
    session.undo()
    press(card.target.input, Qt.Key.Key_Return)
    session.undo()
    assert card.target.text == target


def test_a_measure_that_is_renamed_is_called_so_among_the_columns(tab: DataTab, session: Session) -> None:
    tab.show()
    tab.focus_on("columns")
    card = next(iter(tab.columns.cards.values()))
    session.change(define_measure, measure_id=card.measure_id, changes={"name": "Attendances"})
    name = "Attendances, aged 75+"
    assert (card.name.text(), card.accessibleName(), card.remove.accessibleName()) == (name, name, f"Remove {name}")
