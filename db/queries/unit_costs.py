"""The unit costs of the library: shipped rows, a team's own, and own figures in place of shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

import resources
from analysis.economics.unit_costs import UnitCostFacts
from db.recorder import table_of
from db.store import Store
from db.tables import UnitCost, UnitCostBase

_SAME = ("key", "label", "unit", "amount_pence", "price_year", "source", "licence", "where", "confidence")


def shipped_unit_costs() -> tuple[UnitCostFacts, ...]:
    """The rows that come with the app."""
    return tuple(
        UnitCostFacts(
            **{name: row[name] for name in _SAME},
            edition=row.get("edition", ""),
            checked_on=date.fromisoformat(row["checked_on"]),
            shipped_pence=row["amount_pence"],
        )
        for row in resources.load("unit_costs")["rows"]
    )


def unit_costs(store: Store | None) -> tuple[UnitCostFacts, ...]:
    """Every unit cost by label, own ones in place of shipped ones of the same key; without a file the shipped."""
    own = {} if store is None else _own(store)
    rows = [_over(row, own.pop(row.key, None)) for row in shipped_unit_costs()]
    rows += [_over(None, held) for held in own.values()]
    return tuple(sorted(rows, key=lambda row: row.label.lower()))


def _own(store: Store) -> dict[str, Mapping[str, Any]]:
    held = table_of(UnitCost)
    with store.read() as connection:
        rows = connection.execute(select(held).order_by(held.c.label)).mappings().all()
    return {row["key"]: dict(row) for row in rows}


def _over(shipped: UnitCostFacts | None, own: Mapping[str, Any] | None) -> UnitCostFacts:
    if own is None:
        assert shipped is not None  # noqa: S101 - one of the two is always there
        return shipped
    return UnitCostFacts(
        **{name: own[name] for name in UnitCostBase.model_fields},
        own_id=own["id"],
        where=shipped.where if shipped else "",
        is_shipped=shipped is not None,
        shipped_pence=shipped.amount_pence if shipped else None,
    )
