"""F14 and F17: a large file, and the same things done again and again: how long, how much memory, how many handles."""

from __future__ import annotations

import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis.periods import add_months, month_of
from db.backup import make_backup
from db.checks import check_file
from db.history import undo
from db.operations.imports import NewMeasure, SourceFile, bring_in
from db.operations.roles import add_role
from db.queries.roles import roles
from db.queries.series import observation_count, series
from db.store import create, open_store
from faults.acts import NAME, bring, export, prepared, room, save
from faults.figures import Figures
from faults.first_showing import first_tabs

MEGABYTE = 1 << 20
WARM_UP = 10
MOST_GROWTH = 5.0
"""Megabytes a thousand times the same thing may cost once warm."""


def held_now() -> tuple[float, int]:
    """Resident memory in megabytes and open files of this process. Linux only."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MEGABYTE, len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are enough


def again_and_again(times: int) -> list[Figures]:
    """F17: open and close, type and undo, import and undo, export: memory and open files stay as they were."""
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-", dir=room()) as folder:
        home = Path(folder)
        prepared(home, "save")
        path = home / NAME

        def opened_and_closed(_turn: int) -> None:
            with open_store(path) as store:
                roles(store)
                series(store, 1)

        def written(what: Callable[..., str]) -> Callable[[int], None]:
            def once(turn: int) -> None:
                with open_store(path) as store:
                    what(store, turn + 10)
                    if what is not export:
                        undo(store)

            return once

        acts = {
            "open, read, close": opened_and_closed,
            "type and undo": written(save),
            "import and undo": written(bring),
        }
        found = [_again(words, act, times) for words, act in acts.items()]
        return [*found, _again("export", written(export), max(WARM_UP * 2, times // 5))]


def _again(words: str, act: Callable[[int], None], times: int) -> Figures:
    for turn in range(WARM_UP):
        act(turn)
    (before, files), nothing, began = held_now(), sys.getrefcount(None), time.monotonic()
    for turn in range(times):
        act(WARM_UP + turn)
    after, files_after = held_now()
    grown = after - before
    figures = Figures("F17", f"{words}, again and again", attempts=times, seconds=time.monotonic() - began)
    figures.note = (
        f"{grown:+.1f} MB, {files_after - files:+d} open files, {sys.getrefcount(None) - nothing:+d} references to None"
    )
    if grown > MOST_GROWTH * max(1.0, times / 1000) or files_after > files:
        figures.wrong, figures.told = 1, [figures.note]
    return figures


def large_file(count_roles: int, months: int, measures: int) -> list[Figures]:
    """F14: a file of so many roles, each with so many measures and months: make, open, read a role, check, back up."""
    with tempfile.TemporaryDirectory(prefix="roleworth-faults-") as folder:
        path = Path(folder) / "large.roleworth"
        steps: dict[str, Callable[[], object]] = {
            "made": lambda: _fill(path, count_roles, months, measures),
            "opened": lambda: open_store(path).close(),
            "one role read": lambda: _read(path),
            "checked": lambda: _sound(path),
            "backed up": lambda: _back_up(path),
        }
        found = []
        for words, step in steps.items():
            began = time.monotonic()
            step()
            took, peak = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size = path.stat().st_size / MEGABYTE
            what = f"{count_roles:,} roles, {count_roles * months * measures:,} values: {words}"
            found.append(Figures("F14", what, 1, seconds=took, note=f"{size:,.0f} MB file, peak {peak:,.0f} MB memory"))
        return [*found, first_tabs(path)]


def _fill(path: Path, count_roles: int, months: int, measures: int) -> None:
    periods = [month_of(add_months(date(2000, 1, 1), number)) for number in range(months)]
    with create(path) as store:
        for number in range(count_roles):
            role = add_role(store, name=f"Role {number}", launch=date(2012, 1, 1)).new_id or 0
            new = [NewMeasure(str(which), _facts(role, which)) for which in range(measures)]
            rows = [
                {"measure_id": one.ref, "period_start": at.start, "period_end": at.end, "value": 7.0, "raw_text": "7"}
                for one in new
                for at in periods
            ]
            bring_in(store, role_id=role, source=SourceFile(f"{number}.csv", "0" * 64, 1), rows=rows, new_measures=new)
        if observation_count(store) != count_roles * months * measures:
            text = "not every value arrived"
            raise ValueError(text)


def _facts(role: int, which: int) -> dict[str, object]:
    return {"name": f"Measure {which} of {role}", "kind": "count", "unit": "count"}


def _read(path: Path) -> None:
    with open_store(path) as store:
        series(store, 1)


def _sound(path: Path) -> None:
    if faults := check_file(path).faults:
        raise ValueError(faults[0])


def _back_up(path: Path) -> None:
    with open_store(path) as store:
        make_backup(store, reason="by hand")
