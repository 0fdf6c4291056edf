"""How often the rules of a chart find a signal although nothing changed: simulated, so that a signal can be weighed.

Independent normal values; four rules of Making Data Count. Values that are alike or follow the seasons alarm far more
often (`benchmarks/README.md`).
"""

from __future__ import annotations

import numpy as np

_OWN_LIMITS = ((15, 0.069), (24, 0.159), (36, 0.256))
"""Chance of any flag among n values judged by their own limits."""

_AFTER = (0, 3, 6, 12, 24, 36)
_FROZEN = {
    7: (0.0, 0.112, 0.174, 0.362, 0.535, 0.634),
    12: (0.0, 0.061, 0.118, 0.257, 0.449, 0.559),
    24: (0.0, 0.036, 0.066, 0.200, 0.355, 0.463),
    36: (0.0, 0.021, 0.050, 0.154, 0.320, 0.433),
}
"""Chance of any flag among so many values after launch, judged by frozen limits from 7, 12, 24 or 36 before."""


def false_alarm_share(points: int) -> float:
    """How many charts in one show a signal without any change, by their number of points (interpolated)."""
    sizes, shares = zip(*_OWN_LIMITS, strict=True)
    return float(np.interp(points, (0, *sizes, 60), (0.0, *shares, 0.42)))


def frozen_alarm_share(n_before: int, n_after: int) -> float:
    """How many charts in one show a signal after launch without any change, limits frozen at launch (interpolated)."""
    by_baseline = [float(np.interp(n_after, _AFTER, shares)) for shares in _FROZEN.values()]
    return float(np.interp(n_before, list(_FROZEN), by_baseline))
