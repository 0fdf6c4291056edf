"""This file's own roles as places among others: their results as other teams' packs hold theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from analysis.factors import rating_keys, standings
from analysis.finding_shapes import RoleFinding
from analysis.sites import SiteResult, own_result
from analysis.vocabulary import RoleFacts
from db.queries.roles import Profile

Ratings = Mapping[int, Sequence[Mapping[str, Any]]]  # Any: columns of a rating


class Answered(Protocol):
    """A role with its findings: as worked out, or as it may leave the app."""

    @property
    def role(self) -> RoleFacts:
        """What analysis knows of it."""

    @property
    def profile(self) -> Profile:
        """What is recorded of it."""

    @property
    def finding(self) -> RoleFinding:
        """What is said of it."""


def own_results(
    answers: Iterable[Answered], ratings: Ratings, organisation: str, factors: Mapping[str, Any]
) -> list[SiteResult]:
    """The results of this file's own roles."""
    found: list[SiteResult] = []
    for answer in answers:
        at_launch = _at_launch(answer, ratings.get(answer.role.id, ()), factors)
        site = site_name(answer.role.name, answer.role.place, organisation)
        family = answer.profile.facts.family
        found += [own_result(finding, site, family, at_launch) for finding in answer.finding.measures]
    return found


def site_name(name: str, place: str, organisation: str) -> str:
    """A place as packs name it, so that one's own pack is known again."""
    label = ", ".join(part for part in (name, place) if part)
    return f"{label} ({organisation})" if organisation else label


def _at_launch(answer: Answered, ratings: Sequence[Mapping[str, Any]], factors: Mapping[str, Any]) -> dict[str, str]:
    launch = answer.role.timeline.launch
    if launch is None:
        return {}
    held = standings(ratings, rating_keys(factors["factors"]), launch)
    return {key: one.state for key, one in held.items()}
