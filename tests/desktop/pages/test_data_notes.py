"""Notes on cells, and the grid with rows and columns swapped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from analysis.periods import month
from db.queries.cell_notes import cell_notes
from desktop.pages.data.page import DataTab
from desktop.session import Session
from tests.desktop.keys import CTRL, SHIFT, press, type_text
from tests.desktop.pages.sample import data_tab, held, role_named, value_of

K = Qt.Key
ROLE, MEASURE = "Care navigator", "GP contacts"
APRIL = month(2024, 4)


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    with data_tab(qtbot, session, ROLE) as shown:
        shown.focus_on((APRIL, held(session, ROLE, MEASURE).measure.id))
        yield shown


def texts(session: Session) -> list[str]:
    return [note.text for note in cell_notes(session.need_store(), role_named(session, ROLE))]


def note(tab: DataTab, words: str) -> None:
    press(tab.view.grid, K.Key_F2, SHIFT)
    tab.view.reason.input.clear()
    type_text(tab.view.reason.input, words)
    press(tab.view.reason.input, K.Key_Return)


def test_shift_f2_writes_a_note_that_is_seen_heard_and_undone(tab: DataTab, session: Session) -> None:
    note(tab, "Clinic closed for two weeks")
    assert texts(session) == ["Clinic closed for two weeks"]
    assert session.facts.undo == "Note on GP contacts, Apr 24"
    assert tab.view.grid.hasFocus()
    assert tab.view.side.note.text() == "Clinic closed for two weeks"
    assert "note: Clinic closed" in str(tab.view.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Note" in tab.view.key.accessibleName()
    assert "Note on GP contacts, Apr 24" in tab.view.side.history.text()
    session.undo()
    assert texts(session) == []
    assert not tab.view.side.note.isVisible()


def test_a_note_changes_no_answer(tab: DataTab, session: Session) -> None:
    before = session.held_answer(role_named(session, ROLE))
    note(tab, "Clinic closed")
    assert session.held_answer(role_named(session, ROLE)) is before


def test_a_note_is_offered_as_it_is_and_an_empty_one_removes_it(tab: DataTab, session: Session) -> None:
    note(tab, "Clinic closed")
    press(tab.view.grid, K.Key_F2, SHIFT)
    assert tab.view.reason.input.text() == "Clinic closed"
    tab.view.reason.input.clear()
    press(tab.view.reason.input, K.Key_Return)
    assert texts(session) == []


def test_a_note_with_an_identifier_of_a_person_is_refused_where_it_stands(tab: DataTab, session: Session) -> None:
    note(tab, "see 943 476 5919")
    assert texts(session) == []
    assert "identifier of a person" in tab.view.reason.fault.text()
    assert tab.view.reason.input.text() == "see 943 476 5919"
    press(tab.view.reason.input, K.Key_Escape)
    press(tab.view.grid, K.Key_F2, SHIFT)
    assert not tab.view.reason.fault.isVisible()


def test_ctrl_t_swaps_rows_and_columns_and_keeps_the_cell(tab: DataTab, session: Session) -> None:
    place = tab.place()
    press(tab.view.grid, K.Key_T, CTRL)
    assert tab.place() == place
    grid = tab.view.grid
    assert MEASURE in [row.label for row in grid.shown.rows]
    assert grid.shown.columns[grid.currentIndex().column()].name == "Apr 24"
    press(grid, K.Key_T, CTRL)
    assert grid.shown.rows[grid.currentIndex().row()].label == "Apr 24"
    assert tab.place() == place


def test_typing_into_a_flipped_grid_is_recorded_where_it_stands(tab: DataTab, session: Session) -> None:
    press(tab.view.grid, K.Key_T, CTRL)
    type_text(tab.view.grid, "2")
    editor = tab.view.grid._cells.editor
    assert isinstance(editor, QLineEdit)
    type_text(editor, "05")
    press(editor, K.Key_Tab)
    assert value_of(held(session, ROLE, MEASURE), "2024-04") == 205
    assert tab.place() == (month(2024, 5), held(session, ROLE, MEASURE).measure.id)


def test_a_block_with_periods_across_is_pasted_into_a_flipped_grid(tab: DataTab, session: Session) -> None:
    press(tab.view.grid, K.Key_T, CTRL)
    QGuiApplication.clipboard().setText("\tMay 24\tJun 24\nGP contacts\t301\t302\n")
    press(tab.view.grid, K.Key_V, CTRL)
    series = held(session, ROLE, MEASURE)
    assert (value_of(series, "2024-05"), value_of(series, "2024-06")) == (301, 302)
    assert session.facts.undo == "Paste of 2 values"


def test_periods_past_the_last_are_added_to_a_flipped_grid(tab: DataTab, session: Session) -> None:
    press(tab.view.grid, K.Key_T, CTRL)
    last = len(tab.view.grid.shown.columns) - 1
    tab.view.grid.setCurrentIndex(tab.view.grid.model().index(tab.view.grid.currentIndex().row(), last))
    name = tab.view.grid.shown.columns[last].name
    QGuiApplication.clipboard().setText("7\t8\t9\n")
    press(tab.view.grid, K.Key_V, CTRL)
    names = [column.name for column in tab.view.grid.shown.columns]
    assert len(names) - 1 - names.index(name) >= 2


def test_a_block_higher_than_the_measures_of_a_flipped_grid_says_so(tab: DataTab) -> None:
    press(tab.view.grid, K.Key_T, CTRL)
    tab.view.grid.setCurrentIndex(tab.view.grid.model().index(len(tab.view.grid.shown.rows) - 1, 0))
    QGuiApplication.clipboard().setText("7\n8\n9\n")
    press(tab.view.grid, K.Key_V, CTRL)
    assert tab.view.said.text().startswith("The block is 2 rows higher than the measures from here.")


def test_f4_makes_room_for_more_columns_and_brings_the_panel_back(tab: DataTab, qtbot: QtBot) -> None:
    width = tab.view.grid.width()
    assert tab.toggle_own_details()
    assert not tab.view.side.isVisible()
    qtbot.waitUntil(lambda: tab.view.grid.width() > width)
    note(tab, "Seen without the panel")
    assert tab.toggle_own_details()
    assert tab.view.side.isVisible()
    tab.window().resize(900, 600)
    qtbot.waitUntil(lambda: tab.view.compact)
    assert not tab.toggle_own_details()
