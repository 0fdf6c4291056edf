"""What is measured: measures with definition versions, their use by a role, comparators, groups, events."""

from datetime import date
from typing import ClassVar

from pydantic import model_validator
from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from analysis.periods import Frequency
from analysis.vocabulary import Assignment, ComparatorKind, Direction, EventKind, MeasureKind, Purpose
from db.tables.base import KEPT_IDS, Row, at_least, one_of

EVENT_ARMS = ("role", "comparator", "both")
"""Where an event happened: the role's place, the comparator's, or both alike."""

PRESETS = ("mdc", "nhsrplotthedots")
IMPACT_MODELS = ("step", "slope", "step and slope", "")


class MeasureBase(SQLModel):
    """A measure: name, kind, unit, direction of improvement, denominator, range, source."""

    library_key: str = Field(default="", max_length=80)
    name: str = Field(min_length=1, max_length=200)
    short_name: str = Field(default="", max_length=40)
    population: str = Field(default="", max_length=120)
    kind: MeasureKind = Field(sa_type=String(20))
    unit: str = Field(default="", max_length=60)
    direction: Direction = Field(default=Direction.NEUTRAL, sa_type=String(10))
    purpose: Purpose = Field(default=Purpose.OUTCOME, sa_type=String(10))
    decimals: int = Field(default=0, ge=0, le=6)
    minimum: float | None = None
    maximum: float | None = None
    numerator_name: str = Field(default="", max_length=200)
    denominator_name: str = Field(default="", max_length=120)
    exclusions: str = Field(default="", sa_type=Text)
    multiplier: float = Field(default=1.0, gt=0)
    people_count: bool = True
    important_difference: float | None = None
    important_high: float | None = None
    important_difference_source: str = Field(default="", sa_type=Text)
    seasonal: bool | None = None
    code: str = Field(default="", max_length=60)
    review_on: date | None = None
    source: str = Field(default="", sa_type=Text)
    licence: str = Field(default="", max_length=200)
    value_set: str = Field(default="", max_length=120)

    @model_validator(mode="after")
    def range_in_order(self) -> "MeasureBase":
        """The lowest possible value is not above the highest."""
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            text = "the lowest possible value is above the highest"
            raise ValueError(text)
        return self


class Measure(MeasureBase, Row, table=True):
    """A measure."""

    __tablename__: ClassVar[str] = "measure"
    __table_args__ = (
        UniqueConstraint("name", "population"),
        one_of("kind", MeasureKind),
        one_of("direction", Direction),
        one_of("purpose", Purpose),
        KEPT_IDS,
    )


class MeasureDefinitionBase(SQLModel):
    """One version of a measure's definition; values of unlike versions are not compared without a caution."""

    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE")
    version: int = Field(ge=1)
    text: str = Field(default="", sa_type=Text)
    valid_from: date | None = None
    reason: str = Field(default="", sa_type=Text)


class MeasureDefinition(MeasureDefinitionBase, Row, table=True):
    """A definition version."""

    __tablename__: ClassVar[str] = "measure_definition"
    __table_args__ = (UniqueConstraint("measure_id", "version"), at_least("version", 1), KEPT_IDS)


class MeasureBreakBase(SQLModel):
    """A date on which a measure stopped being comparable with itself, wherever it is used."""

    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE")
    happened_on: date
    what: str = Field(min_length=1, sa_type=Text)


class MeasureBreak(MeasureBreakBase, Row, table=True):
    """A break in a measure's series."""

    __tablename__: ClassVar[str] = "measure_break"
    __table_args__ = (UniqueConstraint("measure_id", "happened_on"), KEPT_IDS)


class MeasureUseBase(SQLModel):
    """How one implementation uses a measure: frequency, what is provisional, target, and what was chosen beforehand."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", ondelete="RESTRICT", index=True)
    position: int = 0
    frequency: Frequency = Field(default=Frequency.MONTH, sa_type=String(10))
    provisional_periods: int = Field(default=0, ge=0)
    is_primary: bool = False
    chosen_on: date | None = None
    impact_model: str = Field(default="", max_length=20)
    expected_direction: str = Field(default="", max_length=10)
    expected_change: float | None = None
    why_chosen: str = Field(default="", sa_type=Text)
    owner: str = Field(default="", max_length=200)
    target: float | None = None
    preset: str = Field(default="mdc", max_length=20)
    extract_due_day: int | None = Field(default=None, ge=1, le=31)


class MeasureUse(MeasureUseBase, Row, table=True):
    """A measure in use."""

    __tablename__: ClassVar[str] = "measure_use"
    __table_args__ = (
        UniqueConstraint("implementation_id", "measure_id"),
        one_of("frequency", Frequency),
        one_of("preset", PRESETS),
        one_of("impact_model", IMPACT_MODELS),
        one_of("expected_direction", ("", *Direction)),
        KEPT_IDS,
    )


class TargetBase(SQLModel):
    """What a measure should reach (`low`), stay under (`high`) or stay between, from a date on, in its unit."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE", index=True)
    from_date: date
    low: float | None = None
    high: float | None = None
    source: str = Field(default="", sa_type=Text)

    @model_validator(mode="after")
    def in_order(self) -> "TargetBase":
        """At least one bound is given, and the lower is not above the higher."""
        if self.low is None and self.high is None:
            text = "give the target's lower or upper value"
            raise ValueError(text)
        if self.low is not None and self.high is not None and self.low > self.high:
            text = "the target's lower value is above its upper"
            raise ValueError(text)
        return self


class Target(TargetBase, Row, table=True):
    """A target, in force until the next."""

    __tablename__: ClassVar[str] = "target"
    __table_args__ = (UniqueConstraint("implementation_id", "measure_id", "from_date"), KEPT_IDS)


class PopulationGroupBase(SQLModel):
    """People a value is about; "everyone" is a row of its own, so that no key holds a NULL."""

    name: str = Field(min_length=1, max_length=120)
    dimension: str = Field(default="", max_length=60)


class PopulationGroup(PopulationGroupBase, Row, table=True):
    """A group of people."""

    __tablename__: ClassVar[str] = "population_group"
    __table_args__ = (UniqueConstraint("name", "dimension"), KEPT_IDS)


class ComparatorBase(SQLModel):
    """What a role's series is held against, and why that was chosen."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE", index=True)
    name: str = Field(min_length=1, max_length=200)
    kind: ComparatorKind = Field(sa_type=String(60))
    why_chosen: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    assignment: Assignment = Field(default=Assignment.NONE, sa_type=String(20))
    same_definition: bool | None = None


class Comparator(ComparatorBase, Row, table=True):
    """A comparator."""

    __tablename__: ClassVar[str] = "comparator"
    __table_args__ = (
        UniqueConstraint("implementation_id", "measure_id", "name"),
        one_of("kind", ComparatorKind),
        one_of("assignment", Assignment),
        KEPT_IDS,
    )


class EventBase(SQLModel):
    """Something dated that can move a series; drawn on charts, named in cautions."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", ondelete="CASCADE")
    happened_on: date
    ended_on: date | None = None
    title: str = Field(min_length=1, max_length=200)
    kind: EventKind = Field(default=EventKind.OTHER, sa_type=String(30))
    arm: str = Field(default="role", max_length=12)
    source: str = Field(default="", sa_type=Text)

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "EventBase":
        """An event does not end before it starts."""
        if self.ended_on and self.ended_on < self.happened_on:
            text = "an event cannot end before it starts"
            raise ValueError(text)
        return self


class Event(EventBase, Row, table=True):
    """An event."""

    __tablename__: ClassVar[str] = "event"
    __table_args__ = (one_of("kind", EventKind), one_of("arm", EVENT_ARMS), KEPT_IDS)
