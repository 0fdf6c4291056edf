"""The words of one role's money, built once from its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.economics.break_even import BreakEven
from analysis.economics.discounting import rate_in
from analysis.economics.role_lines import lacking
from analysis.economics.role_shapes import BreakEvenLine, LadderStep, View, ViewKey
from analysis.economics.unit_cost import UnitCost
from analysis.periods import month_label
from analysis.plan import AppraisalFacts, BenefitLineFacts
from analysis.vocabulary import CostPhase
from analysis.wording import interval, number, percent, plural, pounds, signed_pounds

TITLES = {
    ViewKey.CASH: "Cash-releasing",
    ViewKey.PUBLIC: "All public sector (cash and capacity)",
    ViewKey.WIDER: "Wider value",
}


def hundreds(value: Decimal | float) -> float:
    """Pounds to the nearest hundred, for a headline: no false precision."""
    return round(float(value) / 100) * 100.0


def view_words(
    key: ViewKey,
    cost: Decimal,
    benefit: Decimal,
    net: Decimal,
    ends: tuple[Decimal, Decimal],
    paid_back: int | None,
    months: int,
) -> View:
    """One of the three answers with its sentence."""
    what = {ViewKey.CASH: "cash", ViewKey.PUBLIC: "benefit", ViewKey.WIDER: "benefit, public and wider,"}[key]
    back = f"Pays back by month {paid_back}." if paid_back else f"No payback within {plural(months, 'month')}."
    reach = interval(signed_pounds(hundreds(ends[0])), signed_pounds(hundreds(ends[1])))
    text = (
        f"{pounds(hundreds(benefit))} of {what} against {pounds(hundreds(cost))} of cost. One-way range {reach}. {back}"
    )
    position = "Above cost" if net > 0 else "Below cost" if net < 0 else "At cost"
    return View(key, TITLES[key], cost, benefit, net, *ends, paid_back, position, text)


def doubted(view: View, warnings: Sequence[str]) -> View:
    """The answer marked as doubtful where a line it rests on carries a warning."""
    return replace(view, sentence=f"{view.sentence} Doubtful: {warnings[0]}") if warnings else view


def frame_words(facts: AppraisalFacts) -> str:
    """`36 months from April 2024 · prices of 2024/25 · 3.5 % a year`, and how many figures in it are a team's own."""
    rate = f"{percent(float(rate_in(facts.rates, 1)), 1)} a year"
    own = f" · {plural(len(facts.own_references), 'reference value')} of your own" if facts.own_references else ""
    prices = facts.base_year.replace("-", "/")
    return f"{plural(facts.months, 'month')} from {month_label(facts.start)} · prices of {prices} · {rate}{own}"


def break_even_line(line: BenefitLineFacts, unit: Decimal, answer: BreakEven, counted: Decimal | None) -> BreakEvenLine:
    """One thing a role could avoid, and how much of it would pay for the role."""
    need = answer.volume
    thing = line.label[:1].lower() + line.label[1:] if line.label[1:2].islower() else line.label
    text = f"On {thing} alone the role pays for itself at {number(float(need or 0), 1)} a month"
    if counted is not None:
        text += f"; {number(float(counted), 1)} are counted for it"
    if answer.volume_cash is not None:
        text += f". In cash it would take {number(float(answer.volume_cash), 1)} a month"
    return BreakEvenLine(line.label, unit, need, answer.volume_cash, counted, text + ".")


def break_even_summary(facts: AppraisalFacts, yearly: Decimal | None, lines: Sequence[BreakEvenLine]) -> str:
    """The break-even paragraph: cost first, then the thing that needs fewest."""
    if yearly is None and (any(line.amount_pence for line in facts.costs) or any(p.annual_pence for p in facts.pay)):
        when = f"{plural(facts.months, 'month')} from {month_label(facts.start)}"
        return f"No planned cost can be counted in the {when}. Check the dates and price years of the cost lines."
    if yearly is None:
        return "Add what the role costs to see how much it must avoid to pay for itself."
    cost = f"A full year costs {pounds(float(yearly))}."
    if not lines:
        return f"{cost} Add a unit cost of something it avoids to see where it breaks even."
    easiest = min(lines, key=lambda line: line.volume_a_month or Decimal("Infinity"))
    return f"{cost} {easiest.sentence}"


def ladder_of(
    facts: AppraisalFacts, units: Sequence[UnitCost], yearly: Decimal | None, has_actual: bool
) -> tuple[LadderStep, ...]:
    """What can be said with what is there, and what one more fact would add."""
    lines = facts.benefits
    before = any(line.before is not None and line.after is not None for line in lines)
    given = bool(lines) and all(not lacking(line) for line in lines)
    cash = given and any(line.cashability not in ("0", "") for line in lines)
    phases = [line.phase for line in facts.costs] + [line.phase for line in facts.pay]
    service = CostPhase.BEFORE in phases
    rows = (
        ("role-cost", "Role cost", yearly is not None, "break-even"),
        ("activity-after", "Activity after", bool(units), "cost per contact and client"),
        ("activity-before", "Activity before", before, "change in volume"),
        ("attribution", "Share due to the role", given, "net value, all public sector"),
        ("cash-out", "Cash-out plan", cash, "the cash answer"),
        ("actual-money", "Actual spend", has_actual or service, "plan against actual"),
    )
    return tuple(LadderStep(*row) for row in rows)


def worth_it(
    views: Sequence[View], lines: Sequence[BreakEvenLine], gaps: Sequence[str], unknown: str, warnings: Sequence[str]
) -> str:
    """Whether it is worth it, with its range and its cash apart; or why that cannot be said yet."""
    doubt = f" Doubtful: {plural(len(warnings), 'warning')} on its lines." if warnings and views else ""
    missing = (f" {unknown}." if unknown else "") + doubt
    if gaps:
        return f"Withheld: no price index for {', '.join(gaps)}.{missing}"
    if not views:
        return (lines[0].sentence if lines else "Not yet: add what the role costs.") + missing
    cash, public = views[0], views[1]
    reach = interval(signed_pounds(hundreds(public.low)), signed_pounds(hundreds(public.high)))
    return (
        f"All public sector {signed_pounds(hundreds(public.net))} (one-way range {reach}); "
        f"in cash {signed_pounds(hundreds(cash.net))}.{missing}"
    )


def worth_it_short(views: Sequence[View], lines: Sequence[BreakEvenLine]) -> str:
    """Two short lines for a table of roles."""
    if views:
        cash, public = views[0], views[1]
        reach = interval(signed_pounds(hundreds(public.low)), signed_pounds(hundreds(public.high)))
        return f"Public {signed_pounds(hundreds(public.net))} ({reach})\nCash {signed_pounds(hundreds(cash.net))}"
    if lines and lines[0].volume_a_month is not None:
        easiest = min(lines, key=lambda line: line.volume_a_month or Decimal("Infinity"))
        return f"Break-even\n{number(float(easiest.volume_a_month or 0), 0)} a month: {easiest.label}"
    return "Not yet\nadd costs"
