from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.grid.model import MarkRole
from desktop.grid.state import Cell, CellMark, GridState
from desktop.grid.view import EntryGrid
from desktop.theme.look import Look
from tests.desktop.grids import Answering, small_state, wide_state
from tests.desktop.keys import CTRL, SHIFT, press, type_text

K = Qt.Key


@pytest.fixture
def grid(house: Look, qtbot: QtBot) -> Iterator[EntryGrid]:
    frame = QWidget()
    qtbot.addWidget(frame)
    box = QHBoxLayout(frame)
    made = EntryGrid(small_state())
    made.setParent(frame)
    box.addWidget(made)
    box.addWidget(QLineEdit())
    frame.resize(700, 300)
    frame.show()
    frame.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    frame.close()


@pytest.fixture
def page(grid: EntryGrid) -> Answering:
    return Answering(grid)


def at(grid: EntryGrid) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


def go(grid: EntryGrid, row: int, column: int) -> None:
    grid.setCurrentIndex(grid.model().index(row, column))


def editor(grid: EntryGrid) -> QLineEdit:
    found = grid._cells.editor
    assert found is not None
    return found


def write(grid: EntryGrid, text: str) -> None:
    """The first key goes to the grid, the others to the editor that it opened."""
    type_text(grid, text[0])
    type_text(editor(grid), text[1:])


def choose(grid: EntryGrid, top: int, left: int, bottom: int, right: int) -> None:
    go(grid, top, left)
    for _ in range(bottom - top):
        press(grid, K.Key_Down, SHIFT)
    for _ in range(right - left):
        press(grid, K.Key_Right, SHIFT)


def test_typing_replaces_and_keeps_its_first_key(grid: EntryGrid, page: Answering) -> None:
    write(grid, "1890")
    press(editor(grid), K.Key_Return)
    assert page.steps == [([(0, 0, "1890")], "Entry for Feb 24, A&E attendances")]
    assert at(grid) == (1, 0)


def test_signs_outside_ascii_can_begin_an_entry(grid: EntryGrid, page: Answering) -> None:
    write(grid, "£3,412")
    press(editor(grid), K.Key_Return)
    assert page.texts()[0][0] == "£3,412"


def test_f2_edits_what_is_there(grid: EntryGrid, page: Answering) -> None:
    press(grid, K.Key_F2)
    assert editor(grid).text() == "11"
    type_text(editor(grid), "5")
    press(editor(grid), K.Key_Return)
    assert page.texts()[0][0] == "115"


def test_f2_shows_the_value_as_typed_not_as_formatted(grid: EntryGrid) -> None:
    state = grid.shown
    cells = ((Cell("1,340", "1340"), *state.cells[0][1:]), *state.cells[1:])
    grid.set_state(GridState(state.rows, state.columns, cells))
    press(grid, K.Key_F2)
    assert editor(grid).text() == "1340"


def test_escape_restores(grid: EntryGrid, page: Answering) -> None:
    write(grid, "99")
    press(editor(grid), K.Key_Escape)
    assert page.steps == []
    assert grid.model().index(0, 0).data() == "11"
    assert at(grid) == (0, 0)


def test_an_unchanged_value_is_no_step(grid: EntryGrid, page: Answering) -> None:
    press(grid, K.Key_F2)
    press(editor(grid), K.Key_Return)
    assert page.steps == []


def test_enter_goes_down_and_back_to_the_column_a_run_of_tabs_began_in(grid: EntryGrid, page: Answering) -> None:
    go(grid, 2, 0)
    for figure in ("7", "8"):
        write(grid, figure)
        press(editor(grid), K.Key_Tab)
    write(grid, "9")
    press(editor(grid), K.Key_Return)
    assert page.texts()[2] == ["7", "8", "9"]
    assert at(grid) == (3, 0)
    press(grid, K.Key_Return)
    assert at(grid) == (4, 0)


def test_an_arrow_ends_a_run_of_tabs(grid: EntryGrid) -> None:
    press(grid, K.Key_Tab)
    press(grid, K.Key_Down)
    press(grid, K.Key_Return)
    assert at(grid) == (2, 1)


def test_shift_enter_and_shift_tab_go_back(grid: EntryGrid) -> None:
    go(grid, 2, 2)
    press(grid, K.Key_Return, SHIFT)
    press(grid, K.Key_Backtab, SHIFT)
    assert at(grid) == (1, 1)


def test_an_arrow_commits_a_typed_entry_but_moves_within_an_edited_one(grid: EntryGrid, page: Answering) -> None:
    write(grid, "5")
    press(editor(grid), K.Key_Down)
    assert page.texts()[0][0] == "5"
    assert at(grid) == (1, 0)
    press(grid, K.Key_F2)
    press(editor(grid), K.Key_Left)
    assert editor(grid).cursorPosition() == 1


@pytest.mark.parametrize("key", [K.Key_Delete, K.Key_Backspace])
def test_delete_clears_the_choice_as_one_step(grid: EntryGrid, page: Answering, key: Qt.Key) -> None:
    choose(grid, 2, 0, 3, 1)
    press(grid, key)
    assert page.steps[0][1] == "Clearing of 4 values"
    assert [line[:2] for line in page.texts()[2:4]] == [["", ""], ["", ""]]


def test_fill_down_copies_the_top_row_of_the_choice(grid: EntryGrid, page: Answering) -> None:
    choose(grid, 1, 0, 3, 1)
    press(grid, K.Key_D, CTRL)
    assert page.steps[0][1] == "Fill of 4 values"
    assert [line[:2] for line in page.texts()[1:4]] == [["21", "22"]] * 3


def test_fill_down_of_one_cell_copies_the_value_above(grid: EntryGrid, page: Answering) -> None:
    go(grid, 3, 1)
    press(grid, K.Key_D, CTRL)
    assert page.steps == [([(3, 1, "32")], "Fill of 1 value")]


def test_fill_right_copies_the_left_column_of_the_choice(grid: EntryGrid, page: Answering) -> None:
    choose(grid, 2, 0, 2, 2)
    press(grid, K.Key_R, CTRL)
    assert page.texts()[2] == ["31", "31", "31"]


def test_ctrl_apostrophe_copies_from_above(grid: EntryGrid, page: Answering) -> None:
    go(grid, 1, 0)
    press(grid, K.Key_Apostrophe, CTRL)
    assert page.texts()[1][0] == "11"


def test_ctrl_0_says_not_collected(grid: EntryGrid, page: Answering) -> None:
    press(grid, K.Key_0, CTRL)
    assert page.steps == [([(0, 0, "not collected")], "Marking of 1 value as not collected")]


def test_copy_puts_a_block_on_the_clipboard(grid: EntryGrid) -> None:
    choose(grid, 0, 0, 1, 1)
    press(grid, K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "11\t12\n21\t22"


def test_cut_copies_and_clears(grid: EntryGrid, page: Answering) -> None:
    choose(grid, 0, 0, 0, 1)
    press(grid, K.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "11\t12"
    assert page.steps[0][1] == "Cut of 2 values"


def test_a_paste_spills_past_the_choice_as_one_named_step(grid: EntryGrid, page: Answering) -> None:
    go(grid, 1, 0)
    QGuiApplication.clipboard().setText("1\t2\r\n3\t4\r\n5\t6\r\n")
    press(grid, K.Key_V, CTRL)
    assert len(page.steps) == 1
    assert page.steps[0][1] == "Paste of 6 values"
    assert [line[:2] for line in page.texts()[1:4]] == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert (grid.area.rows, grid.area.columns) == (3, 2)


def test_one_value_pasted_fills_the_choice(grid: EntryGrid, page: Answering) -> None:
    choose(grid, 2, 0, 4, 1)
    QGuiApplication.clipboard().setText("7")
    press(grid, K.Key_V, CTRL)
    assert page.steps[0][1] == "Paste of 6 values"


def test_a_row_pasted_over_a_block_is_repeated_down_it(grid: EntryGrid, page: Answering) -> None:
    QGuiApplication.clipboard().setText("7\t8\n")
    choose(grid, 0, 0, 3, 0)
    press(grid, K.Key_V, CTRL)
    assert [line[:2] for line in page.texts()[:4]] == [["7", "8"]] * 4
    assert page.steps[-1][1] == "Paste of 8 values"


def test_a_block_that_does_not_fit_the_choice_is_laid_down_once(grid: EntryGrid, page: Answering) -> None:
    QGuiApplication.clipboard().setText("7\n8\n")
    choose(grid, 0, 0, 2, 0)
    press(grid, K.Key_V, CTRL)
    assert [line[0] for line in page.texts()[:4]] == ["7", "8", "31", "41"]


def test_cells_with_tabs_breaks_and_quotes_come_back_from_the_clipboard_as_they_went(
    grid: EntryGrid, page: Answering
) -> None:
    state = grid.shown
    texts = ('a "b"', "two\nlines", "tab\there")
    grid.set_state(GridState(state.rows, state.columns, (*state.cells[:2], tuple(map(Cell, texts)), *state.cells[3:])))
    choose(grid, 2, 0, 2, 2)
    press(grid, K.Key_C, CTRL)
    go(grid, 4, 0)
    press(grid, K.Key_V, CTRL)
    assert tuple(page.texts()[4]) == texts


def test_what_lies_past_the_grid_is_told_of(grid: EntryGrid, page: Answering, qtbot: QtBot) -> None:
    go(grid, 4, 2)
    QGuiApplication.clipboard().setText("1\t2\n3\t4\n")
    with qtbot.waitSignal(grid.overhang) as told:
        press(grid, K.Key_V, CTRL)
    assert told.args == [1, 1]
    assert page.steps == [([(4, 2, "1")], "Paste of 1 value")]


def test_a_locked_cell_takes_nothing(grid: EntryGrid, page: Answering) -> None:
    go(grid, 0, 2)
    type_text(grid, "5")
    assert grid._cells.editor is None
    press(grid, K.Key_F2)
    QGuiApplication.clipboard().setText("5")
    press(grid, K.Key_V, CTRL)
    assert page.steps == []


def test_f6_leaves_and_tab_does_not(grid: EntryGrid, qtbot: QtBot) -> None:
    press(grid, K.Key_Tab)
    assert grid.hasFocus()
    press(grid, K.Key_F6)
    qtbot.waitUntil(lambda: not grid.hasFocus())


def test_f6_commits_what_is_being_typed(grid: EntryGrid, page: Answering) -> None:
    write(grid, "5")
    press(editor(grid), K.Key_F6)
    assert page.texts()[0][0] == "5"


def test_ctrl_home_and_end_go_to_the_corners(grid: EntryGrid) -> None:
    press(grid, K.Key_End, CTRL)
    assert at(grid) == (4, 2)
    press(grid, K.Key_Home, CTRL)
    assert at(grid) == (0, 0)


def test_shift_arrows_choose_a_block(grid: EntryGrid) -> None:
    choose(grid, 1, 0, 3, 1)
    assert (grid.area.top, grid.area.left, grid.area.bottom, grid.area.right) == (1, 0, 3, 1)


def test_losing_the_focus_commits_an_open_editor(grid: EntryGrid, page: Answering, qtbot: QtBot) -> None:
    write(grid, "42")
    other = grid.window().findChildren(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    other.setFocus()
    qtbot.waitUntil(lambda: page.texts()[0][0] == "42")


def test_another_tab_commits_an_open_editor(house: Look, qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    grid = EntryGrid(small_state())
    page = Answering(grid)
    tabs.addTab(grid, "Data")
    tabs.addTab(QWidget(), "Impact")
    tabs.show()
    write(grid, "42")
    tabs.setCurrentIndex(1)
    assert page.texts()[0][0] == "42"


def test_closing_commits_an_open_editor(grid: EntryGrid, page: Answering) -> None:
    write(grid, "42")
    grid.window().close()
    assert page.texts()[0][0] == "42"


def test_an_answer_that_comes_while_typing_leaves_the_editor_alone(grid: EntryGrid) -> None:
    write(grid, "42")
    grid.set_state(small_state())
    assert editor(grid).text() == "42"


def test_an_edit_is_shown_at_once_and_gone_if_the_answer_is_no(grid: EntryGrid) -> None:
    write(grid, "42")
    press(editor(grid), K.Key_Return)
    assert grid.model().index(0, 0).data() == "42"
    grid.set_state(small_state())
    assert grid.model().index(0, 0).data() == "11"


def test_the_fill_handle_drawn_down_copies_the_value(grid: EntryGrid, page: Answering) -> None:
    box = grid.visualRect(grid.model().index(0, 0))
    to = grid.visualRect(grid.model().index(3, 0)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=box.bottomRight() - QPoint(2, 2))
    QTest.mouseMove(grid.viewport(), to)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=to)
    assert page.steps[0][1] == "Fill of 3 values"
    assert [line[0] for line in page.texts()[:4]] == ["11"] * 4


def test_a_screen_reader_hears_place_value_and_marks(grid: EntryGrid) -> None:
    state = grid.shown
    marked = Cell("1,340", marks=frozenset({CellMark.CHECK, CellMark.PROVISIONAL}))
    grid.set_state(GridState(state.rows, state.columns, ((marked, *state.cells[0][1:]), *state.cells[1:])))
    index = grid.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Feb 24, A&E attendances: 1,340, provisional, to check"
    assert index.data(MarkRole) == [CellMark.PROVISIONAL, CellMark.CHECK]
    assert grid.model().index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).endswith(": not applicable")


def test_the_launch_rule_lies_between_before_and_what_follows() -> None:
    assert small_state().launch_row == 2
    assert wide_state(1, 1).launch_row is None


def test_the_launch_rule_is_painted_across_the_whole_row(grid: EntryGrid, house: Look) -> None:
    picture: QImage = grid.viewport().grab().toImage()
    box = grid.visualRect(grid.model().index(1, 0))
    colours = {picture.pixelColor(x, box.bottom() - 1).name() for x in range(5, box.right(), 7)}
    assert colours == {house.theme.hex("launch").lower()}


def test_cells_that_do_not_fit_their_headings_are_refused() -> None:
    state = small_state()
    with pytest.raises(ValueError, match="do not fit"):
        GridState(state.rows, state.columns, state.cells[1:])


def test_at_200_percent_no_figure_is_cut(grid: EntryGrid, house: Look) -> None:
    narrow = grid.columnWidth(0)
    house.set_scale(2.0)
    assert grid.columnWidth(0) > 1.5 * narrow
    assert grid.verticalHeader().defaultSectionSize() == 48


def test_400_by_60_cells_paste_and_scroll_without_lag(house: Look, qtbot: QtBot) -> None:
    grid = EntryGrid(wide_state(400, 60))
    qtbot.addWidget(grid)
    page = Answering(grid)
    grid.resize(1300, 560)
    grid.show()
    QGuiApplication.clipboard().setText("\n".join("\t".join(["123"] * 60) for _ in range(400)))
    began = time.perf_counter()
    press(grid, K.Key_V, CTRL)
    pasted = time.perf_counter() - began
    began = time.perf_counter()
    for top in range(0, 370, 37):
        grid.verticalScrollBar().setValue(top)
        grid.viewport().repaint()
    scrolled = (time.perf_counter() - began) / 10
    assert page.steps[0][1] == "Paste of 24,000 values"
    assert pasted < 2.0
    assert scrolled < 0.2
