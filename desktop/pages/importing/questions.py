"""Each doubt as one question with its default already chosen; some also take a period that is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.pages.importing.listing import emptied
from desktop.theme.look import look
from desktop.widgets import Combo, Field, label
from importers.answers import choice_of, matched
from importers.found import Question
from importers.grammar import parse_period_text

PERIOD = "Or another period"
NO_PERIOD = "Write it as Apr 2024, 2024-25 or Q1 2024."
WIDEST = 360


class QuestionList(QWidget):
    """Questions one under the other. `answered` carries the key and the index of a choice, or a typed period."""

    answered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.combos: dict[str, Combo] = {}
        self.periods: dict[str, Field] = {}
        self._asked: tuple[Question, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        look().theme_changed.connect(self._fit)

    def show_questions(self, questions: Sequence[Question], answers: Mapping[str, int | str]) -> None:
        """Ask these, with the answers as they stand."""
        if tuple(questions) != self._asked:
            self._ask(questions)
        for question in questions:
            given = answers.get(question.key)
            typed = isinstance(given, str) and matched(question, given) is None
            self.combos[question.key].setCurrentIndex(choice_of(question, answers))
            if question.key in self.periods:
                self.periods[question.key].set_text(str(given) if typed else "")

    def _ask(self, questions: Sequence[Question]) -> None:
        emptied(self._grid)
        self._asked = tuple(questions)
        self.combos, self.periods = {}, {}
        for at, question in enumerate(questions):
            combo = Combo(question.ask, question.choices)
            combo.setObjectName(question.key)
            combo.activated.connect(self._chosen)
            self.combos[question.key] = combo
            self._grid.addWidget(label(question.ask, wrap=True), 3 * at, 0)
            self._grid.addWidget(combo, 3 * at + 1, 0, Qt.AlignmentFlag.AlignLeft)
            if question.free == "period":
                field = Field(PERIOD, placeholder="Apr 2024")
                field.setObjectName(question.key)
                field.input.setAccessibleName(f"{PERIOD}: {question.ask}")
                field.entered.connect(self._typed)
                self.periods[question.key] = field
                self._grid.addWidget(field, 3 * at + 2, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit()

    def _chosen(self, choice: int) -> None:
        combo = self.sender()
        if isinstance(combo, Combo):
            self.answered.emit(combo.objectName(), choice)

    def _typed(self, text: str) -> None:
        field = self.sender()
        if not isinstance(field, Field):
            return
        if text and parse_period_text(text) is None:
            field.show_fault(NO_PERIOD)
            return
        field.show_fault("")
        question = next(one for one in self._asked if one.key == field.objectName())
        self.answered.emit(question.key, text or question.preselected)

    def _fit(self) -> None:
        for combo in self.combos.values():
            combo.setMaximumWidth(look().theme.px(WIDEST))
            combo.setToolTip(combo.currentText())
