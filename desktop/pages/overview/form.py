"""The profile of a role as a form, without Qt: which facts, how each is written into its field and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.vocabulary import Lifecycle
from db.answers import RoleAnswer
from desktop.pages.reading import date_text, read_date, read_people, read_wte

HIGH_NEED = {"Not known": None, "Yes": True, "No": False}
PROGRAMME = "programme"


def _as_is(text: str) -> str:
    return text


def _plain(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class FieldSpec:
    """One fact of the profile: its column, caption, and how it is read from and written into a field."""

    key: str
    caption: str
    read: Callable[[str], Any] = _as_is
    write: Callable[[Any], str] = _plain
    placeholder: str = ""


FIELDS = (
    FieldSpec("name", "Name of the role"),
    FieldSpec("place", "Place"),
    FieldSpec("launch", "Launch", read_date, date_text, "8 Apr 2024"),
    FieldSpec("phase_in_end", "Last day of phase-in", read_date, date_text, "None"),
    FieldSpec(PROGRAMME, "Programme it belongs to", placeholder="None"),
    FieldSpec("family", "Kind of role"),
    FieldSpec("people_served", "Who it serves"),
    FieldSpec("planned_wte", "Planned WTE", read_wte, _plain, "1.6"),
    FieldSpec("head_count", "Head count", read_people, _plain, "2"),
    FieldSpec("funding_source", "Funded by"),
    FieldSpec("funding_end", "Funding ends", read_date, date_text, "31 Mar 2026"),
    FieldSpec("decision_asked", "Decision asked for"),
)


def field_texts(answer: RoleAnswer) -> dict[str, str]:
    """What each field shows."""
    facts = answer.profile.facts.model_dump()
    facts[PROGRAMME] = answer.profile.programme
    return {spec.key: spec.write(facts[spec.key]) for spec in FIELDS}


def high_need_text(value: bool | None) -> str:
    """The choice that stands for a recorded answer."""
    return next(text for text, held in HIGH_NEED.items() if held is value)


def changes_of(spec: FieldSpec, text: str, lifecycle: Lifecycle, today: date) -> dict[str, Any]:
    """The columns that a typed text changes. Raises UserProblem when it cannot be.

    A launch that has come makes a planned role a running one, and back.
    """
    value = spec.read(text)
    changes = {spec.key: value}
    if spec.key == "launch" and lifecycle in (Lifecycle.PLANNED, Lifecycle.RUNNING):
        changes["lifecycle"] = lifecycle_of(value, today)
    return changes


def lifecycle_of(launch: date | None, today: date) -> Lifecycle:
    """Planned until the launch has come."""
    return Lifecycle.RUNNING if launch is not None and launch <= today else Lifecycle.PLANNED
