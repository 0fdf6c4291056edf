"""The list of what is due: who owes which periods, whose funding ends, each with the button that leads there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from analysis.wording import plural
from desktop.pages.portfolio.shapes import DueState
from desktop.widgets import Button, Card, ShapeMark, column, label, row

AT_ONCE = 6
"""Lines shown before the others are asked for."""


class DueCard(Card):
    """Lines of what is due. `step_asked` carries the `Step` of the one chosen."""

    step_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Due")
        self._shown: tuple[DueState, ...] = ()
        self._most = AT_ONCE
        self._lines: list[QWidget] = []
        self._box = column(gap=2)
        self.body.addLayout(self._box)
        self.more = Button("", "quiet")
        self.more.clicked.connect(self._more_asked)
        self.add(self.more)

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the lines, in their order."""
        return [button for line in self._lines for button in line.findChildren(Button)]

    def show_due(self, due: Sequence[DueState]) -> None:
        """Show other lines; the same again changes nothing."""
        if tuple(due) != self._shown:
            self._shown = tuple(due)
            self._build()

    def _build(self) -> None:
        for old in self._lines:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [self._line(state) for state in self._shown[: self._most]]
        for line in self._lines:
            self._box.addWidget(line)
        hidden = len(self._shown) - len(self._lines)
        self.title.setText(f"Due: {plural(len(self._shown), 'thing')}")
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show the other {hidden}")
        self.more.setAccessibleName(self.more.text())

    def _line(self, state: DueState) -> QWidget:
        line = QWidget()
        words = f"{state.who}. {state.what}"
        button = Button(state.step.words, "link")
        button.setAccessibleName(f"{state.step.words}: {words}")
        button.clicked.connect(partial(self.step_asked.emit, state.step))
        layout = row(ShapeMark(state.kind.shape, state.kind.value, 10), gap=8)
        layout.addWidget(label(state.who, "strong", wrap=True), 2)
        layout.addWidget(label(state.what, wrap=True), 3)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        line.setLayout(layout)
        return line

    def _more_asked(self) -> None:
        self._most = len(self._shown)
        self._build()
