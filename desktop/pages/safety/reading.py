"""What is read of a file that may be damaged or gone: backups that cannot be listed keep nothing else from going on."""

from __future__ import annotations

from pathlib import Path

from analysis.problems import UserProblem
from db.backup import Backup, backups_in, file_id_of, folder_beside, newest_verified
from db.checks import FileCheck, check_file
from db.restoring import Preview, preview
from db.salvage import Salvage, salvage, unused_name
from db.whereabouts import place_of
from desktop.pages.safety.state import SafetyRead
from desktop.safety import all_backups, backup_folder, is_of_another


def listed(path: Path) -> tuple[list[Backup], UserProblem | None]:
    """The backups of a file that could be listed, and why others could not: those may be the newest."""
    found: list[Backup] = []
    try:
        found = all_backups(path)
        if (chosen := backup_folder(path)) != folder_beside(path):
            backups_in(chosen, path.stem)
    except UserProblem as problem:
        return found, problem
    return found, None


def read_safety(path: Path) -> SafetyRead:
    """The backups of a file, where they go and where it lies."""
    found, problem = listed(path)
    folder, place, file = backup_folder(path), place_of(path), file_id_of(path)
    return SafetyRead(path, tuple(found), folder, place, file, is_in_place(path.parent), problem)


def is_in_place(path: Path) -> bool:
    """Whether a file or folder can be found where it should be; on a drive that does not answer it cannot."""
    try:
        return path.exists()
    except OSError:
        return False


def checked(path: Path) -> tuple[FileCheck, UserProblem | None]:
    """What a check finds, beside the backups that could be listed."""
    found, problem = listed(path)
    return check_file(path, [backup.path for backup in found]), problem


def saved(path: Path) -> tuple[Salvage, UserProblem | None]:
    """What can be read of a file in a new one, put right by the backups that could be listed."""
    found, problem = listed(path)
    return salvage(path, unused_name(path, "saved"), [backup.path for backup in found]), problem


def newest_of(path: Path) -> Preview | None:
    """What the newest backup that is still what it was would bring back, of those not known to be of another file."""
    own = file_id_of(path)
    found, _problem = listed(path)
    held = newest_verified(backup for backup in found if not is_of_another(backup, own))
    return preview(held.path) if held is not None else None
