"""Cheaper but slower: what contacts, minutes and the hourly rate each did to the cost of a client."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations


@dataclass(frozen=True)
class Parts:
    """What each factor added to the cost per client, pounds; they sum to the change."""

    contacts: float
    minutes: float
    rate: float


@dataclass(frozen=True)
class Efficiency:
    """Cost per client and per contact before and after, what made the difference, and where it would break even."""

    cost_per_client_before: float
    cost_per_client_after: float
    change: float
    parts: Parts
    parts_shapley: Parts
    time_ratio: float | None
    break_even_time_ratio: float | None
    break_even_minutes: float | None
    break_even_contacts: float | None
    cost_per_contact_before: float
    cost_per_contact_after: float


Factors = tuple[float, float, float]


def efficiency(before: Mapping[str, float], after: Mapping[str, float]) -> Efficiency:
    """Split the change in cost per client (contacts x minutes x hourly rate / 60) into its three factors.

    Logarithmic mean Divisia index, which sums exactly; the Shapley average where a factor is zero. Cheaper staff save
    only if the time per client grows by less than the rate fell: (n1 t1)/(n0 t0) < h0/h1.
    """
    old, new = _factors(before), _factors(after)
    cost0, cost1 = _cost(old), _cost(new)
    shapley = Parts(*_shapley(old, new))
    n0, t0, h0 = old
    n1, t1, h1 = new
    return Efficiency(
        cost_per_client_before=cost0,
        cost_per_client_after=cost1,
        change=cost1 - cost0,
        parts=shapley if min(*old, *new) <= 0 else Parts(*_divisia(old, new, cost0, cost1)),
        parts_shapley=shapley,
        time_ratio=n1 * t1 / (n0 * t0) if n0 * t0 else None,
        break_even_time_ratio=h0 / h1 if h1 else None,
        break_even_minutes=60 * cost0 / (n1 * h1) if n1 * h1 else None,
        break_even_contacts=60 * cost0 / (t1 * h1) if t1 * h1 else None,
        cost_per_contact_before=t0 * h0 / 60,
        cost_per_contact_after=t1 * h1 / 60,
    )


def _factors(side: Mapping[str, float]) -> Factors:
    return (side["contacts_per_client"], side["minutes_per_contact"], side["rate_per_hour"])


def _cost(factors: Factors) -> float:
    return math.prod(factors) / 60


def _divisia(old: Factors, new: Factors, cost0: float, cost1: float) -> list[float]:
    mean = cost0 if cost0 == cost1 else (cost1 - cost0) / math.log(cost1 / cost0)
    return [mean * math.log(b / a) for a, b in zip(old, new, strict=True)]


def _shapley(old: Factors, new: Factors) -> list[float]:
    parts = [0.0, 0.0, 0.0]
    orders = list(permutations(range(3)))
    for order in orders:
        held = list(old)
        for which in order:
            was = math.prod(held)
            held[which] = new[which]
            parts[which] += (math.prod(held) - was) / 60 / len(orders)
    return parts
