"""Named checkpoints, newest first, each with the way back to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.recorder import table_of
from db.stacks import Stacks, stacks
from db.store import Store
from db.tables import HistoryStep, StepKind

Steps = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class WayBack:
    """The steps that lead to a checkpoint, in order, each with its label: to take back, or to bring back."""

    undo: Steps = ()
    redo: Steps = ()


@dataclass(frozen=True)
class HeldCheckpoint:
    """One checkpoint; `way` is None where it cannot be reached any more."""

    id: int
    name: str
    made_at: str
    who: str
    way: WayBack | None


def checkpoints(store: Store) -> tuple[HeldCheckpoint, ...]:
    """Every named checkpoint of a file, newest first."""
    steps = table_of(HistoryStep)
    with store.read() as connection:
        now = stacks(connection)
        rows = connection.execute(
            select(steps.c.id, steps.c.label, steps.c.made_at, steps.c.who)
            .where(steps.c.kind == StepKind.CHECKPOINT.value)
            .order_by(steps.c.id.desc())
        ).all()
        return tuple(
            HeldCheckpoint(step_id, label, made_at, who, _way(connection, now, step_id))
            for step_id, label, made_at, who in rows
        )


def _way(connection: Connection, now: Stacks, step_id: int) -> WayBack | None:
    """What to undo, or to redo, so that the same steps stand as then; None where neither alone leads there."""
    then = stacks(connection, step_id).undo
    shared = 0
    for held, wanted in zip(now.undo, then, strict=False):
        if held != wanted:
            break
        shared += 1
    missing, beyond = then[shared:], now.undo[shared:]
    if not missing:
        return WayBack(undo=tuple(reversed(beyond)))
    can_redo = not beyond and list(reversed(now.redo))[: len(missing)] == missing
    return WayBack(redo=tuple(missing)) if can_redo else None
