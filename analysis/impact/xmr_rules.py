"""The four special-cause rules of NHS charts, exactly as the two tools apply them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import FloatArray

TWO_SIGMA = 2 / 3
"""Two-sigma lines lie at two thirds of the way from the mean to the limits."""


class Rule(StrEnum):
    """Why a point is flagged, in the order Making Data Count lists them."""

    OUTSIDE_LIMITS = "outside_limits"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"


class Side(StrEnum):
    """High: above the mean, or rising. Low: below it, or falling."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class RuleHit:
    """One rule that fired on a point."""

    rule: Rule
    side: Side


@dataclass(frozen=True)
class Stretch:
    """Points `start` to `stop` (not included) judged against one mean and pair of limits."""

    start: int
    stop: int
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class RuleSettings:
    """Lengths of a shift and a trend, whether trends run across phases, and the slack for ties."""

    shift_length: int
    trend_length: int
    trend_across: bool
    slack: float

    def __post_init__(self) -> None:
        if min(self.shift_length, self.trend_length) < 2:
            text = "a shift or trend is at least 2 points long"
            raise ValueError(text)


_Found = Iterator[tuple[int, RuleHit]]
_SIDES = ((1, Side.HIGH), (-1, Side.LOW))


def rule_hits(values: FloatArray, stretches: list[Stretch], settings: RuleSettings) -> list[tuple[RuleHit, ...]]:
    """The rules each point fired, in the order outside limits, shift, trend, two of three, high before low.

    `values` holds no missing value. A tie (within the slack) with the mean or with a neighbour breaks a run.
    """
    found: list[set[RuleHit]] = [set() for _ in values]
    for stretch in stretches:
        for place, hit in _in_stretch(values, stretch, settings):
            found[place].add(hit)
    spans = [(0, len(values))] if settings.trend_across else [(s.start, s.stop) for s in stretches]
    for start, stop in spans:
        for place, hit in _trends(values[start:stop], settings):
            found[start + place].add(hit)
    rules, sides = list(Rule), list(Side)
    return [tuple(sorted(hits, key=lambda hit: (rules.index(hit.rule), sides.index(hit.side)))) for hits in found]


def _in_stretch(values: FloatArray, stretch: Stretch, settings: RuleSettings) -> _Found:
    part = values[stretch.start : stretch.stop]
    for kind in (_outside, _shifts, _two_of_three):
        for place, hit in kind(part, stretch, settings):
            yield stretch.start + place, hit


def _signs(differences: FloatArray, slack: float) -> NDArray[np.int_]:
    return np.where(differences > slack, 1, np.where(differences < -slack, -1, 0))


def _outside(part: FloatArray, stretch: Stretch, settings: RuleSettings) -> _Found:
    for place, value in enumerate(part):
        if value > stretch.upper + settings.slack:
            yield place, RuleHit(Rule.OUTSIDE_LIMITS, Side.HIGH)
        elif value < stretch.lower - settings.slack:
            yield place, RuleHit(Rule.OUTSIDE_LIMITS, Side.LOW)


def _shifts(part: FloatArray, stretch: Stretch, settings: RuleSettings) -> _Found:
    signs = _signs(part - stretch.mean, settings.slack)
    for start, stop, sign in runs(signs):
        if sign and stop - start >= settings.shift_length:
            for place in range(start, stop):
                yield place, RuleHit(Rule.SHIFT, Side.HIGH if sign > 0 else Side.LOW)


def _trends(part: FloatArray, settings: RuleSettings) -> _Found:
    for start, stop, sign in runs(_signs(np.diff(part), settings.slack)):
        if sign and stop - start >= settings.trend_length - 1:
            for place in range(start, stop + 1):
                yield place, RuleHit(Rule.TREND, Side.HIGH if sign > 0 else Side.LOW)


def _two_of_three(part: FloatArray, stretch: Stretch, settings: RuleSettings) -> _Found:
    signs = _signs(part - stretch.mean, settings.slack)
    warning = {1: TWO_SIGMA * (stretch.upper - stretch.mean), -1: TWO_SIGMA * (stretch.mean - stretch.lower)}
    limit = {1: stretch.upper - stretch.mean, -1: stretch.mean - stretch.lower}
    for sign, side in _SIDES:
        far = sign * (part - stretch.mean)
        near_limit = (far > warning[sign] + settings.slack) & (far <= limit[sign] + settings.slack)
        if near_limit.sum() < 2:
            continue
        for start in range(len(part) - 2):
            window = slice(start, start + 3)
            if (signs[window] == sign).all() and near_limit[window].sum() >= 2:
                for place in np.flatnonzero(near_limit[window]):
                    yield start + int(place), RuleHit(Rule.TWO_OF_THREE, side)


def runs(signs: NDArray[np.int_]) -> Iterator[tuple[int, int, int]]:
    """Stretches of equal sign as (start, stop, sign), stop not included."""
    if not len(signs):
        return
    edges = [0, *(int(place) + 1 for place in np.flatnonzero(np.diff(signs))), len(signs)]
    for start, stop in pairwise(edges):
        yield start, stop, int(signs[start])
