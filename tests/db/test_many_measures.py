"""Many measures put to use at once, as an import does it."""

from __future__ import annotations

from db.checks import check_file
from db.history import redo, undo
from db.operations.measures import use_measures
from db.queries.series import measures
from db.store import Store
from tests.db.making import ATTENDANCES, dump

FALLS = {"name": "Falls", "kind": "count", "definition": "Any fall", "breaks": [("2024-01-01", "New form")]}
VISITS = {"name": "Visits", "kind": "count"}
MONTHLY = {"frequency": "month"}


def _bring(store: Store, role: int) -> list[int]:
    with store.step("Measures") as step:
        return use_measures(
            step, role, [(FALLS, MONTHLY), (ATTENDANCES, {}), (FALLS, {"frequency": "week"}), (VISITS, MONTHLY)]
        )


def test_a_measure_that_comes_twice_or_is_there_already_is_one(store: Store, role: int, measure: int) -> None:
    ids = _bring(store, role)
    assert ids[1] == measure
    assert ids[0] == ids[2]
    assert len(set(ids)) == 3
    assert [held.name for held in measures(store, role)] == [ATTENDANCES["name"], "Falls", "Visits"]


def test_many_measures_are_undone_and_redone_exactly_with_their_checksums(
    store: Store, role: int, measure: int
) -> None:
    before = dump(store.path)
    _bring(store, role)
    after = dump(store.path)
    undo(store)
    assert dump(store.path) == before
    redo(store)
    assert dump(store.path) == after
    store.close()
    assert not check_file(store.path).faults
