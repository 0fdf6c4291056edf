"""Broken spreadsheets by the thousand: fixtures made here, then damaged by chance, each looked at by the importer.

    python -m benchmarks.mutants [COUNT] [SEED]

Every outcome has to be an inspection or a UserProblem. They are read in worker processes bounded like a reading child;
one that dies is what the app shows as "could not be read", and is counted; an exception, or a mutant that takes longer
than its seconds, is a fault. Each mutant follows from its seed alone, so that a fault can be had again.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from analysis.problems import UserProblem

COUNT, SEED, MOST_SECONDS = 10_000, 20_261_122, 10.0
_BATCH = 250
_ODD = (
    "",
    "NaN",
    "1e400",
    "=1+1",
    "\x00",
    "9" * 400,
    "Apr-23",
    "<5",
    "\u202e",
    "-",
    "2023-13-01",
    "A" * 5000,
    "£",
    "(",
    '"',
)


@cache
def fixtures() -> dict[str, bytes]:
    """Small files of every kind that can be read, by name."""
    rows = [["Month", "Ward", "Falls", "Cost £"]]
    rows += [
        [f"{m}-23", ward, str(n), f"{n * 100}.5"]
        for n, m in enumerate(["Apr", "May", "Jun", "Jul"], 3)
        for ward in "AB"
    ]
    text = "\n".join(",".join(row) for row in rows)
    return {
        "plain.csv": text.encode(),
        "wide.csv": b"Org,Apr-23,May-23,Jun-23\nA,1,2,3\nB,4,5,6\nTotal,5,7,9\n",
        "quoted.csv": ('"Title, of it",,\n"a\nb","c ""d""",\n' + text).encode(),
        "euro.csv": text.replace(",", ";").replace(".5", ",5").encode("cp1252"),
        "wide16.csv": text.encode("utf-16"),
        "book.xlsx": _workbook(rows),
        "sheet.ods": _document(rows),
    }


def _workbook(rows: list[list[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Activity")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.merge_range("A1:D1", "Falls by ward, April to July 2023")
    for at, row in enumerate(rows, 2):
        sheet.write_row(at, 0, [float(c) if c.replace(".", "").isdecimal() else c for c in row])
        sheet.write_number(at, 5, 0.5, percent)
    sheet.write_formula("G4", "=C4/2", None, "")
    sheet.write_comment("C4", "checked twice")
    sheet.set_row(4, None, None, {"hidden": True})
    book.add_worksheet("Notes").hide()
    book.set_properties({"title": "Falls", "author": "Jo Birchwood"})
    book.close()
    return out.getvalue()


def _document(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    head = " ".join(f'xmlns:{name}="{spaces}{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="S">{cells}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {head}>{body}</office:document-content>")
    return out.getvalue()


def mutant(seed: int) -> tuple[str, bytes]:
    """Name and bytes of the mutant of a seed."""
    source = random.Random(seed)
    name = source.choice(sorted(fixtures()))
    data = fixtures()[name]
    for _ in range(source.choice((1, 1, 2, 4))):
        data = source.choice(_DAMAGES)(data, source)
    return (source.choice((name, name, "named.xls", "named.csv", "named.xlsx")), data)


def _flipped(data: bytes, source: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(source.choice((1, 3, 20)) if changed else 0):
        changed[source.randrange(len(changed))] = source.randrange(256)
    return bytes(changed)


def _cut(data: bytes, source: random.Random) -> bytes:
    return data[: source.randrange(len(data) + 1)] if source.random() < 0.7 else data[source.randrange(len(data) + 1) :]


def _doubled(data: bytes, source: random.Random) -> bytes:
    start = source.randrange(len(data) + 1)
    piece = data[start : start + source.randrange(1, 200)]
    at = source.randrange(len(data) + 1)
    return data[:at] + piece * source.choice((1, 2, 50)) + data[at:]


def _member_edited(data: bytes, source: random.Random) -> bytes:
    """One part of a zip archive damaged, dropped, emptied, doubled or renamed; the rest and the archive are whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(member.filename, archive.read(member)) for member in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        return _flipped(data, source)
    at = source.randrange(len(parts)) if parts else 0
    if parts:
        name, body = parts[at]
        edits: tuple[Callable[[], list[tuple[str, bytes]]], ...] = (
            lambda: [(name, _flipped(body, source))],
            lambda: [(name, _cut(body, source))],
            list,
            lambda: [(name, b"")],
            lambda: [(f"{name}x", body)],
            lambda: [(name, _cell_edited(body, source))],
            lambda: [(name, _cell_edited(body, source))],
        )
        parts[at : at + 1] = source.choice(edits)()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, body in parts:
            copy.writestr(name, body)
    return out.getvalue()


def _cell_edited(data: bytes, source: random.Random) -> bytes:
    """A value, an address or an attribute replaced by an odd one; in a text file a field."""
    import re

    places = list(re.finditer(rb'(?<=>)[^<>]+(?=<)|(?<=")[^"<>]*(?=")', data)) or list(
        re.finditer(rb"[^,;\t\r\n]+", data)
    )
    if not places:
        return data
    place = source.choice(places)
    odd = source.choice((*_ODD, "A1048577", "XFD1", "0", "-1", "99999999999", "true", "s", "e", "d", "2"))
    return data[: place.start()] + odd.encode() + data[place.end() :]


_DAMAGES = (_flipped, _cut, _doubled, _member_edited, _member_edited, _member_edited, _cell_edited, _cell_edited)


def outcome(seed: int, folder: Path) -> str:
    """What came of one mutant: its verdict, `problem`, or the traceback of a fault. Raises MemoryError as it comes."""
    from importers.examine import examine
    from importers.plans import propose

    name, data = mutant(seed)
    path = folder / name
    path.write_bytes(data)
    began = time.monotonic()
    try:
        found = examine(path)
        found.as_json()
        if found.verdict != "refuse":
            propose(found)
    except UserProblem as problem:
        return "problem" if problem.message and problem.hint else "a problem without advice"
    except Exception:  # noqa: BLE001 - any exception at all is what is looked for
        return traceback.format_exc(limit=-3)
    return found.verdict if time.monotonic() - began < MOST_SECONDS else f"slow: {time.monotonic() - began:.0f} s"


GOOD = {"ok", "warn", "ask", "refuse", "problem", "died"}


def run(count: int, seed: int, folder: Path) -> tuple[Counter[str], dict[int, str]]:
    """Outcomes by word, and the faults by their seeds. A worker that dies or hangs is begun again after that mutant."""
    counted: Counter[str] = Counter()
    faults: dict[int, str] = {}
    at, end = seed, seed + count
    while at < end:
        told = _batch(at, min(at + _BATCH, end), folder)
        for number, word in told:
            counted[word if word in GOOD else "fault"] += 1
            if word not in GOOD:
                faults[number] = word
        at += len(told)
    return counted, faults


def _batch(start: int, end: int, folder: Path) -> list[tuple[int, str]]:
    command = [sys.executable, "-m", "benchmarks.mutants", "--batch", str(start), str(end), str(folder)]
    worker = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent.parent
    )
    try:
        out, _ = worker.communicate(timeout=MOST_SECONDS * 2 + 0.2 * (end - start))
        hung = False
    except subprocess.TimeoutExpired:
        worker.kill()
        out, _ = worker.communicate()
        hung = True
    told = [(int(line[0]), str(line[1])) for line in map(json.loads, out.splitlines())]
    if len(told) < end - start:
        told.append((start + len(told), "hung" if hung else "died"))
    return told


def _work(start: int, end: int, folder: Path) -> None:
    from importers.limits import limit_this_process

    limit_this_process(1_500_000_000, 600)
    for seed in range(start, end):
        try:
            word = outcome(seed, folder)
        except MemoryError:
            word = "died"
        print(json.dumps([seed, word]), flush=True)


def main() -> int:
    """Print what came of every mutant; exit 1 when any was a fault."""
    import tempfile

    if sys.argv[1:2] == ["--batch"]:
        _work(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    count, seed = (int(given) for given in (*sys.argv[1:3], *(str(COUNT), str(SEED))[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        counted, faults = run(count, seed, Path(folder))
    print(f"{count:,} mutants from seed {seed} in {time.monotonic() - began:.0f} s: {dict(counted.most_common())}")
    for number, word in list(faults.items())[:20]:
        print(f"  seed {number}: {word}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
