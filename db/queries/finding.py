"""What can be found by name in a file: every measure that a role uses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.recorder import table_of
from db.store import Store
from db.tables import Implementation, Measure, MeasureUse


@dataclass(frozen=True)
class MeasureInUse:
    """A measure where a role uses it."""

    role_id: int
    role: str
    measure_id: int
    name: str
    population: str


def measures_in_use(store: Store) -> tuple[MeasureInUse, ...]:
    """Every measure of every role, by its name then the role's."""
    uses, measures, roles = table_of(MeasureUse), table_of(Measure), table_of(Implementation)
    with store.read() as connection:
        rows = connection.execute(
            select(roles.c.id, roles.c.name, measures.c.id, measures.c.name, measures.c.population)
            .select_from(uses.join(measures, measures.c.id == uses.c.measure_id))
            .join(roles, roles.c.id == uses.c.implementation_id)
            .order_by(measures.c.name, roles.c.name, roles.c.id)
        ).all()
    return tuple(MeasureInUse(*row) for row in rows)
