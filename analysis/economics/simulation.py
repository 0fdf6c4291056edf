"""All uncertain inputs at once: how probable a net saving is, and a saving in cash. Seeded, so that it can be repeated.

Every draw is the whole appraisal of that draw's inputs, worked in floating point over all draws together; with nothing
uncertain it gives the deterministic answer. Blocks (beds, posts) release cash by whole ones in every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.arrays import FloatArray
from analysis.economics.amounts import ONE, ZERO
from analysis.economics.appraisal import BenefitItem, CostItem, Frame, flows
from analysis.economics.distributions import Distribution, between, certain

PARTS = 10
"""The draws are worked in this many parts, so that progress can be told and the work be called off between them."""
CENTILES = (2.5, 25.0, 50.0, 75.0, 97.5)

Tick = Callable[[float], None]


@dataclass(frozen=True)
class Range:
    """What a person believes of one input of one line: the least, the likely and the most it can be.

    `part` is `amount` of a cost (pounds, as it was entered), `after` or `unit_cost` of a benefit, or one of its shares
    (`attribution`, `deadweight`, `cashability`).
    """

    line: str
    part: str
    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Spread:
    """Draws of one net value, pounds of present value: mean, centiles, and the share above zero with its error."""

    mean: float
    sd: float
    centiles: tuple[tuple[float, float], ...]
    p_positive: float
    mcse_p: float
    mcse_mean: float


@dataclass(frozen=True)
class Simulation:
    """Net public value and net cash over the draws; `net` and `net_cash` are the draws themselves.

    `varied` is how many inputs were uncertain: with none, the simulation says no more than the one answer.
    """

    net: FloatArray
    net_cash: FloatArray
    public: Spread
    cash: Spread
    draws: int
    seed: int
    varied: int


def simulate(
    frame: Frame,
    costs: Sequence[CostItem],
    benefits: Sequence[BenefitItem],
    ranges: Sequence[Range],
    *,
    draws: int,
    seed: int,
    tick: Tick | None = None,
) -> Simulation:
    """Draw every uncertain input apart (PERT between its low and high) and appraise each draw.

    `tick` is told the share done and may raise to call it off. Raises ValueError for a range out of order or one of a
    line that is not there.
    """
    known = {line.id for line in costs} | {line.id for line in benefits}
    if strange := sorted({one.line for one in ranges} - known):
        text = f"a range of a line that is not there: {', '.join(strange)}"
        raise ValueError(text)
    held = {(one.line, one.part): between(one.low, one.likely, one.high) for one in ranges}
    work = _Work(frame, costs, benefits, held)
    random = np.random.default_rng(seed)
    made = []
    for part in range(PARTS):
        count = draws * (part + 1) // PARTS - draws * part // PARTS
        made.append(work.nets(random, count))
        if tick is not None:
            tick((part + 1) / PARTS)
    net, cash = (np.concatenate([one[at] for one in made]) for at in (0, 1))
    varied = sum(one.low < one.high for one in ranges)
    return Simulation(net, cash, spread_of(net), spread_of(cash), draws, seed, varied)


def spread_of(net: FloatArray) -> Spread:
    """The draws of a net value in figures."""
    count = len(net)
    share, sd = float(np.mean(net > 0)), float(net.std(ddof=1)) if count > 1 else 0.0
    centiles = tuple(zip(CENTILES, np.percentile(net, CENTILES).tolist(), strict=True))
    error = float(np.sqrt(share * (1 - share) / count))
    return Spread(float(net.mean()), sd, centiles, share, error, sd / float(np.sqrt(count)))


def _unit_of(line: BenefitItem) -> BenefitItem:
    """The line as if it avoided one unit a month, all of it the role's: what is left is its course over time."""
    return replace(
        line,
        before=ONE,
        after=ZERO,
        improvement_direction="decrease",
        unit_cost=ONE,
        block=None,
        deadweight=ZERO,
        attribution=ONE,
        effect=ONE,
    )


class _Work:
    """What stays the same over all draws: discounted shapes of every line for one unit of what is drawn."""

    def __init__(
        self,
        frame: Frame,
        costs: Sequence[CostItem],
        benefits: Sequence[BenefitItem],
        held: Mapping[tuple[str, str], Distribution],
    ) -> None:
        self._held = held
        self._costs, self._benefits = costs, benefits
        ones = [replace(line, amount=ONE) for line in costs]
        units = [_unit_of(line) for line in benefits]
        shapes = flows(frame, ones, units)
        self._factors = np.array(frame.factors, dtype=np.float64)
        self._cost_shapes = [float(shapes.present(shapes.cost_flows[line.id])) for line in costs]
        self._volumes = [np.array(shapes.benefit_flows[line.id].volume, dtype=np.float64) for line in benefits]
        self._prices = [float(frame.prices(line.price_year)) for line in benefits]

    def nets(self, random: np.random.Generator, count: int) -> tuple[FloatArray, FloatArray]:
        """Net public value and net cash of `count` draws, pounds of present value."""
        spent = np.zeros(count)
        for line, shape in zip(self._costs, self._cost_shapes, strict=True):
            spent += shape * self._draw(random, line.id, "amount", float(line.amount), count)
        value, cash = np.zeros(count), np.zeros(count)
        for benefit, volumes, price in zip(self._benefits, self._volumes, self._prices, strict=True):
            gained, released = self._benefit(random, benefit, volumes, price, count)
            value += gained
            cash += released
        return value - spent, cash - spent

    def _benefit(
        self, random: np.random.Generator, line: BenefitItem, volumes: FloatArray, price: float, count: int
    ) -> tuple[FloatArray, FloatArray]:
        after = self._draw(random, line.id, "after", float(line.after), count)
        unit = self._draw(random, line.id, "unit_cost", float(line.unit_cost), count) * price
        share = self._draw(random, line.id, "attribution", float(line.attribution), count)
        anyway = self._draw(random, line.id, "deadweight", float(line.deadweight), count)
        cashed = self._draw(random, line.id, "cashability", float(line.cashability), count)
        sign = -1.0 if line.improvement_direction == "increase" else 1.0
        change = sign * (float(line.before) - after) * float(line.effect) * (1 - anyway) * share
        kept = 1 - float(line.optimism_bias)
        released = float(line.marginal_share) * cashed
        whole = float(self._factors @ volumes)
        value = whole * change * unit * kept
        if line.block is None:
            return value, value * released
        cash = np.zeros(count)
        for factor, volume in zip(self._factors, volumes, strict=True):
            monthly = volume * change
            blocks = np.floor(12 * monthly * kept / float(line.block) + 1e-9)
            blocked = blocks * float(line.block) * unit / 12 * released
            cash += factor * np.minimum(monthly * unit * kept, blocked)
        return value, cash

    def _draw(self, random: np.random.Generator, line: str, part: str, fixed: float, count: int) -> FloatArray:
        return self._held.get((line, part), certain(fixed)).draw(random, count)
