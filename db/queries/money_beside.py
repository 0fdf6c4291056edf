"""What stands beside the plan for money: valued outcomes, scale, staff time, what money is divided by."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, select
from sqlmodel import SQLModel

from analysis.plan import OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from db.recorder import table_of
from db.tables import OutcomeLine, ScalePlan, StaffTime
from resources import load

OF_THE_FRAME = ("clients_measure_id", "contacts_measure_id", "outcome_measure_id", "perspective", "counterfactual")
Shape = TypeVar("Shape", ScaleFacts, StaffTimeFacts)
USUAL_WORTH = ("nice-usual", "wellby")
"""The ranges an outcome is looked at with until a person gives another: NICE's usual one, and the Treasury's WELLBY."""


def beside_money(connection: Connection, role_id: int, frame: RowMapping | None) -> dict[str, Any]:
    """The parts of `AppraisalFacts` that are not lines of cost, pay or benefit."""
    outcomes = table_of(OutcomeLine)
    rows = connection.execute(
        select(outcomes).where(outcomes.c.implementation_id == role_id).order_by(outcomes.c.id)
    ).mappings()
    held = {name: frame[name] for name in OF_THE_FRAME} if frame else {}
    own = (frame["worth_low_pence"], frame["worth_high_pence"]) if frame else (None, None)
    return {
        "outcomes": tuple(OutcomeLineFacts(**_named(OutcomeLineFacts, row)) for row in rows),
        "scale": _one(connection, role_id, ScalePlan, ScaleFacts),
        "staff_time": _one(connection, role_id, StaffTime, StaffTimeFacts),
        "worth": _worth(own),
        "own_worth": own,
        **held,
    }


def _named(shape: type[Any], row: RowMapping) -> dict[str, Any]:
    return {part.name: row[part.name] for part in fields(shape)}


def _one(connection: Connection, role_id: int, table: type[SQLModel], shape: type[Shape]) -> Shape | None:
    held = table_of(table)
    row = connection.execute(select(held).where(held.c.implementation_id == role_id)).mappings().first()
    return shape(**_named(shape, row)) if row else None


def _worth(own: tuple[int | None, int | None]) -> dict[str, tuple[int, int]]:
    held = {row["kind"]: (row["low"], row["high"]) for row in load("thresholds")["rows"] if row["key"] in USUAL_WORTH}
    if own[0] is not None and own[1] is not None:
        held["QALY"] = (own[0], own[1])
    return held
