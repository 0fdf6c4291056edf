"""Money kept beside the plan: own unit costs, appraisals as they were, and what scale and staff time rest on."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import KEPT_IDS, Row, at_least, one_of
from db.tables.money import UNIT_COST_TYPES


class UnitCostBase(SQLModel):
    """A unit cost a team typed with its citation, or its own figure for a shipped one (same `key`)."""

    key: str = Field(min_length=1, max_length=80)
    label: str = Field(min_length=1, max_length=200)
    unit: str = Field(default="", max_length=80)
    amount_pence: int | None = Field(default=None, ge=0)
    price_year: str = Field(default="", max_length=7)
    kind: str = Field(default="average", max_length=10)
    source: str = Field(default="", sa_type=Text)
    licence: str = Field(default="", max_length=200)
    checked_on: date | None = None
    theme: str = Field(default="", max_length=120)
    agency: str = Field(default="", max_length=200)
    quality: str = Field(default="", max_length=40)
    edition: str = Field(default="", max_length=80)
    link: str = Field(default="", max_length=400)
    comment: str = Field(default="", sa_type=Text)


class UnitCost(UnitCostBase, Row, table=True):
    """A unit cost."""

    __tablename__: ClassVar[str] = "unit_cost"
    __table_args__ = (UniqueConstraint("key"), one_of("kind", UNIT_COST_TYPES), KEPT_IDS)


class SavedAppraisalBase(SQLModel):
    """An appraisal as it was on a day: inputs, reference vintages and every output as JSON. Never worked out again."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE", index=True)
    name: str = Field(min_length=1, max_length=200)
    saved_at: str = Field(max_length=30)
    engine: str = Field(default="", max_length=40)
    input_hash: str = Field(max_length=64)
    vintages: str = Field(default="{}", sa_type=Text)
    inputs: str = Field(default="{}", sa_type=Text)
    outputs: str = Field(default="{}", sa_type=Text)


class SavedAppraisal(SavedAppraisalBase, Row, table=True):
    """A saved appraisal."""

    __tablename__: ClassVar[str] = "saved_appraisal"
    __table_args__ = (UniqueConstraint("implementation_id", "name"), KEPT_IDS)


class ScalePlanBase(SQLModel):
    """What more posts would bring: `units_per_post` a year, and money released only when a whole `block` is closed.

    Money is pence a year. `sites` and `people_per_site` say how far the role would have to spread.
    """

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    unit: str = Field(default="", max_length=80)
    units_per_post: float | None = Field(default=None, ge=0)
    block: float | None = Field(default=None, gt=0)
    block_saving_pence: int | None = Field(default=None, ge=0)
    unit_saving_pence: int | None = Field(default=None, ge=0)
    programme_cost_pence: int | None = Field(default=None, ge=0)
    post_cost_pence: int | None = Field(default=None, ge=0)
    most_posts: int = Field(default=60, ge=1, le=2000)
    posts_per_site: float | None = Field(default=None, gt=0)
    source: str = Field(default="", sa_type=Text)


class ScalePlan(ScalePlanBase, Row, table=True):
    """A scale plan; one per implementation."""

    __tablename__: ClassVar[str] = "scale_plan"
    __table_args__ = (UniqueConstraint("implementation_id"), at_least("most_posts", 1), KEPT_IDS)


class StaffTimeBase(SQLModel):
    """Staff time per client before and after: contacts, minutes a contact (indirect time in), pence an hour."""

    implementation_id: int = Field(foreign_key="implementation.id", ondelete="CASCADE")
    contacts_before: float | None = Field(default=None, ge=0)
    minutes_before: float | None = Field(default=None, ge=0)
    hourly_before_pence: int | None = Field(default=None, ge=0)
    contacts_after: float | None = Field(default=None, ge=0)
    minutes_after: float | None = Field(default=None, ge=0)
    hourly_after_pence: int | None = Field(default=None, ge=0)
    who_before: str = Field(default="", max_length=200)
    who_after: str = Field(default="", max_length=200)
    source: str = Field(default="", sa_type=Text)


class StaffTime(StaffTimeBase, Row, table=True):
    """Staff time; one per implementation."""

    __tablename__: ClassVar[str] = "staff_time"
    __table_args__ = (UniqueConstraint("implementation_id"), KEPT_IDS)


class OwnValueBase(SQLModel):
    """A team's own figure in place of a shipped index, on-cost, discount rate or point of a pay scale (same `key`).

    Also one for a year that is not shipped. `value` is a decimal as text: a share, pounds or index points.
    """

    key: str = Field(min_length=1, max_length=80)
    value: str = Field(min_length=1, max_length=30)
    source: str = Field(min_length=1, sa_type=Text)
    edition: str = Field(default="", max_length=80)
    licence: str = Field(default="", max_length=200)
    checked_on: date | None = None


class OwnValue(OwnValueBase, Row, table=True):
    """A team's own figure."""

    __tablename__: ClassVar[str] = "own_value"
    __table_args__ = (UniqueConstraint("key"), KEPT_IDS)
