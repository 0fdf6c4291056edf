"""Saving what can be read of a damaged file into a new one, and putting the damaged one aside. Never over anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from analysis.wording import plural
from db import sqlite
from db.damage import held_checks, last_id, readable_ids, row_faults, row_values
from db.history import broken_links
from db.known_rows import KnownRow, known_rows
from db.row_checks import HeldMarks, RowState, guarded_tables, key_of, seal
from db.schema import SCHEMA_VERSION
from db.store import Store, create, identified
from db.tables import StepKind

LOG = ("history_step", "history_change", "history_payload")


@dataclass
class Salvage:
    """What went into the new file: rows kept, rows put right, rows kept as they stand, rows left out; and the log."""

    path: Path
    kept: int = 0
    mended: list[KnownRow] = field(default_factory=list)
    doubtful: list[KnownRow] = field(default_factory=list)
    lost: list[KnownRow] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    history_kept: bool = True

    @property
    def words(self) -> str:
        """How it went in one line."""
        parts = [f"{plural(self.kept, 'row')} kept", f"{plural(len(self.mended), 'row')} put right"]
        parts += [f"{plural(len(self.doubtful), 'row')} kept as found"] if self.doubtful else []
        parts.append(f"{plural(len(self.lost) + len(self.orphans), 'row')} left out")
        log = "" if self.history_kept else " The history could not be kept: earlier steps cannot be undone."
        return f"{', '.join(parts)}.{log}"


def salvage(path: Path, target: Path, backups: Iterable[Path] = ()) -> Salvage:
    """Write every row that can be read, or is known from elsewhere, into a new file at `target`.

    A damaged row is put right when history or a backup proves what it was. Otherwise a damaged value is left out, and
    a damaged row of any other table is kept as it stands and named: without its role a year of values would go too.
    Raises UserProblem when `target` exists, or nothing at all can be read; the damaged file is never written.
    """
    if identified(path) != SCHEMA_VERSION:
        raise UserProblem(f"{path.name} is of an older version and damaged.", "Restore the newest backup beside it.")
    sqlite.settle(path)
    damaged = Store(path, read_only=True, why_read_only="it is damaged")
    made: Store | None = None
    try:
        with closing(damaged.engine.connect()) as source:
            faults = list(row_faults(source))
            known = {(k.fault.table, k.fault.row_id): k for k in known_rows(source, faults, backups)}
            made = create(target)
            report = Salvage(target)
            _fill(source, made, known, report)
            source.rollback()
        if not report.kept + len(report.mended) + len(report.doubtful):
            raise UserProblem(f"Nothing can be read of {path.name}.", "It has not been changed. Restore a backup.")
        made.settled()
        with made.step(f"Saved from {path.name}: {report.words}", kind=StepKind.CHECKPOINT):
            pass
    except DatabaseError as error:
        _forget(made)
        text_ = f"Nothing can be read of {path.name} ({error.orig})."
        raise UserProblem(text_, "It has not been changed. Restore the newest backup beside it.") from error
    except BaseException:
        _forget(made)
        raise
    finally:
        damaged.close()
    made.close()
    return report


def _forget(made: Store | None) -> None:
    if made is not None:
        made.close()
        sqlite.forget(*sqlite.with_journal(made.path))


def _fill(source: Connection, made: Store, known: Mapping[tuple[str, int], KnownRow], report: Salvage) -> None:
    with made.engine.connect() as target:
        target.info["writing"] = True
        try:
            target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(SQLModel.metadata.sorted_tables):
                target.execute(delete(table))
            checks = held_checks(source)
            for table in guarded_tables():
                _fill_table(source, target, table, checks.get(table.name, HeldMarks({})), known, report)
            _drop_orphans(target, report)
            if broken_links(target):
                _drop_log(target, report)
                _drop_orphans(target, report)
            seal(target)
            target.commit()
        finally:
            target.rollback()
            target.info.pop("writing", None)


def _fill_table(
    source: Connection,
    target: Connection,
    table: Table,
    wanted: HeldMarks,
    known: Mapping[tuple[str, int], KnownRow],
    report: Salvage,
) -> None:
    damaged = {row_id for name, row_id in known if name == table.name}
    for row_id in sorted(readable_ids(source, table, wanted) - damaged):
        values = row_values(source, table, row_id)
        if values is not None and _put(target, table, values):
            report.kept += 1
    for row_id in sorted(damaged):
        _mend(target, table, known[table.name, row_id], report)
    _keep_count(source, target, table, wanted)


def _mend(target: Connection, table: Table, row: KnownRow, report: Salvage) -> None:
    if row.proved and row.was is not None and _put(target, table, row.was):
        report.mended.append(row)
        return
    readable = row.fault.state in (RowState.CHANGED, RowState.UNKNOWN) and row.holds is not None
    unprovable = row.fault.state is RowState.UNKNOWN or table.name != "observation"
    if readable and unprovable and row.holds is not None and _put(target, table, row.holds):
        report.doubtful.append(row)
        return
    report.lost.append(row)


def _put(target: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Add one row as it stands in the file; False when the rules of the record refuse it."""
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" for _ in values)
    try:
        with target.begin_nested():
            target.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', tuple(values.values()))  # noqa: S608 - names of our own tables
    except IntegrityError:
        return False
    return True


def _keep_count(source: Connection, target: Connection, table: Table, wanted: HeldMarks) -> None:
    """Ids given out stay given out, so that nothing new takes the place of a lost row."""
    largest = last_id(source, table, wanted)
    target.execute(
        text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name AND seq < :seq"),
        {"seq": largest, "name": table.name},
    )


def _drop_orphans(target: Connection, report: Salvage) -> None:
    """Take out rows that hang on a row that was lost, until none does."""
    while broken := target.exec_driver_sql("PRAGMA foreign_key_check").all():
        for name, row_id, *_ in broken:
            table = SQLModel.metadata.tables[name]
            target.execute(delete(table).where(key_of(table) == row_id))
            report.orphans.append(f"{name}, row {row_id}: hangs on a row that was lost")


def _drop_log(target: Connection, report: Salvage) -> None:
    """A chain with a link missing proves nothing and undoes nothing; the new file begins its own."""
    report.history_kept = False
    for name in reversed(LOG):
        target.execute(delete(SQLModel.metadata.tables[name]))


def quarantine(path: Path) -> Path:
    """Put a damaged file aside under a name that says so; nothing is overwritten. Returns where it is now.

    Raises UserProblem when it cannot be moved; it is then where it was.
    """
    aside = unused_name(path, "damaged")
    try:
        path.rename(aside)
        try:
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists():
                journal.rename(aside.with_name(f"{aside.name}-journal"))
        except OSError:
            aside.rename(path)
            raise
        sqlite.sync_folder(path.parent)
    except OSError as error:
        raise UserProblem(f"{path.name} could not be put aside: {error.strerror}.", "It is where it was.") from error
    return aside


def unused_name(path: Path, word: str) -> Path:
    """A name beside a file that nothing has yet, and no journal waits for: `elm saved`, `elm saved (2)`."""
    number, made = 1, path.with_name(f"{path.stem} {word}{path.suffix}")
    while made.exists() or sqlite.has_cut_short_step(made):
        number, made = number + 1, path.with_name(f"{path.stem} {word} ({number + 1}){path.suffix}")
    return made
