"""F1: killed at random moments and at every write, sync and rename. F3, F4: each of these calls fails once."""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from faults.acts import ACTS, act, before, preload, prepared, room
from faults.figures import Figures
from faults.forked import FAULT, PROBLEM, Forked, Said, killed_after, traced
from faults.judging import judge
from faults.rehearsing import Verdicts

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "sendfile", "mkdir")
"""Every call by which the acts change files or make them durable."""

ERRORS = {
    "disk-full": ("F3", "ENOSPC", ("pwrite64", "write", "sendfile", "mkdir", "rename", "openat")),
    "disk-fails": (
        "F4",
        "EIO",
        ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "sendfile", "openat", "unlink"),
    ),
    "disk-unreadable": ("F4", "EIO", ("pread64", "read")),
}
"""What a full disk and a failing one say, and of which calls."""


def killed_at_random(attempts: int, seed: int = 20261122) -> Figures:
    """F1: kill each act in turn somewhere between its begin and a little after its end."""
    figures = Figures("F1", "kill -9 at a random moment of save, import, undo, redo, backup, restore, migrate, export")
    began, chance, cut = time.monotonic(), random.Random(seed), 0
    with _folder() as home:
        names = list(ACTS)[:attempts]
        bases = _bases(home, names)
        lengths = {name: _length(home, bases[name], name) for name in names}
        for number in range(attempts):
            name = names[number % len(names)]
            run = _fresh(home, bases[name])
            said = killed_after(partial(act, run, name), chance.uniform(0, lengths[name] * 1.1))
            cut += said.status < 0
            figures.count(judge(run, name, said.lines), f"{name} {number}: {said}")
    figures.note, figures.seconds = f"{cut:,} ended by the kill, the others had just finished", time.monotonic() - began
    return figures


def killed_at_calls(names: Iterable[str] = ACTS, calls: Iterable[str] = CALLS, every: int = 1) -> Iterator[Figures]:
    """F1: kill each act at its first, second, third... call of each kind (or every n-th), until it gets through."""
    return _sweep("F1", "kill -9", names, dict.fromkeys(calls, "signal=SIGKILL"), every)


def failed_at_calls(which: str, names: Iterable[str] = ACTS, every: int = 1) -> Iterator[Figures]:
    """F3, F4: let the n-th call of each kind fail; a problem is said in words, nothing else happens."""
    fault, error, calls = ERRORS[which]
    return _sweep(fault, error, names, dict.fromkeys(calls, f"error={error}"), every)


def _sweep(fault: str, what: str, names: Iterable[str], injected: dict[str, str], every: int) -> Iterator[Figures]:
    """A line for each act: its attempts are its calls, or every n-th of them."""
    with _folder() as home:
        for name, base in _bases(home, names).items():
            at = f"every {every}th call" if every > 1 else "each call"
            figures = Figures(fault, f"{name}: {what} at {at} of {', '.join(injected)}")
            _sweep_of(figures, home, base, injected, every)
            yield figures


def _sweep_of(figures: Figures, home: Path, base: Path, injected: dict[str, str], every: int) -> None:
    began, said_so, name, log = time.monotonic(), Counter[str](), base.name, home / "calls"
    known: dict[tuple[bytes, tuple[str, ...]], Verdicts] = {}
    for call, what in injected.items():
        for number in count(1, every):
            run = _fresh(home, base)
            rule = f"inject={call}:{what}:when={number}"
            said = traced(partial(act, run, name, alone=True), [f"trace={call}", rule], log)
            if "(INJECTED)" not in (calls := log.read_text(errors="replace")) and "SIGKILL" not in calls:
                break
            said_so["refused in words"] += any(line.startswith(PROBLEM) for line in said.lines)
            said_so["got through"] += said.status == 0
            case = _digest(run), said.lines
            if case not in known:
                known[case] = judge(run, name, said.lines)
            figures.count([*_crash(said), *known[case]], f"{name} {rule} {said}")
    figures.seconds = time.monotonic() - began
    figures.note = ", ".join(f"{times:,} {words}" for words, times in said_so.items() if times)


def _digest(folder: Path) -> bytes:
    """What a folder holds, name by name and byte by byte: a call that fails often leaves what was there before."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        held = path.read_bytes() if path.is_file() else b""
        found.update(f"{path.relative_to(folder)}\0{len(held)}\0".encode() + held)
    return found.digest()


def _crash(said: Said) -> list[tuple[str, str]]:
    return [("wrong", line) for line in said.lines if line.startswith(FAULT)]


def _folder() -> _Home:
    return _Home()


class _Home(tempfile.TemporaryDirectory[str]):
    """A folder for a run, with everything loaded before the first fork."""

    def __init__(self) -> None:
        super().__init__(prefix="roleworth-faults-", dir=room())

    def __enter__(self) -> Path:  # type: ignore[override]  # a path is what is wanted of it
        preload()
        return Path(super().__enter__())


def _bases(home: Path, names: Iterable[str]) -> dict[str, Path]:
    """A folder for each act as it is before it; acts that begin alike begin with copies of one."""
    bases = {name: home / "before" / name for name in names}
    made: dict[tuple[str, ...], Path] = {}
    for name, base in bases.items():
        if (first := made.setdefault(before(name), base)) is base:
            base.mkdir(parents=True)
            prepared(base, name)
        else:
            shutil.copytree(first, base)
    return bases


def _fresh(home: Path, base: Path) -> Path:
    run = home / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(base, run)
    return run


def _length(home: Path, base: Path, name: str) -> float:
    run = _fresh(home, base)
    child = Forked(partial(act, run, name))
    child.go()
    child.wait_for_a_word()
    began = time.monotonic()
    child.end()
    return time.monotonic() - began
