"""What a person does with a file, act by act, each said to be done only when the app would say so."""

from __future__ import annotations

import lzma
import os
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from analysis.periods import Period, add_months, month_of
from db.backup import backups, make_backup
from db.history import redo, undo
from db.operations.imports import SourceFile, bring_in
from db.operations.measures import add_measure
from db.operations.observations import record_observations
from db.operations.roles import add_role
from db.restoring import restore
from db.store import Store, create, open_store
from db.tables import ObservationBase

ROOT = Path(__file__).parent.parent
NAME, OLD = "elm.roleworth", "old.roleworth"
ROWS = 40
Say = Callable[[str], None]


def period(turn: int, number: int = 0) -> Period:
    """The month a turn writes into; no two turns share one. `number` above 0 is a month of the turn's import."""
    return month_of(add_months(date(1000, 1, 1), turn * (ROWS + 1) + number))


def prepare(folder: Path) -> None:
    """A file with a role and a measure, and one of the oldest schema, to be brought up to date."""
    with create(folder / NAME) as store:
        role = add_role(store, name="Care navigator", place="Elm", launch=date(2024, 4, 8)).new_id or 0
        measure = {"name": "Attendances", "kind": "count", "unit": "count", "direction": "decrease"}
        add_measure(store, role_id=role, measure=measure, use={"is_primary": True})
        make_backup(store, reason="at open")
    packed = ROOT / "tests" / "db" / "released" / "schema_0001.roleworth.xz"
    (folder / OLD).write_bytes(lzma.decompress(packed.read_bytes()))


def save(store: Store, turn: int) -> str:
    """Type a value."""
    at = period(turn)
    entry = ObservationBase.model_validate(
        {
            "implementation_id": 1,
            "measure_id": 1,
            "period_start": at.start,
            "period_end": at.end,
            "value": float(turn),
            "raw_text": str(turn),
        }
    )
    record_observations(store, entries=[entry], label=f"Type {turn}")
    return ""


def bring(store: Store, turn: int) -> str:
    """Bring a sheet in."""
    months = [period(turn, number) for number in range(1, ROWS + 1)]
    rows = [
        {"measure_id": 1, "period_start": at.start, "period_end": at.end, "value": float(turn), "raw_text": str(turn)}
        for at in months
    ]
    bring_in(store, role_id=1, source=SourceFile(f"{turn}.csv", "0" * 64, 1), rows=rows)
    return ""


def take_back(store: Store, _turn: int) -> str:
    """Undo the newest step."""
    return undo(store)


def bring_back(store: Store, _turn: int) -> str:
    """Redo it."""
    return redo(store)


def back_up(store: Store, _turn: int) -> str:
    """Make a verified backup."""
    return make_backup(store, reason="by hand").path.name


def put_back(store: Store, turn: int) -> str:
    """Restore the newest backup beside the file."""
    return restore(backups(store)[0].path, store.path.with_name(f"restored {turn}.roleworth")).name


def upgrade(store: Store, _turn: int) -> str:
    """Open a file of the first schema."""
    open_store(store.path.with_name(OLD)).close()
    return ""


def export(store: Store, turn: int) -> str:
    """Write the commissioner's workbook."""
    from desktop.cli.opening import answers_of
    from exporters.choices import Choices
    from exporters.workbook import write_workbook

    target = store.path.with_name(f"summary {turn % 2}.xlsx")
    return write_workbook(answers_of(store), Choices(), target).path.name


ACTS: dict[str, Callable[[Store, int], str]] = {
    "save": save,
    "import": bring,
    "undo": take_back,
    "redo": bring_back,
    "backup": back_up,
    "restore": put_back,
    "migrate": upgrade,
    "export": export,
}
BEFORE = {"redo": ("save", "import", "undo")}
"""What is done before an act so that there is something to do it on; where nothing is named, a save and an import."""


def before(name: str) -> tuple[str, ...]:
    """The acts that stand in the file before an act is tried."""
    return BEFORE.get(name, ("save", "import"))


@cache
def preload() -> None:
    """Load now what the acts need, so that a forked process loads nothing and its calls are those of the act."""
    with tempfile.TemporaryDirectory(dir=room()) as folder:
        prepare(Path(folder))
        with open_store(Path(folder) / NAME) as store:
            for turn, name in enumerate(("save", "import", "undo", "redo", "backup", "restore", "migrate", "export")):
                ACTS[name](store, turn)


def room() -> str | None:
    """A folder in memory where there is one: a kill asks nothing of a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - only folders with random names in it


def prepared(folder: Path, name: str) -> None:
    """A folder in which everything before an act has been done."""
    prepare(folder)
    with open_store(folder / NAME) as store:
        for turn, earlier in enumerate(before(name)):
            ACTS[earlier](store, turn)


def act(folder: Path, name: str, say: Say, *, alone: bool = False) -> None:
    """Do one act on the file of a prepared folder, then save once more: `begin N`, `done N RESULT` around each.

    `alone` leaves the save out, where each call of the act is a turn of its own.
    """
    first = len(before(name))
    with open_store(folder / NAME) as store:
        for turn, each in enumerate(script(name)[first : first + 1 if alone else None], first):
            say(f"begin {turn}")
            say(f"done {turn} {ACTS[each](store, turn)}")


def script(name: str) -> tuple[str, ...]:
    """Everything that is done when an act is tried: what comes before it, the act, one more save."""
    return (*before(name), name, "save")
