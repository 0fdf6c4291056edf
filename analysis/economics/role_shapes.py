"""What is said of one role's money: frozen shapes that screen, workbook and terminal read alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analysis.economics.appraisal_results import Appraisal
from analysis.economics.further_shapes import Further
from analysis.economics.likelihood import Likelihood
from analysis.economics.pay_lines import PostCost
from analysis.economics.unit_cost import UnitCost
from analysis.periods import Period
from analysis.plan import AppraisalFacts


@dataclass(frozen=True)
class MonthlyCost:
    """Actual money recorded in one phase: mean pounds a month, how many months, which."""

    mean: float
    months: int
    first: Period
    last: Period


@dataclass(frozen=True)
class PlanMonth:
    """Planned and actual pounds of one month, in the prices of their own time; actual None where not recorded."""

    period: Period
    planned: float
    actual: float | None


@dataclass(frozen=True)
class PlanAgainstActual:
    """Months with both, their totals, and the sentence that says it."""

    months: tuple[PlanMonth, ...]
    planned_total: float
    actual_total: float
    compared: int
    sentence: str


@dataclass(frozen=True)
class BreakEvenLine:
    """What a role must avoid of one thing to pay for itself, a month; `counted` is what the plan counts for it."""

    label: str
    unit_cost: Decimal
    volume_a_month: Decimal | None
    cash_volume_a_month: Decimal | None
    counted_a_month: Decimal | None
    sentence: str


class ViewKey(StrEnum):
    """The three answers, never summed."""

    CASH = "cash-releasing"
    PUBLIC = "all public sector"
    WIDER = "wider value"


@dataclass(frozen=True)
class View:
    """One of the three answers: present values in pounds, the one-way range, payback. Net is benefit less cost."""

    key: ViewKey
    title: str
    cost: Decimal
    benefit: Decimal
    net: Decimal
    low: Decimal
    high: Decimal
    payback_month: int | None
    position: str
    sentence: str


@dataclass(frozen=True)
class Sensitivity:
    """One input at a time: the net public value low and high, and the inputs in words."""

    name: str
    low_input: str
    high_input: str
    npv_low: Decimal
    npv_high: Decimal


@dataclass(frozen=True)
class YearNet:
    """One year of the appraisal, undiscounted: cost, cash released, capacity freed, and both nets."""

    label: str
    cost: Decimal
    cash: Decimal
    capacity: Decimal
    net_cash: Decimal
    net_public: Decimal


@dataclass(frozen=True)
class LadderStep:
    """One fact: whether it is there, what it lets one say (or would add)."""

    key: str
    title: str
    done: bool
    gives: str


@dataclass(frozen=True)
class RoleEconomics:
    """All that is said of one role's money. Parts that the record cannot yet carry are empty or None.

    `facts` hold the volumes taken from measures; `warnings` say what makes a given answer doubtful.
    """

    facts: AppraisalFacts
    cost_before: MonthlyCost | None
    cost_after: MonthlyCost | None
    plan: PlanAgainstActual | None
    posts: tuple[PostCost, ...]
    unit_costs: tuple[UnitCost, ...]
    yearly_cost: Decimal | None
    break_even: tuple[BreakEvenLine, ...]
    break_even_sentence: str
    views: tuple[View, ...]
    years: tuple[YearNet, ...]
    appraisal: Appraisal | None
    sensitivity: tuple[Sensitivity, ...]
    likelihood: Likelihood | None
    further: Further
    ladder: tuple[LadderStep, ...]
    not_known: tuple[str, ...]
    withheld: tuple[str, ...]
    warnings: tuple[str, ...]
    labels: Mapping[str, str]
    frame_sentence: str
    worth_it: str
    worth_it_short: str
    engine: str

    @property
    def steps_done(self) -> int:
        """How many rungs of the ladder are reached."""
        return sum(step.done for step in self.ladder)

    def view(self, key: ViewKey) -> View | None:
        """One of the three answers, None while it cannot be given."""
        return next((view for view in self.views if view.key is key), None)
