"""Which steps of the history stand, and what can be undone and redone now."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.recorder import table_of
from db.tables import HistoryChange, HistoryStep, StepKind

UNDOABLE = (StepKind.CHANGE, StepKind.IMPORT)


@dataclass
class Stacks:
    """What can be undone and redone now, newest last, and which steps stand."""

    undo: list[tuple[int, str]] = field(default_factory=list)
    redo: list[tuple[int, str]] = field(default_factory=list)
    standing: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)

    @property
    def undo_label(self) -> str:
        """Name of what Ctrl+Z would take back, empty when nothing."""
        return self._open_end(self.undo)[1]

    @property
    def redo_label(self) -> str:
        """Name of what Ctrl+Y would bring back, empty when nothing."""
        return self._open_end(self.redo)[1]

    @property
    def next_undo(self) -> int:
        """The step that would be taken back, 0 when there is none or its contents were removed for good."""
        return self._open_end(self.undo)[0]

    @property
    def next_redo(self) -> int:
        """The step that would be brought back, 0 when there is none or its contents were removed for good."""
        return self._open_end(self.redo)[0]

    def _open_end(self, stack: list[tuple[int, str]]) -> tuple[int, str]:
        return stack[-1] if stack and stack[-1][0] not in self.redacted else (0, "")


def stacks(connection: Connection, upto: int | None = None) -> Stacks:
    """Read the steps in order and work out what stands, or what stood when the step `upto` was the newest."""
    steps = table_of(HistoryStep)
    rows = connection.execute(
        select(steps.c.id, steps.c.kind, steps.c.label, steps.c.target_step_id).order_by(steps.c.id)
    )
    state = Stacks(redacted=redacted_steps(connection))
    labels: dict[int, str] = {}
    for step_id, kind, label, target in rows:
        if upto is not None and step_id > upto:
            break
        labels[step_id] = label
        if kind in UNDOABLE:
            state.undo.append((step_id, label))
            state.redo.clear()
            state.standing.add(step_id)
        elif kind == StepKind.UNDO:
            state.undo = [held for held in state.undo if held[0] != target]
            state.redo.append((target, labels[target]))
            state.standing.discard(target)
            if step_id in state.redacted:
                state.redacted.add(target)
        elif kind == StepKind.REDO:
            state.redo = [held for held in state.redo if held[0] != target]
            state.undo.append((target, labels[target]))
            state.standing.add(target)
    return state


def redacted_steps(connection: Connection) -> set[int]:
    """The steps whose texts were removed for good; they can be neither taken back nor brought back."""
    steps, held = table_of(HistoryStep), table_of(HistoryChange)
    rows = connection.execute(
        select(held.c.row_id)
        .select_from(held.join(steps, held.c.step_id == steps.c.id))
        .where(steps.c.kind == StepKind.REDACTION.value, held.c.table_name == steps.name)
    )
    return {int(row_id) for row_id in rows.scalars()}
