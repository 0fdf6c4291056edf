from __future__ import annotations

from dataclasses import replace
from math import log, nan, sqrt

import numpy as np
import pytest

from analysis.arrays import FloatArray
from analysis.finding_shapes import Effect
from analysis.likeness import likeness_of, widened, widening_of

CHANGE = Effect(
    *(-10.0, -16.0, -4.0), *(-0.1, -0.16, -0.04), 100.0, 90.0, "", 12, 12, "Welch", "", early=False, p=0.002
)


def alike(lag: float, n: int, seed: int = 3) -> FloatArray:
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, n)
    for place in range(1, n):
        values[place] = lag * values[place - 1] + sqrt(1 - lag**2) * values[place]
    return values


@pytest.mark.parametrize("lag", [0.0, 0.3, 0.6])
def test_the_correlation_of_neighbours_is_told_without_the_bias_of_short_series(lag: float) -> None:
    found = [likeness_of([alike(lag, 24, seed), alike(lag, 24, 900 + seed)]) for seed in range(800)]
    assert np.mean(found) == pytest.approx(lag, abs=0.05)


def test_a_change_of_level_between_the_phases_is_not_likeness() -> None:
    before, after = alike(0.0, 24), alike(0.0, 24, seed=5)
    assert likeness_of([before, after + 50]) == pytest.approx(likeness_of([before, after]))


def test_values_that_do_not_vary_or_are_too_few_are_like_nothing() -> None:
    assert likeness_of([np.full(12, 0.2), np.full(12, 0.1)]) == 0.0
    assert likeness_of([alike(0.9, 5), alike(0.9, 5)]) == 0.0
    assert likeness_of([]) == 0.0


def test_an_interval_is_widened_by_the_root_of_what_the_likeness_hides() -> None:
    assert widening_of(0.19) == 1.0
    assert widening_of(0.6) == pytest.approx(2.0)
    found = widened(CHANGE, 0.6, "month")
    assert (found.absolute_lower, found.absolute, found.absolute_upper) == pytest.approx((-22.0, -10.0, 2.0))
    assert (found.relative_lower, found.relative, found.relative_upper) == pytest.approx((-0.22, -0.1, 0.02))
    assert found.p > 0.05
    assert found.method == "Welch, then 2.0 times as wide, for neighbouring months are alike (0.60)"
    assert widened(CHANGE, 0.1, "month") is CHANGE


def test_a_ratio_is_widened_on_its_logs_and_never_falls_below_nothing() -> None:
    found = widened(CHANGE, 0.6, "month", lambda share: 100 * share)
    assert log(1 + found.relative_lower) == pytest.approx(log(0.9) + 2 * (log(0.84) - log(0.9)))
    assert found.absolute_upper == pytest.approx(100 * found.relative_upper)
    assert found.relative_lower > -1
    none = replace(CHANGE, relative=-1.0, relative_lower=-1.0)
    assert widened(none, 0.6, "month", lambda share: 100 * share) is none


def test_the_p_value_goes_with_the_widened_interval() -> None:
    for likeness in np.linspace(0.2, 0.9, 30):
        found = widened(CHANGE, float(likeness), "month")
        assert (found.p < 0.05) == found.excludes_no_change


def test_a_change_without_a_relative_one_is_widened_too() -> None:
    bare = replace(CHANGE, relative=nan, relative_lower=nan, relative_upper=nan)
    assert widened(bare, 0.6, "month").absolute_upper == pytest.approx(2.0)
