"""The measures of a role: how each is used, and more of them from the library or in one's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from analysis.problems import UserProblem
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind
from db.answers import RoleAnswer
from db.library import measure_from_library
from db.operations.changed import Changed
from db.operations.library import add_group
from db.operations.measures import add_measure, change_use, stop_using_measure
from db.queries.groups import Group
from desktop.pages.data.measures import (
    DIRECTIONS,
    KINDS,
    UseState,
    library_rows,
    own_measure,
    read_periods,
    use_state,
)
from desktop.session import Session
from desktop.widgets import Button, Card, CardFlow, Combo, Field, TickBox, column, label, row, scrolling
from importers.free_text import refuse_identifiers


class MeasureCard(Card):
    """One measure in use. `changed` carries the columns of its use that a person changed."""

    changed = Signal(int, dict)
    removed = Signal(int)
    defined = Signal(int)

    def __init__(self, state: UseState) -> None:
        super().__init__()
        self.name = label("", "h2", wrap=True)
        self.about = label("", "small", wrap=True)
        self.measure_id = state.id
        self.primary = TickBox("Primary: the role is judged by it")
        self.primary.setAccessibleDescription(state.name)
        self.provisional = Field("Provisional periods")
        self.target = Field("Target", placeholder="None")
        self.provisional.input.setAccessibleName(f"Provisional periods of {state.name}")
        self.target.input.setAccessibleName(f"Target of {state.name}")
        self.remove = Button("Remove", "link")
        self.define = Button("Definition and range", "link")
        doing = row(self.define, self.remove, None)
        self.add(self.name, self.about, self.primary, row(self.provisional, self.target), doing)
        self.show_use(state)
        self.primary.clicked.connect(self._primary_clicked)
        self.provisional.entered.connect(self._periods_entered)
        self.target.entered.connect(self._target_entered)
        self.remove.clicked.connect(self._remove_clicked)
        self.define.clicked.connect(self._define_clicked)

    def show_use(self, state: UseState) -> None:
        """Show how the measure is used now."""
        self.state = state
        self.setAccessibleName(state.name)
        self.name.setText(state.name)
        self.about.setText(state.facts)
        self.remove.setAccessibleName(f"Remove {state.name}")
        self.define.setAccessibleName(f"Definition and range of {state.name}")
        self.primary.setChecked(state.primary)
        self.provisional.renew(state.provisional)
        self.target.renew(state.target)

    def _primary_clicked(self, ticked: bool) -> None:
        self.changed.emit(self.measure_id, {"is_primary": ticked})

    def _periods_entered(self, text: str) -> None:
        self._offer(self.provisional, "provisional_periods", read_periods, text)

    def _target_entered(self, text: str) -> None:
        self._offer(self.target, "target", self.state.read_target, text)

    def _offer(self, field: Field, name: str, read: Any, text: str) -> None:  # noqa: ANN401 - either reader of a field
        try:
            value = read(text)
        except UserProblem as problem:
            field.show_fault(problem.sentence())
            return
        field.show_fault("")
        self.changed.emit(self.measure_id, {name: value})

    def _remove_clicked(self) -> None:
        self.removed.emit(self.measure_id)

    def _define_clicked(self) -> None:
        self.defined.emit(self.measure_id)


class AddFromLibrary(Card):
    """A measure of the library, with the people it is about."""

    def __init__(self) -> None:
        super().__init__("Add a measure from the library")
        self.rows: list[dict[str, Any]] = []
        self.search = Field("Search the library", placeholder="falls, wellbeing, waiting")
        self.choice = Combo("Measure of the library")
        self.choice.setMinimumContentsLength(24)
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.population = Field("Which people, if not all", placeholder="aged 75+")
        self.definition = label("", "small", wrap=True)
        self.do = Button("Add measure")
        self.value_set = Combo("Value set and version")
        self.add(self.search, self.choice, self.definition, self.population, self.value_set, row(self.do, None), None)
        self.value_set.hide()
        self.choice.currentIndexChanged.connect(self._chosen)
        self.search.input.textChanged.connect(self._narrow)
        self._used: frozenset[str] = frozenset()

    def offer(self, used: frozenset[str]) -> None:
        """Offer what is not in use yet, the starters first."""
        self._used = used
        self._narrow(self.search.text)

    def _narrow(self, words: str) -> None:
        held = self.chosen
        self.rows = library_rows(self._used, words)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([str(row["name"]) for row in self.rows])
        if held in self.rows:
            self.choice.setCurrentIndex(self.rows.index(held))
        self.choice.blockSignals(False)
        self._chosen(self.choice.currentIndex())

    @property
    def chosen(self) -> dict[str, Any] | None:
        """The row of the library that is chosen."""
        at = self.choice.currentIndex()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _chosen(self, _at: int) -> None:
        chosen = self.chosen
        self.definition.setText(str(chosen["definition"]) if chosen else "No measure of the library holds these words.")
        sets = chosen["value_sets"] if chosen else []
        self.value_set.clear()
        self.value_set.addItems(sets)
        self.value_set.setVisible(bool(sets))
        self.do.setEnabled(chosen is not None)


class AddOwn(Card):
    """A measure in one's own words."""

    def __init__(self) -> None:
        super().__init__("Add a measure of your own")
        self.name = Field("Name", placeholder="Home visits")
        self.kind = Combo("What a value is", list(KINDS))
        self.unit = Field("Unit", placeholder="visits")
        self.direction = Combo("Which way is better", list(DIRECTIONS))
        self.population = Field("Which people, if not all", placeholder="aged 75+")
        self.population.input.setAccessibleDescription("of a measure of your own")
        self.do = Button("Add own measure")
        kind = column(label("What a value is", "caption"), self.kind, gap=3)
        better = column(label("Which way is better", "caption"), self.direction, gap=3)
        self.add(self.name, kind, self.unit, better, self.population, row(self.do, None), None)

    def measure(self) -> dict[str, Any]:
        """The columns of the measure."""
        kind: MeasureKind = KINDS[self.kind.currentText()]
        direction: Direction = DIRECTIONS[self.direction.currentText()]
        return own_measure(self.name.text, kind, self.unit.text, direction, self.population.text)


class GroupsCard(Card):
    """Groups of people whose values are kept apart, so that a gap between them can be seen. `added` asks for one."""

    added = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Groups of people, for fairness")
        self.held = label("", "small", wrap=True)
        self.name = Field("Group", placeholder="most deprived fifth")
        self.dimension = Field("What the groups differ by", placeholder="deprivation")
        self.do = Button("Add group")
        self.add(self.held, self.name, self.dimension, row(self.do, None), None)
        self.do.clicked.connect(self._ask)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show the groups on record."""
        listed = ", ".join(group.label for group in groups)
        self.held.setText(
            f"On record: {listed}. Choose one above the values to type into it."
            if groups
            else "Add two groups that differ by one thing; values are then typed for each, and the gap is shown."
        )

    def settled(self) -> None:
        """It has been added."""
        self.name.set_text("")

    def _ask(self) -> None:
        try:
            name, dimension = refuse_identifiers(self.name.text), refuse_identifiers(self.dimension.text)
        except UserProblem as problem:
            self.name.show_fault(problem.sentence())
            return
        self.name.show_fault("" if name else "Give the group a name.")
        if name:
            self.added.emit(name, dimension)


class ColumnsPage(QWidget):
    """Every measure of a role as a card, and two ways to add one. `closed` asks for the values again.

    `defined` carries the id of a measure whose definition is to be looked at.
    """

    closed = Signal()
    defined = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._role_id: int | None = None
        self._awaited: RoleAnswer | None = None
        self._counts: dict[int, int] = {}
        self.cards: dict[int, MeasureCard] = {}
        self.back = Button("Back to the values", "primary")
        self.said = label("", "small", wrap=True)
        self.used = CardFlow(least=300, most_columns=3)
        self.library, self.own, self.groups = AddFromLibrary(), AddOwn(), GroupsCard()
        heading = row(label("Measures of this role", "h2"), None, self.back)
        adding = CardFlow([self.library, self.own, self.groups], least=380, most_columns=3)
        content = column(heading, self.said, self.used, adding, None, gap=10)
        self.setLayout(column(scrolling(content), gap=0))
        self.setFocusProxy(self.back)
        self.back.clicked.connect(self.closed)
        self.library.do.clicked.connect(self._add_from_library)
        self.own.do.clicked.connect(self._add_own)
        self.groups.added.connect(self._add_group)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's measures; while the page is hidden, once it is shown."""
        if not self.isVisible():
            self._awaited = answer
            return
        self._awaited = None
        if answer.role.id != self._role_id:
            self.cards = {}  # what was begun for another role is not this role's
        self._role_id = answer.role.id
        self._counts = {series.measure.id: len(series) for series in answer.series}
        measures = [series.measure for series in answer.series]
        if [measure.id for measure in measures] != list(self.cards):
            self._make_cards(measures)
        for measure in measures:
            self.cards[measure.id].show_use(use_state(measure, self._counts[measure.id]))
        self.library.offer(frozenset(measure.name for measure in measures))
        self.groups.show_groups([held.group for held in answer.groups])

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came while the page was hidden."""
        super().showEvent(event)
        if self._awaited is not None:
            self.show_answer(self._awaited)

    def _make_cards(self, measures: list[MeasureFacts]) -> None:
        """A card for each measure; of a measure that is in use already it stays, with whoever is typing into it."""
        held = self.cards
        self.cards = {m.id: held.get(m.id) or self._card(m) for m in measures}
        self.used.set_cards(list(self.cards.values()))

    def _card(self, measure: MeasureFacts) -> MeasureCard:
        card = MeasureCard(use_state(measure, self._counts[measure.id]))
        card.changed.connect(self._change)
        card.removed.connect(self._remove)
        card.defined.connect(self.defined)
        return card

    def _change(self, measure_id: int, changes: dict[str, Any]) -> None:
        self._session.change(change_use, None, self._refused, role_id=self._role_id, measure_id=measure_id, **changes)

    def _remove(self, measure_id: int) -> None:
        self._session.change(
            stop_using_measure, self._removed, self._refused, role_id=self._role_id, measure_id=measure_id
        )

    def _removed(self, changed: Changed) -> None:
        self.said.setText(f"{changed.label}: done. Undo brings it back with all its values.")

    def _add_from_library(self) -> None:
        chosen = self.library.chosen
        if chosen is not None:
            self._add(measure_from_library(chosen, self.library.population.text, self.library.value_set.currentText()))

    def _add_own(self) -> None:
        if not self.own.name.text:
            self.own.name.show_fault("Give the measure a name.")
            self.own.name.setFocus()
            return
        self.own.name.show_fault("")
        self._add(self.own.measure())

    def _add(self, measure: dict[str, Any]) -> None:
        self._session.change(add_measure, self._added, self._refused, role_id=self._role_id, measure=measure)

    def _added(self, changed: Changed) -> None:
        self.said.setText(f"{changed.label}: done. It is the last column of the grid.")
        self.own.name.set_text("")
        self.own.unit.set_text("")

    def _add_group(self, name: str, dimension: str) -> None:
        self._session.change(add_group, self._grouped, self._group_refused, name=name, dimension=dimension)

    def _grouped(self, changed: Changed) -> None:
        self.said.setText(f"{changed.label}: done. Its values are chosen above the grid.")
        self.groups.settled()

    def _group_refused(self, problem: UserProblem) -> None:
        self.groups.name.show_fault(problem.sentence())

    def _refused(self, problem: UserProblem) -> None:
        self.said.setText(problem.sentence())
