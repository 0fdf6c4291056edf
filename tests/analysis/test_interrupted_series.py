from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.impact.difference_in_differences import difference_in_differences
from analysis.impact.interrupted_series import Estimate, InterruptedSeries, interrupted_series
from analysis.impact.pool import pool
from analysis.impact.rate_chart import rate_chart

RNG = np.random.default_rng(7)
NOISE = RNG.normal(0, 1, 48)


def estimate(found: InterruptedSeries, name: str) -> Estimate:
    held = found.coefficients[name]
    assert isinstance(held, Estimate)
    return held


def stepped(level: float, slope: float = 0.0) -> list[float]:
    time = np.arange(48)
    after = time >= 24
    return [float(v) for v in 100 + 0.5 * time + level * after + slope * after * (time - 24) + NOISE]


def test_a_jump_by_hand_is_found_exactly() -> None:
    found = interrupted_series(values=[1, 2, 3, 14, 15.5, 15.5], launch=3, family="normal", errors="model")
    assert estimate(found, "trend").estimate == pytest.approx(1)
    assert estimate(found, "level_change").estimate == pytest.approx(10.25)


@pytest.mark.parametrize("errors", ["model", "newey_west", "ar1_ml", "ar1_reml", "prais_winsten"])
def test_every_error_structure_finds_a_known_jump(errors: str) -> None:
    found = interrupted_series(values=stepped(-12), launch=24, family="normal", errors=errors)
    level = estimate(found, "level_change")
    assert level.ci_lower < -12 < level.ci_upper
    assert level.p < 0.001


def test_a_known_change_of_slope_is_found_and_summed() -> None:
    found = interrupted_series(
        values=stepped(0, -0.8), launch=24, family="normal", errors="model", effect_at=[0, 10], cumulative_over=[11]
    )
    level, slope = estimate(found, "level_change").estimate, estimate(found, "slope_change").estimate
    assert slope == pytest.approx(-0.8, abs=0.1)
    assert found.effects[1].estimate == pytest.approx(level + 10 * slope)
    assert found.cumulative[0].estimate == pytest.approx(11 * level + 55 * slope)


def test_excluded_points_are_dropped_and_time_goes_on_counting() -> None:
    values: list[float | None] = [float(v) for v in range(20)]
    values[10] = 500.0
    found = interrupted_series(values=values, launch=10, family="normal", errors="model", excluded=[10])
    holed = interrupted_series(values=[*values[:10], None, *values[11:]], launch=10, family="normal", errors="model")
    assert estimate(found, "trend").estimate == pytest.approx(1)
    assert found.n_after == holed.n_after == 9


def test_a_rate_that_halves_has_a_ratio_of_one_half() -> None:
    found = interrupted_series(
        values=[200] * 12 + [100] * 12,
        exposure=[1000] * 24,
        launch=12,
        family="poisson",
        errors="quasi",
        trend=False,
        slope_change=False,
    )
    assert estimate(found, "level_change").ratio == pytest.approx(0.5)
    assert found.events is not None
    assert found.events.averted == pytest.approx(1200)


def test_a_comparator_that_moves_alike_leaves_no_difference() -> None:
    found = interrupted_series(
        values=stepped(-12), launch=24, family="normal", errors="model", comparator={"values": stepped(-12)}
    )
    assert estimate(found, "comparator_level_change").estimate == pytest.approx(-12, abs=3)
    assert estimate(found, "level_change_difference").estimate == pytest.approx(0, abs=1e-9)


def test_drift_that_looks_like_a_jump_is_reported_as_such() -> None:
    walk = np.cumsum(np.random.default_rng(3).normal(0, 1, 60))
    found = interrupted_series(values=[float(v) for v in walk], launch=30, family="normal", errors="ar1_ml")
    assert found.rho > 0.5
    assert math.isfinite(found.breusch_godfrey.p if found.breusch_godfrey else math.nan)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"family": "gamma", "errors": "model"}, "no such model"),
        ({"family": "poisson", "errors": "newey_west"}, "no such model"),
        ({"family": "normal", "errors": "model", "launch": 47}, "too few points"),
        ({"family": "normal", "errors": "model", "exposure": [1.0]}, "one exposure"),
    ],
)
def test_a_model_that_cannot_be_fitted_is_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        interrupted_series(**({"values": stepped(0), "launch": 24} | options))  # type: ignore[arg-type]  # bad on purpose


def test_difference_in_differences_by_hand() -> None:
    treated = {"before": {"mean": 10.0}, "after": {"mean": 7.0}}
    comparator = {"before": {"mean": 10.0}, "after": {"mean": 9.0}}
    found = difference_in_differences(design="means", treated=treated, comparator=comparator)
    assert found.estimate == -2
    assert math.isnan(found.se)


def test_counts_in_four_cells_give_a_ratio_of_ratios() -> None:
    cell = {"count": 100.0, "exposure": 10.0}
    found = difference_in_differences(
        design="counts",
        treated={"before": cell, "after": cell | {"count": 50.0}},
        comparator={"before": cell, "after": cell},
    )
    assert found.ratio == pytest.approx(0.5)
    assert found.ratio_lower < 0.5 < found.ratio_upper


def test_two_equal_places_pool_to_their_mean() -> None:
    found = pool(estimates=[1, 3], variances=[1, 1], model="fixed")
    assert found.estimate == 2
    assert found.se == pytest.approx(math.sqrt(0.5))
    assert found.q == pytest.approx(2)


def test_places_that_agree_have_no_spread_between_them() -> None:
    found = pool(estimates=[1, 1.01, 0.99], variances=[1, 1, 1], model="reml")
    assert found.tau2 == 0
    assert found.prediction_interval_t_k2[0] < found.ci_lower


def test_one_place_is_not_pooled() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        pool(estimates=[1], variances=[1], model="reml")


def test_share_limits_by_hand_are_cut_at_nothing() -> None:
    made = rate_chart(chart="p", numerators=[4, 4, None], denominators=[16, 16, 16])
    assert made.phases[0].centre_line == 0.25
    assert made.lower_limits[0] == 0
    assert made.upper_limits[0] == pytest.approx(0.25 + 3 * math.sqrt(0.25 * 0.75 / 16))
