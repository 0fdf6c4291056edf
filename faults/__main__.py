"""python -m faults gate|full|long [NAME...] [--to FILE]: runs the programme and writes its figures as a table.

A tier is how many of each. The gate's tier also runs with the tests (`tests/faults`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from faults import damage, frozen, kills, lasting, power, seeds, soak, together
from faults.figures import HEAD, Figures, line

Programme = Callable[[int], Iterable[Figures]]
TIERS = ("gate", "full", "long")

EVENTS = {1: 60, 20: 300, 100: 20_000}
"""Random events of each of so many runs: new seeds find more than long runs do."""

PROGRAMMES: dict[str, tuple[Programme, tuple[int, int, int]]] = {
    "kills": (lambda count: [kills.killed_at_random(count)], (8, 160, 1000)),
    "kills-at-calls": (lambda every: kills.killed_at_calls(every=every), (120, 11, 1)),
    "disk-full": (lambda every: kills.failed_at_calls("disk-full", every=every), (60, 9, 1)),
    "disk-fails": (lambda every: kills.failed_at_calls("disk-fails", every=every), (60, 9, 1)),
    "disk-unreadable": (lambda every: kills.failed_at_calls("disk-unreadable", every=every), (120, 19, 1)),
    "power": (lambda count: [power.power_cuts(count)], (16, 240, 5000)),
    "races": (lambda count: [together.races(count)], (10, 100, 200)),
    "bits": (lambda count: [damage.flipped_bits(count)], (10, 400, 1000)),
    "pages": (lambda every: [damage.broken_pages(every)], (97, 7, 1)),
    "large": (lambda roles: lasting.large_file(roles, 100, 50), (1, 20, 200)),
    "sheets": (lambda count: [damage.damaged_sheets(count)], (200, 5_000, 10_000)),
    "monkey": (lambda runs: [seeds.monkey(runs, EVENTS[runs])], (1, 20, 100)),
    "memory": (lasting.again_and_again, (20, 200, 1000)),
    "soak": (lambda days: [soak.soak(days)], (0, 1, 5)),
    "frozen": (lambda count: frozen.frames(list(frozen.SCENARIOS)[:count]), (1, 20, 20)),
}
"""Each programme with how many (or every how manieth call) in each tier; 0 where it has no share."""


def machine() -> str:
    """Where and on what the figures were seen."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.release()}, {os.cpu_count()} processors{load}"
    return (
        f"{datetime.now(UTC):%d %B %Y}, commit {commit.stdout.strip() or 'unknown'}, {system},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def main() -> int:
    """Run a tier, or the named programmes of it; exit 1 when anything was corrupt, partial, lost, untidy or wrong."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("tier", choices=TIERS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PROGRAMMES))
    parser.add_argument("--to", type=Path, metavar="FILE", help="add the table to this file, line by line")
    options = parser.parse_args()
    if unknown := set(options.names) - set(PROGRAMMES):
        parser.error(f"no programme is called {', '.join(sorted(unknown))}")
    rows: list[Figures] = []
    began = time.monotonic()
    _write(f"{options.tier}: {machine()}\n\n{HEAD}", options.to)
    for name in options.names or PROGRAMMES:
        programme, counts = PROGRAMMES[name]
        count = counts[TIERS.index(options.tier)]
        for row in programme(count) if count else ():
            rows.append(row)
            _write(line(row), options.to)
    faulty = [row for row in rows if not row.is_clean]
    told = "".join(f"{row.fault} {row.what}: {words}\n" for row in faulty for words in row.told)
    _write(f"\n{time.monotonic() - began:,.0f} s in all\n{told}", options.to)
    return 1 if faulty else 0


def _write(text: str, file: Path | None) -> None:
    """Say it, and add it to the file where one is wanted: what has been seen is kept whatever comes after."""
    print(text, end="", flush=True)
    if file is not None:
        with file.open("a", encoding="utf-8") as end:
            end.write(text)


if __name__ == "__main__":
    sys.exit(main())
