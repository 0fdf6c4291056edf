"""Barriers and enablers of a role as they stand now, without Qt: states and their history, and never a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import resources
from analysis.factors import NOT_LOOKED_AT, Standing, rating_keys, standings
from analysis.periods import date_label
from analysis.watch import Watch
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


@dataclass(frozen=True)
class FactorState:
    """One factor as it stands now. `history` tells every rating, oldest first, and how it stood at launch.

    `also` names the group of its twin, which shares the rating.
    """

    key: str
    label: str
    question: str
    state: str = NOT_LOOKED_AT
    since: date | None = None
    owner: str = ""
    action: str = ""
    review_on: date | None = None
    note: str = ""
    history: str = ""
    also: str = ""
    overdue: bool = False


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


def readiness_state(
    ratings: Iterable[Mapping[str, Any]], *, launch: date | None = None, today: date | None = None
) -> ReadinessState:
    """Every factor with its newest rating, and how it stood at launch."""
    rows = resources.load("factors")["factors"]
    kept_under = rating_keys(rows)
    held = tuple(ratings)
    now = standings(held, kept_under)
    then = standings(held, kept_under, on=launch) if launch else {}
    twins = _twins(rows)
    groups: dict[str, list[FactorState]] = {}
    for row in rows:
        key = kept_under[row["key"]]
        made = _factor(row, now.get(key), then.get(key), launch, today)
        groups.setdefault(row["group"], []).append(replace(made, also=twins.get(row["key"], "")))
    names = sorted(groups, key=lambda name: name != QUICK)
    whole = tuple(GroupState(name, tuple(groups[name])) for name in names)
    return ReadinessState(whole, summary(_each_once(whole)))


def _twins(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The group in which a factor's twin stands, by key, both ways."""
    by_key = {row["key"]: row for row in rows}
    pairs = [(row, by_key[row["twin"]]) for row in by_key.values() if row.get("twin")]
    return {one["key"]: other["group"] for pair in pairs for one, other in (pair, pair[::-1])}


def _each_once(groups: Sequence[GroupState]) -> list[FactorState]:
    """Every factor, a pair of twins as one."""
    kept_under = rating_keys(resources.load("factors")["factors"])
    return list({kept_under[factor.key]: factor for group in groups for factor in group.factors}.values())


def _factor(
    row: Mapping[str, Any], now: Standing | None, then: Standing | None, launch: date | None, today: date | None
) -> FactorState:
    plain = FactorState(row["key"], row["label"], row["question"])
    if now is None:
        return plain
    told = "; ".join(f"{STATES[state].lower()} since {date_label(since)}" for state, since in now.history)
    at_launch = STATES[then.state].lower() if then else "not looked at"
    return replace(
        plain,
        state=now.state,
        since=now.since,
        owner=now.owner,
        action=now.action,
        review_on=now.review_on,
        note=now.note,
        history=f"{told}. At launch: {at_launch}" if launch and today and launch <= today else told,
        overdue=today is not None and now.is_overdue(today),
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
    held = {
        "state": factor.state,
        "since": since,
        "owner": factor.owner,
        "action": factor.action,
        "review_on": factor.review_on,
        "note": "" if new_state else factor.note,
    }
    key = rating_keys(resources.load("factors")["factors"])[factor.key]
    return {"factor_key": key, **held, **changes}


WATCH_SHAPES: dict[str, tuple[Shape, str]] = {
    "fix": (Shape.BAD, "fix"),
    "check": (Shape.LOOK, "check"),
    "note": (Shape.PLAIN, "note"),
}
WATCH_WORDS = {"fix": "Fix", "check": "Check", "note": "Note"}


@dataclass(frozen=True)
class WatchLine:
    """One thing to look at: its shape and word, the fact, and what can be done."""

    shape: Shape
    ink: str
    word: str
    fact: str
    what_to_do: str


def watch_state(watch: Iterable[Watch]) -> tuple[WatchLine, ...]:
    """What needs looking at, as lines."""
    return tuple(WatchLine(*WATCH_SHAPES[one.kind], WATCH_WORDS[one.kind], one.fact, one.what_to_do) for one in watch)
