"""What the page of checkpoints says, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from analysis.periods import date_label
from analysis.wording import plural
from db.queries.checkpoints import HeldCheckpoint
from desktop.states import ColumnSpec, TableCell, TableState

BY = ColumnSpec("By")
COLUMNS = (ColumnSpec("Checkpoint", stretch=True), ColumnSpec("Made"), BY, ColumnSpec("Since then"))
GO_BACK, STAY = "Go back", "Stay as it is"
LISTED = 5


def usual_name(today: date) -> str:
    """What a checkpoint is called unless a person says better."""
    return f"Checkpoint of {date_label(today)}"


def table_of(held: Sequence[HeldCheckpoint]) -> TableState:
    """The list of checkpoints; who made them is shown where anybody gave a name."""
    named = any(one.who for one in held)
    columns = COLUMNS if named else tuple(column for column in COLUMNS if column is not BY)
    texts = ((_when(one.made_at), *((one.who,) if named else ()), _since(one)) for one in held)
    rows = tuple(
        (TableCell(one.name, strong=True), *map(TableCell, line)) for one, line in zip(held, texts, strict=True)
    )
    return TableState(columns, rows, tuple(str(one.id) for one in held))


def _when(made_at: str) -> str:
    when = datetime.fromisoformat(made_at).astimezone()
    return f"{date_label(when.date())} {when:%H:%M}"


def _since(held: HeldCheckpoint) -> str:
    if held.way is None:
        return "cannot be reached any more"
    if held.way.undo:
        return plural(len(held.way.undo), "step")
    return f"{plural(len(held.way.redo), 'step')} taken back" if held.way.redo else "nothing changed"


def can_go(held: HeldCheckpoint | None) -> bool:
    """Whether there is anything to take back or bring back."""
    return held is not None and held.way is not None and bool(held.way.undo or held.way.redo)


def question(held: HeldCheckpoint) -> tuple[str, str]:
    """What is asked before going back, and what is safe."""
    way = held.way
    if way is None:
        return "", ""
    labels = [label for _, label in way.undo or way.redo]
    more = f" and {len(labels) - LISTED} more" if len(labels) > LISTED else ""
    doing = "Take back" if way.undo else "Bring back"
    listed = "; ".join(labels[:LISTED])
    safe = "Redo brings each step back." if way.undo else "Undo takes each step back again."
    return f"{doing} {plural(len(labels), 'step')}, so that all is as at “{held.name}”? {listed}{more}.", safe
