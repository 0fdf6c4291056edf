"""Notices stand in the layout and stay until dealt with; an asking bar stands beside what it asks about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets.buttons import Button
from desktop.widgets.card import column, row
from desktop.widgets.chip import ShapeMark
from desktop.widgets.text import announce, label, show_in_place

MOST_OF_ROOM = 0.36
"""The share of a notice's width its buttons may take beside the words."""
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class _KindLine(QWidget):
    """Shape and word of a kind, in its colour."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._mark = ShapeMark(kind.shape, kind.value, 10)
        self._word = label(kind.word, "caption")
        self._kind = kind
        self.setLayout(row(self._mark, self._word, None, gap=3))
        look().theme_changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        self._word.setStyleSheet(f"color: {look().theme.hex(self._kind.value)}")


class Notice(QWidget):
    """What happened, where, what is safe and what to do: a bold fact, a detail, and buttons at the right.

    `answered` carries the text of the button pressed. Showing a notice announces it and never takes the focus.
    """

    answered = Signal(str)

    def __init__(
        self, kind: Kind, fact: str, detail: str = "", actions: Sequence[str] = (), *, primary: bool = False
    ) -> None:
        super().__init__()
        self.kind = kind
        self.fact = label(fact, "strong", wrap=True)
        self.detail = label(detail, "small", wrap=True)
        show_in_place(self.detail, wanted=bool(detail))
        self.setAccessibleName(f"{kind.word}: {fact}")
        self.setAccessibleDescription(detail)
        self.buttons = [
            Button(text, "primary" if primary and at == 0 else "secondary") for at, text in enumerate(actions)
        ]
        for button in self.buttons:
            button.clicked.connect(self._clicked)
        words = column(_KindLine(kind), self.fact, self.detail, None, gap=1)
        self._box = row(gap=8, margins=(16, 7, 10, 8))
        self._box.addLayout(words, 1)
        self._answers = row(*self.buttons, gap=8)
        self._box.addLayout(self._answers)
        self.setLayout(self._box)

    def announce(self) -> None:
        """Have a screen reader say the notice."""
        announce(self, f"{self.accessibleName()} {self.accessibleDescription()}".strip())

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.answered.emit(sender.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The buttons stand under the words where they would take too much of their room."""
        beside = self._answers.sizeHint().width() <= MOST_OF_ROOM * self.width()
        self._box.setDirection(_ACROSS if beside else _DOWN)
        self._answers.setAlignment(Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("hair"))
        painter.setBrush(theme.colour("card"))
        painter.drawPath(_right_rounded(box, 6))
        painter.fillRect(QRectF(0, 0, 4, self.height()), theme.colour(self.kind.value))
        painter.end()


def _right_rounded(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath(box.topLeft())
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), box.topRight() + QPointF(0, radius))
    path.lineTo(box.right(), box.bottom() - radius)
    path.quadTo(box.bottomRight(), box.bottomRight() - QPointF(radius, 0))
    path.lineTo(box.bottomLeft())
    path.closeSubpath()
    return path


class AskingBar(QWidget):
    """A question beside the grid: what is odd, what is safe, and the answers as buttons. Never a box in the way."""

    answered = Signal(str)

    def __init__(
        self, question: str = "", safe: str = "", answers: Sequence[str] = (), kind: Kind = Kind.CHECK
    ) -> None:
        super().__init__()
        self._kind = kind
        self._question = label(question, wrap=True)
        self._safe = label(safe, "on-check", wrap=True)
        self._first = row(gap=6)
        self._rest = row(gap=6)
        self._first.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._rest.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setLayout(
            column(
                _KindLine(kind), self._question, self._safe, self._first, self._rest, gap=6, margins=(12, 10, 12, 10)
            )
        )
        self.buttons: list[Button] = []
        if question:
            self.ask(question, safe, answers)

    def ask(self, question: str, safe: str, answers: Sequence[str]) -> None:
        """Ask another question; the first answer is the filled button, the second a plain one, the rest are links."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self._question.setText(question)
        self._safe.setText(safe)
        self._safe.setVisible(bool(safe))
        self.setAccessibleName(f"{self._kind.word}: {question}")
        kinds = ("primary", "secondary")
        self.buttons = [Button(text, kinds[at] if at < len(kinds) else "link") for at, text in enumerate(answers)]
        for at, button in enumerate(self.buttons):
            button.clicked.connect(self._clicked)
            (self._first if at < len(kinds) else self._rest).addWidget(button)
        self._fit()
        announce(self, self.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Answers side by side where they fit, else one under the other: none is cut."""
        widths = [button.sizeHint().width() + 6 for button in self.buttons]
        beside, room = sum(widths[:2]) <= self.width() - 24, sum(widths) <= self.width() - 24
        for button in self.buttons[2:]:
            (self._first if room else self._rest).addWidget(button)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._first.setDirection(way)

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.answered.emit(sender.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the theme that is on."""
        theme = look().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen(self._kind.value))
        painter.setBrush(theme.colour(self._kind.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
