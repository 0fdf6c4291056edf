"""One role as it stands in a comparison: on screen as it is, in a copy as it may leave. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.economics.role_shapes import RoleEconomics
from analysis.factors import Standing, rating_keys, standings
from analysis.finding_shapes import MeasureFinding, RoleFinding
from analysis.vocabulary import RoleFacts
from analysis.wording import number, plural
from db.answers import RoleAnswer
from db.queries.roles import Profile
from exporters.policy import Policy
from exporters.protected_role import ProtectedRole
from exporters.staffing import people_band
from resources import load

FEW = "whole-time equivalents are not shown for so few people"
Ratings = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Side:
    """What is compared of one role. `factors` are those rated by the launch, as label and state; `dose` is in words."""

    label: str
    role: RoleFacts
    profile: Profile
    finding: RoleFinding
    economics: RoleEconomics
    factors: tuple[tuple[str, str], ...]
    dose: tuple[str, ...]

    @property
    def primary(self) -> tuple[MeasureFinding, ...]:
        """The primary measures, or the leading one where none was named."""
        named = tuple(one for one in self.finding.measures if one.measure.is_primary)
        return named or ((self.finding.leading,) if self.finding.leading else ())

    def of(self, key: str) -> MeasureFinding | None:
        """The finding of the measure that goes by this key over places."""
        return next((one for one in self.finding.measures if measure_key(one) == key), None)


def measure_key(found: MeasureFinding) -> str:
    """What a measure goes by in several roles: its place in the library, else its name, blanks and capitals aside."""
    return found.measure.library_key or " ".join(found.measure.name.lower().split())


def side_of(answer: RoleAnswer, ratings: Ratings) -> Side:
    """A role as the screen shows it."""
    people = answer.profile.facts.head_count
    posts = plural(people, "person", "people") + " in post" if people is not None else ""
    return Side(
        label=_label(answer.role),
        role=answer.role,
        profile=answer.profile,
        finding=answer.finding,
        economics=answer.economics,
        factors=_at_launch(answer.role, ratings),
        dose=tuple(filter(None, (_wte(answer.role), posts, answer.profile.facts.dose))),
    )


def protected_side(role: ProtectedRole, policy: Policy) -> Side:
    """A role as it may leave the app."""
    facts = role.profile.facts
    posts = f"people in post: {people_band(facts.head_count, policy)}" if facts.head_count is not None else ""
    wte = FEW if role.few_staff else _wte(role.role)
    return Side(
        label=role.label,
        role=role.role,
        profile=role.profile,
        finding=role.finding,
        economics=role.economics,
        factors=_at_launch(role.role, role.ratings),
        dose=tuple(filter(None, (wte, posts, facts.dose))),
    )


def _label(role: RoleFacts) -> str:
    return ", ".join(filter(None, (role.name, role.place)))


def _wte(role: RoleFacts) -> str:
    if role.planned_wte is None:
        return ""
    planned = f"{number(role.planned_wte, 1)} WTE planned"
    return planned if role.actual_wte is None else f"{planned}, {number(role.actual_wte, 1)} in post on average"


def _at_launch(role: RoleFacts, ratings: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The factors that had been rated by the launch; none before it."""
    if role.timeline.launch is None:
        return ()
    rows = load("factors")["factors"]
    held: dict[str, Standing] = standings(ratings, rating_keys(rows), role.timeline.launch)
    names = {row["key"]: row["label"] for row in rows}
    return tuple((names.get(key, key), one.state) for key, one in sorted(held.items()))
