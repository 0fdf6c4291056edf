"""Whatever leaves the open file goes into its register, and is made beside what left before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from analysis.problems import UserProblem
from db.operations.changed import Thing
from db.operations.exports import record_export
from db.queries.exports import told_before
from db.store import Store, open_store
from desktop.jobs import Progress
from desktop.session import Session
from exporters.register import Earlier, ExportFacts, earlier_of


def earlier_exports(store: Store) -> Earlier:
    """What the earlier exports of a file told their readers."""
    return earlier_of(told_before(store))


class EarlierAhead(QObject):
    """What earlier exports told, read off the GUI thread whenever the register may have changed, so that it is at hand
    when something is copied. Asked before it is there, it is read at once: nothing leaves without it."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._held: tuple[Store, Earlier] | None = None
        self._asked = 0
        session.changed.connect(self._changed)

    def held(self) -> Earlier:
        """What they told."""
        store = self._session.need_store()
        if self._held is None or self._held[0] is not store:
            self._held = store, earlier_exports(store)
        return self._held[1]

    def ask(self) -> None:
        """Read it in the background, unless it is there."""
        store = self._session.store
        if store is not None and (self._held is None or self._held[0] is not store):
            self._asked += 1
            asked = self._asked

            def work(_progress: Progress) -> tuple[int, Store, Earlier]:
                return asked, store, earlier_exports(store)

            self._session.jobs.read(work, self._take, self._failed, label="Read what has left")

    def _take(self, read: tuple[int, Store, Earlier]) -> None:
        asked, store, earlier = read
        if asked == self._asked:
            self._held = store, earlier

    def _failed(self, _problem: UserProblem) -> None:
        self._held = None

    def _changed(self, things: frozenset[Thing]) -> None:
        if Thing.EXPORTS in things:
            self._held = None
            self.ask()


def keep_export(
    session: Session, facts: ExportFacts, failed: Callable[[UserProblem], None], *, of: Store | None = None
) -> None:
    """Put an export into the register of the file it was made of, the open one unless said; failing, that is said.

    A file that has been left for another meanwhile is opened once more for it, in the write lane after it was closed.
    """

    def refused(problem: UserProblem) -> None:
        failed(not_kept(problem))

    if of is None or of is session.store:
        session.change(record_export, None, refused, **facts)
    else:
        path = of.path
        session.jobs.write(lambda _progress: _keep_in(path, facts), _kept, refused, label="Note an export")


def _keep_in(path: Path, facts: ExportFacts) -> None:
    with open_store(path) as store:
        record_export(store, **facts)


def _kept(_nothing: None) -> None:
    """Nothing of a file that was left is shown."""


def not_kept(problem: UserProblem) -> UserProblem:
    """What it means that an export is not in the register."""
    return UserProblem(
        f"It was made, but is not in the list of exports: {problem.message}",
        "A later export cannot be checked against it. Make it again once the file can be written.",
    )
