"""A grid of a role without measures."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.grid.state import GridState
from desktop.grid.view import EntryGrid
from tests.desktop.grids import Answering, small_state


@pytest.mark.parametrize("rows", [0, 5])
def test_a_grid_without_measures_asks_for_nothing_and_leaves_the_clipboard_alone(qtbot: QtBot, rows: int) -> None:
    """The actions of the grid can be asked for by the palette too, with no cell to choose."""
    grid = EntryGrid(GridState(small_state().rows[:rows], (), ((),) * rows))
    qtbot.addWidget(grid)
    page = Answering(grid)
    QGuiApplication.clipboard().setText("what was there")
    gestures = (grid.clear_area, grid.fill_down, grid.fill_right, grid.copy_above, grid.mark_not_collected)
    for gesture in (*gestures, grid.copy, grid.cut):
        gesture()
    assert page.steps == []
    assert QGuiApplication.clipboard().text() == "what was there"
    grid.paste()
    assert page.steps == []
