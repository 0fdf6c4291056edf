"""What the answer depends on: one input at a time, less and more favourable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.economics.appraisal import BenefitItem, CostItem, Frame, flows, with_change
from analysis.economics.appraisal_results import Appraisal
from analysis.economics.role_shapes import Sensitivity
from analysis.wording import percent, signed_percent

Change = Mapping[str, Any]  # Any: numbers, texts and lists of names by key


def changes_for(costs: Sequence[CostItem], benefits: Sequence[BenefitItem]) -> tuple[Change, ...]:
    """The inputs that are varied and how far; `low` is the less favourable end. Only inputs that are there."""
    given = [
        _multiply("Size of the change", "effect", "0.75", "1.25"),
        _multiply("Share due to the role", "attribution", "0.7", "1.3", maximum="1"),
        _multiply("Unit costs", "unit_cost", "0.8", "1.2"),
        _add("Would have happened anyway", "deadweight", "0.1", "-0.1"),
    ]
    changes = [change for change in given if benefits]
    if any(item.cashability for item in benefits):
        changes.append(_multiply("Share that can be cashed", "cashability", "0.5", "1.5", maximum="1"))
    recurrent = [item.id for item in costs if item.kind != "one_off"]
    if recurrent:
        changes.append({**_multiply("Recurrent costs", "amount", "1.1", "0.9"), "lines": recurrent})
    return tuple(changes)


def _multiply(name: str, parameter: str, low: str, high: str, maximum: str | None = None) -> dict[str, Any]:
    return {"name": name, "parameter": parameter, "operation": "multiply", "low": low, "high": high, "maximum": maximum}


def _add(name: str, parameter: str, low: str, high: str) -> dict[str, Any]:
    return {"name": name, "parameter": parameter, "operation": "add", "low": low, "high": high, "maximum": "1"}


def one_way_range(
    frame: Frame, costs: Sequence[CostItem], benefits: Sequence[BenefitItem], *, cash: bool
) -> tuple[Decimal, Decimal]:
    """The lowest and highest net value that any one input reaches alone."""
    ends = []
    for change in changes_for(costs, benefits):
        for end in ("low", "high"):
            held = flows(frame, *with_change(costs, benefits, change, change[end]))
            gained = held.present(held.monthly("cash" if cash else "value"))
            ends.append(gained - held.present(held.monthly("costs")))
    return min(ends), max(ends)


def sensitivities(
    found: Appraisal, changes: Sequence[Change], benefits: Sequence[BenefitItem]
) -> tuple[Sensitivity, ...]:
    """The bars of the tornado, widest first, with their inputs in words; inputs that move nothing are left out."""
    by_name = {change["name"]: change for change in changes}
    return tuple(
        Sensitivity(bar.name, *_inputs(by_name[bar.name], benefits), bar.npv_low, bar.npv_high)
        for bar in found.tornado
        if bar.swing > 0
    )


def _inputs(change: Change, benefits: Sequence[BenefitItem]) -> tuple[str, str]:
    """The two ends in words: the values themselves where all lines share one, else the change."""
    shares = {getattr(item, change["parameter"], None) for item in benefits}
    if change["parameter"] in ("attribution", "deadweight", "cashability") and len(shares) == 1:
        held = shares.pop()
        if held is not None:
            return _end(held, change, "low"), _end(held, change, "high")
    if change["operation"] == "multiply":
        low, high = (float(change[end]) - 1 for end in ("low", "high"))
        return signed_percent(low), signed_percent(high)
    return tuple(signed_percent(float(change[end])).replace("%", "points") for end in ("low", "high"))  # type: ignore[return-value]  # exactly two


def _end(held: Decimal, change: Change, end: str) -> str:
    step = Decimal(change[end])
    moved = held * step if change["operation"] == "multiply" else held + step
    return percent(float(min(max(moved, Decimal(0)), Decimal(1))))
