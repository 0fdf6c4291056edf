"""The page of the current role: header facts, six tabs, and the newest answer handed to the one in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from analysis.periods import date_label, month_label
from db.answers import RoleAnswer
from desktop.frame.page import Page
from desktop.pages.role.tab import RoleTab
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.widgets import EmptyPage, column

TABS: dict[str, tuple[str, str]] = {
    "Overview": ("desktop.pages.overview.page", "OverviewTab"),
    "Data": ("desktop.pages.data.page", "DataTab"),
    "Impact": ("desktop.pages.impact.page", "ImpactTab"),
    "Economics": ("desktop.pages.economics.page", "EconomicsTab"),
    "Readiness": ("desktop.pages.record.page", "RecordTab"),
    "Report": ("desktop.pages.report.page", "ReportTab"),
}
"""Tab name to the module and class that make it, imported when it is first chosen."""
AHEAD_MS = 500
"""How long after the last change results are worked out for a role that is not in front."""


def make_tab(name: str, session: Session) -> RoleTab:
    """The tab of a name."""
    module, kind = TABS[name]
    factory: Callable[[Session], RoleTab] = getattr(import_module(module), kind)
    return factory(session)


class RolePage(Page):
    """One role. Without one, it says how to get one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._tab = "Overview"
        self._answer: RoleAnswer | None = None
        self._made: dict[str, RoleTab] = {}
        self._target: object = None
        self._is_coming = False
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._work_ahead)
        self._empty = EmptyPage("No role is recorded yet.", "Set up a role")
        self._empty.asked.connect(self._set_up)
        self._waiting = EmptyPage("Working out the results…")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty)
        self.stack.addWidget(self._waiting)
        self.setLayout(column(self.stack, gap=0))
        session.changed.connect(self._changed)
        session.role_changed.connect(self._changed)
        session.opened.connect(self._opened)

    def dress(self) -> None:
        """Each tab has the theme put on when it is shown."""
        look().dressing.hold(self, self.stack)
        look().dressing.add(self._empty, self._waiting)

    def header(self) -> HeaderState:
        """The role's name, place, launch and how far its data reach."""
        if self._answer is None or self._session.role_id is None:
            return self._header_ahead()
        role, data_to = self._answer.role, self._answer.data_to
        launch = role.timeline.launch
        facts = [role.place, f"launched {date_label(launch)}" if launch else role.lifecycle.value]
        if data_to:
            facts.append(f"data to {month_label(data_to)}")
        return HeaderState(role.name, tuple(fact for fact in facts if fact), tuple(TABS), self._tab)

    def _header_ahead(self) -> HeaderState:
        """What is known of the role while its results are worked out."""
        known = next((role for role in self._session.facts.roles if role.id == self._session.role_id), None)
        if known is None:
            return HeaderState("Role")
        return HeaderState(known.name, (known.place,) if known.place else (), tuple(TABS), self._tab)

    def open_tab(self, name: str) -> None:
        """Show one of the six tabs."""
        self._tab = name
        self._show()

    def open_with(self, target: object) -> None:
        """Show a role by id, or a `(role id, tab)` or `(role id, tab, what to show there)`."""
        parts = target if isinstance(target, tuple) else (target,)
        if len(parts) > 1:
            self._tab = str(parts[1])
        self._target = parts[2] if len(parts) > 2 else None
        self._is_coming = True
        before = self._session.role_id
        self._session.choose_role(int(str(parts[0])))
        if before == self._session.role_id:
            self._ask()

    def entered(self) -> None:
        """Ask for the newest answer, unless it was asked for on the way here."""
        if not self._is_coming:
            self._ask()
        self._is_coming = False

    def settle(self) -> None:
        """Commit what is open in any tab."""
        for tab in self._made.values():
            tab.settle()

    def first(self) -> QWidget | None:
        """Where the tab in front begins."""
        tab = self._made.get(self._tab)
        return tab.first() if tab is not None and self._answer is not None else None

    def details(self) -> QWidget | None:
        """What the tab in front has to show."""
        tab = self._made.get(self._tab)
        return tab.details() if tab else None

    def toggle_own_details(self) -> bool:
        """What the tab in front says of F4."""
        tab = self._made.get(self._tab)
        return tab.toggle_own_details() if tab is not None and self._answer is not None else False

    def own_actions(self) -> Sequence[QAction]:
        """What can be done in the tab in front."""
        tab = self._made.get(self._tab)
        return tab.own_actions() if tab is not None and self._answer is not None else ()

    @property
    def _is_away(self) -> bool:
        """Whether it is not in front, nor about to be."""
        return self.is_put_away and not self._is_coming

    def _changed(self, _things: object = None) -> None:
        """Nobody waits for the results of a page that is not in front: ten steps taken back ask for them once."""
        if self._is_away:
            self._ahead.start()
        else:
            self._ask()

    def _opened(self) -> None:
        """Another file: nothing of the old one is shown until its results come."""
        if self._is_away:
            self._answer = None
        self._changed()

    def _work_ahead(self) -> None:
        """Have the newest results at hand for when the page is entered."""
        role_id, store = self._session.role_id, self._session.store
        if self._is_away and store is not None and role_id is not None:
            self._session.answer(role_id, self._take)

    def _ask(self) -> None:
        self._ahead.stop()
        if self._session.role_id is None or self._session.store is None:
            self._answer = None
            self.stack.setCurrentWidget(self._empty)
            self.header_changed.emit()
            return
        if self._answer is None:
            self.stack.setCurrentWidget(self._waiting)
            self.header_changed.emit()
        self._session.answer(self._session.role_id, self._take)

    def _take(self, answer: RoleAnswer) -> None:
        if answer.role.id == self._session.role_id and not self._is_away:
            self._answer = answer
            self._show()

    def _show(self) -> None:
        if self._answer is None:
            return
        tab = self._made.get(self._tab) or self._make(self._tab)
        tab.show_answer(self._answer)
        target, self._target = self._target, None
        if target is not None:
            tab.focus_on(target)  # it may write, and what is written shows the tab again
        self.stack.setCurrentWidget(tab)
        if self.hasFocus() and (begins := tab.first()) is not None:
            begins.setFocus()
        self.header_changed.emit()
        self.details_changed.emit()

    def _make(self, name: str) -> RoleTab:
        tab = make_tab(name, self._session)
        self._made[name] = tab
        tab.details_changed.connect(self.details_changed)
        tab.go.connect(self.go)
        tab.tab_asked.connect(self._tab_wanted)
        self.stack.addWidget(tab)
        tab.dress()
        return tab

    def _tab_wanted(self, name: str, target: object) -> None:
        self._target = target
        self.open_tab(name)

    def _set_up(self) -> None:
        self.go.emit("Portfolio", "set up")
