"""The left rail: icon over word, dark in both themes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from desktop.theme.icons import icon, icon_shelf
from desktop.theme.look import look

RAIL = (
    ("Portfolio", "squares-four"),
    ("Role", "user"),
    ("Import", "file-arrow-down"),
    ("Library", "books"),
    ("Evidence", "scales"),
    ("Help", "question"),
)


class _Item(QAbstractButton):
    def __init__(self, name: str, picture: str) -> None:
        super().__init__()
        self._picture = picture
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        icon_shelf().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        words = QFontMetrics(theme.font("caption"))
        width = max(78, words.horizontalAdvance("Portfolio") + 22)
        return QSize(width, max(58, theme.px(22) + words.height() + 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        on = self.isChecked()
        ink = "rail_on" if on else "rail_text"
        tile = QRectF(6, 2, self.width() - 12, self.height() - 4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(theme.colour("rail_sel"))
            painter.setOpacity(1.0 if on else 0.45)
            if on or not theme.is_high_contrast:
                painter.drawRoundedRect(tile, 6, 6)
            painter.setOpacity(1.0)
        if on:
            painter.setBrush(theme.colour("rail_ring"))
            painter.drawRoundedRect(QRectF(0, 10, 3, self.height() - 20), 1.5, 1.5)
        self._paint_words(painter, ink, on)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen("rail_ring", 2))
            painter.drawRoundedRect(tile.adjusted(2, 2, -2, -2), 4, 4)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str, on: bool) -> None:
        theme = look().theme
        font = theme.font("small", bold=on)
        line = QFontMetrics(font).height()
        side = theme.px(22)
        top = (self.height() - side - line - 4) / 2
        painter.drawPixmap(QPointF((self.width() - side) / 2, top), icon(self._picture, ink, 22))
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        words = QRectF(0, top + side + 3, self.width(), line + 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())


class Rail(QFrame):
    """The pages of the window; the last stands at the foot. `chosen` carries the name a person chose."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[tuple[str, str]] = RAIL) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Pages")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 8)
        box.setSpacing(0)
        self._names = [name for name, _ in items]
        self._group = QButtonGroup(self)
        for at, (name, picture) in enumerate(items):
            if at == len(items) - 1:
                box.addStretch(1)
            item = _Item(name, picture)
            self._group.addButton(item, at)
            box.addWidget(item)
        self._group.idClicked.connect(self._clicked)

    def show_chosen(self, name: str) -> None:
        """Mark a page as the one shown, without asking for it."""
        if name in self._names:
            self._group.button(self._names.index(name)).setChecked(True)

    def _clicked(self, at: int) -> None:
        self.chosen.emit(self._names[at])
