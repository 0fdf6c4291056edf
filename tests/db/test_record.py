from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.problems import UserProblem
from analysis.vocabulary import EventKind, Lifecycle, Verdict
from db.answers import answer_role
from db.checks import check_file
from db.completeness import months_since
from db.history import redo, undo, undo_state
from db.operations.measures import add_event, change_use
from db.operations.money import set_appraisal
from db.operations.record import (
    add_alternative,
    change_alternative,
    change_note,
    change_task,
    date_programme,
    employ_with,
    record_staffing,
    remove_alternative,
    remove_note,
    remove_task,
    succeed_with,
)
from db.operations.roles import add_note, add_role, add_task, change_role, join_programme, rate_factor, remove_role
from db.queries.record import record
from db.store import Store
from tests.db.making import dump

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)


def test_every_write_of_the_record_is_undone_and_redone_exactly(store: Store, role: int, measure: int) -> None:
    other = add_role(store, name="Link worker").new_id or 0
    writes: list[Callable[[], object]] = [
        lambda: change_role(store, role_id=role, dose="Four visits", co_located=True, caseload_ceiling=40.0),
        lambda: employ_with(store, role_id=role, name="Northvale Trust"),
        lambda: employ_with(store, role_id=role, name=""),
        lambda: join_programme(store, role_id=role, name="Joined-up care"),
        lambda: date_programme(store, role_id=role, started=date(2023, 10, 2)),
        lambda: succeed_with(store, role_id=role, successor_id=other),
        lambda: add_task(store, role_id=role, task="Writes one plan", trained=True),
        lambda: change_task(store, task_id=1, signed_off=False, taken_from="Nurses"),
        lambda: remove_task(store, task_id=1),
        lambda: add_alternative(store, role_id=role, name="No new role", reason="Tried"),
        lambda: change_alternative(store, alternative_id=1, verdict=Verdict.CHOSEN),
        lambda: remove_alternative(store, alternative_id=1),
        lambda: add_note(store, role_id=role, noted_on=MAY, text="One number to ring", voice="patient"),
        lambda: change_note(store, note_id=1, theme="Workload"),
        lambda: remove_note(store, note_id=1),
        lambda: record_staffing(store, role_id=role, months={APRIL: {"planned_wte": "1.0"}, MAY: {"head_count": 2}}),
        lambda: record_staffing(store, role_id=role, months={APRIL: {"planned_wte": None}, MAY: {"actual_wte": "1.5"}}),
        lambda: add_event(store, role_id=role, happened_on=MAY, title="Calls added", kind=EventKind.ROLE),
        lambda: change_use(store, role_id=role, measure_id=measure, owner="Analyst", expected_change=-19.0),
        lambda: set_appraisal(store, role_id=role, start=APRIL, months=36, base_year="2024-25", perspective="NHS"),
        lambda: remove_role(store, role_id=other),
        lambda: remove_role(store, role_id=role),
    ]
    states = [dump(store.path)]
    for write in writes:
        write()
        assert undo_state(store).undo_label
        states.append(dump(store.path))
    for before in reversed(states[:-1]):
        undo(store)
        assert dump(store.path) == before
    for after in states[1:]:
        redo(store)
        assert dump(store.path) == after
    assert check_file(store.path).faults == ()


def test_a_month_of_staffing_that_cannot_be_is_named_and_nothing_is_written(store: Store, role: int) -> None:
    before = dump(store.path)
    months: dict[date, dict[str, object]] = {
        APRIL: {"planned_wte": "1.0"},
        MAY: {"actual_wte": "2.5", "head_count": 2},
    }
    with pytest.raises(UserProblem, match=r"May 2024: 2\.5 whole-time equivalents are more than the 2 people"):
        record_staffing(store, role_id=role, months=months)
    with pytest.raises(UserProblem, match="below zero"):
        record_staffing(store, role_id=role, months={APRIL: {"planned_wte": "-1"}})
    assert dump(store.path) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lifecycle": Lifecycle.ENDED, "lifecycle_date": date(2024, 4, 7)}, "before its launch on 8 Apr 2024"),
        ({"phase_in_end": date(2024, 4, 1)}, "Phase-in ends before the launch"),
        ({"planned_wte": "-0.5"}, "below zero"),
        ({"planned_wte": "1.5", "head_count": 1}, "1.5 whole-time equivalents are more than the head count of 1"),
        ({"head_count": -1}, "below zero"),
        ({"caseload_ceiling": -1.0}, "below zero"),
        ({"launch": None, "lifecycle": Lifecycle.PAUSED}, "never launched"),
    ],
)
def test_facts_that_cannot_be_are_refused_and_nothing_is_written(
    store: Store, role: int, changes: dict[str, object], words: str
) -> None:
    before = dump(store.path)
    with pytest.raises(UserProblem) as problem:
        change_role(store, role_id=role, **changes)
    assert words in problem.value.message
    assert dump(store.path) == before


def test_funding_may_end_before_the_launch(store: Store, role: int) -> None:
    change_role(store, role_id=role, funding_end=date(2024, 1, 1))
    assert undo_state(store).undo_label == "Change funding end of Care navigator"


def test_an_old_fact_that_could_not_be_does_not_stop_another_change(store: Store, role: int) -> None:
    with store.step("as an earlier version wrote it") as step:
        from db.tables import Implementation

        step.update(Implementation, role, {"planned_wte": "3.0", "head_count": 1})
    change_role(store, role_id=role, need="Nobody booked what was agreed")


def test_a_role_cannot_come_after_itself_and_two_alternatives_cannot_share_a_name(store: Store, role: int) -> None:
    with pytest.raises(UserProblem, match="after itself"):
        succeed_with(store, role_id=role, successor_id=role)
    add_alternative(store, role_id=role, name="No new role")
    with pytest.raises(UserProblem, match="among the alternatives already"):
        add_alternative(store, role_id=role, name=" No new role ")
    with pytest.raises(UserProblem, match="no programme"):
        date_programme(store, role_id=role, started=APRIL)


def test_later_changes_of_the_case_are_read_from_the_history_without_those_taken_back(
    store: Store, role: int, measure: int
) -> None:
    change_role(store, role_id=role, aims="10 % fewer by March 2026")
    change_role(store, role_id=role, aims="5 % fewer by March 2026", team="Elm")
    change_use(store, role_id=role, measure_id=measure, is_primary=False, owner="Analyst")
    change_role(store, role_id=role, need="taken back")
    undo(store)
    told = [(change.what, change.before, change.after) for change in record(store, role).case_changes]
    assert told == [
        ("Aims", "", "10 % fewer by March 2026"),
        ("Aims", "10 % fewer by March 2026", "5 % fewer by March 2026"),
        ("A&E attendances, aged 75+: primary", "yes", "no"),
    ]


def test_the_record_says_who_employs_what_followed_and_whose_money_counts(store: Store, role: int) -> None:
    other = add_role(store, name="Link worker").new_id or 0
    employ_with(store, role_id=role, name="Northvale Trust")
    succeed_with(store, role_id=role, successor_id=other)
    set_appraisal(store, role_id=role, start=APRIL, months=36, base_year="2024-25", perspective="NHS")
    held = record(store, role)
    assert (held.employer, held.successor, held.perspective) == ("Northvale Trust", "Link worker", "NHS")
    answer = answer_role(store, role, today=date(2025, 6, 12), deflator={})
    assert answer.completeness.items[22].done


def test_a_month_counts_for_staffing_when_it_began_after_launch_and_is_over() -> None:
    assert months_since(date(2024, 4, 8), date(2024, 6, 12)) == {MAY}
    assert months_since(APRIL, date(2024, 6, 1)) == {APRIL, MAY}
    assert months_since(None, date(2024, 6, 1)) == frozenset()


def test_a_rated_factor_is_named_in_the_history_as_it_is_on_the_screen(store: Store, role: int) -> None:
    told = rate_factor(store, role_id=role, factor_key="cc-04", state="barrier", since=date(2024, 4, 1))
    assert told.label == "Rate Buy-in: barrier"
    assert undo_state(store).undo[-1][1] == told.label
