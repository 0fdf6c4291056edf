"""The names of backups: whose number is whose, and what a power cut left of one that was never finished.

A number is claimed by its description, made before anything else and by one program alone; a folder may be shared with
other files of the same name, on other computers, so nothing of theirs may be written to or taken for a left-over.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import sqlite
from db.working import CAN_ASK, is_dead, is_of_this_computer, is_quiet, maker, working_name

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
    """The backups in a folder of files of a name, newest first. Raises OSError when it cannot be looked into."""
    found = [path for path in _named(folder, stem) if path.name.endswith(BACKUP) and number_of(path.name)]
    mine = [path for path in found if stem_of(path.name) == stem]
    return sorted(mine, key=lambda path: number_of(path.name), reverse=True)


def claim(folder: Path, stem: str, file: str, also: Path) -> Path:
    """Take the next number for a backup of `file`: one more than any in the folder and in `also`. Returns its name.

    The newest of both places has the largest number; one under which somebody works is not taken. The claim says which
    program made it, and is there whole. Raises OSError when the folder cannot be written.
    """
    places = dict.fromkeys([folder, also])
    taken = [number for place in places for number in _numbers(place, stem, _CLAIMED)]
    number = 1 + max(taken, default=0)
    written = working_name(folder, ".json")
    try:
        sqlite.begin_private(written)
        written.write_text(json.dumps({"file": file, "by": maker()}), encoding="utf-8")
        sqlite.sync_file(written)
        while not _took(written, target := folder / f"{stem}-{number:06d}{BACKUP}"):
            number += 1
    finally:
        sqlite.forget(written)
    return target


def _took(written: Path, target: Path) -> bool:
    """Give a claim its name, unless somebody has it: under capitals that the disk does not tell apart, or just now."""
    description = description_of(target)
    if target.exists() or working_of(target).exists():
        return False
    try:
        _name(written, description)
    except FileExistsError:  # another program was quicker
        return False
    return True


def _name(written: Path, description: Path) -> None:
    try:
        os.link(written, description)
    except FileExistsError:
        raise
    except OSError:  # a disk that gives no second name
        sqlite.begin_private(description)
        try:
            description.write_bytes(written.read_bytes())
        except OSError:
            sqlite.forget(description)
            raise


def clear_unfinished(newer: Path, file: str) -> None:
    """Remove what a power cut left of earlier backups of `file`, each for itself; what another claimed is let be.

    What a program of another computer claimed goes with that one's next backup, so for ever stays what a computer or a
    container that is gone has left. So does a description with a checksum, but without working files: its backup may be
    on its way here, in a folder that is synchronised. On Windows one with working files stays as well.
    """
    folder, stem = newer.parent, stem_of(newer.name)
    for number in sorted({number for number in _numbers(folder, stem, _BEGUN) if number < number_of(newer.name)}):
        target = folder / f"{stem}-{number:06d}{BACKUP}"
        with contextlib.suppress(OSError):  # it may be another login's, and goes with that one's next backup
            if not _is_left_over(target, file):
                continue
            if target.exists():
                _unfinished(description_of(target)).unlink(missing_ok=True)
            else:
                clear(target)
                description_of(target).unlink(missing_ok=True)


def _is_left_over(target: Path, file: str) -> bool:
    """Whether the program that made this died: a live one, in this window or another, may be making it now.

    Where nobody can be asked (on Windows), and where nobody is named (an earlier version, a disk that lost the text),
    a day without a sign of life is waited for; never where a checksum stands, as that of another computer may.
    """
    held = _held(target)
    if str(held.get("file", file)) != file:
        return False
    if target.exists():
        return is_quiet(_unfinished(description_of(target)))
    maker_of, is_whole = str(held.get("by", "")), "sha256" in held
    if is_whole and not working_of(target).exists():
        return False
    if maker_of and CAN_ASK:
        return is_dead(maker_of)
    if is_whole or (maker_of and not is_of_this_computer(maker_of)):
        return False
    return is_quiet(description_of(target), *_working_files(target))


def clear(backup: Path) -> None:
    """Remove the working files of a backup; its description stays."""
    for left in _working_files(backup):
        left.unlink(missing_ok=True)


def _working_files(backup: Path) -> tuple[Path, ...]:
    return (*sqlite.with_journal(working_of(backup)), _unfinished(description_of(backup)))


def write_whole(path: Path, text: str) -> None:
    """Write a description so that it is there whole or not at all; who claimed the number stays in it."""
    working = _unfinished(path)
    working.unlink(missing_ok=True)
    sqlite.begin_private(working)
    working.write_text(json.dumps({**json.loads(text), "by": maker()}, indent=1) + "\n", encoding="utf-8")
    sqlite.sync_file(working)
    working.replace(path)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.making")


def _held(backup: Path) -> dict[str, Any]:
    """What the description of a backup says; nothing when there is none, or it is no text. Raises OSError."""
    try:
        held: Any = json.loads(description_of(backup).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _numbers(folder: Path, stem: str, form: re.Pattern[str]) -> Iterator[int]:
    for path in _named(folder, stem):
        if found := form.fullmatch(path.name.removeprefix(stem)):
            yield int(found[1])


def _named(folder: Path, stem: str) -> list[Path]:
    """What is called after a file in a folder; nothing where there is no such folder. Raises OSError.

    `glob` would take a folder that it may not look into for an empty one.
    """
    try:
        return [path for path in folder.iterdir() if path.name.startswith(f"{stem}-")]
    except (FileNotFoundError, NotADirectoryError):
        return []
