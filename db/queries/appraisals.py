"""Saved appraisals as they were kept, and the editions an appraisal of today would rest on."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

import resources
from analysis.economics.saved import Snapshot
from db.queries.reference_values import reference_values
from db.recorder import table_of
from db.store import Store
from db.tables import SavedAppraisal


@dataclass(frozen=True)
class Saved:
    """A saved appraisal: its name, when it was saved (UTC), and what was kept."""

    id: int
    name: str
    saved_at: str
    held: Snapshot


def saved_appraisals(store: Store, role_id: int) -> tuple[Saved, ...]:
    """The saved appraisals of a role, the newest first."""
    rows = table_of(SavedAppraisal)
    mine = select(rows).where(rows.c.implementation_id == role_id).order_by(rows.c.saved_at.desc(), rows.c.id.desc())
    with store.read() as connection:
        found = connection.execute(mine).mappings().all()
    return tuple(
        Saved(
            row["id"],
            row["name"],
            row["saved_at"],
            Snapshot(
                row["engine"],
                row["input_hash"],
                *(json.loads(row[part]) for part in ("vintages", "inputs", "outputs")),
            ),
        )
        for row in found
    )


def vintages(store: Store) -> dict[str, str]:
    """The editions of the shipped reference values, by what they are, and every own one with its source."""
    own = {one.label: f"{one.value}, {one.source}" for one in reference_values(store) if one.own_id is not None}
    index = resources.load("gdp_deflator")
    scales, rates = (resources.load(name)["rows"] for name in ("pay_scales", "on_costs"))
    costs = resources.load("unit_costs")["rows"]
    return {
        index["title"]: index["edition"],
        "Pay scales": max(row["edition"] for row in scales),
        "On-costs": max(row["edition"] for row in rates),
        "Unit costs": f"checked on {max(row['checked_on'] for row in costs)}",
        **own,
    }
