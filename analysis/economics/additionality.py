"""How much of an outcome is the role's: what would have come anyway, from elsewhere, from others, and what fades."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.economics.amounts import Number, exact, share_of, total


@dataclass(frozen=True)
class Additionality:
    """Value year by year, pounds; `year_start` leaves the first year undiscounted, `year_end` discounts it by one."""

    yearly: tuple[float, ...]
    total: float
    pv_year_start: float
    pv_year_end: float
    ratio_year_start: float | None
    ratio_year_end: float | None


def additionality(
    units: Number,
    value_per_unit: Number,
    deadweight: Number,
    displacement: Number,
    attribution_to_others: Number,
    drop_off: Number,
    years: int,
    discount_rate: Number,
    investment: Number,
) -> Additionality:
    """Net value of an outcome over years: units x value x (1-deadweight)(1-displacement)(1-attribution to others).

    Each later year keeps (1-drop_off) of the one before. Source: the steps of the SROI guide, 2012. Never mixed into
    the fiscal ratio.
    """
    kept = (1 - exact(deadweight)) * (1 - exact(displacement)) * (1 - exact(attribution_to_others))
    first = exact(units) * exact(value_per_unit) * kept
    yearly = [first * (1 - exact(drop_off)) ** year for year in range(years)]
    rate = 1 + exact(discount_rate)
    at_start = total(value / rate**year for year, value in enumerate(yearly))
    at_end = total(value / rate ** (year + 1) for year, value in enumerate(yearly))
    spent = exact(investment)
    ratios = (share_of(at_start, spent), share_of(at_end, spent))
    return Additionality(
        yearly=tuple(float(value) for value in yearly),
        total=float(total(yearly)),
        pv_year_start=float(at_start),
        pv_year_end=float(at_end),
        ratio_year_start=None if ratios[0] is None else float(ratios[0]),
        ratio_year_end=None if ratios[1] is None else float(ratios[1]),
    )
