"""Whose values the grid shows: the role's own, its comparator's or benchmark's, or those of a group of people. Qt-free.

Another arm or group is shown as the same answer with its series in place of the role's own, so that everything that
holds for typing, pasting and marking holds for it too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.series_parts import taken
from analysis.vocabulary import Arm, Series
from db.answers import RoleAnswer
from db.queries.comparisons import HeldComparator
from db.queries.series import EVERYONE

OWN_WORDS = "The role's own, everyone"
_WORDS = {Arm.COMPARATOR: "Comparator", Arm.BENCHMARK: "Benchmark"}


@dataclass(frozen=True)
class Whose:
    """An arm, and within the role's own arm a group of people."""

    arm: Arm = Arm.ROLE
    group_id: int = EVERYONE


OWN = Whose()


def whose_of(answer: RoleAnswer) -> dict[Whose, str]:
    """What can be typed into, with its words; the role's own alone where nothing is compared and no group is kept."""
    found = {OWN: OWN_WORDS}
    for arm, word in _WORDS.items():
        names = dict.fromkeys(held.facts.name for held in answer.comparators if held.arm is arm)
        if names:
            found[Whose(arm)] = f"{word}: {', '.join(names)}"
    for held in answer.groups:
        found[Whose(group_id=held.group.id)] = f"Group: {held.group.label}"
    return found


def as_whose(answer: RoleAnswer, whose: Whose) -> RoleAnswer:
    """The answer with the series of an arm or a group in place of the role's own.

    An arm has one for each measure that is compared there, a group one for each measure of the role.
    """
    if whose == OWN:
        return answer
    return _as_group(answer, whose.group_id) if whose.arm is Arm.ROLE else _as_arm(answer, whose.arm)


def _as_group(answer: RoleAnswer, group_id: int) -> RoleAnswer:
    found = next(one for one in answer.groups if one.group.id == group_id)
    held = {one.measure.id: one for one in found.series}
    series = []
    for own in answer.series:
        measure = replace(own.measure, name=f"{found.group.name}: {own.measure.name}")
        series.append(replace(held.get(own.measure.id) or taken(own, ()), measure=measure))
    return replace(answer, series=tuple(series))


def _as_arm(answer: RoleAnswer, arm: Arm) -> RoleAnswer:
    held = {one.measure.id: one for one in answer.beside if one.arm is arm}
    named = {one.measure_id: one for one in answer.comparators if one.arm is arm}
    series = tuple(
        _named(held.get(own.measure.id) or taken(own, ()), named[own.measure.id], arm)
        for own in answer.series
        if own.measure.id in named
    )
    return replace(answer, series=series)


def _named(series: Series, held: HeldComparator, arm: Arm) -> Series:
    """The series under the comparator's own name, so that nobody takes its column for the role's."""
    measure = replace(series.measure, name=f"{held.facts.name}: {series.measure.name}")
    return replace(series, measure=measure, arm=arm, arm_name=held.facts.name, comparator=held.facts)
