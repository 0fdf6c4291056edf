"""What a measure should reach, stay under or stay between, from a day on: the dated targets of a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.measure_words import value_text
from analysis.periods import Period
from analysis.vocabulary import Direction, MeasureFacts, Series


@dataclass(frozen=True)
class TargetFacts:
    """One target in the measure's unit: at least `low`, at most `high`, or both. In force until the next begins."""

    id: int
    measure_id: int
    since: date
    low: float | None = None
    high: float | None = None
    source: str = ""

    def bound(self, direction: Direction) -> float | None:
        """The end that says whether the target is met: the lower where more is better, the upper where less is."""
        if direction is Direction.NEUTRAL:
            return None
        first, second = (self.low, self.high) if direction is Direction.INCREASE else (self.high, self.low)
        return second if first is None else first


def in_force(targets: Iterable[TargetFacts], measure_id: int, day: date) -> TargetFacts | None:
    """The target of a measure on a day: the newest that has begun."""
    begun = [one for one in targets if one.measure_id == measure_id and one.since <= day]
    return max(begun, key=lambda one: one.since, default=None)


def with_target(series: Series, targets: Sequence[TargetFacts], today: date) -> Series:
    """The series judged by the dated target in force today; by the target without a date where there is none."""
    held = in_force(targets, series.measure.id, today)
    bound = held.bound(series.measure.direction) if held else None
    return series if bound is None else replace(series, measure=replace(series.measure, target=bound))


def target_words(measure: MeasureFacts, target: TargetFacts) -> str:
    """`at most 180`, `at least 90 %`, `4 to 6`."""
    if target.low is not None and target.high is not None:
        return f"{value_text(measure, target.low)} to {value_text(measure, target.high)}"
    if target.high is not None:
        return f"at most {value_text(measure, target.high)}"
    return f"at least {value_text(measure, target.low)}" if target.low is not None else "no bound"


@dataclass(frozen=True)
class TargetStretch:
    """Where a target is in force: positions of the first and last period."""

    target: TargetFacts
    first: int
    last: int


def stretches(targets: Iterable[TargetFacts], measure_id: int, periods: Sequence[Period]) -> tuple[TargetStretch, ...]:
    """The targets of a measure over its periods, oldest first; a period belongs to the target on its first day."""
    held = sorted((one for one in targets if one.measure_id == measure_id), key=lambda one: one.since)
    found = []
    for place, one in enumerate(held):
        until = held[place + 1].since if place + 1 < len(held) else date.max
        inside = [at for at, period in enumerate(periods) if one.since <= period.start < until]
        if inside:
            found.append(TargetStretch(one, inside[0], inside[-1]))
    return tuple(found)
