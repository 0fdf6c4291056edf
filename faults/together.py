"""F6 and F7: another program holds the file, or opens it at the same moment; how long the window stands still."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.store import open_store
from faults.acts import NAME, preload, prepare, room, save
from faults.figures import Figures
from faults.forked import FAULT, PROBLEM, Forked, Said
from faults.judging import faults_in, recorded
from faults.rehearsing import rehearse

if TYPE_CHECKING:
    from desktop.session import Session

READS = "reads"


def races(count: int) -> Figures:
    """F7: two processes open a file at the same moment and each types a value; what one says is saved is there."""
    figures, began, both = Figures("F7", "two processes open and write at the same moment"), time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-", dir=room()) as folder:
        preload()
        base, run = Path(folder) / "base", Path(folder) / "run"
        base.mkdir()
        prepare(base)
        for number in range(count):
            shutil.rmtree(run, ignore_errors=True)
            shutil.copytree(base, run)
            children = [Forked(partial(_type, run / NAME, turn)) for turn in (1, 2)]
            for child in children:
                child.go()
            said = [child.end() for child in children]
            both += all("done" in one.lines for one in said)
            figures.count(_lost(run / NAME, said), f"race {number}: {said}")
    figures.note, figures.seconds = f"in {both:,} both wrote, one after the other", time.monotonic() - began
    return figures


def _type(path: Path, turn: int, say: Callable[[str], None]) -> None:
    with open_store(path) as store:
        if store.read_only:
            say(READS)
        else:
            save(store, turn)
            say("done")


def _lost(path: Path, said: list[Said]) -> list[tuple[str, str]]:
    if faults := faults_in(path):
        return [("corrupt", faults[0])]
    done = sum("done" in one.lines for one in said)
    odd = [line for one in said for line in one.lines if line.startswith(FAULT)]
    refused = sum(line.startswith((READS, PROBLEM)) for one in said for line in one.lines)
    with open_store(path) as store:
        held = len(recorded(store))
    if odd or done + refused != len(said):
        return [("wrong", str(odd))]
    return ([("lost", f"{held} values of {done}")] if held != done else []) + rehearse(path)


def longest_stall(session: Session, path: Path, seconds: float) -> tuple[float, float]:
    """F6: longest seconds between two beats of the window's thread: at rest, and while a step waits for a file.

    Another connection holds the file for `seconds`; the step that was asked for meanwhile is done when it lets go.
    """
    from db.operations.roles import add_role

    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            held.set()
            free.wait(seconds)
            other.execute("ROLLBACK")

    at_rest = _beats(lambda: False, seconds / 2)
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    done: list[object] = []
    session.change(add_role, done.append, name="Typed while the file was held")
    stalled = _beats(lambda: bool(done), seconds * 4)
    free.set()
    holder.join()
    if not done:
        text = "the step was not done when the file was free again"
        raise TimeoutError(text)
    return at_rest, stalled


def _beats(ended: Callable[[], bool], most: float) -> float:
    from PySide6.QtCore import QCoreApplication, QEventLoop

    last = began = time.monotonic()
    longest = 0.0
    while not ended() and time.monotonic() - began < most:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        time.sleep(0.002)
    return longest
