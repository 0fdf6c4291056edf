from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.evidence import without_figures
from analysis.finding import MeasureFinding, analyse_measure, analyse_role
from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_shapes import Effect, TooEarly
from analysis.impact.difference_in_differences import DifferenceInDifferences
from analysis.vocabulary import (
    Arm,
    Assignment,
    ComparatorFacts,
    ComparatorKind,
    EventFacts,
    EventKind,
    MeasureKind,
    RoleFacts,
    Series,
    Timeline,
)
from tests.analysis.making import ATTENDANCES, NAVIGATOR, TODAY, make_series, months_from

ROLE = replace(NAVIGATOR, timeline=Timeline(date(2025, 4, 1)))
ASH = ComparatorFacts("Ash PCN", ComparatorKind.OTHER_PLACE, "Same ICB, like list and like age", "Same extract")
SHAPE = np.array([210, 204, 214, 206, 211, 203, 209, 215, 207, 212, 205, 208] * 3, dtype=float)


def here(drop: float = 0.0, slope: float = 0.0, **more: object) -> Series:
    values = SHAPE + np.where(np.arange(36) % 2, 2, -2) + slope * np.arange(36)
    values[24:] -= drop
    return make_series(values.round().tolist(), **more)  # type: ignore[arg-type]  # parts of a series


def there(facts: ComparatorFacts = ASH, drop: float = 0.0, **more: object) -> Series:
    values = SHAPE * 1.5
    values[24:] -= drop
    return make_series(values.round().tolist(), arm=Arm.COMPARATOR, comparator=facts, **more)  # type: ignore[arg-type]


def find(series: Series, *beside: Series, role: RoleFacts = ROLE) -> MeasureFinding:
    return analyse_measure(series, role, TODAY, beside)


def against(found: MeasureFinding) -> ComparatorFinding:
    assert len(found.compared) == 1
    return found.compared[0]


def extra(found: MeasureFinding) -> Effect:
    effect = against(found).effect
    assert isinstance(effect, Effect)
    return effect


def test_what_fell_everywhere_is_not_the_extra_change_of_the_role() -> None:
    everywhere = extra(find(here(drop=30), there(drop=45)))
    assert everywhere.relative == pytest.approx(0.0, abs=0.01)
    assert not everywhere.excludes_no_change
    only_here = extra(find(here(drop=30), there()))
    assert only_here.relative == pytest.approx(-30 / SHAPE.mean(), abs=0.01)
    assert only_here.excludes_no_change
    assert only_here.relative_lower < only_here.relative < only_here.relative_upper


def test_the_extra_change_is_the_engines_ratio_of_rate_ratios_on_a_wider_interval() -> None:
    effect = extra(find(here(drop=30), there()))
    assert isinstance(effect.comparison, DifferenceInDifferences)
    assert effect.relative == pytest.approx(effect.comparison.ratio - 1)
    assert effect.relative_lower < effect.comparison.ratio_lower - 1
    assert (effect.n_before, effect.n_after) == (24, 12)


def test_only_periods_both_hold_are_compared() -> None:
    short = there(periods=months_from(2023, 10, 36))
    assert (against(find(here(), short)).n_before, against(find(here(), short)).n_after) == (18, 12)


@pytest.mark.parametrize("kind", [MeasureKind.MONEY, MeasureKind.MEAN])
def test_period_means_are_differenced_never_narrower_than_period_by_period(kind: MeasureKind) -> None:
    measure = replace(ATTENDANCES, kind=kind)
    effect = extra(find(here(drop=30, measure=measure), there(measure=measure)))
    assert effect.absolute == pytest.approx(-30, abs=1)
    assert effect.absolute_upper < 0


def test_shares_of_both_places_are_differenced_in_points() -> None:
    measure = replace(ATTENDANCES, kind=MeasureKind.PROPORTION)

    def shares(late: float, **more: object) -> Series:
        tops = [50.0] * 24 + [late] * 12
        parts = {"numerators": tops, "denominators": [100.0] * 36}
        return make_series([t / 100 for t in tops], measure=measure, **parts, **more)  # type: ignore[arg-type]

    effect = extra(find(shares(40), shares(48, arm=Arm.COMPARATOR, comparator=ASH)))
    assert effect.absolute == pytest.approx(-0.08)
    assert effect.absolute_lower < -0.08 < effect.absolute_upper


def test_mean_changes_of_two_groups_of_people_are_compared() -> None:
    measure = replace(ATTENDANCES, kind=MeasureKind.PAIRED_MEAN)

    def scores(change: float, **more: object) -> Series:
        blank: Sequence[None] = [None] * 36
        parts = {"change_means": [change] * 36, "change_sds": [8.0] * 36, "pairs": [20.0] * 36}
        return make_series(blank, measure=measure, **parts, **more)  # type: ignore[arg-type]

    found = find(scores(5), scores(2, arm=Arm.COMPARATOR, comparator=ASH))
    assert extra(found).absolute == pytest.approx(3)
    assert found.evidence.level == 3


def test_a_benchmark_is_shown_against_and_never_differenced() -> None:
    england = replace(ASH, name="England", kind=ComparatorKind.BENCHMARK)
    found = find(here(drop=30), replace(there(england), arm=Arm.BENCHMARK))
    assert against(found).is_benchmark
    assert against(found).controlled is None
    assert "shown and not differenced" in against(found).sentence
    assert found.evidence.level == 2


def test_an_earlier_cohort_is_moved_forward_by_whole_years_and_costs_a_level() -> None:
    earlier = replace(ASH, kind=ComparatorKind.EARLIER_COHORT)
    found = find(here(drop=30), there(earlier, periods=months_from(2019, 4, 36)))
    assert against(found).months_earlier == 48
    assert (against(found).n_before, against(found).n_after) == (24, 12)
    assert found.evidence.level == 2
    assert "a comparator of the same time" in found.evidence.to_raise
    assert "comparator" in {caution.code for caution in found.cautions}


def test_people_of_equal_need_share_the_calendar_and_may_have_been_reached() -> None:
    found = find(here(drop=30), there(replace(ASH, kind=ComparatorKind.EQUAL_NEED)))
    assert found.evidence.level == 3
    assert any("reached by the role too" in caution.text for caution in found.cautions)


def test_the_controlled_series_gives_the_jump_over_and_above_the_comparators() -> None:
    controlled = against(find(here(drop=30), there())).controlled
    assert isinstance(controlled, FittedChange)
    assert controlled.level == pytest.approx(-0.14, abs=0.03)
    assert controlled.level_lower < controlled.level < controlled.level_upper < 0
    assert controlled.key == "controlled_series"


def test_unlike_earlier_trends_cost_a_level_and_show_their_interval() -> None:
    alike = find(here(drop=30), there())
    unlike = find(here(slope=-3), there())
    assert (alike.evidence.level, unlike.evidence.level) == (3, 2)
    trend = against(unlike).pre_trend
    assert trend is not None
    assert trend.lower < trend.difference < trend.upper < 0
    assert not trend.is_small
    assert trend.text in [reason.text for reason in unlike.evidence.reasons]
    assert "like earlier trends" in unlike.evidence.to_raise


def lacking(name: str) -> tuple[Series, Series, RoleFacts]:
    event = EventFacts(9, date(2025, 6, 1), "New ward", EventKind.SCHEME, end=date(2025, 9, 1))
    return {
        "no reason": (here(drop=30), there(replace(ASH, why_chosen=" ")), ROLE),
        "another definition": (here(drop=30), there(versions=dict.fromkeys(range(36), 2)), ROLE),
        "short before": (here(drop=30), there(periods=months_from(2024, 6, 36)), ROLE),
        "an event here": (here(drop=30), there(), replace(ROLE, events=(event,))),
        "an event there": (here(drop=30), there(), replace(ROLE, events=(replace(event, arm=Arm.COMPARATOR),))),
    }[name]


@pytest.mark.parametrize("name", ["no reason", "another definition", "short before", "an event here", "an event there"])
def test_each_shortcoming_lowers_a_random_design_by_one_and_says_what_would_mend_it(name: str) -> None:
    main, other, role = lacking(name)
    drawn = replace(other, comparator=replace(other.comparator or ASH, assignment=Assignment.RANDOM))
    found = find(main, drawn, role=role)
    unmet = [reason for reason in found.evidence.reasons if not reason.met]
    faults = [one for one in unmet if one.code.startswith(("comparator", "one_sided", "same_time", "trend_gap"))]
    assert found.evidence.level == 5 - len(faults)
    assert faults
    assert found.evidence.to_raise.startswith("To raise it")


def test_an_event_that_fell_on_both_places_alike_costs_nothing() -> None:
    both = EventFacts(9, date(2025, 6, 1), "National pay deal", EventKind.CHANGE, arm=None)
    assert find(here(drop=30), there(), role=replace(ROLE, events=(both,))).evidence.level == 3


@pytest.mark.parametrize(
    ("assignment", "level"), [(Assignment.NONE, 3), (Assignment.QUASI_RANDOM, 4), (Assignment.RANDOM, 5)]
)
def test_levels_four_and_five_rest_on_a_recorded_assignment(assignment: Assignment, level: int) -> None:
    found = find(here(drop=30), there(replace(ASH, assignment=assignment))).evidence
    assert (found.level, found.of) == (level, 5)
    assert found.nesta
    assert found.grade


def test_a_weak_comparator_never_takes_away_what_the_series_itself_carries() -> None:
    weak = there(replace(ASH, why_chosen="", kind=ComparatorKind.EARLIER_COHORT), periods=months_from(2019, 4, 36))
    assert find(here(drop=30, slope=-3), weak).evidence.level == 2
    assert find(here(drop=30)).evidence.level == 2


def test_too_little_in_common_leaves_the_level_alone_and_says_so() -> None:
    few = there(periods=months_from(2026, 2, 36))
    found = find(here(drop=30), few)
    assert isinstance(against(found).effect, TooEarly)
    assert found.evidence.level == 2
    assert "nothing can be said yet" in against(found).sentence


def test_what_leaves_the_app_with_numbers_hidden_names_the_trend_without_figures() -> None:
    bare = without_figures(find(here(slope=-3), there()).evidence)
    assert "Earlier trends not shown to be alike" in [reason.text for reason in bare.reasons]
    assert not any("differ by" in reason.text for reason in bare.reasons)


def test_a_role_holds_its_measures_against_the_comparators_of_the_same_measure_only() -> None:
    other = replace(ATTENDANCES, id=2, is_primary=False)
    found = analyse_role([here(drop=30), here(measure=other), there()], ROLE, TODAY)
    assert [len(one.compared) for one in found.measures] == [1, 0]
    assert len({one.input_hash for one in found.measures}) == 2
