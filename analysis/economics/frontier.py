"""Which of several options are worth considering: dominance, extended dominance, and ICERs along the frontier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

ON_FRONTIER, DOMINATED, EXTENDED = "on_frontier", "dominated", "extended_dominated"
TIE = 1e-9
"""Net benefits, costs and effects nearer than this are held equal."""


@dataclass(frozen=True)
class FrontierOption:
    """One option: where it stands, and its increments over the option before it on the frontier (None off it)."""

    name: str
    status: str
    incremental_cost: float | None = None
    incremental_effect: float | None = None
    icer: float | None = None


@dataclass(frozen=True)
class Frontier:
    """The frontier by rising cost, then the rest by rising cost."""

    options: tuple[FrontierOption, ...]


@dataclass(frozen=True)
class _Point:
    name: str
    cost: float
    effect: float


def frontier(options: Sequence[Mapping[str, Any]]) -> Frontier:
    """Compare options fully incrementally; `options` hold `name`, `cost` and `effect`.

    Dominated: another is no dearer and no worse (the first listed of two equals stays). Extended dominated: its ICER
    is strictly above that of the next dearer option. Source: the fully incremental analysis of the NICE reference case.
    """
    points = [_Point(str(one["name"]), float(one["cost"]), float(one["effect"])) for one in options]
    kept = [point for at, point in enumerate(points) if not _is_dominated(at, points)]
    kept.sort(key=lambda point: point.cost)
    standing, extended = _without_extended(kept)
    on = [
        FrontierOption(point.name, ON_FRONTIER, *_steps(standing[at - 1], point) if at else ())
        for at, point in enumerate(standing)
    ]
    names = {point.name for point in extended}
    held = {point.name for point in standing}
    rest = sorted((point for point in points if point.name not in held), key=lambda point: point.cost)
    off = [FrontierOption(point.name, EXTENDED if point.name in names else DOMINATED) for point in rest]
    return Frontier((*on, *off))


def _is_dominated(at: int, points: Sequence[_Point]) -> bool:
    mine = points[at]
    return any(
        other.cost <= mine.cost
        and other.effect >= mine.effect
        and ((other.cost, other.effect) != (mine.cost, mine.effect) or place < at)
        for place, other in enumerate(points)
        if place != at
    )


def _without_extended(kept: Sequence[_Point]) -> tuple[list[_Point], list[_Point]]:
    """Drop options until the ICERs rise; returns the frontier and what was dropped."""
    standing = list(kept)
    dropped: list[_Point] = []
    while True:
        ratios = [_steps(a, b)[2] for a, b in pairwise(standing)]
        worst = next((at for at in range(len(ratios) - 1) if ratios[at] > ratios[at + 1]), None)
        if worst is None:
            return standing, dropped
        dropped.append(standing.pop(worst + 1))


def _steps(before: _Point, after: _Point) -> tuple[float, float, float]:
    cost, effect = after.cost - before.cost, after.effect - before.effect
    return cost, effect, cost / effect
