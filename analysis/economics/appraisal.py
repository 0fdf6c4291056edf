"""One role, month by month: what it costs, what it releases, for whom, in base-year prices and present value.

Avoided costs are benefits, never negative costs. Cash that can leave a budget is kept apart from freed capacity. All
in decimals; rounding happens when a figure is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from operator import mul
from typing import Any, TypeVar

from analysis.economics.amounts import ONE, ZERO, Number, exact, total
from analysis.economics.discounting import Schedule, month_factor
from analysis.economics.months import as_day, covered_share
from analysis.economics.prices import level_factor
from analysis.periods import add_months, financial_year_label

Line = TypeVar("Line")
Flow = TypeVar("Flow")
MONTHLY_PARTS = {"annual": Decimal(12), "monthly": ONE}


@dataclass(frozen=True)
class CostItem:
    """Money the role takes. `amount` in pounds of `price_year`: once, a year or a month, by `kind`.

    `real_growth` is growth above general prices for each financial year after the price year, as a share.
    """

    id: str
    kind: str
    amount: Decimal
    price_year: str
    payer: str
    start: date
    end: date | None = None
    optimism_bias: Decimal = ZERO
    real_growth: Decimal = ZERO


@dataclass(frozen=True)
class BenefitItem:
    """Activity avoided (or gained) a month, with what must be believed for it. Shares are 0 to 1."""

    id: str
    before: Decimal
    after: Decimal
    unit_cost: Decimal
    price_year: str
    recipient: str
    improvement_direction: str = "decrease"
    deadweight: Decimal = ZERO
    attribution: Decimal = ONE
    displacement: Decimal = ZERO
    drop_off: Decimal = ZERO
    lag: int = 0
    ramp: int = 0
    marginal_share: Decimal = ONE
    cashability: Decimal = ZERO
    block: Decimal | None = None
    optimism_bias: Decimal = ZERO
    effect: Decimal = ONE


@dataclass(frozen=True)
class Frame:
    """First month, number of months, prices and discounting."""

    start: date
    months: int
    base_year: str
    deflator: Mapping[str, Number]
    schedule: Schedule
    timing: str

    @cached_property
    def factors(self) -> tuple[Decimal, ...]:
        """The discount factor of each month of the frame."""
        return tuple(month_factor(self.schedule, self.timing, month) for month in range(self.months))

    @cached_property
    def firsts(self) -> tuple[date, ...]:
        """The first day of each month of the frame."""
        return tuple(add_months(self.start, month) for month in range(self.months))

    @cached_property
    def spread(self) -> dict[CostItem, tuple[Decimal, ...]]:
        """Costs spread over the months so far; a line that is varied on its own leaves the others as they are."""
        return {}

    @cached_property
    def released(self) -> dict[BenefitItem, BenefitFlow]:
        """Benefits spread over the months so far."""
        return {}

    def prices(self, year: str) -> Decimal:
        """What brings an amount of a year to base-year prices."""
        return ONE if year == self.base_year else level_factor(self.deflator, year, self.base_year)


@dataclass(frozen=True)
class BenefitFlow:
    """One benefit line by month: volume, value, and the part that is cash."""

    volume: tuple[Decimal, ...]
    value: tuple[Decimal, ...]
    cash: tuple[Decimal, ...]


@dataclass(frozen=True)
class Flows:
    """Every line by month, undiscounted, base-year prices."""

    frame: Frame
    costs: tuple[CostItem, ...]
    benefits: tuple[BenefitItem, ...]
    cost_flows: Mapping[str, tuple[Decimal, ...]]
    benefit_flows: Mapping[str, BenefitFlow]

    def monthly(self, what: str) -> list[Decimal]:
        """All `costs`, `value` or `cash` by month."""
        lines = self.cost_flows.values() if what == "costs" else [getattr(f, what) for f in self.benefit_flows.values()]
        return [total(month) for month in zip(*lines, strict=True)] if lines else [ZERO] * self.frame.months

    def present(self, flow: Sequence[Decimal]) -> Decimal:
        """Present value of a monthly flow."""
        return total(map(mul, flow, self.frame.factors))


def flows(frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem]) -> Flows:
    """Spread every line over the months of the frame.

    Raises:
        ValueError: a price year has no index value.
    """
    return Flows(
        frame=frame,
        costs=tuple(costs),
        benefits=tuple(benefits),
        cost_flows={line.id: _kept(frame.spread, frame, line, _cost_flow) for line in costs},
        benefit_flows={line.id: _kept(frame.released, frame, line, _benefit_flow) for line in benefits},
    )


def _kept(held: dict[Line, Flow], frame: Frame, line: Line, spread: Callable[[Frame, Line], Flow]) -> Flow:
    """The flow of a line, worked out once a frame."""
    if line not in held:
        held[line] = spread(frame, line)
    return held[line]


def _cost_flow(frame: Frame, line: CostItem) -> tuple[Decimal, ...]:
    amount = line.amount * frame.prices(line.price_year) * (1 + line.optimism_bias)
    firsts = frame.firsts
    if line.kind == "one_off":
        return tuple(amount * _grown(line, first) if first == add_months(line.start, 0) else ZERO for first in firsts)
    monthly = amount / MONTHLY_PARTS[line.kind]
    return tuple(monthly * _grown(line, first) * covered_share(line.start, line.end, first)[0] for first in firsts)


def _grown(line: CostItem, month: date) -> Decimal:
    """What real growth has made of a pound by a month: whole financial years since the price year, never before it."""
    if not line.real_growth:
        return ONE
    years = int(financial_year_label(month)[:4]) - int(line.price_year[:4])
    return (1 + line.real_growth) ** max(years, 0)


def _benefit_flow(frame: Frame, line: BenefitItem) -> BenefitFlow:
    unit = line.unit_cost * frame.prices(line.price_year)
    volumes = _volumes(line, frame.months)
    kept = unit * (1 - line.optimism_bias)
    values = tuple(volume * kept for volume in volumes)
    cash = tuple(_cash(line, unit, volume, value) for volume, value in zip(volumes, values, strict=True))
    return BenefitFlow(volumes, values, cash)


def _volumes(line: BenefitItem, months: int) -> tuple[Decimal, ...]:
    change = (line.before - line.after) * (-1 if line.improvement_direction == "increase" else 1) * line.effect
    net = change * (1 - line.deadweight) * line.attribution * (1 - line.displacement)
    full_from = line.lag + max(line.ramp, 1) - 1
    faded = [ONE]
    for _ in range(months // 12):
        faded.append(faded[-1] * (1 - line.drop_off))
    return tuple(net * _ramp(line, month) * faded[max(0, month - full_from) // 12] for month in range(months))


def _ramp(line: BenefitItem, month: int) -> Decimal:
    if month < line.lag:
        return ZERO
    return min(ONE, Decimal(month - line.lag + 1) / line.ramp) if line.ramp else ONE


def _cash(line: BenefitItem, unit: Decimal, volume: Decimal, value: Decimal) -> Decimal:
    released = line.marginal_share * line.cashability
    if line.block is None:
        return value * released
    blocks = (12 * volume * (1 - line.optimism_bias) / line.block).to_integral_value(ROUND_FLOOR)
    return min(value, blocks * line.block * unit / 12 * released)


def cost_items(rows: Sequence[Mapping[str, Any]]) -> list[CostItem]:
    """Cost lines from plain data."""
    return [_from_row(CostItem, row, ("amount", "optimism_bias", "real_growth")) for row in rows]


def benefit_items(rows: Sequence[Mapping[str, Any]]) -> list[BenefitItem]:
    """Benefit lines from plain data."""
    text = ("id", "price_year", "recipient", "improvement_direction", "lag", "ramp")
    return [_from_row(BenefitItem, row, [f.name for f in fields(BenefitItem) if f.name not in text]) for row in rows]


def _from_row(kind: Any, row: Mapping[str, Any], numbers: Sequence[str]) -> Any:  # noqa: ANN401 - either line class
    if unknown := set(row) - {f.name for f in fields(kind)}:
        text = f"unknown part of a line: {', '.join(sorted(unknown))}"
        raise ValueError(text)
    held = {name: exact(v) if name in numbers and v is not None else v for name, v in row.items()}
    for name in ("start", "end"):
        if held.get(name) is not None:
            held[name] = as_day(str(held[name]))
    return kind(**held)


def with_change(
    costs: Sequence[CostItem], benefits: Sequence[BenefitItem], change: Mapping[str, Any], amount: Number
) -> tuple[list[CostItem], list[BenefitItem]]:
    """The lines with one input changed by a factor or a sum, up to a maximum, on all lines or the named ones."""
    parameter, lines = change["parameter"], change.get("lines")

    def changed(value: Decimal) -> Decimal:
        moved = value * exact(amount) if change["operation"] == "multiply" else value + exact(amount)
        return moved if change.get("maximum") is None else min(moved, exact(change["maximum"]))

    def touch(line: Any) -> Any:  # noqa: ANN401 - either line class
        wanted = hasattr(line, parameter) and (lines is None or line.id in lines)
        return replace(line, **{parameter: changed(getattr(line, parameter))}) if wanted else line

    return [touch(line) for line in costs], [touch(line) for line in benefits]
