"""Whose values the grid shows: the role's, its comparator's or its benchmark's. Qt-free.

Another arm is shown as the same answer with the series of that arm in place of the role's own, so that everything that
holds for typing, pasting and marking holds for it too.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.series_parts import taken
from analysis.vocabulary import Arm, Series
from db.answers import RoleAnswer
from db.queries.comparisons import HeldComparator

OWN = "The role's own"
_WORDS = {Arm.COMPARATOR: "Comparator", Arm.BENCHMARK: "Benchmark"}


def arms_of(answer: RoleAnswer) -> dict[Arm, str]:
    """The arms that can be typed into, with their words; the role's own alone where nothing is compared."""
    found = {Arm.ROLE: OWN}
    for arm, word in _WORDS.items():
        names = dict.fromkeys(held.facts.name for held in answer.comparators if held.arm is arm)
        if names:
            found[arm] = f"{word}: {', '.join(names)}"
    return found


def as_arm(answer: RoleAnswer, arm: Arm) -> RoleAnswer:
    """The answer with an arm's series in place of the role's own: one for each measure that has a comparator there."""
    if arm is Arm.ROLE:
        return answer
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
