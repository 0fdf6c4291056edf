"""The Qt model over a grid state. It never writes: an edit is asked for, and pending until a new state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import is_not

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.grid.edits import Ask, Edit, typed
from desktop.grid.state import Cell, GridState

AnyIndex = QModelIndex | QPersistentModelIndex
_LOCKED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_OPEN = _LOCKED | Qt.ItemFlag.ItemIsEditable
MarkRole = Qt.ItemDataRole.UserRole + 1


def _more_rows(held: GridState, state: GridState) -> int:
    """How many rows a state adds at the foot where it does nothing else: an open editor and the cursor can stay."""
    count = len(held.rows)
    grown = count > 0 and bool(held.columns) and state.columns == held.columns and state.rows[:count] == held.rows
    return len(state.rows) - count if grown else 0


def _more_columns(held: GridState, state: GridState) -> int:
    """The same for columns at the right, where periods stand across."""
    count = len(held.columns)
    grown = count > 0 and bool(held.rows) and state.rows == held.rows and state.columns[:count] == held.columns
    return len(state.columns) - count if grown else 0


def differing(line: Sequence[Cell], other: Sequence[Cell]) -> frozenset[int]:
    """The columns in which two lines are not the very same cells."""
    if line is other:
        return frozenset()
    return frozenset(compress(range(len(line)), map(is_not, line, other)))


class GridModel(QAbstractTableModel):
    """Periods and measures, whichever way the state has them. `asked` carries an `Ask`."""

    asked = Signal(object)

    def __init__(self, state: GridState) -> None:
        super().__init__()
        self.state = state
        self._pending: dict[tuple[int, int], str] = {}

    def set_state(self, state: GridState) -> frozenset[int]:
        """Show another state, and say in which columns any cell differs.

        The same rows and columns keep the cursor and an open editor where they are.
        """
        held = self.state
        same = (state.rows, state.columns) == (held.rows, held.columns)
        rows, columns = _more_rows(held, state), _more_columns(held, state)
        pending = frozenset(self._pending)
        if rows:
            self.beginInsertRows(QModelIndex(), len(held.rows), len(state.rows) - 1)
        elif columns:
            self.beginInsertColumns(QModelIndex(), len(held.columns), len(state.columns) - 1)
        elif not same:
            self.beginResetModel()
        self.state = state
        self._pending.clear()
        if rows:
            self.endInsertRows()
        elif columns:
            self.endInsertColumns()
        elif not same:
            self.endResetModel()
        changed = self._tell_changed(held, pending) if same or rows or columns else frozenset()
        return changed if same else frozenset(range(len(state.columns)))

    def _tell_changed(self, held: GridState, pending: frozenset[tuple[int, int]]) -> frozenset[int]:
        """Have the block painted anew in which anything differs from what was shown, and say in which columns."""
        lines = [
            (row, differing(line, now))
            for row, (line, now) in enumerate(zip(held.cells, self.state.cells, strict=False))
        ]
        rows = {row for row, changed in lines if changed} | {row for row, _ in pending}
        columns = frozenset[int]().union(*(changed for _, changed in lines), (column for _, column in pending))
        if rows:
            self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))
        return columns

    def hold(self, edits: Iterable[Edit]) -> None:
        """Show edits that have been asked for, until the next state says what became of them."""
        held = {(row, column): text for row, column, text in edits}
        self._pending.update(held)
        if held:
            rows, columns = [row for row, _ in held], [column for _, column in held]
            self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))

    def cell(self, row: int, column: int) -> Cell:
        """The cell shown: what is pending, or what the state holds."""
        pending = self._pending.get((row, column))
        return self.state.cells[row][column] if pending is None else Cell(pending)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.state.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.state.columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What can be done with a cell."""
        return _LOCKED if self.state.cells[index.row()][index.column()].locked else _OPEN

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, says and holds."""
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.EditRole:
            return cell.raw
        if role == MarkRole:
            return sorted(cell.marks)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.state.place(index.row(), index.column())}: {cell.words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.note or None
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self.cell(index.row(), index.column()).raw:
            return False
        self.ask(typed(self.state, index.row(), index.column(), text))
        return True

    def ask(self, asked: Ask) -> None:
        """Show edits as pending and ask for them, in one step."""
        if asked.edits:
            self.hold(asked.edits)
        if asked.edits or asked.rows_over or asked.columns_over:
            self.asked.emit(asked)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a heading shows and says."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            column = self.state.columns[section]
            name, unit, phase = column.name, column.unit, column.phase
        else:
            row = self.state.rows[section]
            name, unit, phase = row.label, row.unit, row.phase
        said = f"{name}, {unit}" if unit else name
        return f"{said}, {phase}" if phase and role != Qt.ItemDataRole.DisplayRole else said
