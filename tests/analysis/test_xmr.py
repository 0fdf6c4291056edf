from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.impact.xmr import Assurance, Status, XmrChart, xmr
from analysis.impact.xmr_rules import Rule, RuleHit, Side

FLAT = [10, 12, 9, 11, 10, 13, 8, 10, 12, 9, 11, 10]
numbers = st.lists(st.integers(0, 1000), min_size=2, max_size=40)
presets = st.sampled_from(["mdc", "nhsrplotthedots"])


def chart(values: list[float] | list[int], **options: object) -> XmrChart:
    given_options: dict[str, object] = {"preset": "mdc", "improvement_direction": "increase", **options}
    return xmr([float(value) for value in values], **given_options)  # type: ignore[arg-type]  # options of the test


def rules(made: XmrChart, point: int) -> set[tuple[Rule, Side]]:
    flag = made.flag_at(point)
    return {(hit.rule, hit.side) for hit in flag.rules} if flag else set()


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean() -> None:
    phase = chart([1, 2, 1, 2]).phases[0]
    assert (phase.mean, phase.mean_moving_range) == (1.5, 1.0)
    assert phase.lower_limit == pytest.approx(-1.16)
    assert phase.upper_limit == pytest.approx(4.16)


def test_a_point_on_the_limit_is_not_outside_it() -> None:
    made = chart([*FLAT, FLAT[-1]], baseline_points=12)
    limit = made.phases[0].upper_limit
    assert chart([*FLAT, limit], baseline_points=12).flag_at(12) is None
    assert rules(chart([*FLAT, limit + 0.01], baseline_points=12), 12) == {(Rule.OUTSIDE_LIMITS, Side.HIGH)}


def test_a_run_of_seven_is_a_shift_and_six_is_not() -> None:
    seven = chart([*FLAT, *[11] * 7], baseline_points=12)
    assert [flag.point for flag in seven.flags] == list(range(12, 19))
    assert chart([*FLAT, *[11] * 6], baseline_points=12).flags == ()


def test_a_point_on_the_mean_breaks_a_run() -> None:
    mean = float(np.mean(FLAT))
    assert chart([*FLAT, 11, 11, 11, mean, 11, 11, 11, 11], baseline_points=12).flags == ()


def test_every_point_of_a_trend_is_flagged_the_first_too() -> None:
    made = chart([5, 9, 4, 8, 2, 3, 4, 5, 6, 7, 8, 3, 9, 2])
    rising = [flag.point for flag in made.flags if RuleHit(Rule.TREND, Side.HIGH) in flag.rules]
    assert rising == list(range(4, 11))


def test_a_tie_breaks_a_trend() -> None:
    made = chart([5, 9, 4, 8, 2, 3, 4, 4, 5, 6, 7, 3, 9, 2])
    assert not any(hit.rule is Rule.TREND for flag in made.flags for hit in flag.rules)


def test_only_the_far_points_of_two_in_three_are_flagged() -> None:
    phase = chart(FLAT).phases[0]
    far = phase.mean + 0.8 * (phase.upper_limit - phase.mean)
    made = chart([*FLAT, far, phase.mean + 0.1, far], baseline_points=12)
    assert rules(made, 12) == rules(made, 14) == {(Rule.TWO_OF_THREE, Side.HIGH)}
    assert rules(made, 13) == set()


def test_two_far_points_on_different_sides_are_no_signal() -> None:
    phase = chart(FLAT).phases[0]
    reach = 0.8 * (phase.upper_limit - phase.mean)
    made = chart([*FLAT, phase.mean + reach, phase.mean - reach, phase.mean + 0.1], baseline_points=12)
    assert made.flags == ()


def test_a_falling_measure_that_should_fall_is_an_improvement() -> None:
    down = chart([*FLAT, *[9] * 7], baseline_points=12, improvement_direction="decrease")
    up = chart([*FLAT, *[9] * 7], baseline_points=12)
    neither = chart([*FLAT, *[9] * 7], baseline_points=12, improvement_direction="neutral")
    assert down.last_point_status is Status.IMPROVEMENT
    assert up.last_point_status is Status.CONCERN
    assert neither.last_point_status is Status.NEUTRAL_LOW


def test_rules_on_both_sides_are_a_conflict_that_the_setting_decides() -> None:
    values = [*[40, 42] * 6, 70, 68, 66, 64, 62, 60, 58]
    improved = chart(values, baseline_points=12)
    worried = chart(values, baseline_points=12, conflict_rule="concern")
    flag, other = improved.flag_at(15), worried.flag_at(15)
    assert flag is not None
    assert other is not None
    assert (flag.conflict, flag.status, other.status) == (True, Status.IMPROVEMENT, Status.CONCERN)


def test_nhsrplotthedots_lists_one_rule_the_trend_before_the_shift() -> None:
    values = [*FLAT, 11, 12, 13, 13.1, 13.2, 13.3, 13.4]
    flag = chart(values, preset="nhsrplotthedots", baseline_points=12).flag_at(13)
    assert flag is not None
    assert flag.rules == (RuleHit(Rule.TREND, Side.HIGH),)
    assert not flag.conflict


def test_assurance_judges_the_latest_target_against_the_last_limits() -> None:
    found = {target: chart(FLAT, target=target).assurance for target in (0.0, 10.0, 30.0)}
    assert found == {0.0: Assurance.PASS, 10.0: Assurance.HIT_OR_MISS, 30.0: Assurance.FAIL}
    assert chart(FLAT, target=30.0, improvement_direction="decrease").assurance is Assurance.PASS
    assert chart(FLAT, target=30.0, improvement_direction="neutral").assurance is None


def test_a_single_value_has_a_mean_and_no_limits() -> None:
    phase = chart([5]).phases[0]
    assert phase.mean == 5
    assert math.isnan(phase.upper_limit)


def test_mdc_judges_frozen_points_apart_and_nhsrplotthedots_together() -> None:
    values = [*FLAT[:8], *[11] * 4, *[11] * 3]
    assert len(chart(values, baseline_points=12).phases) == 2
    assert len(chart(values, preset="nhsrplotthedots", baseline_points=12).phases) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"preset": "excel"},
        {"improvement_direction": "sideways"},
        {"rebase_at": [12]},
        {"ghosted": [-1]},
        {"baseline_points": 13},
        {"conflict_rule": "common_cause"},
        {"dates": ["2024-01-01"]},
        {"shift_length": 1},
    ],
)
def test_an_option_out_of_range_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        chart(FLAT, **options)


def test_a_chart_without_any_value_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        xmr([None, None], preset="mdc", improvement_direction="increase")


@given(numbers, presets)
def test_the_limits_hold_the_mean(values: list[int], preset: str) -> None:
    for phase in chart(values, preset=preset).phases:
        assert phase.lower_limit <= phase.mean <= phase.upper_limit


@given(numbers, presets, st.sampled_from([0.5, 2.0, 1024.0]))
def test_scaling_the_unit_scales_the_chart_and_no_judgement(values: list[int], preset: str, scale: float) -> None:
    one, other = chart(values, preset=preset), chart([value * scale for value in values], preset=preset)
    assert one.flags == other.flags
    for first, second in zip(one.phases, other.phases, strict=True):
        assert second.mean == pytest.approx(first.mean * scale)
        assert second.upper_limit == pytest.approx(first.upper_limit * scale)


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=30), st.data(), presets)
def test_limits_frozen_at_n_are_those_of_the_first_n_points(
    values: list[int], data: st.DataObject, preset: str
) -> None:
    n = data.draw(st.integers(2, len(values)))
    frozen, alone = chart(values, preset=preset, baseline_points=n), chart(values[:n], preset=preset)
    for phase in frozen.phases:
        assert phase.mean == alone.phases[0].mean
        assert (phase.lower_limit, phase.upper_limit) == (alone.phases[0].lower_limit, alone.phases[0].upper_limit)


@given(st.lists(st.integers(0, 1000), min_size=6, max_size=30), st.lists(st.integers(0, 10**6), min_size=3, max_size=3))
def test_what_a_ghosted_point_holds_changes_nothing(values: list[int], others: list[int]) -> None:
    changed = [*values[:2], *others, *values[5:]]
    assert chart(values, ghosted=[2, 3, 4]) == chart(changed, ghosted=[2, 3, 4])


@given(st.lists(st.integers(1, 1000), min_size=4, max_size=30), st.data())
def test_a_missing_value_is_not_a_zero(values: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    holed: list[float | None] = [None if i == place else float(v) for i, v in enumerate(values)]
    missing = xmr(holed, preset="mdc", improvement_direction="increase")
    zero = chart([0 if i == place else value for i, value in enumerate(values)])
    assert missing.phases[0].n == len(values) - 1
    assert missing.phases[0].mean > zero.phases[0].mean


@settings(max_examples=50)
@given(st.lists(st.integers(0, 100), min_size=10, max_size=40), st.data())
def test_removing_missing_points_by_hand_gives_the_same_flags(values: list[int], data: st.DataObject) -> None:
    holes = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=len(values) - 2))
    kept = [place for place in range(len(values)) if place not in holes]
    holed: list[float | None] = [None if i in holes else float(v) for i, v in enumerate(values)]
    whole = xmr(holed, preset="mdc", improvement_direction="increase")
    short = chart([values[place] for place in kept])
    assert [flag.point for flag in whole.flags] == [kept[flag.point] for flag in short.flags]
