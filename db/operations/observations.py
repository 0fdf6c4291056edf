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
from db.operations.measures import refuse_unused
from db.recorder import Step, table_of
from db.row_text import plain
from db.store import Store
from db.tables import Measure, Observation, ObservationBase

OBSERVATIONS = frozenset({Thing.OBSERVATIONS})
KEY = ("implementation_id", "measure_id", "arm", "group_id", "period_start", "period_end")
Key = tuple[Any, ...]
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
        _refuse_unused(step, entries)
        refuse_out_of_range(step, entries)
        _put_each(step, entries)
        step.delete_each(Observation, list(_found(step, [tuple(key.columns().values()) for key in cleared]).values()))
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
        found = _found(step, [tuple(key.columns().values()) for key in keys])
        step.update_each(Observation, dict.fromkeys(found.values(), values))
    return Changed(label, OBSERVATIONS)


def _put_each(step: Step, entries: Sequence[ObservationBase]) -> None:
    """Write over the values that are there, add the others; of two for one cell the later one counts."""
    wanted = {_key_of(entry): entry for entry in entries}
    found = _found(step, list(wanted))
    step.update_each(Observation, {row_id: _typed_over(wanted[key]) for key, row_id in found.items()})
    step.insert_each(Observation, [entry for key, entry in wanted.items() if key not in found])


def _key_of(entry: ObservationBase) -> Key:
    return tuple(plain(getattr(entry, name)) for name in KEY)


def _typed_over(entry: ObservationBase) -> dict[str, Any]:
    return {name: value for name, value in entry.model_dump().items() if name not in KEY and name not in KEPT_BY_TYPING}


def _found(step: Step, keys: Sequence[Key]) -> dict[Key, int]:
    """The ids of the values that are there, by their keys, in the order of the keys."""
    if not keys:
        return {}
    held = table_of(Observation)
    columns = [held.c[name] for name in KEY]
    roles, measures, arms, groups, starts, _ = zip(*keys, strict=True)
    among = zip(columns, (roles, measures, arms, groups), strict=False)
    spanned = held.c.period_start.between(min(starts), max(starts))
    rows = step.connection.execute(
        select(*columns, held.c.id).where(*(column.in_(set(values)) for column, values in among), spanned)
    )
    ids = {tuple(row[:-1]): int(row[-1]) for row in rows}
    return {key: ids[key] for key in keys if key in ids}


def _refuse_unused(step: Step, entries: Sequence[ObservationBase]) -> None:
    """Raise UserProblem, with what was typed, where a role or its measure was removed a moment ago."""
    for role_id in {entry.implementation_id for entry in entries}:
        of_role = [entry for entry in entries if entry.implementation_id == role_id]
        typed = [_said(entry) for entry in of_role[:5]]
        more = f" and {len(of_role) - 5} more" if len(of_role) > 5 else ""
        hint = f"What was typed was not saved: {'; '.join(typed)}{more}. Undo brings the measure back."
        refuse_unused(step.connection, role_id, {entry.measure_id for entry in of_role}, hint)


def _said(entry: ObservationBase) -> str:
    return f"{Period(entry.period_start, entry.period_end).label}: {entry.raw_text or entry.value}"


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
            refused.append(f"{row['name']}, {_said(entry)} ({reason})")
    if refused:
        more = f" and {len(refused) - 5} more" if len(refused) > 5 else ""
        raise UserProblem(
            f"Not a possible value for {'; '.join(refused[:5])}{more}.",
            "Nothing was changed. Correct the value and enter it again.",
        )
