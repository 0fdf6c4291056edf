"""The plan for money: cost, pay, benefit and outcome lines, and the appraisal round them. Money is integer pence."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from pydantic import field_validator, model_validator
from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from analysis.vocabulary import BenefitClass, CostKind, CostPhase, Direction
from db.tables.base import KEPT_IDS, Row, one_of

TIMINGS = ("year_start", "mid_year", "year_end", "monthly")
UNIT_COST_TYPES = ("average", "marginal")
PENSION_SCHEMES = ("NHS", "LGPS", "none")
PERSPECTIVES = ("provider", "NHS", "NHS and social care", "public sector", "society")
BENEFIT_METHODS = ("entered", "measure")
OUTCOME_KINDS = ("QALY", "WELLBY", "natural unit")
GRADES = ("", "A", "B", "C", "D", "E")


def share_text(text: str | None) -> str | None:
    """A share as decimal text, 0 to 1; None stays "not given"."""
    if text is None or text == "":
        return None
    try:
        share = Decimal(text)
    except InvalidOperation:
        problem = "a share is a number from 0 to 1"
        raise ValueError(problem) from None
    if not 0 <= share <= 1:
        problem = "a share lies between 0 and 1 (0 % and 100 %)"
        raise ValueError(problem)
    return str(share)


class CostLineBase(SQLModel):
    """Money the role takes, or the service took before it; `amount_pence` None is not known, and counted."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    label: str = Field(min_length=1, max_length=200)
    category: str = Field(default="", max_length=60)
    phase: CostPhase = Field(default=CostPhase.AFTER, sa_type=String(10))
    kind: CostKind = Field(default=CostKind.MONTHLY, sa_type=String(12))
    amount_pence: int | None = Field(default=None, ge=0)
    price_year: str = Field(default="", max_length=7)
    start: date
    end: date | None = None
    payer: str = Field(default="", max_length=200)
    is_cash: bool = True
    measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    real_growth: str = Field(default="0", max_length=12)
    optimism_bias: str = Field(default="0", max_length=12)
    low_pence: int | None = Field(default=None, ge=0)
    high_pence: int | None = Field(default=None, ge=0)
    evidence_grade: str = Field(default="", max_length=1)
    source: str = Field(default="", sa_type=Text)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "CostLineBase":
        """A cost does not end before it starts."""
        if self.end and self.end < self.start:
            text = "a cost cannot end before it starts"
            raise ValueError(text)
        return self


class CostLine(CostLineBase, Row, table=True):
    """A cost line."""

    __tablename__: ClassVar[str] = "cost_line"
    __table_args__ = (one_of("kind", CostKind), one_of("phase", CostPhase), one_of("evidence_grade", GRADES), KEPT_IDS)


class BenefitLineBase(SQLModel):
    """Money or capacity the role releases, with who gains, and what must be believed for it.

    `before` and `after` are units a month. With `method` "measure" they follow from the finding of `measure_id`, and
    what is stored here is not used. Shares and their ranges are decimal text from 0 to 1, each with its source.
    """

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    label: str = Field(min_length=1, max_length=200)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    direction: Direction = Field(default=Direction.DECREASE, sa_type=String(10))
    before: float | None = None
    after: float | None = None
    unit_cost_pence: int | None = Field(default=None, ge=0)
    unit_cost_source: str = Field(default="", sa_type=Text)
    price_year: str = Field(default="", max_length=7)
    recipient: str = Field(default="", max_length=200)
    deadweight: str | None = Field(default=None, max_length=12)
    attribution: str | None = Field(default=None, max_length=12)
    displacement: str = Field(default="0", max_length=12)
    drop_off: str = Field(default="0", max_length=12)
    lag_months: int = Field(default=0, ge=0)
    ramp_months: int = Field(default=0, ge=0)
    marginal_share: str = Field(default="1", max_length=12)
    cashability: str = Field(default="0", max_length=12)
    cashability_reason: str = Field(default="", sa_type=Text)
    block_units: float | None = None
    optimism_bias: str = Field(default="0", max_length=12)
    benefit_class: BenefitClass = Field(default=BenefitClass.PUBLIC, sa_type=String(10))
    what_stops: str = Field(default="", sa_type=Text)
    who_decides: str = Field(default="", max_length=200)
    decide_by: date | None = None
    after_low: float | None = None
    after_high: float | None = None
    unit_cost_low_pence: int | None = Field(default=None, ge=0)
    unit_cost_high_pence: int | None = Field(default=None, ge=0)
    unit_cost_type: str = Field(default="average", max_length=10)
    overlap_group: str = Field(default="", max_length=60)
    evidence_grade: str = Field(default="", max_length=1)
    method: str = Field(default="entered", max_length=10)
    deadweight_source: str = Field(default="", sa_type=Text)
    attribution_source: str = Field(default="", sa_type=Text)
    displacement_source: str = Field(default="", sa_type=Text)
    drop_off_source: str = Field(default="", sa_type=Text)
    deadweight_low: str | None = Field(default=None, max_length=12)
    deadweight_high: str | None = Field(default=None, max_length=12)
    attribution_low: str | None = Field(default=None, max_length=12)
    attribution_high: str | None = Field(default=None, max_length=12)
    cashability_low: str | None = Field(default=None, max_length=12)
    cashability_high: str | None = Field(default=None, max_length=12)

    @field_validator(
        "deadweight",
        "attribution",
        "displacement",
        "drop_off",
        "marginal_share",
        "cashability",
        "deadweight_low",
        "deadweight_high",
        "attribution_low",
        "attribution_high",
        "cashability_low",
        "cashability_high",
    )
    @classmethod
    def is_share(cls, text: str | None) -> str | None:
        """Shares lie between 0 and 1."""
        return share_text(text)

    @model_validator(mode="after")
    def cash_has_a_reason(self) -> "BenefitLineBase":
        """Cash is only claimed with a reason: what leaves which budget."""
        if Decimal(self.cashability) > 0 and not self.cashability_reason.strip():
            text = "say what leaves which budget before counting any of this as cash"
            raise ValueError(text)
        return self


class BenefitLine(BenefitLineBase, Row, table=True):
    """A benefit line."""

    __tablename__: ClassVar[str] = "benefit_line"
    __table_args__ = (
        one_of("direction", Direction),
        one_of("benefit_class", BenefitClass),
        one_of("unit_cost_type", UNIT_COST_TYPES),
        one_of("evidence_grade", GRADES),
        one_of("method", BENEFIT_METHODS),
        KEPT_IDS,
    )


class AppraisalBase(SQLModel):
    """The frame of the economic run: first month, horizon, prices, discounting, and what money is divided by.

    The three measures give the clients, contacts and outcomes of the unit costs; `worth_*_pence` is the range looked
    over for one unit of outcome; `dismissed_prompts` names the cost kinds said not to apply, one a line.
    """

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    start: date
    months: int = Field(default=36, ge=1, le=600)
    base_year: str = Field(max_length=7)
    schedule: str = Field(default="green_book", max_length=40)
    timing: str = Field(default="year_start", max_length=12)
    perspective: str = Field(default="public sector", max_length=30)
    seed: int = Field(default=20160601, ge=0)
    draws: int = Field(default=10000, ge=100, le=1000000)
    health_schedule: str = Field(default="", max_length=40)
    counterfactual: str = Field(default="", sa_type=Text)
    worth_low_pence: int | None = Field(default=None, ge=0)
    worth_high_pence: int | None = Field(default=None, ge=0)
    clients_measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    contacts_measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    outcome_measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    dismissed_prompts: str = Field(default="", sa_type=Text)


class Appraisal(AppraisalBase, Row, table=True):
    """An appraisal frame; one per implementation."""

    __tablename__: ClassVar[str] = "appraisal"
    __table_args__ = (
        UniqueConstraint("implementation_id"),
        one_of("timing", TIMINGS),
        one_of("perspective", PERSPECTIVES),
        KEPT_IDS,
    )


class PayLineBase(SQLModel):
    """Posts of one band: `people` of them, `wte_each` whole-time equivalents apiece; on-costs follow from the scheme.

    Shares (`unsocial`, `vacancy`, `area_supplement`) are decimal text from 0 to 1. `pay_year` is a financial year such
    as 2026/27; `annual_pence` is the basic pay of one whole-time equivalent, where no shipped scale is to be used.
    """

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    label: str = Field(min_length=1, max_length=200)
    phase: CostPhase = Field(default=CostPhase.AFTER, sa_type=String(10))
    band: str = Field(default="", max_length=20)
    point: str = Field(default="", max_length=10)
    pay_year: str = Field(default="", max_length=7)
    annual_pence: int | None = Field(default=None, ge=0)
    people: int = Field(default=1, ge=1)
    wte_each: str = Field(default="1", max_length=12)
    area_supplement: str = Field(default="0", max_length=12)
    unsocial: str = Field(default="0", max_length=12)
    vacancy: str = Field(default="0", max_length=12)
    scheme: str = Field(default="NHS", max_length=10)
    threshold_used: bool = False
    pension_share: str | None = Field(default=None, max_length=12)
    start: date
    end: date | None = None
    payer: str = Field(default="", max_length=200)
    central_payer: str = Field(default="", max_length=200)
    evidence_grade: str = Field(default="", max_length=1)
    source: str = Field(default="", sa_type=Text)

    @field_validator("wte_each", "area_supplement", "unsocial", "vacancy")
    @classmethod
    def is_share(cls, text: str) -> str:
        """A person works from 0 to 1 whole-time equivalents; the other shares lie there too."""
        return share_text(text) or "0"

    @field_validator("pension_share")
    @classmethod
    def is_own_share(cls, text: str | None) -> str | None:
        """The employer's own pension share lies between 0 and 1; None takes the scheme's."""
        return share_text(text)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "PayLineBase":
        """A post does not end before it starts."""
        if self.end and self.end < self.start:
            text = "a post cannot end before it starts"
            raise ValueError(text)
        return self


class PayLine(PayLineBase, Row, table=True):
    """A pay line."""

    __tablename__: ClassVar[str] = "pay_line"
    __table_args__ = (
        one_of("phase", CostPhase),
        one_of("scheme", PENSION_SCHEMES),
        one_of("evidence_grade", GRADES),
        KEPT_IDS,
    )


class OutcomeLineBase(SQLModel):
    """An outcome that is valued beside money: gain a person, people a year, and what one unit is held to be worth."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    label: str = Field(min_length=1, max_length=200)
    kind: str = Field(default="natural unit", max_length=20)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="SET NULL")
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    people_a_year: float | None = Field(default=None, ge=0)
    worth_pence: int | None = Field(default=None, ge=0)
    source: str = Field(default="", sa_type=Text)
    unit: str = Field(default="", max_length=80)
    start: date | None = None
    end: date | None = None
    evidence_grade: str = Field(default="", max_length=1)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "OutcomeLineBase":
        """An outcome does not end before it starts."""
        if self.start and self.end and self.end < self.start:
            text = "an outcome cannot end before it starts"
            raise ValueError(text)
        return self


class OutcomeLine(OutcomeLineBase, Row, table=True):
    """An outcome line."""

    __tablename__: ClassVar[str] = "outcome_line"
    __table_args__ = (one_of("kind", OUTCOME_KINDS), one_of("evidence_grade", GRADES), KEPT_IDS)
