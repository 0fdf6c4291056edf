"""The card of what can be said today."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from desktop.pages.portfolio.shapes import SayState
from desktop.theme.look import look
from desktop.widgets import Button, Card, Combo, label, row
from desktop.widgets.flow import Wrapping
from desktop.widgets.text import unbroken
from exporters.choices import PERIODS, Choices
from exporters.editions import audience_titles, given_words

LARGE_TEXT = 1.3
SPARE = 60
"""Pixels the heading must have left over before the choices stand in it: more than its own margins."""


class SayCard(Card):
    """Sentences with the names of the roles in bold, small lines under them, and the way to Excel."""

    excel_asked = Signal()

    def __init__(self) -> None:
        super().__init__("What can be said today")
        self.excel = Button("Portfolio to Excel", icon="file-text")
        self.excel.clicked.connect(self._excel)
        self.add_action(self.excel)
        self.sentences = label("", wrap=True, rich=True)
        self.audience = Combo("The workbook is for", audience_titles())
        self.periods = Combo("Periods of the workbook", tuple(PERIODS))
        self.given = label("", "small", wrap=True)
        self.audience.currentIndexChanged.connect(self._say_given)
        self._beside, self._under = row(gap=8), Wrapping()
        self._is_under: bool | None = None
        self.head.insertLayout(self.head.indexOf(self.excel), self._beside)
        self._chosen = (label("For", "small"), self.audience, self.periods)
        self.add(self.sentences, self._under, self.given)
        look().theme_changed.connect(self._restack)
        self._say_given()
        self._restack()
        self.setTabOrder(self.audience, self.periods)
        self.setTabOrder(self.periods, self.excel)
        self._small: list[QLabel] = []
        self._lines: tuple[str, ...] = ()

    def show_state(self, state: SayState) -> None:
        """Say something else."""
        self.title.setText(state.title)
        self._restack()
        self.setAccessibleName(state.title)
        self.sentences.setText(unbroken(_rich(state)))
        self.sentences.setAccessibleName(_plain(state))
        if state.lines != self._lines:
            self._put(state.lines)

    def _put(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        for old in self._small:
            self.body.removeWidget(old)
            old.deleteLater()
        self._small = [label(unbroken(line), "small", wrap=True) for line in lines]
        for at, new in enumerate(self._small, self.body.indexOf(self.sentences) + 1):
            self.body.insertWidget(at, new)

    @property
    def choices(self) -> Choices:
        """What is chosen for the workbook; small numbers are always protected here."""
        return Choices(audience=self.audience.currentText(), by=PERIODS[self.periods.currentText()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again whether the choices fit beside their button."""
        super().resizeEvent(event)
        self._restack()

    def _restack(self) -> None:
        """The choices stand beside their button, or under the sentences: at large text, or where they do not fit."""
        heads = sum(part.sizeHint().width() + 8 for part in (self.title, *self._chosen, self.excel))
        under = look().theme.scale > LARGE_TEXT or heads + SPARE > self.width()
        if under == self._is_under:
            return
        self._is_under = under
        for part in self._chosen:
            (self._beside if under else self._under).removeWidget(part)
            (self._under if under else self._beside).addWidget(part)

    def _say_given(self) -> None:
        audience = self.audience.currentText()
        words = given_words(audience)
        self.given.setText(f"The workbook for the {audience.lower()}: {words[:1].lower()}{words[1:]}")

    def _excel(self) -> None:
        self.excel_asked.emit()


def _rich(state: SayState) -> str:
    parts = [escape(state.lead)]
    for name, sentence in state.roles:
        parts.append(f"<b>{escape(name)}</b>: {escape(sentence)}" if name else escape(sentence))
    return " ".join(parts)


def _plain(state: SayState) -> str:
    named = [f"{name}: {sentence}" if name else sentence for name, sentence in state.roles]
    return " ".join([state.lead, *named])
