"""Bringing an older file up to date: copy, migrate the copy, check it, swap; the old file stays beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from analysis.problems import UserProblem
from db import sqlite
from db.schema import SCHEMA_VERSION

SCRIPTS = Path(__file__).parent


def upgrade(path: Path, revision: str = "head") -> None:
    """Run the revisions on a file in one transaction; foreign keys are off, so rebuilt tables keep their children."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event, pool

    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)
    event.listen(engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def bring_up_to_date(path: Path) -> Path:
    """Migrate a copy, check it, put it in the old file's place; returns where the old file is kept.

    Raises UserProblem when the copy does not pass its checks; the file itself is then unchanged.
    """
    working = path.with_name(f"{path.name}.upgrading")
    kept = path.with_name(f"{path.stem} before upgrade{path.suffix}")
    shutil.copyfile(path, working)
    try:
        before = sqlite.row_counts(working)
        upgrade(working)
        _check(path, working, before)
        if not kept.exists():
            shutil.copyfile(path, kept)
            sqlite.sync_file(kept)
        sqlite.sync_file(working)
        os.replace(working, path)  # noqa: PTH105 - atomic replacement on every system
        sqlite.sync_folder(path.parent)
    finally:
        working.unlink(missing_ok=True)
    return kept


def _check(path: Path, working: Path, before: dict[str, int]) -> None:
    faults = sqlite.faults_of(working)
    after = {} if faults else sqlite.row_counts(working)
    lost = [name for name, count in before.items() if after.get(name, -1) < count]
    if lost or faults or sqlite.header_of(working)[1] != SCHEMA_VERSION:
        raise UserProblem(
            f"{path.name} could not be brought up to date ({'; '.join([*lost, *faults]) or 'no version'}).",
            "It has not been changed. Open it with the version it was made with, or restore a backup.",
        )
