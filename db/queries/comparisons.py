"""What a role's measures are held against: comparators, benchmarks and dated targets."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from analysis.targets import TargetFacts
from analysis.vocabulary import Arm, Assignment, ComparatorFacts, ComparatorKind
from db.recorder import table_of
from db.store import Store
from db.tables import Comparator, Target


@dataclass(frozen=True)
class HeldComparator:
    """A comparator as it is recorded, and the measure it is for."""

    id: int
    measure_id: int
    facts: ComparatorFacts

    @property
    def arm(self) -> Arm:
        """The arm its values stand in."""
        return arm_of(self.facts.kind)


def arm_of(kind: ComparatorKind) -> Arm:
    """Benchmarks stand in an arm of their own, every other kind in the comparator's."""
    return Arm.BENCHMARK if kind is ComparatorKind.BENCHMARK else Arm.COMPARATOR


def comparators(store: Store, role_id: int) -> tuple[HeldComparator, ...]:
    """Every comparator and benchmark of a role, in the order they were recorded."""
    table = table_of(Comparator)
    with store.read() as connection:
        rows = connection.execute(
            select(table).where(table.c.implementation_id == role_id).order_by(table.c.id)
        ).mappings()
        held = rows.all()
    return tuple(
        HeldComparator(
            row["id"],
            row["measure_id"],
            ComparatorFacts(
                row["name"],
                ComparatorKind(row["kind"]),
                row["why_chosen"],
                row["source"],
                Assignment(row["assignment"]),
                row["same_definition"],
            ),
        )
        for row in held
    )


def targets(store: Store, role_id: int) -> tuple[TargetFacts, ...]:
    """Every dated target of a role, oldest first."""
    table = table_of(Target)
    with store.read() as connection:
        rows = connection.execute(
            select(table).where(table.c.implementation_id == role_id).order_by(table.c.from_date, table.c.id)
        ).mappings()
        held = rows.all()
    return tuple(
        TargetFacts(row["id"], row["measure_id"], row["from_date"], row["low"], row["high"], row["source"])
        for row in held
    )
