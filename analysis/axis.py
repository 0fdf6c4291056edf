"""Where ticks and labels stand, without Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice_ticks(low: float, high: float, wanted: int = 7) -> tuple[float, ...]:
    """Between five and about eight round values that lie inside low to high."""
    span = (high - low) or abs(high) or 1.0
    rough = span / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(at * step, 10) for at in range(first, last + 1))


def tick_decimals(ticks: Sequence[float]) -> int:
    """The fewest decimals that write every tick exactly (up to six)."""
    return next((places for places in range(7) if all(abs(round(t, places) - t) < 1e-9 for t in ticks)), 6)


def label_every(count: int, most: int = 9) -> int:
    """Every how many periods one is labelled: 1, 2, 3, 6, 12 or more, so that months stay quarters and years."""
    for step in (1, 2, 3, 6, 12, 24, 36, 60, 120):
        if count <= step * most:
            return step
    return math.ceil(count / most)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved apart until neighbours are `gap` away, in their order, inside low to high where that can be."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved = [places[at] for at in order]
    for at in range(1, len(moved)):
        moved[at] = max(moved[at], moved[at - 1] + gap)
    if moved and moved[-1] > high:
        moved[-1] = high
        for at in range(len(moved) - 2, -1, -1):
            moved[at] = min(moved[at], moved[at + 1] - gap)
    if moved and moved[0] < low:
        moved = [place + (low - moved[0]) for place in moved]
    result = [0.0] * len(places)
    for at, place in zip(order, moved, strict=True):
        result[at] = place
    return result
