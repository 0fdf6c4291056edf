"""The plan for money: cost lines, benefit lines, and the frame they are appraised in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from analysis.wording import plural
from db.operations.changed import Changed, Thing
from db.operations.measures import remove_row
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.recorder import table_of
from db.store import Store
from db.tables import Appraisal, AppraisalBase, BenefitLine, BenefitLineBase, CostLine, CostLineBase

MONEY = frozenset({Thing.MONEY})


def add_cost_line(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401 - any column of the line
    """Plan money the role takes, or record what the service took before it."""
    record = checked(CostLineBase, {"implementation_id": role_id, **facts})
    label = f"Add cost {record.label}"
    with store.step(label) as step:
        return Changed(label, MONEY, step.insert(CostLine, record))


def add_cost_lines(store: Store, *, role_id: int, lines: Sequence[Mapping[str, Any]], source: str) -> Changed:
    """Plan several costs as one step, for example those proposed from a ledger; undone together."""
    records = [checked(CostLineBase, {"implementation_id": role_id, **facts}) for facts in lines]
    label = f"Add {plural(len(records), 'cost line')} from {source}"
    with store.step(label) as step:
        for record in records:
            step.insert(CostLine, record)
        return Changed(label, MONEY)


def change_cost_line(store: Store, *, line_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a cost line."""
    with store.step("Change cost") as step:
        record = merged(CostLineBase, held_row(step.connection, CostLine, line_id), changes)
        step.label = f"Change cost {record.label}"
        step.update(CostLine, line_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MONEY)


def remove_cost_line(store: Store, *, line_id: int) -> Changed:
    """Remove a cost line."""
    return remove_row(store, CostLine, line_id, "cost", MONEY)


def add_benefit_line(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401
    """Record money or capacity the role releases."""
    record = checked(BenefitLineBase, {"implementation_id": role_id, **facts})
    label = f"Add benefit {record.label}"
    with store.step(label) as step:
        return Changed(label, MONEY, step.insert(BenefitLine, record))


def change_benefit_line(store: Store, *, line_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a benefit line."""
    with store.step("Change benefit") as step:
        record = merged(BenefitLineBase, held_row(step.connection, BenefitLine, line_id), changes)
        step.label = f"Change benefit {record.label}"
        step.update(BenefitLine, line_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MONEY)


def remove_benefit_line(store: Store, *, line_id: int) -> Changed:
    """Remove a benefit line."""
    return remove_row(store, BenefitLine, line_id, "benefit", MONEY)


def set_appraisal(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401
    """Set the frame of the economic run: first month, horizon, price base, discounting."""
    held = table_of(Appraisal)
    with store.step("Set the economic assumptions") as step:
        row = step.connection.execute(select(held).where(held.c.implementation_id == role_id)).mappings().first()
        if row is None:
            record = checked(AppraisalBase, {"implementation_id": role_id, **facts})
            return Changed(step.label, MONEY, step.insert(Appraisal, record))
        record = merged(AppraisalBase, dict(row), facts)
        step.update(Appraisal, int(row["id"]), {name: getattr(record, name) for name in facts})
        return Changed(step.label, MONEY, int(row["id"]))
