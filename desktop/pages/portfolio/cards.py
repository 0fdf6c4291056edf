"""A role as a card that can be focused and opened: what a row becomes where the table would not fit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from desktop.pages.portfolio.shapes import CardState
from desktop.theme.look import look
from desktop.widgets import Button, ShapeMark, column, label, row


class RoleCard(QFrame):
    """Three lines of a role. Enter or a click opens the role, its link the next step."""

    opened = Signal(str)
    step_asked = Signal(str)

    def __init__(self, state: CardState) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(state.spoken)
        self.key = state.key
        who = column(label(state.name, "h2", wrap=True), label(state.place, "small", wrap=True), gap=2)
        mark = row(ShapeMark(state.shape, state.ink, 10), gap=4)
        mark.addWidget(label(state.verdict, "small", wrap=True), 1)
        change = column(label(state.change, "strong", wrap=True), mark, gap=2)
        worth = column(label(state.worth, "strong", wrap=True), label(state.worth_second, "small", wrap=True), gap=2)
        top = row(gap=16)
        for part, share in ((who, 3), (change, 4), (worth, 3)):
            top.addLayout(part, share)
            top.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        foot = row(gap=16)
        foot.addWidget(label(state.facts, "small", wrap=True), 1)
        self.step = Button(state.step.words, "link")
        self.step.setAccessibleName(f"{state.name}: {state.step.words}")
        self.step.setVisible(bool(state.step.tab))
        self.step.clicked.connect(self._step)
        foot.addWidget(self.step)
        self.setLayout(column(top, foot, gap=2, margins=(14, 8, 14, 6)))

    def _step(self) -> None:
        self.step_asked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the role."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the role."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of the focus in the theme that is on."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look().theme.pen("focus", 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()
