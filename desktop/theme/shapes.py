"""The shapes as painted paths: fonts differ in the size of their glyphs, paths do not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.theme.marks import Shape


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _disc(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _lines(*runs: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for run in runs:
        path.moveTo(*run[0])
        for point in run[1:]:
            path.lineTo(*point)
    return path


def _slashed(radius: float) -> QPainterPath:
    path = _disc(radius)
    path.addPath(_lines(((-radius, radius), (radius, -radius))))
    return path


def _cross(arm: float, half: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRect(QRectF(-arm, -half, 2 * arm, 2 * half))
    path.addRect(QRectF(-half, -arm, 2 * half, 2 * arm))
    return path.simplified()


# In a box of 1 x 1 around the origin.
_FILLED: dict[Shape, Callable[[], QPainterPath]] = {
    Shape.PLAIN: lambda: _disc(0.42),
    Shape.BETTER: lambda: _polygon((0, -0.56), (0.56, 0), (0, 0.56), (-0.56, 0)),
    Shape.BAD: lambda: _polygon((-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4)),
    Shape.LOOK: lambda: _polygon((0, -0.48), (0.54, 0.44), (-0.54, 0.44)),
    Shape.MOVED: lambda: _cross(0.5, 0.17),
}
_STROKED: dict[Shape, Callable[[], QPainterPath]] = {
    Shape.FINE: lambda: _lines(((-0.4, 0.02), (-0.12, 0.32), (0.42, -0.32))),
    Shape.PROVISIONAL: lambda: _disc(0.36),
    Shape.SET_ASIDE: lambda: _slashed(0.36),
    Shape.NO_ANSWER: lambda: _lines(((-0.34, 0), (0.34, 0))),
    Shape.BELOW: lambda: _lines(((-0.38, 0), (0.38, 0))),
    Shape.ABOVE: lambda: _lines(((-0.38, 0), (0.38, 0)), ((0, -0.38), (0, 0.38))),
    Shape.SAME: lambda: _lines(((-0.36, -0.16), (0.36, -0.16)), ((-0.36, 0.16), (0.36, 0.16))),
}


def shape_path(shape: Shape) -> QPainterPath:
    """The path of a shape in a box of 1 x 1 around the origin."""
    make = _FILLED.get(shape) or _STROKED[shape]
    return make()


def is_filled(shape: Shape) -> bool:
    """True for shapes drawn by their area, False for those drawn by their line."""
    return shape in _FILLED


def paint_shape(
    painter: QPainter, shape: Shape, centre: QPointF, size: float, colour: QColor, paper: QColor | None = None
) -> None:
    """Paint a shape of `size` pixels about `centre`; with `paper` a filled shape is drawn hollow on that colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size, size)
    width = max(1.5, size / 6) / size
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    if is_filled(shape) and paper is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    else:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if paper is None else paper)
    painter.drawPath(shape_path(shape))
    painter.restore()
