from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.grid.view import EntryGrid
from desktop.theme.look import Look
from tests.desktop.grids import wide_state


def seen_whole(grid: EntryGrid) -> bool:
    return grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def shown(qtbot: QtBot) -> EntryGrid:
    grid = EntryGrid(wide_state(60, 4))
    qtbot.addWidget(grid)
    grid.resize(700, 500)
    grid.show()
    return grid


def test_the_cursor_stays_in_view_when_there_is_less_room(house: Look, qtbot: QtBot) -> None:
    grid = shown(qtbot)
    grid.setCurrentIndex(grid.model().index(59, 0))
    grid.resize(700, 220)
    assert seen_whole(grid)


def test_a_cursor_that_was_scrolled_away_is_not_brought_back(house: Look, qtbot: QtBot) -> None:
    grid = shown(qtbot)
    grid.setCurrentIndex(grid.model().index(59, 0))
    grid.scrollToTop()
    grid.resize(700, 220)
    assert grid.rowAt(0) == 0
    assert not seen_whole(grid)
