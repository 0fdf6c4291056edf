"""The exact sums of people that money gives back: a cost over its contacts, a volume that is taken from a measure.

Each such sum is a cell of its measure's table in all but name. It is told to the register and set beside what earlier
exports told, also where the measure itself is left out of the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, floor

from analysis.economics.actuals import first_money, months_of_both
from analysis.economics.further_costs import divisors_of
from analysis.economics.measured import BY_VOLUME
from analysis.measured_plan import counted_for
from analysis.periods import Period
from analysis.plan import FROM_MEASURE
from analysis.vocabulary import MeasureKind, Phase, Series
from db.answers import RoleAnswer
from db.queries.appraisals import Saved
from exporters.kept_appraisals import sums_of_kept
from exporters.policy import Policy
from exporters.protection import count_hidden
from exporters.told import Told, exact_sums, joined

ByMoney = Mapping[int, tuple[Told, ...]]
"""Exact sums by the id of the measure they add up."""


def sums_by_money(answer: RoleAnswer, saved: Iterable[Saved], policy: Policy, *, few: bool) -> ByMoney:
    """By measure, of the money as it is now and of kept appraisals shown beside it.

    None for a measure that counts no people, nor where a value is hidden: such money is not shown.
    """
    found: dict[int, dict[Told, None]] = {}
    kept = (sums for one in saved for sums in sums_of_kept(one.held, answer.series, answer.role.timeline))
    for series, sums in (*_divided(answer), *_volumes(answer), *_effects(answer), *kept):
        counts_people = series.measure.people_count and series.measure.kind is MeasureKind.COUNT
        if counts_people and not count_hidden(series, policy, few_staff=few):
            found.setdefault(series.measure.id, {}).update(dict.fromkeys(sums))
    return {key: tuple(sums) for key, sums in found.items() if sums}


_Sums = Iterator[tuple[Series, Iterable[Told]]]


def _divided(answer: RoleAnswer) -> _Sums:
    """What actual spend is divided by, before launch and after."""
    money = first_money(answer.series)
    for one in divisors_of(answer.economics.facts, answer.series):
        for phase in (Phase.BEFORE, Phase.AFTER):
            if money is not None and one.series is not None:
                yield one.series, _sum(months_of_both(money, one.series, answer.role.timeline, phase))


def _volumes(answer: RoleAnswer) -> _Sums:
    """The volumes of costs that go by a measure: their mean times its months."""
    for line in answer.economics.facts.costs:
        series = answer.series_of(line.measure_id or 0) if line.kind in BY_VOLUME else None
        if series is not None:
            yield series, _sum(counted_for(line, series, answer.role.timeline))


def _effects(answer: RoleAnswer) -> _Sums:
    """The means before and after that benefits quote."""
    for line in answer.economics.facts.benefits:
        series = answer.series_of(line.measure_id or 0) if line.method == FROM_MEASURE else None
        if series is not None:
            yield series, exact_sums(series, series.values, answer.role.timeline)


def _sum(held: Mapping[Period, float]) -> Iterable[Told]:
    total = sum(held.values())
    return (Told(joined(held), floor(total), ceil(total)),) if held else ()
