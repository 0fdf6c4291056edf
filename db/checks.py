"""Looking a file over: pages, references, every row's checksum, the history's chain, the rules the program keeps."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from analysis.problems import UserProblem
from analysis.wording import plural
from db import sqlite
from db.damage import row_faults
from db.fault_words import as_problem
from db.history import broken_links
from db.known_rows import KnownRow, known_rows
from db.page_sums import page_faults
from db.recorder import table_of
from db.row_checks import RowFault, RowState
from db.schema import SCHEMA_VERSION
from db.store import Store, identified
from db.tables import HistoryStep, Measure, MeasureUse, Observation

NAMED = 20
"""Damaged rows that are named one by one; of the rest the number is said."""

STATES = {
    RowState.CHANGED: "is not as it was written",
    RowState.MISSING: "is gone without a step of the history",
    RowState.UNKNOWN: "was not written by Roleworth, or its checksum is damaged",
    RowState.UNREADABLE: "cannot be read",
}


@dataclass(frozen=True)
class FileCheck:
    """What was looked at and what was wrong; `faults` is empty when all is well.

    `rows` are the damaged rows with what they were, where the history or a verified backup knows it. `pages` are the
    faults of pages that SQLite itself finds nothing wrong with.
    """

    faults: tuple[str, ...]
    steps: int
    observations: int
    rows: tuple[KnownRow, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def record_is_whole(self) -> bool:
        """Whether everything recorded is as it was written, though bytes that hold nothing may not be."""
        return len(self.faults) == len(self.pages)

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was wrong."""
        return not self.faults


def check_file(path: Path, backups: Iterable[Path] = ()) -> FileCheck:
    """Check a whole evaluation file without writing to it.

    `backups`, newest first, are asked what damaged rows were. A file of an older version is checked in a copy that is
    brought up to date. Raises UserProblem when it is no evaluation file, or cannot even be opened.
    """
    version = identified(path)
    sqlite.settle(path)
    pages = sqlite.faults_of(path)
    if version == SCHEMA_VERSION:
        try:
            return _checked(path, pages, backups)
        except UnicodeDecodeError:
            return FileCheck(tuple(pages) or ("a name in the file is no text",), 0, 0)
    if pages:
        return FileCheck(tuple(pages), 0, 0)
    from db.migrations import bring_up_to_date

    with tempfile.TemporaryDirectory(prefix="roleworth-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        bring_up_to_date(copy)
        return _checked(copy, [], backups)


def check_copy(path: Path) -> list[str]:
    """What is wrong with a copy just made: the whole check, without asking what damaged rows were."""
    return list(_checked(path, sqlite.faults_of(path), ()).faults)


def _checked(path: Path, pages: list[str], backups: Iterable[Path]) -> FileCheck:
    try:
        return _looked_over(path, pages, backups)
    except DatabaseError as error:
        raise as_problem(error, path) from error


def _looked_over(path: Path, pages: list[str], backups: Iterable[Path]) -> FileCheck:
    with closing(Store(path, read_only=True, why_read_only="it is being checked")) as store:
        with store.engine.connect() as connection:
            damaged = _try(lambda: list(row_faults(connection)), [])
            chain, chain_fault = _told(connection, broken_links, "the history cannot be read whole")
            rules, rule_fault = _told(connection, _broken_rules, "")
            steps = _count(connection, HistoryStep)
            observations = _count(connection, Observation)
            rows = tuple(known_rows(connection, damaged[:NAMED], backups)) if damaged else ()
            connection.rollback()
        left = tuple(page_faults(path, _file_id(store)))
    faults = [*pages, *row_words(damaged), *chain, *chain_fault, *rules, *rule_fault, *left]
    return FileCheck(tuple(faults), steps, observations, rows, left)


def _file_id(store: Store) -> str:
    try:
        return store.file_id()
    except (UserProblem, UnicodeDecodeError):
        return ""


def _try(work: Callable[[], list[RowFault]], otherwise: list[RowFault]) -> list[RowFault]:
    """Damage may lie where no table can be read at all; then the pages have told so already."""
    try:
        return work()
    except (DatabaseError, UnicodeDecodeError):
        return otherwise


def _told(
    connection: Connection, look: Callable[[Connection], list[str]], otherwise: str
) -> tuple[list[str], list[str]]:
    try:
        return look(connection), []
    except (DatabaseError, ValueError, TypeError, KeyError):
        return [], [otherwise] if otherwise else []


def _count(connection: Connection, model: Any) -> int:  # noqa: ANN401 - a table class
    try:
        return int(connection.execute(select(func.count()).select_from(table_of(model))).scalar_one())
    except DatabaseError:
        return 0


def row_words(damaged: list[RowFault]) -> list[str]:
    """Damaged rows as lines: the first ones by name, of the rest how many in which table."""
    lines = [f"{fault.table}, row {fault.row_id}: {STATES[fault.state]}" for fault in damaged[:NAMED]]
    rest = Counter(fault.table for fault in damaged[NAMED:])
    return lines + [f"{name}: {plural(count, 'further row')} damaged" for name, count in rest.items()]


def _broken_rules(connection: Connection) -> list[str]:
    """Rules that no constraint of the database holds."""
    rows, uses, measures = table_of(Observation), table_of(MeasureUse), table_of(Measure)
    used = (rows.c.measure_id == uses.c.measure_id) & (rows.c.implementation_id == uses.c.implementation_id)
    orphans = connection.execute(
        select(func.count()).select_from(rows.outerjoin(uses, used)).where(uses.c.id.is_(None))
    ).scalar_one()
    outside = connection.execute(
        select(func.count())
        .select_from(rows.join(measures, rows.c.measure_id == measures.c.id))
        .where((rows.c.value < measures.c.minimum) | (rows.c.value > measures.c.maximum))
    ).scalar_one()
    said = (
        (orphans, "belong to a measure their role does not use"),
        (outside, "lie outside the range of their measure"),
    )
    return [f"{count:,} values {words}" for count, words in said if count]
