"""Posts of a role as frozen facts, with the pay scale they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, select

import resources
from analysis.plan import PayLineFacts
from analysis.vocabulary import CostPhase
from db.recorder import table_of
from db.tables import PayLine

_AS_HELD = (
    "id",
    "label",
    "pay_year",
    "people",
    "wte_each",
    "start",
    "payer",
    "end",
    "band",
    "point",
    "scheme",
    "area_supplement",
    "unsocial",
    "vacancy",
    "threshold_used",
    "central_payer",
    "evidence_grade",
    "source",
    "pension_share",
)


@cache
def _scale() -> dict[tuple[str, str, str], tuple[str, int | None]]:
    rows = resources.load("pay_scales")["rows"]
    return {(row["band"], row["point"], row["year"]): (row["key"], row["annual_pence"]) for row in rows}


def scale_pay(band: str, point: str, year: str, own: Mapping[str, int] | None = None) -> int | None:
    """Pence a year of one whole-time equivalent by the scale, `own` figures first; None where it has no figure."""
    key, shipped = _scale().get((band, point, year), ("", None))
    return (own or {}).get(key, shipped)


def pay_lines(connection: Connection, role_id: int, own: Mapping[str, int] | None = None) -> tuple[PayLineFacts, ...]:
    """The posts of a role in the order they were entered; pay that was not typed comes from the scale.

    `own` are a team's own figures of the scale, pence a year by key.
    """
    held = table_of(PayLine)
    rows = connection.execute(select(held).where(held.c.implementation_id == role_id).order_by(held.c.id)).mappings()
    found = []
    for row in rows:
        typed = row["annual_pence"]
        pence = scale_pay(row["band"], row["point"], row["pay_year"], own) if typed is None else typed
        found.append(
            PayLineFacts(
                **{name: row[name] for name in _AS_HELD},
                phase=CostPhase(row["phase"]),
                annual_pence=pence,
                from_scale=typed is None and pence is not None,
            )
        )
    return tuple(found)
