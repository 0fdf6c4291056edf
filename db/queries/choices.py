"""When what to judge a role by was altered after it had been settled: from the history, so that it cannot be hidden."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection, select

from db.recorder import table_of
from db.tables import HistoryChange, HistoryStep, MeasureUse

SETTLED = "chosen_on"
JUDGED_BY = ("is_primary", "impact_model", SETTLED)


def choice_changes(connection: Connection, role_id: int) -> dict[int, date]:
    """By measure, the day its choice was last altered in a step after the one that settled it; others are left out."""
    uses, changes, steps = table_of(MeasureUse), table_of(HistoryChange), table_of(HistoryStep)
    rows = connection.execute(
        select(uses.c.measure_id, steps.c.made_at, changes.c.before, changes.c.after)
        .join(changes, changes.c.row_id == uses.c.id)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(uses.c.implementation_id == role_id, changes.c.table_name == uses.name)
        .order_by(changes.c.id)
    )
    settled: set[int] = set()
    altered: dict[int, date] = {}
    for measure_id, made_at, before, after in rows:
        was, now = json.loads(before or "{}"), json.loads(after or "{}")
        if measure_id in settled and any(name in was for name in JUDGED_BY):
            altered[measure_id] = date.fromisoformat(made_at[:10])
        if now.get(SETTLED):
            settled.add(measure_id)
    return altered
