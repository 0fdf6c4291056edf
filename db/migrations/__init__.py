"""Bringing an older file up to date: copy, migrate the copy, check it, swap; the old file stays beside it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from analysis.problems import UserProblem
from db import sqlite
from db.row_checks import seal
from db.schema import SCHEMA_VERSION

SCRIPTS = Path(__file__).parent


def upgrade(path: Path, revision: str = "head") -> None:
    """Run the revisions on a file in one transaction; foreign keys are off, so rebuilt tables keep their children.

    Raises OSError when the program's own revisions cannot be read from its disk.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError
    from sqlalchemy import create_engine, event, pool

    engine = create_engine("sqlite://", creator=partial(sqlite3.connect, path), poolclass=pool.NullPool)
    event.listen(engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise OSError(errno.EIO, str(error), str(SCRIPTS)) from error
    engine.dispose()


def bring_up_to_date(path: Path) -> Path:
    """Migrate a copy, check it, put it in the old file's place; returns where the old file is kept. Links are followed.

    Raises UserProblem when the copy does not pass its checks; the file itself is then unchanged.
    """
    path = path.resolve()
    working, keeping = path.with_name(f"{path.name}.upgrading"), path.with_name(f"{path.name}.keeping")
    kept = _kept_name(path)
    try:
        for left in (*sqlite.with_journal(working), keeping):
            left.unlink(missing_ok=True)
        _copy(path, working)
        before = sqlite.row_counts(working)
        upgrade(working)
        _check(path, working, before)
        seal_file(working)
        _copy(path, keeping)
        sqlite.sync_file(keeping)
        sqlite.sync_file(working)
        os.replace(keeping, kept)  # noqa: PTH105 - atomic replacement on every system
        os.replace(working, path)  # noqa: PTH105
        sqlite.sync_folder(path.parent)
    except OSError as error:
        text = f"{path.name} could not be brought up to date: {error.strerror}."
        raise UserProblem(text, "It has not been changed. Make room beside it, then open it again.") from error
    except DatabaseError as error:
        text = f"{path.name} could not be brought up to date ({error.orig})."
        raise UserProblem(text, "It has not been changed. Make room beside it, then open it again.") from error
    finally:
        sqlite.forget(*sqlite.with_journal(working), keeping)
    return kept


def _copy(path: Path, target: Path) -> None:
    """A copy that nobody but its owner can read while it is made; then with the rights of the file."""
    sqlite.begin_private(target)
    shutil.copyfile(path, target)
    shutil.copymode(path, target)


def _kept_name(path: Path) -> Path:
    """A name for the old file that nothing has yet: every upgrade keeps its own."""
    kept, number = path.with_name(f"{path.stem} before upgrade{path.suffix}"), 2
    while kept.exists():
        kept, number = path.with_name(f"{path.stem} before upgrade ({number}){path.suffix}"), number + 1
    return kept


def seal_file(path: Path) -> None:
    """Give every row of a file its checksum, in one transaction."""
    engine = sqlite.make_engine(path, read_only=False)
    try:
        with engine.connect() as connection:
            connection.info["writing"] = True
            seal(connection)
            connection.commit()
            connection.info.pop("writing", None)
    finally:
        engine.dispose()


def _check(path: Path, working: Path, before: dict[str, int]) -> None:
    faults = sqlite.faults_of(working)
    after = {} if faults else sqlite.row_counts(working)
    lost = [name for name, count in before.items() if after.get(name, -1) < count]
    if lost or faults or sqlite.header_of(working)[1] != SCHEMA_VERSION:
        raise UserProblem(
            f"{path.name} could not be brought up to date ({'; '.join([*lost, *faults]) or 'no version'}).",
            "It has not been changed. Open it with the version it was made with, or restore a backup.",
        )
