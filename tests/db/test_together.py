"""Several steps as one transaction: all of them are written, or none, and each is undone by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.history import undo, undo_state
from db.operations.roles import add_role
from db.queries.roles import roles
from db.store import Store, create


def test_steps_together_are_all_written_and_undone_one_by_one(tmp_path: Path) -> None:
    store = create(tmp_path / "elm.roleworth")
    with store.together():
        add_role(store, name="Navigator")
        add_role(store, name="Link worker")
    assert [role.name for role in roles(store)] == ["Link worker", "Navigator"]
    assert undo(store) == "Set up Link worker"
    assert [role.name for role in roles(store)] == ["Navigator"]
    store.close()


def twice(store: Store) -> None:
    with store.together():
        add_role(store, name="Navigator")
        add_role(store, name="Navigator")


def test_a_problem_in_a_later_step_leaves_nothing_of_the_earlier_ones(tmp_path: Path) -> None:
    store = create(tmp_path / "elm.roleworth")
    before = undo_state(store)
    with pytest.raises(UserProblem):
        twice(store)
    assert (roles(store), undo_state(store)) == ((), before)
    add_role(store, name="Navigator")
    assert [role.name for role in roles(store)] == ["Navigator"]
    store.close()


def test_a_problem_that_is_dealt_with_inside_costs_only_its_own_step(tmp_path: Path) -> None:
    store = create(tmp_path / "elm.roleworth")
    with store.together():
        add_role(store, name="Navigator")
        with pytest.raises(UserProblem):
            add_role(store, name="Navigator")
        add_role(store, name="Link worker")
    assert len(roles(store)) == 2
    store.close()
