"""What was acknowledged survives the process being killed; a share in the gate, the programme in the long tier."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.checks import check_file
from db.history import imports
from db.queries.series import observation_count
from db.store import Store, open_store

WRITER = """
import sys
from pathlib import Path
from analysis.periods import add_months, month_of
from datetime import date
from db.history import undo, redo
from db.operations.imports import SourceFile, bring_in
from db.operations.observations import record_observations
from db.store import open_store
from tests.db.making import value
store, first = open_store(Path(sys.argv[1])), int(sys.argv[2])
for turn in range(first, first + 400):
    period = month_of(add_months(date(1900, 1, 1), turn * 12))
    record_observations(store, entries=[value(1, 1, period, turn)], label="Type")
    rows = [
        {"measure_id": 1, "period_start": p.start, "period_end": p.end, "value": 1.0, "raw_text": "1"}
        for p in [month_of(add_months(date(1900, 1, 1), turn * 12 + k)) for k in range(1, 9)]
    ]
    bring_in(store, role_id=1, source=SourceFile(f"{turn}.csv", "0" * 64, 1), rows=rows)
    undo(store)
    redo(store)
    print(turn, flush=True)
"""
PER_TURN = 9


def kill_one(path: Path, first: int, chance: random.Random) -> int:
    """Let a writer work for a random while, kill it, and return the last turn it said was done."""
    root = Path(__file__).parent.parent.parent
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert child.stdout is not None
    said = [child.stdout.readline()]
    time.sleep(chance.uniform(0, 0.25))
    child.kill()
    said += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    return max((int(line) for line in said if line.strip().isdigit()), default=first - 1)


def survive(path: Path, kills: int) -> None:
    """Kill a writer again and again; after each, the file is sound and holds all that was acknowledged.

    A turn that was cut short may have left its typed value and, whole or not at all, its import.
    """
    chance, next_turn, acknowledged = random.Random(20261121), 0, 0
    for cut in range(1, kills + 1):
        last = kill_one(path, next_turn, chance)
        acknowledged += last - next_turn + 1
        next_turn = last + 2
        assert check_file(path).faults == ()
        store = open_store(path)
        standing = [held.added for held in imports(store) if not held.undone]
        count = observation_count(store)
        store.close()
        assert set(standing) <= {PER_TURN - 1}
        assert acknowledged <= len(standing) <= acknowledged + cut
        assert acknowledged * PER_TURN <= count <= (acknowledged + cut) * PER_TURN
        typed = count - len(standing) * (PER_TURN - 1)
        assert acknowledged <= typed <= acknowledged + cut


@pytest.mark.usefixtures("measure")
def test_a_writer_killed_three_times_loses_nothing_it_acknowledged(store: Store) -> None:
    store.close()
    survive(store.path, 3)


@pytest.mark.long
@pytest.mark.usefixtures("measure")
def test_a_writer_killed_three_hundred_times_loses_nothing_it_acknowledged(store: Store) -> None:
    store.close()
    survive(store.path, 300)


@pytest.mark.usefixtures("measure")
def test_a_step_that_was_cut_short_is_taken_back_when_the_file_is_opened(store: Store) -> None:
    before = store.path.read_bytes()
    cut = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for name in ('journal_mode=TRUNCATE', 'cache_size=1', 'cache_spill=1'): c.execute('PRAGMA ' + name)\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.executemany('INSERT INTO setting (uuid, key, value) VALUES (?, ?, ?)',"
        " [(str(i), str(i), 'x' * 3000) for i in range(300)])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    store.close()
    subprocess.run([sys.executable, "-c", cut, str(store.path)], check=False)
    assert store.path.with_name(f"{store.path.name}-journal").stat().st_size > 0
    assert store.path.read_bytes() != before
    open_store(store.path, read_only=True).close()
    assert check_file(store.path).faults == ()
    assert store.path.read_bytes() == before
