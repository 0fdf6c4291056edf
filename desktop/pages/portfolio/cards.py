"""Roles as cards that can be focused and opened: what rows become where the table would not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from analysis.wording import plural
from desktop.pages.portfolio.shapes import CardState
from desktop.widgets import Button, ShapeMark, TickBox, column, label, row
from desktop.widgets.ringed import OpenedCard
from desktop.widgets.text import show_in_place

AT_ONCE = 30
"""Cards shown before more are asked for."""
A_TURN = 2
"""Cards made in one turn of the event loop: a card takes some milliseconds, and a frame has a hundred."""


class RoleCard(OpenedCard):
    """Three lines of a role. Enter or a click opens the role, its link the next step, Space marks it for comparing."""

    opened = Signal(str)
    step_asked = Signal(str)
    tick_asked = Signal(str)

    def __init__(self, state: CardState) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(state.spoken)
        self.state = state
        self.key = state.key
        who = column(label(state.name, "h2", wrap=True), label(state.place, "small", wrap=True), None, gap=2)
        mark = row(ShapeMark(state.shape, state.ink, 10), gap=4)
        mark.addWidget(label(state.verdict, "small", wrap=True), 1)
        change = column(label(state.change, "strong", wrap=True), mark, None, gap=2)
        money = (label(state.worth, "strong", wrap=True), label(state.worth_second, "small", wrap=True))
        top = row(gap=16)
        for part, share in ((who, 3), (change, 4), (column(*money, None, gap=2), 3)):
            top.addLayout(part, share)
        self.tick = TickBox("Compare", ticked=state.marked)
        self.tick.setAccessibleName(f"Mark {state.name} for comparing")
        self.tick.clicked.connect(self._tick)
        foot = row(self.tick, gap=16)
        foot.addWidget(label(state.facts, "small", wrap=True), 1)
        self.step = Button(state.step.words, "link")
        self.step.setAccessibleName(f"{state.name}: {state.step.words}")
        show_in_place(self.step, wanted=bool(state.step.tab))
        self.step.clicked.connect(self._step)
        foot.addWidget(self.step)
        self.setLayout(column(top, foot, gap=2, margins=(14, 8, 14, 6)))

    def _step(self) -> None:
        self.step_asked.emit(self.key)

    def _tick(self) -> None:
        self.tick_asked.emit(self.key)

    def open(self) -> None:
        """Say which role is to be opened."""
        self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the role, Space marks it."""
        if event.key() == Qt.Key.Key_Space:
            self.tick_asked.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the role."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open()


class CardList(QWidget):
    """Cards one under the other: a card whose facts stay is kept, the others are made a few at a time."""

    opened = Signal(str)
    step_asked = Signal(str)
    tick_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[CardState, ...] = ()
        self._most = AT_ONCE
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_some)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.more = Button("", "quiet")
        self.more.clicked.connect(self._more_asked)
        self.more.hide()
        whole = column(gap=8)
        whole.addLayout(self._box)
        whole.addWidget(self.more)
        self.setLayout(whole)

    @property
    def cards(self) -> list[RoleCard]:
        """The cards that stand there, in their order."""
        items = (self._box.itemAt(at) for at in range(self._box.count()))
        return [card for item in items if item is not None and isinstance(card := item.widget(), RoleCard)]

    def show_cards(self, states: Sequence[CardState]) -> None:
        """Show these; the first few stand at once."""
        self._wanted = tuple(states)
        if not states:
            self._most = AT_ONCE
        for surplus in self.cards[min(len(states), self._most) :]:
            self._drop(surplus)
        hidden = max(len(states) - self._most, 0)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {plural(min(hidden, AT_ONCE), 'more role')} of {hidden}")
        self.more.setAccessibleName(self.more.text())
        self._make_some()

    def _make_some(self) -> None:
        """Make the next cards that are missing or no longer true; come back for the rest."""
        made, standing = 0, self.cards
        for at, state in enumerate(self._wanted[: self._most]):
            held = standing[at] if at < len(standing) else None
            if held is not None and held.state == state:
                continue
            if made == A_TURN:
                self._timer.start()
                return
            self._put(at, state, held)
            made += 1
        self._timer.stop()

    def _put(self, at: int, state: CardState, held: RoleCard | None) -> None:
        card = RoleCard(state)
        card.opened.connect(self.opened)
        card.step_asked.connect(self.step_asked)
        card.tick_asked.connect(self.tick_asked)
        focused = held is not None and (held.hasFocus() or held.step.hasFocus() or held.tick.hasFocus())
        if held is not None:
            self._drop(held)
        self._box.insertWidget(at, card)
        if focused:
            card.setFocus()

    def _drop(self, card: RoleCard) -> None:
        self._box.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _more_asked(self) -> None:
        self._most += AT_ONCE
        self.show_cards(self._wanted)
