from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis import cautions, several
from analysis.equity import gap_of
from analysis.finding import MeasureFinding, analyse_measure, analyse_role
from analysis.finding_further import FittedChange
from analysis.finding_shapes import Effect, LeftOut, TooEarly
from analysis.impact.xmr import xmr
from analysis.periods import Frequency, Period
from analysis.rolling import rolled_up
from analysis.verify import METHODS
from analysis.vocabulary import (
    Direction,
    EventFacts,
    EventKind,
    Lifecycle,
    MeasureKind,
    RoleFacts,
    Series,
    State,
    Timeline,
)
from resources import load
from tests.analysis.making import AFTER, ATTENDANCES, BEFORE, NAVIGATOR, TODAY, make_series, months_from

LAUNCHED = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 1)))


def find(series: Series, role: RoleFacts = LAUNCHED) -> MeasureFinding:
    return analyse_measure(series, role, TODAY)


def codes(found: MeasureFinding) -> set[str]:
    return {caution.code for caution in found.cautions}


def effect(answer: Effect | TooEarly) -> Effect:
    assert isinstance(answer, Effect)
    return answer


# Fitted trend


def test_a_trend_is_fitted_from_eight_periods_on_each_side() -> None:
    few, enough = find(make_series([*BEFORE, *AFTER[:7]])), find(make_series([*BEFORE, *AFTER[:8]]))
    assert isinstance(few.fitted, TooEarly)
    assert (few.fitted.have, few.fitted.need) == (7, 8)
    assert isinstance(enough.fitted, FittedChange)
    assert enough.fitted.averted is not None
    assert [np.isfinite(value) for value in enough.fitted.counterfactual] == [True] * 20


def test_a_steady_trend_is_not_taken_for_the_change_at_launch() -> None:
    falling = [300 - 5 * place + (-1) ** place for place in range(24)]
    found = find(make_series(falling))
    assert isinstance(found.fitted, FittedChange)
    assert found.fitted.level_lower < 0 < found.fitted.level_upper
    assert "earlier_trend" in codes(found)


def test_a_jump_after_a_trend_is_found_and_no_caution_speaks_of_the_trend() -> None:
    jump = [300 - 2 * place - 40 * (place >= 12) + 3 * (-1) ** place for place in range(24)]
    found = find(make_series(jump))
    assert isinstance(found.fitted, FittedChange)
    assert found.fitted.level_upper < 0
    assert "earlier_trend" not in codes(found)


def test_a_change_of_slope_is_fitted_only_where_it_was_asked_for() -> None:
    values = [*BEFORE, *AFTER, 190]
    sloped = replace(ATTENDANCES, impact_model="step and slope")
    plain, asked = find(make_series(values)).fitted, find(make_series(values, measure=sloped)).fitted
    assert isinstance(plain, FittedChange)
    assert isinstance(asked, FittedChange)
    assert np.isnan(plain.slope)
    assert np.isfinite(asked.slope)


def test_values_that_drift_are_not_given_a_firm_change_of_level() -> None:
    rng = np.random.default_rng(5)
    drifting = 500 + np.cumsum(rng.normal(0, 10, 48))
    role = replace(LAUNCHED, timeline=Timeline(date(2025, 4, 1)))
    found = find(make_series(drifting.tolist(), measure=replace(ATTENDANCES, kind=MeasureKind.MONEY)), role)
    assert isinstance(found.fitted, FittedChange)
    assert "fit_doubtful" in codes(found)


# After the end


def ended(after_end: int, late: float) -> MeasureFinding:
    role = replace(LAUNCHED, lifecycle=Lifecycle.ENDED, timeline=Timeline(date(2024, 4, 1), None, date(2025, 3, 31)))
    spread = [3, -2, 4, -5, 1, 0, -1, 2, -3, 5, -4, 0]
    values = [200 + s for s in spread] + [160 + s for s in spread] + [late + s for s in spread[:after_end]]
    return find(make_series(values), role)


def test_an_effect_that_fades_is_told_from_one_that_lasts() -> None:
    fades, lasts = ended(12, 200).after_end, ended(12, 160).after_end
    assert fades is not None
    assert lasts is not None
    assert "the change went back" in fades.sentence
    assert effect(fades.against_after).absolute_lower > 0
    assert not effect(fades.against_before).excludes_no_change
    assert "no change can be told from chance" in lasts.sentence
    assert effect(lasts.against_before).absolute_upper < 0


def test_too_early_after_the_end_is_said_and_the_effect_itself_stays() -> None:
    found = ended(2, 200)
    assert found.after_end is not None
    assert isinstance(found.after_end.against_after, TooEarly)
    assert (found.after_end.against_after.have, found.after_end.n) == (2, 2)
    assert effect(found.effect).n_after == 12
    assert ended(0, 0).after_end is None


# Limits a person sets


def decided(kind: EventKind, when: date, end: date | None = None) -> RoleFacts:
    return replace(LAUNCHED, events=(EventFacts(1, when, "New triage hall", kind, end=end),))


def long_series() -> Series:
    return make_series(
        [100, 102, 98, 101, 99, 103, 97, 100] + [200, 204, 196, 202, 198, 206, 194, 200] + [170, 168] * 4,
        periods=months_from(2022, 12, 24),
    )


def test_limits_start_again_only_from_a_recorded_decision_and_the_chart_says_so() -> None:
    plain = find(long_series())
    assert plain.xmr is not None
    assert len({phase.mean for phase in plain.xmr.phases}) == 1
    again = find(long_series(), decided(EventKind.RECALCULATION, date(2023, 8, 1)))
    assert again.xmr is not None
    assert [phase.mean for phase in again.xmr.phases] == [100, 200, 200]
    assert "Limits recalculated from 1 Aug 2023: New triage hall." in again.texts.chart_note
    assert again.limits.value == "trial limits"
    assert again.effect == plain.effect


def test_a_baseline_with_an_end_is_extended_from_that_end() -> None:
    found = find(long_series(), decided(EventKind.BASELINE, date(2022, 12, 1), date(2023, 7, 31)))
    assert found.xmr is not None
    assert {phase.mean for phase in found.xmr.phases} == {100}
    assert {point.status for point in found.points[8:]} == {"concern"}


def test_a_recalculation_after_launch_starts_a_phase_of_its_own() -> None:
    found = find(long_series(), decided(EventKind.RECALCULATION, date(2024, 5, 15)))
    assert found.xmr is not None
    assert found.xmr.phases[-1].start == 18
    assert found.rebased is not None
    assert [phase.start for phase in found.rebased.phases] == [0, 16, 18]


def test_limits_frozen_at_a_position_are_those_of_the_points_before_it() -> None:
    values = [float(v) for v in [*BEFORE, *AFTER]]
    for preset in ("mdc", "nhsrplotthedots"):
        first = xmr(values, preset=preset, improvement_direction="decrease", baseline_points=12)
        assert xmr(values, preset=preset, improvement_direction="decrease", frozen_at=12) == first


def test_both_icons_are_told_in_words_and_each_point_names_its_rules() -> None:
    found = find(make_series([*BEFORE, *AFTER], measure=replace(ATTENDANCES, target=1000.0)))
    assert found.icons is not None
    assert (found.icons.variation, found.icons.assurance) == ("improvement, low", "pass")
    assert found.points[-1].reason == "part of a run below the mean"


# Roll-up


def test_months_roll_up_to_declared_quarters_only_when_all_are_there() -> None:
    quarterly = replace(ATTENDANCES, frequency=Frequency.QUARTER)
    values = [10.0, 20.0, 30.0, 10.0, None, 30.0, 1.0, 2.0, 3.0]
    whole = rolled_up(make_series(values, measure=quarterly, states={4: State.MISSING_AT_SOURCE}, provisional=(8,)))
    assert [(p.label, v) for p, v in zip(whole.periods, whole.values.tolist(), strict=True) if p.months == 3] == [
        ("Apr to Jun 23", 60.0),
        ("Oct to Dec 23", 6.0),
    ]
    assert [point.left_out for point in find(whole).points] == [
        None,
        LeftOut.OTHER_FREQUENCY,
        LeftOut.OTHER_FREQUENCY,
        LeftOut.OTHER_FREQUENCY,
        LeftOut.PROVISIONAL,
    ]


def test_a_value_for_the_whole_stands_and_its_parts_are_left_alone() -> None:
    quarterly = replace(ATTENDANCES, frequency=Frequency.QUARTER)
    whole = Period(date(2023, 4, 1), date(2023, 6, 30))
    series = make_series([10, 20, 30, 66], measure=quarterly, periods=(*months_from(2023, 4, 3), whole))
    assert rolled_up(series) is series


def test_means_and_rates_never_roll_up_and_shares_do_by_their_people() -> None:
    for kind in (MeasureKind.MEAN, MeasureKind.RATE):
        series = make_series([1, 2, 3], measure=replace(ATTENDANCES, kind=kind, frequency=Frequency.QUARTER))
        assert rolled_up(series) is series
    share = replace(ATTENDANCES, kind=MeasureKind.PROPORTION, frequency=Frequency.QUARTER)
    series = make_series([0.5, 0.2, 0.1], measure=share, numerators=[5, 2, 1], denominators=[10, 10, 10])
    assert rolled_up(series).values.tolist() == pytest.approx([8 / 30])


# Several measures, people asked twice


def test_primary_measures_are_adjusted_by_holm_and_the_rest_by_benjamini_and_hochberg() -> None:
    series = [
        make_series([*BEFORE, *AFTER], measure=replace(ATTENDANCES, id=at, name=f"M{at}", is_primary=at < 3))
        for at in range(5)
    ]
    held = analyse_role(series, LAUNCHED, TODAY).multiplicity
    assert held is not None
    assert held.examined == 5
    p = held.measures[0].p
    assert [one.adjusted for one in held.measures] == pytest.approx([3 * p] * 3 + [p] * 2)


def test_more_than_three_primary_measures_are_too_many() -> None:
    series = [make_series([*BEFORE, *AFTER], measure=replace(ATTENDANCES, id=at)) for at in range(4)]
    assert "many_primary" in {caution.code for caution in analyse_role(series, LAUNCHED, TODAY).cautions}


def test_a_p_value_goes_with_its_interval() -> None:
    rng = np.random.default_rng(8)
    for _ in range(60):
        values = [*rng.poisson(30, 12).tolist(), *rng.poisson(25, 12).tolist()]
        found = effect(find(make_series(values)).effect)
        assert (found.p < 0.05) == found.excludes_no_change or abs(found.p - 0.05) < 0.005


def test_people_asked_twice_are_compared_by_those_who_changed() -> None:
    measure = replace(ATTENDANCES, kind=MeasureKind.PAIRED_PROPORTION, direction=Direction.INCREASE)
    parts = {"yes_to_no": [2.0] * 12, "no_to_yes": [6.0] * 12, "pairs": [20.0] * 12, "lost": [5.0] * 12}
    role = replace(LAUNCHED, timeline=Timeline(date(2023, 4, 1)))
    found = find(make_series([None] * 12, measure=measure, **parts), role)  # type: ignore[arg-type]  # parts of a series
    assert effect(found.effect).absolute == pytest.approx(48 / 240)
    assert effect(found.effect).key == "paired_proportions"
    assert found.verdict == "improvement"
    assert "240 people measured twice" in found.texts.statement
    assert any("20\u00a0% of the people were lost" in c.text for c in found.cautions)
    few = {name: [value / 10 if name == "pairs" else 0.0 for value in held] for name, held in parts.items()}
    none = make_series([None] * 12, measure=measure, **few)  # type: ignore[arg-type]  # parts of a series
    assert isinstance(find(none, role).effect, TooEarly)


# Planning, choices made beforehand, dose


def test_waiting_longer_lets_a_smaller_change_be_seen() -> None:
    plan = find(make_series([*BEFORE, *AFTER])).plan
    assert plan is not None
    assert [step.n_after for step in plan.steps] == [17, 23, 35]
    shares = [step.relative for step in plan.steps]
    assert shares == sorted(shares, reverse=True)
    assert plan.text.startswith("With 12 more months you could detect a fall of about ")


def test_a_choice_after_launch_or_altered_since_is_said() -> None:
    late = replace(ATTENDANCES, chosen_on=date(2024, 6, 1))
    altered = replace(ATTENDANCES, chosen_on=date(2024, 1, 1), choice_changed_on=date(2024, 9, 1))
    for measure, word in ((late, "chosen on 1 Jun 2024"), (altered, "changed on 1 Sep 2024")):
        found = find(make_series([*BEFORE, *AFTER], measure=measure))
        assert any(c.code == "chosen_late" and word in c.text for c in found.cautions)
        assert not found.evidence.reasons[0].met
    assert "chosen_late" not in codes(find(make_series([*BEFORE, *AFTER])))


def test_a_change_against_what_was_expected_is_said() -> None:
    hoped = replace(ATTENDANCES, expected=Direction.INCREASE)
    assert "unexpected_direction" in codes(find(make_series([*BEFORE, *AFTER], measure=hoped)))
    feared = replace(ATTENDANCES, expected=Direction.DECREASE)
    assert "unexpected_direction" not in codes(find(make_series([*BEFORE, *AFTER], measure=feared)))


def test_a_role_that_was_part_filled_says_so() -> None:
    filled = replace(LAUNCHED, planned_wte=2.0, actual_wte=1.9)
    assert "dose" not in codes(find(make_series([*BEFORE, *AFTER]), filled))
    assert "dose" in codes(find(make_series([*BEFORE, *AFTER]), replace(filled, actual_wte=1.2)))


def test_values_that_follow_the_seasons_are_a_caution_and_noise_is_not() -> None:
    season = [200 + 30 * np.sin(place * np.pi / 6) + (-1) ** place for place in range(36)]
    assert "seasonality" in codes(find(make_series([round(v) for v in season])))
    noise = np.random.default_rng(2).normal(200, 10, 36).round().tolist()
    assert "seasonality" not in codes(find(make_series(noise)))


def test_means_of_different_people_are_a_caution() -> None:
    measure = replace(ATTENDANCES, kind=MeasureKind.MEAN)
    found = find(make_series([*BEFORE, *AFTER], measure=measure, sds=[5.0] * 23, counts=[20.0] * 23))
    assert "unpaired_means" in codes(found)


# Gap between groups


def test_a_gap_that_narrows_after_launch_is_found_with_its_interval() -> None:
    share = replace(ATTENDANCES, kind=MeasureKind.PROPORTION)

    def group(tops: list[float]) -> Series:
        return make_series([t / 200 for t in tops], measure=share, numerators=tops, denominators=[200.0] * 24)

    poorest, richest = group([100.0] * 12 + [80.0] * 12), group([60.0] * 24)
    gap = gap_of(("Poorest fifth", poorest), ("Richest fifth", richest), LAUNCHED)
    assert [point.gap for point in gap.points] == pytest.approx([0.2] * 12 + [0.1] * 12)
    assert all(point.lower < point.gap < point.upper for point in gap.points)
    assert effect(gap.effect).absolute == pytest.approx(-0.1)
    assert effect(gap.effect).absolute_upper < 0
    assert gap.sentence.startswith("The gap between Poorest fifth and Richest fifth changed")


# How is this made?


TOGETHER = {"icons", "equity_gap", "after_end", "likeness", "evidence_level", "beside_factors"}
"""What figures over measures, groups, places and time rest on besides the methods of the engine."""


def test_every_method_of_the_engine_and_of_a_finding_has_its_entry() -> None:
    entries = {entry["key"]: entry for entry in load("methods")["methods"]}
    engine = {name for name, where in METHODS.items() if ".impact." in where}
    found = find(make_series([*BEFORE, *AFTER]))
    guarded = {effect(found.effect).key, "period_values", "controlled_series", "interrupted_series"}
    assert engine | guarded | TOGETHER == set(entries)
    assert all(entry[name].strip() for entry in entries.values() for name in entry if name != "proof")


def test_every_caution_has_its_entry() -> None:
    entries = {entry["code"] for entry in load("cautions")["cautions"]}
    assert entries == {code for code, _ in cautions._CHECKS} | set(several.CODES)
