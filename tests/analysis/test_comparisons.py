from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.distributions import binomial_two_sided, binomial_weights, fisher_two_sided, t_quantile
from analysis.impact.adjust_p import adjust_p
from analysis.impact.detectable_change import detectable_change
from analysis.impact.mean_difference import mean_difference, moments
from analysis.impact.paired_mean import paired_mean, wilcoxon_p
from analysis.impact.proportion_difference import newcombe_limits, paired_proportions, proportion_difference
from analysis.impact.rate_ratio import rate_ratio
from analysis.impact.regression_to_mean import regression_to_mean
from analysis.impact.run_chart import run_chart, run_limits

counts = st.integers(0, 400)


def test_twice_the_events_in_the_same_time_is_a_ratio_of_two() -> None:
    found = rate_ratio(events1=20, exposure1=10, events0=10, exposure0=10)
    assert found.ratio == 2
    assert found.difference == 1
    assert found.ratio_lower < 1 < 2 < found.ratio_upper


def test_no_events_at_all_give_no_ratio() -> None:
    found = rate_ratio(events1=0, exposure1=5, events0=0, exposure0=5)
    assert math.isnan(found.ratio)
    assert math.isnan(found.ratio_lower)


def test_no_events_before_leave_the_ratio_unbounded() -> None:
    found = rate_ratio(events1=4, exposure1=5, events0=0, exposure0=5)
    assert found.ratio_upper == math.inf


@given(st.integers(1, 300), st.integers(1, 300))
def test_exchanging_the_sides_turns_the_ratio_over(x1: int, x0: int) -> None:
    one = rate_ratio(events1=x1, exposure1=3, events0=x0, exposure0=7)
    other = rate_ratio(events1=x0, exposure1=7, events0=x1, exposure0=3)
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.ratio_lower == pytest.approx(1 / other.ratio_upper)
    assert one.p == pytest.approx(other.p)


@given(counts, st.integers(1, 400), st.floats(0.05, 0.95))
def test_the_exact_p_is_the_sum_of_the_outcomes_no_likelier(k: int, n: int, p: float) -> None:
    k = min(k, n)
    weights = binomial_weights(n, p)
    by_hand = min(1.0, float(weights[weights <= weights[k] * (1 + 1e-7)].sum()))
    assert binomial_two_sided(k, n, p) == pytest.approx(by_hand, abs=1e-8)


def test_exact_tests_stand_millions_of_events() -> None:
    assert binomial_two_sided(5_000_000, 10_000_000, 0.5) == pytest.approx(1.0)
    assert binomial_two_sided(5_010_000, 10_000_000, 0.5) == pytest.approx(2.5e-10, rel=0.05)


def test_fisher_agrees_with_the_tea_lady() -> None:
    assert fisher_two_sided(3, 4, 1, 4) == pytest.approx(0.4857142857)


def test_widening_by_dispersion_only_widens() -> None:
    plain, wide = newcombe_limits(56, 70, 48, 80), newcombe_limits(56, 70, 48, 80, dispersion=2)
    assert wide[0] < plain[0] < plain[1] < wide[1]


@given(st.integers(1, 50), st.integers(0, 50), st.integers(1, 50), st.integers(0, 50))
def test_newcombe_limits_hold_the_difference_and_stay_in_range(n1: int, x1: int, n0: int, x0: int) -> None:
    found = proportion_difference(events1=min(x1, n1), n1=n1, events0=min(x0, n0), n0=n0)
    assert -1 <= found.ci_lower <= found.difference <= found.ci_upper <= 1


def test_nobody_changing_gives_no_test() -> None:
    found = paired_proportions(yes_to_no=0, no_to_yes=0, n=20)
    assert found.difference == 0
    assert found.p_exact == 1
    assert math.isnan(found.chi_square)


def test_welch_by_hand() -> None:
    found = mean_difference(values1=[4, 6], values0=[1, 3])
    assert found.difference == 3
    assert found.df == pytest.approx(2)
    assert found.se == pytest.approx(math.sqrt(2))
    assert found.ci_upper == pytest.approx(3 + t_quantile(0.975, 2) * math.sqrt(2))


def test_values_that_do_not_vary_have_a_difference_and_no_interval() -> None:
    found = mean_difference(values1=[5, 5], values0=[3, 3])
    assert found.difference == 2
    assert math.isnan(found.ci_lower)


def test_missing_values_are_left_out_of_moments() -> None:
    assert moments([1.0, None, 3.0]).n == 2
    assert moments(np.array([1.0, np.nan, 3.0])).mean == 2


def test_a_mean_of_one_value_on_a_side_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        mean_difference(values1=[1], values0=[1, 2])


def test_paired_changes_by_hand() -> None:
    found = paired_mean(values_after=[2, 4, 6], values_before=[1, 2, 3])
    assert (found.mean_change, found.sd_change, found.n) == (2, 1, 3)
    assert found.t == pytest.approx(2 * math.sqrt(3))


def test_a_pair_with_a_missing_half_is_left_out() -> None:
    assert paired_mean(values_after=[2, None, 6, 8], values_before=[1, 2, 3, None]).n == 2


def test_the_sd_of_change_comes_from_both_sds_and_their_correlation() -> None:
    found = paired_mean(mean_change=1, sd_before=3, sd_after=4, correlation=0, n=25)
    assert found.sd_change == 5


def test_exact_signed_ranks_by_hand() -> None:
    assert wilcoxon_p(np.array([1.0, 2.0, 3.0])) == pytest.approx(0.25)


def test_people_needed_and_share_found_agree() -> None:
    people = detectable_change(design="proportion", proportion0=0.3, proportion1=0.4).n_per_group
    found = detectable_change(design="proportion", proportion0=0.3, n_per_group=people)
    assert found.proportion1 == pytest.approx(0.4)


def test_more_events_detect_smaller_changes() -> None:
    few, many = (detectable_change(design="rate", events0=n, events1=n).rate_ratio for n in (50, 500))
    assert few < many < 1


def test_an_unknown_design_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown design"):
        detectable_change(design="horoscope")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.sampled_from(["holm", "bh"]))
def test_adjusting_never_lowers_a_p_value_and_keeps_the_order(p: list[float], adjustment: str) -> None:
    adjusted = adjust_p(p=p, adjustment=adjustment).adjusted
    assert all(a >= b - 1e-12 for a, b in zip(adjusted, p, strict=True))
    ranked = [adjusted[place] for place in np.argsort(p, kind="stable")]
    assert ranked == sorted(ranked)


def test_nothing_falls_back_when_two_measurements_agree_perfectly() -> None:
    assert regression_to_mean(sd=10, correlation=1, cutoff_z=1).expected_change == 0


def test_points_on_the_median_neither_break_nor_lengthen_a_run() -> None:
    phase = run_chart([1, 1, 5, 5, 3, 5, 1, 1, 3]).phases[0]
    assert (phase.median, phase.n_useful, phase.longest_run, phase.crossings) == (3, 7, 3, 2)


def test_one_side_and_then_the_other_is_a_signal() -> None:
    assert run_chart([*[1.0] * 10, *[9.0] * 10]).phases[0].signal


def test_run_limits_of_sixteen_points() -> None:
    limits = run_limits(16)
    assert (limits.longest_run_limit, limits.crossings_limit) == (7, 4)
