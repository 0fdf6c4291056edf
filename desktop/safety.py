"""Where copies of a file lie, and where a person wants its backups: for the app and the command line. Qt-free."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from analysis.problems import UserProblem
from db.backup import Backup, backups_in, backups_of, file_id_of, folder_beside, make_backup
from db.publishing import local_copy, publish
from db.sqlite import forget, sync_file
from db.store import SUFFIX, Store
from desktop.places import data_folder

PLACES, ALL_PLACES = "places", "places.json"
"""The folder of what was chosen, a list for each file; the one list for all of them that there was before."""
PUBLISHED, BEGUN, BESIDE = "published", "publishing", "published beside"
"""The SHA-256 of what was published last, of what was about to be, and of what was put beside another's."""


def _chosen_path(path: Path) -> Path:
    """Each file has a list of its own: two windows never write into one, and damage to one is no loss to others."""
    name = hashlib.blake2b(str(path.resolve()).encode(errors="surrogateescape"), digest_size=16).hexdigest()
    return data_folder() / PLACES / f"{name}.json"


def _chosen(path: Path) -> dict[str, str]:
    """What was chosen for a file; a list that cannot be read is begun anew, and asks again."""
    try:
        text = _chosen_path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return _chosen_before(path)
    except (OSError, UnicodeDecodeError):
        return {}
    return _facts(text)


def _chosen_before(path: Path) -> dict[str, str]:
    try:
        return _facts((data_folder() / ALL_PLACES).read_text(encoding="utf-8"), str(path.resolve()))
    except (OSError, UnicodeDecodeError):
        return {}


def _facts(text: str, *within: str) -> dict[str, str]:
    try:
        held = json.loads(text)
        for name in within:
            held = held.get(name, {})
        return {str(what): str(value) for what, value in held.items()}
    except (ValueError, AttributeError):
        return {}


def choice(path: Path, what: str) -> str:
    """What a person chose for a file on this computer (`backups`, `place`), empty when nothing."""
    return _chosen(path).get(what, "")


def choose(path: Path, what: str, value: str) -> None:
    """Keep a choice for a file. Raises UserProblem when it cannot be kept."""
    target = _chosen_path(path)
    working = target.with_name(f"{target.name}.{os.getpid()}.making")
    try:
        target.parent.mkdir(0o700, exist_ok=True)
        if target.exists():
            target.read_bytes()  # a list that only cannot be read just now is not begun anew
        held = {**_chosen(path), "file": str(path.resolve()), what: value}
        working.touch(0o600)
        working.write_text(json.dumps(held, indent=1), encoding="utf-8")
        sync_file(working)
        os.replace(working, target)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        forget(working)
        text = f"The choice could not be kept: {error.strerror}."
        raise UserProblem(text, "It holds until Roleworth is closed; nothing else is affected.") from error


def carry_choices(origin: Path, restored: Path) -> None:
    """Let the backups of a restored file go where those of the file it was restored beside go.

    Where that one is published to, and what is its local copy, stays its own. Raises UserProblem when it cannot be
    kept.
    """
    if chosen := choice(origin, "backups"):
        choose(restored, "backups", chosen)


def backup_folder(path: Path) -> Path:
    """Where the backups of a file go: the place a person chose, else a folder beside it."""
    chosen = choice(path, "backups")
    return Path(chosen) if chosen else folder_beside(path)


def back_up(store: Store, reason: str, *, thin: bool = True) -> Backup:
    """Make a backup in the place chosen. Raises UserProblem when it cannot be done; the file itself is not affected.

    A chosen place that has gone is not made anew: where a drive is not plugged in, that would be a folder of this disk.
    Unless `thin` is false, older ones that the tiers do not keep go.
    """
    folder = backup_folder(store.path)
    if choice(store.path, "backups") and (missing := _why_missing(folder)):
        raise UserProblem(
            f"{folder}, which was chosen for backups of {store.path.name}, {missing}.",
            "No backup was made; the evaluation file is not affected. Plug the drive in, or choose another place.",
        )
    return make_backup(store, reason=reason, folder=folder, thin=thin)


def _why_missing(folder: Path) -> str:
    """Why a chosen place cannot be used, empty when it is there: a share may be there and not answer."""
    try:
        return "" if folder.is_dir() else "is not there"
    except OSError as error:
        return f"cannot be reached: {error.strerror or error}"


def publish_back(store: Store) -> None:
    """Publish a local copy to where it came from; a file that is no local copy stays where it is.

    Raises UserProblem when it cannot be done, or when the file there was changed by others; nothing of either is lost.
    """
    if origin := choice(store.path, "origin"):
        ours = {choice(store.path, what) for what in (PUBLISHED, BEGUN, BESIDE)}
        done = publish(store, Path(origin), ours, lambda sha256: choose(store.path, BEGUN, sha256))
        choose(store.path, BESIDE if done.beside else PUBLISHED, done.sha256)
        if done.beside:
            raise UserProblem(
                f"{Path(origin).name} was changed by someone else since you took your local copy.",
                f"Theirs is untouched; yours was put beside it as {done.path.name}. Agree on one of the two.",
            )


def work_locally(origin: Path) -> Path:
    """Copy a file to this computer and remember where it came from; its own copy is used again when there is one.

    Raises UserProblem when it cannot be copied.
    """
    held = choice(origin, "local")
    if held and Path(held).exists():
        return Path(held)
    made = local_copy(origin, data_folder())
    choose(made.path, "origin", str(origin))
    choose(made.path, PUBLISHED, made.sha256)
    choose(origin, "local", str(made.path))
    return made.path


def all_backups(path: Path) -> list[Backup]:
    """Every backup of a file, beside it and in the place chosen, newest first; then those of others of its name."""
    own = file_id_of(path)
    return sorted(backups_of(path, backup_folder(path)), key=lambda held: is_of_another(held, own))


def is_of_another(held: Backup, own: str) -> bool:
    """Whether a backup is known to be of another file of the same name: a folder may be shared."""
    return bool(own and held.file) and held.file != own


def copies_of(path: Path) -> list[Path]:
    """Every copy of a file that Roleworth may have made: backups, and what was kept, restored, published or put aside.

    A restored file and the one it was restored from are copies of one another: they know themselves by the same mark.
    Raises UserProblem when a place of backups cannot be listed: what lies there would be said not to be there.
    """
    own = file_id_of(path)
    elsewhere = [Path(other) for what in ("origin", "local") if (other := choice(path, what))]
    near = [
        other
        for one in (path, *elsewhere)
        for other in sorted(one.parent.glob(f"*{SUFFIX}"))
        if other == one or other.stem.startswith(f"{one.stem} ") or (own and file_id_of(other) == own)
    ]
    places = {(folder, one.stem): None for one in [path, *near] for folder in (folder_beside(one), backup_folder(one))}
    backups = [backup.path for folder, stem in places for backup in backups_in(folder, stem)]
    return [other for other in dict.fromkeys([*backups, *near]) if other != path]
