"""The real sheet with what was found on it: colour, shape and spoken word for every special cell; edges to drag."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.pages.importing.sheet import EMPTY, CellKind, SheetPicture
from desktop.states import KeyItem
from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape
from importers.addresses import column_number
from importers.edges import Edges

AnyIndex = QModelIndex | QPersistentModelIndex
PAPERS = {
    CellKind.HEADER: "header",
    CellKind.AXIS: "note_bg",
    CellKind.TOTAL: "alt",
    CellKind.LEFT_OUT: "window",
    CellKind.FIX: "fix_bg",
    CellKind.CHECK: "check_bg",
    CellKind.DROPPED: "window",
}
SHAPES = {
    CellKind.FIX: (Shape.BAD, "fix"),
    CellKind.CHECK: (Shape.LOOK, "check"),
    CellKind.SAME: (Shape.SAME, "neutral"),
    CellKind.LEFT_OUT: (Shape.NO_ANSWER, "text3"),
    CellKind.TOTAL: (Shape.ABOVE, "text2"),
    CellKind.DROPPED: (Shape.SET_ASIDE, "text3"),
}
SPILLING = (CellKind.PLAIN, CellKind.LEFT_OUT)
QUIET = (CellKind.DROPPED, CellKind.LEFT_OUT)
WIDEST, NEAR, MOST_MEASURED = 200, 6, 60
ROWS, COLUMNS = ("header_row", "first_row", "last_row"), ("first_column", "last_column")


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.picture = EMPTY

    def set_picture(self, picture: SheetPicture) -> None:
        self.beginResetModel()
        self.picture = picture
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.picture.texts)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.picture.column_names)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = self.picture.texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            kind = self.picture.kinds[index.row()][index.column()]
            return ", ".join(part for part in (text or "empty", kind.value) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = self.picture.column_names if orientation is Qt.Orientation.Horizontal else self.picture.row_names
        return names[section]


class _Delegate(QStyledItemDelegate):
    """Paints one cell with its paper and shape."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, view = index.model(), option.widget
        if not isinstance(model, _Model):
            return
        theme, picture = look().theme, model.picture
        kind = picture.kinds[index.row()][index.column()]
        text = picture.texts[index.row()][index.column()]
        box = QRectF(option.rect)
        marked = kind in SHAPES and (bool(text) or kind not in QUIET)
        painter.save()
        painter.fillRect(box, theme.colour(PAPERS.get(kind, "card")))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1))
        if marked:
            shape, ink = SHAPES[kind]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shape(painter, shape, QPointF(box.left() + 9, box.center().y()), theme.px(9), theme.colour(ink))
        painter.setFont(theme.font("caption" if kind in (CellKind.HEADER, CellKind.TOTAL) else "small"))
        painter.setPen(theme.colour("text3" if kind in QUIET else "note" if kind is CellKind.AXIS else "text"))
        if not text and kind in SPILLING and isinstance(view, QTableView):
            _spill(painter, box, index, picture, view)
        side = Qt.AlignmentFlag.AlignRight if is_number(text) else Qt.AlignmentFlag.AlignLeft
        room = box.adjusted(theme.px(14) + 4 if marked else 6, 0, 0 if kind in SPILLING else -6, 0)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(theme.pen("focus", 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()


def _spill(painter: QPainter, box: QRectF, index: AnyIndex, picture: SheetPicture, view: QTableView) -> None:
    """The part of a long title at the left that lies over this empty cell, as Excel shows it."""
    row, line = index.row(), picture.texts[index.row()]
    source = next((at for at in range(index.column() - 1, -1, -1) if line[at]), -1)
    if source < 0 or picture.kinds[row][source] not in SPILLING or is_number(line[source]):
        return
    lead = look().theme.px(14) + 4 if picture.kinds[row][source] in SHAPES else 6
    left = view.columnViewportPosition(source) + lead
    painter.setClipRect(box)
    whole = QRectF(left, box.top(), 4_000, box.height())
    painter.drawText(whole, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line[source])
    painter.setClipping(False)


def is_number(text: str) -> bool:
    """Whether a cell reads as a number, so that it stands right."""
    return bool(text) and text.lstrip("-−£(").replace(",", "").replace(".", "").rstrip("%)").isdigit()


def key_of(picture: SheetPicture) -> tuple[KeyItem, ...]:
    """What the marks of a picture mean, in words."""
    found = []
    for kind in picture.shown_kinds():
        if kind in SHAPES:
            found.append(KeyItem(kind.value, SHAPES[kind][0], ink=SHAPES[kind][1]))
        else:
            found.append(KeyItem(kind.value, sample=PAPERS[kind]))
    return tuple(found)


class SheetView(QTableView):
    """A read-only picture of a sheet; Tab leaves it, arrows move from cell to cell.

    Where `movable`, the edges of the table can be dragged; `edges_moved` carries the `Edges` when one is let go. The
    keyboard sets them in the fields beside the sheet.
    """

    edges_moved = Signal(object)

    def __init__(self, *, movable: bool = False) -> None:
        super().__init__()
        self.setAccessibleName("Your sheet")
        self._model, self._delegate = _Model(), _Delegate(self)
        self._movable, self._held = movable, ""
        self.frame: Edges | None = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setMouseTracking(movable)
        self.verticalHeader().setAccessibleName("Rows")
        self.horizontalHeader().setAccessibleName("Columns")
        look().theme_changed.connect(self._refit)

    @property
    def picture(self) -> SheetPicture:
        """What is shown."""
        return self._model.picture

    def set_picture(self, picture: SheetPicture) -> None:
        """Show another sheet, or the same one with other marks where the person is in it."""
        same = picture.name == self.picture.name and len(picture.texts) == len(self.picture.texts)
        held = (self.currentIndex().row(), self.currentIndex().column()) if same else (-1, -1)
        seen = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        if same and picture.texts == self.picture.texts:
            self._model.picture = picture
        else:
            self._model.set_picture(picture)
            self._refit()
        self.frame = picture.frame
        if same:
            self.setCurrentIndex(self._model.index(*held))
            self.horizontalScrollBar().setValue(seen[0])
            self.verticalScrollBar().setValue(seen[1])
        elif picture.tables:
            self.scrollTo(self._model.index(max(0, picture.tables[0][0] - 4), 0), self.ScrollHint.PositionAtTop)
        self.viewport().update()

    def show_frame(self, frame: Edges) -> None:
        """Show other edges, as the fields beside the sheet have them."""
        self.frame = frame
        self.viewport().update()

    def show_cell(self, cell: str) -> None:
        """Go to a cell by its Excel address, if it is in the picture."""
        letters = cell.rstrip("0123456789")
        row = cell[len(letters) :]
        if row.isdecimal() and int(row) <= len(self.picture.texts) and letters in self.picture.column_names:
            self.setCurrentIndex(self._model.index(int(row) - 1, column_number(letters)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the frames of the tables over them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for box in self.picture.tables[1:] if self._movable else self.picture.tables:
            self._paint_box(painter, self._area(*box))
        if self._movable and self.frame is not None:
            self._paint_frame(painter, self.frame)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(look().theme.pen("accent", 2))
        painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_frame(self, painter: QPainter, frame: Edges) -> None:
        """The frame, the ruled line under the header, and a handle in the middle of every edge."""
        theme = look().theme
        box = self._area(frame.header_row, frame.first_column, frame.last_row, frame.last_column)
        self._paint_box(painter, box)
        below = self._row_top(frame.first_row)
        painter.setPen(theme.pen("accent", 1, (3.0, 2.0)))
        painter.drawLine(QPointF(box.left(), below), QPointF(box.right(), below))
        painter.setPen(theme.pen("card"))
        painter.setBrush(theme.colour("accent"))
        side = theme.px(7)
        seen = box.intersected(QRectF(self.viewport().rect()))
        middle = seen.center()
        for at in (
            QPointF(middle.x(), box.top()),
            QPointF(middle.x(), below),
            QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
            QPointF(box.right(), middle.y()),
        ):
            painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))

    def _row_top(self, row: int) -> float:
        """The upper edge of a row; one past the picture lies at its end."""
        last = self._model.rowCount()
        return float(self.rowViewportPosition(row)) if row < last else self._row_bottom(last - 1)

    def _row_bottom(self, row: int) -> float:
        at = min(row, self._model.rowCount() - 1)
        return float(self.rowViewportPosition(at) + self.rowHeight(at))

    def _area(self, top: int, left: int, bottom: int, right: int) -> QRectF:
        last = self._model.columnCount() - 1
        start, end = min(left, last), min(right, last)
        x = float(self.columnViewportPosition(start))
        width = self.columnViewportPosition(end) + self.columnWidth(end) - x
        return QRectF(x, self._row_top(top), width, self._row_bottom(bottom) - self._row_top(top))

    def _edge_at(self, at: QPoint) -> str:
        """Which edge of the frame lies under the pointer; "" for none."""
        if not self._movable or self.frame is None or not self.picture.texts:
            return ""
        frame = self.frame
        box = self._area(frame.header_row, frame.first_column, frame.last_row, frame.last_column)
        ups = dict(zip(ROWS, (box.top(), self._row_top(frame.first_row), box.bottom()), strict=True))
        sides = dict(zip(COLUMNS, (box.left(), box.right()), strict=True))
        if box.left() - NEAR <= at.x() <= box.right() + NEAR:
            for name, y in ups.items():
                if abs(at.y() - y) <= NEAR:
                    return name
        if box.top() <= at.y() <= box.bottom():
            return next((name for name, x in sides.items() if abs(at.x() - x) <= NEAR), "")
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge, or choose a cell."""
        self._held = self._edge_at(event.position().toPoint())
        if not self._held:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the edge that is held; show where one can be taken hold of."""
        at = event.position().toPoint()
        if self._held:
            self._move_to(at)
            return
        name = self._edge_at(at)
        if name:
            shape = Qt.CursorShape.SplitVCursor if name in ROWS else Qt.CursorShape.SplitHCursor
            self.viewport().setCursor(shape)
        else:
            self.viewport().unsetCursor()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let an edge go, and say where it is now."""
        if self._held:
            self._held = ""
            self.edges_moved.emit(self.frame)
        else:
            super().mouseReleaseEvent(event)

    def _move_to(self, at: QPoint) -> None:
        if self.frame is None:
            return
        rows, columns = self._model.rowCount(), self._model.columnCount()
        if self._held in ROWS:
            place = self.rowAt(at.y())
            place = rows - 1 if place < 0 and at.y() > 0 else max(place, 0)
        else:
            place = self.columnAt(at.x())
            place = columns - 1 if place < 0 and at.x() > 0 else max(place, 0)
        self.frame = moved(self.frame, self._held, place)
        self.viewport().update()

    def _refit(self) -> None:
        theme = look().theme
        self.verticalHeader().setDefaultSectionSize(theme.px(21))
        metrics = QFontMetrics(theme.font("caption"))
        top = self.picture.tables[0][0] if self.picture.tables else 0
        for column in range(self._model.columnCount()):
            inside = (line[column] for line in self.picture.texts[top : top + MOST_MEASURED])
            widest = max((metrics.horizontalAdvance(text) for text in inside), default=0)
            self.setColumnWidth(column, min(max(widest + 28, theme.px(44)), theme.px(WIDEST)))


def moved(frame: Edges, name: str, place: int) -> Edges:
    """The frame with one edge moved as far as the others let it."""
    now: dict[str, int] = {key: getattr(frame, key) for key in (*ROWS, *COLUMNS)}
    for order in (ROWS, COLUMNS):
        if name in order:
            at = order.index(name)
            lowest = now[order[at - 1]] + 1 if at else 0
            least = {"last_row": now["first_row"]}.get(name, lowest)
            most = now[order[at + 1]] - (0 if name == "first_row" else 1) if at + 1 < len(order) else place
            now[name] = max(least, min(place, most))
    return Edges(frame.sheet, *now.values())
