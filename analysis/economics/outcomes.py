"""What an outcome costs, where one is valued: an ICER only where it means something, net monetary benefit first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analysis.economics.amounts import exact, share_of, total
from analysis.economics.discounting import month_factor

if TYPE_CHECKING:
    from analysis.economics.appraisal import Frame

HEALTH_SCHEDULE = "green_book_health"


@dataclass(frozen=True)
class OutcomeAnswer:
    """Gains in outcome units over the months, discounted with money's schedule and with the health schedule."""

    undiscounted: Decimal
    discounted: Decimal
    discounted_health: Decimal
    incremental_cost: Decimal
    icer: Decimal | None
    quadrant: str
    nmb: tuple[Decimal, ...]
    break_even_gain_per_client: Decimal | None


def value_outcome(frame: Frame, incremental_cost: Decimal, given: Mapping[str, Any]) -> OutcomeAnswer:
    """Value a gain per client spread evenly over the months against the net cost.

    `given` holds `clients_per_year`, `gain_per_client` and `thresholds` (pounds per unit).
    """
    monthly = exact(given["clients_per_year"]) * exact(given["gain_per_client"]) / 12
    factors = total(frame.factors)
    health = total(month_factor(HEALTH_SCHEDULE, frame.timing, month) for month in range(frame.months))
    gained = monthly * factors
    where = quadrant(incremental_cost, gained)
    thresholds = [exact(value) for value in given["thresholds"]]
    clients = exact(given["clients_per_year"]) / 12 * factors
    needed = share_of(incremental_cost, thresholds[0]) if thresholds else None
    return OutcomeAnswer(
        undiscounted=monthly * frame.months,
        discounted=gained,
        discounted_health=monthly * health,
        incremental_cost=incremental_cost,
        icer=incremental_cost / gained if where in ("NE", "SW") else None,
        quadrant=where,
        nmb=tuple(value * gained - incremental_cost for value in thresholds),
        break_even_gain_per_client=None if needed is None else share_of(needed, clients),
    )


def quadrant(cost: Decimal, effect: Decimal) -> str:
    """`NE`, `NW`, `SE`, `SW`, or `axis`: dearer or cheaper (north, south), better or worse (east, west)."""
    if cost == 0 or effect == 0:
        return "axis"
    return ("N" if cost > 0 else "S") + ("E" if effect > 0 else "W")
