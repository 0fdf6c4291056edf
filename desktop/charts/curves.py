"""Lines and dots over two axes of numbers: payback, scale, the cost-effectiveness plane, acceptability."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from analysis.axis import spread
from desktop.charts.picture import Dash
from desktop.charts.series_marks import DASHES
from desktop.theme.look import look
from desktop.widgets.text import announce

RIGHT_LEAST = 16
DOT = 2.6


@dataclass(frozen=True)
class CurveLine:
    """One line with its name at its right end."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ink: str
    dash: Dash = Dash.SOLID


@dataclass(frozen=True)
class Axis:
    """The ends of an axis, its ticks with their words, and what it counts."""

    low: float
    high: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Rule:
    """An upright line with words at its top."""

    at: float
    words: str


@dataclass(frozen=True)
class CurvesPicture:
    """Everything a chart of curves shows. `table` is its twin, header first; `read_out` is told step by step."""

    title: str
    across: Axis
    up: Axis
    lines: tuple[CurveLine, ...] = ()
    dots: tuple[tuple[float, float], ...] = ()
    rules: tuple[Rule, ...] = ()
    summary: str = ""
    read_out: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


EMPTY = CurvesPicture("", Axis(0, 1, (), (), ""), Axis(0, 1, (), (), ""))


class CurvesChart(QWidget):
    """Paints a `CurvesPicture`. Left and Right say its values one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._at = EMPTY, -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_picture(self, picture: CurvesPicture) -> None:
        """Show another picture."""
        if picture == self._picture:
            return
        self._picture, self._at = picture, -1
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.summary)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for six ticks and their words."""
        return QSize(look().theme.px(420), look().theme.px(230))

    def minimumSizeHint(self) -> QSize:
        """The least size that cuts nothing."""
        return QSize(look().theme.px(260), look().theme.px(180))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say the next or the one before."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step or not self._picture.read_out:
            super().keyPressEvent(event)
            return
        self._at = min(max(self._at + step, 0), len(self._picture.read_out) - 1)
        announce(self, self._picture.read_out[self._at])
        self.setToolTip(self._picture.read_out[self._at])

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(look().theme.font("small"))

    def _box(self) -> QRectF:
        """Where the lines are drawn; words stand outside it."""
        words, line = self._metrics(), self._metrics().height()
        left = max((words.horizontalAdvance(text) for text in self._picture.up.words), default=0.0) + 10
        names = max((words.horizontalAdvance(one.name) for one in self._picture.lines), default=0.0) + 10
        top = 2 * line + 8
        return QRectF(left, top, self.width() - left - max(names, RIGHT_LEAST), self.height() - top - 2 * line - 10)

    def _x(self, value: float, box: QRectF) -> float:
        axis = self._picture.across
        return box.left() + (value - axis.low) / ((axis.high - axis.low) or 1.0) * box.width()

    def _y(self, value: float, box: QRectF) -> float:
        axis = self._picture.up
        return box.bottom() - (value - axis.low) / ((axis.high - axis.low) or 1.0) * box.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        painter, box = QPainter(self), self._box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().theme.font("small"))
        self._paint_ground(painter, box)
        self._paint_dots(painter, box)
        self._paint_lines(painter, box)
        self._paint_rules(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look().theme.pen("focus", 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        theme, line = look().theme, self._metrics().height()
        across, up = self._picture.across, self._picture.up
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, up.title)
        foot = QRectF(box.left(), self.height() - line - 1, box.width(), line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, across.title)
        middle = Qt.AlignmentFlag.AlignVCenter
        for tick, words in zip(up.ticks, up.words, strict=True):
            y = self._y(tick, box)
            painter.setPen(theme.pen("text", 1) if tick == 0 else theme.pen("grid"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("text2"))
            place = QRectF(0, y - line / 2, box.left() - 6, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, words)
        for tick, words in zip(across.ticks, across.words, strict=True):
            x = self._x(tick, box)
            if tick == 0 and across.low < 0:
                painter.setPen(theme.pen("text", 1))
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(x - 60, box.bottom() + 3, 120, line), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_dots(self, painter: QPainter, box: QRectF) -> None:
        theme = look().theme
        painter.setPen(theme.pen("s1", 1))
        painter.setBrush(theme.colour("s1_soft"))
        for x, y in self._picture.dots:
            painter.drawEllipse(QPointF(self._x(x, box), self._y(y, box)), DOT, DOT)

    def _paint_lines(self, painter: QPainter, box: QRectF) -> None:
        theme, line = look().theme, self._metrics().height()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.save()
        painter.setClipRect(box.adjusted(-1, -1, 1, 1))
        for one in self._picture.lines:
            painter.setPen(theme.pen(one.ink, 2, DASHES[one.dash]))
            points = [QPointF(self._x(x, box), self._y(y, box)) for x, y in zip(one.xs, one.ys, strict=True)]
            painter.drawPolyline(QPolygonF(points))
        painter.restore()
        named = [one for one in self._picture.lines if one.name and one.ys]
        ends = [min(max(self._y(one.ys[-1], box), box.top()), box.bottom()) for one in named]
        for one, y in zip(named, spread(ends, line, box.top(), box.bottom()), strict=True):
            painter.setPen(theme.colour(one.ink))
            left = min(self._x(one.xs[-1], box), box.right()) + 6
            place = QRectF(left, y - line / 2, self.width() - left, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, one.name)

    def _paint_rules(self, painter: QPainter, box: QRectF) -> None:
        theme, words, line = look().theme, self._metrics(), self._metrics().height()
        edge = 0.0
        for rule in self._picture.rules:
            x = self._x(rule.at, box)
            painter.setPen(theme.pen("launch", 1.5, (4, 3)))
            painter.drawLine(QPointF(x, box.top() - 4), QPointF(x, box.bottom()))
            width = words.horizontalAdvance(rule.words)
            left = max(edge, min(x - width / 2, self.width() - width - 2))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(left, line + 3, width + 2, line), Qt.AlignmentFlag.AlignVCenter, rule.words)
            edge = left + width + 12
