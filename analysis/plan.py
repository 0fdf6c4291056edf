"""The plan for money as frozen facts: cost, pay and benefit lines, and the frame they are appraised in.

Money is integer pence, shares and rates are decimal text or decimals; None is not known, never nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analysis.vocabulary import BenefitClass, CostKind, CostPhase, Direction


@dataclass(frozen=True)
class CostLineFacts:
    """One line of the plan: money the role takes. `amount_pence` None means not known, and is counted as such."""

    id: int
    label: str
    category: str
    kind: CostKind
    amount_pence: int | None
    price_year: str
    start: date
    payer: str
    end: date | None = None
    phase: CostPhase = CostPhase.AFTER
    is_cash: bool = True
    optimism_bias: str = "0"
    evidence_grade: str = ""
    low_pence: int | None = None
    high_pence: int | None = None
    source: str = ""


@dataclass(frozen=True)
class BenefitLineFacts:
    """One line of the plan: money or capacity the role releases.

    `before` and `after` are volumes a month; shares are decimal text (0 to 1) or None where not yet given, which stops
    the answer ladder before any net value. `cashability` is 0 unless a reason is recorded. `block_units` is how many
    units a year must be avoided before a whole bed, post or session can close.
    """

    id: int
    label: str
    measure_id: int | None
    direction: Direction
    before: float | None
    after: float | None
    unit_cost_pence: int | None
    price_year: str
    recipient: str
    deadweight: str | None = None
    attribution: str | None = None
    displacement: str = "0"
    drop_off: str = "0"
    lag_months: int = 0
    ramp_months: int = 0
    marginal_share: str = "1"
    cashability: str = "0"
    cashability_reason: str = ""
    optimism_bias: str = "0"
    benefit_class: BenefitClass = BenefitClass.PUBLIC
    evidence_grade: str = ""
    unit_cost_source: str = ""
    block_units: float | None = None
    after_low: float | None = None
    after_high: float | None = None
    unit_cost_low_pence: int | None = None
    unit_cost_high_pence: int | None = None
    unit_cost_type: str = "average"
    overlap_group: str = ""
    what_stops: str = ""
    who_decides: str = ""
    decide_by: date | None = None


@dataclass(frozen=True)
class PayRates:
    """On-cost rates of one financial year, as shares; the threshold in pounds a year for each person."""

    ni_rate: Decimal
    ni_threshold: Decimal
    employer_pension: Decimal
    central_pension: Decimal


@dataclass(frozen=True)
class PayLineFacts:
    """Posts of one band: `people` of them at `wte_each`; shares are decimal text, 0 to 1.

    `annual_pence` is the basic pay of one whole-time equivalent, None while it is not known. `pension` is the
    employer's rate for a scheme that has no national one (decimal text), None while that is not known. `from_scale`:
    the pay is that of the shipped scale, not one that was typed.
    """

    id: int
    label: str
    phase: CostPhase
    annual_pence: int | None
    pay_year: str
    people: int
    wte_each: str
    start: date
    payer: str
    end: date | None = None
    band: str = ""
    point: str = ""
    scheme: str = "NHS"
    area_supplement: str = "0"
    unsocial: str = "0"
    vacancy: str = "0"
    threshold_used: bool = False
    pension: str | None = None
    central_payer: str = ""
    evidence_grade: str = ""
    source: str = ""
    from_scale: bool = False


@dataclass(frozen=True)
class AppraisalFacts:
    """The frame of an economic run over one implementation."""

    start: date
    months: int
    base_year: str
    schedule: str = "green_book"
    timing: str = "year_start"
    costs: tuple[CostLineFacts, ...] = ()
    benefits: tuple[BenefitLineFacts, ...] = ()
    deflator: dict[str, float] = field(default_factory=dict)
    seed: int = 20160601
    draws: int = 10000
    pay: tuple[PayLineFacts, ...] = ()
    pay_rates: Mapping[str, PayRates] = field(default_factory=dict)
