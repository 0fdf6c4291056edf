"""One chart over time drawn with pyqtgraph. The only module that knows pyqtgraph; imported with the first chart.

pyqtgraph fixes colours when an item is made and counts pen widths in device pixels, so a plot is built for one
theme and one device ratio, and built anew when either changes.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPen
from PySide6.QtWidgets import QFrame

from desktop.charts.axis import label_every, spread
from desktop.charts.picture import Dash, Line, Point, XmrPicture
from desktop.charts.plot_marks import FlagMark, PointMark, TrackMark
from desktop.charts.series_marks import DASHES, SHADE_ALPHA, TRACK_INKS, track_dash
from desktop.theme.tokens import Theme

# Shares of the height kept for the line of phase words above the data.
_TOP_ROOM = 0.10


class XmrPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph ships no types
    """The plot of one picture in one theme. Mouse, menu and auto-range are off."""

    def __init__(self, picture: XmrPicture, theme: Theme, ratio: float = 1.0) -> None:
        super().__init__()
        self._picture, self._theme, self._ratio = picture, theme, ratio
        self._item: Any = self.getPlotItem()
        self._readout: list[Any] = []
        self._labels: list[tuple[Any, float]] = []
        self._before: Any = None
        self._after: tuple[Any, float] | None = None
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self._item.hideButtons()
        self._item.disableAutoRange()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackground(theme.colour("card"))
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw()

    def _draw(self) -> None:
        self._axes()
        self._ground()
        self._shades()
        for line in self._picture.lines:
            self._curve(line.xs, line.ys, self._pen(line.ink, 1.5, line.dash))
        self._tracks()
        self._series()
        self._launch()
        self._events()
        self._line_labels()
        self._fit_right()

    def _pen(self, ink: str, width: float, dash: Dash = Dash.SOLID) -> QPen:
        pen = self._theme.pen(ink, width * self._ratio, DASHES[dash])
        pen.setCosmetic(True)
        return pen

    def _curve(self, xs: tuple[float, ...], ys: tuple[float, ...], pen: QPen) -> None:
        self._item.addItem(pg.PlotDataItem(list(xs), list(ys), pen=pen, antialias=True), ignoreBounds=True)

    @property
    def _top(self) -> float:
        return self._picture.high + _TOP_ROOM * (self._picture.high - self._picture.low)

    def _axes(self) -> None:
        picture, theme = self._picture, self._theme
        left, bottom = self._item.getAxis("left"), self._item.getAxis("bottom")
        step = label_every(len(picture.points), max(3, round(9 / theme.scale)))
        bottom.setTicks([[(at, picture.points[at].label) for at in range(0, len(picture.points), step)]])
        left.setTicks([list(zip(picture.ticks, picture.tick_words, strict=True))])
        font = theme.font("small")
        for axis in (left, bottom):
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=6)
            axis.setTextPen(theme.colour("text2"))
            axis.setPen(pg.mkPen(None))
        bottom.setPen(self._pen("line", 1))
        measure = QFontMetricsF(font)
        left.setWidth(max((measure.horizontalAdvance(words) for words in picture.tick_words), default=0) + 12)
        bottom.setHeight(measure.height() + 12)
        self.setYRange(picture.low, self._top, padding=0)

    def _ground(self) -> None:
        for tick in self._picture.ticks:
            self._item.addItem(pg.InfiniteLine(tick, angle=0, pen=self._pen("grid", 1)), ignoreBounds=True)
        if band := self._picture.band:
            brush = pg.mkBrush(self._theme.colour("phase"))
            ends = (band.start, band.end)
            ground = pg.LinearRegionItem(ends, movable=False, brush=brush, pen=pg.mkPen(None))
            ground.setZValue(-5)
            self._item.addItem(ground, ignoreBounds=True)
            low, span = self._picture.low, self._picture.high - self._picture.low
            self._text(band.end + 0.1, low + 0.035 * span, band.words, "text2")

    def _shades(self) -> None:
        """The ground between two lines, under everything else."""
        for shade in self._picture.shades:
            ground = self._theme.colour(shade.ink)
            ground.setAlphaF(SHADE_ALPHA)
            ends = [pg.PlotDataItem(list(shade.xs), list(ys), pen=pg.mkPen(None)) for ys in (shade.lows, shade.highs)]
            filled = pg.FillBetweenItem(*ends, brush=pg.mkBrush(ground))
            filled.setZValue(-3)
            self._item.addItem(filled, ignoreBounds=True)

    def _tracks(self) -> None:
        """Every further series with the colour, the dash and the mark of its place."""
        for track in self._picture.tracks:
            if track.place == 1:
                continue
            pen = self._theme.pen(TRACK_INKS[track.place], 2 * self._ratio, track_dash(track.place))
            pen.setCosmetic(True)
            for run in _runs(track.values):
                self._curve(*run, pen)
            for at, value in enumerate(track.values):
                if value is not None:
                    mark = TrackMark(track.place, self._theme)
                    mark.setPos(at, value)
                    self._item.addItem(mark, ignoreBounds=True)

    def _series(self) -> None:
        ink, width = (TRACK_INKS[1], 2.0) if self._picture.tracks else ("com", 1.25)
        run: list[tuple[float, float]] = []
        for at, point in enumerate((*self._picture.points, Point("", None, ()))):
            if point.value is None or point.set_aside:
                if len(run) > 1:
                    xs, ys = zip(*run, strict=True)
                    self._curve(xs, ys, self._pen(ink, width))
                run = []
            else:
                run.append((at, point.value))
        for at, point in enumerate(self._picture.points):
            if point.value is not None:
                if point.low is not None and point.high is not None:
                    self._curve((at, at), (point.low, point.high), self._pen("com", 1.5))
                mark = PointMark(point, self._theme, TRACK_INKS[1] if self._picture.tracks else "")
                mark.setPos(at, point.value)
                self._item.addItem(mark, ignoreBounds=True)
            elif point.low is not None and point.high is not None:
                self._curve((at, at), (point.low, point.high), self._pen("com", 4))

    def _launch(self) -> None:
        picture, height = self._picture, self._top
        words_at = height - 0.35 * (height - picture.high)
        if picture.before_label:
            self._before = self._text(-0.6, words_at, picture.before_label, "text2")
        if picture.launch is None:
            return
        ends = (picture.low, words_at - 0.03 * (height - picture.low))
        self._curve((picture.launch, picture.launch), ends, self._pen("launch", 2))
        self._text(picture.launch, words_at, picture.launch_label, "launch", strong=True)
        if picture.after_label:
            after = picture.after_at if picture.after_at is not None else picture.launch + len(picture.points) / 4
            self._after = self._text(after, words_at, picture.after_label, "text2"), after

    def _events(self) -> None:
        limits = [y for line in self._picture.lines if line.ink == "limit" for y in line.ys if y <= self._picture.high]
        span = self._picture.high - self._picture.low
        top = max(limits, default=self._picture.high) - 0.055 * span
        for flag in self._picture.flags:
            pen = self._theme.pen("line", self._ratio, (1, 3))
            pen.setCosmetic(True)
            self._curve((flag.at, flag.at), (self._picture.low, top), pen)
            mark = FlagMark(flag, self._theme)
            mark.setPos(flag.at, top)
            self._item.addItem(mark, ignoreBounds=True)

    def _text(self, x: float, y: float, words: str, ink: str, *, strong: bool = False) -> Any:  # noqa: ANN401 - pyqtgraph has no types
        item = pg.TextItem(words, color=self._theme.hex(ink), anchor=(0, 0.5))
        item.setFont(self._theme.font("caption" if strong else "small"))
        item.setPos(x, y)
        item.setZValue(20)
        self._item.addItem(item, ignoreBounds=True)
        return item

    def _line_labels(self) -> None:
        """Labels at the right end of lines, moved apart where they would touch."""
        right = len(self._picture.points) - 0.1
        for line in self._labelled():
            strong = line.strong
            ink = {"mean": "text", "limit": "text2"}.get(line.ink, line.ink)
            item = self._text(right, line.ys[-1], line.label, ink, strong=strong)
            self._labels.append((item, line.ys[-1]))

    def _labelled(self) -> list[Line]:
        return [line for line in self._picture.lines if line.label]

    def _fit_right(self) -> None:
        """Widen the range so that labels lie inside the view, and keep them apart at this height."""
        font = QFontMetricsF(self._theme.font("caption"))
        words = max((font.horizontalAdvance(line.label) for line in self._labelled()), default=0.0)
        plot_width = max(self.width() - self._item.getAxis("left").width(), 100.0)
        share = min(0.45, (words + 16) / plot_width)
        count = len(self._picture.points)
        end = -0.9 + (count + 0.8) / (1 - share)
        self.setXRange(-0.9, end, padding=0)
        self._clear_of_launch(end, plot_width / (end + 0.9))
        plot_height = max(self.height() - self._item.getAxis("bottom").height(), 80.0)
        gap = font.height() * (self._top - self._picture.low) / plot_height
        places = spread([y for _, y in self._labels], gap, self._picture.low, self._picture.high)
        for (item, _), y in zip(self._labels, places, strict=True):
            item.setPos(item.pos().x(), y)

    def _clear_of_launch(self, end: float, pixels_a_period: float) -> None:
        """Keep the words on what came before launch left of its own words and those on what came after right of them.

        Words that have no room there are shortened, or left out: beside the wrong side of the line they would mislead.
        """
        launch, small = self._picture.launch, QFontMetricsF(self._theme.font("small"))
        if launch is None:
            return
        if self._before is not None:
            _fit_words(self._before, self._picture.before_label, small, (launch + 0.6) * pixels_a_period - 6)
        if self._after is None:
            return
        item, wanted = self._after
        least = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(self._picture.launch_label) + 20
        shown = _fit_words(item, self._picture.after_label, small, (end - launch) * pixels_a_period - least - 6)
        latest = end - (small.horizontalAdvance(shown) + 6) / pixels_a_period
        item.setPos(max(min(wanted, latest), launch + least / pixels_a_period), item.pos().y())

    def resizeEvent(self, event: Any) -> None:  # noqa: ANN401 - pyqtgraph calls this with None while it is made
        """Keep labels inside the view at the new size."""
        super().resizeEvent(event)
        if hasattr(self, "_labels"):
            self._fit_right()

    def show_read_out(self, index: int | None) -> None:
        """Ring a point and write its words beside it; None takes them away."""
        for item in self._readout:
            self._item.removeItem(item)
        self._readout = []
        if index is None:
            return
        theme, point, y = self._theme, self._picture.points[index], self._picture.height(index)
        pen, size = self._pen("focus", 2), 19 * theme.scale
        ring = pg.ScatterPlotItem(x=[index], y=[y], symbol="s", size=size, brush=None, pen=pen)
        ring.setZValue(30)
        above = y < self._picture.low + 0.22 * (self._top - self._picture.low)
        side = 0.0 if index < 3 else 1.0 if index > len(self._picture.points) - 3 else 0.5
        box = pg.TextItem(
            "\n".join((*point.read_out,)),
            color=theme.hex("text"),
            anchor=(side, 1.4 if above else -0.4),
            border=self._pen("line", 1),
            fill=pg.mkBrush(theme.colour("card")),
        )
        box.setFont(theme.font("small"))
        box.setPos(index, y)
        box.setZValue(40)
        for item in (ring, box):
            self._item.addItem(item, ignoreBounds=True)
            self._readout.append(item)

    def nearest(self, x: float) -> int:
        """The readable point nearest to a place in the widget."""
        at = self._item.vb.mapSceneToView(QPointF(x, 0)).x()
        return min(self._picture.readable, key=lambda index: abs(index - at))


def _fit_words(item: Any, words: str, font: QFontMetricsF, room: float) -> str:  # noqa: ANN401 - pyqtgraph has no types
    """Show words, their first part (`After  ·  5 months`), or nothing, whatever `room` pixels take."""
    choices = (words, words.partition(" + ")[0], "")
    shown = next(one for one in choices if font.horizontalAdvance(one) <= max(room, 0.0))
    item.setText(shown)
    return shown


def _runs(values: tuple[float | None, ...]) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Stretches of neighbouring values, as positions and heights; single values stand unjoined."""
    found: list[tuple[tuple[float, ...], tuple[float, ...]]] = []
    run: list[tuple[float, float]] = []
    for at, value in enumerate((*values, None)):
        if value is not None:
            run.append((float(at), value))
            continue
        if len(run) > 1:
            xs, ys = zip(*run, strict=True)
            found.append((xs, ys))
        run = []
    return found
