"""The evidence page: what the levels mean, and where each role of the file stands. Qt-free."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.evidence import SCALE
from db.answers import RoleAnswer
from db.queries.roles import RoleSummary
from desktop.states import ColumnSpec, TableCell, TableState

LEAD = (
    "The level says how far a design can carry a claim. It follows from recorded facts, never from the result, and "
    "nobody picks it. Every change shown is one that goes with the role; that the role caused it is claimed nowhere."
)
NOT_YET = (
    "Levels 3 to 5 need a comparator, and 4 and 5 an assignment as good as chance or by lot. A comparator is added "
    "from a role's chart, under Compare."
)


@dataclass(frozen=True)
class RoleEvidence:
    """One role: its level, the measure it is about, reasons with whether each is met, what would raise it."""

    role_id: int
    name: str
    measure: str
    level: int | None
    label: str
    summary: str
    reasons: tuple[tuple[bool, str], ...]
    to_raise: str


@dataclass(frozen=True)
class EvidenceState:
    """The whole page."""

    lead: str
    scale: str
    levels: TableState
    not_yet: str
    roles: tuple[RoleEvidence, ...]
    filling: str


def evidence_state(
    levels: Sequence[Mapping[str, Any]],  # Any: rows of a JSON file
    roles: Sequence[RoleSummary],
    answers: Mapping[int, RoleAnswer],
    outdated: Collection[int] = (),
) -> EvidenceState:
    """The levels in words, and every role as far as it has been answered; `outdated` ones are being answered again."""
    done = sum(role.id in answers and role.id not in outdated for role in roles)
    names = ("Level", "What it takes", "What may be said")
    specs = tuple(ColumnSpec(name, stretch=at == 2) for at, name in enumerate(names))
    rows = tuple(
        (TableCell(f"Level\u00a0{row['level']}", strong=True), TableCell(row["needs"]), TableCell(row["says"]))
        for row in levels
    )
    return EvidenceState(
        lead=LEAD,
        scale=f"Counted on the {SCALE}, with Nesta's standards and GRADE beside it.",
        levels=TableState(specs, rows, tuple(str(row["level"]) for row in levels)),
        not_yet=NOT_YET,
        roles=tuple(_role(role, answers.get(role.id)) for role in roles),
        filling="" if done == len(roles) else f"Working out the results: {done} of {len(roles)}",
    )


def _role(role: RoleSummary, answer: RoleAnswer | None) -> RoleEvidence:
    name = ", ".join(part for part in (role.name, role.place) if part)
    leading = answer.finding.leading if answer else None
    if leading is None:
        words = "Working it out." if answer is None else "No measure is recorded yet."
        return RoleEvidence(role.id, name, "", None, "–", words, (), "")
    held = leading.evidence
    return RoleEvidence(
        role.id,
        name,
        f"For {leading.measure.label}",
        held.level,
        held.label,
        f"{held.summary} {held.nesta}. {held.grade}.",
        tuple((reason.met, reason.text) for reason in held.reasons),
        held.to_raise,
    )
