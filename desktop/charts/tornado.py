"""What an answer depends on: one bar per input, from its less to its more favourable end."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from analysis.axis import nice_ticks
from desktop.theme.look import look


@dataclass(frozen=True)
class Bar:
    """One input: results at its ends, and the inputs in words to stand at them."""

    name: str
    worse: float
    better: float
    worse_words: str
    better_words: str


@dataclass(frozen=True)
class TornadoPicture:
    """Bars in order, widest first. `entered` is the result as entered; `tick_words` writes an axis value.

    `key` names the two sides and the dashed line (none where its words are empty), `head` the columns of the twin.
    """

    bars: tuple[Bar, ...]
    entered: float
    entered_words: str
    summary: str
    ticks: tuple[float, ...] = ()
    tick_words: tuple[str, ...] = ()
    title: str = "What the answer depends on"
    key: tuple[str, str, str] = ("less favourable", "more favourable", "as entered")
    head: tuple[str, str, str] = ("Input", "Less favourable", "More favourable")


class TornadoChart(QWidget):
    """Solid line at zero, dashed line as entered; a table twin is the page's to give (`rows`)."""

    def __init__(self, picture: TornadoPicture) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_picture(picture)

    def set_picture(self, picture: TornadoPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.summary)
        self.update()

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The same facts as a table, header first."""
        return (self._picture.head, *((bar.name, bar.worse_words, bar.better_words) for bar in self._picture.bars))

    def _line(self) -> float:
        return QFontMetricsF(look().theme.font("small")).height()

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        rows = len(self._picture.bars)
        return QSize(look().theme.px(480), round((rows + 1) * (self._line() + look().theme.px(18)) + self._line() + 12))

    def minimumSizeHint(self) -> QSize:
        """The least size that cuts nothing."""
        rows = len(self._picture.bars)
        return QSize(look().theme.px(320), round((rows + 2) * (self._line() + 8)))

    def _names_width(self) -> float:
        measure = QFontMetricsF(look().theme.font("small"))
        return max((measure.horizontalAdvance(bar.name) for bar in self._picture.bars), default=0.0) + 12

    def _ends_width(self) -> float:
        measure = QFontMetricsF(look().theme.font("small"))
        words = [text for bar in self._picture.bars for text in (bar.worse_words, bar.better_words)]
        return max((measure.horizontalAdvance(text) for text in words), default=0.0) + 10

    def _span(self) -> tuple[float, float]:
        values = [value for bar in self._picture.bars for value in (bar.worse, bar.better)]
        values += [0.0, self._picture.entered, *self._picture.ticks]
        return min(values), max(values)

    def _x(self, value: float) -> float:
        low, high = self._span()
        left = self._names_width() + self._ends_width()
        return left + (value - low) / ((high - low) or 1.0) * (self.width() - left - self._ends_width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        top = self._line() + 10
        foot = self.height() - self._line() - 8
        self._paint_key(painter)
        self._paint_ground(painter, top, foot)
        height = (foot - top) / max(1, len(self._picture.bars))
        bands = [QRectF(0, top + at * height, self.width(), height) for at in range(len(self._picture.bars))]
        for bar, band in zip(self._picture.bars, bands, strict=True):
            self._paint_bar(painter, bar, band)
        self._paint_rules(painter, top, foot)
        for bar, band in zip(self._picture.bars, bands, strict=True):
            self._paint_words(painter, bar, band)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen("focus", 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        theme, left, line = look().theme, 2.0, self._line()
        measure = QFontMetricsF(theme.font("small"))
        left_words, right_words, middle = self._picture.key
        samples = [("s1", left_words), ("s1_soft", right_words)]
        samples += [("", f"{middle}, {self._picture.entered_words}")] if middle else []
        for token, words in samples:
            if token:
                painter.setPen(theme.pen("s1"))
                painter.setBrush(theme.colour(token))
                painter.drawRect(QRectF(left + 0.5, line / 2 - 4.5, 11, 9))
                left += 17
            else:
                painter.setPen(theme.pen("text", 1.5, (3, 2)))
                painter.drawLine(QPointF(left + 3, 1), QPointF(left + 3, line - 1))
                left += 10
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(left, 0, 500, line), Qt.AlignmentFlag.AlignVCenter, words)
            left += measure.horizontalAdvance(words) + 16

    def _paint_ground(self, painter: QPainter, top: float, foot: float) -> None:
        theme = look().theme
        for tick, words in zip(self._picture.ticks, self._picture.tick_words, strict=True):
            x = self._x(tick)
            painter.setPen(theme.pen("grid"))
            painter.drawLine(QPointF(x, top), QPointF(x, foot))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(x - 60, foot + 4, 120, self._line()), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_bar(self, painter: QPainter, bar: Bar, band: QRectF) -> None:
        theme = look().theme
        height = min(look().theme.px(20), band.height() - 6)
        top = band.center().y() - height / 2
        middle = self._x(self._picture.entered)
        for value, token in ((bar.worse, "s1"), (bar.better, "s1_soft")):
            left, right = sorted((middle, self._x(value)))
            painter.setPen(theme.pen("s1"))
            painter.setBrush(theme.colour(token))
            painter.drawRect(QRectF(left + 0.5, top + 0.5, max(1.0, right - left), height))

    def _paint_words(self, painter: QPainter, bar: Bar, band: QRectF) -> None:
        theme = look().theme
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRectF(2, band.top(), self._names_width(), band.height()), Qt.AlignmentFlag.AlignVCenter, bar.name
        )
        painter.setPen(theme.colour("text2"))
        for value, words in ((bar.worse, bar.worse_words), (bar.better, bar.better_words)):
            self._paint_end(painter, band, value, words, at_left=value <= self._picture.entered)

    def _paint_end(self, painter: QPainter, band: QRectF, value: float, words: str, *, at_left: bool) -> None:
        width, x = self._ends_width(), self._x(value)
        middle = Qt.AlignmentFlag.AlignVCenter
        if at_left:
            box, side = QRectF(x - width - 6, band.top(), width, band.height()), Qt.AlignmentFlag.AlignRight
        else:
            box, side = QRectF(x + 6, band.top(), width, band.height()), Qt.AlignmentFlag.AlignLeft
        ground = painter.boundingRect(box, side | middle, words).adjusted(-2, 0, 2, 0)
        painter.fillRect(ground, look().theme.colour("card"))
        painter.drawText(box, side | middle, words)

    def _paint_rules(self, painter: QPainter, top: float, foot: float) -> None:
        theme = look().theme
        rules = [(0.0, theme.pen("text", 1.5))]
        if self._picture.key[2]:
            rules.append((self._picture.entered, theme.pen("text", 1.5, (3, 2))))
        for value, pen in rules:
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(value), top), QPointF(self._x(value), foot))


def ticks_for(bars: tuple[Bar, ...], entered: float) -> tuple[float, ...]:
    """Round values over everything the chart shows, zero included."""
    values = [value for bar in bars for value in (bar.worse, bar.better)]
    return nice_ticks(min(*values, entered, 0.0), max(*values, entered, 0.0), 5) if values else (0.0,)
