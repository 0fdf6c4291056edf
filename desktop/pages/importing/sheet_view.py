"""The real sheet with what was found on it: colour, shape and spoken word for every cell that is special."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.pages.importing.sheet import CellKind, SheetPicture
from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape

AnyIndex = QModelIndex | QPersistentModelIndex
PAPERS = {
    CellKind.HEADER: "header",
    CellKind.FIX: "fix_bg",
    CellKind.CHECK: "check_bg",
    CellKind.DROPPED: "window",
}
SHAPES = {CellKind.FIX: (Shape.BAD, "fix"), CellKind.CHECK: (Shape.LOOK, "check")}
WIDEST = 220
EMPTY = SheetPicture("", (), (), (), (), None, "")


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
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.picture.kinds[index.row()][index.column()]
            return ", ".join(part for part in (text or "empty", kind.value) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = self.picture.column_names if orientation is Qt.Orientation.Horizontal else self.picture.row_names
        return names[section]


class _Delegate(QStyledItemDelegate):
    """Paints one cell with its paper and shape, and its share of the frame round the table."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, _Model):
            return
        theme, picture = look().theme, model.picture
        kind = picture.kinds[index.row()][index.column()]
        box = QRectF(option.rect)
        painter.save()
        painter.fillRect(box, theme.colour(PAPERS.get(kind, "card")))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1))
        if kind in SHAPES:
            shape, ink = SHAPES[kind]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shape(painter, shape, QPointF(box.left() + 9, box.center().y()), theme.px(9), theme.colour(ink))
        text = picture.texts[index.row()][index.column()]
        painter.setFont(theme.font("caption" if kind is CellKind.HEADER else "small"))
        painter.setPen(theme.colour("text3" if kind is CellKind.DROPPED else "text"))
        side = Qt.AlignmentFlag.AlignRight if is_number(text) else Qt.AlignmentFlag.AlignLeft
        room = box.adjusted(18 if kind in SHAPES else 6, 0, -6, 0)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        self._frame(painter, box, index, picture)
        painter.restore()

    def _frame(self, painter: QPainter, box: QRectF, index: AnyIndex, picture: SheetPicture) -> None:
        if picture.table is None:
            return
        top, left, bottom, right = picture.table
        row, column = index.row(), index.column()
        if not (top <= row <= bottom and left <= column <= right):
            return
        painter.setPen(look().theme.pen("accent", 2))
        edges = (
            (row == top, box.topLeft() + QPointF(0, 1), box.topRight() + QPointF(0, 1)),
            (row == bottom, box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1)),
            (column == left, box.topLeft() + QPointF(1, 0), box.bottomLeft() + QPointF(1, 0)),
            (column == right, box.topRight() - QPointF(1, 0), box.bottomRight() - QPointF(1, 0)),
        )
        for drawn, start, end in edges:
            if drawn:
                painter.drawLine(start, end)


def is_number(text: str) -> bool:
    """Whether a cell reads as a number, so that it stands right."""
    return bool(text) and text.lstrip("-−£(").replace(",", "").replace(".", "").rstrip("%)").isdigit()


class SheetView(QTableView):
    """A read-only picture of a sheet; Tab leaves it, arrows move from cell to cell."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Your sheet")
        self._model, self._delegate = _Model(), _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.verticalHeader().setAccessibleName("Rows")
        self.horizontalHeader().setAccessibleName("Columns")
        look().theme_changed.connect(self._refit)

    @property
    def picture(self) -> SheetPicture:
        """What is shown."""
        return self._model.picture

    def set_picture(self, picture: SheetPicture) -> None:
        """Show another sheet."""
        self._model.set_picture(picture)
        self._refit()

    def show_cell(self, cell: str) -> None:
        """Go to a cell by its Excel address, if it is in the picture."""
        letters = cell.rstrip("0123456789")
        names = self.picture
        if letters in names.column_names and cell[len(letters) :] in names.row_names:
            row, column = names.row_names.index(cell[len(letters) :]), names.column_names.index(letters)
            self.setCurrentIndex(self._model.index(row, column))

    def _refit(self) -> None:
        theme = look().theme
        self.verticalHeader().setDefaultSectionSize(theme.px(21))
        metrics = QFontMetrics(theme.font("caption"))
        table = self.picture.table or (0, 0, len(self.picture.texts), 0)
        for column in range(self._model.columnCount()):
            inside = (line[column] for line in self.picture.texts[table[0] :])
            widest = max((metrics.horizontalAdvance(text) for text in inside), default=0)
            self.setColumnWidth(column, min(max(widest + 28, theme.px(44)), theme.px(WIDEST)))
