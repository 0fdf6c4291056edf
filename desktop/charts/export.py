"""A chart as a picture of its own: title, plot, key, events and source on one light sheet, as PNG, SVG or image."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage, QPainter

from desktop.charts.legend import paint_sample
from desktop.charts.picture import Sample, XmrPicture
from desktop.theme.tokens import Theme, theme_named
from exporters.placing import in_place

EXPORT_SIZE = QSize(1600, 900)
SHEET_HEIGHT = 560
"""The height a sheet is laid out for; a larger one only enlarges it."""
EDGE, GAP = 14.0, 14.0
PNG, SVG = ".png", ".svg"


def export_chart(picture: XmrPicture, file: Path, size: QSize = EXPORT_SIZE) -> Path:
    """Write the chart as PNG or SVG, by the ending of the name; returns where it went.

    Raises UserProblem when it cannot be written there; an older file is then untouched.
    """
    content = _as_svg(picture, size) if file.suffix.lower() == SVG else _as_png(picture, size)
    return in_place(file, lambda beside: beside.write_bytes(content))[0]


def chart_image(picture: XmrPicture, size: QSize = EXPORT_SIZE) -> QImage:
    """The chart on light paper, without showing it."""
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _paint_sheet(painter, picture, size, theme_named("light", size.height() / SHEET_HEIGHT))
    painter.end()
    return image


def _as_png(picture: XmrPicture, size: QSize) -> bytes:
    image = chart_image(picture, size)
    image.setText("Title", picture.title)
    image.setText("Description", picture.summary)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload] # the stub knows the format only as bytes
    return bytes(held.data().data())


def _as_svg(picture: XmrPicture, size: QSize) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    written = QByteArray()
    held = QBuffer(written)
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(held)
    made.setSize(size)
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(picture.title)
    made.setDescription(picture.summary)
    painter = QPainter(made)
    _paint_sheet(painter, picture, size, theme_named("light", size.height() / SHEET_HEIGHT))
    painter.end()
    held.close()
    return bytes(written.data())


def _paint_sheet(painter: QPainter, picture: XmrPicture, size: QSize, theme: Theme) -> None:
    """Title and subtitle over the plot, key, events and source under it."""
    painter.fillRect(0, 0, size.width(), size.height(), theme.colour("card"))
    edge, width = EDGE * theme.scale, size.width() - 2 * EDGE * theme.scale
    top = edge
    for token, ink, words in (("h2", "text", picture.title), ("small", "text2", picture.subtitle)):
        top += _paint_words(painter, theme, token, ink, words, QRectF(edge, top, width, size.height()))
    foot = "     ".join(f"{flag.number}\u2002{flag.words}" for flag in picture.flags)
    below = [words for words in (foot, picture.source) if words]
    line = QFontMetricsF(theme.font("small")).height() + 4
    lines = _legend_lines(picture.legend, theme, width)
    high = size.height() - top - edge - line * (len(lines) + len(below)) - 10
    _paint_plot(painter, picture, QRectF(edge, top + 4, width, high), theme)
    at = top + 4 + high + 4
    for entries in lines:
        _paint_legend(painter, theme, entries, edge, at + line / 2)
        at += line
    for words in below:
        at += _paint_words(painter, theme, "small", "text2", words, QRectF(edge, at, width, line))


def _paint_words(painter: QPainter, theme: Theme, token: str, ink: str, words: str, box: QRectF) -> float:
    painter.setFont(theme.font(token))
    painter.setPen(theme.colour(ink))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    taken = painter.boundingRect(box, flags, words)
    painter.drawText(box, flags, words)
    return taken.height() + 2 if words else 0.0


def _legend_lines(samples: tuple[Sample, ...], theme: Theme, width: float) -> list[list[tuple[Sample, float]]]:
    measure, left = QFontMetricsF(theme.font("small")), 0.0
    lines: list[list[tuple[Sample, float]]] = [[]]
    for sample in samples:
        needed = theme.px(28) + measure.horizontalAdvance(sample.words)
        if lines[-1] and left + needed > width:
            lines.append([])
            left = 0.0
        lines[-1].append((sample, left))
        left += needed + GAP * theme.scale
    return [line for line in lines if line]


def _paint_legend(
    painter: QPainter, theme: Theme, entries: list[tuple[Sample, float]], edge: float, middle: float
) -> None:
    painter.setFont(theme.font("small"))
    for sample, left in entries:
        used = paint_sample(painter, theme, sample, edge + left, middle)
        painter.setPen(theme.colour("text2"))
        ascent = QFontMetricsF(theme.font("small")).ascent() / 2 - 1
        painter.drawText(QPointF(edge + left + used, middle + ascent), sample.words)


def _paint_plot(painter: QPainter, picture: XmrPicture, box: QRectF, theme: Theme) -> None:
    from desktop.charts.plot import XmrPlot

    plot = XmrPlot(picture, theme, theme.scale)
    plot.resize(box.size().toSize())
    plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    plot.show()
    QGuiApplication.processEvents()
    plot.render(painter, box)
    plot.hide()
    plot.deleteLater()
