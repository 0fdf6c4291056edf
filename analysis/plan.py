"""The plan for money as frozen facts: cost, pay and benefit lines, and the frame they are appraised in.

Money is integer pence, shares and rates are decimal text or decimals; None is not known, never nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analysis.vocabulary import BenefitClass, CostKind, CostPhase, Direction

ENTERED, FROM_MEASURE = "entered", "measure"
"""How the volumes of a benefit line came to be: typed, or taken from the finding of a measure."""


@dataclass(frozen=True)
class Volume:
    """How much of a measure there is a month, for a cost that goes by it; `why_not` says why none can be given."""

    measure: str = ""
    a_month: float | None = None
    periods: int = 0
    why_not: str = ""


@dataclass(frozen=True)
class TakenEffect:
    """What the volumes of a benefit line were taken from: one effect of a measure's finding.

    `is_controlled`: what would have happened anyway is taken off already, by a comparator (`against`).
    `is_prespecified`: the way of judging was settled before launch. `early` is `5 of 12 months` for an early estimate.
    `why_not` says why there is no estimate; then nothing was taken.
    """

    measure: str
    method: str = ""
    against: str = ""
    is_controlled: bool = False
    is_prespecified: bool = False
    early: str = ""
    why_not: str = ""
    input_hash: str = ""


@dataclass(frozen=True)
class CostLineFacts:
    """One line of the plan: money the role takes. `amount_pence` None means not known, and is counted as such.

    A line by client, contact or post goes by the measure `measure_id`; `volume` is what that measure gave.
    `real_growth` is growth a year above general prices, decimal text.
    """

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
    measure_id: int | None = None
    real_growth: str = "0"
    volume: Volume = Volume()


@dataclass(frozen=True)
class BenefitLineFacts:
    """One line of the plan: money or capacity the role releases.

    `before` and `after` are volumes a month; shares are decimal text (0 to 1) or None where not yet given, which stops
    the answer ladder before any net value. `cashability` is 0 unless a reason is recorded. `block_units` is how many
    units a year must be avoided before a whole bed, post or session can close. With the method "measure" the volumes
    are those of the measure's finding, and `taken` says what was taken.
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
    method: str = ENTERED
    deadweight_source: str = ""
    attribution_source: str = ""
    displacement_source: str = ""
    drop_off_source: str = ""
    deadweight_low: str | None = None
    deadweight_high: str | None = None
    attribution_low: str | None = None
    attribution_high: str | None = None
    cashability_low: str | None = None
    cashability_high: str | None = None
    taken: TakenEffect | None = None

    @property
    def is_controlled(self) -> bool:
        """Whether the volumes are a controlled effect, from which nothing more is to be taken off."""
        return self.taken is not None and self.taken.is_controlled

    @property
    def anyway(self) -> str | None:
        """What would have happened anyway, as counted: of a controlled effect nothing, unless a share was given."""
        return "0" if self.deadweight is None and self.is_controlled else self.deadweight

    @property
    def due(self) -> str | None:
        """The share due to the role, as counted: of a controlled effect all, unless a share was given."""
        return "1" if self.attribution is None and self.is_controlled else self.attribution


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

    `annual_pence` is the basic pay of one whole-time equivalent, None while it is not known. `pension_share` is the
    employer's own rate (decimal text); None takes the scheme's, and a scheme without a national one is then not known.
    `from_scale`: the pay is that of the shipped scale, not one that was typed.
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
    pension_share: str | None = None
    central_payer: str = ""
    evidence_grade: str = ""
    source: str = ""
    from_scale: bool = False


@dataclass(frozen=True)
class OutcomeLineFacts:
    """An outcome valued beside money: gain for each person, how many people a year, what one unit is held worth.

    `kind` is QALY, WELLBY or natural unit. Without `start` and `end` the gain runs over the whole appraisal.
    """

    id: int
    label: str
    kind: str
    gain: float | None
    people_a_year: float | None
    gain_low: float | None = None
    gain_high: float | None = None
    worth_pence: int | None = None
    unit: str = ""
    start: date | None = None
    end: date | None = None
    evidence_grade: str = ""
    source: str = ""
    measure_id: int | None = None


@dataclass(frozen=True)
class ScaleFacts:
    """What more posts would bring a year; money is released only as whole blocks close. None is not known."""

    unit: str = ""
    units_per_post: float | None = None
    block: float | None = None
    block_saving_pence: int | None = None
    unit_saving_pence: int | None = None
    programme_cost_pence: int | None = None
    post_cost_pence: int | None = None
    most_posts: int = 60
    posts_per_site: float | None = None
    source: str = ""


@dataclass(frozen=True)
class StaffTimeFacts:
    """Staff time for one client before and after: contacts, minutes a contact, pence an hour. None is not known."""

    contacts_before: float | None = None
    minutes_before: float | None = None
    hourly_before_pence: int | None = None
    contacts_after: float | None = None
    minutes_after: float | None = None
    hourly_after_pence: int | None = None
    who_before: str = ""
    who_after: str = ""
    source: str = ""


@dataclass(frozen=True)
class AppraisalFacts:
    """The frame of an economic run over one implementation; `dismissed` are kinds of cost said not to apply.

    `worth` is the range of pence that one QALY or WELLBY is looked at with, by kind (`own_worth` where a person gave it
    for the QALY); the measures name what money is divided by. `counterfactual` says what the role is held against.
    `own_rates` stand in place of those of `schedule` where a team gave its own (from year, to year, rate),
    `own_health_rates` of the schedule that health gains are also discounted with, and
    `own_references` names every reference value that is a team's own.
    """

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
    dismissed: tuple[str, ...] = ()
    outcomes: tuple[OutcomeLineFacts, ...] = ()
    scale: ScaleFacts | None = None
    staff_time: StaffTimeFacts | None = None
    worth: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    own_worth: tuple[int | None, int | None] = (None, None)
    clients_measure_id: int | None = None
    contacts_measure_id: int | None = None
    outcome_measure_id: int | None = None
    perspective: str = ""
    counterfactual: str = ""
    own_rates: tuple[tuple[int, int | None, str], ...] = ()
    own_health_rates: tuple[tuple[int, int | None, str], ...] = ()
    own_references: tuple[str, ...] = ()

    @property
    def rates(self) -> str | tuple[tuple[int, int | None, str], ...]:
        """What years are discounted with: a shipped schedule by its name, or a team's own rates."""
        return self.own_rates or self.schedule
