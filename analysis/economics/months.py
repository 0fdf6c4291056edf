"""Yearly and monthly amounts over the calendar months of a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from analysis.economics.amounts import ZERO, Number, exact, total
from analysis.periods import add_months, month_of


@dataclass(frozen=True)
class Prorated:
    """A yearly amount by month: shares of each month covered, amounts, their sum, and days covered in all."""

    fractions: tuple[Decimal, ...]
    monthly: tuple[Decimal, ...]
    total: Decimal
    days: int


def as_day(day: date | str) -> date:
    """A date, or its ISO text, as a date."""
    return date.fromisoformat(day) if isinstance(day, str) else day


@lru_cache(maxsize=20_000)
def covered_share(start: date, end: date | None, first: date) -> tuple[Decimal, int]:
    """The share and the number of days of the month of `first` that lie from `start` to `end`, both included."""
    held = month_of(first)
    days = (min(held.end, end or held.end) - max(held.start, start)).days + 1
    return (Decimal(days) / held.days, days) if days > 0 else (ZERO, 0)


def prorate(
    annual_amount: Number, start: date | str, end: date | str, first_month: date | str, months: int
) -> Prorated:
    """A yearly amount over months: a full month is a twelfth, a part month its covered days over its days.

    Example: £36,000 a year from 10 February to 20 March 2028 is 3,000 x (20/29 + 20/31) = £4,004.45.
    """
    firsts = [add_months(as_day(first_month), i) for i in range(months)]
    covered = [covered_share(as_day(start), as_day(end), first) for first in firsts]
    twelfth = exact(annual_amount) / 12
    amounts = tuple(twelfth * share for share, _ in covered)
    return Prorated(tuple(share for share, _ in covered), amounts, total(amounts), sum(days for _, days in covered))
