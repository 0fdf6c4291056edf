"""How likely a net saving is: the ranges a person gave, taken into one simulation, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.economics.appraisal import BenefitItem, CostItem, Frame
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.wording import interval, number, percent, plural, signed_pounds

if TYPE_CHECKING:
    from analysis.economics.simulation import Range, Simulation, Spread


@dataclass(frozen=True)
class Likelihood:
    """Net public value and net cash over the draws, present value in pounds; `varied` names the uncertain inputs."""

    public: Spread
    cash: Spread
    draws: int
    seed: int
    varied: tuple[str, ...]
    sentence: str


def drawn(
    facts: AppraisalFacts, frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem]
) -> Simulation | None:
    """The simulation of every input with a range; None where no line has one, for then it would say nothing new."""
    from analysis.economics.simulation import simulate

    ranges = ranges_of(facts, costs, benefits)
    return simulate(frame, costs, benefits, ranges, draws=facts.draws, seed=facts.seed) if ranges else None


def likelihood(
    facts: AppraisalFacts,
    found: Simulation | None,
    costs: Sequence[CostItem],
    benefits: Sequence[BenefitItem],
    labels: Mapping[str, str],
) -> Likelihood | None:
    """What the draws say, in figures and words; None where nothing was drawn."""
    if found is None:
        return None
    ranges = ranges_of(facts, costs, benefits)
    names = tuple(f"{labels[one.line]}, {_PARTS[one.part]}" for one in ranges)
    return Likelihood(found.public, found.cash, found.draws, found.seed, names, _words(found.public, found.cash, names))


_PARTS = {
    "amount": "amount",
    "after": "volume after",
    "unit_cost": "unit cost",
    "deadweight": "would have happened anyway",
    "attribution": "share due to the role",
    "cashability": "share that leaves a budget",
}
_SHARES = ("deadweight", "attribution", "cashability")


def ranges_of(facts: AppraisalFacts, costs: Sequence[CostItem], benefits: Sequence[BenefitItem]) -> list[Range]:
    """The ranges of the lines that are counted. An end not given is the likely value; one out of order is left out."""
    amounts, counted = {item.id: float(item.amount) for item in costs}, {item.id for item in benefits}
    found = [_cost_range(line, amounts) for line in facts.costs if f"cost {line.id}" in amounts]
    for line in facts.benefits:
        if f"benefit {line.id}" in counted:
            found += _benefit_ranges(line)
    return [one for one in found if one is not None]


def _cost_range(line: CostLineFacts, amounts: Mapping[str, float]) -> Range | None:
    """In pounds as the appraisal has the amount: a line by client or contact is times its volume there."""
    likely = amounts[f"cost {line.id}"]
    if not line.amount_pence:
        return None
    ends = [None if end is None else likely * end / line.amount_pence for end in (line.low_pence, line.high_pence)]
    return _range(f"cost {line.id}", "amount", ends[0], likely, ends[1])


def _benefit_ranges(line: BenefitLineFacts) -> list[Range | None]:
    key, pence = f"benefit {line.id}", (line.unit_cost_low_pence, line.unit_cost_pence, line.unit_cost_high_pence)
    low, likely, high = (None if value is None else value / 100 for value in pence)
    return [
        _range(key, "after", line.after_low, line.after, line.after_high),
        _range(key, "unit_cost", low, likely, high),
        *(_range(key, name, *_share_ends(line, name)) for name in _SHARES),
    ]


def _share_ends(line: BenefitLineFacts, name: str) -> list[float | None]:
    texts = [getattr(line, f"{name}_low"), getattr(line, name), getattr(line, f"{name}_high")]
    return [None if text is None else float(text) for text in texts]


def _range(line: str, part: str, low: float | None, likely: float | None, high: float | None) -> Range | None:
    from analysis.economics.simulation import Range

    if likely is None or (low, high) == (None, None):
        return None
    least, most = likely if low is None else low, likely if high is None else high
    return Range(line, part, least, likely, most) if least <= likely <= most and least < most else None


def _words(public: Spread, cash: Spread, names: Sequence[str]) -> str:
    ends = dict(public.centiles)
    reach = interval(*(signed_pounds(round(ends[at] / 100) * 100.0) for at in (2.5, 97.5)))
    return (
        f"With {plural(len(names), 'uncertain input')}, the public sector comes out above cost in "
        f"{percent(public.p_positive)} of draws (give or take {number(200 * public.mcse_p, 1)} points), and cash alone "
        f"in {percent(cash.p_positive)}. In 95 of 100 draws the net public value lies from {reach}."
    )
