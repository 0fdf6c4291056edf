"""Kinds of cost usually forgotten: each asked for, with one click to add a line or to say it does not apply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.economics.cost_lines import Prompt
from desktop.widgets import Button, Card, CardFlow, column, label, row


class PromptsCard(Card):
    """`wanted` and `dismissed` carry the category of a kind of cost; `asked_again` brings the dismissed ones back."""

    wanted = Signal(str)
    dismissed = Signal(str)
    asked_again = Signal()

    def __init__(self) -> None:
        super().__init__("Have you thought of …?", "costs that are usually forgotten")
        self.flow = CardFlow((), least=330, most_columns=3, gap=8)
        self.again = Button("", "link")
        self.again.clicked.connect(self.asked_again)
        self.add(self.flow, row(self.again, None))
        self._shown: tuple[tuple[Prompt, ...], int] | None = None

    def show_prompts(self, prompts: Sequence[Prompt], dismissed: int) -> None:
        """Ask for these; `dismissed` is how many were said not to apply."""
        self.setVisible(bool(prompts or dismissed))
        if self._shown == (tuple(prompts), dismissed):
            return
        self._shown = (tuple(prompts), dismissed)
        self.flow.set_cards(tuple(map(self._asked, prompts)))
        self.again.setVisible(dismissed > 0)
        self.again.setText(f"Ask again about the {dismissed} that did not apply")
        self.again.setAccessibleName(self.again.text())

    def _asked(self, prompt: Prompt) -> QWidget:
        words = prompt.words[:1].upper() + prompt.words[1:]
        add, dismiss = Button("Add a line", icon="plus"), Button("Does not apply", "link")
        add.setAccessibleName(f"Add a line: {words}")
        dismiss.setAccessibleName(f"Does not apply: {words}")
        add.clicked.connect(partial(self.wanted.emit, prompt.category))
        dismiss.clicked.connect(partial(self.dismissed.emit, prompt.category))
        held = QWidget()
        held.setLayout(column(label(words, wrap=True), row(add, dismiss, None), gap=2))
        return held
