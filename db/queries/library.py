"""A team's own catalogue entries, and the measures of a file wherever they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from db.recorder import table_of
from db.store import Store
from db.tables import (
    CatalogueEntry,
    Measure,
    MeasureBase,
    MeasureBreak,
    MeasureDefinition,
    MeasureUse,
    Observation,
)


@dataclass(frozen=True)
class Break:
    """A day on which a measure stopped being comparable with itself."""

    id: int
    happened_on: date
    what: str


@dataclass(frozen=True)
class HeldMeasure:
    """A measure of the file: its facts, every version of its definition, its breaks, and how much hangs on it."""

    id: int
    facts: MeasureBase
    definitions: tuple[tuple[int, str, date | None, str], ...]
    breaks: tuple[Break, ...]
    roles: int
    values: int


def catalogue_entries(store: Store) -> tuple[Mapping[str, Any], ...]:
    """A team's own starting points, by name."""
    held = table_of(CatalogueEntry)
    with store.read() as connection:
        rows = connection.execute(select(held).order_by(held.c.name)).mappings().all()
    return tuple(dict(row) for row in rows)


def held_measures(store: Store) -> tuple[HeldMeasure, ...]:
    """Every measure of the file, by name then population."""
    table, versions, breaks = table_of(Measure), table_of(MeasureDefinition), table_of(MeasureBreak)
    with store.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.name, table.c.population)).mappings().all()
        told = connection.execute(select(versions).order_by(versions.c.version)).mappings().all()
        broke = connection.execute(select(breaks).order_by(breaks.c.happened_on)).mappings().all()
        roles, values = _counts(connection, MeasureUse), _counts(connection, Observation)
    return tuple(
        HeldMeasure(
            id=row["id"],
            facts=MeasureBase.model_validate({name: row[name] for name in MeasureBase.model_fields}),
            definitions=tuple(
                (one["version"], one["text"], one["valid_from"], one["reason"])
                for one in told
                if one["measure_id"] == row["id"]
            ),
            breaks=tuple(
                Break(one["id"], one["happened_on"], one["what"]) for one in broke if one["measure_id"] == row["id"]
            ),
            roles=roles.get(row["id"], 0),
            values=values.get(row["id"], 0),
        )
        for row in rows
    )


def _counts(connection: Any, model: Any) -> dict[int, int]:  # noqa: ANN401 - a connection, and any table with a measure
    held = table_of(model)
    found = connection.execute(select(held.c.measure_id, func.count()).group_by(held.c.measure_id))
    return {int(measure_id): int(count) for measure_id, count in found}
