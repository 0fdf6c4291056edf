"""Cost lines proposed from a ledger that was brought in: the mean month of each line since launch. Qt-free.

A proposal is the plan for the months to come, taken from what was spent; a person ticks what is to be kept.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.periods import Period, financial_year_label
from analysis.vocabulary import CostKind, CostPhase, MeasureKind, State
from analysis.wording import plural
from importers.collecting import Collected, Observation
from importers.inspection import Inspection

LEDGER = "ledger"


@dataclass(frozen=True)
class CostProposal:
    """One line of a ledger as a monthly cost: whole pence, the mean of `months` months."""

    label: str
    pence: int
    months: int
    start: date
    source: str
    price_year: str
    phase: CostPhase

    def facts(self) -> dict[str, Any]:
        """The columns of a cost line."""
        return {
            "label": self.label[:200],
            "kind": CostKind.MONTHLY,
            "amount_pence": self.pence,
            "start": self.start,
            "price_year": self.price_year,
            "phase": self.phase,
            "source": self.source,
        }


def is_ledger(inspection: Inspection) -> bool:
    """Whether a file holds a ledger extract."""
    return any(table.axis_kind == LEDGER for table in inspection.tables)


def ledger_words(inspection: Inspection) -> tuple[str, ...]:
    """How rows of a ledger were summed, as the importer says it."""
    return tuple(issue.message for issue in inspection.issues if " is a ledger: " in issue.message)


def proposals(inspection: Inspection, collected: Collected, launch: date | None) -> tuple[CostProposal, ...]:
    """A cost line for each money measure of a ledger, from the whole months since launch (all months without one).

    Months before launch propose what the service took before; the month that holds the launch belongs to neither. A
    month of the ledger without a posting on a line is £0. A line whose mean is below zero proposes nothing.
    """
    if not is_ledger(inspection):
        return ()
    held: dict[tuple[str, CostPhase], list[Observation]] = {}
    months: dict[CostPhase, set[Period]] = {CostPhase.BEFORE: set(), CostPhase.AFTER: set()}
    for value in collected.ready:
        phase = _phase(value.period, launch)
        if value.measure.kind is MeasureKind.MONEY and value.state is State.VALUE and phase is not None:
            held.setdefault((value.measure.name, phase), []).append(value)
            months[phase].add(value.period)
    made = [_proposal(inspection.file, name, phase, values, months[phase]) for (name, phase), values in held.items()]
    return tuple(one for one in made if one.pence >= 0)


def _phase(period: Period, launch: date | None) -> CostPhase | None:
    if period.months != 1:
        return None
    if launch is None or period.start >= launch:
        return CostPhase.AFTER
    return CostPhase.BEFORE if period.end < launch else None


def _proposal(
    file: str, name: str, phase: CostPhase, values: Sequence[Observation], months: Collection[Period]
) -> CostProposal:
    ordered = sorted(months)
    first, last = ordered[0], ordered[-1]
    total = math.fsum(value.value or 0.0 for value in values)
    source = f"{file}: mean of {plural(len(ordered), 'month')}, {first.label} to {last.label}"
    return CostProposal(
        name,
        round(total / len(ordered) * 100),
        len(ordered),
        first.start,
        source,
        financial_year_label(last.end),
        phase,
    )
