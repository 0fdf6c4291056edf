"""Allowing for having looked at several measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class AdjustedP:
    """Adjusted p values in the order given."""

    adjusted: tuple[float, ...]


def adjust_p(*, p: Sequence[float], adjustment: str) -> AdjustedP:
    """P values that allow for the number of comparisons.

    Method: `holm` (step down: the largest so far of (m - i) p(i)) keeps the chance of any false finding, `bh`
    (Benjamini-Hochberg, step up: the smallest so far of m p(i)/i) the share of false findings. Not a cure for choosing
    the measure after seeing the data. Raises ValueError for a p outside 0 to 1 or an unknown adjustment.
    Reference: Holm (1979), Benjamini and Hochberg (1995). Example: holm of .01, .04 is .02, .04.
    """
    values = np.array(p, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        text = "a p value lies between 0 and 1"
        raise ValueError(text)
    if adjustment not in ("holm", "bh"):
        text = f"the adjustment is holm or bh, not {adjustment!r}"
        raise ValueError(text)
    m, order = len(values), np.argsort(values, kind="stable")
    adjusted = np.empty(m)
    if adjustment == "holm":
        adjusted[order] = np.maximum.accumulate((m - np.arange(m)) * values[order])
    else:
        scaled = m / np.arange(1, m + 1) * values[order]
        adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return AdjustedP(tuple(float(value) for value in np.minimum(adjusted, 1)))
