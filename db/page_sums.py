"""What every page of a file looked like when it was last left alone, so that a bit changed at rest is noticed anywhere.

The checksums of rows cover what is recorded; in a small file most bytes are room for more. The sums lie in the backup
folder beside the file and hold as long as SQLite's own count of changes (bytes 24 to 27 of the file, which every commit
raises: https://sqlite.org/fileformat2.html, 1.3.8) is the one they were taken at.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

SIZE = 8
COUNTER, VALID_FOR = slice(24, 28), slice(92, 96)


@dataclass(frozen=True)
class PageSums:
    """BLAKE2b, eight bytes, of each page; the count of changes they hold for, and which file they are of."""

    file: str
    counter: int
    page_size: int
    sums: bytes


def sums_path(path: Path) -> Path:
    """Where the sums of a file are kept."""
    return path.with_name(f"{path.stem} backups") / f"{path.stem}.pages"


def counter_of(path: Path) -> tuple[int, bool]:
    """The count of changes, and whether the header's two copies of it agree."""
    with path.open("rb") as file:
        head = file.read(100)
    return int.from_bytes(head[COUNTER], "big"), head[COUNTER] == head[VALID_FOR]


def take(path: Path, file: str) -> PageSums:
    """The sums of a file as it is now. Raises OSError when it cannot be read."""
    with path.open("rb") as source:
        head = source.read(100)
        told = int.from_bytes(head[16:18], "big")
        size = 65536 if told == 1 else max(told, 512)
        source.seek(0)
        sums = bytearray()
        while page := source.read(size):
            sums += hashlib.blake2b(page, digest_size=SIZE).digest()
    return PageSums(file, int.from_bytes(head[COUNTER], "big"), size, bytes(sums))


def record(path: Path, file: str) -> bool:
    """Keep the sums of a file that is left alone; only where it has a backup folder. Returns whether they were kept.

    They are an aid, not a promise: where they cannot be written, the checksums of the rows must do.
    """
    target = sums_path(path)
    if not target.parent.is_dir():
        return False
    try:
        found = take(path, file)
        if counter_of(path)[0] != found.counter:
            return False
        facts = {"file": file, "counter": found.counter, "page_size": found.page_size, "sums": found.sums.hex()}
        working = target.with_name(f"{target.name}.making")
        working.write_text(json.dumps({**facts, "own": _own(facts)}), encoding="ascii")
        os.replace(working, target)  # noqa: PTH105 - atomic on every system
    except OSError:
        return False
    return True


def _own(facts: dict[str, object]) -> str:
    return hashlib.blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=SIZE).hexdigest()


def kept(path: Path) -> PageSums | None:
    """The sums kept for a file; None when there are none, or they are damaged themselves."""
    try:
        facts = json.loads(sums_path(path).read_text(encoding="ascii"))
        own = facts.pop("own")
        if own != _own(facts):
            return None
        return PageSums(facts["file"], facts["counter"], facts["page_size"], bytes.fromhex(facts["sums"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def page_faults(path: Path, file: str) -> list[str]:
    """Pages that are not as they were left; empty when nothing is known. `file` may be empty: not known."""
    counter, agrees = counter_of(path)
    if not agrees:
        return ["page 1: the two counts of changes in the header do not agree"]
    held = kept(path)
    if held is None or held.counter != counter or (file and held.file != file):
        return []
    now = take(path, file)
    wanted, found = ([sums[at : at + SIZE] for at in range(0, len(sums), SIZE)] for sums in (held.sums, now.sums))
    faults = [
        f"page {number}: not as it was when the file was last left"
        for number, (was, is_now) in enumerate(zip(wanted, found, strict=False), 1)
        if was != is_now
    ]
    if len(wanted) != len(found):
        faults.append(f"the file has {len(found):,} pages; when it was last left it had {len(wanted):,}")
    return faults
