"""F18: days of work at a window that is never closed: does it grow slower or larger the longer it is open?

A day is eight hours in which everything is done once in every ten minutes: every tab of two roles is shown, a
role is added and taken back, the file is checked, backed up and exported; after every third round the half hour of the
backup timer is over. The time in which nobody does anything is left out, so that a day takes minutes.

    python -m faults.soak DAYS FOLDER

prints one JSON document: what each action of each round took, and memory, open files and widgets after it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, NoReturn

from analysis.wording import plural
from faults.figures import Figures
from faults.frozen import ROOT, Window
from faults.lasting import held_now

ACTIONS = ("type", "undo", "check", "back up", "export")
ROUNDS, HOUR, HALF_HOUR = 48, 6, 3
"""Rounds of a day, one in every ten minutes of eight hours, of an hour and of half of one."""

MOST_SLOWER = 1.1
ENOUGH = 10
"""Rounds in a fifth, below which a tenth slower is told and not counted: so few differ by that among themselves."""
WARM_UP = 20
"""Rounds in which a process still takes memory that it then keeps: 16 MB, and nothing in the twenty after."""

MOST_GROWTH = 5.0
"""Megabytes that a thousand actions may cost once warm, as in F17."""


def work(days: int, folder: Path) -> NoReturn:
    """Be the process with the window; ends it."""
    from PySide6.QtWidgets import QApplication

    from desktop.sample import write_sample_to

    app, window, path = QApplication([]), Window(folder), folder / "northvale.roleworth"
    write_sample_to(path)
    steps = window.steps(path)
    steps["open"]()
    window.rest()
    actions = {**window.shows(), **{name: steps[name] for name in ACTIONS}}
    rounds: list[dict[str, float]] = []
    held: list[tuple[float, int, int]] = []
    for number in range(days * ROUNDS):
        took: dict[str, float] = {}
        for name, do in actions.items():
            began = time.process_time()
            do()
            window.rest()
            took[name] = time.process_time() - began
        if number % HALF_HOUR == HALF_HOUR - 1:
            window.shell.half_hour()
            window.rest()
        rounds.append(took)
        held.append((*held_now(), len(app.allWidgets())))
    print(json.dumps({"rounds": rounds, "held": held, "said": window.said}), flush=True)
    os._exit(0)


def soak(days: int) -> Figures:
    """So many days of it, in a home of its own. An action's time is that of the processor: others may be at work."""
    what = f"{plural(days, 'day')} of {ROUNDS} rounds of pages, typing, undoing, checks, backups, exports"
    figures, began = Figures("F18", what), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), folder)
        done = subprocess.run(
            [sys.executable, "-m", "faults.soak", str(days), folder],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        )
    found = json.loads(done.stdout.splitlines()[-1])
    figures.attempts, figures.seconds = len(found["rounds"]), time.monotonic() - began
    figures.note, faults = _compared(found)
    figures.told = faults + [f"said: {words}" for words in found["said"]]
    figures.wrong = len(figures.told)
    return figures


def _compared(found: dict[str, Any]) -> tuple[str, list[str]]:
    rounds, fifth = found["rounds"], max(1, len(found["rounds"]) // 5)
    first, last = (_slow(part) for part in (rounds[1 : fifth + 1], rounds[-fifth:]))
    at = min(max(fifth, WARM_UP), len(rounds) // 2)
    warm, end = found["held"][at], found["held"][-1]
    files, widgets = (end[what] - warm[what] for what in (1, 2))
    grown = _memory(found["held"][-HOUR:]) - _memory(found["held"][at : at + HOUR])
    longest = max(rounds[-1], key=lambda name: min(one[name] for one in rounds))
    note = (
        f"95 of 100 actions within {first * 1000:.0f} ms of processor at first, {last * 1000:.0f} ms at last"
        f" (longest: {longest}, {min(one[longest] for one in rounds) * 1000:.0f} ms);"
        f" {grown:+.1f} MB, {files:+d} open files, {widgets:+d} widgets after the first {at} rounds"
    )
    actions = (len(rounds) - at) * len(rounds[-1])
    too_large = grown > MOST_GROWTH * max(1.0, actions / 1000)
    slower = fifth >= ENOUGH and last > first * MOST_SLOWER
    return note, [note] if slower or too_large or files > 0 or widgets > 0 else []


def _memory(held: list[tuple[float, int, int]]) -> float:
    """The memory of an hour: from one round to the next it goes up and down by 3 MB."""
    return median(megabytes for megabytes, _, _ in held)


def _slow(rounds: list[dict[str, float]]) -> float:
    took = sorted(seconds for one in rounds for seconds in one.values())
    return took[int(len(took) * 0.95)]


if __name__ == "__main__":
    work(int(sys.argv[1]), Path(sys.argv[2]))
