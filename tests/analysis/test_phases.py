from __future__ import annotations

from datetime import date

import pytest

from analysis.periods import Frequency, financial_quarter, financial_year, month, week_starting
from analysis.phases import containing, phase_of, phases_of
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


def test_a_month_lies_in_a_quarter_and_in_a_financial_year_that_takes_january_to_march_of_the_next() -> None:
    assert containing(month(2024, 6), Frequency.QUARTER) == financial_quarter(2024, 1)
    assert containing(month(2025, 3), Frequency.QUARTER) == financial_quarter(2024, 4)
    assert {containing(month(2024, 4), Frequency.YEAR), containing(month(2025, 3), Frequency.YEAR)} == {
        financial_year(2024)
    }


def test_months_do_not_lie_in_weeks() -> None:
    with pytest.raises(ValueError, match="not to week"):
        containing(month(2024, 4), Frequency.WEEK)
