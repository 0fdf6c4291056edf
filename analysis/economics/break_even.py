"""How much must be avoided for a role to pay for itself, and from which month it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from analysis.economics.amounts import ZERO, Number, exact, share_of, total


@dataclass(frozen=True)
class BreakEven:
    """Units to avoid so that what they cost equals the cost; in cash, None when nothing can be cashed."""

    volume: Decimal | None
    volume_cash: Decimal | None


def break_even(cost: Number, unit_cost: Number, marginal_share: Number = 1, cashability: Number = 0) -> BreakEven:
    """The volume whose unit cost adds up to a cost: cost / unit cost, and the same for money that can leave a budget.

    Needs no data from before. Example: £90,342 a year at £294.87 an attendance is 306.4 attendances a year.
    """
    cash_per_unit = exact(unit_cost) * exact(marginal_share) * exact(cashability)
    return BreakEven(share_of(exact(cost), exact(unit_cost)), share_of(exact(cost), cash_per_unit))


@dataclass(frozen=True)
class Payback:
    """Months counted from 1; None is never within the flow."""

    month: int | None
    month_sustained: int | None
    cumulative_end: Decimal


def payback(flow: Sequence[Number]) -> Payback:
    """The first month in which the net flow so far is not below zero, and the month from which it stays so."""
    sums = list(accumulate(exact(value) for value in flow))
    reached = [month for month, held in enumerate(sums, 1) if held >= 0]
    below = [month for month, held in enumerate(sums, 1) if held < 0]
    stays = max(below, default=0) + 1
    return Payback(
        month=reached[0] if reached else None,
        month_sustained=stays if sums and stays <= len(sums) else None,
        cumulative_end=total(exact(value) for value in flow) if flow else ZERO,
    )
