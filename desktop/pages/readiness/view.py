"""The widgets of the Readiness tab: a line for each factor, its details on demand, groups on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from analysis.problems import UserProblem
from desktop.pages.readiness.state import (
    SHAPES,
    STATES,
    FactorState,
    GroupState,
    ReadinessState,
    WatchLine,
)
from desktop.pages.reading import date_text, read_date
from desktop.theme.marks import Kind
from desktop.widgets import (
    Button,
    Card,
    CardFlow,
    Chip,
    Field,
    Segmented,
    ShapeMark,
    column,
    label,
    row,
    rule,
    scrolling,
)
from importers.free_text import refuse_identifiers

WORDS = {words: state for state, words in STATES.items()}
READERS: dict[str, Callable[[str], Any]] = {
    "since": read_date,
    "owner": refuse_identifiers,
    "action": refuse_identifiers,
    "review_on": read_date,
    "note": refuse_identifiers,
}


class FactorDetails(QWidget):
    """Since when a factor stands so, whose it is, what is done; what it was before. `entered` carries a field's key
    and its text."""

    entered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.since = Field("Since", placeholder="8 Apr 2024")
        self.owner = Field("Owner", placeholder="Whose it is: a job, not a name")
        self.action = Field("Action", placeholder="What is being done")
        self.review = Field("Look again on", placeholder="30 Sep 2024")
        self.note = Field("Note")
        self.fields = {
            "since": self.since,
            "owner": self.owner,
            "action": self.action,
            "review_on": self.review,
            "note": self.note,
        }
        self.past = label("", "small", wrap=True)
        self.event_button = Button("Put on the chart as an event", "link")
        fields = CardFlow(list(self.fields.values()), least=200, most_columns=3)
        self.setLayout(column(fields, self.past, row(self.event_button, None), gap=4, margins=(24, 0, 0, 6)))
        for key, field in self.fields.items():
            field.entered.connect(partial(self.entered.emit, key))

    def show_factor(self, state: FactorState) -> None:
        """Show how the factor stands now; a field with a fault keeps what was typed."""
        texts = {
            "since": date_text(state.since),
            "owner": state.owner,
            "action": state.action,
            "review_on": date_text(state.review_on),
            "note": state.note,
        }
        for key, field in self.fields.items():
            if not field.fault.text():
                field.set_text(texts[key])
        shared = f"Shares its rating with {state.also}. " if state.also else ""
        self.past.setText(f"{shared}{state.history[:1].upper()}{state.history[1:]}")
        self.event_button.setVisible(state.since is not None)


class FactorLine(QWidget):
    """One factor: its state as a choice; since, owner and note on demand. `rated` carries a key and what changed."""

    rated = Signal(str, dict)
    event_asked = Signal(str)

    def __init__(self, state: FactorState) -> None:
        super().__init__()
        self.state = state
        self.mark = ShapeMark(*SHAPES[state.state])
        self.choice = Segmented(tuple(WORDS), f"State of {state.label}")
        self.more = Button("Details", "link")
        self.more.setAccessibleName(f"Details of {state.label}")
        self.chip = Chip(Kind.CHECK, "Review due")
        self._details: FactorDetails | None = None
        self._lay_out(state)
        self.show_factor(state)
        self.choice.chosen.connect(self._chosen)
        self.more.clicked.connect(self._toggle)

    def _lay_out(self, state: FactorState) -> None:
        words = column(label(state.label, "strong", wrap=True), label(state.question, "small", wrap=True), gap=0)
        named = row(self.mark, gap=8)
        named.addLayout(words, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(named, 1)
        self._top.addLayout(row(self.chip, self.choice, self.more, None, gap=8))
        self._whole = column(self._top, rule(), gap=4)
        self.setLayout(self._whole)

    @property
    def details(self) -> FactorDetails:
        """Its details, made when they are first asked for: a page of factors is five fields a line lighter."""
        if self._details is None:
            self._details = FactorDetails()
            self._details.hide()
            self._details.show_factor(self.state)
            self._details.entered.connect(self._entered)
            self._details.event_button.clicked.connect(self._ask_event)
            self._whole.insertWidget(1, self._details)
        return self._details

    def show_factor(self, state: FactorState) -> None:
        """Show how the factor stands now."""
        self.state = state
        self.mark.set_mark(*SHAPES[state.state])
        self.choice.blockSignals(True)
        self.choice.choose(STATES[state.state])
        self.choice.blockSignals(False)
        self.chip.setVisible(state.overdue)
        if self._details is not None:
            self._details.show_factor(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choice stands beside the words where both fit, else under them."""
        super().resizeEvent(event)
        need = self.choice.sizeHint().width() + self.more.sizeHint().width() + 300
        way = QBoxLayout.Direction.LeftToRight if need <= self.width() else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)

    def _chosen(self, words: str) -> None:
        self.rated.emit(self.state.key, {"state": WORDS[words]})

    def _toggle(self) -> None:
        details = self.details
        details.setVisible(not details.isVisibleTo(self))
        if details.isVisibleTo(self):
            details.since.setFocus()

    def _entered(self, key: str, text: str) -> None:
        """Hand on what was typed; what cannot be read or points to a person stays in its field with the reason."""
        field = self.details.fields[key]
        try:
            value = READERS[key](text)
        except UserProblem as problem:
            field.show_fault(problem.sentence())
            return
        field.show_fault("Give the day from which it holds." if key == "since" and value is None else "")
        if key != "since" or value is not None:
            self.rated.emit(self.state.key, {key: value})

    def _ask_event(self) -> None:
        self.event_asked.emit(self.state.key)


class GroupCard(Card):
    """A group of factors; its lines are made when it is first opened."""

    rated = Signal(str, dict)
    event_asked = Signal(str)

    def __init__(self, state: GroupState, *, is_open: bool) -> None:
        super().__init__()
        self.setAccessibleName(state.name)
        self.state = state
        self.heading = label("", "h2", wrap=True)
        self.toggle = Button("Show", "link")
        head = row(gap=8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.toggle)
        self._list = column(gap=4)
        self.lines: dict[str, FactorLine] = {}
        self.add(head, self._list)
        self.toggle.clicked.connect(self._toggled)
        self._open = is_open
        self.show_group(state)

    def show_group(self, state: GroupState) -> None:
        """Show how the group stands now."""
        self.state = state
        self.heading.setText(state.words)
        self.toggle.setText("Hide" if self._open else "Show")
        self.toggle.setAccessibleName(f"{self.toggle.text()} {state.name}")
        if self._open and not self.lines:
            self._make_lines()
        for factor in state.factors:
            if factor.key in self.lines:
                self.lines[factor.key].show_factor(factor)
        for line in self.lines.values():
            line.setVisible(self._open)

    def _make_lines(self) -> None:
        for factor in self.state.factors:
            line = FactorLine(factor)
            line.rated.connect(self.rated)
            line.event_asked.connect(self.event_asked)
            self.lines[factor.key] = line
            self._list.addWidget(line)

    def _toggled(self) -> None:
        self._open = not self._open
        self.show_group(self.state)


class WatchCard(Card):
    """What about the role needs looking at: shape, word, fact and what can be done. Hidden when there is nothing."""

    def __init__(self) -> None:
        super().__init__("Worth a look")
        self._shown: tuple[WatchLine, ...] = ()
        self._body = column(gap=6)
        self.add(self._body)
        self.hide()

    @property
    def shown(self) -> tuple[WatchLine, ...]:
        """The lines that are shown."""
        return self._shown

    def show_lines(self, lines: Sequence[WatchLine]) -> None:
        """Show these lines in place of those shown."""
        if tuple(lines) == self._shown:
            return
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = tuple(lines)
        self._body.addWidget(_WatchLines(lines))
        self.setVisible(bool(lines))


class _WatchLines(QWidget):
    """Shape, word and what there is to say, the words of all lines one under the other."""

    def __init__(self, lines: Sequence[WatchLine]) -> None:
        super().__init__()
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setHorizontalSpacing(8)
        box.setVerticalSpacing(6)
        box.setColumnStretch(2, 1)
        for at, line in enumerate(lines):
            words = column(label(line.fact, "strong", wrap=True), label(line.what_to_do, "small", wrap=True), gap=0)
            box.addWidget(ShapeMark(line.shape, line.ink), at, 0)
            box.addWidget(label(line.word, "strong"), at, 1)
            box.addLayout(words, at, 2)


class ReadinessView(QWidget):
    """What is worth a look, the quick list open, the other groups closed."""

    rated = Signal(str, dict)
    event_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.summary = label("", wrap=True)
        self.watch = WatchCard()
        self.groups: dict[str, GroupCard] = {}
        self._groups = column(gap=10)
        self.area = scrolling(column(self.watch, self.summary, self._groups, None, gap=10))
        self.setLayout(column(self.area, gap=0))

    def show_state(self, state: ReadinessState) -> None:
        """Show the newest ratings."""
        self.summary.setText(state.summary)
        for group in state.groups:
            if group.name in self.groups:
                self.groups[group.name].show_group(group)
            else:
                self._add_group(group)

    def show_watch(self, lines: Sequence[WatchLine]) -> None:
        """Show what about the role needs looking at."""
        self.watch.show_lines(lines)

    def _add_group(self, group: GroupState) -> None:
        card = GroupCard(group, is_open=not self.groups)
        card.rated.connect(self.rated)
        card.event_asked.connect(self.event_asked)
        self.groups[group.name] = card
        self._groups.addWidget(card)
