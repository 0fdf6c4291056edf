"""F18: a day's work again and again at the window: does it grow slower or larger the longer it is open?

    python -m faults.soak MINUTES FOLDER

prints one JSON document: rounds, the 95th percentile of an action in the first and in the last fifth of them, and what
memory, open files and widgets did after the first fifth.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

from faults.figures import Figures
from faults.frozen import ROOT, Window
from faults.lasting import held_now

ACTIONS = ("type", "undo", "check", "back up", "export")
MOST_SLOWER = 1.1
ENOUGH = 10
"""Rounds in a fifth, below which a tenth slower is told and not counted: so few differ by that among themselves."""
WARM_UP = 20
"""Rounds in which a process still takes memory that it then keeps: 16 MB, and nothing in the twenty after."""

MOST_GROWTH = 5.0
"""Megabytes an hour once warm."""


def day(minutes: float, folder: Path) -> NoReturn:
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
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        took: dict[str, float] = {}
        for name, do in actions.items():
            began = time.process_time()
            do()
            window.rest()
            took[name] = time.process_time() - began
        rounds.append(took)
        held.append((*held_now(), len(app.allWidgets())))
    print(json.dumps({"rounds": rounds, "held": held, "said": window.said}), flush=True)
    os._exit(0)


def soak(minutes: int) -> Figures:
    """So many minutes of it, in a home of its own. An action's time is that of the processor: others may be at work."""
    figures, began = (
        Figures("F18", f"{minutes} minutes of pages, typing, undoing, checks, backups, exports"),
        time.monotonic(),
    )
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), folder)
        done = subprocess.run(
            [sys.executable, "-m", "faults.soak", str(minutes), folder],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        )
    found = json.loads(done.stdout.splitlines()[-1])
    figures.attempts, figures.seconds = len(found["rounds"]), time.monotonic() - began
    figures.note, faults = _compared(found, minutes)
    figures.told = faults + [f"said: {words}" for words in found["said"]]
    figures.wrong = len(figures.told)
    return figures


def _compared(found: dict[str, Any], minutes: float) -> tuple[str, list[str]]:
    rounds, fifth = found["rounds"], max(1, len(found["rounds"]) // 5)
    first, last = (_slow(part) for part in (rounds[1 : fifth + 1], rounds[-fifth:]))
    at = min(max(fifth, WARM_UP), len(rounds) // 2)
    warm, end = found["held"][at], found["held"][-1]
    grown, files, widgets = (end[what] - warm[what] for what in range(3))
    longest = max(rounds[-1], key=lambda name: min(one[name] for one in rounds))
    note = (
        f"95 of 100 actions within {first * 1000:.0f} ms of processor at first, {last * 1000:.0f} ms at last"
        f" (longest: {longest}, {min(one[longest] for one in rounds) * 1000:.0f} ms);"
        f" {grown:+.1f} MB, {files:+d} open files, {widgets:+d} widgets after the first {at} rounds"
    )
    too_large = grown > max(MOST_GROWTH, MOST_GROWTH * minutes / 60)
    slower = fifth >= ENOUGH and last > first * MOST_SLOWER
    return note, [note] if slower or too_large or files > 0 or widgets > 0 else []


def _slow(rounds: list[dict[str, float]]) -> float:
    took = sorted(seconds for one in rounds for seconds in one.values())
    return took[int(len(took) * 0.95)]


if __name__ == "__main__":
    day(float(sys.argv[1]), Path(sys.argv[2]))
