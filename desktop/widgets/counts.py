"""Counts that filter: `46 ready`, `3 to fix`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.states import Count
from desktop.theme.look import look
from desktop.theme.shapes import paint_shape


class _CountButton(QAbstractButton):
    def __init__(self, count: Count) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_count(count)

    def show_count(self, count: Count) -> None:
        """Show another number."""
        self.count = count
        self.setText(f"{count.number:,} {count.word}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def _metrics(self) -> tuple[QFontMetricsF, QFontMetricsF]:
        theme = look().theme
        return QFontMetricsF(theme.font("count")), QFontMetricsF(theme.font("caption"))

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        figures, words = self._metrics()
        number = figures.horizontalAdvance(f"{self.count.number:,}")
        width = 10 + look().theme.px(10) + 6 + number + 6 + words.horizontalAdvance(self.count.word) + 14
        return QSize(round(width), round(figures.height()) + 13)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        count, ink = self.count, theme.colour(self.count.kind.value)
        box = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(count.kind.paper))
        shown = self.isChecked() or theme.is_high_contrast
        painter.setPen(theme.pen(count.kind.value, 2 if self.isChecked() else 1) if shown else theme.pen("hair"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        side = theme.px(10)
        paint_shape(painter, count.shape or count.kind.shape, QPointF(11 + side / 2, box.center().y()), side, ink)
        painter.setPen(ink)
        left = 17.0 + side
        figures, _ = self._metrics()
        for token, text in (("count", f"{count.number:,}"), ("caption", count.word)):
            painter.setFont(theme.font(token))
            painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
            left += figures.horizontalAdvance(text) + 6
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen("focus", 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 3, 3)
        painter.end()


class Counts(QWidget):
    """A row of counts of which one is shown; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, counts: Sequence[Count], name: str = "Show") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._buttons: list[_CountButton] = []
        self._box.addStretch(1)
        self.set_counts(counts)

    def set_counts(self, counts: Sequence[Count]) -> None:
        """Show these counts, keeping the chosen key where it is still there."""
        kept = self.current
        for button in self._buttons:
            self._group.removeButton(button)
            self._box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [_CountButton(count) for count in counts]
        for at, button in enumerate(self._buttons):
            self._box.insertWidget(at, button)
            self._group.addButton(button, at)
            button.setChecked(button.count.key == kept)

    @property
    def current(self) -> str:
        """The key shown, or an empty text."""
        return next((button.count.key for button in self._buttons if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show a key."""
        for button in self._buttons:
            if button.count.key == key:
                button.setChecked(True)

    def _toggled(self, at: int, down: bool) -> None:
        if down:
            self.chosen.emit(self._buttons[at].count.key)
