"""The privacy guard: how many of 500 planted identifiers it finds, and how many of 500 clean aggregate files it blocks.

    python -m benchmarks.privacy [COUNT]

Found means: reported as what it is, and in no word of what the inspection says or holds. Blocked means: the file
refused, or a column or cell of it taken out.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from analysis.problems import UserProblem
from benchmarks.planted import Made, clean, planted
from benchmarks.timing import seconds
from importers.examine import examine
from importers.inspection import Inspection

COUNT = 500
LEAST_FOUND, MOST_BLOCKED = 0.99, 0.01


def looked_at(made: Made, folder: Path) -> Inspection | None:
    """The inspection of a made file; None when it was refused before its cells were looked at."""
    path = made.write(folder)
    try:
        return examine(path)
    except UserProblem:
        return None
    finally:
        path.unlink()


def is_found(made: Made, folder: Path) -> bool:
    """Whether the planted identifier was reported as what it is, and nothing holds its value."""
    inspection = looked_at(made, folder)
    if inspection is None:
        return False
    told = any(found.kind == made.kind for found in inspection.personal_data)
    held = repr((inspection.as_json(), inspection.sheets, inspection.tables, inspection.questions))
    return told and made.planted not in held


def is_blocked(made: Made, folder: Path) -> bool:
    """Whether anything was refused or taken out of a clean file."""
    inspection = looked_at(made, folder)
    return inspection is None or bool(inspection.personal_data)


def main() -> int:
    """Print recall by kind and place, and the share of false blocks; exit 1 when an aim is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        missed: Counter[tuple[str, str]] = Counter()
        took = seconds(lambda: missed.update(_missed(count, folder)))
        blocked = [seed for seed in range(count) if is_blocked(clean(seed), folder)]
    recall, false = 1 - missed.total() / count, len(blocked) / count
    for (kind, place), times in sorted(missed.items()):
        print(f"  missed: {kind} in {place}: {times}")
    print(f"planted found: {recall:.1%} of {count} (aim at least {LEAST_FOUND:.0%}), {took / count * 1000:.0f} ms each")
    print(f"clean blocked: {false:.1%} of {count} (aim at most {MOST_BLOCKED:.0%}) {blocked[:10] or ''}")
    return 0 if recall >= LEAST_FOUND and false <= MOST_BLOCKED else 1


def _missed(count: int, folder: Path) -> list[tuple[str, str]]:
    made = (planted(seed) for seed in range(count))
    return [(one.kind, one.place) for one in made if not is_found(one, folder)]


if __name__ == "__main__":
    sys.exit(main())
