"""The evidence ladder: five boxes, with the words that carry the meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.look import look
from desktop.theme.tokens import Theme

LEVELS = 5


def level_words(level: int | None) -> str:
    """`Level 2 of 5`, with a no-break space, or a dash where there is none yet."""
    return "–" if level is None else f"Level\u00a0{level} of {LEVELS}"


def paint_ladder(painter: QPainter, theme: Theme, left: float, top: float, level: int, *, chosen: bool = False) -> None:
    """Five boxes of 26 x 10 times the text scale (narrower in a row), filled up to the level."""
    width, height, gap = theme.px(26), theme.px(10), theme.px(4)
    edge = "text2" if chosen else "line"
    for step in range(LEVELS):
        filled = step < level
        painter.setPen(theme.pen("accent" if filled else edge))
        painter.setBrush(theme.colour("accent") if filled else Qt.BrushStyle.NoBrush)
        box = QRectF(left + step * (width + gap), top, width, height)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class EvidenceLadder(QWidget):
    """The boxes alone; `level_words` stands beside them as a label."""

    def __init__(self, level: int | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_level(level)

    def set_level(self, level: int | None) -> None:
        """Show another level; None shows empty boxes."""
        self._level = level
        self.setAccessibleName("No evidence level yet" if level is None else f"Evidence {level_words(level).lower()}")
        self.update()

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        return QSize(LEVELS * theme.px(26) + (LEVELS - 1) * theme.px(4) + 1, theme.px(10) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ladder(painter, theme, 0, (self.height() - theme.px(10)) / 2, self._level or 0)
        painter.end()
