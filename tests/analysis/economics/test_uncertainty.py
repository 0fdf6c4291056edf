"""What must hold of the frontier, the plane, scale and simulation whatever the numbers are."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.economics.distributions import between, certain, distributions
from analysis.economics.frontier import ON_FRONTIER, frontier
from analysis.economics.icer_plane import icer_plane
from analysis.economics.monte_carlo import monte_carlo
from analysis.economics.probabilistic import probabilistic
from analysis.economics.scale import scale

money = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 2))
gain = st.floats(-10, 10, allow_nan=False).map(lambda value: round(value, 4))


@given(st.lists(st.tuples(money, gain), min_size=1, max_size=7))
def test_the_frontier_rises_and_its_icers_never_fall(points: list[tuple[float, float]]) -> None:
    options = [{"name": str(at), "cost": cost, "effect": effect} for at, (cost, effect) in enumerate(points)]
    found = frontier(options).options
    assert {one.name for one in found} == {str(at) for at in range(len(points))}
    on = [one for one in found if one.status == ON_FRONTIER]
    assert on[0].icer is None
    ratios = [one.icer for one in on[1:]]
    assert all(ratio is not None and ratio > 0 for ratio in ratios)
    assert all((a or 0) <= (b or 0) for a, b in pairwise(ratios))
    assert points[int(on[0].name)][0] == min(cost for cost, _ in points)


@given(money, gain, st.floats(1, 1e5))
def test_the_verdict_of_a_point_agrees_with_its_net_benefit(cost: float, effect: float, threshold: float) -> None:
    point = icer_plane([{"incremental_cost": cost, "incremental_effect": effect}], threshold).points[0]
    good = {"cost_effective", "dominant", "saving_acceptable"}
    if abs(point.nmb) > 1e-6 * max(1.0, abs(cost), abs(threshold * effect)):
        assert (point.verdict in good) == (point.nmb > 0)
    assert (point.icer is not None) == (point.quadrant in ("NE", "SW"))
    assert math.isclose(point.nhb * threshold, point.nmb, abs_tol=1e-6 * max(1.0, abs(cost)))


@given(
    st.floats(1, 500), st.floats(1, 5000), st.floats(0, 1e6), st.floats(0, 100), st.floats(0, 1e5), st.floats(0, 1e5)
)
def test_blocks_never_save_more_than_a_straight_line_does(
    units: float, block: float, saving: float, variable: float, post: float, fixed: float
) -> None:
    found = scale(units, block, saving, variable, post, fixed, 40)
    for posts, net in found.net.items():
        straight = posts * units * (saving / block + variable) - fixed - posts * post
        assert net <= straight + 1e-6 * max(1.0, abs(straight), saving)
    assert found.viable_posts == tuple(posts for posts, net in found.net.items() if net >= 0)
    if found.sustained_from is not None:
        assert set(range(found.sustained_from, 41)) <= set(found.viable_posts)


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(0.1, 100))
def test_a_range_given_by_a_manager_is_never_left(low: float, step: float, more: float) -> None:
    held = between(low, low + step, low + step + more)
    drawn = held.draw(np.random.default_rng(1), 400)
    assert held.low <= drawn.min()
    assert drawn.max() <= held.high
    assert held.low <= held.mean <= held.high


def test_a_run_without_variance_is_the_certain_answer() -> None:
    assert set(certain(12.5).draw(np.random.default_rng(1), 50).tolist()) == {12.5}
    assert set(between(7, 7, 7).draw(np.random.default_rng(1), 50).tolist()) == {7.0}
    found = probabilistic(["a", "b"], [[1, 2]] * 30, [[0, 1]] * 30, [0, 1, 5], {"option": "b", "reference": "a"})
    assert [one.evpi for one in found.by_threshold] == [0, 0, 0]
    assert [one.p_best for one in found.by_threshold] == [(1, 0), (1, 0), (0, 1)]
    assert found.pair is not None
    assert [one.draws_tied for one in found.pair.by_threshold] == [0, 30, 0]


def test_one_seed_gives_one_answer_and_says_how_far_another_would_move_it() -> None:
    benefit, cost = {"family": "gamma", "mean": 1200, "se": 300}, {"family": "normal", "mean": 1000, "se": 50}
    runs = [monte_carlo(benefit, cost, 4000, seed) for seed in (1, 1, 2, 3, 4, 5)]
    assert runs[0] == runs[1]
    spread = np.std([run.mean_net for run in runs[1:]], ddof=1)
    assert 0.2 < spread / runs[0].mcse_mean_net < 3


@pytest.mark.parametrize(
    "inputs",
    [
        {"family": "gamma", "mean": -1, "se": 1},
        {"family": "beta", "mean": 0.5, "se": 0.6},
        {"family": "lognormal", "mean": 0, "se": 1},
        {"family": "normal", "mean": 1, "se": 0},
        {"family": "normal", "mean": 1},
        {"family": "pert", "minimum": 3, "mode": 2, "maximum": 4},
        {"family": "cauchy", "mean": 1, "se": 1},
    ],
)
def test_inputs_that_no_distribution_can_have_are_refused(inputs: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        distributions(**inputs)  # type: ignore[arg-type]  # the table mixes texts and numbers


def test_a_threshold_of_nothing_and_a_block_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        icer_plane([], 0)
    with pytest.raises(ValueError, match="block"):
        scale(1, 0, 1, 1, 1, 1, 3)
