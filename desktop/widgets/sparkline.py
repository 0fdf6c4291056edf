"""A small line on a calendar shared by all rows: launch line, before mean, hollow provisional end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.states import SparkState
from desktop.theme.look import look
from desktop.theme.marks import Verdict
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import Theme


class _Frame:
    """Turns a position and a value into a point."""

    def __init__(self, box: QRectF, state: SparkState) -> None:
        known = [value for value in (*state.values, state.mean) if value is not None] or [0.0]
        self._box = box.adjusted(5, 4, -5, -4)
        self._low, self._high = min(known), max(known)
        self._span = max(1, (state.span or len(state.values)) - 1)
        self._start = state.start

    def x(self, at: float) -> float:
        """Where a position of the series lies."""
        return self._box.left() + (self._start + at) / self._span * self._box.width()

    def point(self, at: float, value: float) -> QPointF:
        """Where a value of the series lies."""
        share = (value - self._low) / ((self._high - self._low) or 1.0)
        return QPointF(self.x(at), self._box.bottom() - share * self._box.height())


def _runs(state: SparkState, frame: _Frame) -> list[list[tuple[int, QPointF]]]:
    """Stretches of neighbouring values: a gap is never bridged."""
    runs: list[list[tuple[int, QPointF]]] = [[]]
    for at, value in enumerate(state.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at, frame.point(at, value)))
    return [run for run in runs if run]


def paint_sparkline(painter: QPainter, theme: Theme, box: QRectF, state: SparkState) -> None:
    """Paint into a box of any painter: a widget, a table cell or a page."""
    frame = _Frame(box, state)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state.mean is not None:
        painter.setPen(theme.pen("limit", 1, (3, 2)))
        last = len(state.values) - 1
        painter.drawLine(frame.point(0, state.mean), frame.point(last, state.mean))
    for run in _runs(state, frame):
        for token, part in _coloured(run, state):
            painter.setPen(theme.pen(token, 1.5))
            painter.drawPolyline(QPolygonF(part))
    if state.launch is not None:
        painter.setPen(theme.pen("launch", 2))
        painter.drawLine(
            QPointF(frame.x(state.launch), box.top() + 1), QPointF(frame.x(state.launch), box.bottom() - 1)
        )
    _paint_end(painter, theme, state, frame)
    painter.restore()


def _coloured(run: list[tuple[int, QPointF]], state: SparkState) -> list[tuple[str, list[QPointF]]]:
    """The part before launch in the common colour, the part after it in the verdict's."""
    if state.launch is None:
        return [("com", [point for _, point in run])]
    launch = state.launch
    before = [point for at, point in run if at <= launch]
    after = [point for at, point in run if at > launch]
    if before and after:
        before.append(after[0])
    return [("com", before), (state.verdict.value, after)]


def _paint_end(painter: QPainter, theme: Theme, state: SparkState, frame: _Frame) -> None:
    known = [(at, value) for at, value in enumerate(state.values) if value is not None]
    if not known:
        return
    at, value = known[-1]
    ink = "com" if state.launch is None else state.verdict.value
    hollow = theme.colour("card") if state.provisional else None
    shape = Verdict.COMMON.shape if ink == "com" else state.verdict.shape
    size = 8.0 if shape is Verdict.COMMON.shape else 7.0
    paint_shape(painter, shape, frame.point(at, value), size, theme.colour(ink), hollow)


class Sparkline(QWidget):
    """The line as a widget; tables paint it with `paint_sparkline`."""

    def __init__(self, state: SparkState) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_state(state)

    def set_state(self, state: SparkState) -> None:
        """Show another series."""
        self._state = state
        self.setAccessibleName(state.words or "Trend")
        self.update()

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        return QSize(look().theme.px(150), look().theme.px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        painter = QPainter(self)
        paint_sparkline(painter, look().theme, QRectF(self.rect()), self._state)
        painter.end()
