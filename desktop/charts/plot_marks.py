"""The marks of a plot: points, numbered events and the marks of further series, each at its own size on any scale."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from desktop.charts.picture import Flag, Point
from desktop.charts.series_marks import TRACK_INKS, paint_track_mark
from desktop.theme.marks import Verdict
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import Theme

_SIZES = {Verdict.COMMON: 11.0, Verdict.IMPROVEMENT: 11.0, Verdict.CONCERN: 12.0, Verdict.NEITHER: 12.0}


class PointMark(QGraphicsObject):
    """A point's shape, drawn at its own size whatever the scale of the axes."""

    def __init__(self, point: Point, theme: Theme, ink: str = "") -> None:
        super().__init__()
        self._point, self._theme, self._ink = point, theme, ink
        self.setFlag(QGraphicsObject.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(10)

    def boundingRect(self) -> QRectF:
        """The ground it paints on."""
        return QRectF(-12, -12, 24, 24)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint one cell."""
        theme, point = self._theme, self._point
        ink, paper = theme.colour(self._ink or point.verdict.value), theme.colour("card")
        size = _SIZES[point.verdict] * theme.scale
        hollow = paper if point.hollow or point.set_aside else None
        if hollow is None:
            paint_shape(painter, point.verdict.shape, QPointF(0, 0), size + 2, paper)
        paint_shape(painter, point.verdict.shape, QPointF(0, 0), size, ink, hollow)
        if point.set_aside:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(ink, 1.5))
            painter.drawLine(QPointF(-size / 2, size / 2), QPointF(size / 2, -size / 2))


class FlagMark(QGraphicsObject):
    """A numbered circle."""

    def __init__(self, flag: Flag, theme: Theme) -> None:
        super().__init__()
        self._flag, self._theme = flag, theme
        self.setFlag(QGraphicsObject.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(21)

    def boundingRect(self) -> QRectF:
        """The ground it paints on."""
        side = 11 * self._theme.scale
        return QRectF(-side, -side, 2 * side, 2 * side)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint one cell."""
        theme, radius = self._theme, 9 * self._theme.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("text", 1.5))
        painter.setBrush(theme.colour("card"))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        painter.setFont(theme.font("caption"))
        painter.drawText(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, str(self._flag.number))


class TrackMark(QGraphicsObject):
    """The mark of a further series."""

    def __init__(self, place: int, theme: Theme) -> None:
        super().__init__()
        self._place, self._theme = place, theme
        self.setFlag(QGraphicsObject.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(9)

    def boundingRect(self) -> QRectF:
        """The ground it paints on."""
        return QRectF(-12, -12, 24, 24)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the mark in the colour of its place."""
        colour = self._theme.colour(TRACK_INKS[self._place])
        paint_track_mark(painter, self._place, QPointF(0, 0), 10 * self._theme.scale, colour)
