from __future__ import annotations

from datetime import date
from pathlib import Path

from analysis.vocabulary import CostPhase
from desktop.cost_proposals import proposals
from importers.collecting import collect
from importers.examine import examine
from importers.plans import propose


def ledger(folder: Path) -> Path:
    path = folder / "ledger.csv"
    rows = [(m, "Pay", 3000) for m in range(1, 13)] + [(m, "Travel", 60) for m in range(7, 13)] + [(3, "Grant", -500)]
    lines = "".join(f"01/{m:02d}/2024,{line},{amount}\n" for m, line, amount in rows)
    path.write_text(f"Period,Subjective description,Amount\n{lines}", encoding="utf-8")
    return path


def test_the_month_of_launch_belongs_to_neither_side_and_a_month_without_posting_is_nothing(tmp_path: Path) -> None:
    inspection = examine(ledger(tmp_path), today=date(2025, 6, 1))
    found = proposals(inspection, collect(propose(inspection)), date(2024, 4, 15))
    assert [(one.label, one.phase, one.pence, one.months) for one in found] == [
        ("Pay", CostPhase.BEFORE, 300_000, 3),
        ("Pay", CostPhase.AFTER, 300_000, 8),
        ("Travel", CostPhase.AFTER, 4_500, 8),
    ]
    assert found[1].start == date(2024, 5, 1)
    assert found[1].source == "ledger.csv: mean of 8 months, May 24 to Dec 24"
    assert found[1].price_year == "2024-25"


def test_a_sheet_that_is_no_ledger_proposes_no_costs(tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    path.write_text("Month,Cost (£)\nApr 2024,10\nMay 2024,20\nJun 2024,30\n", encoding="utf-8")
    inspection = examine(path, today=date(2025, 6, 1))
    assert proposals(inspection, collect(propose(inspection)), None) == ()
