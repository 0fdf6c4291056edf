"""Segmented regression of one interrupted series, alone or beside a comparator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, isnan, nan, sqrt

import numpy as np

from analysis.arrays import FloatArray
from analysis.beyond import over, power_of_e
from analysis.distributions import Z95, chi_square_upper, normal_two_sided, t_quantile, t_two_sided
from analysis.impact.interrupted_design import SEASON, Columns, Model, Values, model_of
from analysis.impact.regression import (
    BOUNDARY,
    Fit,
    autoregressive,
    newey_west,
    ordinary,
    poisson,
    prais_winsten,
)

_EXACT = 1e-20
"""Residual squares this small against those of the values are rounding: the line fits exactly."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; the ratios are NaN unless the model is on the log scale."""

    estimate: float
    se: float
    ci_lower: float
    ci_upper: float
    p: float
    ratio: float
    ratio_lower: float
    ratio_upper: float


@dataclass(frozen=True)
class EffectAt(Estimate):
    """The effect in one period after launch, 0 the first."""

    period: int


@dataclass(frozen=True)
class Cumulative(Estimate):
    """The effect summed over the first periods after launch."""

    periods: int


@dataclass(frozen=True)
class EventsAverted:
    """Events after launch against those expected without it; averted is below 0 when there were more."""

    periods: int
    observed: float
    fitted: float
    counterfactual: float
    averted: float
    averted_lower: float
    averted_upper: float


@dataclass(frozen=True)
class BreuschGodfrey:
    """A test of autocorrelation of the residuals, order 1."""

    statistic: float
    p: float


@dataclass(frozen=True)
class InterruptedSeries:
    """A fitted interrupted series. `coefficients` holds an Estimate by name, `season` a list of them."""

    coefficients: dict[str, Estimate | tuple[Estimate, ...]]
    post_slope: Estimate | None
    effects: tuple[EffectAt, ...]
    cumulative: tuple[Cumulative, ...]
    n: int
    n_before: int
    n_after: int
    df: int
    dispersion: float
    deviance: float
    trend_ratio_per_season: float
    events: EventsAverted | None
    rho: float
    rho_at_boundary: bool
    durbin_watson: float
    breusch_godfrey: BreuschGodfrey | None
    residual_autocorrelation: float


def interrupted_series(
    *,
    values: Values,
    launch: int,
    family: str,
    errors: str,
    exposure: Values | None = None,
    lag: int | None = None,
    trend: bool = True,
    slope_change: bool = True,
    slope_origin: int | None = None,
    time_origin: int = 0,
    season_pairs: int = 0,
    season_indicators: bool = False,
    season_start: int = 1,
    season_period: int = 12,
    transform: str = "none",
    excluded: Sequence[int] = (),
    comparator: Mapping[str, Values] | None = None,
    effect_at: Sequence[int] = (),
    cumulative_over: Sequence[int] = (),
) -> InterruptedSeries:
    """By how much level and slope changed at a known date, given the trend before it.

    Method: intercept + trend T + level change X + slope change X (t - origin) + season, Poisson with offset
    (`errors` model or quasi) or normal (model, newey_west, ar1_ml, ar1_reml, prais_winsten). Level change is the jump
    at the first point after launch. With a comparator both are fitted together; `*_difference` is the main series
    minus the comparator. Not below 8 points a phase, nor for a launch date chosen after looking.

    `values` one a period, missing ones and `excluded` positions dropped while time goes on counting; `launch` the
    position of the first point after launch. Raises ValueError for an unknown option or too few points.
    Reference: Lopez Bernal (2017), Linden (2015). Example: 1, 2, 3, 14, 15, 16 with launch 3 has trend 1, level
    change 10 and slope change 0.
    """
    if (family, errors) not in _FITTERS or transform not in ("none", "log"):
        text = f"no such model: {family}, {errors}, {transform}"
        raise ValueError(text)
    columns = Columns(
        launch,
        trend,
        slope_change,
        launch if slope_origin is None else slope_origin,
        time_origin,
        season_pairs,
        season_indicators,
        season_start,
        season_period,
    )
    model = model_of(columns, values, exposure, comparator, excluded)
    if transform == "log":
        model = replace(model, y=_logs(model.y))
    _check(model, family)
    asked = _Asked(family, errors, transform, comparator is None, columns)
    return _result(model, _FITTERS[family, errors](model, lag), asked, effect_at, cumulative_over)


@dataclass(frozen=True)
class _Asked:
    """What the caller chose."""

    family: str
    errors: str
    transform: str
    is_single: bool
    columns: Columns

    @property
    def is_poisson(self) -> bool:
        """Whether counts are modelled on the log scale."""
        return self.family == "poisson"


def _result(
    model: Model, fit: Fit, asked: _Asked, effect_at: Sequence[int], cumulative_over: Sequence[int]
) -> InterruptedSeries:
    reader = _Reader(model, fit, on_log_scale=asked.is_poisson or asked.transform == "log")
    trend, slope = asked.columns.trend, asked.columns.slope_change
    both = {"trend": 1.0, "slope_change": 1.0}
    plain = ordinary(model.x, model.y)
    return InterruptedSeries(
        coefficients=reader.coefficients(),
        post_slope=reader.contrast(both) if asked.is_single and trend and slope else None,
        effects=tuple(EffectAt(**vars(reader.contrast(_at(j, slope))), period=j) for j in effect_at),
        cumulative=tuple(Cumulative(**vars(reader.contrast(_sum(n, slope))), periods=n) for n in cumulative_over),
        n=len(model.y),
        n_before=int((model.is_main * (1 - model.is_after)).sum()),
        n_after=int((model.is_main * model.is_after).sum()),
        df=len(model.y) - model.x.shape[1],
        dispersion=fit.dispersion,
        deviance=fit.deviance,
        trend_ratio_per_season=_yearly(reader, asked) if asked.is_poisson and asked.is_single and trend else nan,
        events=_events(reader) if asked.is_poisson and asked.is_single and not slope else None,
        rho=fit.rho,
        rho_at_boundary=isfinite(fit.rho) and abs(fit.rho) > BOUNDARY,
        durbin_watson=_durbin_watson(fit.transformed if asked.errors == "prais_winsten" else plain.residuals),
        breusch_godfrey=None if asked.is_poisson else _breusch_godfrey(model, plain.residuals),
        residual_autocorrelation=_lag_one(fit.residuals if asked.is_poisson else plain.residuals),
    )


_FITTERS: dict[tuple[str, str], Callable[[Model, int | None], Fit]] = {
    ("poisson", "model"): lambda m, _: poisson(m.x, m.y, m.exposure, quasi=False),
    ("poisson", "quasi"): lambda m, _: poisson(m.x, m.y, m.exposure, quasi=True),
    ("normal", "model"): lambda m, _: ordinary(m.x, m.y),
    ("normal", "newey_west"): lambda m, lag: newey_west(m.x, m.y, lag),
    ("normal", "ar1_ml"): lambda m, _: autoregressive(m.x, m.y, restricted=False),
    ("normal", "ar1_reml"): lambda m, _: autoregressive(m.x, m.y, restricted=True),
    ("normal", "prais_winsten"): lambda m, _: prais_winsten(m.x, m.y),
}
"""Family and errors of a case to the function that fits it."""


class _Reader:
    """Reads estimates and their intervals off a fit."""

    def __init__(self, model: Model, fit: Fit, *, on_log_scale: bool) -> None:
        self.model = model
        self.fit = fit
        self._log = on_log_scale

    def coefficients(self) -> dict[str, Estimate | tuple[Estimate, ...]]:
        """Every coefficient by name, those of the season as a list."""
        found: dict[str, Estimate | tuple[Estimate, ...]] = {}
        identity = np.eye(len(self.model.names))
        for name, row in zip(self.model.names, identity, strict=True):
            if name != SEASON:
                found[name] = self._estimate(row)
        pairs = zip(self.model.names, identity, strict=True)
        if season := tuple(self._estimate(row) for name, row in pairs if name == SEASON):
            found[SEASON] = season
        return found

    def contrast(self, weights: Mapping[str, float]) -> Estimate:
        """A weighted sum of coefficients; with a comparator, of the differences."""
        names = {name.removesuffix("_difference"): place for place, name in enumerate(self.model.names)}
        row = np.zeros(len(self.model.names))
        for name, weight in weights.items():
            row[names[name]] = weight
        return self._estimate(row)

    def _estimate(self, row: FloatArray) -> Estimate:
        value = float(row @ self.fit.coefficients)
        se = sqrt(max(0.0, float(row @ self.fit.covariance @ row)))
        by_z = isnan(self.fit.df)
        half = (Z95 if by_z else t_quantile(0.975, self.fit.df)) * se
        score = value / se if se else nan
        p = normal_two_sided(score) if by_z else t_two_sided(score, self.fit.df)
        ends = (value, value - half, value + half)
        ratios = [power_of_e(end) for end in ends] if self._log else [nan, nan, nan]
        return Estimate(value, se, ends[1], ends[2], p, ratios[0], ratios[1], ratios[2])


def _at(period: int, slope: bool) -> dict[str, float]:
    return {"level_change": 1, "slope_change": period} if slope else {"level_change": 1}


def _sum(periods: int, slope: bool) -> dict[str, float]:
    whole = {"level_change": float(periods)}
    return whole | {"slope_change": periods * (periods - 1) / 2} if slope else whole


def _logs(y: FloatArray) -> FloatArray:
    if (y <= 0).any():
        text = "logs need values above 0"
        raise ValueError(text)
    return np.asarray(np.log(y), dtype=np.float64)


def _check(model: Model, family: str) -> None:
    if len(model.y) <= model.x.shape[1]:
        text = "too few points for this model"
        raise ValueError(text)
    if family == "poisson" and ((model.y < 0).any() or (model.exposure <= 0).any()):
        text = "counts cannot be negative and an exposure must be above 0"
        raise ValueError(text)


def _yearly(reader: _Reader, asked: _Asked) -> float:
    return power_of_e(asked.columns.season_period * reader.contrast({"trend": 1}).estimate)


def _events(reader: _Reader) -> EventsAverted:
    """Events averted = observed after launch x (1/ratio - 1), with the limits of the ratio."""
    after = reader.model.is_after > 0
    observed, fitted = float(reader.model.y[after].sum()), float(reader.fit.fitted[after].sum())
    level = reader.contrast({"level_change": 1})
    return EventsAverted(
        periods=int(after.sum()),
        observed=observed,
        fitted=fitted,
        counterfactual=over(fitted, level.ratio),
        averted=over(observed, level.ratio) - observed,
        averted_lower=over(observed, level.ratio_upper) - observed,
        averted_upper=over(observed, level.ratio_lower) - observed,
    )


def _durbin_watson(e: FloatArray) -> float:
    squares = float(e @ e)
    return float((np.diff(e) ** 2).sum()) / squares if squares > 0 else nan


def _breusch_godfrey(model: Model, e: FloatArray) -> BreuschGodfrey:
    squares = float(e @ e)
    if len(e) <= model.x.shape[1] + 1 or squares <= _EXACT * float(model.y @ model.y):
        return BreuschGodfrey(nan, nan)
    lagged = np.concatenate([[0.0], e[:-1]])
    left = ordinary(np.column_stack([model.x, lagged]), e).residuals
    statistic = len(e) * (1 - float(left @ left) / squares)
    return BreuschGodfrey(statistic, chi_square_upper(statistic, 1))


def _lag_one(e: FloatArray) -> float:
    squares = float(e @ e)
    return float(e[1:] @ e[:-1]) / squares if squares > 0 else nan
