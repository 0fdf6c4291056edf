"""Results of several places one under the other, with their average and where a new place might lie."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.charts.forest_picture import ForestPicture, ForestRow
from desktop.copying import copy_picture
from desktop.states import ColumnSpec, TableState, as_rows
from desktop.theme.look import look
from desktop.theme.tokens import Theme, theme_named
from desktop.widgets.card import column
from desktop.widgets.ringed import RingedFrame
from desktop.widgets.table import DataTable
from desktop.widgets.text import announce, label
from exporters.block_text import to_tsv

KEYS = "Up and Down read the places, T shows a table, C copies."
IMAGE = QSize(1400, 700)


class ForestPlot(QWidget):
    """Paints the picture; as high as its rows."""

    def __init__(self, picture: ForestPicture) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.read: int | None = None
        self.set_picture(picture)

    def set_picture(self, picture: ForestPicture) -> None:
        """Show another picture."""
        self._picture, self.read = picture, None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows, the line of the prediction and the axis."""
        return QSize(look().theme.px(480), round((len(self._picture.lines) + 2.6) * look().theme.px(28)))

    def minimumSizeHint(self) -> QSize:
        """It may be narrower, not lower."""
        return QSize(look().theme.px(320), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        painter = QPainter(self)
        paint_forest(painter, look().theme, QRectF(self.rect()), self._picture, self.read)
        painter.end()


def paint_forest(painter: QPainter, theme: Theme, box: QRectF, picture: ForestPicture, read: int | None = None) -> None:
    """Paint into a box of any painter: names left, intervals in the middle, words right, no change as a rule."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font("small"))
    height = theme.px(28)
    measure = QFontMetricsF(theme.font("small"))
    names = min(box.width() * 0.36, max((measure.horizontalAdvance(r.name) for r in picture.lines), default=0) + 12)
    words = max((measure.horizontalAdvance(r.words) for r in picture.lines), default=0) + 14
    inside = QRectF(box.left() + names, box.top(), max(60.0, box.width() - names - words), box.height())
    frame = _Frame(inside, picture)
    foot = box.top() + height * (len(picture.lines) + 1)
    _paint_axis(painter, theme, frame, picture, foot)
    for at, one in enumerate(picture.lines):
        band = QRectF(box.left(), box.top() + at * height, box.width(), height)
        _paint_row(painter, theme, frame, one, band, names, is_average=one is picture.average)
        if read == at:
            painter.setPen(theme.pen("focus", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(band.adjusted(1, 1, -1, -1))
    if picture.prediction is not None:
        middle = foot - height / 2
        painter.setPen(theme.pen("s1", 2, (2, 3)))
        painter.drawLine(
            QPointF(frame.x(picture.prediction[0]), middle), QPointF(frame.x(picture.prediction[1]), middle)
        )
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(box.left(), foot - height, names, height), Qt.AlignmentFlag.AlignVCenter, "A new place")


class _Frame:
    """Turns changes into places across."""

    def __init__(self, box: QRectF, picture: ForestPicture) -> None:
        ends = [v for row in picture.lines for v in (row.low, row.high)] + [0.0, *(picture.prediction or ())]
        ends += picture.ticks
        self.box, self._low = box, float(min(ends))
        self._span = float(max(ends) - self._low) or 1.0

    def x(self, value: float) -> float:
        """Where a change lies."""
        return float(self.box.left() + (value - self._low) / self._span * self.box.width())


def _paint_axis(painter: QPainter, theme: Theme, frame: _Frame, picture: ForestPicture, foot: float) -> None:
    for tick, words in zip(picture.ticks, picture.tick_words, strict=True):
        painter.setPen(theme.pen("grid"))
        painter.drawLine(QPointF(frame.x(tick), frame.box.top()), QPointF(frame.x(tick), foot))
        painter.setPen(theme.colour("text2"))
        place = QRectF(frame.x(tick) - 60, foot + 2, 120, theme.px(20))
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, words)
    painter.setPen(theme.pen("text", 1.5))
    painter.drawLine(QPointF(frame.x(0.0), frame.box.top()), QPointF(frame.x(0.0), foot))


def _paint_row(
    painter: QPainter, theme: Theme, frame: _Frame, one: ForestRow, band: QRectF, names: float, *, is_average: bool
) -> None:
    middle = band.center().y()
    painter.setFont(theme.font("caption" if is_average or one.is_own else "small"))
    painter.setPen(theme.colour("text"))
    measure = QFontMetricsF(painter.font())
    name = measure.elidedText(one.name, Qt.TextElideMode.ElideMiddle, names - 8)
    painter.drawText(QRectF(band.left(), band.top(), names - 6, band.height()), Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(theme.font("small"))
    place = QRectF(frame.box.right() + 10, band.top(), band.right() - frame.box.right() - 10, band.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, one.words)
    low, best, high = (frame.x(value) for value in (one.low, one.estimate, one.high))
    half = theme.px(5)
    if is_average:
        painter.setPen(theme.pen("s1"))
        painter.setBrush(theme.colour("s1"))
        ends = (
            QPointF(low, middle),
            QPointF(best, middle - half - 2),
            QPointF(high, middle),
            QPointF(best, middle + half + 2),
        )
        painter.drawPolygon(QPolygonF(list(ends)))
        return
    painter.setPen(theme.pen("s1" if one.is_own else "text2", 2))
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    for end in (low, high):
        painter.drawLine(QPointF(end, middle - half), QPointF(end, middle + half))
    painter.setBrush(theme.colour("s1" if one.is_own else "text2"))
    painter.drawEllipse(QPointF(best, middle), half, half)


class ForestChart(RingedFrame):
    """The plot with its keys and its table twin. `leaving` gives the picture as it may leave the app, for C."""

    def __init__(self, picture: ForestPicture) -> None:
        super().__init__()
        self.setObjectName("flat")
        self._picture = picture
        self.leaving: Callable[[], ForestPicture | None] = lambda: self._picture
        self.sentence = label(picture.summary, wrap=True)
        self.plot = ForestPlot(picture)
        self.table = DataTable(f"{picture.title}, as a table", _table_state(picture))
        self.table.leaving = self._leaving_table
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.table)
        self.table.installEventFilter(self)
        self.setLayout(column(self.sentence, self._stack, gap=6, margins=(4, 4, 4, 4)))
        self._describe()

    def _leaving_table(self) -> TableState | None:
        """What Ctrl+C in the table copies: the same protected picture as C."""
        picture = self.leaving()
        return None if picture is None else _table_state(picture)

    def set_picture(self, picture: ForestPicture) -> None:
        """Show another picture; the read-out goes."""
        self._picture = picture
        self.sentence.setText(picture.summary)
        self.plot.set_picture(picture)
        self.table.set_state(_table_state(picture))
        self._describe()

    @property
    def picture(self) -> ForestPicture:
        """What is shown."""
        return self._picture

    @property
    def shows_table(self) -> bool:
        """True while the table stands in place of the plot."""
        return self._stack.currentWidget() is self.table

    def toggle_table(self) -> None:
        """Show the same results as a table, or the plot again."""
        to_table = not self.shows_table
        self._stack.setCurrentWidget(self.table if to_table else self.plot)
        (self.table if to_table else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Copy picture, table and sentence as they may leave the app."""
        picture = self.leaving()
        if picture is None:
            announce(self, "Nothing was copied: with small numbers hidden nothing is left.")
            return
        image = QImage(IMAGE, QImage.Format.Format_RGB32)
        image.fill(theme_named("light", 1.0).colour("card"))
        painter = QPainter(image)
        paint_forest(
            painter, theme_named("light", 1.6), QRectF(20, 20, IMAGE.width() - 40, IMAGE.height() - 40), picture
        )
        painter.end()
        copy_picture(image, f"{picture.summary}\n\n{to_tsv(picture.table)}")
        announce(self, "Copied: picture, table and sentence")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down read, T and C as on every chart."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._picture.lines:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_T:
            self.toggle_table()
        elif key == Qt.Key.Key_C:
            self.copy()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        last = len(self._picture.lines) - 1
        at = (0 if by > 0 else last) if self.plot.read is None else min(max(self.plot.read + by, 0), last)
        self.plot.read = at
        self.plot.update()
        one = self._picture.lines[at]
        announce(self, f"{one.name}: {one.words}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """T on the table brings the plot back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_T:
            self.toggle_table()
            return True
        return False

    def _describe(self) -> None:
        self.setAccessibleName(f"Chart: {self._picture.title}. {self._picture.summary}")
        self.setAccessibleDescription(KEYS)


def _table_state(picture: ForestPicture) -> TableState:
    head, *body = picture.table
    columns = tuple(ColumnSpec(name, number=at > 0, stretch=at == 0) for at, name in enumerate(head))
    return TableState(columns, as_rows(body), tuple(line[0] for line in body))
