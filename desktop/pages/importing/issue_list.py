"""The list of cells that need a person, mended where they stand: type a value, take the proposal, leave it blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.pages.importing.outlook import CHECK, DIFFERENT, FIX, MENDABLE, MENDED, REMARK, Doubt
from desktop.theme.look import look
from desktop.theme.marks import Kind, Shape
from desktop.theme.shapes import paint_shape

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Excel cell", "You have", "Problem", "Fix")
CELL, RAW, PROBLEM, MEND = range(len(HEADINGS))
WIDTHS = {CELL: 92, RAW: 84, MEND: 190}
BOX, HIGH = 84, 40
ASIDE, MOST_HIGH, MOST_MEASURED = 14, 400, 300
"""Pixels beside the words of a problem, the highest a row may be, and how many problems are measured for it."""
NOT_COLLECTED = "not collected"
LEAVE_BLANK, KEEP, PUT_BACK = "leave blank", "keep", "put back"
KINDS = {FIX: Kind.FIX, CHECK: Kind.CHECK, DIFFERENT: Kind.NOTE, MENDED: Kind.OK, REMARK: Kind.NOTE}


@dataclass(frozen=True)
class Mending:
    """What may be done about a line: the text proposed ("" for none), and the words and text of the other way out."""

    proposal: str = ""
    link: str = ""
    text: str = ""


def mending_of(doubt: Doubt) -> Mending:
    """The ways out of a doubt."""
    if doubt.level == MENDED:
        return Mending("", PUT_BACK)
    if doubt.level not in MENDABLE:
        return Mending()
    proposal = next((text for text in doubt.offers if text not in ("", NOT_COLLECTED)), "")
    if doubt.level == CHECK:
        return Mending(proposal, KEEP, doubt.raw)
    if NOT_COLLECTED in doubt.offers:
        return Mending(proposal, NOT_COLLECTED, NOT_COLLECTED)
    return Mending(proposal, LEAVE_BLANK)


def shape_of(doubt: Doubt) -> tuple[Shape, str, str]:
    """Shape, ink and word of a line. A remark has the level of what it says."""
    kind = KINDS[doubt.raw] if doubt.level == REMARK and doubt.raw in KINDS else KINDS[doubt.level]
    return kind.shape, kind.value, kind.word


class _Model(QAbstractTableModel):
    typed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.doubts: tuple[Doubt, ...] = ()
        self.several_sheets = False

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.doubts = tuple(doubts)
        places = {(doubt.part, doubt.cell.rpartition("!")[0]) for doubt in doubts}
        self.several_sheets = len(places) > 1
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.doubts)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        doubt = self.doubts[row]
        place = doubt.cell if self.several_sheets else doubt.cell.rpartition("!")[2]
        mend = mending_of(doubt).proposal or doubt.now
        raw = "" if doubt.level == REMARK else doubt.raw
        return (place or doubt.file, raw, doubt.message, mend)[column]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = self.text(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = f"{shape_of(self.doubts[index.row()])[2]}, " if index.column() == CELL else ""
            link = mending_of(self.doubts[index.row()]).link if index.column() == MEND else ""
            return f"{HEADINGS[index.column()]}: {word}{text}{f', or {link}' if link else ''}"
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        usual = super().flags(index)
        is_open = index.column() == MEND and self.doubts[index.row()].level in MENDABLE
        return usual | Qt.ItemFlag.ItemIsEditable if is_open else usual

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and isinstance(value, str) and value.strip():
            self.typed.emit(index.row(), value.strip())
            return True
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADINGS[section]


class _Delegate(QStyledItemDelegate):
    """Paints a line; the last column is a box to type in, with the other way out beside it as a link."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, view = index.model(), option.widget
        if not isinstance(model, _Model) or not isinstance(view, IssueList):
            return
        doubt, theme, box = model.doubts[index.row()], look().theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view.paint_ground(painter, box, index.row())
        inner = box.adjusted(8, 1, -6, -2)
        if index.column() == CELL:
            shape, ink, _ = shape_of(doubt)
            at = QRectF(inner.left(), inner.top(), theme.px(10), inner.height()).center()
            paint_shape(painter, shape, at, theme.px(10), theme.colour(ink))
            inner.adjust(theme.px(16), 0, 0, 0)
        text = model.text(index.row(), index.column())
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font({CELL: "strong", PROBLEM: "small"}.get(index.column(), "body")))
        if index.column() == MEND:
            self._paint_mending(painter, inner, doubt, text)
        else:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, text)
        painter.restore()

    def _paint_mending(self, painter: QPainter, inner: QRectF, doubt: Doubt, text: str) -> None:
        theme = look().theme
        if doubt.level in MENDABLE:
            field = QRectF(inner.left(), inner.center().y() - theme.px(13), theme.px(BOX), theme.px(26))
            painter.setPen(theme.pen("line"))
            painter.setBrush(theme.colour("card"))
            painter.drawRoundedRect(field, 4, 4)
            painter.setPen(theme.colour("text"))
            painter.drawText(field.adjusted(8, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text)
        elif text:
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)
        link = mending_of(doubt).link
        if link:
            painter.setPen(theme.colour("link"))
            painter.drawText(link_box(inner, doubt), Qt.AlignmentFlag.AlignVCenter, link)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        model = index.model()
        cell = model.text(index.row(), CELL) if isinstance(model, _Model) else ""
        editor.setAccessibleName(f"Value for {cell}")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        box = option.rect
        wide, high = round(look().theme.px(BOX)) + 2, round(look().theme.px(28))
        editor.setGeometry(box.left() + 7, box.center().y() - high // 2, wide, high)


def link_box(inner: QRectF, doubt: Doubt) -> QRectF:
    """Where the link of a line lies in its last cell."""
    lead = look().theme.px(BOX) + 10 if doubt.level in MENDABLE else 0
    return inner.adjusted(lead, 0, 0, 0)


class IssueList(QTableView):
    """Enter takes the proposal, typing or F2 puts another value in, Del leaves the cell blank; Tab leaves the list.

    `mended` carries the line and the text for its cell, `put_back` a line that shall be as the sheet has it.
    """

    mended = Signal(object, str)
    put_back = Signal(object)
    line_chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model, self._delegate = _Model(), _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._model.typed.connect(self._typed, Qt.ConnectionType.QueuedConnection)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        look().theme_changed.connect(self._refit)
        self._refit()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The lines shown."""
        return self._model.doubts

    @property
    def current(self) -> Doubt | None:
        """The chosen line."""
        at = self.currentIndex().row()
        return self.doubts[at] if 0 <= at < len(self.doubts) else None

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show other lines, staying on the same one, or on the one that has come in its place."""
        if tuple(doubts) == self.doubts:
            return
        held, at = self.current, self.currentIndex().row()
        self._model.show_doubts(doubts)
        self._fit_rows()
        keys = [doubt.key for doubt in self.doubts]
        if held is not None and keys:
            self.choose(keys.index(held.key) if held.key in keys else min(at, len(keys) - 1))

    def choose(self, row: int) -> None:
        """Choose a line; its last cell is the one that typing goes to."""
        self.setCurrentIndex(self._model.index(row, MEND))

    def take_proposal(self) -> None:
        """Put the proposal of the chosen line in; keep a value to be checked that has none."""
        doubt = self.current
        if doubt is None or doubt.level not in MENDABLE:
            return
        way = mending_of(doubt)
        if way.proposal:
            self.mended.emit(doubt, way.proposal)
        elif doubt.level == CHECK:
            self.mended.emit(doubt, way.text)

    def leave_blank(self) -> None:
        """Leave the chosen cell blank."""
        if (doubt := self.current) is not None and doubt.level in MENDABLE:
            self.mended.emit(doubt, "")

    def follow_link(self) -> None:
        """Do what the link of the chosen line says."""
        doubt = self.current
        if doubt is None:
            return
        way = mending_of(doubt)
        if way.link == PUT_BACK:
            self.put_back.emit(doubt)
        elif way.link:
            self.mended.emit(doubt, way.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of this widget; pass on the rest."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_proposal()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.leave_blank()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click in the last column edits it, or follows its link."""
        super().mouseReleaseEvent(event)
        at = event.position()
        index = self.indexAt(at.toPoint())
        if not index.isValid() or index.column() != MEND:
            return
        doubt = self.doubts[index.row()]
        inner = QRectF(self.visualRect(index)).adjusted(8, 1, -6, -2)
        if mending_of(doubt).link and link_box(inner, doubt).contains(at):
            self.follow_link()
        elif doubt.level in MENDABLE:
            self.edit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.doubts:
            self.choose(0)

    def paint_ground(self, painter: QPainter, box: QRectF, row: int) -> None:
        """The paper, hairline and choice of one line."""
        theme = look().theme
        chosen = row == self.currentIndex().row()
        if chosen and not theme.is_high_contrast:
            painter.fillRect(box, theme.colour("sel"))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen and (self.hasFocus() or theme.is_high_contrast):
            painter.setPen(theme.pen("focus", 2))
            painter.drawLine(box.topLeft() + QPointF(0, 1), box.topRight() + QPointF(0, 1))
            painter.drawLine(box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1))

    def _typed(self, row: int, text: str) -> None:
        if 0 <= row < len(self.doubts):
            self.mended.emit(self.doubts[row], text)

    def _current_changed(self) -> None:
        if (doubt := self.current) is not None:
            self.line_chosen.emit(doubt)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._refit()

    def _refit(self) -> None:
        theme, header = look().theme, self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH))
        for at in range(len(HEADINGS)):
            stretch = at == PROBLEM
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(at, modes.Stretch if stretch else modes.Fixed)
            if not stretch:
                header.resizeSection(at, round(theme.px(WIDTHS[at])))
        words = QFontMetricsF(theme.font("body")).horizontalAdvance(NOT_COLLECTED)
        header.resizeSection(MEND, round(theme.px(BOX) + words + 30))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Rows are as high as the longest problem needs in the room there is for it."""
        theme = look().theme
        ruler, room = QFontMetricsF(theme.font("small")), QRectF(0, 0, self.columnWidth(PROBLEM) - ASIDE, MOST_HIGH)
        words = {doubt.message for doubt in self.doubts[:MOST_MEASURED]}
        needed = [ruler.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + 6 for text in words]
        self.verticalHeader().setDefaultSectionSize(round(max(theme.px(HIGH), *needed, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again: the room for the problems is what the other columns leave."""
        super().resizeEvent(event)
        self._fit_rows()
