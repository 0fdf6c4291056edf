"""A painted shape, and the chip of shape and word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.look import look
from desktop.theme.marks import Kind, Shape, Verdict
from desktop.theme.shapes import paint_shape


class ShapeMark(QWidget):
    """One shape in a colour token; its word always stands beside it, so it says nothing itself."""

    def __init__(self, shape: Shape, token: str, size: int = 12) -> None:
        super().__init__()
        self._shape, self._token, self._size = shape, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, shape: Shape, token: str) -> None:
        """Show another shape."""
        self._shape, self._token = shape, token
        self.update()

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        side = look().theme.px(self._size) + 4
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_shape(painter, self._shape, centre, theme.px(self._size), theme.colour(self._token))
        painter.end()


class Chip(QWidget):
    """Shape, word and tint without an edge. A verdict's chip takes the tint of notes and its own shape."""

    def __init__(self, kind: Kind | Verdict, text: str = "", shape: Shape | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(kind, text, shape)

    def say(self, kind: Kind | Verdict, text: str = "", shape: Shape | None = None) -> None:
        """Show another kind, word and shape; by default the kind's own."""
        self._kind, self._text, self._shape = kind, text or kind.word, shape or kind.shape
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        measure = QFontMetricsF(theme.font("caption"))
        width = 7 + theme.px(10) + 6 + measure.horizontalAdvance(self._text) + 9
        return QSize(round(width), round(measure.height()) + 4)

    def _tokens(self) -> tuple[str, str]:
        if isinstance(self._kind, Kind):
            return self._kind.value, self._kind.paper
        if self._kind is Verdict.IMPROVEMENT:
            return "note", "note_bg"
        return {Verdict.CONCERN: ("fix", "fix_bg")}.get(self._kind, ("neutral", "neutral_bg"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        ink, paper = self._tokens()
        box = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen(ink) if theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(paper))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = theme.px(9)
        paint_shape(painter, self._shape, QPointF(8 + side / 2, box.center().y()), side, theme.colour(ink))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(ink))
        painter.drawText(box.adjusted(13 + side, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
