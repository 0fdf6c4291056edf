"""From a typed text to the operation that writes it, without Qt: one way for every form that shows a fact of a role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.vocabulary import Lifecycle
from db.answers import RoleAnswer
from db.operations.changed import Changed
from db.operations.money import set_appraisal
from db.operations.record import date_programme, employ_with, succeed_with
from db.operations.roles import change_role, join_programme
from desktop.pages.record.fields import NOTHING_AFTER, FactSpec

Facts = Mapping[str, Any]  # Any: the arguments of an operation


@dataclass(frozen=True)
class Write:
    """An operation and its arguments."""

    operation: Callable[..., Changed]
    arguments: Facts


def write_of(spec: FactSpec, text: str, answer: RoleAnswer, today: date, roles: Mapping[str, int]) -> Write:
    """What a typed text asks to be written. Raises UserProblem when it cannot be read.

    `roles` gives the other roles of the file by name. A launch that has come makes a planned role a running one.
    """
    value, role_id = spec.read(text), answer.role.id
    special = _SPECIAL.get(spec.key)
    if special is not None:
        operation, arguments = special(value, answer, roles)
        return Write(operation, {"role_id": role_id, **arguments})
    return Write(change_role, {"role_id": role_id, **changes_of(spec, value, answer.role.lifecycle, today)})


def changes_of(spec: FactSpec, value: object, lifecycle: Lifecycle, today: date) -> dict[str, Any]:
    """The columns that a value changes."""
    changes: dict[str, Any] = {spec.key: value}
    if spec.key == "launch" and lifecycle in (Lifecycle.PLANNED, Lifecycle.RUNNING):
        launch = value if isinstance(value, date) else None
        changes["lifecycle"] = lifecycle_of(launch, today)
    return changes


def lifecycle_of(launch: date | None, today: date) -> Lifecycle:
    """Planned until the launch has come."""
    return Lifecycle.RUNNING if launch is not None and launch <= today else Lifecycle.PLANNED


Special = Callable[[Any, RoleAnswer, Mapping[str, int]], tuple[Callable[..., Changed], Facts]]


def _perspective(value: str, answer: RoleAnswer, _roles: Mapping[str, int]) -> tuple[Callable[..., Changed], Facts]:
    """The frame is recorded with it, as it stands on the Economics tab, so that it is the team's own from now on."""
    frame = answer.economics.facts
    held = {"start": frame.start, "months": frame.months, "base_year": frame.base_year}
    return set_appraisal, {**held, "perspective": value or "public sector"}


_SPECIAL: Mapping[str, Special] = {
    "programme": lambda value, _answer, _roles: (join_programme, {"name": value}),
    "programme_started": lambda value, _answer, _roles: (date_programme, {"started": value}),
    "employer": lambda value, _answer, _roles: (employ_with, {"name": value}),
    "successor": lambda value, _answer, roles: (
        succeed_with,
        {"successor_id": None if value == NOTHING_AFTER else roles[value]},
    ),
    "perspective": _perspective,
}


@dataclass(frozen=True)
class Note:
    """A caution beside a field: it may be so, but look again."""

    key: str
    words: str


def cautions_of(answer: RoleAnswer, today: date) -> tuple[Note, ...]:
    """What is recorded and may be, but should be looked at."""
    facts, launch = answer.profile.facts, answer.role.timeline.launch
    found = []
    if facts.funding_end and launch and facts.funding_end < launch:
        found.append(Note("funding_end", "The funding ends before the launch. Look at both dates again."))
    if facts.boundary_review and facts.boundary_review < today:
        found.append(Note("boundary_review", "The day of review has passed. Was the agreement looked at again?"))
    if facts.lifecycle in (Lifecycle.ENDED, Lifecycle.ABSORBED) and facts.lifecycle_date is None:
        found.append(Note("lifecycle_date", "Without the day of its end, later months count as after launch."))
    return tuple(found)
