"""The design matrix of an interrupted series: level, trend, change at launch, season, and a comparator beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import FloatArray

Values = Sequence[float | None]
SEASON = "season"


@dataclass(frozen=True)
class Columns:
    """Which terms the model has and from where time is counted."""

    launch: int
    trend: bool
    slope_change: bool
    slope_origin: int
    time_origin: int
    season_pairs: int
    season_indicators: bool
    season_start: int
    season_period: int

    def of(self, time: FloatArray) -> dict[str, FloatArray]:
        """The terms of one series by name, season left out."""
        step = (time >= self.launch).astype(np.float64)
        terms = {"intercept": np.ones_like(time)}
        if self.trend:
            terms["trend"] = time + self.time_origin
        terms["level_change"] = step
        if self.slope_change:
            terms["slope_change"] = step * (time - self.slope_origin)
        return terms

    def season(self, time: FloatArray) -> list[FloatArray]:
        """All sines, then all cosines, or one indicator for each season but the first."""
        number = self.season_start + time
        if self.season_indicators:
            own = (number - 1) % self.season_period + 1
            return [(own == season).astype(np.float64) for season in range(2, self.season_period + 1)]
        angles = [2 * np.pi * k * number / self.season_period for k in range(1, self.season_pairs + 1)]
        return [np.sin(angle) for angle in angles] + [np.cos(angle) for angle in angles]


@dataclass(frozen=True)
class Model:
    """Design matrix with a name for each column, outcome, exposure, and the rows of the main series after launch."""

    x: FloatArray
    y: FloatArray
    exposure: FloatArray
    names: tuple[str, ...]
    is_main: FloatArray
    is_after: FloatArray


@dataclass(frozen=True)
class _Rows:
    time: FloatArray
    y: FloatArray
    exposure: FloatArray


def model_of(
    columns: Columns,
    values: Values,
    exposure: Values | None,
    comparator: Mapping[str, Values] | None,
    excluded: Sequence[int],
) -> Model:
    """The rows of one series, or of both stacked, the main one first."""
    main = _rows(values, exposure, excluded)
    terms = columns.of(main.time)
    if comparator is None:
        season = columns.season(main.time)
        names = (*terms, *[SEASON] * len(season))
        x = np.column_stack([*terms.values(), *season])
        return Model(x, main.y, main.exposure, names, np.ones(len(x)), terms["level_change"])
    other = _rows(comparator["values"], comparator.get("exposure"), excluded)
    base = np.column_stack(
        [np.concatenate([a, b]) for a, b in zip(terms.values(), columns.of(other.time).values(), strict=True)]
    )
    is_main = np.concatenate([np.ones(len(main.y)), np.zeros(len(other.y))])
    names = (*(f"comparator_{name}" for name in terms), *(f"{name}_difference" for name in terms))
    step = base[:, list(terms).index("level_change")]
    return Model(
        np.column_stack([base, base * is_main[:, None]]),
        np.concatenate([main.y, other.y]),
        np.concatenate([main.exposure, other.exposure]),
        names,
        is_main,
        step,
    )


def _rows(values: Values, exposure: Values | None, excluded: Sequence[int]) -> _Rows:
    y = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    size = np.ones_like(y) if exposure is None else np.array([np.nan if e is None else e for e in exposure])
    if len(size) != len(y):
        text = "there must be one exposure for each value"
        raise ValueError(text)
    keep = np.isfinite(y) & np.isfinite(size) & ~np.isin(np.arange(len(y)), list(excluded))
    return _Rows(np.flatnonzero(keep).astype(np.float64), y[keep], size[keep])
