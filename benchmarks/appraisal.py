"""All of one role's money, without and with the simulation: aims 10 ms, and 300 ms for any number of draws.

`python -m benchmarks.appraisal`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from analysis.economics.appraisal_results import appraise
from analysis.economics.likelihood import drawn
from analysis.economics.role_economics import role_economics
from analysis.economics.role_lines import benefit_items_of, cost_items_of, frame_of
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts, PayLineFacts, PayRates
from analysis.vocabulary import CostKind, CostPhase, Direction, Timeline

RUNS = 15
APPRAISAL_AIM, SIMULATION_AIM, ANSWER_AIM = 0.010, 0.300, 0.100
START = date(2026, 10, 1)
RATES = {"2026-27": PayRates(Decimal("0.15"), Decimal(5000), Decimal("0.1438"), Decimal("0.094"))}
POST = PayLineFacts(1, "Navigators", CostPhase.AFTER, 3_115_700, "2026-27", 2, "0.8", START, "Trust")
COST = CostLineFacts(1, "Overheads", "overheads", CostKind.ANNUAL, 800_000, "2026-27", START, "Trust")
BENEFIT = BenefitLineFacts(
    1, "A&E attendances", None, Direction.DECREASE, 62, 50, 28_000, "2025-26", "ICB", "0.25", "0.7"
)


def a_plan() -> AppraisalFacts:
    """36 months, a post, eight costs and four benefits, every one with a range, one released in blocks."""
    costs = tuple(replace(COST, id=at, low_pence=700_000, high_pence=950_000) for at in range(1, 9))
    benefits = tuple(replace(BENEFIT, id=at, after_low=46, after_high=56) for at in range(1, 5))
    blocked = replace(benefits[0], block_units=40, cashability="0.5", cashability_reason="A session closes")
    deflator = {"2025-26": 103.2, "2026-27": 105.3}
    frame = AppraisalFacts(START, 36, "2026-27", deflator=deflator, pay=(POST,), pay_rates=RATES)
    return replace(frame, costs=costs, benefits=(blocked, *benefits[1:]))


def _processor(work: Callable[[], object]) -> float:
    """Processor seconds of one call: the machine is shared."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    """Print medians of processor time; the exit status says whether every aim is kept."""
    facts = a_plan()
    most = replace(facts, draws=100_000)
    costs, benefits = cost_items_of(facts), benefit_items_of(facts)
    rows = (
        ("one appraisal", APPRAISAL_AIM, lambda: appraise(frame_of(facts), costs, benefits)),
        ("10,000 draws", SIMULATION_AIM, lambda: drawn(facts, frame_of(facts), costs, benefits)),
        ("100,000 draws, the most a plan takes", SIMULATION_AIM, lambda: drawn(most, frame_of(most), costs, benefits)),
        ("everything the page shows", ANSWER_AIM, lambda: role_economics(facts, [], Timeline(START))),
    )
    kept = True
    for name, aim, work in rows:
        work()
        found = statistics.median(_processor(work) for _ in range(RUNS))
        kept = kept and found <= aim
        print(f"{name}: {found * 1000:.0f} ms (aim {aim * 1000:.0f} ms)")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
