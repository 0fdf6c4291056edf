"""The grid with rows and columns swapped, notes in its corners, headings that stay, and cells painted in time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.grid import painted
from desktop.grid.state import Cell, CellMark, GridColumn, GridState
from desktop.grid.view import EntryGrid
from desktop.theme.look import Look
from tests.desktop.grids import small_state, wide_state
from tests.desktop.keys import SHIFT, press, type_text


@pytest.fixture
def grid(house: Look, qtbot: QtBot) -> Iterator[EntryGrid]:
    made = EntryGrid(small_state())
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    yield made
    made.close()


def go(grid: EntryGrid, row: int, column: int) -> None:
    grid.setCurrentIndex(grid.model().index(row, column))


def test_blank_zero_and_not_collected_are_three_things() -> None:
    words = [Cell("").words, Cell("0").words, Cell("not collected", marks=frozenset({CellMark.NOT_COLLECTED})).words]
    assert words == ["empty", "0", "not collected"]


def test_a_turned_grid_has_the_same_cells_and_names_the_other_way_round() -> None:
    state, turned = small_state(), small_state().turned()
    assert [row.label for row in turned.rows] == ["A&E attendances", "GP contacts", "Caseload"]
    assert turned.columns[0].name == "Feb 24"
    assert turned.cells[1][3] == state.cells[3][1]
    assert (turned.launch_row, turned.launch_column) == (None, 2)
    assert turned.phase(0, 2) is state.phase(2, 0)
    assert turned.turned() == state


def test_the_launch_rule_is_painted_down_a_turned_grid(grid: EntryGrid, house: Look) -> None:
    grid.set_state(grid.shown.turned())
    image: QImage = grid.viewport().grab().toImage()
    cell = grid.visualRect(grid.model().index(0, 1))
    launch = house.theme.colour("launch")
    assert image.pixelColor(cell.right() - 1, cell.center().y()) == launch
    assert image.pixelColor(cell.left() + 1, cell.center().y()) != launch


def test_a_period_added_to_a_turned_grid_leaves_the_cursor_and_an_open_editor(grid: EntryGrid) -> None:
    turned = grid.shown.turned()
    grid.set_state(turned)
    go(grid, 1, 4)
    type_text(grid, "1")
    editor = grid._cells.editor
    assert editor is not None
    type_text(editor, "2")
    more = (*turned.columns, GridColumn("Jul 24"))
    grid.set_state(GridState(turned.rows, more, tuple((*line, Cell()) for line in turned.cells)))
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 4)
    assert editor.text() == "12"


def test_headings_stay_while_cells_scroll_under_them(house: Look, qtbot: QtBot) -> None:
    grid = EntryGrid(wide_state(60, 60))
    qtbot.addWidget(grid)
    grid.resize(700, 300)
    grid.show()
    go(grid, 59, 59)
    assert grid.verticalScrollBar().value() > 0
    assert grid.horizontalScrollBar().value() > 0
    assert (grid.horizontalHeader().pos().y(), grid.verticalHeader().pos().x()) == (0, 0)
    assert grid.horizontalHeader().isVisible()
    assert grid.verticalHeader().isVisible()


def test_a_note_is_painted_in_its_corner_heard_and_shown_on_hover(grid: EntryGrid, house: Look) -> None:
    state = grid.shown
    noted = Cell("11", note="Clinic closed")
    grid.set_state(GridState(state.rows, state.columns, ((noted, *state.cells[0][1:]), *state.cells[1:])))
    go(grid, 4, 2)
    image: QImage = grid.viewport().grab().toImage()
    cell, other = grid.visualRect(grid.model().index(0, 0)), grid.visualRect(grid.model().index(0, 1))
    assert image.pixelColor(cell.right() - 3, cell.top() + 1) == house.theme.colour("note")
    assert image.pixelColor(other.right() - 3, other.top() + 1) == house.theme.colour("card")
    at_cell = grid.model().index(0, 0)
    assert at_cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Feb 24, A&E attendances: 11, note: Clinic closed"
    assert at_cell.data(Qt.ItemDataRole.ToolTipRole) == "Clinic closed"


def test_a_chosen_cell_with_a_note_keeps_its_figure_in_high_contrast(grid: EntryGrid, house: Look) -> None:
    state = grid.shown
    noted = Cell("88888", note="Clinic closed")
    grid.set_state(GridState(state.rows, state.columns, ((noted, *state.cells[0][1:]), *state.cells[1:])))
    house.choose("high contrast")
    go(grid, 1, 0)
    press(grid, Qt.Key.Key_Up, SHIFT)
    image: QImage = grid.viewport().grab().toImage()
    cell = grid.visualRect(grid.model().index(0, 0))
    inks = {image.pixelColor(x, cell.center().y()).name() for x in range(cell.left() + 8, cell.right() - 4)}
    assert {house.theme.colour(token).name() for token in ("card", "text")} <= inks
    assert house.theme.colour("note").name() not in inks


def test_the_cells_of_a_picture_are_painted_in_one_call(grid: EntryGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks: list[int] = []
    monkeypatch.setattr(painted, "paint_block", lambda _painter, _theme, shown: blocks.append(len(shown.rows)))
    grid.viewport().repaint()
    assert blocks == [len(grid.shown.rows)]
