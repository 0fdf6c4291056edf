"""What SQLite or a disk could not do, in a person's words: what happened, what is safe, what to do next."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from analysis.problems import UserProblem


def told(error: DatabaseError, path: Path) -> Exception:
    """What SQLite or the disk could not do, in words; a rule of ours that was broken stays the fault it is.

    Something that belongs to a row which is not there is none: that was removed, or taken back, a moment ago.
    """
    if isinstance(error, IntegrityError) and "FOREIGN KEY" in str(error.orig):
        return UserProblem("What this belongs to has been removed meanwhile.", "Nothing was changed.")
    return as_problem(error, path) if type(error) in (OperationalError, DatabaseError) else error


def as_problem(error: DatabaseError, path: Path) -> UserProblem:
    """What SQLite could not do, in a person's words."""
    return in_words(str(error.orig), path)


def in_words(fault: str, path: Path) -> UserProblem:
    """What to say of a fault of SQLite or of the disk."""
    for word, (message, hint) in _FAULTS.items():
        if word in fault.lower():
            return UserProblem(message.format(name=path.name), hint)
    return UserProblem(
        f"{path.name} could not be written: {fault}.",
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
