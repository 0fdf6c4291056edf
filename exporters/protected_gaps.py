"""Gaps between groups as they may leave: only where no value of any group that differs by the same thing is hidden."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.finding_further import GapFinding
from db.answers import RoleAnswer
from exporters.policy import Policy
from exporters.protection import count_hidden


@dataclass(frozen=True)
class GapsShown:
    """The gaps that may be shown, and the others by measure and the two groups."""

    shown: tuple[GapFinding, ...] = ()
    withheld: tuple[tuple[str, str, str], ...] = ()


def protected_gaps(answer: RoleAnswer, measures: Collection[int], policy: Policy, *, few: bool) -> GapsShown:
    """Gaps of these measures. Groups of one dimension make up everyone, so one hidden value withholds all its gaps."""
    hidden = {
        (one.measure.id, held.group.dimension)
        for held in answer.groups
        for one in held.series
        if count_hidden(one, policy, few_staff=few)
    }
    dimensions = {held.group.name: held.group.dimension for held in answer.groups}
    names = {one.measure.id: one.measure.label for held in answer.groups for one in held.series}
    kept = [gap for gap in answer.gaps if gap.measure_id in measures]
    may = [(gap.measure_id, dimensions.get(gap.first, "")) not in hidden for gap in kept]
    return GapsShown(
        tuple(gap for gap, shown in zip(kept, may, strict=True) if shown),
        tuple(
            (names[gap.measure_id], gap.first, gap.second) for gap, shown in zip(kept, may, strict=True) if not shown
        ),
    )
