"""The fourth step: into which role, and what each series becomes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from analysis.vocabulary import Arm
from analysis.wording import plural
from desktop.pages.importing.draft import Draft, choice_now, choices_for, confidence_words
from desktop.pages.importing.listing import emptied, scrolling_into
from desktop.theme.look import look
from desktop.widgets import Card, Combo, Field, label, row
from desktop.widgets.flow import CardFlow
from importers.grammar import parse_period_text
from importers.whose import ARMS, WHOSE, arm_of, worded

MOST_TARGETS = 60
WIDEST = 360
NEW_ROLE = "A new role"
NO_NAME = "Give the role a name, for example Care navigator."
NOT_RECORDED = (
    "None is recorded for this role yet. Say in Impact who it is and why it was chosen; the values wait there."
)
NO_LAUNCH = "Write the date as 8 Apr 2024, or leave it blank."


class MatchPanel(QWidget):
    """Shows a draft; `matched` carries a series and what it becomes, `role_chosen` the place of a role in the list.

    `done` comes when Enter is pressed in a field of the new role: on to the next step.
    """

    matched = Signal(str, str)
    whose_chosen = Signal(str, object)
    role_chosen = Signal(int)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.role = Combo("Into which role", (NEW_ROLE,))
        self.name = Field("Name of the new role")
        self.launch = Field("Launch, if it has begun", placeholder="8 Apr 2024")
        self.more = label("", "small", wrap=True)
        self.recipe = label("", "small", wrap=True)
        self.whose = Combo(WHOSE.ask, WHOSE.choices)
        self.against = label("", "small", wrap=True)
        self.combos: dict[str, Combo] = {}
        self._grid = QGridLayout()
        self._new = CardFlow([self.name, self.launch], least=260, most_columns=2)
        into, what = Card("Into"), Card("What each series becomes")
        whose = row(label(WHOSE.ask), self.whose, None)
        into.add(row(self.role, None), self._new, whose, self.against, self.recipe)
        what.add(self._grid, self.more)
        self.setLayout(scrolling_into(self, into, what))
        self.role.activated.connect(self.role_chosen)
        for field in (self.name, self.launch):
            field.input.returnPressed.connect(self.done)
        self.whose.activated.connect(lambda at: self.whose_chosen.emit(WHOSE.key, at))

    def first(self) -> QWidget:
        """Where the focus begins: the name of a new role, chosen so that typing replaces it, else the role."""
        if not self._new.isVisibleTo(self):
            return self.role
        self.name.input.selectAll()
        return self.name.input

    def list_roles(self, names: list[str], at: int, *, keep: bool) -> None:
        """List the roles of the file and a new one, with the one at `at` chosen; `keep` what a person chose."""
        chosen = self.role.currentText()
        if keep and chosen in (*names, NEW_ROLE):
            at = [*names, NEW_ROLE].index(chosen)
        self.role.clear()
        self.role.addItems([*names, NEW_ROLE])
        self.role.setCurrentIndex(at)
        self.show_new()

    def show_new(self) -> None:
        """Ask for name and launch where the role is a new one."""
        self._new.setVisible(self.role.currentIndex() == self.role.count() - 1)

    def fault(self) -> QWidget | None:
        """The field that still needs something, after saying what; None when the role is given."""
        if self.role.currentIndex() < self.role.count() - 1:
            return None
        self.name.show_fault("" if self.name.text else NO_NAME)
        launch = self.launch.text
        bad = bool(launch) and parse_period_text(launch) is None
        self.launch.show_fault(NO_LAUNCH if bad else "")
        if not self.name.text:
            return self.name.input
        return self.launch.input if bad else None

    def show_draft(self, draft: Draft, _outlook: object = None) -> None:
        """Show every series with its match as it stands."""
        every = draft.targets()
        targets = every[:MOST_TARGETS]
        wanted = {target.key: choices_for(target, draft.measures) for target in targets}
        held = {key: tuple(combo.itemText(at) for at in range(combo.count())) for key, combo in self.combos.items()}
        if held != wanted:
            self._rebuild(draft)
        for target in targets:
            self.combos[target.key].setCurrentText(choice_now(target, draft.measures))
        rest = len(every) - len(targets)
        self.more.setText(f"{plural(rest, 'more series', 'more series')} as proposed" if rest > 0 else "")
        self._show_whose(draft)
        self.recipe.setText(recipe_words(draft))
        self.recipe.setVisible(bool(self.recipe.text()))

    def _show_whose(self, draft: Draft) -> None:
        arm = arm_of(draft.plan)
        for at, words in enumerate(worded(draft.beside)):
            self.whose.setItemText(at, words)
        self.whose.setCurrentIndex(ARMS.index(arm))
        self.against.setText("" if arm is Arm.ROLE or draft.beside.get(arm) else NOT_RECORDED)
        self.against.setVisible(bool(self.against.text()))

    def _rebuild(self, draft: Draft) -> None:
        emptied(self._grid)
        self.combos = {}
        for at, target in enumerate(draft.targets()[:MOST_TARGETS]):
            combo = Combo(f"{target.label} becomes", choices_for(target, draft.measures))
            combo.setObjectName(target.key)
            combo.setMaximumWidth(look().theme.px(WIDEST))
            combo.activated.connect(self._activated)
            self.combos[target.key] = combo
            sure = label(confidence_words(target), "small", wrap=True)
            parts = (label(target.label, "strong", wrap=True), label(target.value_range, "small"), combo, sure)
            for where, part in enumerate(parts):
                self._grid.addWidget(part, at, where)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(3, 4)

    def _activated(self, _choice: int) -> None:
        combo = self.sender()
        if isinstance(combo, Combo):
            self.matched.emit(combo.objectName(), combo.currentText())


def recipe_words(draft: Draft) -> str:
    """Which recipe the answers come from, and what has changed since."""
    if not draft.plan.recipe:
        return ""
    changed = draft.plan.changes.sentences
    same = "; ".join(changed) if changed else "The headings are the same."
    return f"Answers taken from the recipe {draft.plan.recipe}. {same}"
