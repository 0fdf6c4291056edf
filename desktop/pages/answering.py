"""Answers for all roles of the file, one after the other off the GUI thread, for pages that show every role."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from db.answers import RoleAnswer
from db.operations.changed import BESIDE, Thing
from desktop.session import Session

DRAW_EVERY = 10
"""While many roles are being answered, a page is drawn anew after every so many."""


class Answering(QObject):
    """Holds the answers that are there so far; `grew` after each. It asks only while it is wanted (`start`, `rest`).

    After a change the answers from before it stay until their successors come: a page keeps its shape meanwhile, says
    that results are being worked out, and lets only `fresh` ones leave.

    Between two answers the window gets its turn: what has grown is painted before the next is worked out, because
    both need the interpreter and a page painted beside such work takes twice as long.
    """

    grew = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.answers: dict[int, RoleAnswer] = {}
        self._outdated: set[int] = set()
        self._asking: int | None = None
        self._wanted = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._ask)
        session.opened.connect(self._forget)
        session.changed.connect(self._changed)

    @property
    def is_worth_drawing(self) -> bool:
        """Whether a page draws what has grown: every answer of a short list, now and then of a long one."""
        few = len(self._session.facts.roles) <= DRAW_EVERY
        return few or len(self.fresh) % DRAW_EVERY == 0 or self.missing is None

    @property
    def fresh(self) -> dict[int, RoleAnswer]:
        """The answers that hold now."""
        return {role_id: answer for role_id, answer in self.answers.items() if role_id not in self._outdated}

    @property
    def missing(self) -> int | None:
        """The next role that has no answer that holds; None when all are answered."""
        if self._session.store is None:
            return None
        fresh = self.fresh
        return next((role.id for role in self._session.facts.roles if role.id not in fresh), None)

    def start(self) -> None:
        """Ask for what is missing, never two roles at a time; an answer that is held comes back at once."""
        self._wanted = True
        if self._asking is None:
            self._turn.start(0)

    def _ask(self) -> None:
        """Ask for one role, once what was to be painted is painted."""
        if self._wanted and self._asking is None and (role_id := self.missing) is not None:
            self._asking = role_id
            self._session.answer(role_id, self._take)

    def rest(self) -> None:
        """Ask for nothing more until started again."""
        self._wanted = False

    def _take(self, answer: RoleAnswer) -> None:
        """Take an answer in; one that no longer holds is asked for again."""
        if self._asking == answer.role.id:
            self._asking = None
        if self._session.held_answer(answer.role.id) is answer:
            self.answers[answer.role.id] = answer
            self._outdated.discard(answer.role.id)
            self.grew.emit()
        if self._wanted:
            self.start()

    def _forget(self) -> None:
        self.answers.clear()
        self._outdated.clear()
        self._asking = None

    def _changed(self, things: frozenset[Thing]) -> None:
        if things - BESIDE:
            self._outdated.update(self.answers)
            self._asking = None
