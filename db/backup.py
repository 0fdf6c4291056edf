"""Verified copies of the evaluation file: made, checked, found again, thinned. Numbers order them, never a clock."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from analysis.problems import UserProblem
from analysis.wording import plural
from db import backup_names as names
from db import sqlite
from db.checks import check_copy
from db.page_sums import kept
from db.recorder import now_text, table_of
from db.schema import SCHEMA_VERSION
from db.standing import Standing, lost
from db.store import Store
from db.tables import HistoryStep
from db.thinning import UNKNOWN, Kept, Reading, reading, to_thin


@dataclass(frozen=True)
class Backup:
    """One verified copy: where it is, its number, when and why it was made, how many rows it holds.

    `head` is the hash of the newest step it holds; `reading` says when it was made by a clock nobody can set. A backup
    whose description cannot be read has no checksum, and is never thinned and never restored unseen.
    """

    path: Path
    made_at: str
    reason: str
    rows: int
    sha256: str
    number: int = 0
    head: str = ""
    file: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    reading: Reading = UNKNOWN
    schema: int = SCHEMA_VERSION
    size: int = 0

    @property
    def sidecar(self) -> Path:
        """Where its description and its checksum stand."""
        return names.description_of(self.path)


def folder_for(store: Store) -> Path:
    """Where this file's backups lie unless a person chose a place: a folder of its own name beside it."""
    return folder_beside(store.path)


def folder_beside(path: Path) -> Path:
    """The backup folder of a file, open or not."""
    return path.with_name(f"{path.stem} backups")


def make_backup(store: Store, *, reason: str, folder: Path | None = None, thin: bool = True) -> Backup:
    """Copy the file, check the copy as a whole, give it a checksum, then its name; then thin this file's older ones.

    A folder may be shared with files of the same name: theirs are not touched. Where nothing has changed since the
    newest backup, that one is verified again instead. Raises UserProblem when the copy cannot be written or does not
    pass its checks; the file itself and every older backup are not touched.
    """
    target_folder = folder or folder_for(store)
    store.refuse_if_lost()
    file = store.file_id()
    own = [held for held in backups_in(target_folder, store.path.stem) if held.file == file]
    if own and own[0].head == head_of(store) and is_intact(own[0]):
        return own[0]
    try:
        target_folder.mkdir(0o700, parents=True, exist_ok=True)
        if target_folder != folder_for(store):
            with contextlib.suppress(OSError):  # for sums of pages, which are only an aid
                folder_for(store).mkdir(0o700, exist_ok=True)
        _need_room(store.path, target_folder)
        target = names.claim(target_folder, store.path.stem, file, folder_for(store))
        backup = _made(store, target, file, reason)
    except OSError as error:
        text = f"A backup could not be written to {target_folder.name}: {error.strerror}."
        hint = "Your evaluation file is not affected, and older backups are kept. Choose another place for backups."
        raise UserProblem(text, hint) from error
    store.note_pages()
    with contextlib.suppress(OSError):  # what cannot be removed now goes with the next one
        names.clear_unfinished(backup.path, file)
    if thin:
        thin_out([backup, *own])
    return backup


def _made(store: Store, target: Path, file: str, reason: str) -> Backup:
    """A backup under the name that was claimed for it; where it fails, the claim is given up."""
    working = names.working_of(target)
    try:
        names.clear(target)
        sqlite.write_copy(store.path, working)
        facts = _checked_facts(working)
        store.refuse_if_lost()
        if facts["file"] != file:
            raise lost(Standing.REPLACED, store.path)
        names.write_whole(names.description_of(target), json.dumps({**facts, "reason": reason}, indent=1) + "\n")
        sqlite.sync_file(working)
        if target.exists():
            raise FileExistsError(errno.EEXIST, "another program has just made one of that name", str(target))
        working.replace(target)
        sqlite.sync_folder(target.parent)
    except BaseException:
        claimed = [] if target.exists() else [names.description_of(target)]
        sqlite.forget(*sqlite.with_journal(working), *claimed)
        raise
    return _described(target)


def _checked_facts(working: Path) -> dict[str, Any]:
    """What a copy holds, read from itself: the file may have gone on, or another have its name, since it was looked at.

    Raises UserProblem when the copy does not pass its checks.
    """
    if faults := check_copy(working):
        raise UserProblem(
            f"The backup did not pass its check ({faults[0]}); {plural(len(faults), 'fault')} in all.",
            "Older backups are kept. Check the evaluation file now: it may be damaged.",
        )
    with contextlib.closing(Store(working, read_only=True, why_read_only="it is being checked")) as copy:
        head, file = head_of(copy), copy.file_id()
    counts, now = sqlite.row_counts(working), reading()
    return {
        "made_at": now_text(),
        "rows": sum(counts.values()),
        "counts": counts,
        "sha256": sqlite.sha256_of(working),
        "schema": SCHEMA_VERSION,
        "run": now.run,
        "seconds": now.seconds,
        "head": head,
        "file": file,
    }


def _need_room(path: Path, folder: Path) -> None:
    needed, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise UserProblem(
            f"No room for a backup in {folder.name}: it needs {_megabytes(needed)}, {_megabytes(free)} are free.",
            "Your evaluation file is not affected. Make room there, or choose another place for backups.",
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def backups(store: Store, *folders: Path) -> list[Backup]:
    """The backups of this file in its own folder and in others, newest first, by number and not by any clock."""
    return backups_of(store.path, *folders)


def backups_of(path: Path, *folders: Path) -> list[Backup]:
    """The backups of a file that may be damaged or gone, newest first.

    A place that cannot be listed hides nothing of the others. Raises UserProblem when nothing is found beside such one.
    """
    found: list[Backup] = []
    problems = []
    for folder in dict.fromkeys([folder_beside(path), *folders]):
        try:
            found += backups_in(folder, path.stem)
        except UserProblem as problem:
            problems.append(problem)
    if problems and not found:
        raise problems[0]
    return sorted(found, key=lambda held: held.number, reverse=True)


def backups_in(folder: Path, stem: str) -> list[Backup]:
    """The backups of files of a name in a folder, newest first. Raises UserProblem when it cannot be looked into."""
    found = []
    try:
        for path in names.named_backups(folder, stem):
            with contextlib.suppress(FileNotFoundError):  # another program has just thinned it out
                found.append(_described(path))
        return found
    except OSError as error:
        text = f"The backups in {folder.name} cannot be listed: {error.strerror}."
        raise UserProblem(text, "Nothing was changed. See that the folder can be reached, then try again.") from error


def described(path: Path) -> Backup:
    """What is known of one backup, from the description beside it. Raises UserProblem when there is no such file."""
    if not path.is_file():
        raise UserProblem(f"There is no backup {path.name}.", "Choose one of those that are listed.")
    return _described(path)


def _described(path: Path) -> Backup:
    number, size = names.number_of(path.name), path.stat().st_size
    try:
        facts = json.loads(names.description_of(path).read_text(encoding="utf-8"))
        return Backup(
            path,
            str(facts["made_at"]),
            str(facts["reason"]),
            int(facts["rows"]),
            str(facts["sha256"]),
            number,
            str(facts.get("head", "")),
            str(facts.get("file", "")),
            {str(name): int(count) for name, count in facts["counts"].items()},
            Reading(str(facts.get("run", "")), float(facts.get("seconds", 0.0))),
            int(facts["schema"]),
            size,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Backup(path, "", "its description is damaged or missing", 0, "", number, size=size)


def is_intact(backup: Backup) -> bool:
    """Whether a backup is bit for bit what was checked when it was made."""
    try:
        return bool(backup.sha256) and sqlite.sha256_of(backup.path) == backup.sha256
    except OSError:
        return False


def file_id_of(path: Path) -> str:
    """By what a file is known that may be damaged: as it says itself, else as was kept beside it; empty if neither."""
    try:
        with contextlib.closing(Store(path, read_only=True, why_read_only="it is being looked at")) as store:
            return store.file_id()
    except (UserProblem, UnicodeDecodeError):
        held = kept(path)
        return held.file if held is not None else ""


def newest_verified(found: Iterable[Backup]) -> Backup | None:
    """The newest backup that is still what it was, looked at now."""
    return next((held for held in found if is_intact(held)), None)


def thin_out(held: Iterable[Backup]) -> list[Path]:
    """Remove the backups that the tiers do not keep; returns what was removed. One that cannot be removed stays."""
    described_ones = [backup for backup in held if backup.sha256]
    wanted = to_thin([Kept(backup.number, backup.reading) for backup in described_ones], reading())
    gone = []
    for backup in described_ones:
        if backup.number in wanted:
            try:
                backup.path.unlink()
                backup.sidecar.unlink(missing_ok=True)
            except OSError:
                continue
            gone.append(backup.path)
    return gone


def delete_backup(backup: Backup) -> None:
    """Remove one backup for good, because a person asked. Raises UserProblem when it cannot be removed."""
    try:
        backup.path.unlink(missing_ok=True)
        backup.sidecar.unlink(missing_ok=True)
        sqlite.sync_folder(backup.path.parent)
    except OSError as error:
        raise UserProblem(
            f"{backup.path.name} could not be deleted: {error.strerror}.", "It is still there."
        ) from error


def head_of(store: Store) -> str:
    """The hash of the newest step of a file: two files with the same one hold the same."""
    steps = table_of(HistoryStep)
    with store.read() as connection:
        return str(connection.execute(select(steps.c.hash).order_by(steps.c.id.desc()).limit(1)).scalar() or "")
