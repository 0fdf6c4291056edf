"""F9: bits flipped, pages zeroed, swapped or cut off, files that are something else; F15: damaged spreadsheets."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from analysis.problems import UserProblem
from db.backup import make_backup
from db.checks import check_file
from db.store import open_store
from desktop.sample import write_sample_to
from faults.acts import room
from faults.figures import Figures
from faults.rehearsing import Contents, Verdicts, contents, rehearse

PAGE = 4096


def flipped_bits(count: int, seed: int = 20261123) -> Figures:
    """F9: so many random single bits of a file left alone; what no check notices is counted as lost."""
    figures = Figures("F9", "one random bit of the sample flipped (unnoticed: lost)")
    began, chance = time.monotonic(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-", dir=room()) as folder:
        path, base, then = _left_alone(Path(folder))
        for _ in range(count):
            bit, held = chance.randrange(len(base) * 8), bytearray(base)
            held[bit // 8] ^= 1 << bit % 8
            figures.count(_unnoticed(path, bytes(held), then), f"bit {bit}")
    figures.seconds = time.monotonic() - began
    return figures


def broken_pages(every: int = 1) -> Figures:
    """F9: each page (or every n-th) zeroed, and put in the place of the next; the file cut off after it."""
    figures = Figures("F9", f"each page zeroed, doubled over the next, cut off after (every {every}); unnoticed: lost")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-", dir=room()) as folder:
        path, base, then = _left_alone(Path(folder))
        for at in range(0, len(base), PAGE * every):
            page, after = base[at : at + PAGE], base[at + PAGE :]
            for held in (
                base[:at] + bytes(PAGE) + after,
                base[: at + PAGE] + page + after[PAGE:],
                base[:at] + page[:-1],
            ):
                if held != base:
                    figures.count(_unnoticed(path, held, then), f"page {at // PAGE}")
    figures.seconds = time.monotonic() - began
    return figures


def _left_alone(folder: Path) -> tuple[Path, bytes, Contents]:
    """The sample with a backup: where it is, its bytes, and what it holds."""
    path = folder / "sample.roleworth"
    write_sample_to(path)
    with open_store(path) as store:
        make_backup(store, reason="at close")
    return path, path.read_bytes(), contents(path)


def _unnoticed(path: Path, held: bytes, then: Contents) -> Verdicts:
    """Damage the file, look whether a check notices it and leaves it alone, and put its backup back."""
    path.write_bytes(held)
    try:
        sound = check_file(path).is_sound
    except UserProblem:
        sound = False
    if path.read_bytes() != held:
        return [("wrong", "the check wrote to the file")]
    return ([("lost", "no check noticed it")] if sound else []) + rehearse(path, damaged=True, then=then)


def damaged_sheets(count: int) -> Figures:
    """F15: mutants of spreadsheets, each an inspection or a problem in words."""
    from benchmarks.mutants import SEED, run

    figures, began = Figures("F15", f"damaged spreadsheets read, from seed {SEED}"), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        counted, faults = run(count, SEED, Path(folder))
    figures.attempts, figures.wrong = counted.total(), len(faults)
    figures.told = [f"seed {number}: {word}" for number, word in list(faults.items())[:20]]
    figures.note, figures.seconds = str(dict(counted.most_common())), time.monotonic() - began
    return figures
