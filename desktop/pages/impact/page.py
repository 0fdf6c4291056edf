"""The Impact tab: the state of the chosen measure and view, and recording of events from it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from analysis.problems import UserProblem
from analysis.vocabulary import EventKind
from db.answers import RoleAnswer
from db.operations.changed import Changed
from db.operations.measures import add_event
from desktop.pages.impact.event_state import NewEvent
from desktop.pages.impact.lines import FROZEN
from desktop.pages.impact.state import ImpactState, impact_state
from desktop.pages.impact.view import ImpactView
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import EmptyPage, column


class ImpactTab(RoleTab):
    """What changed in one measure of the role. The chart library is imported with the first chart."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._answer: RoleAnswer | None = None
        self._measure_id: int | None = None
        self._view_name = FROZEN
        self.view: ImpactView | None = None
        self.empty = EmptyPage("No measure is recorded for this role yet.", "Enter data")
        self.empty.asked.connect(self._enter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.setLayout(column(self.stack, gap=0))

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show the role; another role starts with its leading measure."""
        if self._answer is None or self._answer.role.id != answer.role.id:
            self._measure_id, self._view_name = None, FROZEN
        self._answer = answer
        self._draw()

    def focus_on(self, target: object) -> None:
        """Show a measure by its id."""
        if isinstance(target, int):
            self._measure_id = target
            self._draw()

    def _draw(self) -> None:
        state = impact_state(self._answer, self._measure_id, self._view_name) if self._answer else None
        if state is None:
            self.stack.setCurrentWidget(self.empty)
            return
        self._show(state)

    def _show(self, state: ImpactState) -> None:
        if self.view is None:
            self.view = self._make(state)
        else:
            self.view.show_state(state)
        self.stack.setCurrentWidget(self.view)

    def _make(self, state: ImpactState) -> ImpactView:
        view = ImpactView(state)
        view.measure_chosen.connect(self._choose_measure)
        view.view_chosen.connect(self._choose_view)
        view.event_asked.connect(self._ask_event)
        view.baseline_asked.connect(self._ask_recalculation)
        view.form.given.connect(self._record)
        view.form.left.connect(self._leave_form)
        self.stack.addWidget(view)
        return view

    def _choose_measure(self, measure_id: int) -> None:
        self._measure_id = measure_id
        self._draw()

    def _choose_view(self, name: str) -> None:
        self._view_name = name
        self._draw()

    def _ask_event(self, when: str) -> None:
        if self.view is not None:
            self.view.form.open_at(when, EventKind.OTHER)

    def _ask_recalculation(self, when: str) -> None:
        """Limits are only recalculated with a date and a reason, both of which stay on the chart."""
        if self.view is not None:
            self.view.form.open_at(when, EventKind.RECALCULATION)

    def _record(self, event: NewEvent) -> None:
        if self._answer is None:
            return
        self.session.change(
            add_event,
            self._recorded,
            self._refused,
            role_id=self._answer.role.id,
            happened_on=event.when,
            title=event.title,
            kind=event.kind,
        )

    def _recorded(self, _changed: Changed) -> None:
        if self.view is not None:
            self.view.form.hide()
        self._leave_form()

    def _refused(self, problem: UserProblem) -> None:
        if self.view is not None:
            self.view.form.show_problem(problem)

    def _leave_form(self) -> None:
        if self.view is not None:
            self.view.chart.setFocus()

    def _enter(self) -> None:
        self.tab_asked.emit("Data", None)
