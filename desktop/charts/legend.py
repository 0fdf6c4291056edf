"""A one-line legend of the marks and lines really used; it breaks into lines where it must."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.picture import Sample
from desktop.charts.series_marks import DASHES, SHADE_ALPHA, TRACK_INKS, paint_track_mark, track_dash
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape
from desktop.theme.tokens import Theme

_GAP = 14.0


def paint_sample(painter: QPainter, theme: Theme, sample: Sample, left: float, middle: float) -> float:
    """Paint the mark or line of an entry; returns the width it took."""
    if sample.verdict is not None:
        size = theme.px(10)
        paper = theme.colour("card") if sample.hollow else None
        at = QPointF(left + size / 2, middle)
        paint_shape(painter, sample.verdict.shape, at, size, theme.colour(sample.verdict.value), paper)
        return size + 5.0
    width = theme.px(22)
    if sample.shade:
        ground = theme.colour(sample.ink)
        ground.setAlphaF(SHADE_ALPHA)
        painter.fillRect(QRectF(left, middle - 5, width, 10), ground)
        return width + 6.0
    if sample.track:
        ink = TRACK_INKS[sample.track]
        painter.setPen(theme.pen(ink, 2, track_dash(sample.track)))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        paint_track_mark(painter, sample.track, QPointF(left + width / 2, middle), theme.px(9), theme.colour(ink))
        return width + 6.0
    painter.setPen(theme.pen(sample.ink, 1.5, DASHES[sample.dash]))
    painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
    return width + 6.0


class Legend(QWidget):
    """The words read as one text."""

    def __init__(self, samples: Sequence[Sample] = ()) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_samples(samples)

    def set_samples(self, samples: Sequence[Sample]) -> None:
        """Show other entries."""
        self._samples = tuple(samples)
        self._measured: tuple[Theme, list[float], float] | None = None
        self.setAccessibleName("Key: " + ", ".join(sample.words for sample in samples))
        self.updateGeometry()
        self.update()

    def _lines(self, width: float) -> list[list[tuple[Sample, float]]]:
        """Entries with the place where each begins, line by line."""
        needs, _ = self._sizes()
        lines: list[list[tuple[Sample, float]]] = [[]]
        left = 4.0
        for sample, needed in zip(self._samples, needs, strict=True):
            if lines[-1] and left + needed > width:
                lines.append([])
                left = 4.0
            lines[-1].append((sample, left))
            left += needed + _GAP
        return lines

    def _sizes(self) -> tuple[list[float], float]:
        """The room each entry needs, and a line: measured once in a theme, for a page asks hundreds of times."""
        theme = look().theme
        if self._measured is None or self._measured[0] is not theme:
            font = QFontMetricsF(theme.font("small"))
            marks = (theme.px(22) + 6.0, theme.px(10) + 5.0)
            needs = [marks[one.verdict is not None] + font.horizontalAdvance(one.words) for one in self._samples]
            self._measured = theme, needs, font.height() + 4
        return self._measured[1:]

    def _line_height(self) -> float:
        return self._sizes()[1]

    def hasHeightForWidth(self) -> bool:
        """Whether height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return round(len(self._lines(width)) * self._line_height())

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme, height = look().theme, self._line_height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        for number, line in enumerate(self._lines(self.width())):
            for sample, left in line:
                middle = (number + 0.5) * height
                used = paint_sample(painter, theme, sample, left, middle)
                painter.setPen(theme.colour("text2"))
                words = QRectF(left + used, number * height, self.width(), height)
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, sample.words)
        painter.end()
