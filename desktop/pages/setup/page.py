"""The page that sets up a role from five answers, as one step that can be undone, and goes to its Data tab."""

from __future__ import annotations

from pathlib import Path

from analysis.problems import UserProblem
from db.operations.changed import Changed
from db.operations.setup import set_up_role
from db.queries.library import catalogue_entries
from db.store import SUFFIX
from desktop.frame.page import Page
from desktop.pages.setup.state import Plan, plan_of
from desktop.pages.setup.view import SetupView
from desktop.places import data_folder
from desktop.session import Session
from desktop.states import HeaderState
from desktop.widgets import column

FILE_NAME = "My roles"


class SetupPage(Page):
    """Asks, sets up, and leads on. Without an open file it starts one in the app's own folder."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._waiting: Plan | None = None
        self.view = SetupView()
        self.setLayout(column(self.view, gap=0))
        self.setFocusProxy(self.view)
        self.view.asked.connect(self._set_up)
        self.view.left.connect(self._leave)
        session.opened.connect(self._opened)

    def header(self) -> HeaderState:
        """What the page is for."""
        return HeaderState("Set up a role", ("five questions, each can be left out",))

    def open_with(self, target: object) -> None:
        """Begin with a role of the catalogue, by its key."""
        self.view.choose(str(target))

    def folder(self) -> Path:
        """Where a new file goes."""
        return data_folder()

    def entered(self) -> None:
        """A team's own entries are offered too."""
        if (store := self._session.store) is not None:
            self._session.jobs.read(
                lambda _progress: catalogue_entries(store), self.view.offer, label="Read the catalogue"
            )

    def _set_up(self) -> None:
        plan = plan_of(self.view.answers(), self._session.today, self.view.own)
        self.view.show_faults(dict(plan.faults))
        if plan.faults:
            return
        if self._session.store is None:
            self._waiting = plan
            self._session.start(_free_path(self.folder()))
        else:
            self._write(plan)

    def _opened(self) -> None:
        plan, self._waiting = self._waiting, None
        if plan is not None and self._session.store is not None:
            self._write(plan)

    def _write(self, plan: Plan) -> None:
        self._session.change(
            set_up_role, self._done, self._refused, role=plan.role, measures=plan.measures, cost=plan.cost
        )

    def _done(self, changed: Changed) -> None:
        self.view.clear()
        self.go.emit("Role", (changed.new_id, "Data"))

    def _refused(self, problem: UserProblem) -> None:
        self.view.show_faults({}, problem.sentence())

    def _leave(self) -> None:
        self.go.emit("Portfolio", None)


def _free_path(folder: Path) -> Path:
    """A file name that is not taken: `My roles`, `My roles 2`..."""
    names = (f"{FILE_NAME}{f' {number}' if number > 1 else ''}{SUFFIX}" for number in range(1, 1000))
    return next(path for name in names if not (path := folder / name).exists())
