"""Keeping what left: one row of the register for each export. It is history, so undo never takes it back."""

from __future__ import annotations

from typing import Any

from db.operations.changed import Changed, Thing
from db.operations.validation import checked
from db.recorder import now_text
from db.store import Store
from db.tables import ExportRecord, ExportRecordBase, StepKind

EXPORTS = frozenset({Thing.EXPORTS})


def record_export(store: Store, **facts: Any) -> Changed:  # noqa: ANN401 - the columns of the register
    """Put an export into the register. What has left cannot be called back, so the step is logged and not undoable.

    Raises UserProblem when the file is open for reading only or cannot be written.
    """
    record = checked(ExportRecordBase, {**facts, "made_at": now_text()})
    label = f"Export {record.file_name or record.kind.value}"
    with store.step(label, kind=StepKind.SETTING) as step:
        return Changed(label, EXPORTS, step.insert(ExportRecord, record))
