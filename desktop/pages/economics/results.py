"""The results laid out: three answers apart, break-even, who pays, what can be said, what it depends on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.pages.economics.chart_card import BarsCard
from desktop.pages.economics.further_state import FurtherState
from desktop.pages.economics.further_view import FurtherCards
from desktop.pages.economics.state import AnswerState, LadderState, ResultsState, chips_of
from desktop.pages.economics.table_card import FoldedCard, TableCard
from desktop.pages.fitting import Pair
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Button, Card, CardFlow, Chip, Notice, ShapeMark, column, label, row, scrolling

HOW = "How is this made?"


class AnswerCard(Card):
    """One of the three: title, a neutral chip, the figure, the sentence. Equal in size and ink."""

    def __init__(self) -> None:
        super().__init__(gap=2)
        self._name = label("", "strong", wrap=True)
        self.chip = Chip(Kind.NEUTRAL)
        self.figure = label("", "hero", wrap=True)
        self.sentence = label("", "small", wrap=True)
        top = row(gap=8)
        top.addWidget(self._name, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.add(top, self.figure, self.sentence, None)

    def show_state(self, state: AnswerState) -> None:
        """Show another answer."""
        self.setAccessibleName(f"{state.title}: {state.figure or state.chip}. {state.sentence}")
        self._name.setText(state.title)
        self.chip.say(Kind.NEUTRAL, state.chip, state.shape)
        self.figure.setText(state.figure)
        self.figure.setVisible(bool(state.figure))
        self.sentence.setText(state.sentence)


class LadderCard(Card):
    """What can be said now: each step with what it gives."""

    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__("What can be said now")
        self.chips = [Chip(Kind.NOTE), Chip(Kind.CHECK)]
        for chip in self.chips:
            self.head.insertWidget(self.head.count() - 1, chip)
        self.button = Button("Add a fact")
        self.button.clicked.connect(self._asked)
        self.add_action(self.button)
        self.steps = CardFlow((), least=250, most_columns=2, gap=4)
        self.add(self.steps, None)

    def show_state(self, state: LadderState) -> None:
        """Show other steps."""
        shown = chips_of(state)
        for at, chip in enumerate(self.chips):
            chip.setVisible(at < len(shown))
            if at < len(shown):
                chip.say(*shown[at])
        self.button.setVisible(bool(state.unknown) or not all(done for done, _, _ in state.steps))
        self.steps.set_cards(tuple(_step(*step) for step in state.steps))

    def _asked(self) -> None:
        self.add_asked.emit()


def _step(done: bool, title: str, gives: str) -> QWidget:
    line = QWidget()
    line.setAccessibleName(f"{title}: {'reached' if done else 'not yet'}, {gives}")
    mark = ShapeMark(Shape.FINE if done else Shape.PROVISIONAL, "ok" if done else "text2", 11)
    words = row(mark, gap=6)
    words.addWidget(label(f"{title}: {gives}" if done else f"{title}: would give {gives}", "small", wrap=True), 1)
    line.setLayout(words)
    return line


class SpendCard(Card):
    """What was really spent before and after, and for each contact and client."""

    def __init__(self) -> None:
        super().__init__("What it really cost", "as recorded, prices of the time")
        self._lines: list[QLabel] = []
        self._box = QVBoxLayout()
        self.body.addLayout(self._box)
        self.add(None)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show other sentences."""
        while len(self._lines) < len(lines):
            self._lines.append(label("", wrap=True))
            self._box.addWidget(self._lines[-1])
        for at, line in enumerate(self._lines):
            line.setText(lines[at] if at < len(lines) else "")
            line.setVisible(at < len(lines))


class ResultsView(QWidget):
    """Shows a `ResultsState`. `how_asked`: how it is made; `add_asked`: which fact comes next."""

    how_asked = Signal()
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.answers = [AnswerCard() for _ in range(3)]
        self.break_even: Notice | None = None
        self._slot = QVBoxLayout()
        self.payers = BarsCard("Who pays, who gains", "£, present value")
        self.ladder = LadderCard()
        self.tornado = BarsCard("What the answer depends on", "all public sector, one input at a time")
        self.further = FurtherCards()
        self.reviewer = FoldedCard("What a reviewer will look for", rows="checks")
        self.likelihood = TableCard("How likely", "£, present value")
        self.spend = SpendCard()
        self.plan = FoldedCard("Plan against actual", "£")
        self.years = TableCard("By year", "£")
        self.ladder.add_asked.connect(self.add_asked)
        left = QWidget()
        left.setLayout(column(self.payers, self.ladder, None, gap=8))
        box = column(
            CardFlow(tuple(self.answers), least=290, most_columns=3, gap=10),
            self._slot,
            Pair(left, self.tornado, least=1150, shares=(6, 5)),
            self.likelihood,
            self.further,
            self.reviewer,
            Pair(self.spend, self.plan, least=1000),
            self.years,
            None,
            gap=8,
        )
        self.setLayout(column(scrolling(box, margins=(16, 4, 16, 12)), gap=0))

    def show_state(self, state: ResultsState, further: FurtherState) -> None:
        """Show other results."""
        for card, answer in zip(self.answers, state.answers, strict=True):
            card.show_state(answer)
        self._show_break_even(state.break_even)
        if further.payers is not None:
            self.payers.bars.set_picture(further.payers)
        self.payers.show_twin(state.payers.table, state.payers.sentence)
        self.ladder.show_state(state.ladder)
        if state.tornado is not None:
            self.tornado.bars.set_picture(state.tornado)
        self.tornado.show_twin(state.tornado_card.table, state.tornado_card.sentence)
        self.further.show_state(further)
        self.likelihood.show_state(state.likelihood)
        self.spend.show_lines(state.spend)
        self.plan.show_state(state.plan)
        self.years.show_state(state.years)

    def _show_break_even(self, sentence: str) -> None:
        if self.break_even is not None:
            if self.break_even.detail.text() == sentence:
                return
            self._slot.removeWidget(self.break_even)
            self.break_even.deleteLater()
        self.break_even = Notice(Kind.NOTE, "Break-even", sentence, (HOW,))
        self.break_even.answered.connect(self._how)
        self._slot.addWidget(self.break_even)

    def _how(self) -> None:
        self.how_asked.emit()
