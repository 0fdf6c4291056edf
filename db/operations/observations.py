"""Recording, clearing and marking values. A value out of its measure's range is refused at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from analysis.entry_rules import refusal
from analysis.periods import Period
from analysis.problems import UserProblem
from analysis.vocabulary import Arm, Maturity, MeasureKind
from db.operations.changed import Changed, Thing
from db.recorder import Step, table_of
from db.store import Store
from db.tables import Measure, Observation, ObservationBase

OBSERVATIONS = frozenset({Thing.OBSERVATIONS})
KEY = ("implementation_id", "measure_id", "arm", "group_id", "period_start", "period_end")
KEPT_BY_TYPING = ("maturity", "set_aside", "definition_version")
"""What stays when a value is typed over: the marks, but not the source or the doubt about the old value."""


@dataclass(frozen=True)
class CellKey:
    """The key of one value."""

    implementation_id: int
    measure_id: int
    period: Period
    arm: Arm = Arm.ROLE
    group_id: int = 1

    def columns(self) -> dict[str, Any]:
        """The key as columns of the table."""
        start, end = self.period.start, self.period.end
        held = (self.implementation_id, self.measure_id, self.arm.value, self.group_id, start, end)
        return dict(zip(KEY, held, strict=True))


def record_observations(
    store: Store, *, entries: Sequence[ObservationBase] = (), cleared: Sequence[CellKey] = (), label: str
) -> Changed:
    """Write typed or pasted values, and blank others, as one step.

    Marks (provisional, set aside) stay with a cell that is typed over. Raises UserProblem, listing the cells, when a
    value cannot belong to its measure; nothing is written then.
    """
    with store.step(label) as step:
        refuse_out_of_range(step, entries)
        for entry in entries:
            _put(step, entry)
        for key in cleared:
            if (row_id := _find(step, key.columns())) is not None:
                step.delete(Observation, row_id)
    return Changed(label, OBSERVATIONS)


def set_aside(store: Store, *, keys: Sequence[CellKey], reason: str | None) -> Changed:
    """Leave values out of the analysis for a stated reason, or take them back in (reason None)."""
    if reason is not None and not reason.strip():
        raise UserProblem("Say why the value is set aside.", "It stays in the analysis until then.")
    return _mark(store, keys, {"set_aside": reason}, "Set aside" if reason else "Take back into the analysis")


def set_maturity(store: Store, *, keys: Sequence[CellKey], maturity: Maturity | None) -> Changed:
    """Mark values as provisional, estimated or final, or leave it to the measure's own rule (None)."""
    label = f"Mark as {maturity.value}" if maturity else "Remove the mark"
    return _mark(store, keys, {"maturity": maturity.value if maturity else None}, label)


def set_doubt(store: Store, *, keys: Sequence[CellKey], doubt: str | None, reason: str = "") -> Changed:
    """Keep a question about values open (or close it with None and a reason); the values stay as they are."""
    kept = f"Keep the value: {reason}" if reason else "Keep the value"
    return _mark(store, keys, {"doubt": doubt}, "Follow up later" if doubt else kept)


def _mark(store: Store, keys: Sequence[CellKey], values: dict[str, Any], label: str) -> Changed:
    with store.step(label) as step:
        for key in keys:
            if (row_id := _find(step, key.columns())) is not None:
                step.update(Observation, row_id, values)
    return Changed(label, OBSERVATIONS)


def _put(step: Step, entry: ObservationBase) -> None:
    facts = entry.model_dump()
    row_id = _find(step, {name: facts[name] for name in KEY})
    if row_id is None:
        step.insert(Observation, entry)
        return
    step.update(Observation, row_id, {n: v for n, v in facts.items() if n not in KEY and n not in KEPT_BY_TYPING})


def _find(step: Step, key: dict[str, Any]) -> int | None:
    held = table_of(Observation)
    found = step.connection.execute(select(held.c.id).where(*(held.c[name] == value for name, value in key.items())))
    row_id = found.scalar()
    return None if row_id is None else int(row_id)


def refuse_out_of_range(step: Step, entries: Sequence[ObservationBase]) -> None:
    """Raise UserProblem, listing the first cells, when a value cannot belong to its measure."""
    measures = table_of(Measure)
    wanted = {entry.measure_id for entry in entries}
    rows = step.connection.execute(select(measures).where(measures.c.id.in_(wanted))).mappings().all()
    facts = {row["id"]: row for row in rows}
    refused = []
    for entry in entries:
        row = facts[entry.measure_id]
        reason = refusal(
            MeasureKind(row["kind"]),
            entry.value,
            minimum=row["minimum"],
            maximum=row["maximum"],
            numerator=entry.numerator,
            denominator=entry.denominator,
        )
        if reason:
            period = Period(entry.period_start, entry.period_end)
            refused.append(f"{row['name']}, {period.label}: {entry.raw_text or entry.value} ({reason})")
    if refused:
        more = f" and {len(refused) - 5} more" if len(refused) > 5 else ""
        raise UserProblem(
            f"Not a possible value for {'; '.join(refused[:5])}{more}.",
            "Nothing was changed. Correct the value and enter it again.",
        )
