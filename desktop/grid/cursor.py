"""Moving through the grid and choosing blocks, as in a spreadsheet: the current cell stays where the choice began."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QTableView

from desktop.grid.edits import NOWHERE, Area
from desktop.grid.state import GridState

KeyTable = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]]
Spot = tuple[int, int]
_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
_KEY = Qt.Key
_ARROWS = {_KEY.Key_Down: (1, 0), _KEY.Key_Up: (-1, 0), _KEY.Key_Left: (0, -1), _KEY.Key_Right: (0, 1)}


def jumped(state: GridState, start: Spot, step: Spot) -> Spot:
    """Where Ctrl and an arrow lead: to the last value before a gap, or over a gap to the next value or the edge."""

    def inside(spot: Spot) -> bool:
        return 0 <= spot[0] < len(state.rows) and 0 <= spot[1] < len(state.columns)

    def after(spot: Spot) -> Spot:
        return spot[0] + step[0], spot[1] + step[1]

    def filled(spot: Spot) -> bool:
        return bool(state.cells[spot[0]][spot[1]].raw)

    at = after(start)
    if not inside(at):
        return start
    over_values = filled(start) and filled(at)
    while inside(after(at)) and (filled(after(at)) if over_values else not filled(at)):
        at = after(at)
    return at


class Cursor:
    """Moves the current cell of a grid, and draws its choice out from there."""

    def __init__(self, view: QTableView, shown: Callable[[], GridState]) -> None:
        self._view, self._shown = view, shown
        self._run_start: int | None = None

    def keys(self) -> KeyTable:
        """The keys that move or choose."""
        found: KeyTable = {
            (_KEY.Key_Tab, _NONE): self.tab,
            (_KEY.Key_Backtab, _SHIFT): self.tab_back,
            (_KEY.Key_A, _CTRL): self.choose_all,
            (_KEY.Key_Space, _CTRL): self.choose_columns,
            (_KEY.Key_Space, _SHIFT): self.choose_rows,
        }
        for enter in (_KEY.Key_Return, _KEY.Key_Enter):
            found |= {(enter, _NONE): self.enter, (enter, _SHIFT): self.enter_up}
        for key, step in _ARROWS.items():
            found |= self._both(key, _NONE, partial(self._stepped, step))
            found |= self._both(key, _CTRL, partial(self._jumped, step))
        pages: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[Spot], Spot]] = {
            (_KEY.Key_Home, _NONE): self._row_start,
            (_KEY.Key_End, _NONE): self._row_end,
            (_KEY.Key_Home, _CTRL): self._first,
            (_KEY.Key_End, _CTRL): self._last,
            (_KEY.Key_PageDown, _NONE): partial(self._paged, 1),
            (_KEY.Key_PageUp, _NONE): partial(self._paged, -1),
            (_KEY.Key_PageDown, _ALT): partial(self._paged_across, 1),
            (_KEY.Key_PageUp, _ALT): partial(self._paged_across, -1),
        }
        for (key, modifier), target in pages.items():
            found |= self._both(key, modifier, target)
        return found

    def _both(self, key: Qt.Key, modifier: Qt.KeyboardModifier, target: Callable[[Spot], Spot]) -> KeyTable:
        """A key that moves, and with Shift draws the choice out to the same place."""
        return {(key, modifier): partial(self._go, target), (key, modifier | _SHIFT): partial(self._draw_out, target)}

    @property
    def at(self) -> Spot:
        """The current cell."""
        index = self._view.currentIndex()
        return index.row(), index.column()

    @property
    def area(self) -> Area:
        """The chosen block, or the current cell, or no cell where there is none."""
        chosen = self._view.selectionModel().selection()
        ranges = [chosen.at(part) for part in range(chosen.count())]
        if not ranges:
            return Area(*self.at, *self.at) if self._view.currentIndex().isValid() else NOWHERE
        return Area(
            min(part.top() for part in ranges),
            min(part.left() for part in ranges),
            max(part.bottom() for part in ranges),
            max(part.right() for part in ranges),
        )

    @property
    def _far(self) -> Spot:
        """The corner of the choice that lies across from the current cell."""
        (row, column), area = self.at, self.area
        return area.top if row == area.bottom else area.bottom, area.left if column == area.right else area.right

    def move(self, row: int, column: int) -> None:
        """Go to a cell and choose it alone."""
        self._view.setCurrentIndex(self._view.model().index(row, column))

    def reach(self, row: int, column: int) -> None:
        """Draw the choice out from the current cell to another."""
        top, bottom = sorted((self.at[0], row))
        left, right = sorted((self.at[1], column))
        self.choose(Area(top, left, bottom, right))
        self._view.scrollTo(self._view.model().index(row, column))

    def choose(self, area: Area) -> None:
        """Choose a block; the current cell stays."""
        model = self._view.model()
        block = QItemSelection(model.index(area.top, area.left), model.index(area.bottom, area.right))
        self._view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose_all(self) -> None:
        """Choose every cell."""
        self.choose(Area(0, 0, *self._last(self.at)))

    def choose_columns(self) -> None:
        """Choose the whole columns of the choice."""
        area = self.area
        self.choose(Area(0, area.left, self._last(self.at)[0], area.right))

    def choose_rows(self) -> None:
        """Choose the whole rows of the choice."""
        area = self.area
        self.choose(Area(area.top, 0, area.bottom, self._last(self.at)[1]))

    def end_run(self) -> None:
        """Forget where a run of Tabs began."""
        self._run_start = None

    def step(self, rows: int, columns: int) -> None:
        """Go on by so many cells, and end a run of Tabs."""
        self.end_run()
        self.move(*self._stepped((rows, columns), self.at))

    def enter(self) -> None:
        """Down, and back to the column a run of Tabs began in; within a chosen block from cell to cell."""
        if self._walk(1, down=True):
            return
        column = self.at[1] if self._run_start is None else self._run_start
        self.end_run()
        self.move(self._stepped((1, 0), self.at)[0], column)

    def enter_up(self) -> None:
        """Up, or back within a chosen block."""
        if not self._walk(-1, down=True):
            self.step(-1, 0)

    def tab(self) -> None:
        """Right, remembering where the run began; within a chosen block from cell to cell."""
        if self._walk(1, down=False):
            return
        if self._run_start is None:
            self._run_start = self.at[1]
        self.move(*self._stepped((0, 1), self.at))

    def tab_back(self) -> None:
        """Left, or back within a chosen block."""
        if not self._walk(-1, down=False):
            self.move(*self._stepped((0, -1), self.at))

    def _walk(self, step: int, *, down: bool) -> bool:
        """Go to the next cell of a chosen block, round and round; False where one cell is chosen."""
        area, (row, column) = self.area, self.at
        if area.rows * area.columns == 1:
            return False
        depth = area.rows if down else area.columns
        place = (column - area.left) * depth + row - area.top if down else (row - area.top) * depth + column - area.left
        line, across = divmod((place + step) % (area.rows * area.columns), depth)
        to = (area.top + across, area.left + line) if down else (area.top + line, area.left + across)
        index = self._view.model().index(*to)
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._view.scrollTo(index)
        return True

    def _go(self, target: Callable[[Spot], Spot]) -> None:
        self.end_run()
        self.move(*target(self.at))

    def _draw_out(self, target: Callable[[Spot], Spot]) -> None:
        self.end_run()
        self.reach(*target(self._far))

    def _stepped(self, step: Spot, spot: Spot) -> Spot:
        last = self._last(spot)
        return min(max(spot[0] + step[0], 0), last[0]), min(max(spot[1] + step[1], 0), last[1])

    def _jumped(self, step: Spot, spot: Spot) -> Spot:
        return jumped(self._shown(), spot, step)

    def _row_start(self, spot: Spot) -> Spot:
        return spot[0], 0

    def _row_end(self, spot: Spot) -> Spot:
        return spot[0], self._last(spot)[1]

    def _first(self, _spot: Spot) -> Spot:
        return 0, 0

    def _last(self, _spot: Spot) -> Spot:
        return len(self._shown().rows) - 1, len(self._shown().columns) - 1

    def _paged(self, way: int, spot: Spot) -> Spot:
        rows = self._view.viewport().height() // max(1, self._view.rowHeight(max(spot[0], 0)))
        return self._stepped((way * max(1, rows - 1), 0), spot)

    def _paged_across(self, way: int, spot: Spot) -> Spot:
        """As many columns as stand side by side in the window."""
        view, state = self._view, self._shown()
        room, column = view.viewport().width(), spot[1]
        while 0 <= column + way < len(state.columns) and (room := room - view.columnWidth(column)) > 0:
            column += way
        return spot[0], column
