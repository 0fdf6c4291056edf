"""The cost-effectiveness plane: what a point means. The same ratio has opposite meanings in opposite quadrants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.economics.amounts import exact
from analysis.economics.outcomes import quadrant

AXIS = "axis"
VERDICTS = {"SE": "dominant", "NW": "dominated"}


@dataclass(frozen=True)
class PlanePoint:
    """One point: net monetary and net health benefit always, the ICER only where it means something (NE and SW)."""

    quadrant: str
    ratio: float | None
    icer: float | None
    nmb: float
    nhb: float
    verdict: str


@dataclass(frozen=True)
class Plane:
    """Points in the order given."""

    points: tuple[PlanePoint, ...]


def icer_plane(points: Sequence[Mapping[str, float]], threshold: float) -> Plane:
    """Judge points {`incremental_cost`, `incremental_effect`} against a threshold in pounds per unit of outcome.

    Raises ValueError when the threshold is not above zero.
    """
    if threshold <= 0:
        text = "the threshold must be above zero"
        raise ValueError(text)
    return Plane(tuple(_point(one["incremental_cost"], one["incremental_effect"], threshold) for one in points))


def _point(cost: float, effect: float, threshold: float) -> PlanePoint:
    where = quadrant(exact(cost), exact(effect))
    ratio = cost / effect if effect else None
    return PlanePoint(
        quadrant=where,
        ratio=ratio,
        icer=ratio if where in ("NE", "SW") else None,
        nmb=threshold * effect - cost,
        nhb=effect - cost / threshold,
        verdict=_verdict(where, cost, effect, ratio or 0.0, threshold),
    )


def _verdict(where: str, cost: float, effect: float, ratio: float, threshold: float) -> str:
    if where == "NE":
        return "cost_effective" if ratio <= threshold else "not_cost_effective"
    if where == "SW":
        return "saving_acceptable" if ratio >= threshold else "saving_too_small"
    if where == AXIS and cost == effect == 0:
        return "no_difference"
    if where == AXIS:
        return "dominant" if cost <= 0 and effect >= 0 else "dominated"
    return VERDICTS[where]
