"""Answers made without a file, with just the figures a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from analysis.economics.role_economics import role_economics
from analysis.finding import analyse_role
from analysis.measured_plan import with_measured
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import CostKind, Direction, Lifecycle, MeasureFacts, MeasureKind, Purpose, RoleFacts, Series
from db.answers import FileAnswer, RoleAnswer
from db.queries.roles import Profile
from db.tables import ImplementationBase
from tests.analysis.making import NAVIGATOR, TODAY, make_series

LAUNCH = date(2024, 4, 8)
REFERRALS = MeasureFacts(
    id=7,
    name="Referrals declined",
    kind=MeasureKind.COUNT,
    unit="referrals",
    direction=Direction.DECREASE,
    purpose=Purpose.BALANCING,
)
PAY = CostLineFacts(
    1, "Pay with on-costs", "pay", CostKind.ANNUAL, 3_612_000, "2024-25", date(2024, 4, 1), "Trust", date(2027, 3, 31)
)
TRAVEL = CostLineFacts(
    2, "Travel", "travel", CostKind.MONTHLY, 9_500, "2024-25", date(2024, 4, 1), "Trust", date(2027, 3, 31)
)
AVOIDED = BenefitLineFacts(
    1,
    "A&E attendances",
    1,
    Direction.DECREASE,
    214.0,
    195.0,
    18_000,
    "2024-25",
    "ICB",
    deadweight="0.25",
    attribution="0.7",
    lag_months=1,
    ramp_months=3,
    cashability="0.1",
    cashability_reason="One session was closed",
)
PLAN = AppraisalFacts(date(2024, 4, 1), 36, "2024-25", costs=(PAY, TRAVEL), benefits=(AVOIDED,))


def counts(values: Sequence[float | None], *, measure: MeasureFacts = REFERRALS, **more: object) -> Series:
    """A monthly count from April 2023; launch is in its thirteenth month."""
    return make_series(values, measure=measure, **more)  # type: ignore[arg-type]  # the caller names parts of a series


def role_answer(
    *series: Series,
    role: RoleFacts = NAVIGATOR,
    plan: AppraisalFacts = PLAN,
    head_count: int | None = 12,
    notes: Sequence[dict[str, object]] = (),
) -> RoleAnswer:
    """One role answered as `db.answers` answers it."""
    facts = ImplementationBase(
        name="Care navigator",
        launch=role.timeline.launch,
        lifecycle=Lifecycle.RUNNING,
        head_count=head_count,
        eligible_number=1240,
    )
    return RoleAnswer(
        role=role,
        profile=Profile(role.id, facts, "", (), tuple(notes)),
        series=series,
        finding=(finding := analyse_role(series, role, TODAY)),
        economics=role_economics(with_measured(plan, series, role.timeline, finding), series, role.timeline),
        open_questions=0,
    )


def file_answer(*roles: RoleAnswer) -> FileAnswer:
    """A file with these roles."""
    return FileAnswer("elm.roleworth", "Northvale ICB", False, TODAY, roles, ())


def with_value(series: Series, place: int, value: float) -> Series:
    """The same series with one other value."""
    values = np.array(series.values)
    values[place] = value
    return replace(series, values=values)
