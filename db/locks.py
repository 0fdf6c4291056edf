"""One writer to a file: a lock beside it that says who has it. Only a person takes over a lock that may be alive.

The operating system holds the lock and lets go of it when a program dies, so a crash leaves nothing to clear away. On
shared drives it may not be trusted with that: a lock left by another computer therefore stays until a person says so.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import platform
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.periods import month_name
from analysis.problems import UserProblem

FAR = 1 << 30
"""Where the one locked byte stands on Windows, out of the way of the text that others read."""

NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


@dataclass(frozen=True)
class Holder:
    """Who has a file open for writing: login, computer, process, and since when (UTC)."""

    who: str
    host: str
    process: int
    since: str
    token: str = ""

    @property
    def words(self) -> str:
        """`anna on WARD-PC-7, since 22 Nov 09:41`."""
        return f"{self.who or 'someone'} on {self.host or 'an unknown computer'}{self._when()}"

    def _when(self) -> str:
        try:
            local = datetime.fromisoformat(self.since).astimezone()
        except ValueError:
            return ""
        return f", since {local.day} {month_name(local)[:3]} {local:%H:%M}"


class FileLock:
    """A lock that is held until `release`. Made by `acquire`."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    def is_ours(self) -> bool:
        """False once a person has taken it over from somewhere else."""
        if self._handle is None:
            return False
        try:
            there = self.path.stat()
        except OSError:
            return False
        own = os.fstat(self._handle)
        return (own.st_dev, own.st_ino) == (there.st_dev, there.st_ino)

    def release(self) -> None:
        """Let go of it, once. A text that cannot be removed stays and holds nobody up: the system's lock is gone."""
        if self._handle is None:
            return
        mine, handle, self._handle = self.is_ours(), self._handle, None
        if os.name == "nt":
            os.close(handle)
        if mine:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        if os.name != "nt":
            os.close(handle)


def lock_path(path: Path) -> Path:
    """Where the lock of a file lies; links to one file share it."""
    whole = path.resolve()
    return whole.with_name(f"{whole.name}.lock")


def acquire(path: Path, *, take_over: bool = False) -> FileLock | Holder:
    """The lock of a file, or who holds it.

    A lock whose program has died on this computer is free. One left by another computer is held until `take_over`.
    Raises UserProblem when the lock cannot be written at all.
    """
    lock = lock_path(path)
    if take_over:
        _remove(lock)
    for _ in range(3):
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _not_locked(path, error) from error
        free = _hold(handle)
        holder = _read(lock)
        if not free or (holder is not None and holder.host != platform.node()):
            os.close(handle)
            return holder or Holder("", "", 0, "")
        made = FileLock(lock, handle)
        if made.is_ours():
            _say_who(path, made, handle)
            return made
        os.close(handle)
    raise UserProblem(f"{path.name} is being opened by another program.", "Nothing was changed. Try again.")


def _say_who(path: Path, made: FileLock, handle: int) -> None:
    try:
        _write(handle)
    except OSError as error:
        made.release()
        raise _not_locked(path, error) from error


def _not_locked(path: Path, error: OSError) -> UserProblem:
    text = f"{path.name} cannot be locked, so it cannot be opened for writing here ({error.strerror})."
    return UserProblem(text, "Nothing was changed. Open it for reading, or copy it to this computer.")


def _hold(handle: int) -> bool:
    """Whether the operating system gives us the lock; where it knows no locks, what the file says must do."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in NO_LOCKS
    return True


def _read(lock: Path) -> Holder | None:
    try:
        facts = json.loads(lock.read_text(encoding="utf-8"))
        return Holder(**facts)
    except (OSError, ValueError, TypeError):
        return None


def _write(handle: int) -> None:
    holder = Holder(_login(), platform.node(), os.getpid(), datetime.now(UTC).isoformat(), secrets.token_hex(8))
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(asdict(holder)).encode())


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _remove(lock: Path) -> None:
    try:
        lock.unlink(missing_ok=True)
    except OSError as error:
        text = (
            f"The file is still open in a program on this computer, or its lock cannot be removed ({error.strerror})."
        )
        raise UserProblem(text, "Nothing was changed. Close the other window first.") from error
