"""A measure that was removed a moment ago takes no more values: what was typed meanwhile is told."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.checks import check_file
from db.history import undo
from db.operations.imports import SourceFile, bring_in
from db.operations.measures import add_event, add_measure, change_use, stop_using_measure
from db.operations.observations import record_observations
from db.operations.record import employ_with
from db.operations.roles import add_note, join_programme, remove_role
from db.store import Store
from tests.db.making import ATTENDANCES, import_rows, value

TYPED = "What was typed was not saved: Apr 23: 171. Undo brings the measure back."


def type_one(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2023, 4), 171)], label="Type")


def test_a_value_for_a_measure_that_the_role_uses_no_more_is_refused_with_what_was_typed(
    store: Store, role: int, measure: int
) -> None:
    stop_using_measure(store, role_id=role, measure_id=measure)
    with pytest.raises(UserProblem, match="A&E attendances is not a measure of this role any more") as told:
        type_one(store, role, measure)
    assert told.value.hint == TYPED
    assert check_file(store.path).is_sound
    undo(store)
    type_one(store, role, measure)
    assert check_file(store.path).is_sound


def test_so_is_one_for_a_measure_that_was_never_added_after_all(store: Store, role: int) -> None:
    added = add_measure(store, role_id=role, measure={**ATTENDANCES, "name": "Calls"}).new_id or 0
    undo(store)
    with pytest.raises(UserProblem, match="The measure is not a measure of this role any more"):
        type_one(store, role, added)


def test_and_for_a_role_that_has_gone(store: Store, role: int, measure: int) -> None:
    remove_role(store, role_id=role)
    with pytest.raises(UserProblem, match="any more"):
        type_one(store, role, measure)


def test_a_sheet_for_a_measure_that_was_removed_is_not_brought_in(store: Store, role: int, measure: int) -> None:
    stop_using_measure(store, role_id=role, measure_id=measure)
    with pytest.raises(UserProblem, match="is not a measure of this role any more") as told:
        bring_in(store, role_id=role, source=SourceFile("a.csv", "0" * 64, 1), rows=import_rows(measure, {4: 1.0}))
    assert told.value.hint == "Nothing was imported."
    assert check_file(store.path).is_sound


def test_how_a_measure_is_used_is_not_changed_any_more_when_it_was_removed(
    store: Store, role: int, measure: int
) -> None:
    stop_using_measure(store, role_id=role, measure_id=measure)
    with pytest.raises(UserProblem, match="is not a measure of this role any more"):
        change_use(store, role_id=role, measure_id=measure, is_primary=True)


def test_what_belongs_to_a_role_that_has_gone_is_refused_in_words(store: Store, role: int) -> None:
    remove_role(store, role_id=role)
    for add in (
        partial(add_note, store, role_id=role, noted_on=date(2024, 5, 1), text="Came late"),
        partial(join_programme, store, role_id=role, name="New roles"),
        partial(employ_with, store, role_id=role, name="Elm trust"),
        partial(add_event, store, role_id=role, happened_on=date(2024, 5, 1), title="Moved"),
    ):
        with pytest.raises(UserProblem, match="has been removed meanwhile") as told:
            add()
        assert told.value.hint == "Nothing was changed."
    assert check_file(store.path).is_sound


def test_a_measure_is_removed_once(store: Store, role: int, measure: int) -> None:
    stop_using_measure(store, role_id=role, measure_id=measure)
    with pytest.raises(UserProblem, match="is not a measure of this role any more"):
        stop_using_measure(store, role_id=role, measure_id=measure)
