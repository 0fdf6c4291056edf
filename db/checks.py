"""Looking a file over: pages, references, the history's chain, and the rules the program keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from db import sqlite
from db.history import broken_links
from db.recorder import table_of
from db.store import open_store
from db.tables import HistoryStep, Measure, MeasureUse, Observation


@dataclass(frozen=True)
class FileCheck:
    """What was looked at and what was wrong; `faults` is empty when all is well."""

    faults: tuple[str, ...]
    steps: int
    observations: int


def check_file(path: Path) -> FileCheck:
    """Check a whole evaluation file without writing to it. Raises UserProblem when it cannot even be opened."""
    store = open_store(path, read_only=True)
    try:
        faults = sqlite.faults_of(path)
        with store.read() as connection:
            faults += broken_links(connection)
            rows, uses = table_of(Observation), table_of(MeasureUse)
            measures = table_of(Measure)
            orphans = connection.execute(
                select(func.count())
                .select_from(
                    rows.outerjoin(
                        uses,
                        (rows.c.measure_id == uses.c.measure_id)
                        & (rows.c.implementation_id == uses.c.implementation_id),
                    )
                )
                .where(uses.c.id.is_(None))
            ).scalar_one()
            outside = connection.execute(
                select(func.count())
                .select_from(rows.join(measures, rows.c.measure_id == measures.c.id))
                .where((rows.c.value < measures.c.minimum) | (rows.c.value > measures.c.maximum))
            ).scalar_one()
            steps = connection.execute(select(func.count()).select_from(table_of(HistoryStep))).scalar_one()
            observations = connection.execute(select(func.count()).select_from(rows)).scalar_one()
    finally:
        store.close()
    if orphans:
        faults.append(f"{orphans} values belong to a measure their role does not use")
    if outside:
        faults.append(f"{outside} values lie outside the range of their measure")
    return FileCheck(tuple(faults), int(steps), int(observations))
