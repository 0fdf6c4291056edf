"""What an appraisal answers: net value, cash apart, by organisation, payback, break-even, what it depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.economics.amounts import ZERO, Number, exact, share_of, total
from analysis.economics.appraisal import (
    BenefitItem,
    CostItem,
    Flows,
    Frame,
    benefit_items,
    cost_items,
    flows,
    with_change,
)
from analysis.economics.break_even import payback
from analysis.economics.discounting import TIMINGS, Schedule, discount_factor, month_factor
from analysis.economics.months import as_day
from analysis.economics.outcomes import OutcomeAnswer, value_outcome


@dataclass(frozen=True)
class Organisation:
    """What one organisation pays and gains, present value in pounds."""

    pv_costs: Decimal
    pv_cash_releasing: Decimal
    pv_non_cash_releasing: Decimal
    net_cash: Decimal
    net: Decimal


@dataclass(frozen=True)
class BenefitLine:
    """One benefit line: present value, and units avoided over the months."""

    pv: Decimal
    volume: Decimal


@dataclass(frozen=True)
class Annual:
    """Undiscounted amounts of each year of the appraisal, which runs from its first month."""

    costs: tuple[Decimal, ...]
    benefits: tuple[Decimal, ...]
    cash_releasing: tuple[Decimal, ...]


@dataclass(frozen=True)
class Switching:
    """What one thing would have to be for the net present value to be zero; None where it cannot."""

    benefit_scale: Decimal | None
    line_scale: Mapping[str, Decimal | None]
    extra_annual_benefit: Decimal
    cost_line_fall: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class UnitCosts:
    """Undiscounted cost of the role over what it did; None where that was not given."""

    per_client: Decimal | None
    per_contact: Decimal | None
    per_benefit_unit: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class TornadoBar:
    """The net present value with one input low and high."""

    name: str
    npv_low: Decimal
    npv_high: Decimal
    swing: Decimal


@dataclass(frozen=True)
class Appraisal:
    """The answers of one run. Money in pounds of the base year; `pv` is present value; None is not defined or never."""

    undiscounted_costs: Decimal
    undiscounted_benefits: Decimal
    undiscounted_cash_releasing: Decimal
    pv_costs: Decimal
    pv_one_off_costs: Decimal
    pv_benefits: Decimal
    pv_cash_releasing: Decimal
    pv_non_cash_releasing: Decimal
    npv: Decimal
    bcr: Decimal | None
    npv_cash: Decimal
    bcr_cash: Decimal | None
    payback_month: int | None
    payback_month_sustained: int | None
    cash_payback_month: int | None
    cash_payback_month_sustained: int | None
    cumulative_net: Decimal
    organisations: Mapping[str, Organisation]
    cost_lines: Mapping[str, Decimal]
    benefit_lines: Mapping[str, BenefitLine]
    annual: Annual
    npv_by_timing: Mapping[str, Decimal]
    break_even: Switching
    outcomes: OutcomeAnswer | None
    unit_costs: UnitCosts
    tornado: tuple[TornadoBar, ...]


def appraisal(
    start: date | str,
    months: int,
    base_year: str,
    deflator: Mapping[str, Number],
    schedule: Schedule,
    timing: str,
    costs: Sequence[Mapping[str, Any]],
    benefits: Sequence[Mapping[str, Any]],
    outcomes: Mapping[str, Any] | None = None,
    activity: Mapping[str, Number] | None = None,
    tornado: Sequence[Mapping[str, Any]] = (),
) -> Appraisal:
    """Appraise one role from plain data: lines as dictionaries with the keys of `CostItem` and `BenefitItem`.

    Raises:
        ValueError: a price year has no index value, or a line has an unknown part.
    """
    frame = Frame(as_day(start), months, base_year, deflator, schedule, timing)
    return appraise(frame, cost_items(costs), benefit_items(benefits), outcomes, activity, tornado)


def appraise(
    frame: Frame,
    costs: Sequence[CostItem],
    benefits: Sequence[BenefitItem],
    outcomes: Mapping[str, Any] | None = None,
    activity: Mapping[str, Number] | None = None,
    tornado: Sequence[Mapping[str, Any]] = (),
) -> Appraisal:
    """Appraise one role; the method is in `appraisal` of this package, the answers are named in `Appraisal`."""
    held = flows(frame, costs, benefits)
    spent, value, cash = (held.monthly(what) for what in ("costs", "value", "cash"))
    pv_costs, pv_value, pv_cash = (held.present(flow) for flow in (spent, value, cash))
    economic = payback([gain - cost for gain, cost in zip(value, spent, strict=True)])
    in_cash = payback([gain - cost for gain, cost in zip(cash, spent, strict=True)])
    npv = pv_value - pv_costs
    return Appraisal(
        undiscounted_costs=total(spent),
        undiscounted_benefits=total(value),
        undiscounted_cash_releasing=total(cash),
        pv_costs=pv_costs,
        pv_one_off_costs=total(held.present(held.cost_flows[c.id]) for c in costs if c.kind == "one_off"),
        pv_benefits=pv_value,
        pv_cash_releasing=pv_cash,
        pv_non_cash_releasing=pv_value - pv_cash,
        npv=npv,
        bcr=share_of(pv_value, pv_costs),
        npv_cash=pv_cash - pv_costs,
        bcr_cash=share_of(pv_cash, pv_costs),
        payback_month=economic.month,
        payback_month_sustained=economic.month_sustained,
        cash_payback_month=in_cash.month,
        cash_payback_month_sustained=in_cash.month_sustained,
        cumulative_net=economic.cumulative_end,
        organisations=_organisations(held),
        cost_lines={c.id: held.present(held.cost_flows[c.id]) for c in costs},
        benefit_lines={b.id: _benefit_line(held, b.id) for b in benefits},
        annual=Annual(_yearly(spent), _yearly(value), _yearly(cash)),
        npv_by_timing={name: _discounted(frame, name, value, spent) for name in TIMINGS},
        break_even=_switching(held, pv_costs, pv_value),
        outcomes=value_outcome(frame, -npv, outcomes) if outcomes else None,
        unit_costs=_unit_costs(held, total(spent), activity or {}),
        tornado=_tornado(frame, costs, benefits, tornado),
    )


def _discounted(frame: Frame, timing: str, value: Sequence[Decimal], spent: Sequence[Decimal]) -> Decimal:
    """The net present value of the same flows with another timing within the year."""
    rows = enumerate(zip(value, spent, strict=True))
    return total((gain - cost) * month_factor(frame.schedule, timing, month) for month, (gain, cost) in rows)


def _npv(frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem]) -> Decimal:
    held = flows(frame, costs, benefits)
    return held.present(held.monthly("value")) - held.present(held.monthly("costs"))


def _organisations(held: Flows) -> dict[str, Organisation]:
    names = dict.fromkeys([*(c.payer for c in held.costs), *(b.recipient for b in held.benefits)])
    return {name: _organisation(held, name) for name in names}


def _organisation(held: Flows, name: str) -> Organisation:
    paid = total(held.present(held.cost_flows[c.id]) for c in held.costs if c.payer == name)
    mine = [held.benefit_flows[b.id] for b in held.benefits if b.recipient == name]
    cash = total(held.present(flow.cash) for flow in mine)
    rest = total(held.present(flow.value) for flow in mine) - cash
    return Organisation(paid, cash, rest, cash - paid, cash + rest - paid)


def _benefit_line(held: Flows, name: str) -> BenefitLine:
    flow = held.benefit_flows[name]
    return BenefitLine(held.present(flow.value), total(flow.volume))


def _yearly(flow: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(total(flow[start : start + 12]) for start in range(0, len(flow), 12))


def _switching(held: Flows, pv_costs: Decimal, pv_value: Decimal) -> Switching:
    gap = pv_costs - pv_value
    years = total(discount_factor(held.frame.schedule, y) for y in range((held.frame.months + 11) // 12))
    gains = {b.id: held.present(held.benefit_flows[b.id].value) for b in held.benefits}
    takes = {c.id: held.present(held.cost_flows[c.id]) for c in held.costs}
    return Switching(
        benefit_scale=share_of(pv_costs, pv_value),
        line_scale={name: None if (s := share_of(gap, pv)) is None else 1 + s for name, pv in gains.items()},
        extra_annual_benefit=gap / years,
        cost_line_fall={name: share_of(gap, pv) for name, pv in takes.items()},
    )


def _unit_costs(held: Flows, spent: Decimal, activity: Mapping[str, Number]) -> UnitCosts:
    units = {name: total(flow.volume) for name, flow in held.benefit_flows.items()}
    return UnitCosts(
        per_client=share_of(spent, exact(activity.get("clients", ZERO))),
        per_contact=share_of(spent, exact(activity.get("contacts", ZERO))),
        per_benefit_unit={name: share_of(spent, volume) for name, volume in units.items()},
    )


def _tornado(
    frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem], changes: Sequence[Mapping[str, Any]]
) -> tuple[TornadoBar, ...]:
    bars = []
    for change in changes:
        low = _npv(frame, *with_change(costs, benefits, change, change["low"]))
        high = _npv(frame, *with_change(costs, benefits, change, change["high"]))
        bars.append(TornadoBar(change["name"], low, high, abs(high - low)))
    return tuple(sorted(bars, key=lambda bar: -bar.swing))
