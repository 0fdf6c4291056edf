"""One place opens an evaluation file, reads it and writes to it. A store may be used from any thread."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, NestedTransaction, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import sqlite
from db.backup_names import is_backup
from db.fault_words import as_problem, in_words, told
from db.locks import FileLock, Holder, acquire
from db.page_sums import record
from db.recorder import Step, guard_writes, now_text, table_of
from db.row_checks import seal
from db.schema import REVISION, SCHEMA_VERSION
from db.standing import LOST_WHILE_WRITING, Standing, compared, fingerprint, lost
from db.tables import PopulationGroup, Setting, StepKind
from db.tables.base import new_uuid
from db.working import clear_the_dead

SUFFIX = ".roleworth"
HELD = "has it open"


class Store:
    """An open evaluation file. Reads fetch all and end their transaction; writes take one lane, each a step.

    `lock` is held until the store is closed; without one nothing else may write meanwhile, so only a new file has none.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        why_read_only: str = "",
        new: bool = False,
        lock: FileLock | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.why_read_only = why_read_only
        self.lock = lock
        self.engine = sqlite.make_engine(path, read_only=read_only)
        guard_writes(self.engine)
        self._lane = threading.Lock()
        self._seen = None if new else fingerprint(path)
        self._wrote = False
        self._shared: tuple[int, Connection] | None = None
        self._held_elsewhere = why_read_only.endswith(HELD)
        self._file_id = ""

    def settled(self) -> None:
        """What the file looks like now is our own doing; another file in its place is not, and is noticed as ever."""
        before, now = self._seen, fingerprint(self.path)
        if before is None or compared(before, now) in (Standing.SAME, Standing.CHANGED):
            self._seen, self._wrote = now, self._wrote or now != before

    def note_pages(self) -> None:
        """Keep the sums of the pages as they are now, between two steps."""
        with self._lane:
            self._wrote = not record(self.path, self.file_id())

    def compact(self) -> None:
        """Write the file anew without unused bytes. Raises UserProblem when it is being read, or has no room."""
        if self.read_only:
            raise UserProblem(
                f"{self.path.name} is open for reading only: {self.why_read_only}.", "Nothing was changed."
            )
        with self._lane:
            self._refuse_unless_same()
            self.engine.dispose()
            try:
                sqlite.compact(self.path)
            except sqlite.DatabaseFault as error:
                raise in_words(str(error), self.path) from error
            finally:
                self.settled()

    def file_id(self) -> str:
        """By what the file that was opened is known whatever it is called: the UUID of its first fact.

        It is read once: another may be written over it since.
        """
        if not self._file_id:
            held = table_of(Setting)
            with self.read() as connection:
                found = connection.execute(select(held.c.uuid).where(held.c.key == "made_at")).scalar()
            self._file_id = str(found or "")
        return self._file_id

    def standing(self) -> Standing:
        """Whether the file under its name is still the one that was opened, as it was left."""
        if self.lock is not None and not self.lock.is_ours():
            return Standing.TAKEN
        return compared(self._seen, fingerprint(self.path))

    def standing_at_rest(self) -> Standing:
        """The same for whoever looks from outside: while a step is being written the file differs by our own doing."""
        if not self._lane.acquire(blocking=False):
            return Standing.SAME
        try:
            return self.standing()
        finally:
            self._lane.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; its transaction ends with the block, so fetch before computing."""
        try:
            with self.engine.connect() as connection:
                try:
                    yield connection
                finally:
                    connection.rollback()
        except DatabaseError as error:
            raise told(error, self.path) from error

    @contextmanager
    def step(
        self, label: str, *, kind: StepKind = StepKind.CHANGE, target_step_id: int | None = None
    ) -> Iterator[Step]:
        """One named step: all of it is written and logged, or none. A step that changed nothing leaves no trace.

        Raises UserProblem when the file is open for reading only, is in use elsewhere, or cannot be written.
        """
        with self._writing() as (connection, transaction):
            step = Step(connection, label, self.author(connection), kind, target_step_id)
            yield step
            if not step.is_empty:
                step.close()
                transaction.commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """The steps inside are one transaction: all of them are written, or none. Each is undone by itself as ever."""
        with self._writing() as (connection, transaction):
            self._shared = (threading.get_ident(), connection)
            try:
                yield
            finally:
                self._shared = None
            transaction.commit()

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Connection | NestedTransaction]]:
        """The connection that writes and what commits it: a savepoint inside `together`, else the whole transaction."""
        if self._shared is not None and self._shared[0] == threading.get_ident():
            savepoint = self._shared[1].begin_nested()
            try:
                yield self._shared[1], savepoint
            finally:
                if savepoint.is_active:
                    savepoint.rollback()
            return
        if self.read_only:
            why = f"{self.path.name} is open for reading only: {self.why_read_only}."
            raise UserProblem(why, "Nothing was changed.")
        with self._lane, self._settling() as begun, self._connected() as connection:
            connection.info["writing"] = True
            try:
                connection.begin()
                begun.append(True)
                yield connection, connection
            except DatabaseError as error:
                raise told(error, self.path) from error
            finally:
                connection.rollback()
                connection.info.pop("writing", None)

    @contextmanager
    def _settling(self) -> Iterator[list[bool]]:
        """Take what a step did to the file for our own doing, though it was rolled back: it may have reached the disk.

        Only from when it had the file to itself: until then others may have written. What was written goes nowhere
        when another file took its place meanwhile, and that is said.
        """
        begun: list[bool] = []
        try:
            yield begun
        finally:
            if begun:
                self.settled()
        if compared(self._seen, fingerprint(self.path)) in (Standing.GONE, Standing.REPLACED):
            message, hint = LOST_WHILE_WRITING
            raise UserProblem(message.format(name=self.path.name), hint)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection for writing, to the very file that was opened and nothing that took its place."""
        self._refuse_unless_same()
        try:
            connection = self.engine.connect()
        except DatabaseError as error:
            raise told(error, self.path) from error
        with connection:
            yield connection

    def _refuse_unless_same(self) -> None:
        if (standing := self.standing()) is not Standing.SAME:
            raise lost(standing, self.path)

    def refuse_if_lost(self) -> None:
        """Raise UserProblem where the file of this name is another by now, or there is none; others may write to it."""
        standing = compared(self._seen, fingerprint(self.path))
        if standing in (Standing.GONE, Standing.REPLACED):
            raise lost(standing, self.path)

    def author(self, connection: Connection) -> str:
        """The display name that goes into the history; empty until someone gives one."""
        held = table_of(Setting)
        return str(connection.execute(select(held.c.value).where(held.c.key == "author")).scalar() or "")

    def setting(self, key: str) -> str:
        """A fact about this file, empty when not set."""
        held = table_of(Setting)
        with self.read() as connection:
            return str(connection.execute(select(held.c.value).where(held.c.key == key)).scalar() or "")

    def put_setting(self, key: str, value: str) -> None:
        """Keep a fact about this file. It is logged, but not undone with the record."""
        held = table_of(Setting)
        with self.step(f"Set {key}", kind=StepKind.SETTING) as step:
            row_id = step.connection.execute(select(held.c.id).where(held.c.key == key)).scalar()
            if row_id is None:
                step.insert(Setting, {"key": key, "value": value})
            else:
                step.update(Setting, int(row_id), {"value": value})

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether it is open for reading only because another window or computer has it."""
        return self._held_elsewhere

    def let_go(self) -> None:
        """Release the lock without closing: nothing is written through this store any more."""
        self.read_only, self.why_read_only = True, "it is being opened again"
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection, note how the file was left, and let go of the lock."""
        try:
            if self._wrote and self.standing() is Standing.SAME:
                self.note_pages()
        finally:
            self.engine.dispose()
            if self.lock is not None:
                self.lock.release()


def create(path: Path) -> Store:
    """Make a new evaluation file and open it.

    Raises UserProblem when a file of that name exists or the folder cannot be written.
    """
    if path.exists():
        raise UserProblem(f"{path.name} exists already.", "Open it, or choose another name.")
    if not path.parent.is_dir():
        raise UserProblem(f"There is no folder {path.parent.name} to keep {path.name} in.", "Choose another folder.")
    lock = acquire(path)
    if isinstance(lock, Holder):
        raise UserProblem(f"{path.name} is being made by {lock.words}.", "Choose another name.")
    try:
        sqlite.begin_private(path)
    except OSError as error:
        lock.release()
        text = f"{path.name} cannot be made there: {error.strerror}."
        raise UserProblem(text, "Nothing was changed. Choose another folder, or make room.") from error
    store = Store(path, new=True, lock=lock)
    try:
        with store.engine.connect() as connection:
            connection.info["writing"] = True
            SQLModel.metadata.create_all(connection)
            sqlite.set_identity(connection, SCHEMA_VERSION)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{REVISION}')")  # noqa: S608 - our own constant
            connection.execute(
                insert(table_of(PopulationGroup)).values(id=1, uuid=new_uuid(), name="everyone", dimension="")
            )
            connection.execute(insert(table_of(Setting)).values(uuid=new_uuid(), key="made_at", value=now_text()))
            seal(connection)
            connection.commit()
            connection.info.pop("writing", None)
            store.settled()
    except BaseException as error:
        store.close()
        sqlite.forget(*sqlite.with_journal(path))
        if isinstance(error, OperationalError):
            raise as_problem(error, path) from error
        raise
    return store


def open_store(path: Path, *, read_only: bool = False, take_over: bool = False) -> Store:
    """Open an existing evaluation file; a file of an older version is brought up to date first, beside the old one.

    A file that another window or computer has open is opened for reading, and says who has it; `take_over` is a
    person's word that nobody does any more. Raises UserProblem for a file that is foreign, newer, damaged or not there.
    It is never written in that case.
    """
    version = identified(path)
    if path.stat().st_nlink > 1:
        clear_the_dead(path.parent)  # a restore that was killed leaves its file a second name
    why = "asked for" if read_only else _why_not_writable(path)
    lock = acquire(path, take_over=take_over) if not why else None
    if isinstance(lock, Holder):
        why, lock = f"{lock.words} {HELD}", None
    if version < SCHEMA_VERSION:
        _refuse_older(path, _why_not_writable(path) if read_only else why)
    try:
        sqlite.settle(path)
        if faults := sqlite.faults_of(path, quick=True):
            raise sqlite.DamagedFile(path, faults[0])
        if version < SCHEMA_VERSION:
            _bring_up_to_date(path, lock)
        store = Store(path, read_only=bool(why), why_read_only=why, lock=lock)
        with contextlib.suppress(UserProblem, UnicodeDecodeError):  # a damaged one is opened as far as it goes
            store.file_id()
        return store
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _refuse_older(path: Path, why: str) -> None:
    """An older file is written once before it can be read: not while it may not be."""
    if why:
        raise UserProblem(
            f"{path.name} is of an earlier version and has to be brought up to date first, but {why}.",
            "It has not been changed. Close it elsewhere, or copy it to a folder of yours and open the copy.",
        )


def _bring_up_to_date(path: Path, lock: FileLock | None) -> None:
    """Nobody may write to the file meanwhile: what they saved would not be in the new one."""
    from db.migrations import bring_up_to_date

    held = lock or acquire(path)
    if isinstance(held, Holder):
        _refuse_older(path, f"{held.words} {HELD}")
        return
    try:
        bring_up_to_date(path)
    finally:
        if held is not lock:
            held.release()


def identified(path: Path) -> int:
    """The schema version of an evaluation file.

    Raises UserProblem for a file that is not there, is none of ours, or is newer than this program.
    """
    application, version = sqlite.header_of(path)
    if application != sqlite.APPLICATION_ID:
        raise sqlite.LostBeginning(path, "is a database, but not one of Roleworth's, or its beginning is damaged")
    if version > SCHEMA_VERSION:
        raise UserProblem(
            f"{path.name} was made by a newer version of Roleworth.",
            "It has not been changed. Update Roleworth on this computer to open it.",
        )
    return version


def _why_not_writable(path: Path) -> str:
    if is_backup(path.resolve()):
        return "it is a backup, which stays as it is: restore it to work with what it holds"
    if not os.access(path, os.W_OK):
        return "the file is marked read-only"
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    if path.stat().st_nlink > 1:
        return "it has a second name on this disk (a hard link), and locks and journals go by name; copy it to write"
    return ""
