"""The chart of a printed page: the same marks as on screen, drawn from declared numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from analysis.axis import label_every, nice_ticks, spread, tick_decimals
from analysis.wording import NBSP, number, pounds
from desktop.printing.inks import ink, pen, width_of, write
from desktop.theme.marks import Verdict
from desktop.theme.shapes import paint_shape
from exporters.page import Dot, Level, Picture

PICTURE_HEIGHT = 136.0
FOOT, HEAD, LEFT = 16.0, 14.0, 34.0
VERDICTS = {
    "improvement": Verdict.IMPROVEMENT,
    "concern": Verdict.CONCERN,
    "neutral_high": Verdict.NEITHER,
    "neutral_low": Verdict.NEITHER,
}
DASHED = (6.0, 4.0)


@dataclass(frozen=True)
class Frame:
    """Where numbers lie on the paper: positions of points across, values up."""

    box: QRectF
    count: int
    low: float
    high: float

    def x(self, position: float) -> float:
        """Across, in points."""
        return self.box.left() + (position + 0.5) * self.box.width() / max(self.count, 1)

    def y(self, value: float) -> float:
        """Up, in points."""
        return self.box.bottom() - (value - self.low) / (self.high - self.low) * self.box.height()


def draw_picture(picture: Picture, painter: QPainter, box: QRectF) -> None:
    """Draw the chart into a box given in points."""
    shown = [dot.value for dot in picture.dots if dot.shown] + [level.value for level in picture.levels]
    if not shown:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    right = max((width_of(level.text, "small") for level in picture.levels), default=0.0) + 10
    low, high = min(shown), max(shown)
    air = (high - low or abs(high) or 1.0) * 0.06
    inside = QRectF(box.left() + LEFT, box.top() + HEAD, box.width() - LEFT - right, box.height() - HEAD - FOOT)
    frame = Frame(inside, len(picture.dots), low - air, high + air)
    _axes(painter, frame, picture)
    for level in picture.levels:
        _level(painter, frame, level)
    _labels(painter, frame, picture.levels)
    _launch(painter, frame, picture)
    _dots(painter, frame, picture)
    painter.restore()


def _axes(painter: QPainter, frame: Frame, picture: Picture) -> None:
    ticks = nice_ticks(frame.low * picture.scale, frame.high * picture.scale, 4)
    places = tick_decimals(ticks)
    for tick in ticks:
        y = frame.y(tick / picture.scale)
        painter.setPen(pen("grid"))
        painter.drawLine(QPointF(frame.box.left(), y), QPointF(frame.box.right(), y))
        where = QRectF(frame.box.left() - LEFT, y - 6, LEFT - 5, 12)
        write(painter, where, _tick(picture, tick, places), "small", "text2", Qt.AlignmentFlag.AlignRight)
    painter.setPen(pen("line"))
    painter.drawLine(frame.box.bottomLeft(), frame.box.bottomRight())
    every = label_every(len(picture.dots))
    for place in range(0, len(picture.dots), every):
        where = QRectF(frame.x(place) - 30, frame.box.bottom() + 3, 60, 12)
        write(painter, where, picture.dots[place].label, "small", "text2", Qt.AlignmentFlag.AlignHCenter)


def _tick(picture: Picture, value: float, places: int) -> str:
    if picture.sign == "£":
        return pounds(value, places)
    return f"{number(value, places)}{NBSP}%" if picture.sign else number(value, places)


def _level(painter: QPainter, frame: Frame, level: Level) -> None:
    token = "limit" if level.dashed else "mean" if level.first == 0 else "imp"
    line = pen(token, 1.0)
    if level.dashed:
        line.setDashPattern(list(DASHED))
    painter.setPen(line)
    y = frame.y(level.value)
    painter.drawLine(QPointF(frame.x(level.first - 0.4), y), QPointF(frame.x(level.last + 0.4), y))


def _labels(painter: QPainter, frame: Frame, levels: tuple[Level, ...]) -> None:
    """Labels at the right end, moved apart where lines lie close."""
    places = spread([frame.y(level.value) for level in levels], 11, frame.box.top(), frame.box.bottom())
    for level, y in zip(levels, places, strict=True):
        where = QRectF(frame.box.right() + 6, y - 6, 200, 12)
        write(painter, where, level.text, "small", "text2" if level.dashed else "text")


def _launch(painter: QPainter, frame: Frame, picture: Picture) -> None:
    if picture.launch is None:
        return
    x = frame.x(picture.launch - 0.5)
    painter.setPen(pen("accent", 1.5))
    painter.drawLine(QPointF(x, frame.box.top() - 10), QPointF(x, frame.box.bottom()))
    write(painter, QRectF(x + 4, frame.box.top() - 13, 200, 12), picture.launch_text, "small", "accent")


def _dots(painter: QPainter, frame: Frame, picture: Picture) -> None:
    painter.setPen(pen("com", 0.9))
    for is_shown, run in groupby(enumerate(picture.dots), key=lambda one: one[1].shown):
        if is_shown:
            painter.drawPolyline(QPolygonF([QPointF(frame.x(place), frame.y(dot.value)) for place, dot in run]))
    for place, dot in enumerate(picture.dots):
        if dot.shown:
            _dot(painter, QPointF(frame.x(place), frame.y(dot.value)), dot)


def _dot(painter: QPainter, centre: QPointF, dot: Dot) -> None:
    verdict = VERDICTS.get(dot.status, Verdict.COMMON) if dot.after else Verdict.COMMON
    colour = ink(verdict.value)
    paint_shape(painter, verdict.shape, centre, 6.5, colour, None if dot.used else ink("card"))
