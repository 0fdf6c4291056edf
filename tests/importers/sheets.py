"""Small files made for a test, read in this process so that a fault shows its traceback."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from importers.examine import examine
from importers.inspection import Inspection

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ROLEWORTH_SHARED", ROOT.parent / "shared"))
TODAY = date(2026, 11, 21)
MONTHS = ("Apr-23", "May-23", "Jun-23", "Jul-23", "Aug-23", "Sep-23")


def csv_of(folder: Path, text: str, name: str = "sheet.csv") -> Inspection:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return examine(path, today=TODAY)


def xlsx_of(folder: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Inspection:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    path = folder / "book.xlsx"
    book.save(path)
    return examine(path, today=TODAY)


def points(inspection: Inspection, series: int = 0, table: int = 0) -> dict[str, float]:
    """Period code to value of one series."""
    found = inspection.tables[table]
    one = found.series[series]
    return {
        reading.written(reading.period): value
        for index, value in enumerate(one.values)
        if value is not None and (reading := found.reading(one, index)).period is not None
    }
