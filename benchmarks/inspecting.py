"""What is in a spreadsheet: a guarded reading, searched for people and tables, against calamine reading it alone.

The files are the real ones that lie beside the project (`../shared/sheets`); each is allowed three times the time of
calamine and 0.3 seconds, which pay for the process that reads it apart from the app.

A reading child stands ready, as the import page keeps one. The fastest of five runs counts on both sides: a fixed
allowance cannot be paired with the load of the machine.

    python -m benchmarks.inspecting
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from benchmarks.timing import pairs, seconds
from importers.child import end_ready, keep_ready
from importers.entry import inspect

SHARED = Path(os.environ.get("ROLEWORTH_SHARED", Path(__file__).parents[2] / "shared"))
TIMES, APART, LARGEST, RUNS = 3.0, 0.3, 6_000_000, 5
LOADED = 1.0
"""Seconds in which a reading child gets ready, as it does while a person chooses a file."""


def ours(path: Path) -> float:
    """Seconds of a whole inspection, from the path to what was found."""
    keep_ready()
    time.sleep(LOADED)
    return seconds(lambda: inspect(path))


def floor(path: Path) -> float:
    """Seconds of calamine reading every sheet, nothing looked at; a text file has the time of reading its bytes."""

    def work() -> None:
        if path.suffix == ".csv":
            path.read_bytes().decode("utf-8", errors="replace")
            return
        import python_calamine

        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return seconds(work)


def main() -> int:
    """Print a line for each file; exit 1 when one takes longer than it may."""
    found = [path for path in sorted((SHARED / "sheets").glob("*.[xc]*")) if path.stat().st_size < LARGEST]
    if not found:
        print("There are no real spreadsheets beside the project; nothing was measured.")
        return 0
    kept = True
    for path in found:
        held = pairs(lambda path=path: ours(path), lambda path=path: floor(path), RUNS)  # type: ignore[misc]
        took, alone = (min(column) for column in zip(*held, strict=True))
        allowed = TIMES * alone + APART
        word = "kept" if took <= allowed else "MISSED"
        kept = kept and took <= allowed
        print(
            f"{path.name}: {took:.3f} s, calamine {alone:.3f} s, allowed {allowed:.3f} s: {took / allowed:.2f} {word}"
        )
    end_ready()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
