"""The factors of a role: their ratings with history, and what is worth a look."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from analysis.vocabulary import EventKind
from db.answers import RoleAnswer
from db.operations.measures import add_event
from db.operations.roles import rate_factor
from db.queries.roles import factor_ratings
from db.store import Store
from desktop.jobs import Progress
from desktop.pages.readiness.state import (
    STATES,
    FactorState,
    ReadinessState,
    rating_of,
    readiness_state,
    watch_state,
)
from desktop.pages.readiness.view import ReadinessView
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.widgets import column


def read_ratings(
    store: Store, role_id: int, launch: date | None, today: date, _progress: Progress
) -> tuple[int, ReadinessState]:
    """The factors of a role as they stand now, and as they stood at launch."""
    return role_id, readiness_state(factor_ratings(store, role_id), launch=launch, today=today)


class ReadinessTab(RoleTab):
    """What stands in the way of a role and what helps it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view = ReadinessView()
        self._answer: RoleAnswer | None = None
        self._factors: dict[str, FactorState] = {}
        self.setLayout(column(self.view, gap=0))
        self.view.rated.connect(self._rate)
        self.view.event_asked.connect(self._add_event)

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show what is worth a look at once, the factors once they have been read."""
        self._answer = answer
        self.view.show_watch(watch_state(answer.watch))
        launch = answer.role.timeline.launch
        work = partial(read_ratings, self.session.need_store(), answer.role.id, launch, self.session.today)
        self.session.jobs.read(work, self._take, label="Read the factors", newest=True)

    def _take(self, read: tuple[int, ReadinessState]) -> None:
        role_id, state = read
        if self._answer is not None and role_id == self._answer.role.id:
            self._factors = {factor.key: factor for group in state.groups for factor in group.factors}
            self.view.show_state(state)

    def _rate(self, key: str, changes: dict[str, Any]) -> None:
        if self._answer is not None:
            rating = rating_of(self._factors[key], self.session.today, **changes)
            self.session.change(rate_factor, role_id=self._answer.role.id, **rating)

    def _add_event(self, key: str) -> None:
        factor = self._factors[key]
        if self._answer is not None and factor.since is not None:
            title = f"{factor.label}: {STATES[factor.state].lower()}"
            role_id = self._answer.role.id
            self.session.change(
                add_event, role_id=role_id, happened_on=factor.since, title=title, kind=EventKind.READINESS
            )
