"""A small chart among others: the same points, lines and launch as the large one, without labels. It opens it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.picture import XmrPicture
from desktop.charts.series_marks import DASHES
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import Theme
from desktop.widgets.card import column
from desktop.widgets.ringed import OpenedCard
from desktop.widgets.text import label

HEIGHT = 110


class SmallPlot(QWidget):
    """Paints a picture small; decoration for the words beside it, so that it takes no focus."""

    def __init__(self, picture: XmrPicture) -> None:
        super().__init__()
        self._picture = picture
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as look and text size ask."""
        return QSize(220, look().theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = _Frame(QRectF(self.rect()).adjusted(8, 6, -8, -18 * theme.scale), self._picture)
        _paint(painter, theme, frame, self._picture)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        foot = QRectF(8, self.height() - 17 * theme.scale, self.width() - 16, 17 * theme.scale)
        if self._picture.points:
            ends = (self._picture.points[0].label, self._picture.points[-1].label)
            for words, side in zip(ends, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
                painter.drawText(foot, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


class _Frame:
    """Turns positions and values into points of the widget."""

    def __init__(self, box: QRectF, picture: XmrPicture) -> None:
        self.box, self._low = box, picture.low
        self._span = (picture.high - picture.low) or 1.0
        self._count = max(1, len(picture.points))

    def at(self, position: float, value: float) -> QPointF:
        """Where a value lies."""
        x = self.box.left() + (position + 0.5) / self._count * self.box.width()
        return QPointF(x, self.box.bottom() - (value - self._low) / self._span * self.box.height())


def _paint(painter: QPainter, theme: Theme, frame: _Frame, picture: XmrPicture) -> None:
    for line in picture.lines:
        painter.setPen(theme.pen(line.ink, 1, DASHES[line.dash]))
        painter.drawPolyline(QPolygonF([frame.at(x, y) for x, y in zip(line.xs, line.ys, strict=True)]))
    run: list[QPointF] = []
    painter.setPen(theme.pen("com", 1.25))
    for at, point in enumerate(picture.points):
        if point.value is None or point.set_aside:
            painter.drawPolyline(QPolygonF(run))
            run = []
        else:
            run.append(frame.at(at, point.value))
    painter.drawPolyline(QPolygonF(run))
    for at, point in enumerate(picture.points):
        if point.value is not None:
            paper = theme.colour("card") if point.hollow or point.set_aside else None
            ink = theme.colour(point.verdict.value)
            paint_shape(painter, point.verdict.shape, frame.at(at, point.value), 6 * theme.scale, ink, paper)
        elif point.low is not None and point.high is not None:
            painter.setPen(theme.pen("com", 3))
            painter.drawLine(frame.at(at, point.low), frame.at(at, point.high))
    if picture.launch is not None:
        painter.setPen(theme.pen("launch", 2))
        x = frame.at(picture.launch, picture.low).x()
        painter.drawLine(QPointF(x, frame.box.top()), QPointF(x, frame.box.bottom()))


class SmallChart(OpenedCard):
    """A card: the measure, the chart, the finding. Enter or a click opens it; `opened` carries the measure."""

    opened = Signal(int)

    def __init__(self, measure_id: int, title: str, picture: XmrPicture, words: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}. {words}")
        self.setAccessibleDescription("Enter opens the chart with its table.")
        self._measure_id = measure_id
        heading, said = label(title, "strong", wrap=True), label(words, "small", wrap=True)
        self.setLayout(column(heading, SmallPlot(picture), said, None, gap=3, margins=(10, 8, 10, 8)))

    def open(self) -> None:
        """Say which measure is to be opened."""
        self.opened.emit(self._measure_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, and Space."""
        if event.key() == Qt.Key.Key_Space:
            self.open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.open()
