"""Typing what stands beside the plan: valued outcomes, scale, staff time. Every change is one undoable step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from analysis.economics.further_outcomes import scale_lacks, staff_time_lacks
from db.answers import RoleAnswer
from db.operations import money_beside
from db.operations.changed import Changed
from desktop.pages.economics import beside_lines
from desktop.pages.economics.editing import Told
from desktop.pages.economics.lines_view import LinesView
from desktop.pages.economics.reading import Reading
from desktop.pages.facts_form import FactsForm, FieldSpec
from desktop.session import Session
from desktop.widgets import Button, Card, column, label


class OnceCard(Card):
    """Facts that are given once for a role: what is entered, a button, and the form under it."""

    def __init__(self, title: str, facts: str, specs: tuple[FieldSpec, ...]) -> None:
        super().__init__(title, facts)
        self.words = label("", wrap=True)
        self.lacking = label("", "small", wrap=True)
        self.change = Button("Change", icon="pencil-simple")
        self.change.setAccessibleName(f"Change: {title}")
        self.form = FactsForm(specs)
        self.add_action(self.change)
        self.add(self.words, self.lacking, self.form)

    def show_words(self, words: str, lacking: str) -> None:
        """Say what is entered and what is still wanted."""
        self.words.setText(words)
        self.lacking.setText(lacking)
        self.lacking.setVisible(bool(lacking))

    def settle(self) -> None:
        """Put the form away once its facts are recorded."""
        self.form.hide()
        self.change.setFocus()


class BesideEditing:
    """The outcomes, and under them the scale and staff time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._answer: RoleAnswer | None = None
        self.scale = OnceCard("Scale", "what more posts would bring", beside_lines.SCALE_FIELDS)
        self.staff_time = OnceCard("Staff time for one client", "before and now", beside_lines.TIME_FIELDS)
        below = QWidget()
        below.setLayout(column(self.scale, self.staff_time, gap=8))
        self.outcomes = LinesView(
            "Outcomes", "outcome", beside_lines.NOTE, beside_lines.OUTCOME_FIELDS, self._outcome_texts, below=below
        )
        self.outcomes.given.connect(self._give_outcome)
        self.outcomes.removed.connect(self._remove_outcome)
        self.scale.change.clicked.connect(self._open_scale)
        self.scale.form.given.connect(self._give_scale)
        self.scale.form.left.connect(self.scale.settle)
        self.staff_time.change.clicked.connect(self._open_time)
        self.staff_time.form.given.connect(self._give_time)
        self.staff_time.form.left.connect(self.staff_time.settle)

    @property
    def forms(self) -> tuple[FactsForm, ...]:
        """The three forms."""
        return self.outcomes.form, self.scale.form, self.staff_time.form

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's outcomes, scale and staff time."""
        self._answer = answer
        facts = answer.economics.facts
        self.outcomes.show_table(beside_lines.outcome_table(facts))
        self.scale.show_words(beside_lines.scale_words(facts.scale), scale_lacks(facts.scale))
        self.staff_time.show_words(beside_lines.staff_time_words(facts.staff_time), staff_time_lacks(facts.staff_time))

    def _outcome_texts(self, key: str) -> Mapping[str, str]:
        held = self._answer.economics.facts.outcomes if self._answer else ()
        line = next((one for one in held if str(one.id) == key), None)
        return {} if line is None else beside_lines.outcome_texts(line)

    def _give_outcome(self, key: str, texts: Mapping[str, str]) -> None:
        read = beside_lines.read_outcome(texts)
        self.outcomes.form.show_faults(read.faults)
        if read.faults or self._answer is None:
            return
        told = Told(self.outcomes.form, self.outcomes.settle)
        if key:
            self.session.change(money_beside.change_outcome, told.done, told.refused, line_id=int(key), **read.facts)
        else:
            role_id = self._answer.role.id
            self.session.change(money_beside.add_outcome, told.done, told.refused, role_id=role_id, **read.facts)

    def _remove_outcome(self, key: str) -> None:
        self.session.change(money_beside.remove_outcome, line_id=int(key))

    def _open_scale(self) -> None:
        if self._answer is not None:
            self.scale.form.open_with("Scale", beside_lines.scale_texts(self._answer.economics.facts.scale))

    def _open_time(self) -> None:
        if self._answer is not None:
            texts = beside_lines.staff_time_texts(self._answer.economics.facts.staff_time)
            self.staff_time.form.open_with("Staff time for one client", texts)

    def _give_scale(self, texts: Mapping[str, str]) -> None:
        self._give_once(self.scale, beside_lines.read_scale(texts), money_beside.set_scale)

    def _give_time(self, texts: Mapping[str, str]) -> None:
        self._give_once(self.staff_time, beside_lines.read_staff_time(texts), money_beside.set_staff_time)

    def _give_once(self, card: OnceCard, read: Reading, operation: Callable[..., Changed]) -> None:
        card.form.show_faults(read.faults)
        if read.faults or self._answer is None:
            return
        told = Told(card.form, card.settle)
        self.session.change(operation, told.done, told.refused, role_id=self._answer.role.id, **read.facts)
