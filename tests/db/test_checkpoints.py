from __future__ import annotations

from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.history import redo, take_back, undo, undo_state
from db.operations.marks import go_back, mark
from db.operations.observations import record_observations
from db.queries.checkpoints import HeldCheckpoint, checkpoints
from db.store import Store
from tests.db.making import dump, value


def enter(store: Store, role: int, measure: int, number: int) -> None:
    entry = value(role, measure, month(2024, number), float(number))
    record_observations(store, entries=[entry], label=f"Type {number}")


def only(store: Store) -> HeldCheckpoint:
    (found,) = checkpoints(store)
    return found


def test_going_back_restores_every_row_and_redo_brings_each_step_back(store: Store, role: int, measure: int) -> None:
    enter(store, role, measure, 1)
    mark(store, name="Before the meeting")
    then = dump(store.path)
    enter(store, role, measure, 2)
    enter(store, role, measure, 3)
    now = dump(store.path)
    way = only(store).way
    assert way is not None
    assert [label for _, label in way.undo] == ["Type 3", "Type 2"]
    changed = go_back(store, step_id=only(store).id)
    assert changed.label == "Back to Before the meeting, 2 steps"
    assert dump(store.path) == then
    assert [redo(store), redo(store)] == ["Type 2", "Type 3"]
    assert dump(store.path) == now


def test_a_checkpoint_ahead_of_what_was_undone_is_reached_by_redoing(store: Store, role: int, measure: int) -> None:
    enter(store, role, measure, 1)
    enter(store, role, measure, 2)
    mark(store, name="Complete")
    then = dump(store.path)
    undo(store)
    undo(store)
    go_back(store, step_id=only(store).id)
    assert dump(store.path) == then


def test_a_checkpoint_whose_steps_gave_way_to_others_is_refused_and_nothing_changes(
    store: Store, role: int, measure: int
) -> None:
    enter(store, role, measure, 1)
    mark(store, name="Complete")
    undo(store)
    enter(store, role, measure, 2)
    before = dump(store.path)
    assert only(store).way is None
    with pytest.raises(UserProblem, match="can no longer be made what it was at “Complete”"):
        go_back(store, step_id=only(store).id)
    assert dump(store.path) == before


def test_going_back_is_all_or_nothing(store: Store, role: int, measure: int, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(store, name="Start")
    for number in (1, 2, 3):
        enter(store, role, measure, number)
    before, steps = dump(store.path), undo_state(store).undo

    def failing(store: Store, target: int, label: str) -> None:
        if label == "Type 1":
            raise UserProblem("The disk is full.")
        take_back(store, target, label)

    monkeypatch.setattr("db.operations.marks.take_back", failing)
    with pytest.raises(UserProblem, match="disk is full"):
        go_back(store, step_id=only(store).id)
    assert dump(store.path) == before
    assert undo_state(store).undo == steps


def test_checkpoints_are_listed_newest_first_and_need_a_name(store: Store, tmp_path: Path) -> None:
    mark(store, name=" First ")
    mark(store, name="Second")
    assert [held.name for held in checkpoints(store)] == ["Second", "First"]
    with pytest.raises(UserProblem, match="needs a name"):
        mark(store, name="  ")
    with pytest.raises(UserProblem, match="no such checkpoint"):
        go_back(store, step_id=999)
