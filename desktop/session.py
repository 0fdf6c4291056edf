"""The open evaluation file as the screens share it: one store, one write lane, one cache of answers.

A page never writes: it hands an operation to `change` and hears through `changed` what kinds of things differ now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from analysis.problems import UserProblem
from db.answers import RoleAnswer, answer_role
from db.backup import Backup
from db.backup_names import is_backup
from db.history import redo, undo
from db.operations.changed import BESIDE, EVERYTHING, Changed
from db.sqlite import DamagedFile, LostBeginning
from db.standing import Standing, lost
from db.store import Store, create, open_store
from db.whereabouts import Place
from desktop.file_facts import FileFacts, Opened, opened, reread, unasked_place
from desktop.jobs import Failed, Jobs, Progress, is_there
from desktop.safety import back_up, publish_back, work_locally
from resources import deflator


class Session(QObject):
    """Lives on the GUI thread. `opened` when another file is open or none is; `changed` with the kinds of things.

    `refreshed` when `facts` has been read again; `role_changed` when another role is the current one; `damaged` with
    the path of a file that could not be opened because it is damaged; `backup_chosen` with the path of a backup that
    was to be opened as if it were a file to work on; `lost` with a `Standing` when the open file is no longer the one
    that was opened; `unsafe_place` with the place of a file nobody was asked about yet; `backed_up` after a verified
    backup.

    `writes` counts the changes that results rest on, `told` all of which everyone was told.
    """

    opened = Signal()
    changed = Signal(frozenset)
    refreshed = Signal()
    role_changed = Signal()
    damaged = Signal(object)
    backup_chosen = Signal(object)
    lost = Signal(object)
    unsafe_place = Signal(object)
    backed_up = Signal()

    def __init__(self, jobs: Jobs, *, today: Callable[[], date] | None = None) -> None:
        super().__init__()
        self.jobs = jobs
        self.store: Store | None = None
        self.facts = FileFacts((), "", "", "", is_sample=False, as_of="")
        self.saved_at: datetime | None = None
        self.backup: Backup | None = None
        self.backed_up_at: datetime | None = None
        self.changed_since_backup = False
        self.role_id: int | None = None
        self._today = today or (lambda: datetime.now(UTC).astimezone().date())
        self._answers: dict[int, RoleAnswer] = {}
        self._asked: dict[int, _Kept] = {}
        jobs.crashed.connect(self._forget_asked)
        self.writes = self.told = 0
        self._told_of = Standing.SAME

    @property
    def today(self) -> date:
        """The calendar day that findings are made on; the sample keeps to the day it was written for."""
        return date.fromisoformat(self.facts.as_of) if self.facts.as_of else self._today()

    def need_store(self) -> Store:
        """The open store. Raises UserProblem when no file is open."""
        if self.store is None:
            raise UserProblem("No evaluation file is open.", "Open one, or set up a role first.")
        return self.store

    def open(self, path: Path, *, read_only: bool = False, take_over: bool = False) -> None:
        """Open a file in place of the one that is open; the old one stays open when the new one cannot be.

        `take_over` is a person's word that nobody else has it open any more. A backup is not opened: it is looked into.
        """
        if is_backup(path):
            self.backup_chosen.emit(path)
            return
        held = self.store

        def work(_progress: Progress) -> Opened:
            if held is None or read_only or not _is_same(held.path, path):
                return opened(open_store(path, read_only=read_only, take_over=take_over))
            held.let_go()
            try:
                return opened(open_store(path, take_over=take_over))
            except UserProblem:
                held.why_read_only = "it could not be opened again"
                raise

        self.jobs.write(work, self._take, self._not_opened, "Open")

    def _not_opened(self, problem: UserProblem) -> None:
        self.jobs.problem.emit(problem)
        self.refreshed.emit()
        if isinstance(problem, DamagedFile | LostBeginning):
            self.damaged.emit(problem.path)

    def start(self, path: Path) -> None:
        """Make a new file and open it."""
        self.jobs.write(lambda _progress: opened(create(path)), self._take, label="New file")

    def close(self) -> None:
        """Close the file."""
        if self.store is not None:
            self.store.close()
        self.store = None
        self.writes += 1
        self._answers.clear()

    def _close_behind(self) -> None:
        """Close the file in the write lane: noting how it was left means reading all of it."""
        held, self.store = self.store, None
        self.close()
        if held is not None:
            left, wants_backup = held, self.changed_since_backup and not held.read_only
            self.jobs.write(lambda _progress: _leave(left, wants_backup), self._done_with, label="Close the file")
        self.changed_since_backup = False

    def _done_with(self, _nothing: None) -> None:
        """Nothing is to be shown of it."""

    def change(
        self,
        operation: Callable[..., Changed],
        done: Callable[[Changed], None] | None = None,
        failed: Failed | None = None,
        **arguments: Any,  # noqa: ANN401 - whatever the operation takes
    ) -> None:
        """Run an operation of `db.operations` on the write lane, then tell what changed.

        `done` gets what the operation returned after everyone was told; `failed` gets a UserProblem instead of the
        problem panel.
        """
        store = self.need_store()

        def work(_progress: Progress) -> Changed:
            if operation.__name__ in BACKED_UP_BEFORE:
                back_up(store, BACKED_UP_BEFORE[operation.__name__])
            return operation(store, **arguments)

        self.jobs.write(work, _Told(self, done).deliver, failed, operation.__name__)

    def undo(self) -> None:
        """Take the newest step back."""
        store = self.need_store()
        self.jobs.write(lambda _progress: Changed(undo(store), EVERYTHING), self.tell, label="Undo")

    def redo(self) -> None:
        """Bring the step taken back last back."""
        store = self.need_store()
        self.jobs.write(lambda _progress: Changed(redo(store), EVERYTHING), self.tell, label="Redo")

    def tell(self, changed: Changed) -> None:
        """Forget what no longer holds and tell everyone what changed."""
        self.saved_at = datetime.now(UTC).astimezone()
        self.told += 1
        self.changed_since_backup = True
        if changed.things - BESIDE:
            self.writes += 1
            self._answers.clear()
        self.changed.emit(changed.things)
        self.refresh()

    def choose_role(self, role_id: int) -> None:
        """Make a role the current one."""
        if role_id != self.role_id:
            self.role_id = role_id
            self.role_changed.emit()

    def answer(self, role_id: int, done: Callable[[RoleAnswer], None]) -> None:
        """Hand a role's answer to `done`: at once when it is held, else when it has been worked out off this thread."""
        if (held := self._answers.get(role_id)) is not None:
            done(held)
            return
        under_way = self._asked.get(role_id)
        if under_way is not None and under_way.asked_at == self.writes:
            under_way.tell_too(done)
            return
        store, today = self.need_store(), self.today

        def work(progress: Progress) -> RoleAnswer:
            progress.check()
            return answer_role(store, role_id, today=today, deflator=deflator())

        kept = _Kept(self, store, role_id, done)
        self._asked[role_id] = kept
        self.jobs.read(work, kept.deliver, kept.failed, label="Work out the results")

    def settle_asked(self, role_id: int, asked: _Kept) -> None:
        """What was asked has been answered, one way or another."""
        if self._asked.get(role_id) is asked:
            del self._asked[role_id]

    def _forget_asked(self, _fault: object) -> None:
        self._asked.clear()

    def held_answer(self, role_id: int) -> RoleAnswer | None:
        """A role's answer if it is held now."""
        return self._answers.get(role_id)

    def keep(self, store: Store, answer: RoleAnswer) -> None:
        """Hold an answer, unless another file is open by now."""
        if store is self.store:
            self._answers[answer.role.id] = answer

    def back_up(self, reason: str) -> None:
        """Make a verified copy beside the file, off this thread, and send a local copy back to where it came from."""
        store = self.need_store()
        if not store.read_only:
            self.jobs.write(lambda _progress: (store, back_up(store, reason)), self._backed_up, label="Backup")
            self.jobs.write(lambda _progress: publish_back(store), self._done_with, label="Publish")

    def work_locally(self, origin: Path) -> None:
        """Open a local copy of a file on a network drive or in a synchronised folder; backups publish it back."""
        held = self.store

        def work(_progress: Progress) -> Opened:
            if held is not None and _is_same(held.path, origin):
                held.let_go()
            return opened(open_store(work_locally(origin)))

        self.jobs.write(work, self._take, self._not_opened, "Work on a local copy")

    def look_at_file(self) -> None:
        """Notice, off this thread, when the open file was replaced, moved, written by others or taken over."""
        if self.store is not None:
            store = self.store
            self.jobs.read(lambda _progress: (store, store.standing_at_rest()), self._looked, label="Look at the file")

    def _looked(self, seen: tuple[Store, Standing]) -> None:
        store, standing = seen
        if store is not self.store or standing is Standing.SAME or standing is self._told_of:
            return
        self._told_of = standing
        self.jobs.problem.emit(lost(standing, store.path))
        self.lost.emit(standing)

    def refresh(self) -> None:
        """Read again what the frame shows of the file."""
        if self.store is not None:
            store = self.store
            self.jobs.read(
                lambda _progress: reread(store), self._refreshed, label="Read the list of roles", newest=True
            )

    def _take(self, found: Opened) -> None:
        store = found.store
        self._close_behind()
        self._told_of, self.backed_up_at = Standing.SAME, None
        self.store, self.role_id, self.saved_at, self.backup = store, None, None, None
        self.facts = found.facts
        if self.facts.roles:
            self.role_id = self.facts.roles[0].id
        self.opened.emit()
        self.refreshed.emit()
        self.back_up("at open")
        self.jobs.read(lambda _progress: (store, unasked_place(store)), self._placed, label="Look where the file lies")

    def _placed(self, seen: tuple[Store, Place | None]) -> None:
        store, place = seen
        if store is self.store and place is not None:
            self.unsafe_place.emit(place)

    def _refreshed(self, found: Opened) -> None:
        """Show them, unless another file is open by now: its roles have the same numbers."""
        if found.store is not self.store:
            return
        self.facts = facts = found.facts
        known = {role.id for role in facts.roles}
        if self.role_id not in known:
            self.role_id = facts.roles[0].id if facts.roles else None
            self.role_changed.emit()
        self.refreshed.emit()

    def _backed_up(self, made: tuple[Store, Backup]) -> None:
        store, backup = made
        if store is not self.store:
            return
        self.backup, self.changed_since_backup = backup, False
        self.backed_up_at = datetime.now(UTC).astimezone()
        self.backed_up.emit()
        self.refreshed.emit()


BACKED_UP_BEFORE = {
    "remove_role": "before a role was removed",
    "stop_using_measure": "before a measure was removed",
    "remove_pack": "before a pack was removed",
}
"""Operations that take much away at once: a backup is made first, and without one nothing is taken away."""


def _leave(store: Store, wants_backup: bool) -> None:
    """Back up what was changed since the last backup, then let go of the file, whatever came of it."""
    try:
        if wants_backup:
            back_up(store, "at close")
            publish_back(store)
    finally:
        store.close()


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


class _Told:
    """Delivers an operation's result: first to the session, then to the page that asked."""

    def __init__(self, session: Session, done: Callable[[Changed], None] | None) -> None:
        self.on_behalf_of = session
        self._session, self._done = session, done

    def deliver(self, changed: Changed) -> None:
        """Tell the session, then the page."""
        self._session.tell(changed)
        if self._done is not None and is_there(self._done):
            self._done(changed)


class _Kept:
    """Delivers an answer: first into the cache, then to every page that asked."""

    def __init__(self, session: Session, store: Store, role_id: int, done: Callable[[RoleAnswer], None]) -> None:
        self.on_behalf_of = session
        self.asked_at = session.writes
        self._session, self._store, self._role_id, self._done = session, store, role_id, [done]

    def tell_too(self, done: Callable[[RoleAnswer], None]) -> None:
        """Hand the answer to one more page; the same one is told once."""
        if done not in self._done:
            self._done.append(done)

    def deliver(self, answer: RoleAnswer) -> None:
        """Keep it, then hand it on; what was read before a newer write is worked out again, of a file left nothing."""
        self._session.settle_asked(self._role_id, self)
        if self._store is not self._session.store:
            return
        if self.asked_at == self._session.writes:
            self._session.keep(self._store, answer)
        for done in [done for done in self._done if is_there(done)]:
            if self.asked_at != self._session.writes:
                self._session.answer(self._role_id, done)
            else:
                done(answer)

    def failed(self, problem: UserProblem) -> None:
        """Say why there is no answer."""
        self._session.settle_asked(self._role_id, self)
        if self._store is self._session.store:
            self._session.jobs.problem.emit(problem)
