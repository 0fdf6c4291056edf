"""How one cell of the grid is painted: paper, hairlines, launch rule, marks at the left, figure at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from analysis.vocabulary import Phase
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


def paint_cell(
    painter: QPainter, theme: Theme, box: QRectF, cell: Cell, state: GridState, at: tuple[int, int], *, chosen: bool
) -> None:
    """Paint the cell of a row and column; lines lie inside its edges, so that the next does not paint over them."""
    chosen = chosen and not theme.is_high_contrast
    painter.fillRect(box, theme.colour(paper_token(cell, state.phase(*at), chosen=chosen)))
    hair = theme.colour("hair")
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), hair)
    painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), hair)
    paint_launch(painter, theme, box, below=state.launch_row == at[0] + 1, beside=state.launch_column == at[1] + 1)
    if cell.note:
        paint_note_corner(painter, theme, box)
    if cell.marks:
        _paint_mark(painter, theme, box, cell)
    if not cell.text:
        return
    painter.setFont(_font(theme, cell))
    painter.setPen(theme.colour(_ink_token(cell)))
    figure = f"{cell.text}\u2009∗" if CellMark.SUPPRESSED in cell.marks else cell.text
    inner = box.adjusted(INSET, 0, -INSET, -1)
    painter.drawText(inner, _FIGURES, figure)


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
