"""Whether the file under a name is still the one that was opened: it may be replaced, moved or written meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from analysis.problems import UserProblem


class Standing(StrEnum):
    """What has become of an open file."""

    SAME = "same"
    GONE = "gone"
    REPLACED = "replaced"
    CHANGED = "changed"
    TAKEN = "taken over"


LOST = {
    Standing.GONE: (
        "{name} is no longer where it was: it has been moved, renamed or deleted, or its drive has gone.",
        "Nothing was written. Put it back, or open it where it is now; what was saved before is in it.",
    ),
    Standing.REPLACED: (
        "{name} has been replaced by another file since it was opened.",
        "Nothing was written to it. Open it again to see what it holds; backups of the file you had are kept.",
    ),
    Standing.CHANGED: (
        "{name} has been changed by another program since it was read.",
        "Nothing was written. Open it again to see what it holds now, then repeat your last change.",
    ),
    Standing.TAKEN: (
        "Someone has taken {name} over from another window or computer.",
        "Nothing was written. Open it again to read it, or take it back if they have finished.",
    ),
}
"""What to say of each, and what is safe."""


def lost(standing: Standing, path: Path) -> UserProblem:
    """What to say of a file that is not as it was left."""
    message, hint = LOST[standing]
    return UserProblem(message.format(name=path.name), hint)


LOST_WHILE_WRITING = (
    "{name} was moved or replaced while it was being written.",
    "The last change is not in the file of that name now. Open it again to see what it holds; backups are kept.",
)
"""What to say of a step that went into a file which has lost its name meanwhile."""


@dataclass(frozen=True)
class Fingerprint:
    """By what a file is known again without reading it: its place on the disk, its size, when it was last written."""

    device: int
    inode: int
    size: int
    written_ns: int


def fingerprint(path: Path) -> Fingerprint | None:
    """The fingerprint of a file as it is now, None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Fingerprint(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def compared(before: Fingerprint | None, now: Fingerprint | None) -> Standing:
    """What has become of a file since a fingerprint was taken."""
    if now is None:
        return Standing.GONE
    if before is None or (before.device, before.inode) != (now.device, now.inode):
        return Standing.REPLACED
    return Standing.SAME if before == now else Standing.CHANGED
