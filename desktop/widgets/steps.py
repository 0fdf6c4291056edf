"""The steps of a longer task: done, now, still to come; real buttons under the painting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.theme.look import look
from desktop.theme.marks import Shape
from desktop.theme.shapes import paint_shape


class _Step(QAbstractButton):
    def __init__(self, number: int, word: str, *, first: bool) -> None:
        super().__init__()
        self._number, self._first, self._state = number, first, "to come"
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str) -> None:
        """`done`, `now` or `to come`: only steps done or under way can be gone to."""
        self._state = state
        self.setEnabled(state != "to come")
        self.setAccessibleName(f"Step {self._number}, {self.text()}, {state}")
        self.update()

    def _lead(self) -> int:
        if self._first:
            return 0
        return 24 if look().theme.scale > 1.3 else look().theme.px(52)

    def sizeHint(self) -> QSize:
        """The size that its words and shapes need."""
        theme = look().theme
        words = QFontMetricsF(theme.font("strong")).horizontalAdvance(self.text())
        return QSize(round(self._lead() + theme.px(24) + 6 + words + 14), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lead, disc, y = self._lead(), theme.px(24), self.height() / 2
        if lead:
            painter.setPen(theme.pen("line", 1.5))
            painter.drawLine(QPointF(4, y), QPointF(lead - 14, y))
        self._paint_disc(painter, QRectF(lead, y - disc / 2, disc, disc))
        now = self._state == "now"
        painter.setFont(theme.font("strong" if now else "body"))
        painter.setPen(theme.colour("text" if now else "text2"))
        words = QRectF(lead + disc + 6, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if now:
            painter.fillRect(
                QRectF(lead + disc + 4, self.height() - 3, self.width() - lead - disc - 14, 3), theme.colour("accent")
            )
        if self.hasFocus():
            painter.setPen(theme.pen("focus", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(lead - 3 if lead else 1, 1, -2, -1), 4, 4)
        painter.end()

    def _paint_disc(self, painter: QPainter, box: QRectF) -> None:
        theme = look().theme
        filled = self._state != "to come"
        painter.setPen(theme.pen("accent" if filled else "line", 1.5))
        painter.setBrush(theme.colour("accent" if filled else "card"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        ink = theme.colour("on_accent" if filled else "text2")
        if self._state == "done":
            paint_shape(painter, Shape.FINE, box.center(), theme.px(11), ink)
            return
        painter.setFont(theme.font("strong"))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Steps(QWidget):
    """A row of steps; `asked` carries the index of a finished step a person wants to go back to."""

    asked = Signal(int)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName("Steps")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._steps = [_Step(at + 1, word, first=at == 0) for at, word in enumerate(words)]
        for step in self._steps:
            box.addWidget(step)
            step.clicked.connect(self._clicked)
        box.addStretch(1)
        self.set_current(0)

    def set_current(self, current: int) -> None:
        """Steps before `current` are done, those after it are to come."""
        self.current = current
        for at, step in enumerate(self._steps):
            step.set_state("done" if at < current else "now" if at == current else "to come")

    def _clicked(self) -> None:
        at = next(i for i, step in enumerate(self._steps) if step is self.sender())
        if at != self.current:
            self.asked.emit(at)
