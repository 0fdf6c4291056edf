"""Posts as cost lines: basic pay, on-costs for each person, and what the centre pays besides, each with its payer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analysis.economics.amounts import ONE, exact
from analysis.economics.appraisal import CostItem
from analysis.economics.pay import EmployerCost, employer_cost
from analysis.plan import PayLineFacts, PayRates

CENTRAL_PAYER = "NHS England (central)"


@dataclass(frozen=True)
class PostCost:
    """One pay line with what a year of it costs, in pounds of its pay year; `cost` None while something is lacking."""

    line: PayLineFacts
    cost: EmployerCost | None
    lacking: tuple[str, ...] = ()


def lacking_of_pay(line: PayLineFacts, rates: Mapping[str, PayRates]) -> tuple[str, ...]:
    """What must still be said of a pay line before it can be counted; nothing is assumed for it."""
    found = []
    if line.annual_pence is None:
        found.append("the annual pay")
    if line.pay_year not in rates:
        found.append(f"on-cost rates for {line.pay_year.replace('-', '/') or 'its year'}")
    if line.scheme == "LGPS" and line.pension_share is None:
        found.append("the employer's pension rate")
    return tuple(found)


def yearly_cost(line: PayLineFacts, rates: Mapping[str, PayRates]) -> EmployerCost:
    """A year of all posts of a line, vacancies taken off. Raises ValueError while something is lacking."""
    if lacking := lacking_of_pay(line, rates):
        text = f"{line.label} lacks {' and '.join(lacking)}"
        raise ValueError(text)
    held = rates[line.pay_year]
    pay = Decimal(line.annual_pence or 0) / 100 * (1 + exact(line.area_supplement) + exact(line.unsocial))
    employer, central = {
        "NHS": (
            held.employer_pension if line.pension_share is None else exact(line.pension_share),
            held.central_pension,
        ),
        "LGPS": (exact(line.pension_share or "0"), Decimal(0)),
        "none": (Decimal(0), Decimal(0)),
    }[line.scheme]
    parts = [exact(line.wte_each) * (ONE - exact(line.vacancy))] * line.people
    return employer_cost(
        pay,
        parts,
        held.ni_rate,
        held.ni_threshold,
        employer,
        central,
        threshold_already_used=line.threshold_used,
    )


def posts_of(lines: Iterable[PayLineFacts], rates: Mapping[str, PayRates]) -> tuple[PostCost, ...]:
    """What each line costs a year, or what it still lacks."""
    return tuple(_post(line, lacking_of_pay(line, rates), rates) for line in lines)


def _post(line: PayLineFacts, gaps: tuple[str, ...], rates: Mapping[str, PayRates]) -> PostCost:
    return PostCost(line, None if gaps else yearly_cost(line, rates), gaps)


def pay_items(line: PayLineFacts, rates: Mapping[str, PayRates]) -> list[CostItem]:
    """The employer's cost and, where there is any, what is paid centrally, as annual lines; empty while lacking."""
    if lacking_of_pay(line, rates):
        return []
    cost = yearly_cost(line, rates)
    payer = line.payer or "Not stated"
    own = CostItem(f"pay {line.id}", "annual", cost.employer_total, line.pay_year, payer, line.start, line.end)
    if not cost.central_pension:
        return [own]
    other = line.central_payer or CENTRAL_PAYER
    name = f"pay {line.id} central"
    return [own, CostItem(name, "annual", cost.central_pension, line.pay_year, other, line.start, line.end)]
