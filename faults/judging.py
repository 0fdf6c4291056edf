"""Looking at what a fault left: is the file sound, is every act all or nothing, is all there that was said."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from analysis.problems import UserProblem
from db.backup import backups_in, is_intact
from db.checks import check_file
from db.recorder import table_of
from db.store import Store, open_store
from db.tables import Observation
from faults.acts import ACTS, NAME, OLD, ROWS, before, period, script
from faults.rehearsing import Verdicts, rehearse, rehearse_upgrade

Held = dict[str, float]


def said_done(lines: Sequence[str]) -> dict[int, str]:
    """The acts that were said to be done, with what they said."""
    done = [line.split(" ", 2) for line in lines if line.startswith("done ")]
    return {int(parts[1]): parts[2] if len(parts) > 2 else "" for parts in done}


def _written(turn: int, name: str) -> Held:
    numbers = range(1) if name == "save" else range(1, ROWS + 1)
    return {period(turn, number).start.isoformat(): float(turn) for number in numbers}


def states(acts: Sequence[str]) -> list[Held]:
    """What is recorded before the first act and after each."""
    held: Held = {}
    found = [held]
    stack: list[Held] = []
    undone: list[Held] = []
    for turn, name in enumerate(acts):
        if name in ("save", "import"):
            stack.append(_written(turn, name))
            held = held | stack[-1]
            undone.clear()
        elif name == "undo":
            undone.append(stack.pop())
            held = {key: value for key, value in held.items() if key not in undone[-1]}
        elif name == "redo":
            stack.append(undone.pop())
            held = held | stack[-1]
        found.append(held)
    return found


def recorded(store: Store) -> Held:
    """What is recorded in the file."""
    rows = table_of(Observation)
    with store.read() as connection:
        found = connection.execute(select(rows.c.period_start, rows.c.value)).all()
    return {start.isoformat(): float(value) for start, value in found}


def judge(folder: Path, name: str, lines: Sequence[str]) -> Verdicts:
    """What is wrong with a folder after a fault in an act; empty when all promises were kept.

    The file is opened; where something was left half done the act is done again, and it must be gone then. In the end a
    backup is restored into a folder of its own.
    """
    acts = script(name)
    done = dict.fromkeys(range(len(before(name))), "") | said_done(lines)
    verdicts = _judge_file(folder, acts, done) + _judge_copies(folder, acts, done)
    verdicts += _judge_old(folder, done.get(len(before(name)))) if name == "migrate" else []
    verdicts += _judge_workbooks(folder, acts, done)
    if not verdicts and _left_over(folder):
        with open_store(folder / NAME) as store:
            ACTS["save"](store, len(acts))
            ACTS[name](store, len(acts) + 1)
        verdicts += _left_over(folder)
    damaged = any(kind == "corrupt" for kind, _ in verdicts)
    return verdicts + rehearse(folder / NAME, damaged=damaged) + rehearse_upgrade(folder / OLD)


def _judge_file(folder: Path, acts: Sequence[str], done: dict[int, str]) -> Verdicts:
    try:
        faults = check_file(folder / NAME).faults
        if faults:
            return [("corrupt", faults[0])]
        with open_store(folder / NAME) as store:
            if store.read_only:
                return [("wrong", f"opened for reading only: {store.why_read_only}")]
            found = recorded(store)
    except UserProblem as problem:
        return [("corrupt", problem.message)]
    wanted = states(acts)
    earlier, after = wanted[len(done)], wanted[min(len(done) + 1, len(acts))]
    if found in (earlier, after):
        return []
    missing = earlier.keys() & after.keys() - found.keys()
    return [("lost" if missing else "partial", f"{len(found)} values, expected {len(earlier)} or {len(after)}")]


def _judge_copies(folder: Path, acts: Sequence[str], done: dict[int, str]) -> Verdicts:
    verdicts: Verdicts = []
    held = {backup.path.name: backup for backup in backups_in(folder / f"{Path(NAME).stem} backups", Path(NAME).stem)}
    for turn, result in done.items():
        if acts[turn] == "backup" and (result not in held or not is_intact(held[result])):
            verdicts.append(("lost", f"backup {result}"))
        if acts[turn] == "restore" and not (folder / result).exists():
            verdicts.append(("lost", f"restored file {result}"))
    verdicts += [("partial", f"backup {name}") for name, backup in held.items() if not is_intact(backup)]
    for path in folder.glob("restored *.roleworth"):
        verdicts += [("partial", f"{path.name}: {fault}") for fault in faults_in(path)[:1]]
    return verdicts


def faults_in(path: Path) -> list[str]:
    """What is wrong with an evaluation file, in words."""
    try:
        return list(check_file(path).faults)
    except UserProblem as problem:
        return [problem.message]


def _judge_old(folder: Path, done: str | None) -> Verdicts:
    kept = list(folder.glob(f"{Path(OLD).stem} before upgrade*.roleworth"))
    verdicts: Verdicts = [("partial", f"{path.name}: {fault}") for path in kept for fault in _faults_of_old(path)[:1]]
    verdicts += [("corrupt", f"{OLD}: {fault}") for fault in _faults_of_old(folder / OLD)[:1]]
    return [*verdicts, ("lost", "the file from before the upgrade")] if done is not None and not kept else verdicts


def _faults_of_old(path: Path) -> list[str]:
    """The faults of a file that has no backups; the same bytes without a journal are looked at once."""
    if path.with_name(f"{path.name}-journal").exists():
        return faults_in(path)
    held = hashlib.sha256(path.read_bytes()).digest()
    if held not in _LOOKED_AT:
        _LOOKED_AT[held] = faults_in(path)
    return _LOOKED_AT[held]


_LOOKED_AT: dict[bytes, list[str]] = {}


def _judge_workbooks(folder: Path, acts: Sequence[str], done: dict[int, str]) -> Verdicts:
    said = [result for turn, result in done.items() if acts[turn] == "export"]
    verdicts: Verdicts = [("lost", name) for name in said if not (folder / name).exists()]
    for path in folder.glob("summary*.xlsx"):
        if not zipfile.is_zipfile(path) or zipfile.ZipFile(path).testzip() is not None:
            verdicts.append(("partial", path.name))
    return verdicts


def _left_over(folder: Path) -> Verdicts:
    """Working files still there after the next start, upgrade, backup, restore and export; claims on no backup."""
    known = (".roleworth", ".xlsx", ".backup", ".json", ".pages")
    left = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.name.startswith(".")
        or (path.is_file() and path.suffix not in known and not path.name.endswith(("-journal", ".lock")))
    ]
    descriptions = folder.rglob("*.backup.json")
    left += [path.name for path in descriptions if not path.with_suffix("").exists()]
    return [("untidy", ", ".join(left))] if left else []
