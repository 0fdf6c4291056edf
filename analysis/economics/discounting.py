"""Present value: money of later years in the worth of the first, by the Green Book's falling rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from analysis.economics.amounts import ONE, ZERO, Number, exact, share_of, total

Rates = Sequence[Sequence[Number | None]]
OwnRates = tuple[tuple[int, int | None, str], ...]
"""A team's own schedule: from year, to year (None: for good), rate a year."""
Schedule = str | Rates

SCHEDULES: dict[str, Rates] = {
    # HM Treasury, The Green Book, February 2026 edition, table of long-term discount rates (OGL v3).
    "green_book": (
        (0, 30, "0.035"),
        (31, 75, "0.03"),
        (76, 125, "0.025"),
        (126, 200, "0.02"),
        (201, 300, "0.015"),
        (301, None, "0.01"),
    ),
    "green_book_health": (
        (0, 30, "0.015"),
        (31, 75, "0.0129"),
        (76, 125, "0.0107"),
        (126, 200, "0.0086"),
        (201, 300, "0.0064"),
        (301, None, "0.0043"),
    ),
}


def rate_in(schedule: Schedule, year: int) -> Decimal:
    """The rate a year is discounted by; year 0 is the first."""
    rows = SCHEDULES[schedule] if isinstance(schedule, str) else schedule
    for first, last, rate in rows:
        if rate is not None and first is not None and first <= year and (last is None or year <= int(last)):  # type: ignore[operator]  # first is a number of years
            return exact(rate)
    text = f"the discount schedule has no rate for year {year}"
    raise ValueError(text)


def discount_factor(schedule: Schedule, year: int) -> Decimal:
    """DF(0) = 1, DF(t) = 1 / product of (1 + rate of each year up to t)."""
    factor = ONE
    for passed in range(1, year + 1):
        factor /= 1 + rate_in(schedule, passed)
    return factor


def month_factor(schedule: Schedule, timing: str, month: int) -> Decimal:
    """The factor for month 0, 1, 2... of an appraisal, by when in its year money is taken to flow."""
    if isinstance(schedule, str | tuple):
        return _kept_factor(schedule, timing, month)
    return _TIMINGS[timing](schedule, month)


@lru_cache(maxsize=10_000)
def _kept_factor(schedule: Schedule, timing: str, month: int) -> Decimal:
    """The factor of a schedule that never changes: a shipped one by its name, a team's own by what it says."""
    return _TIMINGS[timing](schedule, month)


def _year_start(schedule: Schedule, month: int) -> Decimal:
    return discount_factor(schedule, month // 12)


def _year_end(schedule: Schedule, month: int) -> Decimal:
    return discount_factor(schedule, month // 12 + 1)


def _mid_year(schedule: Schedule, month: int) -> Decimal:
    return (1 + rate_in(schedule, 1)) ** -(Decimal(month // 12) + Decimal("0.5"))


def _monthly(schedule: Schedule, month: int) -> Decimal:
    return (1 + rate_in(schedule, 1)) ** -(Decimal(month) / 12)


_TIMINGS: dict[str, Callable[[Schedule, int], Decimal]] = {
    "year_start": _year_start,
    "mid_year": _mid_year,
    "year_end": _year_end,
    "monthly": _monthly,
}
TIMINGS = tuple(_TIMINGS)


@dataclass(frozen=True)
class Discounted:
    """What was asked for; the rest is None."""

    factors: tuple[Decimal, ...] | None = None
    monthly_rate: Decimal | None = None
    present_value: Decimal | None = None
    equivalent_annual: Decimal | None = None
    pv_costs: Decimal | None = None
    pv_benefits: Decimal | None = None
    npv: Decimal | None = None
    bcr: Decimal | None = None


def discount(
    schedule: Schedule,
    years: Sequence[int] | None = None,
    flow: Sequence[Number] | None = None,
    interval: str = "year",
    timing: str = "year_start",
    costs: Sequence[Number] | None = None,
    benefits: Sequence[Number] | None = None,
    optimism_bias: Number = 0,
    mitigation: Number = 0,
) -> Discounted:
    """Factors, a present value, or the net present value of yearly costs and benefits.

    Year 0 is not discounted with the default timing, as in the Green Book; a spreadsheet's NPV() shifts everything by
    a year. Missing years are zero flows and must be given as such.

    Raises:
        ValueError: the schedule has no rate for a year.
    """
    step = 1 if interval == "month" else 12
    present = _present_value(schedule, timing, step, flow)
    costs_now = _present_value(schedule, timing, 12, costs)
    if costs_now is not None:
        costs_now *= 1 + exact(optimism_bias) * (1 - exact(mitigation))
    benefits_now = _present_value(schedule, timing, 12, benefits)
    both = costs_now is not None and benefits_now is not None
    return Discounted(
        factors=None if years is None else tuple(discount_factor(schedule, year) for year in years),
        monthly_rate=(1 + rate_in(schedule, 1)) ** (ONE / 12) - 1,
        present_value=present,
        equivalent_annual=None if present is None or flow is None else _annual(schedule, present, len(flow) - 1),
        pv_costs=costs_now,
        pv_benefits=benefits_now,
        npv=(benefits_now or ZERO) - (costs_now or ZERO) if both else None,
        bcr=share_of(benefits_now or ZERO, costs_now or ZERO) if both else None,
    )


def _present_value(schedule: Schedule, timing: str, step: int, flow: Sequence[Number] | None) -> Decimal | None:
    if flow is None:
        return None
    return total(exact(value) * month_factor(schedule, timing, i * step) for i, value in enumerate(flow))


def _annual(schedule: Schedule, present: Decimal, periods: int) -> Decimal | None:
    return share_of(present, total(discount_factor(schedule, year) for year in range(1, periods + 1)))
