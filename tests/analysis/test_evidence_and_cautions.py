from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.events import numbered_events
from analysis.false_alarms import false_alarm_share, frozen_alarm_share
from analysis.finding import MeasureFinding, analyse_measure
from analysis.vocabulary import EventFacts, EventKind, MeasureKind, RoleFacts, Series, State, Timeline
from tests.analysis.making import AFTER, ATTENDANCES, BEFORE, NAVIGATOR, TODAY, make_series, navigator_series


def find(series: Series, role: RoleFacts = NAVIGATOR) -> MeasureFinding:
    return analyse_measure(series, role, TODAY)


def cautions(series: Series, role: RoleFacts = NAVIGATOR) -> dict[str, str]:
    return {caution.code: caution.text for caution in find(series, role).cautions}


@pytest.mark.parametrize(
    ("before", "after", "level", "to_raise"),
    [
        (12, 2, 0, "To reach level\u00a01: 1 more month after launch."),
        (2, 8, 0, "To reach level\u00a01: 1 more month before launch."),
        (3, 3, 1, "To reach level\u00a02: 9 more months before launch and 5 more months after launch."),
        (12, 7, 1, "To reach level\u00a02: 1 more month after launch."),
        (12, 8, 2, "To reach level\u00a03: add a comparator, with the reason it was chosen."),
    ],
)
def test_the_level_follows_from_what_is_held(before: int, after: int, level: int, to_raise: str) -> None:
    role = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 1)))
    values = [None] * (12 - before) + list(BEFORE[12 - before :]) + list(AFTER[:after])
    found = find(make_series(values), role).evidence
    assert found.level == level
    assert found.to_raise == to_raise


def test_a_changed_definition_lowers_the_level_and_is_a_caution() -> None:
    series = navigator_series(definition_versions=(1,) * 12 + (2,) * 14)
    assert find(series).evidence.level == 1
    assert "one definition throughout" in find(series).evidence.to_raise
    assert "definition_changed" in cautions(series)


def test_the_level_never_depends_on_the_result() -> None:
    flat = make_series([*BEFORE, 212, *BEFORE[:11]])
    assert find(flat).evidence == find(make_series([*BEFORE, 212, *AFTER])).evidence


def test_a_method_chosen_before_launch_is_ticked() -> None:
    late = replace(NAVIGATOR, method_chosen_on=date(2024, 5, 1))
    ticks = {role.method_chosen_on: find(navigator_series(), role).evidence.reasons[0] for role in (NAVIGATOR, late)}
    assert [(reason.met, reason.text) for reason in ticks.values()] == [
        (True, "Method chosen before launch"),
        (False, "Method not chosen before launch"),
    ]


def test_the_scale_is_named_with_the_level() -> None:
    found = find(navigator_series()).evidence
    assert found.label == "Level\u00a02 of 5"
    assert "Maryland" in found.scale
    assert "Nesta" in found.nesta
    assert "GRADE" in found.grade


def test_an_event_that_overlaps_the_time_after_launch_is_named_with_its_number() -> None:
    events = (
        EventFacts(2, date(2024, 12, 1), "Winter scheme", EventKind.SCHEME, end=date(2025, 3, 31)),
        EventFacts(1, date(2023, 12, 4), "Second hub opened"),
        EventFacts(3, date(2024, 9, 1), "For another measure", measure_id=99),
    )
    role = replace(NAVIGATOR, events=events)
    assert cautions(navigator_series(), role)["co_event"] == (
        "Winter scheme (event 2) overlaps 4 of the 11 months after launch."
    )
    assert [event.id for event in numbered_events(ATTENDANCES, role)] == [1, 2]


def test_a_role_that_began_with_a_programme_says_so() -> None:
    role = replace(NAVIGATOR, programme="Ageing Well", programme_start=date(2024, 1, 1))
    assert "programme" in cautions(navigator_series(), role)
    older = replace(role, programme_start=date(2020, 1, 1))
    assert "programme" not in cautions(navigator_series(), older)


def test_people_chosen_for_high_need_would_have_improved_anyway() -> None:
    role = replace(NAVIGATOR, selected_on_high_need=True)
    assert "regression_to_mean" in cautions(navigator_series(), role)
    assert "regression_to_mean" not in cautions(navigator_series())


def test_more_than_a_tenth_suppressed_is_a_caution() -> None:
    values = [*BEFORE, 212, *AFTER]
    states = dict.fromkeys((0, 1, 2), State.SUPPRESSED)
    holed = [None if i in states else float(v) for i, v in enumerate(values)]
    assert "13\u00a0%" in cautions(make_series(holed, states=states))["suppressed"]
    assert "suppressed" not in cautions(make_series([None, *values[1:]], states={0: State.SUPPRESSED}))


def test_missing_months_between_the_first_and_the_last_are_counted_and_those_at_the_ends_are_not() -> None:
    values = [None, *BEFORE[1:5], None, None, *BEFORE[7:], 212, *AFTER]
    assert cautions(make_series(values))["missing_periods"].startswith("2 months missing")
    assert "missing_periods" not in cautions(make_series([None, *BEFORE[1:], 212, *AFTER, None]))


def test_a_month_without_any_row_is_missing_too() -> None:
    series = navigator_series()
    periods = (*series.periods[:5], *(period.next() for period in series.periods[5:]))
    assert cautions(replace(series, periods=periods))["missing_periods"].startswith("1 month missing")


def test_summer_against_winter_is_a_caution() -> None:
    assert "unequal_seasons" in cautions(make_series([*BEFORE, 212, *AFTER[:5]]))
    assert "unequal_seasons" not in cautions(navigator_series())


def test_neighbouring_months_that_are_alike_are_a_caution() -> None:
    slow = 200 + 30 * np.sin(np.arange(24) / 3)
    assert "autocorrelation" in cautions(make_series([float(round(v)) for v in slow]))
    assert "autocorrelation" not in cautions(navigator_series())


def test_small_counts_are_a_caution() -> None:
    assert "low_counts" in cautions(make_series([2, 3, 1, 4, 2, 3] * 4))
    assert "low_counts" not in cautions(navigator_series())


def test_money_says_that_it_is_skewed() -> None:
    money = replace(ATTENDANCES, kind=MeasureKind.MONEY)
    assert "skewed_costs" in cautions(navigator_series(measure=money))


def test_a_new_definition_near_launch_is_a_caution() -> None:
    event = EventFacts(1, date(2024, 3, 1), "New A&E coding", EventKind.DEFINITION)
    assert "definition_event" in cautions(navigator_series(), replace(NAVIGATOR, events=(event,)))


def test_false_alarms_grow_with_the_number_of_points() -> None:
    shares = [false_alarm_share(points) for points in (15, 24, 36, 60)]
    assert shares == sorted(shares)
    assert shares[2] == 0.256


def test_limits_from_few_months_alarm_more_often_than_limits_from_many() -> None:
    assert [round(frozen_alarm_share(n, 12), 2) for n in (7, 12, 24, 36)] == [0.36, 0.26, 0.2, 0.15]
    assert frozen_alarm_share(12, 0) == 0
    assert frozen_alarm_share(12, 6) < frozen_alarm_share(12, 18) < frozen_alarm_share(12, 30)


def test_a_signal_comes_with_how_often_one_comes_by_chance() -> None:
    assert cautions(navigator_series())["false_alarm"] == (
        "With limits from 12 months about 1 chart in 4 shows a signal within 11 after launch by chance."
    )
    assert "false_alarm" not in cautions(make_series([*BEFORE, 212, *BEFORE]))
