"""The individuals (XmR) chart with NHS rules: limits, phases, flags, status and assurance.

Method. The centre of a phase is the mean of its values, its limits lie 2.66 mean moving ranges away (NHS England,
Making Data Count; 2.66 is the rounded 3/1.128). Two presets are offered because the two tools the NHS uses differ:
`mdc` (Making Data Count Excel and SQL tools) and `nhsrplotthedots` (R package 0.2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from analysis.arrays import FloatArray
from analysis.impact.xmr_rules import Rule, RuleHit, RuleSettings, Side, Stretch, rule_hits
from analysis.vocabulary import Direction

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
SLACK = 1e-9
POINTS_FOR_CHART = 15


class Preset(StrEnum):
    """Whose rules: Making Data Count (the default of the NHS) or the R package NHSRplotthedots."""

    MDC = "mdc"
    NHSRPLOTTHEDOTS = "nhsrplotthedots"


class Status(StrEnum):
    """What the rules say of a point, given which way is better."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the target will be met month after month if nothing changes."""

    PASS = "pass"  # noqa: S105 - the NHS word for a target always met, not a secret
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


@dataclass(frozen=True)
class XmrPhase:
    """Limits of one phase. `start` and `end` are positions in the series, both included; limits are never clipped.

    `mean_moving_range` is before screening. Limits are NaN where a phase has one value only.
    """

    start: int
    end: int
    n: int
    mean: float
    mean_moving_range: float
    lower_limit: float
    upper_limit: float


@dataclass(frozen=True)
class XmrFlag:
    """A point that fired at least one rule. `conflict`: rules fired on both sides."""

    point: int
    rules: tuple[RuleHit, ...]
    status: Status
    conflict: bool


@dataclass(frozen=True)
class XmrChart:
    """An individuals chart: phases with limits, flagged points in order, status of the last point, assurance.

    `points` are the positions judged (neither missing nor ghosted). `short_phases` are the numbers of phases with too
    few points for firm limits; `enough_points` is 15 or more in all. Limits and flags are computed either way.
    """

    preset: Preset
    phases: tuple[XmrPhase, ...]
    flags: tuple[XmrFlag, ...]
    last_point_status: Status
    assurance: Assurance | None
    enough_points: bool
    short_phases: tuple[int, ...]
    points: tuple[int, ...]

    def flag_at(self, point: int) -> XmrFlag | None:
        """The flag of a position, None where no rule fired."""
        return next((flag for flag in self.flags if flag.point == point), None)


@dataclass(frozen=True)
class _Limits:
    mean: float
    mean_moving_range: float
    lower: float
    upper: float


_SHORT = {Preset.MDC: 12, Preset.NHSRPLOTTHEDOTS: 13}
_PRECEDENCE = (Rule.OUTSIDE_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)


def xmr(
    values: Sequence[float | None] | FloatArray,
    *,
    preset: str,
    improvement_direction: str,
    dates: Sequence[str] | None = None,
    rebase_at: Sequence[int] = (),
    baseline_points: int | None = None,
    frozen_at: int | None = None,
    screen_outliers: bool | None = None,
    target: float | None = None,
    conflict_rule: str = "improvement",
    shift_length: int = 7,
    trend_length: int = 7,
    ghosted: Sequence[int] = (),
) -> XmrChart:
    """An individuals chart of one series.

    Method: mean +- 2.66 x mean moving range in each phase; special causes by four rules (outside the limits, shift,
    trend, two of three). Not for rare events (mean below 5 a period) or strongly seasonal series: the rules then fire
    too seldom or too often. Missing values (None or NaN) and `ghosted` positions are removed before anything else.

    `values` one a period, in order of time; `rebase_at` positions where a new phase starts; `baseline_points` number
    of first points whose limits are extended; `frozen_at` the position from which the phase that holds it keeps the
    limits of its points before; `screen_outliers` drops moving ranges above 3.267 times their mean, once
    (default: off for mdc, on for nhsrplotthedots); `conflict_rule` decides where rules fire on both sides (mdc only).
    `dates` only have to match the values in number.

    Raises ValueError when no value is left, a position lies outside the series or an option is not one of those named.
    Reference: NHS England, Making Data Count SQL v2.5; Nelson (1982) for screening. Example: 1, 2, 1, 2 has mean 1.5,
    mean moving range 1 and limits -1.16 and 4.16.
    """
    if dates is not None and len(dates) != len(values):
        text = "there must be one date for each value"
        raise ValueError(text)
    chosen, direction, rule = Preset(preset), Direction(improvement_direction), _conflict_status(conflict_rule)
    screen = chosen is Preset.NHSRPLOTTHEDOTS if screen_outliers is None else screen_outliers
    series = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    points = _kept(series, ghosted)
    kept = series[points]
    starts, frozen = _starts(points, rebase_at, len(series)), _place(points, frozen_at)
    stretches, limits = _phases(kept, starts, baseline_points, frozen, chosen, screen)
    settings = RuleSettings(shift_length, trend_length, chosen is Preset.MDC, SLACK * max(1.0, np.abs(kept).max()))
    hits = rule_hits(kept, stretches, settings)
    flags = tuple(
        _flag(int(points[place]), found, chosen, direction, rule) for place, found in enumerate(hits) if found
    )
    phases = tuple(
        XmrPhase(int(points[s.start]), int(points[s.stop - 1]), s.stop - s.start, *_numbers(held))
        for s, held in zip(stretches, limits, strict=True)
    )
    last = flags[-1].status if flags and flags[-1].point == points[-1] else Status.COMMON_CAUSE
    return XmrChart(
        preset=chosen,
        phases=phases,
        flags=flags,
        last_point_status=last,
        assurance=_assurance(phases[-1], target, direction, chosen, settings.slack),
        enough_points=len(points) >= POINTS_FOR_CHART,
        short_phases=tuple(i for i, phase in enumerate(phases) if phase.n < _SHORT[chosen]),
        points=tuple(int(point) for point in points),
    )


def _conflict_status(rule: str) -> Status:
    if rule not in (Status.IMPROVEMENT, Status.CONCERN):
        text = f"a conflict is resolved as improvement or concern, not {rule!r}"
        raise ValueError(text)
    return Status(rule)


def _numbers(limits: _Limits) -> tuple[float, float, float, float]:
    return limits.mean, limits.mean_moving_range, limits.lower, limits.upper


def _kept(series: FloatArray, ghosted: Sequence[int]) -> list[int]:
    if any(not 0 <= place < len(series) for place in ghosted):
        text = "a ghosted position lies outside the series"
        raise ValueError(text)
    hidden = set(ghosted)
    kept = [place for place, value in enumerate(series) if np.isfinite(value) and place not in hidden]
    if not kept:
        text = "a chart needs at least one value"
        raise ValueError(text)
    return kept


def _starts(points: list[int], rebase_at: Sequence[int], length: int) -> list[int]:
    """Places among the kept points where a phase starts: the first point at or after each rebase."""
    if any(not 0 <= place < length for place in rebase_at):
        text = "a rebase position lies outside the series"
        raise ValueError(text)
    places = {int(np.searchsorted(points, place)) for place in rebase_at}
    return sorted({0, *places} - {len(points)})


def _place(points: list[int], position: int | None) -> int | None:
    """The place among the kept points of the first one at or after a position."""
    return None if position is None else int(np.searchsorted(points, position))


def _phases(
    kept: FloatArray, starts: list[int], baseline: int | None, frozen: int | None, preset: Preset, screen: bool
) -> tuple[list[Stretch], list[_Limits]]:
    bounds = [*starts, len(kept)]
    spans = [slice(a, b) for a, b in pairwise(bounds)]
    limits = [_limits(kept[span], preset, screen) for span in spans]
    if baseline is not None:
        if not 1 <= baseline <= spans[0].stop:
            text = f"the baseline must be 1 to {spans[0].stop} points, all in the first phase"
            raise ValueError(text)
        spans, limits = _frozen(kept, spans, limits, baseline, preset, screen)
    elif frozen is not None:
        spans, limits = _frozen(kept, spans, limits, frozen, preset, screen)
    pairs = zip(spans, limits, strict=True)
    return [Stretch(span.start, span.stop, held.mean, held.lower, held.upper) for span, held in pairs], limits


def _frozen(
    kept: FloatArray, spans: list[slice], limits: list[_Limits], stop: int, preset: Preset, screen: bool
) -> tuple[list[slice], list[_Limits]]:
    """The phase around `stop` with the limits of its points before it; mdc judges the points from there on apart."""
    at = next((place for place, span in enumerate(spans) if span.start < stop < span.stop), None)
    if at is None:
        return spans, limits
    span = spans[at]
    held = _limits(kept[span.start : stop], preset, screen)
    if preset is Preset.NHSRPLOTTHEDOTS:
        return spans, [*limits[:at], held, *limits[at + 1 :]]
    parts = [slice(span.start, stop), slice(stop, span.stop)]
    return [*spans[:at], *parts, *spans[at + 1 :]], [*limits[:at], held, held, *limits[at + 1 :]]


def _limits(values: FloatArray, preset: Preset, screen: bool) -> _Limits:
    centre = float(values.mean())
    ranges = np.abs(np.diff(values))
    if not len(ranges):
        return _Limits(centre, np.nan, np.nan, np.nan)
    plain = used = float(ranges.mean())
    if screen:
        top = SCREEN_FACTOR * plain
        inside = ranges <= top if preset is Preset.MDC else ranges < top
        used = float(ranges[inside].mean()) if inside.any() else plain
        if preset is Preset.MDC:
            centre = float(values[np.concatenate(([True], inside))].mean())
    return _Limits(centre, plain, centre - LIMIT_FACTOR * used, centre + LIMIT_FACTOR * used)


def _flag(point: int, hits: tuple[RuleHit, ...], preset: Preset, direction: Direction, rule: Status) -> XmrFlag:
    if preset is Preset.NHSRPLOTTHEDOTS:
        hits = (min(hits, key=lambda hit: _PRECEDENCE.index(hit.rule)),)
    sides = {hit.side for hit in hits}
    conflict = len(sides) > 1
    if direction is Direction.NEUTRAL:
        status = Status.NEUTRAL_HIGH if Side.HIGH in sides else Status.NEUTRAL_LOW
    elif conflict:
        status = rule
    else:
        better = Side.HIGH if direction is Direction.INCREASE else Side.LOW
        status = Status.IMPROVEMENT if better in sides else Status.CONCERN
    return XmrFlag(point, hits, status, conflict)


def _assurance(
    phase: XmrPhase, target: float | None, direction: Direction, preset: Preset, slack: float
) -> Assurance | None:
    if target is None or direction is Direction.NEUTRAL or np.isnan(phase.lower_limit):
        return None
    reach = slack if preset is Preset.MDC else -slack
    below, above = target <= phase.lower_limit + reach, target >= phase.upper_limit - reach
    passed, failed = (below, above) if direction is Direction.INCREASE else (above, below)
    if passed:
        return Assurance.PASS
    return Assurance.FAIL if failed else Assurance.HIT_OR_MISS
