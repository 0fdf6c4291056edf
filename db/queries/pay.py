"""Posts of a role as frozen facts, with the shipped pay scales and on-cost rates they rest on."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from sqlalchemy import Connection, select

import resources
from analysis.plan import PayLineFacts, PayRates
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
_RATES = {
    "ni_rate": "ni-rate",
    "ni_threshold": "ni-threshold",
    "employer_pension": "nhs-pension",
    "central_pension": "nhs-pension-central",
}


@cache
def pay_rates() -> dict[str, PayRates]:
    """On-cost rates by financial year; a year of which any rate is missing is left out."""
    held = {row["key"]: row["value"] for row in resources.load("on_costs")["rows"]}
    years = {row["year"] for row in resources.load("on_costs")["rows"] if row["year"]}
    found = {}
    for year in sorted(years):
        rates = {name: held.get(f"{key}-{year}") for name, key in _RATES.items()}
        if None not in rates.values():
            found[year] = PayRates(**{name: Decimal(value) for name, value in rates.items() if value is not None})
    return found


@cache
def _scale() -> dict[tuple[str, str, str], int | None]:
    rows = resources.load("pay_scales")["rows"]
    return {(row["band"], row["point"], row["year"]): row["annual_pence"] for row in rows}


def scale_pay(band: str, point: str, year: str) -> int | None:
    """Pence a year of one whole-time equivalent by the shipped scale; None where it has no figure."""
    return _scale().get((band, point, year))


def pay_lines(connection: Connection, role_id: int) -> tuple[PayLineFacts, ...]:
    """The posts of a role in the order they were entered; pay that was not typed comes from the scale."""
    held = table_of(PayLine)
    rows = connection.execute(select(held).where(held.c.implementation_id == role_id).order_by(held.c.id)).mappings()
    found = []
    for row in rows:
        typed = row["annual_pence"]
        pence = scale_pay(row["band"], row["point"], row["pay_year"]) if typed is None else typed
        found.append(
            PayLineFacts(
                **{name: row[name] for name in _AS_HELD},
                phase=CostPhase(row["phase"]),
                annual_pence=pence,
                from_scale=typed is None and pence is not None,
            )
        )
    return tuple(found)
