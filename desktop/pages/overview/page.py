"""The Overview tab: shows a role's state and turns what is typed into its details and events into operations."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from db.answers import RoleAnswer
from db.operations.measures import add_event, change_event, remove_event
from desktop.pages.overview.form import FIELDS
from desktop.pages.overview.state import overview_state
from desktop.pages.overview.told import events_subject, field_subject, role_subject
from desktop.pages.overview.view import OverviewView
from desktop.pages.record.fields import field_texts
from desktop.pages.record.form import empty
from desktop.pages.record.parts import save_field
from desktop.pages.role.details import FocusDetails
from desktop.pages.role.subject import Subject, measure_subject
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import column

HOW = "how"
SPECS = {spec.key: spec for spec in FIELDS}


class OverviewTab(RoleTab):
    """What the role is, what can be said, what is due."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view = OverviewView()
        self._answer: RoleAnswer | None = None
        self.setLayout(column(self.view, gap=0))
        self.focus_details = FocusDetails(self, self._subject)
        self.focus_details.panel.how_asked.connect(self._explain)
        self.view.tab_asked.connect(self.tab_asked)
        self.view.form.typed.connect(self._typed)
        self.view.events.added.connect(self._add_event)
        self.view.events.changed.connect(self._change_event)
        self.view.events.removed.connect(self._remove_event)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's newest answer."""
        if self._answer is not None and self._answer.role.id != answer.role.id:
            for field in self.view.form.fields.values():
                empty(field)
        self._answer = answer
        self.view.show_state(overview_state(answer, self.session.today))
        self.view.form.show_texts(field_texts(answer, FIELDS))
        self.focus_details.refresh()

    def details(self) -> QWidget:
        """Source, history and notes of what has the focus."""
        return self.focus_details.panel

    def focus_on(self, target: object) -> None:
        """Bring the events or the details into view."""
        self.view.show_part(target)

    def _typed(self, key: str, text: str) -> None:
        if self._answer is not None:
            save_field(self.session, self, self._answer, SPECS[key], self.view.form.fields[key], text)

    def _add_event(self, facts: dict[str, Any]) -> None:
        if self._answer is not None:
            self.session.change(add_event, role_id=self._answer.role.id, **facts)

    def _change_event(self, event_id: int, facts: dict[str, Any]) -> None:
        self.session.change(change_event, event_id=event_id, **facts)

    def _remove_event(self, event_id: int) -> None:
        self.session.change(remove_event, event_id=event_id)

    def _subject(self, focus: QWidget | None) -> Subject | None:
        """What the focus is on: a field, the events, a measure of the table; else the role."""
        if self._answer is None:
            return None
        view = self.view
        for key, field in view.form.fields.items():
            if focus is not None and (field is focus or field.isAncestorOf(focus)):
                return field_subject(self._answer, key, field.text)
        if focus is not None and view.events.isAncestorOf(focus):
            return events_subject(self._answer)
        if focus is view.measures.table and view.measures.table.current_key:
            return measure_subject(self._answer, int(view.measures.table.current_key))
        return role_subject(self._answer)

    def _explain(self) -> None:
        """How the figure is made stands on the Impact tab."""
        key = self.view.measures.table.current_key
        leading = self._answer.finding.leading if self._answer else None
        if key or leading is not None:
            self.tab_asked.emit("Impact", (int(key) if key else leading.measure.id if leading else 0, HOW))
