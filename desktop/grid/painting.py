"""How cells of the grid are painted: paper, hairlines, launch rule, marks at the left, figure at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from analysis.vocabulary import Phase
from desktop.grid.edits import Area
from desktop.grid.state import Cell, CellMark, GridState
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import Theme

INSET = 10
RULE = 3
HANDLE = 6
NOTE_CORNER = 8
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

# The first that applies gives the shape at the left, and its colour.
_SHAPES: tuple[tuple[CellMark, Shape, str], ...] = (
    (CellMark.FIX, Shape.BAD, "fix"),
    (CellMark.CHECK, Shape.LOOK, "check"),
    (CellMark.SET_ASIDE, Shape.SET_ASIDE, "text2"),
    (CellMark.PROVISIONAL, Shape.PROVISIONAL, "text2"),
)
_PAPERS: tuple[tuple[CellMark, str], ...] = (
    (CellMark.FIX, "fix_bg"),
    (CellMark.CHECK, "check_bg"),
    (CellMark.NOT_APPLICABLE, "window"),
    (CellMark.NOT_EXPECTED, "window"),
)
_INKS: tuple[tuple[CellMark, str], ...] = (
    (CellMark.SET_ASIDE, "text3"),
    (CellMark.NOT_COLLECTED, "text2"),
    (CellMark.SUPPRESSED, "text2"),
    (CellMark.PROVISIONAL, "text2"),
)


def paper_token(cell: Cell, phase: Phase | None, *, chosen: bool) -> str:
    """The token of the paper under a cell."""
    marked = next((token for mark, token in _PAPERS if mark in cell.marks), None)
    if chosen and marked in (None, "window"):
        return "sel"
    return marked or ("phase" if phase is Phase.PHASE_IN else "card")


def _ink_token(cell: Cell) -> str:
    return next((token for mark, token in _INKS if mark in cell.marks), "text")


def _font(theme: Theme, cell: Cell) -> QFont:
    if CellMark.NOT_COLLECTED in cell.marks:
        return theme.font("small", italic=True)
    return theme.font("body", struck=CellMark.SET_ASIDE in cell.marks)


@dataclass(frozen=True)
class Strip:
    """A row or a column as it stands in the window: which one, and from where to where."""

    at: int
    start: int
    length: int

    @property
    def end(self) -> int:
        """The first pixel past it."""
        return self.start + self.length


@dataclass(frozen=True)
class Shown:
    """The part of a grid that is to be painted, with what is chosen in it."""

    rows: Sequence[Strip]
    columns: Sequence[Strip]
    cell: Callable[[int, int], Cell]
    state: GridState
    chosen: Area
    here: tuple[int, int]

    def box(self, row: Strip, column: Strip) -> QRectF:
        """Where a cell stands."""
        return QRectF(column.start, row.start, column.length, row.length)


def paint_block(painter: QPainter, theme: Theme, shown: Shown) -> None:
    """Paint a block of cells in one go: each call from Qt for one cell would wait anew for work beside the window."""
    if not shown.rows or not shown.columns:
        return
    _paint_papers(painter, theme, shown)
    _paint_lines(painter, theme, shown)
    for row in shown.rows:
        for column in shown.columns:
            cell = shown.cell(row.at, column.at)
            if cell.text or cell.marks or cell.note:
                _paint_content(painter, theme, shown.box(row, column), cell)
    _paint_choice(painter, theme, shown)


def _paint_papers(painter: QPainter, theme: Theme, shown: Shown) -> None:
    """Card under everything, and the paper of each cell that has another."""
    whole = shown.box(shown.rows[0], shown.columns[0]).united(shown.box(shown.rows[-1], shown.columns[-1]))
    painter.fillRect(whole, theme.colour("card"))
    for row in shown.rows:
        for column in shown.columns:
            spot = (row.at, column.at)
            chosen = spot != shown.here and spot in shown.chosen and not theme.is_high_contrast
            paper = paper_token(shown.cell(*spot), shown.state.phase(*spot), chosen=chosen)
            if paper != "card":
                painter.fillRect(shown.box(row, column), theme.colour(paper))


def _paint_lines(painter: QPainter, theme: Theme, shown: Shown) -> None:
    """Hairlines inside the lower and the right edge of the cells, and the launch rule along its row or column."""
    hair, launch = theme.colour("hair"), theme.colour("launch")
    top, left = shown.rows[0].start, shown.columns[0].start
    high, wide = shown.rows[-1].end - top, shown.columns[-1].end - left
    for row in shown.rows:
        painter.fillRect(QRect(left, row.end - 1, wide, 1), hair)
    for column in shown.columns:
        painter.fillRect(QRect(column.end - 1, top, 1, high), hair)
    for row in shown.rows:
        if shown.state.launch_row == row.at + 1:
            painter.fillRect(QRect(left, row.end - RULE, wide, RULE), launch)
    for column in shown.columns:
        if shown.state.launch_column == column.at + 1:
            painter.fillRect(QRect(column.end - RULE, top, RULE, high), launch)


def _paint_content(painter: QPainter, theme: Theme, box: QRectF, cell: Cell) -> None:
    """The corner of a note, the mark at the left and the figure at the right."""
    if cell.note:
        paint_note_corner(painter, theme, box)
    if cell.marks:
        _paint_mark(painter, theme, box, cell)
    if cell.text:
        painter.setFont(_font(theme, cell))
        painter.setPen(theme.colour(_ink_token(cell)))
        figure = f"{cell.text}\u2009∗" if CellMark.SUPPRESSED in cell.marks else cell.text
        painter.drawText(box.adjusted(INSET, 0, -INSET, -1), _FIGURES, figure)


def _paint_choice(painter: QPainter, theme: Theme, shown: Shown) -> None:
    """The ring of the current cell with its handle; in high contrast a thin ring on each cell that is chosen too."""
    for row in shown.rows:
        for column in shown.columns:
            spot = (row.at, column.at)
            if spot == shown.here:
                paint_current(painter, theme, shown.box(row, column))
                paint_handle(painter, theme, shown.box(row, column))
            elif theme.is_high_contrast and spot in shown.chosen:
                painter.setPen(theme.pen("focus"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(shown.box(row, column).adjusted(1, 1, -2, -2))


def paint_launch(painter: QPainter, theme: Theme, box: QRectF, *, below: bool, beside: bool) -> None:
    """The launch rule along the lower or the right edge of the last cell or heading before it."""
    if below:
        painter.fillRect(QRectF(box.left(), box.bottom() - RULE, box.width(), RULE), theme.colour("launch"))
    if beside:
        painter.fillRect(QRectF(box.right() - RULE, box.top(), RULE, box.height()), theme.colour("launch"))


def paint_note_corner(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """The folded corner at the upper right of a cell with a note, as in a spreadsheet."""
    side, right = theme.px(NOTE_CORNER), box.right() - 1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("note"))
    corner = (QPointF(right - side, box.top()), QPointF(right, box.top()), QPointF(right, box.top() + side))
    painter.drawPolygon(corner)


def _paint_mark(painter: QPainter, theme: Theme, box: QRectF, cell: Cell) -> None:
    for mark, shape, token in _SHAPES:
        if mark in cell.marks:
            size = theme.px(10)
            at = QPointF(box.left() + theme.px(12), box.center().y() - 0.5)
            paint_shape(painter, shape, at, size, theme.colour(token))
            return


def paint_current(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """The 2 px ring of the current cell."""
    painter.setPen(theme.pen("focus", 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -2, -2))


def handle_box(box: QRectF) -> QRectF:
    """The fill handle at the lower right of a cell."""
    return QRectF(box.right() - HANDLE, box.bottom() - HANDLE, HANDLE, HANDLE)


def paint_handle(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """The fill handle, with the paper showing round it."""
    spot = handle_box(box)
    painter.fillRect(spot.adjusted(-1, -1, 0, 0), theme.colour("card"))
    painter.fillRect(spot, theme.colour("focus"))
