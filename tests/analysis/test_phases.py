from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.periods import Frequency, financial_quarter, financial_year, month, months_between, week_starting
from analysis.phases import phase_of, phases_of, roll_up
from analysis.vocabulary import Phase, Timeline


def test_the_month_that_holds_the_launch_is_phase_in() -> None:
    timeline = Timeline(launch=date(2024, 4, 8))
    months = [month(2024, 3), month(2024, 4), month(2024, 5)]
    assert phases_of(months, timeline) == (Phase.BEFORE, Phase.PHASE_IN, Phase.AFTER)


def test_a_launch_on_the_first_day_makes_its_month_after() -> None:
    assert phase_of(month(2024, 4), Timeline(launch=date(2024, 4, 1))) is Phase.AFTER


def test_after_starts_with_the_first_whole_period_past_the_phase_in() -> None:
    timeline = Timeline(launch=date(2024, 4, 1), phase_in_end=date(2024, 6, 14))
    months = [month(2024, 4), month(2024, 6), month(2024, 7)]
    assert phases_of(months, timeline) == (Phase.PHASE_IN, Phase.PHASE_IN, Phase.AFTER)


def test_a_phase_in_that_ends_with_the_month_makes_the_next_month_after() -> None:
    assert phase_of(month(2024, 7), Timeline(date(2024, 4, 1), phase_in_end=date(2024, 6, 30))) is Phase.AFTER


def test_periods_past_the_end_are_a_phase_of_their_own() -> None:
    timeline = Timeline(launch=date(2024, 1, 1), ended=date(2024, 6, 10))
    assert phases_of([month(2024, 6), month(2024, 7)], timeline) == (Phase.AFTER, Phase.AFTER_END)


def test_without_a_launch_every_period_is_before() -> None:
    assert phases_of([month(2020, 1), month(2030, 1)], Timeline(launch=None)) == (Phase.BEFORE, Phase.BEFORE)


def test_a_week_across_the_launch_is_phase_in() -> None:
    timeline = Timeline(launch=date(2024, 4, 3))
    weeks = [week_starting(date(2024, 4, 1)), week_starting(date(2024, 4, 8))]
    assert phases_of(weeks, timeline) == (Phase.PHASE_IN, Phase.AFTER)


def test_counts_roll_up_only_when_every_month_is_there() -> None:
    months = months_between(month(2024, 4), month(2024, 12))
    values = np.array([10.0, 20, 30, 1, np.nan, 3, 5, 5, 5])
    rolled = roll_up(months, values, Frequency.QUARTER)
    assert rolled.periods == (financial_quarter(2024, 1), financial_quarter(2024, 3))
    assert rolled.values.tolist() == [60.0, 15.0]
    assert rolled.incomplete == (financial_quarter(2024, 2),)


def test_a_financial_year_takes_january_to_march_of_the_next() -> None:
    months = months_between(month(2024, 4), month(2025, 3))
    rolled = roll_up(months, np.ones(12), Frequency.YEAR)
    assert rolled.periods == (financial_year(2024),)
    assert rolled.values.tolist() == [12.0]


def test_a_month_absent_from_the_list_leaves_its_quarter_out() -> None:
    rolled = roll_up([month(2024, 4), month(2024, 6)], np.array([1.0, 2.0]), Frequency.QUARTER)
    assert rolled.periods == ()


def test_months_do_not_roll_up_to_weeks() -> None:
    with pytest.raises(ValueError, match="not to week"):
        roll_up([month(2024, 4)], np.array([1.0]), Frequency.WEEK)
