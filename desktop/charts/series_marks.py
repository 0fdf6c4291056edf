"""What tells several series apart in one chart: colour, mark and dash together, four of each at most.

The marks are not those that judge a point, so that none has a second meaning.
"""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.charts.picture import Dash

DASHES: dict[Dash, tuple[float, ...]] = {
    Dash.SOLID: (),
    Dash.DASHED: (6, 4),
    Dash.DOTTED: (2, 3),
    Dash.CHAINED: (8, 3, 2, 3),
}
TRACK_INKS = {1: "s1", 2: "s2", 3: "s3", 4: "s4"}
TRACK_DASHES = {1: Dash.SOLID, 2: Dash.DASHED, 3: Dash.DOTTED, 4: Dash.CHAINED}
SHADE_ALPHA = 0.14
"""How much of the ink the ground between two lines takes; the lines themselves carry the meaning."""


def track_dash(place: int) -> tuple[float, ...]:
    """The dash of a series by its place."""
    return DASHES[TRACK_DASHES[place]]


def paint_track_mark(painter: QPainter, place: int, centre: QPointF, size: float, colour: QColor) -> None:
    """Paint the mark of a series: a disc, a triangle on its tip, a cross, a star."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    half = size / 2
    if place == 3:
        painter.setPen(QPen(colour, max(2.0, size / 5)))
        painter.drawLine(QPointF(-half, -half), QPointF(half, half))
        painter.drawLine(QPointF(-half, half), QPointF(half, -half))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_POLYGONS[place](half)) if place != 1 else painter.drawEllipse(QPointF(0, 0), half, half)
    painter.restore()


def _tip_down(half: float) -> QPolygonF:
    return QPolygonF([QPointF(-half, -half * 0.8), QPointF(half, -half * 0.8), QPointF(0, half)])


def _star(half: float) -> QPolygonF:
    rays = [(half * (1.15 if at % 2 == 0 else 0.45), at * pi / 5 - pi / 2) for at in range(10)]
    return QPolygonF([QPointF(reach * cos(angle), reach * sin(angle)) for reach, angle in rays])


_POLYGONS = {2: _tip_down, 4: _star}
