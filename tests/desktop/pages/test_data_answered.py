"""What a person is told and asked while values are typed, pasted and marked, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.grid.edits import Area
from desktop.pages.data.page import DataTab
from desktop.session import Session
from desktop.theme.look import Look
from desktop.theme.marks import Kind
from tests.desktop.keys import CTRL, SHIFT, press, type_text
from tests.desktop.pages.results.looking import cut, settle
from tests.desktop.pages.sample import data_tab, held, value_of

ROLE = "Care navigator"
MEASURE = "A&E attendances"
K = Qt.Key


@pytest.fixture
def tab(house: Look, qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    with data_tab(qtbot, session, ROLE) as shown:
        press(shown.view.grid, K.Key_Home, CTRL)
        yield shown


def write(tab: DataTab, text: str) -> None:
    type_text(tab.view.grid, text[0])
    editor = tab.view.grid._cells.editor
    assert isinstance(editor, QLineEdit)
    type_text(editor, text[1:])
    press(editor, K.Key_Return)


def answers(tab: DataTab) -> dict[str, int]:
    bar = tab.view.asks[Kind.CHECK]
    return {} if bar.isHidden() else {button.accessibleName(): at for at, button in enumerate(bar.buttons)}


def answer(tab: DataTab, words: str) -> None:
    tab.view.asks[Kind.CHECK].buttons[answers(tab)[words]].click()


def at(tab: DataTab) -> str:
    index = tab.view.grid.currentIndex()
    return tab.view.grid.shown.place(index.row(), index.column())


def test_an_unusual_value_is_asked_about_though_enter_has_left_it(tab: DataTab, session: Session) -> None:
    write(tab, "2110")
    assert at(tab) == f"May 23, {MEASURE}"
    assert tab.view.asks[Kind.CHECK].accessibleName().startswith("Check: 2,110 is 10 times the usual for A&E")
    answer(tab, "Change to 211")
    assert value_of(held(session, ROLE, MEASURE), "2023-04") == 211
    assert at(tab) == f"May 23, {MEASURE}"
    assert answers(tab) == {}


def test_the_reason_for_an_unusual_value_goes_to_that_value(tab: DataTab, session: Session) -> None:
    write(tab, "2110")
    answer(tab, "Keep, say why")
    type_text(tab.view.reason.input, "counted twice")
    press(tab.view.reason.input, K.Key_Return)
    assert session.facts.undo == "Keep the value: counted twice"
    assert value_of(held(session, ROLE, MEASURE), "2023-04") == 2110
    assert (at(tab), answers(tab)) == (f"Apr 23, {MEASURE}", {})


def test_a_question_put_off_comes_back_at_its_own_cell_only(tab: DataTab) -> None:
    write(tab, "2110")
    answer(tab, "Follow up later")
    press(tab.view.grid, K.Key_Down)
    assert answers(tab) == {}
    press(tab.view.grid, K.Key_Home, CTRL)
    assert "Follow up later" in answers(tab)


def test_the_next_entry_puts_its_own_question_or_none(tab: DataTab) -> None:
    write(tab, "2110")
    write(tab, "212")
    assert answers(tab) == {}


def test_what_was_pasted_is_chosen_and_said_until_it_is_undone(tab: DataTab, session: Session) -> None:
    QGuiApplication.clipboard().setText("211\t47\n212\t42\n213\t38")
    press(tab.view.grid, K.Key_V, CTRL)
    assert tab.view.grid.area == Area(0, 0, 2, 1)
    assert tab.view.said.text() == "Paste of 6 values. Undo takes it back."
    said, grid = (part.mapTo(tab, QPoint(0, 0)).y() for part in (tab.view.said, tab.view.grid))
    assert said > grid, "under the grid: no row moves for it"
    session.undo()
    assert tab.view.said.text() == ""


def test_a_flipped_paste_is_chosen_as_it_lies(tab: DataTab) -> None:
    tab.flip()
    QGuiApplication.clipboard().setText("211\t212\t213\n47\t42\t38")
    press(tab.view.grid, K.Key_V, CTRL)
    assert tab.view.grid.area == Area(0, 0, 1, 2)


def test_marking_says_how_many_cells_it_marked(tab: DataTab) -> None:
    press(tab.view.grid, K.Key_Down, SHIFT)
    tab.cells.menu.action("provisional").trigger()
    assert tab.view.said.text() == "Mark as provisional: 2 cells. Undo takes it back."


def test_what_stands_beside_the_grid_is_scrolled_to_and_never_squeezed(tab: DataTab) -> None:
    write(tab, "2110")
    settle()
    assert answers(tab)
    assert cut(tab.view.side) == []
    scrolled = tab.view.side.history.visibleRegion().isEmpty()
    assert scrolled, "the question has taken the room: the history is scrolled to"


def test_a_value_far_below_the_usual_is_not_called_none_of_it(tab: DataTab) -> None:
    press(tab.view.grid, K.Key_End, CTRL)
    write(tab, "5")
    name = tab.view.asks[Kind.CHECK].accessibleName()
    assert name == "Check: £5 is under 1\u00a0% of the usual for Role cost in Jun 25."


def test_at_200_percent_the_row_that_is_typed_into_stays_in_view_beside_a_question(tab: DataTab, house: Look) -> None:
    house.set_scale(2.0)
    tab.window().resize(1224, 530)
    settle()
    write(tab, "2110")
    settle()
    grid = tab.view.grid
    assert answers(tab)
    assert tab.view.key.isHidden()
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
