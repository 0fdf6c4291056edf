"""Working files beside their target: named after the computer and the program that makes them, gone when it has died.

A folder may be shared with other computers, and nobody here can ask whether a program there still lives: what they are
making is never touched. On Windows nobody can be asked without harm, and a file that its program has closed, but not
yet renamed, could be removed there: what died stays, under a name that says what it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import secrets
import shutil
import time
from pathlib import Path

MARK = ".roleworth-"
"""How the name of anything begins that is not finished yet."""
CAN_ASK = os.name == "posix"
"""Whether a program can be asked if it lives."""
DAY = 86400
UNKNOWN = "00000000"
"""The boot of a system that does not say which it is."""
FIRST_NAMESPACE = "pid:[4026531836]"
"""The numbers of programs as Linux itself counts them; a container has others, and theirs are given again."""
_MADE = re.compile(r"\.roleworth-([0-9a-f]{8}-[0-9a-f]{8}-\d+)-.+")
_EARLIER = re.compile(
    r"\.restoring-\w{8}|\..+\.roleworth\.publishing(?:-journal)?"
    r"|\.roleworth-(?P<process>\d+)-[^-]+"
)
"""What earlier versions called theirs: without a program, or without the computer that counted it."""


def working_name(folder: Path, ending: str = "") -> Path:
    """A name in a folder that nobody else uses, with what died on this computer cleared away."""
    clear_the_dead(folder)
    return folder / f"{MARK}{maker()}-{secrets.token_hex(4)}{ending}"


def maker() -> str:
    """By what this program is known in a folder that others share: computer, boot and process."""
    return f"{_computer()}-{_boot() or UNKNOWN}-{os.getpid()}"


def is_dead(made_by: str) -> bool:
    """Whether a maker was a program of this computer that has ended. Whoever cannot be asked is not dead."""
    boot, _, process = made_by.partition("-")[2].partition("-")
    if not CAN_ASK or not is_of_this_computer(made_by):
        return False
    if boot != (ours := _boot() or UNKNOWN):
        return UNKNOWN not in (boot, ours)
    return process.isdecimal() and not _lives(int(process))


def is_of_this_computer(made_by: str) -> bool:
    """Whether a maker was a program that counted its processes as this one does."""
    return made_by.partition("-")[0] == _computer()


def is_quiet(*paths: Path) -> bool:
    """Whether none of these has been written to for a day, as far as it is there. Raises OSError."""
    times = []
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            times.append(path.lstat().st_mtime)
    return time.time() - max(times, default=0.0) > DAY


def _computer() -> str:
    """The mark of this computer; its own name may be long, say who owns it, or be that of another one as well.

    A container may have the name of the computer it runs on, and counts its programs for itself. Where its count may be
    given to another container after a restart, the restart belongs to the mark.
    """
    space = _namespace()
    boot = _boot() if space not in ("", FIRST_NAMESPACE) else ""
    name = platform.node().encode(errors="surrogateescape")
    return _short(b"\0".join((name, _read("/etc/machine-id"), space.encode(), boot.encode())))


def _boot() -> str:
    """The mark of the time since the system was started, empty where it cannot be read."""
    held = _read("/proc/sys/kernel/random/boot_id")
    return _short(held) if held else ""


def _namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - it is a text and no path
    except OSError:
        return ""


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def _short(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=4).hexdigest()


def clear_the_dead(folder: Path) -> None:
    """Remove what programs of this computer were writing when they were killed, each for itself.

    What another login left cannot be removed by this one, and a folder may be written to that cannot be listed: neither
    stands in the way of what is to be made. Names of earlier versions do not tell whose they are: they go after a day.
    """
    with contextlib.suppress(OSError):
        for left in list(folder.iterdir()):
            with contextlib.suppress(OSError):
                if _is_left_over(left):
                    _remove(left)


def _is_left_over(path: Path) -> bool:
    if made := _MADE.fullmatch(path.name):
        return is_dead(made[1])
    if earlier := _EARLIER.fullmatch(path.name):
        process = earlier["process"]
        return is_quiet(path) and (not process or (CAN_ASK and not _lives(int(process))))
    return False


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
