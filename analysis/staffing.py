"""Planned against actual whole-time equivalents: was there as much of the role as was meant?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analysis.wording import percent, plural


@dataclass(frozen=True)
class MonthOfStaff:
    """One calendar month; whole-time equivalents as decimal text, None where not known. `month` is its first day."""

    month: date
    planned: str | None
    actual: str | None


@dataclass(frozen=True)
class Fidelity:
    """Sums over the months since launch in which both are known; `share` is actual over planned, None without plan."""

    months: int
    both: int
    planned: Decimal
    actual: Decimal

    @property
    def share(self) -> Decimal | None:
        """Actual as a share of planned; None where nothing was planned or nothing is known."""
        return self.actual / self.planned if self.planned else None

    @property
    def sentence(self) -> str:
        """`In 9 of 13 months since launch both are known: 93 % of the planned WTE was in post.`"""
        if not self.months:
            return "The role has not run for a whole month yet."
        known = f"Planned and actual WTE are both known in {self.both} of {plural(self.months, 'month')} since launch"
        if self.share is None:
            return f"{known}."
        return f"{known}: {percent(float(self.share))} of what was planned was in post."


def fidelity(held: Iterable[MonthOfStaff], months: frozenset[date]) -> Fidelity:
    """Planned against actual over the given months (first days). A month with either unknown is left out of both sums.

    Example: 1.0 planned and 0.8 actual in one of two months give 80 %, both known in 1 of 2.
    """
    both = [m for m in held if m.month in months and m.planned is not None and m.actual is not None]
    planned = sum((Decimal(m.planned or "0") for m in both), Decimal(0))
    actual = sum((Decimal(m.actual or "0") for m in both), Decimal(0))
    return Fidelity(len(months), len(both), planned, actual)
