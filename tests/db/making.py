"""Small records for the tests of the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from analysis.periods import Period, month
from db.store import Store
from db.tables import ObservationBase

ATTENDANCES: dict[str, Any] = {
    "name": "A&E attendances",
    "population": "aged 75+",
    "kind": "count",
    "unit": "count",
    "direction": "decrease",
    "maximum": 5000,
    "definition": "All types, people aged 75 and over",
}


def value(role: int, measure: int, period: Period, number: float | None, **facts: object) -> ObservationBase:
    return ObservationBase.model_validate(
        {
            "implementation_id": role,
            "measure_id": measure,
            "period_start": period.start,
            "period_end": period.end,
            "value": number,
            "raw_text": "" if number is None else f"{number:g}",
            **facts,
        }
    )


def import_rows(measure: int | str, numbers: dict[int, float]) -> list[dict[str, Any]]:
    return [
        {
            "measure_id": measure,
            "period_start": month(2024, number).start,
            "period_end": month(2024, number).end,
            "value": figure,
            "raw_text": f"{figure:g}",
            "source_sheet": "Activity",
            "source_cell": f"B{number + 1}",
        }
        for number, figure in numbers.items()
    ]


def write_unlogged(store: Store, statement: str) -> None:
    """Change a file by the program's own connection, past its history and its checksums."""
    with store.engine.connect() as connection:
        connection.info["writing"] = True
        connection.exec_driver_sql(statement)
        connection.commit()


def dump(path: Path, *, without_log: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the record, for exact comparison; the log itself grows with every undo and is left out."""
    with closing(sqlite3.connect(path)) as connection:
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        wanted = [n for n in names if not n.startswith("sqlite") and not (without_log and n.startswith("history"))]
        query = "SELECT * FROM {} ORDER BY 1"
        held = {name: connection.execute(query.format(name)).fetchall() for name in wanted}
    log = ("history_step", "history_change", "history_payload", "import_batch") if without_log else ()
    kept = [row for row in held.get("row_check", []) if row[0] not in log]
    return held | {"row_check": sorted(row for row in kept if any(row[2]))}
