"""Barriers and enablers of a role as they stand now, without Qt: states and their history, and never a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import resources
from analysis.periods import date_label
from analysis.wording import plural
from desktop.theme.marks import Shape

QUICK = "Co-ordinator quick list"
STATES = {
    "barrier": "Barrier",
    "in hand": "In hand",
    "met": "Met",
    "not applicable": "Not applicable",
    "not looked at": "Not looked at",
}
SHAPES: dict[str, tuple[Shape, str]] = {
    "barrier": (Shape.BAD, "fix"),
    "in hand": (Shape.LOOK, "check"),
    "met": (Shape.FINE, "ok"),
    "not applicable": (Shape.NO_ANSWER, "text3"),
    "not looked at": (Shape.NO_ANSWER, "text3"),
}
NOT_LOOKED_AT = "not looked at"
CASE = (
    ("need", "The need or gap", "What is not happening now, for whom, and how it is known"),
    ("alternatives", "Alternatives considered", "What else could meet the need, and why this role"),
    ("engaged", "Who was engaged", "Staff, people who use services, carers, partners"),
)


@dataclass(frozen=True)
class FactorState:
    """One factor as it stands now. `history` tells every rating, oldest first."""

    key: str
    label: str
    question: str
    state: str = NOT_LOOKED_AT
    since: date | None = None
    owner: str = ""
    note: str = ""
    history: str = ""


@dataclass(frozen=True)
class GroupState:
    """A group of factors with how many are rated."""

    name: str
    factors: tuple[FactorState, ...]

    @property
    def words(self) -> str:
        """`Funding and resources, 2 of 10 looked at`."""
        looked = sum(factor.state != NOT_LOOKED_AT for factor in self.factors)
        return f"{self.name}, {looked} of {len(self.factors)} looked at"


@dataclass(frozen=True)
class ReadinessState:
    """All groups, the quick list first, and what the ratings come to in words."""

    groups: tuple[GroupState, ...]
    summary: str


def readiness_state(ratings: Iterable[Mapping[str, Any]]) -> ReadinessState:
    """Every factor with its newest rating."""
    by_factor: dict[str, list[Mapping[str, Any]]] = {}
    for rating in sorted(ratings, key=lambda held: (held["since"], held["id"])):
        by_factor.setdefault(rating["factor_key"], []).append(rating)
    groups: dict[str, list[FactorState]] = {}
    for row in resources.load("factors")["factors"]:
        groups.setdefault(row["group"], []).append(_factor(row, by_factor.get(row["key"], [])))
    names = sorted(groups, key=lambda name: name != QUICK)
    made = tuple(GroupState(name, tuple(groups[name])) for name in names)
    return ReadinessState(made, summary([factor for group in made for factor in group.factors]))


def _factor(row: Mapping[str, Any], ratings: Sequence[Mapping[str, Any]]) -> FactorState:
    plain = FactorState(row["key"], row["label"], row["question"])
    if not ratings:
        return plain
    now = ratings[-1]
    history = "; ".join(f"{STATES[held['state']].lower()} since {date_label(held['since'])}" for held in ratings)
    return FactorState(
        plain.key, plain.label, plain.question, now["state"], now["since"], now["owner"], now["note"], history
    )


def summary(factors: Sequence[FactorState]) -> str:
    """`3 barriers, 2 in hand, 5 met; 204 not looked at.`"""
    counts = {state: sum(factor.state == state for factor in factors) for state in STATES}
    known = f"{plural(counts['barrier'], 'barrier')}, {counts['in hand']} in hand, {counts['met']} met"
    return f"{known}; {counts[NOT_LOOKED_AT]} not looked at. Every barrier counts for itself: there is no score."


def rating_of(factor: FactorState, today: date, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of a rating
    """The arguments of `rate_factor` for a change: another state begins today, anything else keeps its date."""
    new_state = changes.get("state", factor.state) != factor.state
    since = today if new_state or factor.since is None else factor.since
    held = {"state": factor.state, "since": since, "owner": factor.owner, "note": "" if new_state else factor.note}
    return {"factor_key": factor.key, **held, **changes}
