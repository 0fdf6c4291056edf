from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.finding import (
    Effect,
    LeftOut,
    Limits,
    MeasureFinding,
    TooEarly,
    Verdict,
    analyse_measure,
    analyse_role,
)
from analysis.periods import month
from analysis.plain import as_plain
from analysis.vocabulary import (
    Arm,
    Direction,
    Lifecycle,
    Maturity,
    MeasureFacts,
    MeasureKind,
    RoleFacts,
    Series,
    State,
    Timeline,
)
from tests.analysis.making import (
    AFTER,
    ATTENDANCES,
    BEFORE,
    NAVIGATOR,
    TODAY,
    make_series,
    months_from,
    navigator_series,
)


def find(series: Series, role: RoleFacts = NAVIGATOR) -> MeasureFinding:
    return analyse_measure(series, role, TODAY)


def effect(found: MeasureFinding) -> Effect:
    assert isinstance(found.effect, Effect)
    return found.effect


def too_early(found: MeasureFinding) -> TooEarly:
    assert isinstance(found.effect, TooEarly)
    return found.effect


def of_kind(kind: MeasureKind, direction: Direction = Direction.INCREASE) -> MeasureFacts:
    return replace(ATTENDANCES, kind=kind, direction=direction, unit="points", decimals=1)


def test_the_finding_of_the_drawn_example() -> None:
    found = find(navigator_series())
    assert found.verdict is Verdict.IMPROVEMENT
    assert (found.n_before, found.n_after, found.n_provisional) == (12, 11, 2)
    assert found.before_mean == 214
    assert found.limits is Limits.FULL
    assert effect(found).relative == pytest.approx(-0.0887, abs=1e-4)
    assert effect(found).early
    assert found.variation is not None
    assert found.variation.signal == "run of 11 below the mean"


def test_limits_are_frozen_at_launch_and_every_later_point_is_judged_by_them() -> None:
    found = find(navigator_series())
    assert found.xmr is not None
    assert {phase.mean for phase in found.xmr.phases} == {214.0}
    after = [point for point in found.points if point.used and point.period.start > date(2024, 4, 30)]
    assert {point.status for point in after} == {"improvement"}


def test_the_second_view_starts_again_after_launch() -> None:
    found = find(navigator_series())
    assert found.rebased is not None
    assert [phase.n for phase in found.rebased.phases] == [12, 11]
    assert found.rebased.phases[1].mean == pytest.approx(found.after_mean)


def test_each_left_out_period_has_its_reason() -> None:
    series = navigator_series()
    states = {3: State.SUPPRESSED, 4: State.NOT_COLLECTED, 5: State.CENSORED}
    values = [None if i in states else v for i, v in enumerate(series.values.tolist())]
    found = find(make_series(values, states=states, set_aside={6: "system change"}, provisional=(25,)))
    reasons = {point.position: point.left_out for point in found.points if not point.used}
    assert reasons == {
        3: LeftOut.SUPPRESSED,
        4: LeftOut.NOT_COLLECTED,
        5: LeftOut.CENSORED,
        6: LeftOut.SET_ASIDE,
        12: LeftOut.PHASE_IN,
        25: LeftOut.PROVISIONAL,
    }
    assert found.points[6].reason == "set aside: system change"


def test_what_is_left_out_changes_nothing_in_the_result() -> None:
    one = find(navigator_series())
    values = [*BEFORE, 9999, *AFTER, 0, 5000]
    other = find(make_series(values, provisional=(24, 25)))
    assert one.effect == other.effect
    assert one.xmr == other.xmr


def test_an_explicit_mark_wins_over_the_usual_number_of_provisional_periods() -> None:
    lagging = replace(ATTENDANCES, provisional_periods=2)
    usual = make_series([*BEFORE, 212, *AFTER], measure=lagging)
    settled = replace(usual, maturities=(*usual.maturities[:-1], Maturity.FINAL))
    early = replace(usual, maturities=(*usual.maturities[:-4], Maturity.PROVISIONAL, *usual.maturities[-3:]))
    assert [find(series).n_provisional for series in (usual, settled, early)] == [2, 1, 3]


def test_values_at_another_frequency_are_listed_and_not_analysed() -> None:
    quarterly = replace(ATTENDANCES, frequency=month(2024, 1).frequency)
    periods = (*months_from(2023, 4, 12), replace(month(2024, 4), end=date(2024, 6, 30)))
    found = find(make_series([*BEFORE, 600], measure=quarterly, periods=periods))
    assert found.points[-1].left_out is LeftOut.OTHER_FREQUENCY


@pytest.mark.parametrize(
    ("n_after", "answer"), [(0, "too early"), (2, "too early"), (3, "early"), (11, "early"), (12, "full")]
)
def test_how_early_it_is_follows_one_table(n_after: int, answer: str) -> None:
    values = [*BEFORE, 212, *(AFTER + AFTER)[:n_after]]
    found = find(make_series(values))
    state = "too early" if isinstance(found.effect, TooEarly) else "early" if found.effect.early else "full"
    assert state == answer


def test_fewer_than_three_periods_before_give_no_estimate() -> None:
    role = replace(NAVIGATOR, timeline=Timeline(date(2023, 6, 1)))
    stop = too_early(find(make_series([*BEFORE, *AFTER]), role))
    assert (stop.have, stop.need, stop.of) == (2, 3, "months before launch")


@pytest.mark.parametrize(("n", "limits"), [(6, Limits.NONE), (7, Limits.TRIAL), (11, Limits.TRIAL), (12, Limits.FULL)])
def test_limits_need_seven_points_and_twelve_to_be_firm(n: int, limits: Limits) -> None:
    role = replace(NAVIGATOR, timeline=Timeline(None))
    found = find(make_series(BEFORE[:n]), role)
    assert found.limits is limits
    assert (found.xmr is None) == (limits is Limits.NONE)


def test_fewer_than_ten_events_are_listed_and_not_compared() -> None:
    stop = too_early(find(make_series([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0])))
    assert (stop.have, stop.need, stop.of) == (8, 10, "events")


def test_counts_are_compared_over_days_unless_a_denominator_is_recorded() -> None:
    values = [*BEFORE, 212, *AFTER]
    plain = find(make_series(values))
    people = [5000.0] * 12 + [5000.0] + [10000.0] * 11
    adjusted = find(make_series(values, denominators=people))
    assert effect(adjusted).relative < effect(plain).relative - 0.3
    codes = {caution.code for caution in plain.cautions} - {caution.code for caution in adjusted.cautions}
    assert codes == {"exposure_not_adjusted"}


def test_absolute_and_relative_change_agree() -> None:
    found = effect(find(navigator_series()))
    for absolute, relative in (
        (found.absolute, found.relative),
        (found.absolute_lower, found.relative_lower),
        (found.absolute_upper, found.relative_upper),
    ):
        assert absolute == pytest.approx(found.before * relative)


def test_counts_that_vary_more_than_chance_have_a_wider_interval() -> None:
    calm = effect(find(make_series([200, 201] * 6 + [200] + [180, 181] * 6)))
    wild = effect(find(make_series([140, 261] * 6 + [200] + [120, 241] * 6)))
    assert calm.dispersion == 1
    assert wild.dispersion > 5
    assert wild.absolute_upper - wild.absolute_lower > 2 * (calm.absolute_upper - calm.absolute_lower)


def test_a_rate_is_compared_on_its_parts() -> None:
    measure = replace(of_kind(MeasureKind.RATE, Direction.DECREASE), multiplier=1000, unit="per 1,000 people")
    top, bottom = [*BEFORE, 212, *AFTER], [5000.0] * 24
    series = make_series([a / 5000 for a in top], measure=measure, numerators=top, denominators=bottom)
    found = find(series)
    assert effect(found).before == pytest.approx(214 / 5000)
    assert found.texts.headline == "−3.9 per 1,000 people"


def test_a_share_is_told_in_points_and_never_as_percent_of_percent() -> None:
    top = [10, 12, 9, 14, 11, 13, 10, 12, 11, 10, 13, 12, 12, 20, 22, 19, 25, 21, 22]
    measure = replace(of_kind(MeasureKind.PROPORTION), name="Care plan in place", decimals=0)
    found = find(make_series([a / 40 for a in top], measure=measure, numerators=top, denominators=[40] * 19))
    assert found.verdict is Verdict.IMPROVEMENT
    assert (
        found.sentence
        == "Care plan in place rose by about 25 percentage points after the role began. Early: 6 of 12 months."
    )
    assert "(" not in found.texts.interval_line


def test_a_share_of_fewer_than_ten_people_is_not_compared() -> None:
    measure = of_kind(MeasureKind.PROPORTION)
    series = make_series([0.5] * 17, measure=measure, numerators=[1] * 17, denominators=[2] * 17)
    assert too_early(find(series)).of == "people on each side"


def test_means_are_pooled_over_people_and_never_narrower_than_between_periods() -> None:
    measure = of_kind(MeasureKind.MEAN)
    values = [50.0, 54, 47, 53, 50, 49, 51, 56, 45, 50, 52, 48, 50, 55, 58, 54, 57, 56]
    pooled = effect(find(make_series(values, measure=measure, sds=[1.0] * 18, counts=[400] * 18)))
    alone = effect(find(make_series(values, measure=measure)))
    assert pooled.absolute_upper - pooled.absolute_lower == pytest.approx(alone.absolute_upper - alone.absolute_lower)


def test_many_people_count_for_more_than_few_in_a_pooled_mean() -> None:
    measure = of_kind(MeasureKind.MEAN)
    counts = [10.0] * 12 + [10] + [1000, 10, 10, 10, 10]
    values = [50.0] * 13 + [60.0, 50, 50, 50, 50]
    pooled = effect(find(make_series(values, measure=measure, sds=[5.0] * 18, counts=counts)))
    assert pooled.absolute == pytest.approx(10 * 1000 / 1040)


def test_scores_of_the_same_people_need_no_period_before() -> None:
    measure = replace(of_kind(MeasureKind.PAIRED_MEAN), name="Activation score")
    blank: list[float | None] = [None] * 13
    series = make_series(
        [None] * 17,
        measure=measure,
        change_means=[*blank, 3, 4, 2.5, 3.1],
        change_sds=[*blank, 6, 7, 6, 5],
        pairs=[*blank, 10, 12, 9, 11],
    )
    found = find(series)
    by_hand = (30 + 48 + 22.5 + 34.1) / 42
    assert effect(found).absolute == pytest.approx(by_hand)
    assert "42 people measured twice" in found.texts.n_line
    assert found.evidence.level == 1


def test_money_is_compared_month_by_month() -> None:
    measure = replace(of_kind(MeasureKind.MONEY, Direction.DECREASE), decimals=0)
    found = find(make_series([1000.0 + v for v in [*BEFORE, 212, *AFTER]], measure=measure))
    assert "Welch" in effect(found).method
    assert found.texts.headline == "−£19 a month"
    assert "skewed_costs" in {caution.code for caution in found.cautions}


def test_values_that_do_not_vary_give_no_interval_and_so_no_estimate() -> None:
    found = find(make_series([5.0] * 13 + [4.0] * 6, measure=of_kind(MeasureKind.MEAN)))
    assert "do not vary" in too_early(found).reason
    assert found.texts.key_change == "no estimate"


def test_a_t_interval_needs_five_values_on_each_side() -> None:
    stop = too_early(find(make_series([*BEFORE, 212, *AFTER[:4]], measure=of_kind(MeasureKind.MEAN))))
    assert (stop.have, stop.need) == (4, 5)


@pytest.mark.parametrize(
    ("direction", "verdict"),
    [
        (Direction.DECREASE, Verdict.IMPROVEMENT),
        (Direction.INCREASE, Verdict.CONCERN),
        (Direction.NEUTRAL, Verdict.CHANGED),
    ],
)
def test_the_verdict_follows_the_direction_and_neutral_is_never_judged(direction: Direction, verdict: Verdict) -> None:
    found = find(navigator_series(measure=replace(ATTENDANCES, direction=direction)))
    assert found.verdict is verdict


def test_a_change_within_ordinary_variation_is_not_called_one() -> None:
    found = find(make_series([*BEFORE, 212, *BEFORE]))
    assert found.verdict is Verdict.COMMON_CAUSE
    assert found.sentence == "No change in A&E attendances can be told from month-to-month variation."


def simulated(rng: np.random.Generator, step: float) -> Series:
    means = np.concatenate([np.full(24, 200.0), np.full(24, 200.0 * (1 + step))])
    return make_series([float(v) for v in rng.poisson(means)], periods=months_from(2022, 4, 48))


def test_a_known_fall_of_nine_per_cent_is_found_and_nothing_is_made_of_no_change() -> None:
    rng = np.random.default_rng(20240408)
    role = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 1)))
    stepped = [find(simulated(rng, -0.09), role) for _ in range(20)]
    null = [find(simulated(rng, 0.0), role) for _ in range(40)]
    hits = [effect(found) for found in stepped]
    assert sum(found.verdict is Verdict.IMPROVEMENT for found in stepped) >= 18
    assert sum(one.relative_lower <= -0.09 <= one.relative_upper for one in hits) >= 17
    assert sum(found.verdict is not Verdict.COMMON_CAUSE for found in null) <= 4


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(20, 400), min_size=18, max_size=30), st.sampled_from([2.0, 10.0]))
def test_scaling_the_unit_of_a_mean_scales_its_effect(values: list[int], scale: float) -> None:
    measure = of_kind(MeasureKind.MEAN)
    one = find(make_series([float(v) for v in values], measure=measure)).effect
    other = find(make_series([v * scale for v in values], measure=measure)).effect
    if isinstance(one, TooEarly):
        assert isinstance(other, TooEarly)
        return
    assert isinstance(other, Effect)
    assert other.absolute == pytest.approx(one.absolute * scale, abs=1e-9)
    assert other.relative == pytest.approx(one.relative, abs=1e-9)


def test_a_missing_month_is_not_a_month_of_zero() -> None:
    gap = find(make_series([*BEFORE, 212, None, *AFTER[1:]]))
    zero = find(make_series([*BEFORE, 212, 0, *AFTER[1:]]))
    assert (gap.n_after, zero.n_after) == (10, 11)
    assert effect(gap).after > effect(zero).after


def test_the_hash_names_the_facts_and_nothing_else() -> None:
    one, same = find(navigator_series()), analyse_measure(navigator_series(), NAVIGATOR, date(2030, 1, 1))
    other = find(navigator_series(sources=("typed again",) * 26))
    assert one.input_hash == same.input_hash
    assert one.input_hash != other.input_hash


def test_a_finding_can_be_written_as_plain_data() -> None:
    plain = as_plain(find(navigator_series()))
    assert isinstance(plain, dict)
    assert plain["verdict"] == "improvement"


def test_an_empty_series_has_a_finding_too() -> None:
    found = find(make_series([]))
    assert found.verdict is Verdict.NO_ANSWER
    assert math.isnan(found.before_mean)
    assert found.due == ()


def test_months_that_have_passed_without_a_value_are_due() -> None:
    found = analyse_measure(make_series(BEFORE), NAVIGATOR, date(2024, 6, 15))
    assert found.due == (month(2024, 4), month(2024, 5))
    ended = replace(NAVIGATOR, lifecycle=Lifecycle.ENDED)
    assert analyse_measure(make_series(BEFORE), ended, date(2024, 6, 15)).due == ()


def test_the_month_of_the_full_answer_counts_from_the_first_whole_month() -> None:
    assert find(make_series(BEFORE)).full_answer_from == month(2025, 4)
    assert find(navigator_series()).full_answer_from == month(2025, 6)


def test_periods_after_the_end_are_shown_and_left_out() -> None:
    role = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 8), ended=date(2024, 12, 31)))
    found = find(make_series([*BEFORE, 212, *AFTER]), role)
    assert found.n_after == 8
    assert found.points[-1].left_out is LeftOut.AFTER_END


def test_the_role_leads_with_its_first_primary_measure() -> None:
    other = replace(ATTENDANCES, id=2, name="Falls", short_name="", is_primary=False)
    series = [make_series([*BEFORE, 212, *BEFORE], measure=other), navigator_series()]
    found = analyse_role(series, NAVIGATOR, TODAY)
    assert found.leading is found.measures[0]
    assert found.key_change == "A&E −9\u00a0%"
    assert found.interval_text == "−14\u00a0% to −3\u00a0%; early, 11 of 12"
    assert found.evidence == found.measures[0].evidence


def test_a_role_without_measures_says_so() -> None:
    found = analyse_role([], NAVIGATOR, TODAY)
    assert (found.leading, found.key_change) == (None, "nothing recorded yet")


def test_a_comparator_series_gets_no_finding_of_its_own() -> None:
    found = analyse_role([navigator_series(), navigator_series(arm=Arm.COMPARATOR)], NAVIGATOR, TODAY)
    assert len(found.measures) == 1


def test_many_measures_are_a_caution_of_the_role() -> None:
    series = [navigator_series(measure=replace(ATTENDANCES, id=i, is_primary=not i)) for i in range(20)]
    assert [caution.code for caution in analyse_role(series, NAVIGATOR, TODAY).cautions] == ["several_measures"]
