from __future__ import annotations

from datetime import date

import pytest

from analysis.problems import UserProblem
from analysis.vocabulary import Arm, Assignment, ComparatorKind
from db.answers import RoleAnswer, answer_role
from db.history import undo
from db.operations.comparisons import (
    add_comparator,
    add_target,
    change_comparator,
    change_target,
    remove_comparator,
    remove_target,
)
from db.operations.observations import record_observations
from db.queries.comparisons import comparators, targets
from db.queries.series import doubts, series
from db.store import Store
from resources import deflator
from tests.analysis.making import AFTER, BEFORE, months_from
from tests.db.making import value

TODAY = date(2025, 6, 12)


def answer(store: Store, role: int) -> RoleAnswer:
    return answer_role(store, role, today=TODAY, deflator=deflator())


def record(store: Store, role: int, measure: int, numbers: list[float], **facts: object) -> None:
    periods = months_from(2023, 4, len(numbers))
    entries = [value(role, measure, p, n, **facts) for p, n in zip(periods, numbers, strict=True)]
    record_observations(store, entries=entries, label="Typed")


def test_a_comparator_keeps_how_it_was_assigned_and_whether_it_is_defined_alike(
    store: Store, role: int, measure: int
) -> None:
    add_comparator(
        store,
        role_id=role,
        measure_id=measure,
        name="Oak",
        kind=ComparatorKind.OTHER_PLACE,
        assignment=Assignment.QUASI_RANDOM,
        same_definition=True,
    )
    (held,) = answer(store, role).comparators
    assert (held.arm, held.facts.assignment, held.facts.same_definition) == (
        Arm.COMPARATOR,
        Assignment.QUASI_RANDOM,
        True,
    )


def test_a_second_comparator_of_a_measure_is_refused_and_a_benchmark_is_not(
    store: Store, role: int, measure: int
) -> None:
    add_comparator(store, role_id=role, measure_id=measure, name="Oak", kind=ComparatorKind.OTHER_PLACE)
    with pytest.raises(UserProblem, match="has the comparator Oak already"):
        add_comparator(store, role_id=role, measure_id=measure, name="Ash", kind=ComparatorKind.EARLIER_COHORT)
    add_comparator(store, role_id=role, measure_id=measure, name="England", kind=ComparatorKind.BENCHMARK)
    assert [held.facts.name for held in comparators(store, role)] == ["Oak", "England"]


def test_a_comparator_goes_with_its_values_and_one_undo_brings_both_back(store: Store, role: int, measure: int) -> None:
    new = add_comparator(store, role_id=role, measure_id=measure, name="Oak", kind=ComparatorKind.OTHER_PLACE).new_id
    record(store, role, measure, [*BEFORE], arm=Arm.COMPARATOR)
    remove_comparator(store, comparator_id=new or 0)
    assert (comparators(store, role), len(series(store, role, arm=Arm.COMPARATOR)[0])) == ((), 0)
    undo(store)
    assert len(comparators(store, role)) == 1
    assert len(series(store, role, arm=Arm.COMPARATOR)[0]) == 12


def test_a_comparator_with_values_does_not_become_a_benchmark(store: Store, role: int, measure: int) -> None:
    new = add_comparator(store, role_id=role, measure_id=measure, name="Oak", kind=ComparatorKind.OTHER_PLACE).new_id
    record(store, role, measure, [*BEFORE], arm=Arm.COMPARATOR)
    with pytest.raises(UserProblem, match="Oak has values recorded as a comparator"):
        change_comparator(store, comparator_id=new or 0, kind=ComparatorKind.BENCHMARK)
    change_comparator(store, comparator_id=new or 0, why_chosen="Like list")
    assert comparators(store, role)[0].facts.why_chosen == "Like list"


def test_the_target_in_force_today_judges_the_measure(store: Store, role: int, measure: int) -> None:
    record(store, role, measure, [*BEFORE, 212, *AFTER])
    add_target(store, role_id=role, measure_id=measure, from_date=date(2024, 4, 1), high=200)
    new = add_target(store, role_id=role, measure_id=measure, from_date=date(2025, 4, 1), high=190).new_id or 0
    add_target(store, role_id=role, measure_id=measure, from_date=date(2026, 4, 1), high=180)
    assert answer(store, role).finding.measures[0].measure.target == 190
    remove_target(store, target_id=new)
    assert answer(store, role).finding.measures[0].measure.target == 200


def test_two_targets_do_not_begin_on_one_day_and_bounds_stand_in_order(store: Store, role: int, measure: int) -> None:
    new = add_target(store, role_id=role, measure_id=measure, from_date=date(2024, 4, 1), high=200).new_id or 0
    with pytest.raises(UserProblem, match="begins on 1 Apr 2024 already"):
        add_target(store, role_id=role, measure_id=measure, from_date=date(2024, 4, 1), low=100)
    with pytest.raises(UserProblem, match="lower value is above its upper"):
        change_target(store, target_id=new, low=300)
    change_target(store, target_id=new, from_date=date(2024, 5, 1), source="Board paper")
    assert [(one.since, one.source) for one in targets(store, role)] == [(date(2024, 5, 1), "Board paper")]


def test_open_questions_are_asked_of_the_arm_they_belong_to(store: Store, role: int, measure: int) -> None:
    record(store, role, measure, [900], arm=Arm.COMPARATOR, doubt="9 times the usual")
    assert doubts(store, role, arm=Arm.ROLE) == {}
    assert list(doubts(store, role, arm=Arm.COMPARATOR).values()) == ["9 times the usual"]
    assert len(doubts(store, role)) == 1
