"""The three cards beside the chart: what changed, the evidence, the cautions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.pages.impact.state import ChangeState, EvidenceState
from desktop.theme.marks import Kind, Shape
from desktop.widgets import Button, Card, Chip, EvidenceLadder, IntervalBar, label, row
from desktop.widgets.lines import LinesBox, Paragraphs


class ChangeCard(Card):
    """Sentence, figure, interval, n, and how it is made."""

    how_asked = Signal()

    def __init__(self) -> None:
        super().__init__("What changed?", gap=4)
        self.chip = Chip(Kind.NEUTRAL)
        self.add_action(self.chip)
        self.sentence = label("", wrap=True)
        self.headline = label("", "figure", wrap=True)
        self.interval_line = label("", "small", wrap=True)
        self.bar = IntervalBar()
        self.n_line = label("", "small", wrap=True)
        self.more = Paragraphs("small")
        self.how = Button("How is this made?", "link", icon="info")
        self.how.clicked.connect(self._asked)
        self.add(
            self.sentence, self.headline, self.interval_line, self.bar, self.n_line, self.more, row(self.how, None)
        )

    def show_state(self, state: ChangeState) -> None:
        """Show another change."""
        if state.look.mark is None:
            self.chip.say(Kind.NEUTRAL, state.look.word, state.look.shape)
        else:
            self.chip.say(state.look.mark, state.look.word)
        self.sentence.setText(state.sentence)
        self.headline.setText(state.headline)
        self.interval_line.setText(state.interval_line)
        self.bar.set_state(state.interval)
        self.bar.setVisible(state.interval is not None)
        self.n_line.setText(state.n_line)
        self.more.show_lines(state.more)

    def _asked(self) -> None:
        self.how_asked.emit()


class EvidenceCard(Card):
    """Level, what it means, reasons with ticks, what would raise it, and the scales it is counted on."""

    def __init__(self) -> None:
        super().__init__("Evidence", gap=4)
        self.level = label("", "strong")
        self.add_action(self.level)
        self.ladder = EvidenceLadder()
        self.summary = label("", wrap=True)
        self.reasons = LinesBox()
        self.to_raise = label("", "caption", wrap=True)
        self.scales = label("", "small", wrap=True)
        self.add(row(self.ladder, None), self.summary, self.reasons, self.to_raise, self.scales)

    def show_state(self, state: EvidenceState) -> None:
        """Show another level."""
        self.level.setText(state.label)
        self.ladder.set_level(state.level)
        self.summary.setText(state.summary)
        self.reasons.show_lines([_reason(met, text) for met, text in state.reasons])
        self.to_raise.setText(state.to_raise)
        self.scales.setText(state.scales)


def _reason(met: bool, text: str) -> tuple[Shape, str, str]:
    return (Shape.FINE, "ok", text) if met else (Shape.NO_ANSWER, "text2", text)


class CautionsCard(Card):
    """Every caution with its mark, and how many there are."""

    def __init__(self) -> None:
        super().__init__("Cautions", gap=4)
        self.chip = Chip(Kind.CHECK, "0")
        self.add_action(self.chip)
        self.lines = LinesBox()
        self.none = label("None of the cautions applies.", "small", wrap=True)
        self.add(self.lines, self.none)

    def show_cautions(self, cautions: Sequence[str]) -> None:
        """Show these cautions."""
        self.chip.say(Kind.CHECK if cautions else Kind.OK, str(len(cautions)))
        self.chip.setAccessibleName(f"{len(cautions)} cautions")
        self.lines.show_lines([(Shape.LOOK, "check", text) for text in cautions])
        self.lines.setVisible(bool(cautions))
        self.none.setVisible(not cautions)
