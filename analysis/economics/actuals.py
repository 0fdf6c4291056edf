"""Money that was really spent, before and after launch, against the plan and over what was done for it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.economics.appraisal import CostItem, Frame, flows
from analysis.economics.role_shapes import MonthlyCost, PlanAgainstActual, PlanMonth
from analysis.economics.unit_cost import UnitCost
from analysis.maturity import maturities_of
from analysis.periods import Frequency, Period, add_months, month_of
from analysis.phases import phases_of
from analysis.vocabulary import Maturity, Phase, Series, Timeline
from analysis.wording import number, plural, pounds


def usable(
    series: Series, timeline: Timeline, phase: Phase, frequency: Frequency = Frequency.MONTH
) -> dict[Period, float]:
    """Final values of one phase and frequency that are not set aside."""
    rows = zip(
        series.periods,
        series.values,
        maturities_of(series),
        series.set_aside,
        phases_of(series.periods, timeline),
        strict=True,
    )
    return {
        period: float(value)
        for period, value, maturity, aside, held in rows
        if held is phase
        and aside is None
        and maturity is not Maturity.PROVISIONAL
        and period.frequency is frequency
        and math.isfinite(value)
    }


def monthly_cost(series: Series | None, timeline: Timeline, phase: Phase) -> MonthlyCost | None:
    """Mean pounds a month in a phase; None where no month is recorded."""
    held = usable(series, timeline, phase) if series else {}
    if not held:
        return None
    return MonthlyCost(sum(held.values()) / len(held), len(held), min(held), max(held))


def plan_against_actual(series: Series | None, frame: Frame, costs: Sequence[CostItem]) -> PlanAgainstActual | None:
    """Planned and actual pounds month by month, in the prices the lines were entered in; None without both."""
    if series is None or not costs:
        return None
    nominal = Frame(frame.start, frame.months, "", {}, frame.schedule, frame.timing)
    as_entered = [CostItem(c.id, c.kind, c.amount, "", c.payer, c.start, c.end) for c in costs]
    planned = [float(value) for value in flows(nominal, as_entered, ()).monthly("costs")]
    actual = {p: float(v) for p, v in zip(series.periods, series.values, strict=True) if math.isfinite(v)}
    months = tuple(
        PlanMonth(period, planned[i], actual.get(period))
        for i in range(frame.months)
        if (period := month_of(add_months(frame.start, i))) <= max(actual, default=month_of(frame.start))
    )
    both = [month for month in months if month.actual is not None]
    if not both:
        return None
    plan_total = sum(month.planned for month in both)
    spent = sum(month.actual or 0.0 for month in both)
    over = spent - plan_total
    how = "as planned" if abs(over) < 0.5 else f"{pounds(abs(over))} {'more' if over > 0 else 'less'} than planned"
    sentence = f"{pounds(spent)} was spent in {plural(len(both), 'month')}, {how}."
    return PlanAgainstActual(months, plan_total, spent, len(both), sentence)


def unit_cost(
    name: str, money: Series | None, activity: Series | None, timeline: Timeline, phase: Phase = Phase.AFTER
) -> UnitCost | None:
    """What one contact or client cost: spend over activity in the months of a phase that have both.

    A caseload is a stock, not a flow: people are counted by new referrals, never by adding up month ends.
    """
    if money is None or activity is None:
        return None
    spent, done = usable(money, timeline, phase), months_of_both(money, activity, timeline, phase)
    count = sum(done.values())
    if count <= 0:
        return None
    cost = sum(spent[period] for period in done)
    sentence = (
        f"{pounds(cost / count, 2)} for each {name}: {pounds(cost)} over {number(count)} in "
        f"{plural(len(done), 'month')} {'before' if phase is Phase.BEFORE else 'after'} launch."
    )
    return UnitCost(name, cost / count, cost, count, len(done), sentence)


def months_of_both(money: Series, activity: Series, timeline: Timeline, phase: Phase) -> dict[Period, float]:
    """What was done in the months of a phase that also have money, in their order."""
    spent, done = (usable(one, timeline, phase) for one in (money, activity))
    return {period: done[period] for period in sorted(spent.keys() & done.keys())}


def first_money(all_series: Sequence[Series]) -> Series | None:
    """The role's own cost among its money measures: the first of them."""
    return next((s for s in all_series if s.measure.kind.value == "money" and len(s)), None)


def by_name(all_series: Sequence[Series], *words: str) -> Series | None:
    """The first process measure whose name holds one of the words."""
    for series in all_series:
        name = series.measure.name.lower()
        if series.measure.purpose.value == "process" and any(word in name for word in words) and len(series):
            return series
    return None
