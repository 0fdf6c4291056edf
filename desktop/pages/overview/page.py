"""The Overview tab: shows a role's state and turns what is typed into its details and events into operations."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.operations.changed import Changed
from db.operations.measures import add_event, change_event, remove_event
from db.operations.roles import change_role, join_programme
from desktop.pages.overview.form import FIELDS, PROGRAMME, changes_of, field_texts, high_need_text
from desktop.pages.overview.state import overview_state
from desktop.pages.overview.view import OverviewView
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import Field, column

SPECS = {spec.key: spec for spec in FIELDS}


class OverviewTab(RoleTab):
    """What the role is, what can be said, what is due."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view = OverviewView()
        self._answer: RoleAnswer | None = None
        self.setLayout(column(self.view, gap=0))
        self.view.tab_asked.connect(self.tab_asked)
        self.view.form.typed.connect(self._typed)
        self.view.form.high_need_chosen.connect(self._high_need)
        self.view.events.added.connect(self._add_event)
        self.view.events.changed.connect(self._change_event)
        self.view.events.removed.connect(self._remove_event)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer."""
        if self._answer is not None and self._answer.role.id != answer.role.id:
            for field in self.view.form.fields.values():
                field.set_text("")
        self._answer = answer
        self.view.show_state(overview_state(answer, self.session.today))
        self.view.form.show_texts(field_texts(answer), high_need_text(answer.role.selected_on_high_need))

    def focus_on(self, target: object) -> None:
        """Bring the events or the details into view."""
        self.view.show_part(target)

    def _typed(self, key: str, text: str) -> None:
        if self._answer is None:
            return
        field, role_id = self.view.form.fields[key], self._answer.role.id
        said = _AtField(self, field)
        if key == PROGRAMME:
            self.session.change(join_programme, said.done, said.failed, role_id=role_id, name=text)
            return
        try:
            changes = changes_of(SPECS[key], text, self._answer.role.lifecycle, self.session.today)
        except UserProblem as problem:
            said.failed(problem)
            return
        field.show_fault("")
        self.session.change(change_role, said.done, said.failed, role_id=role_id, **changes)

    def _high_need(self, value: bool | None) -> None:
        if self._answer is not None:
            self.session.change(change_role, role_id=self._answer.role.id, selected_on_high_need=value)

    def _add_event(self, facts: dict[str, Any]) -> None:
        if self._answer is not None:
            self.session.change(add_event, role_id=self._answer.role.id, **facts)

    def _change_event(self, event_id: int, facts: dict[str, Any]) -> None:
        self.session.change(change_event, event_id=event_id, **facts)

    def _remove_event(self, event_id: int) -> None:
        self.session.change(remove_event, event_id=event_id)


class _AtField:
    """Shows what became of a change at the field it was typed into."""

    def __init__(self, owner: QObject, field: Field) -> None:
        self.on_behalf_of = owner
        self._field = field

    def done(self, _changed: Changed) -> None:
        """It was saved."""
        self._field.show_fault("")

    def failed(self, problem: UserProblem) -> None:
        """It could not be: what was typed stays, with the reason under it."""
        self._field.show_fault(problem.sentence())
