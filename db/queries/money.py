"""The plan for money of a role, as frozen facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, select

from analysis.economics.outcomes import HEALTH_SCHEDULE
from analysis.periods import add_months, financial_year_label
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts, PayLineFacts
from analysis.vocabulary import BenefitClass, CostKind, CostPhase, Direction
from db.queries.money_beside import beside_money
from db.queries.pay import pay_lines
from db.queries.reference_values import in_force
from db.recorder import table_of
from db.store import Store
from db.tables import Appraisal, BenefitLine, CostLine, Implementation

HORIZON_MONTHS = 36
_COST = (
    "id",
    "label",
    "category",
    "amount_pence",
    "price_year",
    "start",
    "end",
    "payer",
    "is_cash",
    "optimism_bias",
    "low_pence",
    "high_pence",
    "source",
    "measure_id",
    "real_growth",
)
_BENEFIT = (
    "id",
    "label",
    "measure_id",
    "before",
    "after",
    "unit_cost_pence",
    "price_year",
    "recipient",
    "deadweight",
    "attribution",
    "displacement",
    "drop_off",
    "lag_months",
    "ramp_months",
    "marginal_share",
    "cashability",
    "cashability_reason",
    "optimism_bias",
    "evidence_grade",
    "unit_cost_source",
    "block_units",
    "after_low",
    "after_high",
    "unit_cost_low_pence",
    "unit_cost_high_pence",
    "unit_cost_type",
    "overlap_group",
    "what_stops",
    "who_decides",
    "decide_by",
    "method",
    "deadweight_source",
    "attribution_source",
    "displacement_source",
    "drop_off_source",
    "deadweight_low",
    "deadweight_high",
    "attribution_low",
    "attribution_high",
    "cashability_low",
    "cashability_high",
)


def appraisal(store: Store, role_id: int, *, today: date, deflator: dict[str, float] | None = None) -> AppraisalFacts:
    """The frame of a role's economic run with all its lines; without a recorded frame, 36 months from launch.

    Without a launch or any line either, the frame starts in the month of `today`.
    """
    frames, costs, benefits, roles = (table_of(t) for t in (Appraisal, CostLine, BenefitLine, Implementation))
    with store.read() as connection:
        frame = connection.execute(select(frames).where(frames.c.implementation_id == role_id)).mappings().first()
        launch = connection.execute(select(roles.c.launch).where(roles.c.id == role_id)).scalar()
        cost_rows = connection.execute(
            select(costs).where(costs.c.implementation_id == role_id).order_by(costs.c.id)
        ).mappings()
        cost_lines = tuple(_cost(row) for row in cost_rows)
        benefit_rows = connection.execute(
            select(benefits).where(benefits.c.implementation_id == role_id).order_by(benefits.c.id)
        ).mappings()
        benefit_lines = tuple(_benefit(row) for row in benefit_rows)
        held = in_force(connection)
        posts = pay_lines(connection, role_id, held.scale)
        beside = beside_money(connection, role_id, frame)
    schedule = frame["schedule"] if frame else "green_book"
    start = frame["start"] if frame else _first_month(launch, (*cost_lines, *posts), today)
    return AppraisalFacts(
        start=start,
        months=frame["months"] if frame else HORIZON_MONTHS,
        base_year=frame["base_year"] if frame else financial_year_label(start),
        schedule=schedule,
        timing=frame["timing"] if frame else "year_start",
        costs=cost_lines,
        benefits=benefit_lines,
        deflator={**(deflator or {}), **held.index},
        seed=frame["seed"] if frame else AppraisalFacts.seed,
        draws=frame["draws"] if frame else AppraisalFacts.draws,
        pay=posts,
        pay_rates=held.pay_rates,
        dismissed=tuple(frame["dismissed_prompts"].splitlines()) if frame else (),
        own_rates=held.schedules.get(schedule, ()),
        own_health_rates=held.schedules.get(HEALTH_SCHEDULE, ()) if beside["outcomes"] else (),
        own_references=held.names(schedule, has_posts=bool(posts), has_outcomes=bool(beside["outcomes"])),
        **beside,
    )


def _first_month(launch: date | None, lines: Sequence[CostLineFacts | PayLineFacts], today: date) -> date:
    first = launch or min((line.start for line in lines), default=today)
    return add_months(first, 0)


def _cost(row: RowMapping) -> CostLineFacts:
    return CostLineFacts(
        **{name: row[name] for name in _COST},
        kind=CostKind(row["kind"]),
        phase=CostPhase(row["phase"]),
        evidence_grade=row["evidence_grade"],
    )


def _benefit(row: RowMapping) -> BenefitLineFacts:
    return BenefitLineFacts(
        **{name: row[name] for name in _BENEFIT},
        direction=Direction(row["direction"]),
        benefit_class=BenefitClass(row["benefit_class"]),
    )
