"""The one period of a whole sheet, asked although it was found: a person who looks at the sheet may know better.

The command line takes a period that is certain as it is; the window asks about it with what was found as the default.
"""

from __future__ import annotations

from dataclasses import replace

from importers.doubts import place
from importers.found import FoundTable, Question
from importers.inspection import Inspection
from importers.period_text import Kind, PeriodText
from importers.plans import ImportPlan

LEAVE = "Leave this sheet out"
MOST = 6


def with_whole_periods(plan: ImportPlan) -> ImportPlan:
    """The plan with a question for each sheet that stands for one certain period, where they are few."""
    certain = [(number, table) for number, table in enumerate(plan.inspection.tables) if _is_certain(table)]
    if len(certain) > MOST:
        return plan
    asked = tuple(_question(plan.inspection, number, table) for number, table in certain)
    return replace(plan, questions=(*asked, *plan.questions))


def _is_certain(table: FoundTable) -> bool:
    asked = any(key.startswith("period of ") for key in table.readings_under)
    found = bool(table.period_from) and table.readings[0].period is not None
    return found and (not asked or f"period of {table.sheet} {table.range}" in table.readings_under)


def _question(inspection: Inspection, number: int, table: FoundTable) -> Question:
    key = f"period of {table.sheet} {table.range}"
    reading = table.readings[0]
    if reading.period is None:
        text = f"table {number} of {inspection.file} has no period to ask about"
        raise ValueError(text)
    none = PeriodText(Kind.MONTH, None, problem="no period is named")
    table.readings_under.setdefault(key, ((reading,), (none,)))
    ask = f"All figures of {place(table.sheet, table.range)} are for one period. Which?"
    found = f"{reading.period.long_label} (from {table.period_from})"
    return Question(key, place(table.sheet, table.range), ask, (found, LEAVE), 0, "period")
