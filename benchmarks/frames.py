"""The longest stall of the window: 200 roles worked out behind the portfolio, roles switched, 400 x 40 cells pasted,
and a page of 400 months by 60 measures scrolled through, typed into, pasted over, filled, cleared and all of it undone.

A heartbeat on the GUI thread measures every gap; work is done by the app's own threads. Beside the longest gap by the
clock stands the one in which this program used most processor time: what a machine with nothing else to do would show.

    python -m benchmarks.frames
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from analysis.periods import month
from db.operations.imports import NewMeasure, SourceFile, bring_in
from db.operations.roles import add_role
from db.store import create
from desktop.frame.window import MainWindow
from desktop.grid.state import Cell, GridColumn, GridRow, GridState
from desktop.grid.view import EntryGrid
from desktop.jobs import Jobs
from desktop.pages.table import page_table
from desktop.session import Session
from desktop.theme.look import look

ROLES, MONTHS, SWITCHES, LONGEST = 200, 36, 25, 0.1
LARGE_MONTHS, LARGE_MEASURES, STEPS = 400, 60, 20
WALK = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Tab)
ENTRY = (Qt.Key.Key_7, Qt.Key.Key_Return)

BEAT_MS = 2
"""A beat every two milliseconds: the event loop rests between them, as it does in front of a person."""


class Heartbeat(QObject):
    """Beats whenever the event loop lets it, and keeps the longest gap, by the clock and by the processor."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busiest = 0.0
        self._last, self._used = time.perf_counter(), time.process_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now, used = time.perf_counter(), time.process_time()
        self.longest = max(self.longest, now - self._last)
        self.busiest = max(self.busiest, min(used - self._used, now - self._last))
        self._last, self._used = now, used

    def reset(self) -> None:
        """Forget what was before."""
        self.longest = self.busiest = 0.0
        self._last, self._used = time.perf_counter(), time.process_time()


def write_file(path: Path) -> None:
    """200 roles, three measures of three years each."""
    store = create(path)
    measures = [NewMeasure(name, {"name": name, "kind": "count"}) for name in ("Visits", "Calls", "Stays")]
    for number in range(ROLES):
        role_id = add_role(store, name=f"Role {number:03d}", launch=month(2024, 7).start).new_id or 0
        rows = [_value(new, 2023, i, number) for new in measures for i in range(MONTHS)]
        source = SourceFile(f"{number}.csv", "0" * 64, 1)
        bring_in(store, role_id=role_id, source=source, rows=rows, new_measures=measures)
    store.close()


def _value(new: NewMeasure, first_year: int, at: int, number: int) -> dict[str, object]:
    period = month(first_year + at // 12, at % 12 + 1)
    return {
        "measure_id": new.ref,
        "period_start": period.start,
        "period_end": period.end,
        "value": float(80 + (number * 7 + at * 13) % 40),
        "raw_text": "1",
        "source_sheet": "",
        "source_cell": "",
    }


def write_large(path: Path) -> None:
    """One role of 400 months and 60 measures, a value in every cell."""
    store = create(path)
    measures = [NewMeasure(f"Measure {at}", {"name": f"Measure {at}", "kind": "count"}) for at in range(LARGE_MEASURES)]
    role_id = add_role(store, name="Everything", launch=month(2020, 1).start).new_id or 0
    rows = [_value(new, 1992, i, at) for at, new in enumerate(measures) for i in range(LARGE_MONTHS)]
    bring_in(store, role_id=role_id, source=SourceFile("all.csv", "0" * 64, 1), rows=rows, new_measures=measures)
    store.close()


def wait(app: QApplication, until: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the event loop run until something holds."""
    end = time.perf_counter() + seconds
    waking = QTimer()
    waking.start(BEAT_MS)
    while not until() and time.perf_counter() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def switching(app: QApplication, path: Path) -> float:
    """Longest stall over switches from role to role on the Data tab."""
    jobs = Jobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    window.resize(1366, 688)
    window.show()
    session.open(path)
    wait(app, lambda: bool(session.facts.roles))
    roles = [role.id for role in session.facts.roles]
    window.show_page("Role", (roles[0], "Data"))
    wait(app, lambda: session.held_answer(roles[0]) is not None and jobs.count == 0)
    beat = Heartbeat()
    for role_id in roles[1 : SWITCHES + 1]:
        window.show_page("Role", role_id)
        wait(app, lambda wanted=role_id: session.held_answer(wanted) is not None and jobs.count == 0)  # type: ignore[misc]  # bound at once
        wait(app, lambda: True, 0.05)
    longest = beat.longest
    window.close()
    session.close()
    return longest


def working_out(app: QApplication, path: Path) -> tuple[float, float]:
    """Longest stall while every role of the portfolio is worked out from nothing behind it, and how long it took."""
    jobs = Jobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    window.resize(1366, 688)
    window.show()
    window.show_page("Portfolio")
    wait(app, lambda: False, 0.5)
    beat, begun = Heartbeat(), time.perf_counter()
    session.open(path)
    wait(app, lambda: bool(session.facts.roles) and jobs.count == 0)
    roles = [role.id for role in session.facts.roles]
    wait(app, lambda: session.held_answer(roles[-1]) is not None and jobs.count == 0, 240.0)
    found = beat.longest, time.perf_counter() - begun
    held = sum(session.held_answer(one) is not None for one in roles)
    if held < len(roles):
        print(f"only {held} of {len(roles)} roles were answered", file=sys.stderr)
    window.close()
    session.close()
    return found


def pasting(app: QApplication) -> float:
    """Longest stall of a paste of 400 x 40 cells into the grid, until every cell shows it."""
    rows = tuple(GridRow(str(number)) for number in range(400))
    columns = tuple(GridColumn(f"Measure {number}", "count") for number in range(40))
    grid = EntryGrid(GridState(rows, columns, tuple(tuple(Cell() for _ in columns) for _ in rows)))
    grid.resize(1200, 600)
    grid.show()
    wait(app, lambda: False, 0.3)
    block = "\n".join("\t".join(str(row + column) for column in range(40)) for row in range(400))
    QApplication.clipboard().setText(block)
    beat = Heartbeat()
    app.processEvents()
    beat.reset()
    grid.setCurrentIndex(grid.model().index(0, 0))
    grid.paste()
    wait(app, lambda: False, 0.5)
    grid.close()
    return beat.longest


def in_large_page(app: QApplication, path: Path) -> dict[str, float]:
    """Longest stalls while the Data page of the large role is walked through, and while values are typed into it."""
    jobs = Jobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    window.resize(1366, 688)
    window.show()
    session.open(path)
    wait(app, lambda: bool(session.facts.roles))
    window.show_page("Role", (session.facts.roles[0].id, "Data"))
    wait(app, lambda: bool(window.findChildren(EntryGrid)) and jobs.count == 0)
    grid = next(iter(window.findChildren(EntryGrid)))
    wait(app, lambda: len(grid.shown.cells) > LARGE_MONTHS and jobs.count == 0)
    wait(app, lambda: False, 1.0)
    grid.setFocus()
    found = {}
    for name, keys in (("walking through", WALK), ("typing into", ENTRY)):
        beat = Heartbeat()
        for key in keys * STEPS:
            QTest.keyClick(QApplication.focusWidget() or grid, key)
            wait(app, lambda: jobs.count == 0)
        wait(app, lambda: False, 0.5)
        found[f"{name} {LARGE_MONTHS} x {LARGE_MEASURES} cells"] = beat.longest
    found |= _all_at_once(app, grid, session)
    window.close()
    session.close()
    return found


def _all_at_once(app: QApplication, grid: EntryGrid, session: Session) -> dict[str, float]:
    """Longest stalls from a gesture over every cell until all of it is written and read again, and of its undo."""
    lines = ("\t".join(str(80 + (row * 7 + at) % 40) for at in range(LARGE_MEASURES)) for row in range(LARGE_MONTHS))
    QApplication.clipboard().setText("\n".join(lines))
    control = Qt.KeyboardModifier.ControlModifier
    gestures = {"pasting": Qt.Key.Key_V, "filling down": Qt.Key.Key_D, "clearing": Qt.Key.Key_Delete}
    found = {}
    for name, key in gestures.items():
        grid.setFocus()
        QTest.keyClick(grid, Qt.Key.Key_Home, control)
        QTest.keyClick(grid, Qt.Key.Key_A, control)
        wait(app, lambda: False, 0.5)
        pressed = Qt.KeyboardModifier.NoModifier if key is Qt.Key.Key_Delete else control
        acts: dict[str, Callable[[], None]] = {name: partial(QTest.keyClick, grid, key, pressed)}
        acts[f"{name}, undone:"] = session.undo
        for words, act in acts.items():
            beat = Heartbeat()
            act()
            wait(app, lambda: session.jobs.count == 0, 300.0)
            wait(app, lambda: False, 0.5)
            found[f"{words} {LARGE_MONTHS} x {LARGE_MEASURES} cells of the page"] = beat.longest
            print(f"{words} {beat.longest * 1000:.0f} ms by the clock, {beat.busiest * 1000:.0f} ms of processor time")
    return found


def main() -> int:
    """Print the longest stalls; exit 1 when one is over 100 ms."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        return 2
    look()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.roleworth"
        write_file(path)
        stall, seconds = working_out(app, path)
        print(f"200 roles worked out behind the portfolio in {seconds:.1f} s")
        found = {"200 roles worked out": stall}
        write_large(large := Path(folder) / "large.roleworth")
        found |= in_large_page(app, large)
        found |= {"switching roles in a file of 200": switching(app, path), "pasting 400 x 40 cells": pasting(app)}
    for name, longest in found.items():
        word = "kept" if longest <= LONGEST else "MISSED"
        print(f"{name}: longest frame {longest * 1000:.0f} ms (aim at most 100) {word}")
    return 0 if max(found.values()) <= LONGEST else 1


if __name__ == "__main__":
    sys.exit(main())
