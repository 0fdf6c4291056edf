"""What about a role needs looking at: each fact against what was agreed, with its date, and nothing without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, Series
from analysis.watch import CASELOAD, CASELOAD_PER_WTE, TURNOVER, WatchFacts, watch_of
from tests.analysis.making import make_series, months_from

TODAY = date(2025, 6, 12)
QUIET = WatchFacts(TODAY, head_count=3)


def of(
    key: str,
    *values: float,
    kind: MeasureKind = MeasureKind.COUNT,
    direction: Direction = Direction.NEUTRAL,
) -> Series:
    measure = MeasureFacts(1, key, kind, "", direction, library_key=key, decimals=1)
    return make_series(values, measure=measure, periods=months_from(2025, 1, len(values)))


def codes(facts: WatchFacts, *series: Series) -> list[tuple[str, str]]:
    return [(one.code, one.kind) for one in watch_of(facts, series)]


def test_a_role_with_nothing_agreed_and_nothing_due_has_nothing_to_look_at() -> None:
    assert codes(QUIET, of(CASELOAD_PER_WTE, 500.0)) == []


@pytest.mark.parametrize(
    ("end", "found"),
    [
        (date(2025, 6, 11), [("funding_ended", "fix")]),
        (date(2025, 6, 12), [("funding_ends", "check")]),
        (date(2025, 12, 9), [("funding_ends", "check")]),
        (date(2025, 12, 10), []),
    ],
)
def test_funding_is_said_half_a_year_ahead_and_once_it_has_ended(end: date, found: list[tuple[str, str]]) -> None:
    assert codes(replace(QUIET, funding_end=end)) == found


def test_workload_is_held_against_the_ceiling_that_was_stated() -> None:
    facts = replace(QUIET, caseload_ceiling=40.0)
    assert codes(facts, of(CASELOAD_PER_WTE, 52.0, 40.0)) == []
    assert codes(facts, of(CASELOAD_PER_WTE, 38.0, 40.5)) == [("workload", "check")]
    found = watch_of(replace(facts, wte=1.6), [of(CASELOAD, 70.0)])[0]
    assert found.fact == "43.8 people per whole-time equivalent at 31 Jan 2025, above the ceiling of 40."
    assert found.when == date(2025, 1, 31)
    assert codes(facts, of(CASELOAD, 70.0)) == []


def test_a_caseload_that_is_set_aside_or_missing_is_passed_over() -> None:
    series = of(CASELOAD_PER_WTE, 38.0, 52.0, float("nan"))
    facts = replace(QUIET, caseload_ceiling=40.0)
    assert codes(facts, series) == [("workload", "check")]
    assert codes(facts, replace(series, set_aside=(None, "counted twice", None))) == []


def test_reliance_on_one_person_is_said_while_the_role_runs() -> None:
    assert codes(replace(QUIET, head_count=1)) == [("one_person", "note")]
    assert codes(replace(QUIET, head_count=1, exceptional_post_holder=True)) == [("exceptional", "check")]
    assert codes(replace(QUIET, head_count=1, is_running=False)) == []


def test_turnover_warns_against_a_target_and_is_only_told_without_one() -> None:
    turnover = of(TURNOVER, 0.10, 0.18, kind=MeasureKind.PROPORTION, direction=Direction.DECREASE)
    assert codes(QUIET, turnover) == [("turnover", "note")]
    aimed = replace(turnover, measure=replace(turnover.measure, target=0.12))
    assert codes(QUIET, aimed) == [("turnover", "check")]
    assert codes(QUIET, replace(aimed, measure=replace(aimed.measure, target=0.20))) == []


def test_reviews_that_are_late_are_said_the_oldest_first() -> None:
    late = (("Shared records", date(2025, 5, 1)), ("Buy-in", date(2025, 4, 1)), ("Trust", date(2025, 7, 1)))
    found = watch_of(replace(QUIET, reviews_due=late, boundary_review=date(2025, 6, 1)), [])
    assert [(one.code, one.kind) for one in found] == [("boundary_review", "check"), ("factor_review", "check")]
    assert found[1].fact == "Buy-in was to be reviewed on 1 Apr 2025, and 1 more with it."
