"""A file on a network drive or in a synchronised folder: worked on as a local copy, published as verified copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import UserProblem
from db import sqlite
from db.backup import file_id_of
from db.checks import check_copy
from db.salvage import unused_name
from db.standing import Standing, lost
from db.store import Store, identified
from db.working import working_name

PUBLISHED = "published"


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


def publish(
    store: Store, origin: Path, ours: Collection[str], begin: Callable[[str], None] = lambda _sha256: None
) -> Published:
    """Put a verified copy of the open file where it came from, in one move.

    `ours` are the SHA-256 of what was published before. Where the file there is none of them, or has a step that was
    cut short, someone else has changed it: the copy goes beside it, in place of an earlier one of ours, and both are
    kept. `begin` is told the SHA-256 of the new copy just before it is moved, so that it is known as ours whatever
    happens then. Raises UserProblem when it cannot be written there; the local file and the file there are not
    affected.
    """
    store.refuse_if_lost()
    working = None
    try:
        working = working_name(origin.parent)
        sqlite.write_copy(store.path, working)
        _check(working, store.path)
        store.refuse_if_lost()
        if file_id_of(working) != store.file_id():
            raise lost(Standing.REPLACED, store.path)
        if origin.exists():
            shutil.copymode(origin, working)
        sqlite.sync_file(working)
        made = sqlite.sha256_of(working)
        theirs = not _is_free_or_ours(origin, ours)
        target = _beside(origin, ours) if theirs else origin
        begin(made)
        os.replace(working, target)  # noqa: PTH105 - atomic where the place allows it
        sqlite.sync_folder(target.parent)
        if sqlite.sha256_of(target) != made:
            raise UserProblem(f"{target.name} reads back different from what was written.", _SAFE)
    except OSError as error:
        text = f"{store.path.name} could not be published to {origin.parent.name}: {error.strerror}."
        raise UserProblem(text, _SAFE) from error
    finally:
        if working is not None:
            sqlite.forget(*sqlite.with_journal(working))
    return Published(target, made, theirs)


def _is_free_or_ours(path: Path, ours: Collection[str]) -> bool:
    is_ours = not path.exists() or sqlite.sha256_of(path) in ours
    return is_ours and not sqlite.has_cut_short_step(path)


def _beside(origin: Path, ours: Collection[str]) -> Path:
    """The place of the copy that was put there last, unless others have changed it since."""
    last = origin.with_name(f"{origin.stem} {PUBLISHED}{origin.suffix}")
    return last if _is_free_or_ours(last, ours) else unused_name(origin, PUBLISHED)


_SAFE = "Your local file holds everything. It is published again with the next backup."
