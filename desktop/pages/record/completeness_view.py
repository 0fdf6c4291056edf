"""The list of what a commissioner will miss: in full in the record, the first of it on the Overview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.record.completeness import CompletenessState, GroupState, ItemState
from desktop.widgets import Button, Card, CardFlow, ShapeMark, column, label, row
from desktop.widgets.text import show_in_place


class ItemLine(QWidget):
    """One fact: there or missing, in shape and word, and the way to its field. `asked` carries a tab and a target."""

    asked = Signal(str, object)

    def __init__(self, state: ItemState) -> None:
        super().__init__()
        self.state = state
        self.button = Button("Go", "link")
        show_in_place(self.button, wanted=state.place is not None)
        self.button.setAccessibleName(f"Go to {state.words}")
        self.button.clicked.connect(self._clicked)
        words = column(label(f"{state.number}. {state.words}", "strong" if state.place else "body", wrap=True), gap=1)
        detail = f"{state.word}. {state.said}" if state.place else state.said
        if detail:
            words.addWidget(label(detail, "small", wrap=True))
        whole = row(gap=8)
        whole.addWidget(ShapeMark(state.shape, state.ink), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)
        self.setAccessibleName(f"{state.word}: {state.words}. {state.said}")

    def _clicked(self) -> None:
        if self.state.place is not None:
            self.asked.emit(*self.state.place)


class ItemsCard(Card):
    """Some of the 36 under a heading."""

    asked = Signal(str, object)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.lines: list[ItemLine] = []
        self._list = column(gap=6)
        self.add(self._list)

    def show_items(self, items: Sequence[ItemState]) -> None:
        """Show these; the same ones are left as they are."""
        if [line.state for line in self.lines] == list(items):
            return
        for old in self.lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [ItemLine(item) for item in items]
        for line in self.lines:
            line.asked.connect(self.asked)
            self._list.addWidget(line)


class CompletenessCards(QWidget):
    """All groups, two beside each other where there is room."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label("", "h2", wrap=True)
        self.cards: dict[str, ItemsCard] = {}
        self._box = column(self.sentence, gap=10)
        self.setLayout(self._box)

    def show_state(self, state: CompletenessState) -> None:
        """Show the newest state."""
        self.sentence.setText(state.sentence)
        if not self.cards:
            self._make(state.groups)
        for group in state.groups:
            self.cards[group.name].title.setText(group.heading)
            self.cards[group.name].show_items(group.items)

    def _make(self, groups: Sequence[GroupState]) -> None:
        for group in groups:
            self.cards[group.name] = ItemsCard(group.heading)
            self.cards[group.name].asked.connect(self.asked)
        made = list(self.cards.values())
        left, right = QWidget(), QWidget()
        left.setLayout(column(*made[::2], None, gap=10))
        right.setLayout(column(*made[1::2], None, gap=10))
        self._box.addWidget(CardFlow([left, right], least=440, most_columns=2))


class MissingCard(ItemsCard):
    """The first of what is missing, for the Overview, and the way to all of it."""

    def __init__(self) -> None:
        super().__init__("What a commissioner will miss")
        self.sentence = label("", wrap=True)
        self.body.insertWidget(1, self.sentence)
        self.all = Button("All 36 facts", "link")
        self.all.clicked.connect(self._ask_all)
        self.add(row(self.all, None), None)

    def _ask_all(self) -> None:
        self.asked.emit("Readiness", ("Completeness", ""))
