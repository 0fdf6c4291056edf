"""Whatever is written for others: beside its target first, to the disk, and only then in its place in one step."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from analysis.problems import UserProblem
from db.sqlite import begin_private, forget, sync_folder
from db.working import working_name

MOST_SIBLINGS = 99
Result = TypeVar("Result")
ENDING = ".xlsx"
"""How a workbook ends, and the working file of anything."""


def in_place(target: Path, write: Callable[[Path], Result]) -> tuple[Path, Result]:
    """Write a file beside its target and put it there in one step; where it went, and what `write` gave back.

    Raises UserProblem when it cannot be written; an older file at the target is then untouched. Once it has its name it
    is written, also on a share that cannot make the name of a file durable.
    """
    beside = _beside(target)
    try:
        given = write(beside)
        _sync(beside)
        path = _put(beside, target)
    except OSError as error:
        raise UserProblem(
            f"{target.name} could not be written: {error.strerror or error}.",
            "Any older file is as it was. Choose another folder, or make room, and try again.",
        ) from error
    finally:
        forget(beside)
    with suppress(OSError):  # the new file is there, and no older one any more
        sync_folder(path.parent)
    return path, given


def _beside(target: Path) -> Path:
    """A new empty file in the target's own folder: only there is replacing it one step."""
    try:
        is_folder = target.is_dir()
    except OSError as error:
        text = f"{target.name} cannot be written there: {error.strerror or error}."
        raise UserProblem(text, "Nothing was changed. Choose another folder, or a shorter name.") from error
    if is_folder:
        raise UserProblem(f"{target.name} is a folder.", "Give the name of a file.")
    try:
        beside = working_name(target.parent, ENDING)
        begin_private(beside)
    except OSError as error:
        raise UserProblem(
            f"Nothing can be written in the folder {target.parent}: {error.strerror or error}.",
            "Any older file is as it was. Choose another folder.",
        ) from error
    return beside


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put(beside: Path, target: Path) -> Path:
    """Move the checked file to its target, or to `name (2).xlsx` where the target is open in another program."""
    with suppress(OSError):  # a share that keeps no rights of its own refuses, and gives each file those of the share
        os.chmod(beside, 0o644)  # noqa: PTH101 - a report is made to be read by others
    for path in _names(target):
        try:
            os.replace(beside, path)  # noqa: PTH105 - the one call that replaces in one step on every system
        except PermissionError:
            continue
        return path
    raise UserProblem(f"{target.name} is open in another program, and so are its copies.", "Close them and try again.")


def _names(target: Path) -> list[Path]:
    return [target, *(target.with_name(f"{target.stem} ({n}){target.suffix}") for n in range(2, MOST_SIBLINGS + 1))]
