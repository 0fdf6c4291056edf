"""100,000 observations from a long .xlsx to rows of the record, against calamine plus chunked Core inserts.

Both write with the shipped pragmas; ours also reads in a guarded child, checks, matches, and keeps the history.

    python -m benchmarks.long_import
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from analysis.periods import month
from analysis.vocabulary import MeasureKind
from benchmarks.timing import pairs, report, seconds
from db.operations.roles import add_role
from db.recorder import table_of
from db.row_statements import CHUNK
from db.store import create
from db.tables import Measure, MeasureBase, Observation
from desktop.importing import Bringing, bring_in_collected
from importers.collecting import collect
from importers.entry import inspect
from importers.plans import propose

MEASURES, MONTHS = 1000, 100


def write_sheet(path: Path) -> None:
    """A long sheet: month, measure, value."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Activity")
    sheet.write_row(0, 0, ["Month", "Measure", "Value"])
    row = 0
    for number in range(MEASURES):
        for index in range(MONTHS):
            row += 1
            period = month(2016 + index // 12, index % 12 + 1)
            sheet.write_row(
                row, 0, [f"{period.start:%Y-%m}", f"Measure {number:04d}", 100 + (number * 7 + index * 13) % 50]
            )
    book.close()


def ours(sheet: Path, folder: Path, turn: list[int]) -> float:
    """Seconds from file to rows, the app's own path."""
    turn[0] += 1
    store = create(folder / f"ours-{turn[0]}.roleworth")
    role_id = add_role(store, name="Role").new_id or 0

    def work() -> None:
        plan = propose(inspect(sheet))
        outcome = bring_in_collected(store, role_id=role_id, plan=plan, collected=collect(plan), bringing=Bringing())
        if outcome.added != MEASURES * MONTHS:
            text = f"{outcome.added} values came in"
            raise RuntimeError(text)

    took = seconds(work)
    store.close()
    return took


def floor(sheet: Path, folder: Path, turn: list[int]) -> float:
    """Seconds of reading with calamine and inserting in chunks into the same table, nothing checked."""
    import python_calamine
    from sqlalchemy import insert

    turn[0] += 1
    store = create(folder / f"floor-{turn[0]}.roleworth")
    role_id = add_role(store, name="Role").new_id or 0
    with store.step("Measures") as step:
        measure = MeasureBase(name="m", kind=MeasureKind.COUNT)
        step.connection.execute(insert(table_of(Measure)).values(uuid="x", **measure.model_dump()))
        step.has_bulk = True

    def work() -> None:
        rows = python_calamine.CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()[1:]
        table = table_of(Observation)
        made = [_plain_row(role_id, index, row) for index, row in enumerate(rows)]
        with store.engine.connect() as connection:
            connection.info["writing"] = True
            for start in range(0, len(made), CHUNK):
                connection.execute(insert(table), made[start : start + CHUNK])
            connection.commit()
            connection.info.pop("writing")

    took = seconds(work)
    store.close()
    return took


def _plain_row(role_id: int, index: int, row: list[Any]) -> dict[str, Any]:
    period = month(1000 + index // 12, index % 12 + 1)
    return {
        "uuid": f"{index:036d}",
        "implementation_id": role_id,
        "measure_id": 1,
        "arm": "role",
        "group_id": 1,
        "period_start": period.start,
        "period_end": period.end,
        "state": "value",
        "value": row[2],
        "definition_version": 1,
        "raw_text": str(row[2]),
        "source_sheet": "",
        "source_cell": "",
    }


def main() -> int:
    """Print the ratio; exit 1 when it is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder, turn = Path(name), [0]
        sheet = folder / "long.xlsx"
        write_sheet(sheet)
        held = pairs(lambda: ours(sheet, folder, turn), lambda: floor(sheet, folder, turn), 3)
    return 0 if report("100,000 observations to rows", held, 2.5) else 1


if __name__ == "__main__":
    sys.exit(main())
