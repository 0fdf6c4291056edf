"""Read-only tables: a frozen state, a model over it, and a view from which a block can be copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.look import look
from desktop.widgets.cells import PADDING, TICK_ROOM, AnyIndex, CellDelegate, CellRole, Ruler
from desktop.widgets.text import announce
from exporters.block_text import to_tsv

AS_SHOWN = (
    "Copied from Roleworth as on screen, small numbers included: for your own team. The Report tab protects them."
)
"""The last line of a copy that no small-number policy has been through: it goes wherever the figures go."""
MOST_MEASURED = 1000
"""Rows that are measured for the widths of the columns."""
_UP, _IN = QPointF(0, 1), QPointF(1, 0)


class _Model(QAbstractTableModel):
    def __init__(self, state: TableState) -> None:
        super().__init__()
        self.state = state

    def set_state(self, state: TableState) -> None:
        """Show another table."""
        self.beginResetModel()
        self.state = state
        self.endResetModel()

    def change_rows(self, state: TableState) -> list[int]:
        """Show the same rows with other words in some of them; returns which."""
        pairs = zip(self.state.rows, state.rows, strict=True)
        changed = [at for at, (held, wanted) in enumerate(pairs) if held != wanted]
        self.state = state
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(state.columns) - 1))
        return changed

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.state.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.state.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, says and holds."""
        cell = self.state.rows[index.row()][index.column()]
        said = {True: ", marked", False: ", not marked", None: ""}[cell.ticked]
        answers = {
            Qt.ItemDataRole.DisplayRole: cell.text,
            Qt.ItemDataRole.AccessibleTextRole: f"{self.state.columns[index.column()].name}: {cell.words}{said}",
            CellRole: cell,
        }
        return answers.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a heading shows and says."""
        if orientation is Qt.Orientation.Vertical:
            return None
        spec = self.state.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if spec.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spec.name}, sorted {_SORTED[spec.sorted]}" if spec.sorted else spec.name
        return spec.heading if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


_SORTED = {"up": "ascending", "down": "descending"}


class DataTable(QTableView):
    """A read-only table: Tab leaves it, Ctrl+C copies the chosen rows as TSV, Enter or a double click opens a row.

    What is copied leaves the app (docs/decisions/0015): `leaving` gives the table as it may leave; without it the copy
    is as shown and ends in a line that says so, unless `counts_people` is False. Where a row can be ticked, Space or a
    click on its box asks for it; `sort_by_heading` has a click on a heading ask for another order.
    """

    opened = Signal(str)
    row_chosen = Signal(str)
    tick_asked = Signal(str)
    heading_chosen = Signal(int)

    def __init__(self, name: str, state: TableState, *, row_height: int = 26) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows_high = row_height
        self.counts_people = True
        self.leaving: Callable[[], TableState | None] | None = None
        self._model = _Model(state)
        self._delegate = CellDelegate(self, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._set_manners()
        look().theme_changed.connect(self._refit)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self._refit()

    def _set_manners(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._open)

    def sort_by_heading(self) -> None:
        """Have `heading_chosen` say which heading was clicked; whoever listens brings the rows in order."""
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setCursor(Qt.CursorShape.PointingHandCursor)
        header.sectionClicked.connect(self.heading_chosen)

    @property
    def shown(self) -> TableState:
        """The table shown."""
        return self._model.state

    def set_state(self, state: TableState) -> None:
        """Show another table and say again which row is chosen, where its key is still there.

        Where rows differ in words alone, only those are measured and drawn anew.
        """
        kept = self.current_key
        if _same_rows(self.shown, state):
            self._change_rows(state)
            self._current_changed()
            return
        self._model.set_state(state)
        self._refit()
        if kept in state.keys:
            self.selectRow(state.keys.index(kept))

    def _change_rows(self, state: TableState) -> None:
        ruler = Ruler()
        changed = self._model.change_rows(state)
        for at in changed:
            self._row_widths[at] = ruler.widths_of(state.rows[at])
        if changed:
            self._set_widths()

    @property
    def current_key(self) -> str:
        """The key of the current row, or an empty text."""
        at = self.currentIndex().row()
        return self.shown.keys[at] if 0 <= at < len(self.shown.keys) else ""

    def spec(self, column: int) -> ColumnSpec:
        """The column's description."""
        return self.shown.columns[column]

    def fitted_width(self, but: int | None = None) -> int:
        """The width at which nothing is cut, of all columns or all but one; wider than the page: use cards instead."""
        return sum(width for at, width in enumerate(self._widths) if at != but)

    def paint_ground(self, painter: QPainter, box: QRectF, row: int) -> None:
        """The paper, hairline, sum rule and choice of one row."""
        theme = look().theme
        last = self.shown.total and row == len(self.shown.rows) - 1
        chosen = self.selectionModel().isRowSelected(row, QModelIndex())
        if chosen and not theme.is_high_contrast:
            painter.fillRect(box, theme.colour("sel"))
        elif last:
            painter.fillRect(box, theme.colour("alt"))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(box.bottomLeft() - _UP, box.bottomRight() - _UP)
        if last:
            painter.setPen(theme.pen("text"))
            painter.drawLine(box.topLeft(), box.topRight())
        ringed = chosen and (theme.is_high_contrast or (self.hasFocus() and row == self.currentIndex().row()))
        if ringed:
            painter.setPen(theme.pen("focus", 2))
            self._paint_ring(painter, box)

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        """The part of a ring round the whole row that falls into one cell."""
        painter.drawLine(box.topLeft() + _UP, box.topRight() + _UP)
        painter.drawLine(box.bottomLeft() - _UP, box.bottomRight() - _UP)
        if box.left() <= 1:
            painter.drawLine(box.topLeft() + _IN, box.bottomLeft() + _IN)
        if box.right() >= self.viewport().width() - 2:
            painter.drawLine(box.topRight() - _IN, box.bottomRight() - _IN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of this widget; pass on the rest."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Space and self._can_tick(self.currentIndex()):
            self.tick_asked.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box of a row asks to tick it; anywhere else it chooses the row."""
        super().mousePressEvent(event)
        if (key := self._boxed(event)) is not None:
            self.tick_asked.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click on a box ticks again; on the row it opens it."""
        key = self._boxed(event)
        if key is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.tick_asked.emit(key)

    def _boxed(self, event: QMouseEvent) -> str | None:
        """The key of the row whose box lies under the pointer."""
        at = self.indexAt(event.position().toPoint())
        if not self._can_tick(at) or at.column() != 0:
            return None
        room = self.visualRect(at).left() + PADDING + look().theme.px(TICK_ROOM)
        return self.shown.keys[at.row()] if event.position().x() < room else None

    def _can_tick(self, at: QModelIndex) -> bool:
        return at.isValid() and bool(self.shown.keys) and self.shown.rows[at.row()][0].ticked is not None

    def chosen_text(self) -> str:
        """The chosen rows, or all of them, with the header, as they may leave; empty where nothing may."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        state = self.leaving() if self.leaving else self.shown
        if state is None:
            return ""
        rows = self._rows_of(state, chosen) if chosen else state.rows
        lines = [[spec.name for spec in state.columns], *[[cell.words for cell in cells] for cells in rows]]
        return to_tsv(lines if self.leaving or not self.counts_people else [*lines, [AS_SHOWN]])

    def _rows_of(self, state: TableState, chosen: list[int]) -> list[tuple[TableCell, ...]]:
        """The chosen rows in the table that may leave: by key where rows have one, for it may lack some."""
        if not state.keys or not self.shown.keys:
            return [state.rows[at] for at in chosen]
        wanted = {self.shown.keys[at] for at in chosen}
        return [cells for key, cells in zip(state.keys, state.rows, strict=True) if key in wanted]

    def _copy(self) -> None:
        text = self.chosen_text()
        if not text:
            announce(self, "Nothing was copied: with small numbers hidden nothing is left.")
            return
        QGuiApplication.clipboard().setText(text)
        announce(self, AS_SHOWN if text.endswith(AS_SHOWN) else "Copied.")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is here: Qt makes a cell the current one by itself, but chooses no row."""
        super().focusInEvent(event)
        if self.shown.rows and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

    def _open(self) -> None:
        if self.current_key:
            self.opened.emit(self.current_key)

    def _current_changed(self) -> None:
        if self.current_key:
            self.row_chosen.emit(self.current_key)

    def _refit(self) -> None:
        """Measure every row, and give each column its manner of growing."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        ruler = Ruler()
        self._row_widths = [ruler.widths_of(cells) for cells in self.shown.rows[:MOST_MEASURED]]
        for at, spec in enumerate(self.shown.columns):
            header.setSectionResizeMode(
                at, QHeaderView.ResizeMode.Stretch if spec.stretch else QHeaderView.ResizeMode.Interactive
            )
        self._set_widths()

    def _set_widths(self) -> None:
        """Make each column as wide as its widest cell, and rows high enough for the lines they hold."""
        theme = look().theme
        two_lines = any(cell.second or cell.spark for cells in self.shown.rows for cell in cells)
        height = max(self._rows_high, 62) if two_lines else self._rows_high
        self.verticalHeader().setDefaultSectionSize(theme.px(height))
        caption = QFontMetrics(theme.font("caption"))
        heads = [caption.horizontalAdvance(spec.heading) + 2 * PADDING + 4 for spec in self.shown.columns]
        self._widths = [max(column) for column in zip(heads, *self._row_widths, strict=True)]
        for at, width in enumerate(self._widths):
            if self.columnWidth(at) != width:
                self.setColumnWidth(at, width)
        self.viewport().update()


def _same_rows(held: TableState, wanted: TableState) -> bool:
    """Whether the two tables differ in words alone; rows without keys are told apart by nothing, and stay one whole."""
    same_frame = held.columns == wanted.columns and held.total == wanted.total
    return same_frame and bool(held.keys) and held.keys == wanted.keys and len(held.rows) <= MOST_MEASURED


def fit_height(table: DataTable) -> None:
    """Make a short table as high as its rows, so that it needs no scroll bar of its own."""
    rows = table.verticalHeader().length()
    table.setFixedHeight(rows + table.horizontalHeader().sizeHint().height() + 2)
