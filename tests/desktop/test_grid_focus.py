"""Keys that reach the grid and not its open editor, since the focus has come back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from desktop.grid.headers import RowHeader
from desktop.grid.view import EntryGrid
from desktop.theme.look import Look
from tests.desktop.grids import wide_state
from tests.desktop.keys import press, type_text


def test_keys_that_reach_the_grid_while_an_entry_is_open_go_on_in_it(house: Look, qtbot: QtBot) -> None:
    grid = EntryGrid(wide_state(6, 4))
    qtbot.addWidget(grid)
    grid.show()
    grid.setCurrentIndex(grid.model().index(1, 1))
    type_text(grid, "189")
    press(grid, Qt.Key.Key_F2)
    type_text(grid, "0")
    editor = grid._cells.editor
    assert editor is not None
    assert editor.text() == "1890"


def test_a_heading_whose_grid_is_being_taken_apart_asks_it_nothing(house: Look, qtbot: QtBot) -> None:
    grid = QTableView()
    qtbot.addWidget(grid)
    header = RowHeader(grid)
    header.setModel(QStandardItemModel(header))
    assert header.sizeHint().height() <= 0
