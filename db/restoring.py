"""Putting a backup back: looked at first, then written beside the file of today. Never over anything."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import SQLModel

from analysis.problems import UserProblem
from db import sqlite
from db.backup import Backup, described, file_id_of, is_intact, make_backup
from db.checks import check_copy
from db.recorder import table_of
from db.salvage import unused_name
from db.standing import Standing
from db.store import Store, open_store
from db.tables import HistoryStep, Implementation
from db.working import working_name

KINDS = {
    "roles": "implementation",
    "measures": "measure",
    "values": "observation",
    "imports": "import_batch",
    "cost lines": "cost_line",
    "benefit lines": "benefit_line",
    "notes": "note",
    "steps of history": "history_step",
}
"""What a person counts by, and the table it stands in."""
RENAME_KEEPS = os.name == "nt"
"""Whether renaming overwrites nothing here; elsewhere it does, and a second name is given first."""


@dataclass(frozen=True)
class Held:
    """How many of a kind a backup holds, and the file of today; None where today is not known."""

    kind: str
    then: int
    now: int | None


@dataclass(frozen=True)
class Preview:
    """What a backup would bring back: counts beside those of today, its last step, the steps made since, its roles.

    `file` is by what the file is known that it is of. Only where that is the file of today are the two held side by
    side: `beside_today`.
    """

    backup: Backup
    is_intact: bool
    counts: tuple[Held, ...]
    last_step: str
    last_step_at: str
    roles: tuple[str, ...]
    later_steps: tuple[tuple[str, str], ...] = ()
    file: str = ""
    beside_today: bool = False


@dataclass(frozen=True)
class Restored:
    """Where a backup was restored to; why the file of today could not be backed up first, and whether it is there."""

    path: Path
    not_backed_up: UserProblem | None = None
    today_is_there: bool = True


def preview(backup: Path, now: Store | None = None) -> Preview:
    """Look into a backup without changing it, beside the file of today. Raises UserProblem when it cannot be read."""
    about = described(backup)
    if about.sha256 and not is_intact(about):
        raise UserProblem(f"{backup.name} has changed since it was made.", "Choose an older backup.")
    with _readable(backup) as held:
        then, file = _counts(held), held.file_id()
        steps, roles = table_of(HistoryStep), table_of(Implementation)
        with held.read() as connection:
            newest = connection.execute(
                select(steps.c.id, steps.c.label, steps.c.made_at).order_by(steps.c.id.desc()).limit(1)
            ).first()
            names = tuple(connection.execute(select(roles.c.name).order_by(roles.c.name)).scalars())
    last_id, label, made_at = newest or (0, "", "")
    today, later = _today(now, int(last_id)) if now is not None and now.file_id() == file else (None, ())
    counts = tuple(Held(kind, then[name], today[name] if today else None) for kind, name in KINDS.items())
    sealed, is_beside = bool(about.sha256), today is not None
    return Preview(about, sealed, counts, str(label), str(made_at), names, later, file, is_beside)


def _today(now: Store, last_id: int) -> tuple[dict[str, int] | None, tuple[tuple[str, str], ...]]:
    """What the file of today holds, and its steps since; None where it cannot be read: it is why a backup is wanted."""
    try:
        return _counts(now), _steps_after(now, last_id)
    except UserProblem:
        return None, ()


def _readable(backup: Path) -> closing[Store]:
    """A backup open for reading; one of an older version is only looked into after it was restored."""
    application, version = sqlite.header_of(backup)
    from db.schema import SCHEMA_VERSION

    if application != sqlite.APPLICATION_ID or version > SCHEMA_VERSION:
        return closing(open_store(backup, read_only=True))
    return closing(Store(backup, read_only=True, why_read_only="it is a backup"))


def _counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            name: int(connection.execute(select(func.count()).select_from(SQLModel.metadata.tables[name])).scalar_one())
            for name in KINDS.values()
        }


def _steps_after(now: Store, last_id: int) -> tuple[tuple[str, str], ...]:
    steps = table_of(HistoryStep)
    with now.read() as connection:
        rows = connection.execute(
            select(steps.c.made_at, steps.c.label).where(steps.c.id > last_id).order_by(steps.c.id.desc())
        ).all()
    return tuple((str(when), str(label)) for when, label in rows)


def restore(backup: Path, target: Path) -> Path:
    """Put a checked copy of a backup, brought up to date, at `target`: beside and never over anything.

    Raises UserProblem when the backup is damaged, is none of ours, `target` exists, or it cannot be written there.
    """
    try:
        _refuse_taken(target)
        about = described(backup)
        if about.sha256 and not is_intact(about):
            raise UserProblem(f"{backup.name} has changed since it was made.", "Choose an older backup.")
        folder = working_name(target.parent)
        folder.mkdir(0o700)
        try:
            _put_back(backup, folder / target.name, target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)  # what is left of it says nothing of what was done
    except OSError as error:
        text = f"{backup.name} could not be restored to {target.name}: {error.strerror}."
        raise UserProblem(
            text, "The backup and your files are unchanged. Make room, or choose another place."
        ) from error
    return target


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise UserProblem(
            f"{target.name} exists already; a backup is never restored over a file.", "Choose another name."
        )
    if sqlite.has_cut_short_step(target):
        raise UserProblem(
            f"{target.name}-journal lies there, with the last step of an earlier file of that name: it would be "
            "written into what is restored.",
            "Nothing was restored. Choose another name, or put that earlier file back beside its journal first.",
        )


def _put_back(backup: Path, working: Path, target: Path) -> None:
    """Copy, bring up to date, check, make durable; only then it has its name."""
    sqlite.begin_private(working)
    shutil.copyfile(backup, working)
    try:
        open_store(working).close()
    except (sqlite.DamagedFile, sqlite.LostBeginning) as damaged:
        raise _refused(damaged.message.replace(working.name, backup.name)) from damaged
    _check(backup, working)
    sqlite.sync_file(working)
    _give_name(working, target)
    with contextlib.suppress(OSError):  # it has its name: a disk that cannot say that it will last takes nothing back
        sqlite.sync_folder(target.parent)


def _check(backup: Path, working: Path) -> None:
    if faults := check_copy(working):
        raise _refused(f"{backup.name} is damaged ({faults[0]}).")


def _refused(message: str) -> UserProblem:
    return UserProblem(message, "Nothing was restored. Choose an older backup.")


def _give_name(working: Path, target: Path) -> None:
    """Rename where nothing may be overwritten, even by a file that came meanwhile."""
    try:
        _move(working, target)
    except FileExistsError:
        raise UserProblem(f"{target.name} exists already.", "Choose another name. Nothing was overwritten.") from None


def _move(working: Path, target: Path) -> None:
    """Give a file its name, and no other: one with two is opened for reading only. Raises FileExistsError.

    Killed between the two, a program leaves both; the first goes when the file is opened.
    """
    if RENAME_KEEPS:
        working.rename(target)
        return
    try:
        os.link(working, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise
        working.rename(target)
    else:
        sqlite.forget(working)


def restore_beside(store: Store, backup: Path, back_up: Callable[..., object] = make_backup) -> Restored:
    """Back the file of today up (with `back_up`), then restore a backup under a new name beside it.

    No older backup goes for the new one: it may be the one that is to be restored. A file that cannot be backed up, as
    it is damaged or has gone, is the very reason to restore: nothing of it is touched, and why there is no backup of it
    is returned. Raises UserProblem when the backup cannot be restored.
    """
    problem = None
    try:
        back_up(store, reason="before restore", thin=False)
    except UserProblem as caught:
        problem = caught
    target = restore(backup, unused_name(store.path, "restored"))
    return Restored(target, problem, _is_still_there(store))


def _is_still_there(store: Store) -> bool:
    """Whether the file of that name is still the one that was opened, be it damaged."""
    gone = store.standing() in (Standing.GONE, Standing.REPLACED)
    return not gone and file_id_of(store.path) in ("", store.file_id())
