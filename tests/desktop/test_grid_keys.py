"""Every key of the grid, pressed as a person presses it, against what a spreadsheet does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.grid.clipboard import Copied
from desktop.grid.edits import Area, Edit
from desktop.grid.state import Cell, GridColumn, GridRow, GridState
from desktop.pages.data.grid import DataGrid
from desktop.theme.look import Look
from tests.desktop.grids import Answering
from tests.desktop.keys import type_text

ROWS, COLUMNS = 40, 20


def sheet() -> GridState:
    """Numbered cells; row 4 and column 7 are empty, as gaps between blocks are."""
    cells = tuple(tuple(Cell("" if r == 4 or c == 7 else f"{r}{c:02}") for c in range(COLUMNS)) for r in range(ROWS))
    return GridState(
        tuple(GridRow(f"R{at}") for at in range(ROWS)),
        tuple(GridColumn(f"C{at}", "count") for at in range(COLUMNS)),
        cells,
    )


@dataclass(frozen=True)
class Pressed:
    """Keys from a cell (with a chosen block), and where they lead: the current cell, the choice, what is asked for.

    `keys` are parted by blanks; a single letter or digit is typed. `excel` says where a spreadsheet differs.
    """

    keys: str
    at: tuple[int, int]
    area: tuple[int, int, int, int] | None = None
    start: tuple[int, int] = (2, 2)
    chosen: tuple[int, int, int, int] | None = None
    edits: list[Edit] = field(default_factory=list)
    excel: str = ""


ONE = (2, 2)
BLOCK = (2, 2, 3, 3)
MAP = (
    Pressed("Up", (1, 2)),
    Pressed("Down", (3, 2)),
    Pressed("Left", (2, 1)),
    Pressed("Right", (2, 3)),
    Pressed("Tab", (2, 3)),
    Pressed("Shift+Tab", (2, 1)),
    Pressed("Return", (3, 2)),
    Pressed("Shift+Return", (1, 2)),
    Pressed("Tab Tab Return", (3, 2)),
    Pressed("Tab", (2, 3), BLOCK, chosen=BLOCK),
    Pressed("Tab Tab", (3, 2), BLOCK, chosen=BLOCK),
    Pressed("Return Return", (2, 3), BLOCK, chosen=BLOCK),
    Pressed("Shift+Tab", (3, 3), BLOCK, chosen=BLOCK),
    Pressed("Shift+Return", (3, 3), BLOCK, chosen=BLOCK),
    Pressed("Ctrl+Down", (3, 2)),
    Pressed("Ctrl+Down Ctrl+Down", (5, 2)),
    Pressed("Ctrl+Down Ctrl+Down Ctrl+Down", (39, 2)),
    Pressed("Ctrl+Up", (0, 2)),
    Pressed("Ctrl+Right", (2, 6)),
    Pressed("Ctrl+Left", (2, 0)),
    Pressed("Ctrl+Left", (2, 0), start=(2, 0)),
    Pressed("Home", (2, 0)),
    Pressed("End", (2, 19), excel="End waits for an arrow"),
    Pressed("Ctrl+Home", (0, 0)),
    Pressed("Ctrl+End", (39, 19)),
    Pressed("PgDown PgUp", ONE),
    Pressed("PgUp", (0, 2)),
    Pressed("Alt+PgUp", (2, 0)),
    Pressed("Alt+PgDown Alt+PgUp", ONE),
    Pressed("Shift+Down Shift+Right", ONE, BLOCK),
    Pressed("Shift+Up", ONE, (1, 2, 2, 2)),
    Pressed("Shift+Left", ONE, (2, 1, 2, 2)),
    Pressed("Shift+Down Shift+Down Shift+Up", ONE, (2, 2, 3, 2)),
    Pressed("Ctrl+Shift+Down", ONE, (2, 2, 3, 2)),
    Pressed("Ctrl+Shift+Right Ctrl+Shift+Down", ONE, (2, 2, 3, 6)),
    Pressed("Shift+Home", ONE, (2, 0, 2, 2)),
    Pressed("Ctrl+Shift+End", ONE, (2, 2, 39, 19)),
    Pressed("Ctrl+Shift+Home", ONE, (0, 0, 2, 2)),
    Pressed("Ctrl+A", ONE, (0, 0, 39, 19)),
    Pressed("Ctrl+Space", ONE, (0, 2, 39, 3), chosen=BLOCK),
    Pressed("Shift+Space", ONE, (2, 0, 2, 19)),
    Pressed("7 Return", (3, 2), edits=[(2, 2, "7")]),
    Pressed("7 Tab", (2, 3), edits=[(2, 2, "7")]),
    Pressed("7 Right", (2, 3), edits=[(2, 2, "7")]),
    Pressed("7 PgUp", (0, 2), edits=[(2, 2, "7")]),
    Pressed("7 F6", ONE, edits=[(2, 2, "7")], excel="F6 goes to another pane"),
    Pressed("7 Esc", ONE),
    Pressed("7 F2 Left Return", (3, 2), edits=[(2, 2, "7")]),
    Pressed("7 Ctrl+Return", ONE, BLOCK, chosen=BLOCK, edits=[(2, 2, "7"), (2, 3, "7"), (3, 2, "7"), (3, 3, "7")]),
    Pressed("F2 Left Left Return", (3, 2)),
    Pressed("F2 5 Return", (3, 2), edits=[(2, 2, "2025")]),
    Pressed("Space Return", (3, 2), excel="a space replaces the value"),
    Pressed("Del", ONE, BLOCK, chosen=BLOCK, edits=[(2, 2, ""), (2, 3, ""), (3, 2, ""), (3, 3, "")]),
    Pressed("Backspace", ONE, edits=[(2, 2, "")], excel="opens the emptied cell"),
    Pressed("Ctrl+D", ONE, BLOCK, chosen=BLOCK, edits=[(3, 2, "202"), (3, 3, "203")]),
    Pressed("Ctrl+D", ONE, edits=[(2, 2, "102")]),
    Pressed("Ctrl+R", ONE, BLOCK, chosen=BLOCK, edits=[(2, 3, "202"), (3, 3, "302")]),
    Pressed("Ctrl+'", ONE, edits=[(2, 2, "102")]),
    Pressed("Ctrl+0", ONE, edits=[(2, 2, "not collected")], excel="hides the column"),
    Pressed("Ctrl+C Down Ctrl+V", (3, 2), edits=[(3, 2, "202")]),
    Pressed("Ctrl+Ins Down Shift+Ins", (3, 2), edits=[(3, 2, "202")]),
    Pressed("Ctrl+C Down Ctrl+Shift+V", (3, 2), edits=[(3, 2, "202")]),
    Pressed("Ctrl+X", ONE, edits=[(2, 2, "")], excel="waits for the paste before it clears"),
    Pressed("Shift+Del", ONE, edits=[(2, 2, "")], excel="the same"),
)
BESIDES = {"Shift+F2": "note", "Ctrl+T": "flip", "Shift+F10": "menu", "F6": "leave", "Shift+F6": "leave"}
"""Keys whose answer is seen elsewhere than in the cells."""


class _Sheet:
    def __init__(self) -> None:
        self.frame = QWidget()
        self.grid = DataGrid()
        box = QVBoxLayout(self.frame)
        for part in (QLineEdit(), self.grid, QLineEdit()):
            box.addWidget(part)
        self.grid.block_pasted.connect(self.pasted)
        self.answers = Answering(self.grid)
        self.frame.resize(700, 330)
        self.frame.show()
        self.frame.activateWindow()

    def pasted(self, block: Copied) -> None:
        top, left = self.grid.area.top, self.grid.area.left
        edits = [(top + r, left + c, text) for r, line in enumerate(block.shown) for c, text in enumerate(line)]
        self.answers.answer(edits, "Paste")

    def press(self, pressed: Pressed) -> None:
        self.grid.set_state(sheet())
        self.grid.setFocus()
        self.grid.setCurrentIndex(self.grid.model().index(*pressed.start))
        if pressed.chosen:
            self.grid._cursor.choose(Area(*pressed.chosen))
        self.answers.steps.clear()
        for key in pressed.keys.split():
            press(QApplication.focusWidget() or self.grid, key)


def press(widget: QWidget, key: str) -> None:
    if len(key) == 1:
        type_text(widget, key)
        return
    found: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs leave it out
    code = Qt.Key.Key_Backtab if key == "Shift+Tab" else found.key()
    QTest.keyClick(widget, code, found.keyboardModifiers())


@pytest.fixture(scope="module")
def sheets() -> Iterator[list[_Sheet]]:
    """The one grid that all keys are pressed on."""
    made: list[_Sheet] = []
    yield made
    for held in made:
        held.frame.close()


@pytest.fixture
def shown(sheets: list[_Sheet], house: Look, qtbot: QtBot) -> _Sheet:
    if not sheets:
        sheets.append(_Sheet())
    qtbot.waitUntil(sheets[0].frame.isActiveWindow)
    return sheets[0]


@pytest.mark.parametrize("pressed", MAP, ids=lambda pressed: pressed.keys.replace(" ", ", "))
def test_a_key_does_what_a_spreadsheet_does_or_the_table_says_why_not(shown: _Sheet, pressed: Pressed) -> None:
    shown.press(pressed)
    at, area = shown.grid.currentIndex(), shown.grid.area
    assert (at.row(), at.column()) == pressed.at
    assert (area.top, area.left, area.bottom, area.right) == (pressed.area or (*pressed.at, *pressed.at))
    assert [edit for edits, _ in shown.answers.steps for edit in edits] == pressed.edits
    assert shown.grid._cells.editor is None


def test_the_keys_of_note_flip_and_menu_are_handed_to_the_page(shown: _Sheet, qtbot: QtBot) -> None:
    grid = shown.grid
    for key, signal in (("Shift+F2", grid.note_asked), ("Ctrl+T", grid.flip_asked)):
        with qtbot.waitSignal(signal, timeout=500):
            press(grid, key)


def test_a_shift_pressed_for_a_sign_leaves_what_is_being_typed(shown: _Sheet) -> None:
    shown.press(Pressed("5", ONE))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
        QTest.keyClick(editor, key)
    type_text(editor, "%")
    assert (editor.text(), shown.grid._cells.editor) == ("5%", editor)
    press(editor, "Esc")


def test_the_mouse_draws_a_choice_out_and_the_entry_goes_where_it_began(shown: _Sheet) -> None:
    shown.press(Pressed("Ctrl+Home", (0, 0)))
    grid = shown.grid

    def centre(row: int, column: int) -> QPoint:
        return grid.visualRect(grid.model().index(row, column)).center()

    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(1, 1))
    QTest.mouseMove(grid.viewport(), centre(2, 2))
    QTest.mouseMove(grid.viewport(), centre(3, 2))
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(3, 2))
    assert (grid.area, grid.currentIndex().row()) == (Area(1, 1, 3, 2), 1)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, centre(4, 3))
    assert (grid.area, grid.currentIndex().row()) == (Area(1, 1, 4, 3), 1)


def test_every_printed_key_of_the_grid_is_tried_here_and_every_answered_one_is_printed(shown: _Sheet) -> None:
    printed = {key for command in COMMANDS if command.group == "Grid" for key in command.shortcut.split(", ")}
    tried = {key for pressed in MAP for key in pressed.keys.split()} | set(BESIDES)
    assert printed - tried == set()
    same = {Qt.Key.Key_Enter: Qt.Key.Key_Return, Qt.Key.Key_Backtab: Qt.Key.Key_Tab}
    answered = {
        QKeySequence(int(modifiers.value) | int(same.get(key, key).value)).toString()
        for key, modifiers in shown.grid._keys
    }
    drawn_out = {key for key in answered if "Shift+" in key and key.replace("Shift+", "") in answered}
    named = {QKeySequence(key).toString() for key in printed}
    assert answered - drawn_out - named == set()


def test_the_clipboard_is_left_as_a_spreadsheet_reads_it(shown: _Sheet) -> None:
    shown.press(Pressed("Ctrl+C", ONE, chosen=BLOCK))
    assert QGuiApplication.clipboard().text() == "202\t203\n302\t303"
