"""Cost of each contact, client, outcome and post; an even yearly amount; what would have to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from analysis.economics.actuals import by_name, first_money, unit_cost
from analysis.economics.amounts import ONE, ZERO, exact, share_of, total
from analysis.economics.appraisal import BenefitItem, CostItem, Frame, flows
from analysis.economics.appraisal_results import Appraisal
from analysis.economics.discounting import discount_factor
from analysis.economics.further_shapes import Curve, PostUnit, SwitchingLine, UnitCostChange
from analysis.economics.months import covered_share
from analysis.economics.unit_cost import UnitCost
from analysis.periods import month_of
from analysis.plan import AppraisalFacts
from analysis.vocabulary import CostPhase, MeasureKind, Phase, Series, Timeline
from analysis.wording import number, percent, plural, pounds, signed_pounds

MONTHS = 12
HALF_A_PENNY = 0.005


@dataclass(frozen=True)
class Divisor:
    """What money is divided by: its name in the singular, and the measure that counts it."""

    name: str
    series: Series | None


def divisors_of(facts: AppraisalFacts, all_series: Sequence[Series]) -> tuple[Divisor, ...]:
    """The measures chosen for clients, contacts and outcomes; contacts and clients are found by name where none is."""
    held = {one.measure.id: one for one in all_series}
    contacts = held.get(facts.contacts_measure_id or 0) or by_name(all_series, "contact")
    clients = held.get(facts.clients_measure_id or 0) or by_name(all_series, "referrals to", "people seen")
    outcome = held.get(facts.outcome_measure_id or 0)
    found = [Divisor("contact", contacts), Divisor("client", clients)]
    if outcome is not None and outcome.measure.kind is MeasureKind.COUNT:
        found.append(Divisor(f"unit of {outcome.measure.label}", outcome))
    return tuple(found)


def unit_cost_changes(
    facts: AppraisalFacts, all_series: Sequence[Series], timeline: Timeline
) -> tuple[UnitCostChange, ...]:
    """Actual spend over what was done in the same months, before launch and after; prices of the time."""
    money = first_money(all_series)
    made = []
    for one in divisors_of(facts, all_series):
        phases = (Phase.BEFORE, Phase.AFTER)
        before, after = (unit_cost(one.name, money, one.series, timeline, phase) for phase in phases)
        if before is not None or after is not None:
            made.append(UnitCostChange(one.name, before, after, _change_words(one.name, before, after)))
    return tuple(made)


def _change_words(name: str, before: UnitCost | None, after: UnitCost | None) -> str:
    if after is None:
        return f"{before.sentence} Nothing to hold beside it after launch yet." if before else ""
    if before is None:
        return f"{after.sentence} Before launch there is no month with both, so no change can be told."
    change = after.pounds - before.pounds
    way = "more" if change > 0 else "less"
    moved = f"{pounds(abs(change), 2)} {way} for each {name}" if abs(change) >= HALF_A_PENNY else "unchanged"
    was = f"Before launch it was {pounds(before.pounds, 2)} ({plural(before.months, 'month')})"
    return f"{after.sentence} {was}: {moved}."


def post_unit(facts: AppraisalFacts, frame: Frame, costs: Sequence[CostItem]) -> PostUnit | None:
    """The whole plan's cost over the whole-time equivalents of its pay lines; None without posts in the frame."""
    posts = [line for line in facts.pay if line.phase is CostPhase.AFTER]
    months = total(
        exact(line.wte_each) * line.people * covered_share(line.start, line.end, first)[0]
        for line in posts
        for first in frame.firsts
    )
    if months <= 0 or not costs:
        return None
    spent = total(flows(frame, costs, ()).monthly("costs"))
    each = spent / months
    sentence = (
        f"{pounds(float(each))} for each whole-time equivalent a month, {pounds(float(each * MONTHS))} a year: "
        f"{pounds(float(spent))} over {number(float(months), 1)} months of a whole-time equivalent, as planned."
    )
    return PostUnit(months, spent, each, sentence)


def service_before(frame: Frame, before: Sequence[CostItem], yearly: Decimal | None) -> tuple[Decimal | None, str]:
    """What the service before the role took a year, in base-year prices, one-off costs left out; None without lines."""
    yearly_before = total(
        item.amount * (ONE if item.kind == "annual" else MONTHS) * frame.prices(item.price_year)
        for item in before
        if item.kind != "one_off"
    )
    if yearly_before <= 0:
        return None, ""
    said = f"The service before took {pounds(float(yearly_before))} a year as planned."
    if yearly is None:
        return yearly_before, said
    more = yearly - yearly_before
    way = "more" if more > 0 else "less"
    beside = f"the role takes {pounds(float(yearly))}, {pounds(abs(float(more)))} {way}"
    return yearly_before, f"{said.rstrip('.')}; {beside}. What stops counts as a benefit only where a line says so."


def equivalent_annual(frame: Frame, net: Decimal) -> tuple[Decimal | None, str]:
    """The even amount at the end of each year with the same present value: net / sum of DF(1..years)."""
    years = (frame.months + MONTHS - 1) // MONTHS
    amount = share_of(net, total(discount_factor(frame.schedule, year) for year in range(1, years + 1)))
    if amount is None:
        return None, ""
    words = signed_pounds(float(amount))
    return amount, f"As an even amount a year it comes to {words}, to be set beside plans of another length."


def switching_lines(
    found: Appraisal, benefits: Sequence[BenefitItem], labels: Mapping[str, str]
) -> tuple[SwitchingLine, ...]:
    """What each input alone would have to be for the net public value to be nothing, the nearest first."""
    held = found.break_even
    volumes = {item.id: _a_month(item) for item in benefits}
    rows: list[tuple[float, SwitchingLine]] = []
    if held.benefit_scale is not None:
        scale = float(held.benefit_scale)
        rows.append((abs(scale - 1), _scaled("All benefits together", "as planned", scale, "")))
    for name, factor in held.line_scale.items():
        label, now = labels.get(name, name), number(float(volumes.get(name, ZERO)), 1)
        if factor is None or factor < 0:
            words = f"{label} alone cannot bring it to nothing."
            rows.append((float("inf"), SwitchingLine(label, f"{now} a month", "", words)))
        else:
            needed = f"{number(float(volumes.get(name, ZERO) * factor), 1)} a month"
            rows.append((abs(float(factor) - 1), _scaled(label, f"{now} a month", float(factor), needed)))
    for name, fall in held.cost_line_fall.items():
        label, now = labels.get(name, name), pounds(float(found.cost_lines[name]))
        if fall is None or fall > 1:
            words = f"{label}: even at nothing the net value would not turn."
            rows.append((float("inf"), SwitchingLine(label, now, "", words)))
        else:
            rows.append((abs(float(fall)), _cost(label, now, float(fall), found.cost_lines[name])))
    return tuple(line for _, line in sorted(rows, key=lambda row: row[0]))


def _a_month(item: BenefitItem) -> Decimal:
    change = (item.before - item.after) * (-1 if item.improvement_direction == "increase" else 1) * item.effect
    return change * (1 - item.deadweight) * item.attribution * (1 - item.displacement)


def _scaled(name: str, now: str, factor: float, needed: str) -> SwitchingLine:
    words = f"{number(factor, 2)} times as much"
    shown = f"{needed} ({words})" if needed else words
    return SwitchingLine(name, now, shown, f"{name} would have to be {shown} for the role to pay its way.")


def _cost(name: str, now: str, fall: float, present: Decimal) -> SwitchingLine:
    way, share = ("fall", fall) if fall >= 0 else ("rise", -fall)
    needed = f"{way} by {percent(share)} to {pounds(float(present) * (1 - fall))}"
    verb = "would have to" if fall >= 0 else "could"
    return SwitchingLine(name, now, needed, f"{name} {verb} {needed}, present value.")


def curve_of(frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem], found: Appraisal) -> Curve:
    """Cost and benefit put together month by month, undiscounted, in the prices of the base year."""
    held = flows(frame, costs, benefits)
    cost, cash, public = (
        tuple(float(value) for value in accumulate(held.monthly(what))) for what in ("costs", "cash", "value")
    )
    months = tuple(month_of(first).label for first in frame.firsts)
    back, in_cash = found.payback_month_sustained, found.cash_payback_month_sustained
    said = _paid("All public benefit", back, found.payback_month, frame.months)
    said += " " + _paid("Cash alone", in_cash, found.cash_payback_month, frame.months)
    return Curve(months, cost, cash, public, back, in_cash, said)


def _paid(what: str, sustained: int | None, first: int | None, months: int) -> str:
    if sustained is not None and first == sustained:
        return f"{what} has paid the cost back by month {sustained}, and it stays paid back."
    if sustained is not None:
        return f"{what} first pays the cost back in month {first}, and stays ahead from month {sustained}."
    if first is not None:
        return f"{what} pays the cost back in month {first} for a time, and falls behind again."
    return f"{what} does not pay the cost back within {plural(months, 'month')}."
