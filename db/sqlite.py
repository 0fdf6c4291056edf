"""Everything that needs SQLite: pragmas, the file's identity, transactions, verified copies. Nothing else does."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from analysis.problems import UserProblem

APPLICATION_ID = 0x524F4C57
"""`ROLW`, in the header of every evaluation file."""

WANTED_PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "journal_mode": "truncate",
    "synchronous": 2,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
}
"""TRUNCATE + FULL lost no acknowledged commit in 1,000 simulated power cuts; WAL and NORMAL did."""

DatabaseFault = sqlite3.DatabaseError
"""What the driver raises when the file or the disk fails."""

HEADER = b"SQLite format 3\x00"


class DamagedFile(UserProblem):
    """A file that cannot be read whole. It is never written to: what can be read goes into a new one."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"{path.name} is damaged ({fault}).",
            "It has not been changed. Restore the newest backup beside it, or save what can still be read.",
        )
        self.path = path


class LostBeginning(UserProblem):
    """A file without the bytes by which an evaluation file is known: one of another kind, or one that is wrecked."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(f"{path.name} {found}.", "It has not been changed. Choose another file, or restore a backup.")
        self.path = path


NO_EVALUATION = "is not an evaluation file, or its beginning is damaged"


def header_of(path: Path) -> tuple[int, int]:
    """Application id and schema version from the first hundred bytes, without opening the database.

    Raises UserProblem when the file cannot be read or is not a database.
    """
    try:
        with path.open("rb") as file:
            first = file.read(100)
    except FileNotFoundError:
        raise UserProblem(f"There is no file {path.name}.", "Choose another file, or make a new one.") from None
    except IsADirectoryError:
        raise UserProblem(f"{path.name} is a folder, not an evaluation file.", "Choose a .roleworth file.") from None
    except OSError as error:
        raise UserProblem(f"{path.name} cannot be read: {error.strerror}.", "Nothing has been changed.") from error
    if len(first) < 100 or not first.startswith(HEADER):
        raise LostBeginning(path, NO_EVALUATION if first else "is empty")
    return int.from_bytes(first[68:72], "big"), int.from_bytes(first[60:64], "big")


def in_use(path: Path) -> UserProblem:
    """Another program holds the file and has not let go of it within the time we wait."""
    return UserProblem(
        f"{path.name} is in use by another program.", "Nothing was changed. Close the other program, then try again."
    )


def has_cut_short_step(path: Path) -> bool:
    """Whether a journal that is not empty lies beside a name: SQLite plays it into whatever file has that name next."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def settle(path: Path) -> None:
    """Let SQLite take back a step that was cut short: a journal that is not empty lies beside a file after a crash.

    Only a connection that may write can do it, so it is done before anything is opened for reading. Raises UserProblem
    when it cannot be done there; the file is then as it was.
    """
    if not has_cut_short_step(path):
        return
    journal = path.with_name(f"{path.name}-journal")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=5)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        raise UserProblem(
            f"{path.name} was not closed properly, and its last step cannot be settled here ({error}).",
            f"Nothing is lost: copy it together with {journal.name} to a folder you can write to, and open it there.",
        ) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return  # the file is damaged: looking it over says so, and how


def make_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine whose connections carry the pragmas, read back; transactions are begun by us alone.

    What a fault says of a statement leaves its values out: it may be logged, and a log holds nothing of a file.
    None makes a file: one opened after the file has gone makes no empty one in its place.
    """
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=5, max_overflow=5, hide_parameters=True
    )
    event.listen(engine, "connect", _set_read_only if read_only else _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def row_mark(*columns: object) -> bytes:
    """The checksum of a row: BLAKE2b, eight bytes, of its columns as text, set apart by the unit separator."""
    return hashlib.blake2b("\x1f".join(map(str, columns)).encode(errors="surrogateescape"), digest_size=8).digest()


def folded(text: object) -> str:
    """A text as it is looked for: in small letters of any alphabet, each letter with its accents as one."""
    return unicodedata.normalize("NFC", str(text or "")).lower()


def add_functions(connection: sqlite3.Connection) -> None:
    """Let a connection work out the checksum of a row as it stands in the file, and look for texts.

    SQLite itself knows the small and capital letters of English alone.
    """
    connection.create_function("row_mark", -1, row_mark, deterministic=True)
    connection.create_function("folded", 1, folded, deterministic=True)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    add_functions(connection)
    for name, value in WANTED_PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        if (held := connection.execute(f"PRAGMA {name}").fetchone()[0]) != value:
            text = f"The evaluation file cannot be opened safely here ({name} stays at {held})."
            raise UserProblem(text, "Keep the file on this computer's own disk and open it from there.")


def _set_read_only(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    add_functions(connection)
    for name in ("foreign_keys", "busy_timeout", "trusted_schema", "cell_size_check"):
        connection.execute(f"PRAGMA {name}={WANTED_PRAGMAS[name]}").fetchall()
    connection.execute("PRAGMA query_only=1")


def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy hands its own connection
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("writing") else "BEGIN")


def set_identity(connection: Any, schema_version: int) -> None:  # noqa: ANN401
    """Write the application id and the schema version into the header."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={schema_version}")


def _as_far_as_it_goes(text: bytes) -> str:
    """A text of a file that may be damaged: what is no UTF-8 is shown as such, and no reason to stop looking."""
    return text.decode(errors="replace")


def faults_of(path: Path, *, quick: bool = False) -> list[str]:
    """What SQLite itself finds wrong: damaged pages, broken references. Empty when all is well."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = _as_far_as_it_goes
            check = "quick_check" if quick else "integrity_check"
            faults = [str(row[0]) for row in connection.execute(f"PRAGMA {check}") if row[0] != "ok"]
            return faults + [
                f"broken reference in {row[0]}, row {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise in_use(path) from error
        return [str(error)]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    except UnicodeDecodeError:  # SQLite names what is damaged, and the name itself is damaged
        return ["malformed database schema: a name in it is no text"]


def begin_private(path: Path) -> None:
    """Make an empty file that nobody but its owner can read or write; its journal gets the same rights from SQLite.

    Raises FileExistsError when there is one. On Windows the rights of the folder hold.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def with_journal(path: Path) -> tuple[Path, Path]:
    """A working copy and its journal: one left by a crash would be played into the next copy of that name."""
    return path, path.with_name(f"{path.name}-journal")


def forget(*working: Path) -> None:
    """Remove what is left of working files. One that cannot be removed goes when the same thing is done again.

    It is no word on what was done: that has come to its end, or its own problem is being told.
    """
    for path in working:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def write_copy(path: Path, target: Path) -> None:
    """A consistent copy of a file, open elsewhere or not, at `target`, which must not exist yet.

    Raises OSError when the copy could not be written; what there is of it is removed.
    """
    begin_private(target)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            connection.execute("VACUUM INTO ?", (target.resolve().as_uri(),))  # a name may be no text
    except sqlite3.DatabaseError as error:
        forget(target)
        if "locked" in str(error):
            raise in_use(path) from error
        number = errno.ENOSPC if "full" in str(error) else errno.EIO
        raise OSError(number, str(error), str(target)) from error


def compact(path: Path) -> None:
    """Write a file anew without what was removed from it: nothing of it stays in unused pages."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=5)) as connection:
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("VACUUM")


def row_counts(path: Path) -> dict[str, int]:
    """Rows in every table of a file. Raises OSError when it cannot be read."""
    try:
        return _row_counts(path)
    except sqlite3.DatabaseError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error


def _row_counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        names = [
            r[0]
            for r in connection.execute(
                "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608 - names come from the file's own catalogue


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Make a finished file and its folder entry durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
