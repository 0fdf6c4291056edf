"""F11: after every fault a backup is put back into a fresh folder, and must be what was there when it was made."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from analysis.problems import UserProblem
from db.backup import backups_of, described, make_backup, newest_verified
from db.restoring import restore
from db.store import open_store
from faults.acts import OLD, prepare, room

Verdicts = list[tuple[str, str]]
Contents = dict[str, tuple[int, str]]
KIND = "not_restored"


def contents(path: Path) -> Contents:
    """The number of rows and the SHA-256 of every table, read without any code of the app."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _contents(connection, name) for name in sorted(names)}


def _contents(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    rows = connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608 - from the catalogue
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()


def rehearse(path: Path, *, damaged: bool = False, then: Contents | None = None) -> Verdicts:
    """What is wrong with restoring after a fault of a file; empty when what comes back is what was backed up.

    Of a `damaged` file the newest verified backup is restored: `then` is what it held when that was made. Of any other
    the newest one made since the file was prepared is, and if the file is newer still, one that is made now.
    """
    try:
        newest = newest_verified(backups_of(path))
        if newest is None:
            return [(KIND, "no verified backup is left")]
        if damaged:
            return restored(newest.path, then or contents(newest.path))
        with open_store(path) as store:
            made = make_backup(store, reason="by hand")
        earlier = [] if made == newest or newest.number == 1 else restored(newest.path, contents(newest.path))
        return earlier or restored(made.path, contents(path))
    except UserProblem as problem:
        return [(KIND, problem.message)]


def restored(backup: Path, wanted: Contents) -> Verdicts:
    """Restore as on another computer, into an empty folder: every table, with its rows, checksums and history's chain.

    What is `wanted` was found sound where it came from; restoring looks over what it brings back once more itself.
    """
    with tempfile.TemporaryDirectory(prefix="roleworth-rehearsal-", dir=room()) as folder:
        found = contents(restore(backup, Path(folder) / "restored.roleworth"))
    other = {name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)}
    other |= {name for name, count in described(backup).counts.items() if found[name][0] != count}
    return [(KIND, f"{backup.name}: {', '.join(sorted(other))} not as when it was made")] if other else []


def rehearse_upgrade(path: Path) -> Verdicts:
    """The same for the copies kept when a file of the first schema was brought up to date."""
    kept = path.parent.glob(f"{path.stem} before upgrade*{path.suffix}")
    return [verdict for copy in kept for verdict in _restored_old(copy, copy.read_bytes())]


def _restored_old(copy: Path, held: bytes) -> Verdicts:
    if held not in _SEEN:
        try:
            _SEEN[held] = restored(copy, _brought_up_to_date())
        except UserProblem as problem:
            _SEEN[held] = [(KIND, problem.message)]
    return _SEEN[held]


_SEEN: dict[bytes, Verdicts] = {}


@cache
def _brought_up_to_date() -> Contents:
    """What the file of the first schema holds today."""
    with tempfile.TemporaryDirectory(prefix="roleworth-rehearsal-", dir=room()) as folder:
        prepare(Path(folder))
        open_store(Path(folder) / OLD).close()
        return contents(Path(folder) / OLD)
