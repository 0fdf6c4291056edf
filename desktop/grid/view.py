"""The entry grid: a table view with the reflexes of a spreadsheet. It asks for edits and never writes one itself."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter, itemgetter

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.grid import edits
from desktop.grid.clipboard import copied
from desktop.grid.cursor import Cursor, KeyTable
from desktop.grid.delegate import CellDelegate
from desktop.grid.edits import NOWHERE, Area, Ask
from desktop.grid.headers import ColumnHeader, RowHeader
from desktop.grid.model import GridModel
from desktop.grid.painted import PaintedTable
from desktop.grid.painting import INSET, handle_box
from desktop.grid.state import GridState
from desktop.theme.look import look
from exporters.block_text import to_tsv

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEY = Qt.Key
_MOVES = {"down": (1, 0), "above": (-1, 0), "left": (0, -1), "right": (0, 1)}
MARK_ROOM = 18
_TEXT = attrgetter("text")


class EntryGrid(PaintedTable):
    """Periods down and measures across, or the other way round: as the state has them.

    `edits_asked` carries a list of (row, column, text) and the name of the step; `overhang` how many rows and columns
    of a paste lie past the grid; `cell_changed` where the cursor is.
    """

    edits_asked = Signal(object, str)
    overhang = Signal(int, int)
    cell_changed = Signal(int, int)

    def __init__(self, state: GridState, name: str = "Values by period and measure") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = GridModel(state)
        self._cells = CellDelegate(self)
        self._across, self._down = ColumnHeader(self), RowHeader(self)
        self._cursor = Cursor(self, self._state_shown)
        self._drag_from: Area | None = None
        self._choosing = False
        self._keys = self._key_table()
        self.setModel(self._grid)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(self._across)
        self.setVerticalHeader(self._down)
        self._set_manners()
        self._grid.asked.connect(self._pass_on)
        self._cells.ended.connect(self._move_after_entry)
        self._cells.filled.connect(self._fill_area)
        self.selectionModel().currentChanged.connect(self._current_changed)
        look().theme_changed.connect(self._refit)
        self._refit()
        self.setCurrentIndex(self._grid.index(0, 0))

    def _set_manners(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        for header in (self._across, self._down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _key_table(self) -> KeyTable:
        return self._cursor.keys() | {
            (_KEY.Key_F2, _NONE): self._edit_cell,
            (_KEY.Key_Delete, _NONE): self.clear_area,
            (_KEY.Key_Backspace, _NONE): self.clear_area,
            (_KEY.Key_D, _CTRL): self.fill_down,
            (_KEY.Key_R, _CTRL): self.fill_right,
            (_KEY.Key_Apostrophe, _CTRL): self.copy_above,
            (_KEY.Key_0, _CTRL): self.mark_not_collected,
            (_KEY.Key_C, _CTRL): self.copy,
            (_KEY.Key_Insert, _CTRL): self.copy,
            (_KEY.Key_X, _CTRL): self.cut,
            (_KEY.Key_Delete, _SHIFT): self.cut,
            (_KEY.Key_V, _CTRL): self.paste,
            (_KEY.Key_V, _CTRL | _SHIFT): self.paste,
            (_KEY.Key_Insert, _SHIFT): self.paste,
            (_KEY.Key_F6, _NONE): self._leave,
            (_KEY.Key_F6, _SHIFT): self._leave_back,
        }

    def _state_shown(self) -> GridState:
        return self._grid.state

    @property
    def shown(self) -> GridState:
        """The state shown."""
        return self._grid.state

    def set_state(self, state: GridState, at: tuple[int, int] | None = None) -> None:
        """Show another state: the answer to edits asked for, or other measures. The cursor stays where it can.

        `at` is where the cell under the cursor stands in it: what is being typed goes on there. An entry whose cell is
        gone goes with it.
        """
        entry, here = self._cells.entry, self.currentIndex()
        row, column = at or (here.row(), here.column())
        heads = self.shown.rows, self.shown.columns
        changed = self._grid.set_state(state)
        if (state.rows, state.columns) == heads:
            self._fit_columns(changed)
        else:
            self._refit()
        now = self.currentIndex()
        if state.rows and state.columns and (not now.isValid() or at not in (None, (now.row(), now.column()))):
            row, column = min(max(row, 0), len(state.rows) - 1), min(max(column, 0), len(state.columns) - 1)
            self.setCurrentIndex(self._grid.index(row, column))
        if entry is not None and self._cells.editor is None and at is not None:
            self._open_editor(entry.text)
            self._cells.go_on(entry)

    @property
    def area(self) -> Area:
        """The chosen block, or the current cell."""
        return self._cursor.area

    def _edit_cell(self) -> None:
        """Edit the current value where it stands."""
        self._open_editor(None)

    def commit_open_editor(self) -> None:
        """Commit whatever is being typed: before another page, a backup or the end."""
        self._cells.finish()

    def clear_area(self) -> None:
        """Clear the chosen values."""
        self._grid.ask(edits.cleared(self.shown, self.area))

    def fill_down(self) -> None:
        """Copy the top row of the choice down."""
        self._grid.ask(edits.filled_down(self.shown, self.area))

    def fill_right(self) -> None:
        """Copy the left column of the choice right."""
        self._grid.ask(edits.filled_right(self.shown, self.area))

    def copy_above(self) -> None:
        """Copy the value above into the current cell."""
        at = self.currentIndex()
        here = Area(at.row(), at.column(), at.row(), at.column()) if at.isValid() else NOWHERE
        self._grid.ask(edits.filled_down(self.shown, here))

    def mark_not_collected(self) -> None:
        """Mark the chosen cells as not collected."""
        self._grid.ask(edits.not_collected(self.shown, self.area))

    def copy(self) -> None:
        """Copy the chosen block as tab-separated text."""
        if block := edits.copied(self.shown, self.area):
            QGuiApplication.clipboard().setText(to_tsv(block))

    def cut(self) -> None:
        """Copy the chosen block and clear it."""
        self.copy()
        self._grid.ask(edits.cleared(self.shown, self.area, "Cut"))

    def paste(self) -> None:
        """Lay the clipboard's block down from the top left of the choice."""
        if block := copied().held.block:
            asked = edits.pasted(self.shown, self.area, block)
            self._grid.ask(asked)
            self._choose_pasted(asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of this widget; pass on the rest. A key that an open editor leaves to the grid ends it."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if answer := self._keys.get((_KEY(event.key()), modifiers)):
            self.commit_open_editor()
            answer()
            event.accept()
        elif self._is_typing(event):
            self._open_editor(event.text())
        else:
            self._cursor.end_run()
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer keys before shortcuts take them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if (_KEY(event.key()), modifiers) in self._keys or self._is_typing(event):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves inside the grid; F6 leaves it."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A cursor that was in view stays in view when there is less room."""
        was_seen = QRect(QPoint(0, 0), event.oldSize()).intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    def hideEvent(self, event: QHideEvent) -> None:
        """Commit what is being typed before the page goes."""
        self.commit_open_editor()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press begins a choice, on the handle a fill; with Shift it draws the choice out."""
        self._cursor.end_run()
        spot = handle_box(QRectF(self.visualRect(self.currentIndex()))).adjusted(-3, -3, 3, 3)
        at, left = self.indexAt(event.position().toPoint()), event.button() is Qt.MouseButton.LeftButton
        if spot.contains(event.position()):
            self._drag_from = self.area
        elif left and at.isValid() and event.modifiers() & _SHIFT:
            self._cursor.reach(at.row(), at.column())
        else:
            self._choosing = left and at.isValid()
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, also past the edge: a cell further each time."""
        within = self.viewport().rect().adjusted(0, 0, -1, -1)
        spot = event.position().toPoint()
        near = QPoint(min(max(spot.x(), 0), within.right()), min(max(spot.y(), 0), within.bottom()))
        at = self.indexAt(near)
        if not at.isValid() or not (self._choosing or self._drag_from):
            super().mouseMoveEvent(event)
        elif self._drag_from is not None:
            self._cursor.choose(self._drawn_out(self._drag_from, at))
        else:
            row = at.row() + (spot.y() > near.y()) - (spot.y() < near.y())
            column = at.column() + (spot.x() > near.x()) - (spot.x() < near.x())
            last = len(self.shown.rows) - 1, len(self.shown.columns) - 1
            self._cursor.reach(min(max(row, 0), last[0]), min(max(column, 0), last[1]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a fill or of a choice."""
        source, self._drag_from, self._choosing = self._drag_from, None, False
        if source is None:
            super().mouseReleaseEvent(event)
        else:
            self._grid.ask(edits.filled_from(self.shown, source, self.area))

    @staticmethod
    def _drawn_out(source: Area, at: QModelIndex) -> Area:
        """The source drawn out along one direction: the one in which the pointer went further."""
        down, across = at.row() - source.bottom, at.column() - source.right
        if down >= across:
            return Area(source.top, source.left, max(source.bottom, at.row()), source.right)
        return Area(source.top, source.left, source.bottom, max(source.right, at.column()))

    @staticmethod
    def _is_typing(event: QKeyEvent) -> bool:
        bare = not event.modifiers() & (_CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        return bare and bool(event.text().strip()) and event.text().isprintable()

    def _open_editor(self, first: str | None) -> None:
        """Open the editor; `first` is the key that began the entry and replaces what was there.

        A key that reaches the grid while an entry is open belongs to that entry.
        """
        if (begun := self._cells.editor) is not None:
            begun.setFocus()
            begun.insert(first or "")
            return
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        self.edit(index)
        self._cells.typing = first is not None
        editor = self._cells.editor
        if editor is None:
            return
        if first is None:
            editor.end(False)
        else:
            editor.setText(first)
            editor.setModified(True)

    def _move_after_entry(self, move: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self._cursor
        answers = {"enter": cursor.enter, "up": cursor.enter_up, "tab": cursor.tab, "backtab": cursor.tab_back}
        answers |= {"leave": self._leave, "stay": cursor.end_run}
        if move in answers:
            answers[move]()
        else:
            cursor.step(*_MOVES[move])

    def _fill_area(self, text: str) -> None:
        """What was typed goes into every chosen cell."""
        self._grid.ask(edits.typed_over(self.shown, self.area, text))

    def _leave(self) -> None:
        super().focusNextPrevChild(True)

    def _leave_back(self) -> None:
        super().focusNextPrevChild(False)

    def _choose_pasted(self, asked: Ask) -> None:
        if asked.edits:
            columns = {column for _, column, _ in asked.edits}
            self._cursor.choose(Area(asked.edits[0][0], min(columns), asked.edits[-1][0], max(columns)))

    def _pass_on(self, asked: Ask) -> None:
        if asked.edits:
            self.edits_asked.emit(list(asked.edits), asked.label)
        if asked.rows_over or asked.columns_over:
            self.overhang.emit(asked.rows_over, asked.columns_over)

    def _current_changed(self, at: QModelIndex, _: QModelIndex) -> None:
        self._across.mark(at.column())
        self._down.mark(at.row())
        self.cell_changed.emit(at.row(), at.column())

    def _refit(self) -> None:
        """Give rows and columns the sizes their texts need in the theme that is on."""
        theme = look().theme
        was_seen = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        self._down.setMinimumSectionSize(theme.px(24))
        self._down.setDefaultSectionSize(theme.px(24))
        self._fit_columns(range(len(self.shown.columns)))
        self.updateGeometries()
        if was_seen:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _fit_columns(self, columns: Iterable[int]) -> None:
        """Give columns the width of their longest text; the others keep theirs."""
        theme, lines = look().theme, self.shown.cells
        figures = QFontMetricsF(theme.font("body"))
        for column in columns:
            longest = max(map(_TEXT, map(itemgetter(column), lines)), key=len, default="")
            cells = figures.horizontalAdvance(longest) + theme.px(MARK_ROOM) + 2 * INSET
            width = round(max(theme.px(72), self._across.fitted(column), cells))
            if width != self.columnWidth(column):
                self.setColumnWidth(column, width)
