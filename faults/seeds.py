"""F16: runs of the monkey, seed by seed, each in a process of its own.

    python -m faults.seeds FIRST LAST EVENTS FILE

keeps a line of FILE for each seed and goes on where it stopped: a seed of as many events that has its line is not run
again, so that a hundred long runs may take several nights. Prints the row of all the lines asked for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop.sample import write_sample_to
from faults.figures import Figures, table

Run = dict[str, Any]


def one_run(seed: int, events: int, folder: Path, *, inline: bool = False) -> Run:
    """A run in a home of its own, with the app's workers or (`inline`) none; a process that dies is a thing seen."""
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), str(folder))
    done = subprocess.run(
        [sys.executable, "-m", "faults.monkey", str(seed), str(events), str(folder), *["inline"] * inline],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        timeout=events * 2 + 120,
    )
    if done.returncode:
        return {"seed": seed, "events": events, "seen": [f"ended with {done.returncode}: {told_of(done.stderr)}"]}
    found: Run = json.loads(done.stdout.splitlines()[-1])
    return found


def told_of(stderr: str) -> str:
    """What a process that died said of where it was."""
    return stderr.partition("Extension modules")[0][-2500:]


def monkey(runs: int, events: int, seed: int = 1, kept: Path | None = None) -> Figures:
    """F16: so many runs of so many events; those that have their line in `kept` are counted and not run again."""
    figures = Figures("F16", f"{events:,} random events at the window, by seed from {seed}")
    held = _held(kept, events)
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        sample = Path(folder) / "monkey.roleworth"
        write_sample_to(sample)
        for number in range(seed, seed + runs):
            if number not in held:
                held[number] = _timed(number, events, sample)
                _keep(kept, held[number])
            seen = held[number]["seen"]
            figures.count([("wrong", "\n".join(seen))] if seen else [], f"seed {number}")
            figures.seconds += held[number]["seconds"]
    figures.note = f"{sum(held[number]['events'] for number in range(seed, seed + runs)):,} events"
    return figures


def _timed(seed: int, events: int, sample: Path) -> Run:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        shutil.copyfile(sample, Path(folder) / sample.name)
        run = one_run(seed, events, Path(folder))
    return {**run, "of": events, "seconds": round(time.monotonic() - began, 1)}


def _held(kept: Path | None, events: int) -> dict[int, Run]:
    """The runs of so many events that have their line already."""
    lines = kept.read_text(encoding="utf-8").splitlines() if kept is not None and kept.exists() else []
    return {run["seed"]: run for run in map(json.loads, lines) if run["of"] == events}


def _keep(kept: Path | None, run: Run) -> None:
    if kept is not None:
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(run) + "\n")


if __name__ == "__main__":
    first, last, many = map(int, sys.argv[1:4])
    print(table([found := monkey(last - first + 1, many, first, Path(sys.argv[4]))]))
    print("\n".join(found.told))
