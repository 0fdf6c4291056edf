"""What surrounds a role: staffing by month, other ways considered, own catalogue entries."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from pydantic import field_validator, model_validator
from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from analysis.vocabulary import Verdict
from db.tables.base import KEPT_IDS, Row, at_least, one_of


def wte_text(text: str | None) -> str | None:
    """Whole-time equivalents as decimal text, not below 0; None stays "not known"."""
    if text is None or text == "":
        return None
    try:
        wte = Decimal(text)
    except InvalidOperation:
        problem = "whole-time equivalents are a number, such as 1.6"
        raise ValueError(problem) from None
    if not wte.is_finite() or wte < 0:
        problem = "whole-time equivalents cannot be below zero"
        raise ValueError(problem)
    return format(wte, "f")


class StaffingMonthBase(SQLModel):
    """Planned and actual whole-time equivalents of one calendar month; None is not known. `month` is its first day."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    month: date
    planned_wte: str | None = Field(default=None, max_length=12)
    actual_wte: str | None = Field(default=None, max_length=12)
    head_count: int | None = None

    @field_validator("planned_wte", "actual_wte")
    @classmethod
    def is_wte(cls, text: str | None) -> str | None:
        """Whole-time equivalents are not below zero."""
        return wte_text(text)

    @model_validator(mode="after")
    def can_be(self) -> "StaffingMonthBase":
        """A month begins on its first day, and nobody works more than one whole-time equivalent."""
        if self.month.day != 1:
            text = "a month of staffing is kept by its first day"
            raise ValueError(text)
        if self.head_count is not None and self.head_count < 0:
            text = "a number of people cannot be below zero"
            raise ValueError(text)
        if self.actual_wte is not None and self.head_count is not None and Decimal(self.actual_wte) > self.head_count:
            text = f"{self.actual_wte} whole-time equivalents are more than the {self.head_count} people in post"
            raise ValueError(text)
        return self


class StaffingMonth(StaffingMonthBase, Row, table=True):
    """Staffing of one month."""

    __tablename__: ClassVar[str] = "staffing_month"
    __table_args__ = (UniqueConstraint("implementation_id", "month"), at_least("head_count", 0), KEPT_IDS)


class AlternativeBase(SQLModel):
    """Another way to meet the need, "no new role" among them, and why it was or was not taken."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    name: str = Field(min_length=1, max_length=200)
    verdict: Verdict = Field(default=Verdict.CONSIDERED, sa_type=String(20))
    reason: str = Field(default="", sa_type=Text)


class Alternative(AlternativeBase, Row, table=True):
    """An alternative considered."""

    __tablename__: ClassVar[str] = "alternative"
    __table_args__ = (UniqueConstraint("implementation_id", "name"), one_of("verdict", Verdict), KEPT_IDS)


class CatalogueEntryBase(SQLModel):
    """A team's own starting point for a role, or its own wording of a shipped one (same `key`).

    `measures` holds one measure name or library key a line.
    """

    key: str = Field(min_length=1, max_length=80)
    name: str = Field(min_length=1, max_length=200)
    family: str = Field(default="", max_length=120)
    mechanism: str = Field(default="", max_length=120)
    boundary: str = Field(default="", sa_type=Text)
    setting: str = Field(default="", sa_type=Text)
    people_served: str = Field(default="", sa_type=Text)
    what_it_does: str = Field(default="", sa_type=Text)
    measures: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)


class CatalogueEntry(CatalogueEntryBase, Row, table=True):
    """An own catalogue entry."""

    __tablename__: ClassVar[str] = "catalogue_entry"
    __table_args__ = (UniqueConstraint("key"), KEPT_IDS)
