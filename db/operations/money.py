"""The plan for money: cost lines, posts, benefit lines, and the frame they are appraised in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from analysis.problems import UserProblem
from analysis.wording import plural
from db.operations.changed import Changed, Thing
from db.operations.measures import remove_row
from db.operations.roles import held_row
from db.operations.validation import checked, merged
from db.recorder import Step, table_of
from db.store import Store
from db.tables import (
    Appraisal,
    AppraisalBase,
    BenefitLine,
    BenefitLineBase,
    CostLine,
    CostLineBase,
    PayLine,
    PayLineBase,
)

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
        _refuse_counted_twice(step, record, None)
        return Changed(label, MONEY, step.insert(BenefitLine, record))


def change_benefit_line(store: Store, *, line_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a benefit line."""
    with store.step("Change benefit") as step:
        record = merged(BenefitLineBase, held_row(step.connection, BenefitLine, line_id), changes)
        step.label = f"Change benefit {record.label}"
        _refuse_counted_twice(step, record, line_id)
        step.update(BenefitLine, line_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MONEY)


def _refuse_counted_twice(step: Step, record: BenefitLineBase, line_id: int | None) -> None:
    """Two benefits of one overlap group are the same people or the same pounds: only one of them counts."""
    group = record.overlap_group.strip().lower()
    if not group:
        return
    held = table_of(BenefitLine)
    rows = step.connection.execute(
        select(held.c.id, held.c.label, held.c.overlap_group).where(
            held.c.implementation_id == record.implementation_id
        )
    )
    for row in rows:
        if row.id != line_id and row.overlap_group.strip().lower() == group:
            raise UserProblem(
                f"{record.label} and {row.label} both stand for {record.overlap_group.strip()}, so the same benefit "
                "would be counted twice. Nothing was changed.",
                "Keep one of them, or clear “Same benefit as” if they are people or pounds apart.",
            )


def remove_benefit_line(store: Store, *, line_id: int) -> Changed:
    """Remove a benefit line."""
    return remove_row(store, BenefitLine, line_id, "benefit", MONEY)


def add_pay_line(store: Store, *, role_id: int, **facts: Any) -> Changed:  # noqa: ANN401
    """Plan posts of one band, or record those the service had before."""
    record = checked(PayLineBase, {"implementation_id": role_id, **facts})
    label = f"Add post {record.label}"
    with store.step(label) as step:
        return Changed(label, MONEY, step.insert(PayLine, record))


def change_pay_line(store: Store, *, line_id: int, **changes: Any) -> Changed:  # noqa: ANN401
    """Change a pay line."""
    with store.step("Change post") as step:
        record = merged(PayLineBase, held_row(step.connection, PayLine, line_id), changes)
        step.label = f"Change post {record.label}"
        step.update(PayLine, line_id, {name: getattr(record, name) for name in changes})
        return Changed(step.label, MONEY)


def remove_pay_line(store: Store, *, line_id: int) -> Changed:
    """Remove a pay line."""
    return remove_row(store, PayLine, line_id, "post", MONEY)


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


def dismiss_prompts(store: Store, *, role_id: int, categories: Sequence[str], start: date, base_year: str) -> Changed:
    """Remember the kinds of cost that were said not to apply, all of them; none brings every question back.

    They stand with the frame of the appraisal; where none is recorded, one is with the `start` and `base_year` in use.
    """
    held = table_of(Appraisal)
    text = "\n".join(dict.fromkeys(categories))
    label = "Say which costs do not apply" if text else "Ask about every cost again"
    with store.step(label) as step:
        row_id = step.connection.execute(select(held.c.id).where(held.c.implementation_id == role_id)).scalar()
        if row_id is not None:
            step.update(Appraisal, int(row_id), {"dismissed_prompts": text})
            return Changed(label, MONEY, int(row_id))
        facts = {"implementation_id": role_id, "start": start, "base_year": base_year, "dismissed_prompts": text}
        return Changed(label, MONEY, step.insert(Appraisal, checked(AppraisalBase, facts)))
