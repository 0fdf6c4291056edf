"""Who does what, where: organisations, programmes, implementations, and what surrounds a role."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator, model_validator
from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from analysis.vocabulary import Lifecycle
from db.tables.base import KEPT_IDS, Row, at_least, one_of

FACTOR_STATES = ("barrier", "in hand", "met", "not applicable", "not looked at")
VOICES = ("staff", "patient", "carer", "manager")


class OrganisationBase(SQLModel):
    """A body that employs, pays or gains."""

    name: str = Field(min_length=1, max_length=200)
    kind: str = Field(default="", max_length=60)
    is_owner: bool = False


class Organisation(OrganisationBase, Row, table=True):
    """An organisation; the one that keeps this file is its owner."""

    __tablename__: ClassVar[str] = "organisation"
    __table_args__ = (UniqueConstraint("name"), KEPT_IDS)


class ProgrammeBase(SQLModel):
    """What several implementations belong to; its effect and theirs are not the same thing."""

    name: str = Field(min_length=1, max_length=200)
    started: date | None = None
    description: str = Field(default="", sa_type=Text)


class Programme(ProgrammeBase, Row, table=True):
    """A programme."""

    __tablename__: ClassVar[str] = "programme"
    __table_args__ = (UniqueConstraint("name"), KEPT_IDS)


class ImplementationBase(SQLModel):
    """One new role put to work in one place: the unit of record. Dates are calendar dates, None is not known."""

    name: str = Field(min_length=1, max_length=200)
    place: str = Field(default="", max_length=200)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", ondelete="SET NULL")
    programme_id: int | None = Field(default=None, foreign_key="programme.id", ondelete="SET NULL")
    catalogue_key: str = Field(default="", max_length=80)
    family: str = Field(default="", max_length=120)
    mechanism: str = Field(default="", max_length=120)
    activity_change: str = Field(default="", max_length=60)
    boundary: str = Field(default="", sa_type=Text)
    setting: str = Field(default="", sa_type=Text)
    team: str = Field(default="", max_length=200)
    co_located: bool | None = None
    clinical_lead: str = Field(default="", max_length=200)
    line_management: str = Field(default="", max_length=200)
    supervision: str = Field(default="", sa_type=Text)
    registration: str = Field(default="", max_length=200)
    delegation: str = Field(default="", sa_type=Text)
    training: str = Field(default="", sa_type=Text)
    people_served: str = Field(default="", sa_type=Text)
    eligible_number: int | None = None
    what_it_does: str = Field(default="", sa_type=Text)
    dose: str = Field(default="", sa_type=Text)
    adaptations: str = Field(default="", sa_type=Text)
    need: str = Field(default="", sa_type=Text)
    need_size: str = Field(default="", sa_type=Text)
    why_it_should_work: str = Field(default="", sa_type=Text)
    aims: str = Field(default="", sa_type=Text)
    how_introduced: str = Field(default="", sa_type=Text)
    alternatives: str = Field(default="", sa_type=Text)
    engaged: str = Field(default="", sa_type=Text)
    expected_effect: str = Field(default="", sa_type=Text)
    boundary_agreement: str = Field(default="", sa_type=Text)
    boundary_review: date | None = None
    exceptional_post_holder: bool | None = None
    selected_on_high_need: bool | None = None
    head_count: int | None = None
    planned_wte: str | None = Field(default=None, max_length=12)
    band: str = Field(default="", max_length=60)
    caseload_ceiling: float | None = None
    funding_source: str = Field(default="", max_length=200)
    funding_end: date | None = None
    launch: date | None = None
    phase_in_end: date | None = None
    lifecycle: Lifecycle = Field(default=Lifecycle.PLANNED, sa_type=String(20))
    lifecycle_date: date | None = None
    lifecycle_reason: str = Field(default="", sa_type=Text)
    successor_id: int | None = Field(default=None, foreign_key="implementation.id", ondelete="SET NULL")
    method_chosen_on: date | None = None
    decision_asked: str = Field(default="", sa_type=Text)
    why_no_comparator: str = Field(default="", sa_type=Text)
    harms: str = Field(default="", sa_type=Text)
    limitations: str = Field(default="", sa_type=Text)
    sustainability: str = Field(default="", sa_type=Text)
    written_by: str = Field(default="", max_length=200)
    approved_by: str = Field(default="", max_length=200)
    version: str = Field(default="", max_length=40)
    data_cut: date | None = None
    conflicts: str = Field(default="", sa_type=Text)
    ethics: str = Field(default="", sa_type=Text)

    @field_validator("eligible_number", "head_count")
    @classmethod
    def not_negative(cls, number: int | None) -> int | None:
        """A number of people is not below zero."""
        if number is not None and number < 0:
            text = "a number of people cannot be below zero"
            raise ValueError(text)
        return number

    @model_validator(mode="after")
    def dates_in_order(self) -> "ImplementationBase":
        """Phase-in cannot end before launch, nor without one."""
        if self.phase_in_end and (self.launch is None or self.phase_in_end < self.launch):
            text = "phase-in ends before the launch; give a later date, or none"
            raise ValueError(text)
        return self


class Implementation(ImplementationBase, Row, table=True):
    """An implementation."""

    __tablename__: ClassVar[str] = "implementation"
    __table_args__ = (
        UniqueConstraint("name", "place"),
        one_of("lifecycle", Lifecycle),
        at_least("eligible_number", 0),
        at_least("head_count", 0),
        KEPT_IDS,
    )


class TaskBase(SQLModel):
    """One task of a role: from whom it was taken, and whether it is trained, signed off and permitted."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    task: str = Field(min_length=1, sa_type=Text)
    taken_from: str = Field(default="", max_length=200)
    trained: bool | None = None
    signed_off: bool | None = None
    permitted: bool | None = None


class Task(TaskBase, Row, table=True):
    """A task."""

    __tablename__: ClassVar[str] = "task"
    __table_args__ = (KEPT_IDS,)


class NoteBase(SQLModel):
    """Something heard about the role: theme, whose voice, when."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    noted_on: date
    theme: str = Field(default="", max_length=120)
    voice: str = Field(default="manager", max_length=20)
    text: str = Field(min_length=1, sa_type=Text)


class Note(NoteBase, Row, table=True):
    """A note."""

    __tablename__: ClassVar[str] = "note"
    __table_args__ = (one_of("voice", VOICES), KEPT_IDS)


class FactorRatingBase(SQLModel):
    """A barrier or enabler of the role, rated on a date; a later rating is a new row, so "at launch" can be shown."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    factor_key: str = Field(min_length=1, max_length=80)
    state: str = Field(max_length=20)
    since: date
    owner: str = Field(default="", max_length=200)
    action: str = Field(default="", sa_type=Text)
    review_on: date | None = None
    note: str = Field(default="", sa_type=Text)


class FactorRating(FactorRatingBase, Row, table=True):
    """A factor rating."""

    __tablename__: ClassVar[str] = "factor_rating"
    __table_args__ = (
        UniqueConstraint("implementation_id", "factor_key", "since"),
        one_of("state", FACTOR_STATES),
        KEPT_IDS,
    )
