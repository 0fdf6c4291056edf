"""The names of backups: whose number is whose, and what a power cut left of one that was never finished.

A number is claimed by its description, made before anything else and by one program alone; a folder may be shared with
other files of the same name, on other computers, so nothing of theirs may be written to or taken for a left-over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import sqlite

BACKUP = ".backup"
_NAME = re.compile(r"-(\d{6,})\.backup$")
_CLAIMED = re.compile(r"-(\d{6,})\.backup(?:\.json)?")
_BEGUN = re.compile(r"-(\d{6,})\.(?:backup\.json(?:\.making)?|making(?:-journal)?)")


def is_backup(path: Path) -> bool:
    """Whether a file is called as backups are: it is looked into and restored, never worked on."""
    return path.suffix.casefold() == BACKUP


def number_of(name: str) -> int:
    """The number in the name of a backup, 0 when it has none."""
    found = _NAME.search(name)
    return int(found.group(1)) if found else 0


def stem_of(name: str) -> str:
    """The name of the file a backup is of."""
    return _NAME.sub("", name)


def description_of(backup: Path) -> Path:
    """The description beside a backup."""
    return backup.with_suffix(f"{BACKUP}.json")


def working_of(backup: Path) -> Path:
    """What a backup is called until it is whole and checked."""
    return backup.with_suffix(".making")


def named_backups(folder: Path, stem: str) -> list[Path]:
    """The backups in a folder of files of a name, newest first."""
    found = [path for path in folder.glob(f"{_quoted(stem)}-*{BACKUP}") if number_of(path.name)]
    mine = [path for path in found if stem_of(path.name) == stem]
    return sorted(mine, key=lambda path: number_of(path.name), reverse=True)


def claim(folder: Path, stem: str, file: str, also: Path) -> Path:
    """Take the next number for a backup of `file`: one more than any in the folder and in `also`. Returns its name.

    The newest of both places has the largest number. Raises OSError when the folder cannot be written.
    """
    places = dict.fromkeys([folder, also])
    taken = [number for place in places for number in _numbers(place, stem, _CLAIMED)]
    number = 1 + max(taken, default=0)
    while True:
        target = folder / f"{stem}-{number:06d}{BACKUP}"
        try:
            if not target.exists():  # under capitals that the disk does not tell apart
                sqlite.begin_private(description_of(target))
                break
        except FileExistsError:  # another program was quicker
            pass
        number += 1
    try:
        description_of(target).write_text(json.dumps({"file": file}), encoding="utf-8")
    except OSError:
        sqlite.forget(description_of(target))
        raise
    return target


def clear_unfinished(newer: Path, file: str) -> None:
    """Remove what a power cut left of earlier backups of `file`; a number that another file has claimed is let be."""
    folder, stem = newer.parent, stem_of(newer.name)
    for number in sorted({number for number in _numbers(folder, stem, _BEGUN) if number < number_of(newer.name)}):
        target = folder / f"{stem}-{number:06d}{BACKUP}"
        if target.exists():
            _unfinished(description_of(target)).unlink(missing_ok=True)
        elif _claimed_by(target) in ("", file):
            clear(target)
            description_of(target).unlink(missing_ok=True)


def clear(backup: Path) -> None:
    """Remove the working files of a backup; its description stays."""
    for left in (*sqlite.with_journal(working_of(backup)), _unfinished(description_of(backup))):
        left.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    working = _unfinished(path)
    working.unlink(missing_ok=True)
    sqlite.begin_private(working)
    working.write_text(text, encoding="utf-8")
    sqlite.sync_file(working)
    working.replace(path)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.making")


def _claimed_by(backup: Path) -> str:
    """Which file has claimed a number; empty when none has, or nobody can say."""
    try:
        held: Any = json.loads(description_of(backup).read_text(encoding="utf-8"))
        return str(held["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _numbers(folder: Path, stem: str, form: re.Pattern[str]) -> Iterator[int]:
    for path in folder.glob(f"{_quoted(stem)}-*"):
        if found := form.fullmatch(path.name.removeprefix(stem)):
            yield int(found[1])


def _quoted(stem: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", stem)
