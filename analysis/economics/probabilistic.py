"""Several options under uncertainty: acceptability, its frontier, the value of information, and one pair on the plane.

Conventions where programs differ: net benefits within 1e-9 of each other tie; a tied draw goes to the option listed
first, and does not count as cost-effective in a pair. The acceptability frontier is the probability of the option that
is best on average, not of the one most often best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import FloatArray
from analysis.economics.frontier import TIE, FrontierOption, frontier
from analysis.economics.icer_plane import icer_plane

QUADRANTS = ("NE", "NW", "SE", "SW")
Table = Sequence[Sequence[float]] | FloatArray


@dataclass(frozen=True)
class AtThreshold:
    """All options at one threshold (pounds per unit of outcome): means, shares of draws, the worth of certainty."""

    threshold: float
    mean_nmb: tuple[float, ...]
    p_best: tuple[float, ...]
    optimal: str
    ceaf: float
    evpi: float
    draws_tied: int


@dataclass(frozen=True)
class PairAtThreshold:
    """One option against the reference at one threshold."""

    threshold: float
    eib: float
    p_cost_effective: float
    evpi: float
    draws_tied: int


@dataclass(frozen=True)
class Pair:
    """One option against the reference: mean increments, their ratio where it means something, draws per quadrant."""

    incremental_cost: float
    incremental_effect: float
    icer: float | None
    quadrants: dict[str, int]
    by_threshold: tuple[PairAtThreshold, ...]


@dataclass(frozen=True)
class Probabilistic:
    """Means of costs and effects, the frontier of the means, each threshold, and the pair if one was asked for."""

    mean_costs: tuple[float, ...]
    mean_effects: tuple[float, ...]
    frontier: tuple[FrontierOption, ...]
    by_threshold: tuple[AtThreshold, ...]
    pair: Pair | None


def probabilistic(
    options: Sequence[str],
    costs: Table,
    effects: Table,
    thresholds: Sequence[float],
    pair: Mapping[str, str] | None = None,
) -> Probabilistic:
    """Compare options over draws; `costs` and `effects` are draws x options, pounds and units of outcome.

    Raises ValueError when the tables do not fit the options.
    """
    cost, effect = np.asarray(costs, dtype=np.float64), np.asarray(effects, dtype=np.float64)
    if cost.shape != effect.shape or cost.ndim != 2 or cost.shape[1] != len(options):
        text = "costs and effects need one column for each option and the same draws"
        raise ValueError(text)
    means = (cost.mean(axis=0), effect.mean(axis=0))
    listed = [{"name": n, "cost": c, "effect": e} for n, c, e in zip(options, *means, strict=True)]
    return Probabilistic(
        mean_costs=tuple(means[0].tolist()),
        mean_effects=tuple(means[1].tolist()),
        frontier=frontier(listed).options,
        by_threshold=tuple(_at(options, cost, effect, float(value)) for value in thresholds),
        pair=_pair(list(options), cost, effect, thresholds, pair) if pair else None,
    )


def _at(options: Sequence[str], cost: FloatArray, effect: FloatArray, threshold: float) -> AtThreshold:
    worth = threshold * effect - cost
    best = worth.max(axis=1)
    near = worth >= best[:, None] - TIE
    shares = np.bincount(near.argmax(axis=1), minlength=len(options)) / len(worth)
    means = worth.mean(axis=0)
    top = int(np.argmax(means >= means.max() - TIE))
    return AtThreshold(
        threshold=threshold,
        mean_nmb=tuple(means.tolist()),
        p_best=tuple(shares.tolist()),
        optimal=options[top],
        ceaf=float(shares[top]),
        evpi=float(best.mean() - means.max()),
        draws_tied=int((near.sum(axis=1) > 1).sum()),
    )


def _pair(
    options: list[str], cost: FloatArray, effect: FloatArray, thresholds: Sequence[float], pair: Mapping[str, str]
) -> Pair:
    new, old = options.index(pair["option"]), options.index(pair["reference"])
    more_cost, more_effect = cost[:, new] - cost[:, old], effect[:, new] - effect[:, old]
    mean_cost, mean_effect = float(more_cost.mean()), float(more_effect.mean())
    return Pair(
        incremental_cost=mean_cost,
        incremental_effect=mean_effect,
        icer=icer_plane([{"incremental_cost": mean_cost, "incremental_effect": mean_effect}], 1.0).points[0].icer,
        quadrants=_quadrants(more_cost, more_effect),
        by_threshold=tuple(_pair_at(more_cost, more_effect, float(value)) for value in thresholds),
    )


def _quadrants(cost: FloatArray, effect: FloatArray) -> dict[str, int]:
    north, east = cost > TIE, effect > TIE
    south, west = cost < -TIE, effect < -TIE
    sides = {"N": north, "S": south, "E": east, "W": west}
    return {name: int((sides[name[0]] & sides[name[1]]).sum()) for name in QUADRANTS}


def _pair_at(cost: FloatArray, effect: FloatArray, threshold: float) -> PairAtThreshold:
    gain = threshold * effect - cost
    mean = float(gain.mean())
    return PairAtThreshold(
        threshold=threshold,
        eib=mean,
        p_cost_effective=float(np.mean(gain > TIE)),
        evpi=float(np.maximum(gain, 0.0).mean() - max(mean, 0.0)),
        draws_tied=int((np.abs(gain) <= TIE).sum()),
    )
