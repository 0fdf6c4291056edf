"""An estimate with its interval and the zero rule: never one without the others."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.states import IntervalState
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape


def extent(state: IntervalState) -> tuple[float, float]:
    """The least and greatest number to show, with air at both ends."""
    low, high = min(state.low, state.zero), max(state.high, state.zero)
    air = 0.12 * (high - low) or 1.0
    return low - air, high + air


class IntervalBar(QWidget):
    """A bar with end ticks, the estimate as the mark of its verdict, and the zero rule."""

    def __init__(self, state: IntervalState | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: IntervalState | None) -> None:
        """Show another estimate; None shows nothing."""
        self._state = state
        if state:
            low, middle, high = state.words
            self.setAccessibleName(f"Estimate {middle}, interval {low} to {high}, {state.verdict.word}")
        self.update()

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        line = QFontMetricsF(look().theme.font("small")).height()
        return QSize(look().theme.px(220), round(28 + line))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter, self._state)
        self._paint_words(painter, self._state)
        painter.end()

    def _x(self, value: float) -> float:
        low, high = extent(self._state) if self._state else (0.0, 1.0)
        return 8 + (value - low) / (high - low) * (self.width() - 16)

    def _paint_bar(self, painter: QPainter, state: IntervalState) -> None:
        theme, y = look().theme, 14.0
        painter.setPen(theme.pen("grid"))
        painter.drawLine(QPointF(8, y), QPointF(self.width() - 8, y))
        painter.setPen(theme.pen("text"))
        painter.drawLine(QPointF(self._x(state.zero), y - 9), QPointF(self._x(state.zero), y + 9))
        painter.setPen(theme.pen(state.verdict.value, 2.5))
        painter.drawLine(QPointF(self._x(state.low), y), QPointF(self._x(state.high), y))
        painter.setPen(theme.pen(state.verdict.value, 1.5))
        for end in (state.low, state.high):
            painter.drawLine(QPointF(self._x(end), y - 5), QPointF(self._x(end), y + 5))
        at = QPointF(self._x(state.estimate), y)
        paint_shape(painter, state.verdict.shape, at, 13, theme.colour(state.verdict.value))

    def _paint_words(self, painter: QPainter, state: IntervalState) -> None:
        """Write what fits: the estimate first, then the limits, then zero; nothing is written over another."""
        theme = look().theme
        font = theme.font("small")
        measure = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("text2"))
        low, middle, high = state.words
        places = ((state.estimate, middle), (state.low, low), (state.high, high), (state.zero, state.zero_words))
        taken: list[QRectF] = []
        for value, words in places:
            width = measure.horizontalAdvance(words) + 4
            left = min(max(self._x(value) - width / 2, 0), self.width() - width)
            box = QRectF(left, 25, width, measure.height())
            if not any(box.intersects(other) for other in taken):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
                taken.append(box)
