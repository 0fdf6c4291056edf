"""What a measure of a role is held against: comparators and benchmarks with their values, and dated targets."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.vocabulary import Arm, Assignment, ComparatorKind
from db.operations.changed import Changed, Thing
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.queries.comparisons import arm_of
from db.recorder import Step, table_of
from db.store import Store
from db.tables import Comparator, ComparatorBase, Observation, Target, TargetBase

MEASURES = frozenset({Thing.MEASURES})


def add_comparator(
    store: Store,
    *,
    role_id: int,
    measure_id: int,
    name: str,
    kind: ComparatorKind,
    why_chosen: str = "",
    source: str = "",
    assignment: Assignment = Assignment.NONE,
    same_definition: bool | None = None,
) -> Changed:
    """Record what a role's series is held against, and why.

    Raises UserProblem where a measure has one of its arm already: the record keeps one comparator's values and one
    benchmark's for each measure.
    """
    facts = {"implementation_id": role_id, "measure_id": measure_id, "name": name.strip(), "kind": kind}
    rest = {"why_chosen": why_chosen, "source": source, "assignment": assignment, "same_definition": same_definition}
    record = checked(ComparatorBase, {**facts, **rest})
    label = f"Add comparator {record.name}"
    with store.step(label) as step:
        _refuse_second(step, record)
        return Changed(label, MEASURES, step.insert(Comparator, record))


def change_comparator(store: Store, *, comparator_id: int, **changes: Any) -> Changed:  # noqa: ANN401 - any column
    """Change what is recorded of a comparator. Raises UserProblem when its values would land in another arm."""
    with store.step("Change comparator") as step:
        held = held_row(step.connection, Comparator, comparator_id)
        record = merged(ComparatorBase, held, changes)
        was = arm_of(ComparatorKind(held["kind"]))
        if arm_of(record.kind) is not was:
            if _values(step, record, was):
                raise UserProblem(
                    f"{held['name']} has values recorded as a {was.value}.",
                    "Remove it and add it anew under its other kind. Nothing was changed.",
                )
            _refuse_second(step, record)
        step.label = f"Change comparator {record.name}"
        step.update(Comparator, comparator_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MEASURES)


def remove_comparator(store: Store, *, comparator_id: int) -> Changed:
    """Remove a comparator with the values typed for it; one undo brings both back."""
    with store.step("Remove comparator") as step:
        held = held_row(step.connection, Comparator, comparator_id)
        record = checked(ComparatorBase, {name: held[name] for name in ComparatorBase.model_fields})
        step.label = f"Remove comparator {record.name}"
        step.remove_many(table_of(Observation), _values(step, record, arm_of(record.kind)))
        step.delete(Comparator, comparator_id)
        return Changed(step.label, frozenset({Thing.MEASURES, Thing.OBSERVATIONS}))


def _values(step: Step, record: ComparatorBase, arm: Arm) -> list[int]:
    rows = table_of(Observation)
    found = step.connection.execute(
        select(rows.c.id).where(
            rows.c.implementation_id == record.implementation_id,
            rows.c.measure_id == record.measure_id,
            rows.c.arm == arm.value,
        )
    )
    return [int(one) for one in found.scalars()]


def _refuse_second(step: Step, record: ComparatorBase) -> None:
    held = table_of(Comparator)
    rows = step.connection.execute(
        select(held.c.name, held.c.kind).where(
            held.c.implementation_id == record.implementation_id, held.c.measure_id == record.measure_id
        )
    )
    for name, kind in rows:
        if arm_of(ComparatorKind(kind)) is arm_of(record.kind):
            word = "benchmark" if arm_of(record.kind) is Arm.BENCHMARK else "comparator"
            raise UserProblem(
                f"This measure has the {word} {name} already, and a measure keeps the values of one.",
                f"Change or remove {name} first. Nothing was changed.",
            )


def add_target(
    store: Store,
    *,
    role_id: int,
    measure_id: int,
    from_date: date,
    low: float | None = None,
    high: float | None = None,
    source: str = "",
) -> Changed:
    """Record what a measure should reach or stay under from a day on.

    Raises UserProblem where a target begins on that day already.
    """
    facts = {"implementation_id": role_id, "measure_id": measure_id, "from_date": from_date}
    record = checked(TargetBase, {**facts, "low": low, "high": high, "source": source})
    label = f"Add target from {date_label(from_date)}"
    with store.step(label) as step:
        _refuse_same_day(step, record)
        return Changed(label, MEASURES, step.insert(Target, record))


def change_target(store: Store, *, target_id: int, **changes: Any) -> Changed:  # noqa: ANN401 - any column
    """Change a target: its first day, its bounds, its source."""
    with store.step("Change target") as step:
        held = held_row(step.connection, Target, target_id)
        record = merged(TargetBase, held, changes)
        if record.from_date != held["from_date"]:
            _refuse_same_day(step, record)
        step.label = f"Change target from {date_label(record.from_date)}"
        step.update(Target, target_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MEASURES)


def remove_target(store: Store, *, target_id: int) -> Changed:
    """Remove a target."""
    with store.step("Remove target") as step:
        step.label = f"Remove target from {date_label(held_row(step.connection, Target, target_id)['from_date'])}"
        step.delete(Target, target_id)
        return Changed(step.label, MEASURES)


def _refuse_same_day(step: Step, record: TargetBase) -> None:
    held = table_of(Target)
    same = (
        held.c.implementation_id == record.implementation_id,
        held.c.measure_id == record.measure_id,
        held.c.from_date == record.from_date,
    )
    if step.connection.execute(select(held.c.id).where(*same)).scalar() is not None:
        raise UserProblem(
            f"A target of this measure begins on {date_label(record.from_date)} already.",
            "Change that one, or give another day. Nothing was changed.",
        )
