"""Two to four roles side by side; a copy goes through the small-number policy and into the list of exports."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from analysis.problems import UserProblem
from db.answers import RoleAnswer
from db.operations.changed import BESIDE, Thing
from db.queries.roles import factor_ratings
from desktop.frame.page import Page
from desktop.jobs import Progress
from desktop.pages.compare.sides import Ratings, protected_side, side_of
from desktop.pages.compare.state import NO_RANKING, CompareState, compare_state
from desktop.pages.fitting import FittingTable
from desktop.registering import EarlierAhead, keep_export
from desktop.session import Session
from desktop.states import HeaderState, TableState
from desktop.widgets import Button, Card, EmptyPage, column, label, row, scrolling
from desktop.widgets.lines import Paragraphs
from desktop.widgets.text import announce
from desktop.widgets.wrapped import WrappedTable
from exporters.block_text import to_tsv
from exporters.choices import Choices
from exporters.kept import Kept
from exporters.policy import POLICIES
from exporters.protected_role import protected_role
from exporters.register import Leaves, facts_of

POLICY = POLICIES["hes"]
"""A copy is always protected; the Report tab is where another policy can be chosen."""


class ComparePage(Page):
    """Reached from the portfolio with the ids of the marked roles."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._ids: tuple[int, ...] = ()
        self._answers: dict[int, RoleAnswer] = {}
        self._ratings: Mapping[int, Ratings] = {}
        self._earlier = EarlierAhead(session, self)
        self.back = Button("Portfolio", icon="squares-four", tip="Back to the portfolio")
        self.copy = Button("Copy", icon="copy", tip="Copy the table; small numbers are hidden in the copy")
        self.table = FittingTable("Roles side by side", table=WrappedTable("Roles side by side", TableState((), ())))
        self.table.table.leaving = self._leaving
        self.cannot = Paragraphs()
        self.no_ranking = label(NO_RANKING, "small", wrap=True)
        self.said = label("", "small", wrap=True)
        self.empty = EmptyPage("No roles are marked to be compared.", "Mark roles in the portfolio")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        limits = Card("What cannot be compared, and why")
        limits.add(self.cannot, self.no_ranking)
        self.beside = Card("Side by side", margins=(12, 10, 12, 2))
        self.beside.add(self.table)
        inner = column(row(self.said, None), limits, self.beside, None, gap=10, margins=(16, 12, 16, 12))
        self.said.hide()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolling(inner))
        self.setLayout(column(self.stack, gap=0))

    def _connect(self) -> None:
        self.back.clicked.connect(self._back)
        self.copy.clicked.connect(self.copy_all)
        self.empty.asked.connect(self._back)
        self._session.changed.connect(self._changed)
        self._session.opened.connect(self._forget)

    def header(self) -> HeaderState:
        """How many roles stand side by side."""
        known = {role.id: role.name for role in self._session.facts.roles}
        names = [known[one] for one in self._ids if one in known]
        return HeaderState("Compare roles", (", ".join(names),) if names else ())

    def header_buttons(self) -> Sequence[QWidget]:
        """Copying, and the way back."""
        return (self.back, self.copy)

    def open_with(self, target: object) -> None:
        """The ids of the roles to compare."""
        assert isinstance(target, tuple)  # noqa: S101 - the portfolio hands over nothing else
        self._ids = tuple(int(one) for one in target)
        self.said.hide()

    def entered(self) -> None:
        """Ask for the newest answers."""
        self._ask()

    @property
    def shown(self) -> CompareState | None:
        """What is shown, None while a role is being worked out."""
        held = [self._answers.get(one) for one in self._ids]
        if not held or any(one is None for one in held):
            return None
        return compare_state([side_of(one, self._ratings.get(one.role.id, ())) for one in held if one is not None])

    def copy_all(self) -> None:
        """Copy the whole table as it may leave, and keep in the file that it left."""
        table = self._leaving()
        if table is None:
            return
        lines = [[spec.name for spec in table.columns], *[[cell.words for cell in cells] for cells in table.rows]]
        self._tell(f"Copied. {POLICY.title}.")
        QGuiApplication.clipboard().setText(to_tsv([*lines, [NO_RANKING]]))

    def _leaving(self) -> TableState | None:
        """The table through the policy. Whoever asks for it copies it, so it goes into the list of exports."""
        held = [self._answers[one] for one in self._ids if one in self._answers]
        if not held:
            return None
        kept = Kept(ratings=self._ratings, earlier=self._earlier.held())
        choices = Choices(group_small=False)
        roles = [protected_role(one, at, POLICY, choices, kept) for at, one in enumerate(held, 1)]
        table = compare_state([protected_side(role, POLICY) for role in roles]).table
        words = "\n".join(cell.words for cells in table.rows for cell in cells)
        leaves = Leaves("clipboard", "", hashlib.sha256(words.encode()).hexdigest())
        keep_export(self._session, facts_of(leaves, roles, POLICY), self._not_kept)
        return table

    def _ask(self) -> None:
        known = {role.id for role in self._session.facts.roles}
        self._ids = tuple(one for one in self._ids if one in known)
        self.stack.setCurrentIndex(1 if self._ids else 0)
        self.copy.setEnabled(False)
        self.header_changed.emit()
        if self._ids:
            work = partial(_read_ratings, self._session, self._ids)
            self._session.jobs.read(work, self._take_ratings, label="Read the factors at launch", newest=True)
            self._earlier.ask()
            self._show()
        for one in self._ids:
            self._session.answer(one, self._take)

    def _take_ratings(self, held: Mapping[int, Ratings]) -> None:
        self._ratings = held
        self._show()

    def _take(self, answer: RoleAnswer) -> None:
        if answer.role.id in self._ids:
            self._answers[answer.role.id] = answer
            self._show()

    def _show(self) -> None:
        state = self.shown
        self.beside.setVisible(state is not None)
        self.copy.setEnabled(state is not None)
        if state is None:
            self.cannot.show_lines(("Working out the results…",))
            return
        self.table.set_state(state.table)
        self.cannot.show_lines(state.cannot)

    def _changed(self, things: frozenset[Thing]) -> None:
        if things - BESIDE:
            self._answers.clear()
            if self.isVisible():
                self._ask()

    def _forget(self) -> None:
        self._ids, self._ratings = (), {}
        self._answers.clear()
        self.stack.setCurrentIndex(0)

    def _back(self) -> None:
        self.go.emit("Portfolio", None)

    def _tell(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
        announce(self.said, words)

    def _not_kept(self, problem: UserProblem) -> None:
        self._tell(problem.sentence())


def _read_ratings(session: Session, ids: Sequence[int], _progress: Progress) -> dict[int, Ratings]:
    store = session.need_store()
    return {one: factor_ratings(store, one) for one in ids}
