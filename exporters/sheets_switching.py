"""What one thing would have to become for the net public value to be nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from exporters.declared import Cell, Column, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import NUMBER, ROLE, pounds_column
from exporters.values import CONFIDENTIAL, NOT_APPLICABLE

ALL_BENEFITS, ONE_BENEFIT, ONE_COST = "All benefits together", "Benefit", "Cost"


def switching(report: Report) -> list[Sheet]:
    """One sheet where any role has an appraisal, else none."""
    rows = [row for role in report.roles for row in _rows(role)]
    return [_sheet(report, rows)] if rows else []


def _rows(role: ProtectedRole) -> Iterator[tuple[Cell, ...]]:
    held = role.economics
    if held.appraisal is None:
        return
    found, few = held.appraisal.break_even, role.few_staff
    start = (role.number, role.label)
    pv = held.appraisal.pv_benefits
    yield *start, ALL_BENEFITS, "all", float(pv), *_needed(found.benefit_scale, pv)
    for line in held.facts.benefits:
        key = f"benefit {line.id}"
        if key in found.line_scale:
            pv = held.appraisal.benefit_lines[key].pv
            yield *start, ONE_BENEFIT, line.label, float(pv), *_needed(found.line_scale[key], pv)
    for cost in held.facts.costs:
        key = f"cost {cost.id}"
        if key not in found.cost_line_fall:
            continue
        fall = found.cost_line_fall[key]
        if few or cost.id in role.hidden_costs:
            yield *start, ONE_COST, cost.label, *(CONFIDENTIAL,) * 3
        else:
            pv = held.appraisal.cost_lines[key]
            yield *start, ONE_COST, cost.label, float(pv), *_needed(None if fall is None else 1 - fall, pv)


def _needed(scale: Decimal | None, pv: Decimal) -> tuple[Cell, ...]:
    """The share of its present size that is needed, and what that is; [z] where no size of it would do."""
    if scale is None or scale < 0:
        return NOT_APPLICABLE, NOT_APPLICABLE
    return float(scale), float(scale * pv)


def _sheet(report: Report, rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        name="Switching",
        title="What would have to be true for costs and benefits to be equal",
        about="How far one benefit or cost alone would have to move for the net public value to be nothing",
        columns=(
            NUMBER,
            ROLE,
            Column("kind", "What", width=24.0),
            Column("line", "Line", width=34.0),
            pounds_column("present", "Present value now"),
            Column("share", "Needed, as a share of now", Kind.SHARE, 0, "%", 16.0),
            pounds_column("needed", "Needed present value"),
        ),
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=("Everything else stays as planned. Where no size of a line alone would do, [z] stands.",),
        notes=("present_value", "capacity"),
    )
