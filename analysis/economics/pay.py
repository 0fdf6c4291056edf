"""What a post costs its employer, and what the health system pays besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.economics.amounts import ZERO, Number, exact, total


@dataclass(frozen=True)
class PersonCost:
    """Yearly cost of one person, pounds."""

    basic: Decimal
    ni: Decimal
    employer_pension: Decimal
    central_pension: Decimal
    employer_total: Decimal
    system_total: Decimal


@dataclass(frozen=True)
class EmployerCost(PersonCost):
    """Yearly cost of a post held by one or more people, pounds, with each person's."""

    per_person: tuple[PersonCost, ...]


def employer_cost(
    annual_pay: Number,
    wte: Sequence[Number],
    ni_rate: Number,
    ni_threshold: Number,
    employer_pension_rate: Number,
    central_pension_rate: Number = 0,
    *,
    threshold_already_used: bool = False,
) -> EmployerCost:
    """What a year of a post costs with employer on-costs.

    The national insurance threshold is per person, not per whole-time equivalent: entering two people at 0.8 as one at
    1.6 makes the tax too high. `threshold_already_used` is for extra hours of a person who has a post already.

    Args:
        annual_pay: whole-time basic pay, pounds a year.
        wte: whole-time equivalent of each person, one entry a person.
        ni_rate: employer national insurance as a share of pay above the threshold.
        ni_threshold: pounds a year, per person.
        employer_pension_rate: share of basic pay the employer pays.
        central_pension_rate: share paid centrally, not by the employer.
        threshold_already_used: charge insurance on all of the pay.

    Example: two people at 0.8 of £31,157 cost the employer £62,997.48 (15 % above £5,000, pension 14.38 %).
    """
    threshold = ZERO if threshold_already_used else exact(ni_threshold)
    rates = (exact(ni_rate), threshold, exact(employer_pension_rate), exact(central_pension_rate))
    people = tuple(_person(exact(annual_pay) * exact(part), *rates) for part in wte)
    names = ("basic", "ni", "employer_pension", "central_pension", "employer_total", "system_total")
    sums = {name: total(getattr(person, name) for person in people) for name in names}
    return EmployerCost(**sums, per_person=people)


def _person(basic: Decimal, ni_rate: Decimal, threshold: Decimal, employer: Decimal, central: Decimal) -> PersonCost:
    ni = ni_rate * max(ZERO, basic - threshold)
    own = basic + ni + employer * basic
    return PersonCost(basic, ni, employer * basic, central * basic, own, own + central * basic)
