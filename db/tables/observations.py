"""What happened: one value, for one period, one arm, one group. The key of this table is frozen."""

import math
from datetime import date
from typing import ClassVar

from pydantic import field_validator, model_validator
from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from analysis.vocabulary import Arm, Maturity, State
from db.tables.base import KEPT_IDS, Row, at_least, one_of

NUMBERS = (
    "value",
    "numerator",
    "denominator",
    "sd",
    "contributors",
    "change_mean",
    "change_sd",
    "pairs",
    "yes_to_no",
    "no_to_yes",
    "low",
    "high",
)


class ObservationBase(SQLModel):
    """The value of a measure for one period.

    `value` is in the measure's unit (a proportion 0 to 1, money in pounds). `numerator`/`denominator`,
    `sd`/`contributors`, `change_mean`/`change_sd`/`pairs` and `yes_to_no`/`no_to_yes`/`pairs` are its parts where the
    measure's kind has them. `low` and `high` bound a suppressed or censored value. `raw_text` is what was typed or
    read, unchanged.
    """

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", ondelete="RESTRICT", index=True)
    arm: Arm = Field(default=Arm.ROLE, sa_type=String(12))
    group_id: int = Field(default=1, foreign_key="population_group.id", ondelete="RESTRICT", index=True)
    period_start: date
    period_end: date
    state: State = Field(default=State.VALUE, sa_type=String(20))
    maturity: Maturity | None = Field(default=None, sa_type=String(12), nullable=True)
    set_aside: str | None = Field(default=None, sa_type=Text, nullable=True)
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    sd: float | None = None
    contributors: float | None = None
    change_mean: float | None = None
    change_sd: float | None = None
    pairs: float | None = None
    yes_to_no: float | None = None
    no_to_yes: float | None = None
    low: float | None = None
    high: float | None = None
    lost_to_follow_up: int | None = None
    definition_version: int = 1
    doubt: str | None = Field(default=None, sa_type=Text, nullable=True)
    raw_text: str = Field(default="", sa_type=Text)
    import_id: int | None = Field(default=None, foreign_key="import_batch.id", ondelete="RESTRICT", index=True)
    source_sheet: str = Field(default="", max_length=200)
    source_cell: str = Field(default="", max_length=20)

    @field_validator(*NUMBERS)
    @classmethod
    def finite(cls, number: float | None) -> float | None:
        """Infinite and undefined numbers are never stored."""
        if number is not None and not math.isfinite(number):
            text = "not a finite number"
            raise ValueError(text)
        return number

    @model_validator(mode="after")
    def whole(self) -> "ObservationBase":
        """A period does not end before it starts, and a state of "value" has one."""
        if self.period_end < self.period_start:
            text = "the period ends before it starts"
            raise ValueError(text)
        parts = (self.value, self.numerator, self.change_mean, self.yes_to_no)
        if self.state is State.VALUE and all(part is None for part in parts):
            text = "no value was given"
            raise ValueError(text)
        return self


class Observation(ObservationBase, Row, table=True):
    """An observation."""

    __tablename__: ClassVar[str] = "observation"
    __table_args__ = (
        UniqueConstraint(
            "implementation_id",
            "measure_id",
            "arm",
            "group_id",
            "period_start",
            "period_end",
            name="uq_observation_key",
        ),
        one_of("arm", Arm),
        one_of("state", State),
        CheckConstraint("maturity IS NULL OR maturity IN ('final', 'provisional', 'estimated')", name="maturity"),
        CheckConstraint("period_start <= period_end", name="period"),
        at_least("denominator", 0),
        at_least("contributors", 0),
        at_least("pairs", 0),
        KEPT_IDS,
    )


class CellNoteBase(SQLModel):
    """A note on one cell of the entry grid, whether or not it holds a value; it stays when the value changes."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE", index=True)
    arm: Arm = Field(default=Arm.ROLE, sa_type=String(12))
    group_id: int = Field(default=1, foreign_key="population_group.id", ondelete="CASCADE", index=True)
    period_start: date
    period_end: date
    text: str = Field(min_length=1, sa_type=Text)
    written_at: str = Field(default="", max_length=30)


class CellNote(CellNoteBase, Row, table=True):
    """A note on a cell."""

    __tablename__: ClassVar[str] = "cell_note"
    __table_args__ = (
        UniqueConstraint(
            "implementation_id", "measure_id", "arm", "group_id", "period_start", "period_end", name="uq_cell_note_key"
        ),
        one_of("arm", Arm),
        KEPT_IDS,
    )
