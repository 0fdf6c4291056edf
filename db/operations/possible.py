"""What the facts of a role cannot be together, said in one sentence before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.vocabulary import Lifecycle
from db.tables import ImplementationBase

NOTHING = "Nothing was changed."
OVER = (Lifecycle.PAUSED, Lifecycle.ENDED, Lifecycle.ABSORBED, Lifecycle.MAINSTREAMED)
Fault = Callable[[ImplementationBase], str]


def refuse_impossible(record: ImplementationBase, changed: Iterable[str]) -> None:
    """Raises UserProblem when facts that are being set cannot be; what was recorded earlier is left alone."""
    touched = set(changed)
    for columns, fault in _RULES:
        if touched & columns and (words := fault(record)):
            raise UserProblem(words, NOTHING)


def _end_before_launch(record: ImplementationBase) -> str:
    end, launch = record.lifecycle_date, record.launch
    if record.lifecycle in OVER and end and launch and end < launch:
        return f"The role cannot be {record.lifecycle} on {date_label(end)}, before its launch on {date_label(launch)}."
    return ""


def _over_without_launch(record: ImplementationBase) -> str:
    if record.lifecycle in OVER and record.launch is None:
        return f"A role that was never launched cannot be {record.lifecycle}. Give its launch first."
    return ""


def _wte_cannot_be(record: ImplementationBase) -> str:
    if record.planned_wte is None:
        return ""
    try:
        wte = Decimal(record.planned_wte)
    except InvalidOperation:
        return "Planned WTE is a number, such as 1.6."
    if not wte.is_finite() or wte < 0:
        return "Planned WTE cannot be below zero."
    if record.head_count is not None and wte > record.head_count:
        return f"{record.planned_wte} whole-time equivalents are more than the head count of {record.head_count}."
    return ""


def _ceiling_below_zero(record: ImplementationBase) -> str:
    ceiling = record.caseload_ceiling
    return "A caseload ceiling cannot be below zero." if ceiling is not None and not ceiling >= 0 else ""


_RULES: tuple[tuple[frozenset[str], Fault], ...] = (
    (frozenset({"launch", "lifecycle", "lifecycle_date"}), _end_before_launch),
    (frozenset({"launch", "lifecycle"}), _over_without_launch),
    (frozenset({"planned_wte", "head_count"}), _wte_cannot_be),
    (frozenset({"caseload_ceiling"}), _ceiling_below_zero),
)
