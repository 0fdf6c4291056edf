"""Staffing as it may be shown: never the hours of so few people that they are those of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.staffing import MonthOfStaff, fidelity
from db.queries.record import StaffingFacts
from exporters.declared import Cell
from exporters.policy import Policy
from exporters.values import CONFIDENTIAL, NOT_AVAILABLE


@dataclass(frozen=True)
class StaffingShown:
    """One month. `planned` and `actual` are numbers, or the mark that says why there is none; `people` is a band."""

    month: date
    planned: Cell
    actual: Cell
    people: str

    @property
    def is_hidden(self) -> bool:
        """Whether so few people were in post that nothing of the month is shown."""
        return self.planned == CONFIDENTIAL


def staffing_shown(held: Iterable[StaffingFacts], head_count: int | None, policy: Policy) -> tuple[StaffingShown, ...]:
    """Each month through the policy. A month without a head count of its own takes the role's; one with few is hidden.

    A month of nobody in post is hidden too where the role has few people: the day on which a person came or left.
    """
    return tuple(_shown(row, head_count, policy) for row in held)


def _shown(row: StaffingFacts, head_count: int | None, policy: Policy) -> StaffingShown:
    heads = head_count if row.heads is None else row.heads
    if policy.is_few(heads) or policy.is_few(head_count):
        return StaffingShown(row.month, CONFIDENTIAL, CONFIDENTIAL, people_band(heads, policy))
    return StaffingShown(row.month, _number(row.planned), _number(row.actual), people_band(heads, policy))


def _number(wte: str | None) -> Cell:
    return NOT_AVAILABLE if wte is None else float(wte)


def people_band(people: int | None, policy: Policy) -> str:
    """How many people as may be shown: `1 to 7`, `about 15`, `[x]` where it is not known."""
    if people is None:
        return NOT_AVAILABLE
    if not policy.protects:
        return f"{people:,}"
    if people <= policy.hide_up_to:
        return f"up to {policy.hide_up_to}"
    return f"about {policy.rounded(people):,.0f}" if policy.rounds else f"{people:,}"


def staffing_words(held: Sequence[StaffingShown], months: frozenset[date]) -> str:
    """Planned against actual over the months since launch; only that it is hidden where any of them is."""
    if any(row.is_hidden for row in held):
        return "Whole-time equivalents are hidden: so few people are in post that they are those of a person."
    numbers = [MonthOfStaff(row.month, _text(row.planned), _text(row.actual)) for row in held]
    return fidelity(numbers, months).sentence


def _text(cell: Cell) -> str | None:
    return f"{cell}" if isinstance(cell, int | float) else None
