"""One place opens an evaluation file, reads it and writes to it. A store may be used from any thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NestedTransaction, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import sqlite
from db.recorder import Step, guard_writes, now_text, table_of
from db.schema import REVISION, SCHEMA_VERSION
from db.tables import PopulationGroup, Setting, StepKind
from db.tables.base import new_uuid

SUFFIX = ".roleworth"


class Store:
    """An open evaluation file. Reads fetch all and end their transaction; writes take one lane, each a step."""

    def __init__(self, path: Path, *, read_only: bool = False, why_read_only: str = "") -> None:
        self.path = path
        self.read_only = read_only
        self.why_read_only = why_read_only
        self.engine = sqlite.make_engine(path, read_only=read_only)
        guard_writes(self.engine)
        self._lane = threading.Lock()
        self._shared: tuple[int, Connection] | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; its transaction ends with the block, so fetch before computing."""
        with self.engine.connect() as connection:
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def step(
        self, label: str, *, kind: StepKind = StepKind.CHANGE, target_step_id: int | None = None
    ) -> Iterator[Step]:
        """One named step: all of it is written and logged, or none. A step that changed nothing leaves no trace.

        Raises UserProblem when the file is open for reading only, is in use elsewhere, or cannot be written.
        """
        if self.read_only:
            raise UserProblem(
                f"{self.path.name} is open for reading only: {self.why_read_only}.", "Nothing was changed."
            )
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
        with self._lane, self.engine.connect() as connection:
            connection.info["writing"] = True
            try:
                yield connection, connection
            except OperationalError as error:
                raise as_problem(error, self.path) from error
            finally:
                connection.rollback()
                connection.info.pop("writing", None)

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

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def as_problem(error: DatabaseError, path: Path) -> UserProblem:
    """What SQLite could not do, in a person's words."""
    text = str(error.orig).lower()
    for word, (message, hint) in _FAULTS.items():
        if word in text:
            return UserProblem(message.format(name=path.name), hint)
    return UserProblem(
        f"{path.name} could not be written: {error.orig}.",
        "What was saved before is safe. Try again, or open a backup.",
    )


_FAULTS = {
    "locked": ("{name} is in use by another program.", "Nothing was changed. Close the other program, then try again."),
    "readonly": (
        "{name} cannot be written: the file or its folder is read-only.",
        "Nothing was changed. Save a copy elsewhere and work there.",
    ),
    "full": (
        "There is no room left on the disk that holds {name}.",
        "Nothing was changed. Make some room, then try again.",
    ),
    "disk i/o": (
        "The disk that holds {name} reported an error.",
        "What was saved before is safe. Try again, or copy the file elsewhere.",
    ),
    "malformed": ("{name} is damaged.", "It has not been changed. Check it, or restore the newest backup."),
}


def create(path: Path) -> Store:
    """Make a new evaluation file and open it.

    Raises UserProblem when a file of that name exists or the folder cannot be written.
    """
    if path.exists():
        raise UserProblem(f"{path.name} exists already.", "Open it, or choose another name.")
    if not path.parent.is_dir():
        raise UserProblem(f"There is no folder {path.parent.name} to keep {path.name} in.", "Choose another folder.")
    store = Store(path)
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
            connection.commit()
            connection.info.pop("writing", None)
    except OperationalError as error:
        store.close()
        raise as_problem(error, path) from error
    return store


def open_store(path: Path, *, read_only: bool = False) -> Store:
    """Open an existing evaluation file; a file of an older version is brought up to date first, beside the old one.

    Raises UserProblem for a file that is foreign, newer, damaged or not there. It is never written in that case.
    """
    application, version = sqlite.header_of(path)
    if application != sqlite.APPLICATION_ID:
        raise UserProblem(
            f"{path.name} is a database, but not one of Roleworth's.",
            "It has not been changed. Choose a .roleworth file.",
        )
    if version > SCHEMA_VERSION:
        raise UserProblem(
            f"{path.name} was made by a newer version of Roleworth.",
            "It has not been changed. Update Roleworth on this computer to open it.",
        )
    sqlite.settle(path)
    if faults := sqlite.faults_of(path, quick=True):
        raise UserProblem(
            f"{path.name} is damaged ({faults[0]}).", "It has not been changed. Restore the newest backup beside it."
        )
    if version < SCHEMA_VERSION:
        from db.migrations import bring_up_to_date

        bring_up_to_date(path)
    why = "asked for" if read_only else _why_not_writable(path)
    return Store(path, read_only=bool(why), why_read_only=why)


def _why_not_writable(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return "the file is marked read-only"
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    return ""
