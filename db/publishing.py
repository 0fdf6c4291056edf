"""A file on a network drive or in a synchronised folder: worked on as a local copy, published as verified copies."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import UserProblem
from db import sqlite
from db.checks import check_copy
from db.salvage import unused_name
from db.store import Store, identified


@dataclass(frozen=True)
class Published:
    """Where a verified copy was put, and its checksum; `beside` when the file there had been changed by others."""

    path: Path
    sha256: str
    beside: bool = False


def local_copy(origin: Path, folder: Path) -> Published:
    """A verified copy of a file in a folder of this computer, under a name that is free there.

    Raises UserProblem when the file is none of ours, is damaged, or cannot be copied; nothing is written to it.
    """
    identified(origin)
    first = folder / origin.name
    is_taken = first.exists() or sqlite.has_cut_short_step(first)
    target = unused_name(first, "copy") if is_taken else first
    try:
        before = sqlite.sha256_of(origin)
        sqlite.write_copy(origin, target)
        _check(target, origin)
        sqlite.sync_file(target)
    except OSError as error:
        sqlite.forget(target)
        text = f"{origin.name} could not be copied to this computer: {error.strerror}."
        raise UserProblem(text, "It has not been changed.") from error
    return Published(target, before)


def _check(copy: Path, origin: Path) -> None:
    if faults := check_copy(copy):
        sqlite.forget(copy)
        raise UserProblem(f"The copy of {origin.name} did not pass its check ({faults[0]}).", "Check the file itself.")


def publish(store: Store, origin: Path, last_sha256: str) -> Published:
    """Put a verified copy of the open file where it came from, in one move.

    Where the file there is not the one published last, or has a step that was cut short, someone else has changed it:
    the copy goes beside it and both are kept. Raises UserProblem when it cannot be written there; the local file and
    the file there are not affected.
    """
    working = origin.with_name(f".{origin.name}.publishing")
    try:
        working.unlink(missing_ok=True)
        sqlite.write_copy(store.path, working)
        _check(working, store.path)
        if origin.exists():
            shutil.copymode(origin, working)
        sqlite.sync_file(working)
        made = sqlite.sha256_of(working)
        changed = origin.exists() and sqlite.sha256_of(origin) != last_sha256
        theirs = changed or sqlite.has_cut_short_step(origin)
        target = unused_name(origin, "published") if theirs else origin
        os.replace(working, target)  # noqa: PTH105 - atomic where the place allows it
        sqlite.sync_folder(target.parent)
        if sqlite.sha256_of(target) != made:
            raise UserProblem(f"{target.name} reads back different from what was written.", _SAFE)
    except OSError as error:
        text = f"{store.path.name} could not be published to {origin.parent.name}: {error.strerror}."
        raise UserProblem(text, _SAFE) from error
    finally:
        sqlite.forget(working)
    return Published(target, made, theirs)


_SAFE = "Your local file holds everything. It is published again with the next backup."
