"""F2: the power goes. What the app asked of the disk is recorded once and replayed with an end at any point.

The model is strict: a write that was not followed by a sync of its file may be there, be missing or be torn at
a sector, each independently of the others; names (new, renamed, removed) come in their order, and those after the last
sync of a folder may be missing. It believes the disk: a sync that lies is not covered, nor names out of their order.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from faults.acts import ACTS, act, preload, prepared, room
from faults.figures import Figures
from faults.forked import traced
from faults.judging import judge
from faults.recorded import RULES, Event, Recording

SECTOR = 512
NAMES = ("create", "rename", "unlink", "mkdir", "rmdir", "link")


@dataclass
class _Body:
    """A file's bytes as they are on the disk for certain, and what was written since."""

    safe: bytes = b""
    since: list[Event] = field(default_factory=list)

    def now(self) -> bytes:
        """As the process sees it."""
        held = bytearray(self.safe)
        for event in self.since:
            _apply(held, event)
        return bytes(held)

    def after_a_cut(self, chance: random.Random) -> bytes:
        """As it may be found afterwards: of what was written since the last sync any part, in any mixture."""
        held, share = bytearray(self.safe), chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        for event in self.since:
            if chance.random() < share:
                _apply(held, _torn(event, chance) if chance.random() < 0.2 else event)
        return bytes(held)


def _apply(held: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        held[event.offset :] = bytes(max(0, event.offset - len(held)))
    else:
        held.extend(bytes(max(0, event.offset - len(held))))
        held[event.offset : event.offset + len(event.data)] = event.data


def _torn(event: Event, chance: random.Random) -> Event:
    """Some of the sectors of a write."""
    if event.kind != "write" or len(event.data) <= SECTOR:
        return event
    keep = SECTOR * chance.randrange(1, (len(event.data) + SECTOR - 1) // SECTOR)
    return Event("write", event.name, event.offset, event.data[:keep])


class Disk:
    """Names and bodies; what is certain of both, and what is not yet."""

    def __init__(self, folder: Path) -> None:
        self.bodies: list[_Body] = []
        self.certain: dict[str, int | None] = {}
        self.names: dict[str, int | None] = {}
        self._open: list[Event] = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            self.certain[name] = None if path.is_dir() else self._new(path.read_bytes())
        self.names = dict(self.certain)

    def _new(self, data: bytes = b"") -> int:
        self.bodies.append(_Body(data))
        return len(self.bodies) - 1

    def body(self, name: str) -> _Body:
        """The body a name stands for now."""
        return self.bodies[self.names[name] or 0]

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        if event.kind in NAMES:
            if event.kind != "create" or event.name not in self.names:
                made = self._new() if event.kind == "create" else 0
                self._open.append(Event(event.kind, event.name, made, other=event.other))
                _rename(self.names, self._open[-1])
        elif event.kind == "sync":
            self._sync(event.name)
        elif event.kind == "copy":
            source, length = self.body(event.other).now(), int.from_bytes(event.data, "big")
            data = source[event.offset : event.offset + length]
            self.body(event.name).since.append(Event("write", event.name, event.offset, data))
        elif event.kind in ("write", "truncate"):
            self.body(event.name).since.append(event)

    def _sync(self, name: str) -> None:
        if name == "." or self.names.get(name, 0) is None:
            for event in self._open:
                _rename(self.certain, event)
            self._open.clear()
        else:
            body = self.body(name)
            body.safe, body.since = body.now(), []

    def leave(self, folder: Path, chance: random.Random) -> None:
        """Write what may be found after the power went now."""
        names = dict(self.certain)
        for event in self._open[: chance.randrange(len(self._open) + 1)]:
            _rename(names, event)
        bodies: dict[int, bytes] = {}
        for name, number in sorted(names.items()):
            path = folder / name
            if number is None:
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                bodies.setdefault(number, self.bodies[number].after_a_cut(chance))
                path.write_bytes(bodies[number])


def _rename(names: dict[str, int | None], event: Event) -> None:
    if event.kind == "create":
        names[event.name] = event.offset
    elif event.kind == "mkdir":
        names[event.name] = None
    elif event.kind in ("unlink", "rmdir"):
        names.pop(event.name, None)
    elif event.kind == "link":
        names[event.other] = names[event.name]
    else:
        names[event.other] = names.pop(event.name)


def record(home: Path, name: str) -> tuple[Path, list[Event]]:
    """An act as it was asked of the disk: the folder before it, and every event."""
    base, run, log = home / f"before {name}", home / "recorded" / name, home / "calls"
    base.mkdir()
    prepared(base, name)
    shutil.copytree(base, run)
    said = traced(partial(act, run, name), RULES, log)
    if said.status:
        text = f"{name} did not come to its end: {said}"
        raise ValueError(text)
    return base, list(Recording(run).events(log))


def power_cuts(count: int, names: Sequence[str] = tuple(ACTS), seed: int = 20261122) -> Figures:
    """F2: so many cuts, spread over the acts, each at a random point of what was asked of the disk."""
    figures = Figures("F2", "power cut replayed at a random point of " + ", ".join(names))
    began, chance = time.monotonic(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-", dir=room()) as folder:
        preload()
        home, asked = Path(folder), []
        for number, name in enumerate(names):
            base, events = record(home, name)
            asked.append(f"{name} {len(events)}")
            for cut in range(number, count, len(names)):
                at = chance.randrange(len(events) + 1)
                figures.count(_cut(home, base, name, events[:at], chance), f"{name} cut {cut} after event {at}")
    figures.note, figures.seconds = "events: " + ", ".join(asked), time.monotonic() - began
    return figures


def _cut(home: Path, base: Path, name: str, events: Sequence[Event], chance: random.Random) -> list[tuple[str, str]]:
    run = home / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    disk, said = Disk(base), b""
    for event in events:
        if event.kind == "said":
            said += event.data
        else:
            disk.take(event)
    disk.leave(run, chance)
    return judge(run, name, said.decode().splitlines())
