"""All roles of the open file: answers come one by one and rows fill in. Without a file: three doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.frame.page import Page
from desktop.pages.answering import Answering
from desktop.pages.first_run.page import FirstRun
from desktop.pages.portfolio.choosing import compare_words
from desktop.pages.portfolio.export import PortfolioExport
from desktop.pages.portfolio.keeping import Kept
from desktop.pages.portfolio.rows import RowMaker
from desktop.pages.portfolio.shapes import Chosen, Order, PortfolioState, Step
from desktop.pages.portfolio.sorting import SORTINGS
from desktop.pages.portfolio.state import portfolio_state
from desktop.pages.portfolio.view import PortfolioView
from desktop.session import Session
from desktop.states import HeaderState
from desktop.theme.look import look
from desktop.theme.marks import Kind
from desktop.widgets import Button, EmptyPage, column
from desktop.widgets.text import show_in_place
from desktop.workbooks import Workbooks

LARGE_TEXT = 1.3


class PortfolioPage(Page):
    """The first page. `open_with("set up")` leads on to the five questions."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.answering = Answering(session, self)
        self._set_up_wanted = False
        self._facts: tuple[str, ...] = ()
        self._rows = RowMaker()
        self.first_run = FirstRun(session)
        self.empty = EmptyPage("No role is recorded in this file yet.", "Set up a role")
        self.view = PortfolioView()
        self.workbooks = Workbooks(session, self.view.progress)
        self.export = PortfolioExport(session, self, self.workbooks)
        self.add_role = Button("Add a role", icon="plus")
        self.compare = Button("Compare", icon="columns")
        self._kept = Kept()
        self._actions = self._own_actions()
        self.stack = QStackedWidget()
        for part in (self.first_run, self.empty, self.view):
            self.stack.addWidget(part)
        self.setLayout(column(self.stack, gap=0))
        self._connect()
        self._opened()

    def _connect(self) -> None:
        self.first_run.go.connect(self.go)
        self.empty.asked.connect(self._set_up)
        self.add_role.clicked.connect(self._set_up)
        self.view.opened.connect(self._open)
        self.view.step_asked.connect(self._take_step)
        self.view.filtered.connect(self._chosen_anew)
        self.view.marked.connect(self._draw)
        self.compare.clicked.connect(self.compare_marked)
        self.view.excel_asked.connect(self.save_workbook)
        self.workbooks.said.connect(self.view.tell)
        self.answering.grew.connect(self._grew)
        self._session.opened.connect(self._opened)
        self._session.refreshed.connect(self._read)

    def dress(self) -> None:
        """Doors, the empty page and the list have another theme put on when they are shown."""
        look().dressing.hold(self, self.stack)
        look().dressing.add(self.first_run, self.empty, self.view)

    def first(self) -> QWidget | None:
        """Without a file, the door most people need, where it is in view."""
        if self.stack.currentWidget() is not self.first_run or look().theme.scale > LARGE_TEXT:
            return None
        return self.first_run.primary

    def header(self) -> HeaderState:
        """The organisation, and how many roles have been launched."""
        return HeaderState("Portfolio", self._facts if self._session.store is not None else ())

    def header_buttons(self) -> Sequence[QWidget]:
        """A role can be added from here, and marked ones be set side by side."""
        return (self.compare, self.add_role)

    def own_actions(self) -> Sequence[QAction]:
        """Comparing, the workbook of all roles, and every order of the list."""
        return self._actions if self._session.facts.roles else ()

    def compare_marked(self) -> None:
        """Set the marked roles side by side; with too few or too many marked, say so."""
        _, why_not = compare_words(self.view.marks)
        if why_not:
            self.view.tell(Kind.CHECK, "Nothing to compare yet.", why_not)
        else:
            self.go.emit("Compare", tuple(int(key) for key in self.view.marks))

    def open_with(self, target: object) -> None:
        """`"set up"` leads to the five questions, once the page is in front."""
        self._set_up_wanted = target == "set up"

    def entered(self) -> None:
        """Go on to the five questions, where they were asked for."""
        if self._set_up_wanted:
            self._set_up_wanted = False
            self._set_up()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill in what could not be asked for while the page was hidden."""
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Work out nothing for a page that is not in front."""
        super().hideEvent(event)
        self.answering.rest()

    def _read(self) -> None:
        """Show the roles of the file as it is now, and ask for the answers that are missing."""
        roles = self._session.facts.roles
        open_file = self._session.store is not None
        self.stack.setCurrentWidget(self.first_run if not open_file else self.view if roles else self.empty)
        show_in_place(self.add_role, wanted=open_file)
        show_in_place(self.compare, wanted=open_file and len(roles) > 1)
        if self.isVisible():
            self._draw()
            self.answering.start()

    def _grew(self) -> None:
        """Draw what is new: every answer of a short list, now and then of a long one."""
        if self.answering.is_worth_drawing:
            self._draw()

    def _draw(self) -> None:
        session = self._session
        if session.store is None or not session.facts.roles:
            self._facts = (session.facts.organisation,) if session.facts.organisation else ()
            self.header_changed.emit()
            return
        chosen = self.view.chosen
        state = self._state(chosen)
        filters = self._kept.come_back(chosen.filters, state.facets)
        if filters != chosen.filters:
            state = self._state(replace(chosen, filters=filters))
        self._facts = state.facts
        self.view.show_state(state)
        self._offer_comparing()
        self.header_changed.emit()

    def _state(self, chosen: Chosen) -> PortfolioState:
        facts = self._session.facts
        return portfolio_state(
            facts.roles,
            self.answering.answers,
            self._session.today,
            organisation=facts.organisation,
            chosen=chosen,
            maker=self._rows,
            outdated=self.answering.answers.keys() - self.answering.fresh.keys(),
        )

    def _offer_comparing(self) -> None:
        words, why_not = compare_words(self.view.marks)
        self.compare.setText(f"\u2009{words}")
        self.compare.setAccessibleName(words)
        if why_not:
            self.compare.disable(why_not)
        else:
            self.compare.enable("Side by side (Ctrl+Shift+C)")

    def _own_actions(self) -> list[QAction]:
        comparing = QAction("Compare the marked roles\tCtrl+Shift+C", self)
        comparing.setShortcut(QKeySequence("Ctrl+Shift+C"))
        comparing.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        comparing.triggered.connect(self.compare_marked)
        self.addAction(comparing)
        saving = QAction("Portfolio to Excel", self)
        saving.triggered.connect(self.save_workbook)
        orders = []
        for sorting in SORTINGS:
            action = QAction(f"Sort by {sorting.name[:1].lower()}{sorting.name[1:]}", self)
            action.triggered.connect(partial(self.view.choosing.choose_order, Order(sorting.key)))
            orders.append(action)
        return [comparing, saving, *orders]

    def _opened(self) -> None:
        """Another file: its own choices come back, and nothing is marked."""
        store = self._session.store
        self.view.marks = ()
        if store is not None:
            self.view.choosing.set_order(self._kept.open(store.path))
            self.view.choosing.clear()
        self._read()

    def _chosen_anew(self) -> None:
        """Show what was chosen, and keep it for the next time."""
        self._kept.chosen(self.view.chosen)
        self._draw()

    def _open(self, key: str) -> None:
        self.go.emit("Role", int(key))

    def _take_step(self, step: Step) -> None:
        self.go.emit("Role", step.target)

    def _set_up(self) -> None:
        self.go.emit("Set up", None)

    def save_workbook(self) -> None:
        """Ask where the workbook of all roles goes, and write it; while roles are being worked out, say so."""
        if self.answering.missing is not None:
            self.view.tell(
                Kind.CHECK, "Nothing is written yet.", "Results are still being worked out. Ask once they are."
            )
            return
        held = self.answering.fresh
        roles = [held[role.id] for role in self._session.facts.roles if role.id in held]
        self.export.ask(roles, self.view.say.choices)
