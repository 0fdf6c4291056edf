"""Which backups to keep: by their numbers, and by a clock nobody can set. Pure; a wall clock is never asked.

The newest five and everything younger than 48 hours always stay. Of older ones the first tier (15 numbers) stays whole,
and every further tier is four times as long and keeps a quarter as densely: the first of 4, 16, 64... Numbers that
stay in a later tier are among those that stayed in an earlier one, so thinning again and again comes to the same.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

ALWAYS = 5
YOUNG_SECONDS = 48 * 3600.0
FIRST_TIER = 20
FACTOR = 4


@dataclass(frozen=True)
class Reading:
    """A clock that only runs forward: `run` names the start of the machine (or of the program), `seconds` since it."""

    run: str
    seconds: float


UNKNOWN = Reading("", 0.0)
"""No reading: of a backup whose description does not tell."""


@dataclass(frozen=True)
class Kept:
    """A backup as thinning sees it."""

    number: int
    reading: Reading


@cache
def _run() -> str:
    """The start of this machine where the system names it, else the start of this program."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid4())


def reading() -> Reading:
    """The clock as it stands now; time asleep counts where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return Reading(_run(), time.clock_gettime(clock) if clock is not None else time.monotonic())


def ages(kept: Sequence[Kept], now: Reading) -> dict[int, float]:
    """How many seconds old each backup is at least. Time between two runs of a machine is not known and counts nothing.

    A wall clock put forward or back by years changes nothing here, and a backup is never held for older than it is.
    """
    found: dict[int, float] = {}
    age, later = 0.0, now
    for backup in sorted(kept, key=lambda held: held.number, reverse=True):
        if backup.reading.run and backup.reading.run == later.run:
            age += max(later.seconds - backup.reading.seconds, 0.0)
        later = backup.reading
        found[backup.number] = age
    return found


def to_thin(kept: Sequence[Kept], now: Reading) -> set[int]:
    """The numbers of the backups that need not be kept any longer."""
    numbers = sorted((backup.number for backup in kept), reverse=True)
    old = ages(kept, now)
    return {
        number
        for number in numbers[ALWAYS:]
        if old[number] >= YOUNG_SECONDS and number != _first_near(number, _step(numbers[0] - number), kept)
    }


def _first_near(number: int, step: int, kept: Sequence[Kept]) -> int:
    """The first of the backups among which one stays; numbers are missing where others share the folder."""
    return min(backup.number for backup in kept if backup.number // step == number // step)


def _step(distance: int) -> int:
    """Of how many numbers one stays, so far back."""
    step, end = 1, FIRST_TIER
    while distance >= end:
        step, end = step * FACTOR, end * FACTOR
    return step
