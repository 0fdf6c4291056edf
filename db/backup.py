"""Verified copies of the evaluation file: made, checked, found again, restored beside. Never over."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from analysis.problems import UserProblem
from db import sqlite
from db.recorder import now_text
from db.schema import SCHEMA_VERSION
from db.store import Store, open_store

KEPT_ALWAYS = 5
_NAME = re.compile(r"-(\d{6})\.backup$")


@dataclass(frozen=True)
class Backup:
    """One verified copy: where it is, when and why it was made, how many rows it holds."""

    path: Path
    made_at: str
    reason: str
    rows: int
    sha256: str


def folder_for(store: Store) -> Path:
    """Where this file's backups lie: a folder of its own name beside it."""
    return store.path.with_name(f"{store.path.stem} backups")


def make_backup(store: Store, *, reason: str, folder: Path | None = None) -> Backup:
    """Copy the file, check the copy, give it a checksum, then its name.

    Raises UserProblem when the copy cannot be written or does not pass its checks; the file itself is not touched.
    """
    target_folder = folder or folder_for(store)
    try:
        target_folder.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(p) for p in target_folder.glob("*.backup")), default=0)
        target = target_folder / f"{store.path.stem}-{number:06d}.backup"
        working = target.with_suffix(".making")
        working.unlink(missing_ok=True)
        sqlite.write_copy(store.path, working)
        backup = _verified(working, target, reason)
    except OSError as error:
        text = f"A backup could not be written to {target_folder.name}: {error.strerror}."
        raise UserProblem(text, "Your evaluation file is not affected. Choose another place for backups.") from error
    return backup


def _verified(working: Path, target: Path, reason: str) -> Backup:
    if faults := sqlite.faults_of(working):
        working.unlink()
        raise UserProblem(f"The backup did not pass its check ({faults[0]}).", "Check the evaluation file now.")
    counts = sqlite.row_counts(working)
    facts = {
        "made_at": now_text(),
        "reason": reason,
        "rows": sum(counts.values()),
        "counts": counts,
        "sha256": sqlite.sha256_of(working),
        "schema": SCHEMA_VERSION,
    }
    sidecar = target.with_suffix(".backup.json")
    sidecar.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    sqlite.sync_file(sidecar)
    sqlite.sync_file(working)
    os.replace(working, target)  # noqa: PTH105 - atomic on every system
    sqlite.sync_folder(target.parent)
    return Backup(target, str(facts["made_at"]), reason, sum(counts.values()), str(facts["sha256"]))


def backups(store: Store) -> list[Backup]:
    """The backups of this file, newest first, by sequence number and not by any clock."""
    found = sorted(folder_for(store).glob("*.backup"), key=_number, reverse=True)
    return [_described(path) for path in found if path.with_suffix(".backup.json").exists()]


def _described(path: Path) -> Backup:
    facts = json.loads(path.with_suffix(".backup.json").read_text(encoding="utf-8"))
    return Backup(path, facts["made_at"], facts["reason"], facts["rows"], facts["sha256"])


def restore(backup: Path, target: Path) -> Path:
    """Put a checked copy of a backup at `target`, beside and never over anything.

    Raises UserProblem when the backup is damaged, is none of ours, or `target` exists.
    """
    if target.exists():
        raise UserProblem(
            f"{target.name} exists already; a backup is never restored over a file.", "Choose another name."
        )
    sidecar = backup.with_suffix(".backup.json")
    if sidecar.exists() and json.loads(sidecar.read_text(encoding="utf-8"))["sha256"] != sqlite.sha256_of(backup):
        raise UserProblem(f"{backup.name} has changed since it was made.", "Choose an older backup.")
    open_store(backup, read_only=True).close()
    shutil.copyfile(backup, target)
    sqlite.sync_file(target)
    return target


def _number(path: Path) -> int:
    found = _NAME.search(path.name)
    return int(found.group(1)) if found else 0
