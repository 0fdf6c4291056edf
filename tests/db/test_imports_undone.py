"""Imports taken back at any time beside whatever else was done: the record comes back exactly, step by step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.checks import check_file
from db.history import imports, redo, undo, undo_import, undo_imports
from db.operations.cell_notes import write_cell_note
from db.operations.imports import NewMeasure, RecipeToSave, SourceFile, bring_in
from db.operations.measures import add_measure, stop_using_measure
from db.operations.observations import CellKey, record_observations
from db.operations.roles import add_role, remove_role
from db.queries.series import measures
from db.store import Store
from tests.db.making import dump, import_rows, value

SOURCE = SourceFile("activity.xlsx", "0" * 64, 1234, ("Activity",))
VISITS = {"name": "Home visits", "kind": "count"}


def visits_brought(store: Store, role: int, number: int = 1) -> int:
    """An import that brings a measure of its own; returns its number."""
    new, recipe = NewMeasure("visits", VISITS), RecipeToSave("Activity", "f" * 64, "{}")
    rows = import_rows("visits", {number: 3})
    return bring_in(store, role_id=role, source=SOURCE, rows=rows, new_measures=[new], recipe=recipe).import_id or 0


def visits_of(store: Store, role: int) -> int:
    return next(held.id for held in measures(store, role) if held.name == "Home visits")


def then_the_role_is_removed(store: Store) -> None:
    role = add_role(store, name="Care navigator").new_id or 0
    visits_brought(store, role)
    remove_role(store, role_id=role)


def then_another_role_uses_its_measure(store: Store) -> None:
    first, second = (add_role(store, name=name).new_id or 0 for name in ("Care navigator", "Link worker"))
    add_measure(store, role_id=first, measure=VISITS)
    visits_brought(store, second)


def then_its_measure_is_removed_and_brought_again(store: Store) -> None:
    role = add_role(store, name="Care navigator").new_id or 0
    visits_brought(store, role)
    stop_using_measure(store, role_id=role, measure_id=visits_of(store, role))
    visits_brought(store, role, 2)


def then_it_is_taken_back_while_a_note_hangs_on_a_measure_brought_again(store: Store) -> None:
    role = add_role(store, name="Care navigator").new_id or 0
    visits_brought(store, role)
    visits = visits_of(store, role)
    stop_using_measure(store, role_id=role, measure_id=visits)
    again = visits_brought(store, role, 2)
    write_cell_note(store, key=CellKey(role, visits, month(2024, 4)), text="Clinic closed")
    undo_import(store, again)


def then_it_is_taken_back_while_a_note_hangs_on_a_measure_that_came_later(store: Store) -> None:
    first, second = (add_role(store, name=name).new_id or 0 for name in ("Care navigator", "Link worker"))
    visits = add_measure(store, role_id=first, measure=VISITS).new_id or 0
    brought = visits_brought(store, second)
    write_cell_note(store, key=CellKey(second, visits, month(2024, 4)), text="Clinic closed")
    undo_import(store, brought)


@pytest.mark.parametrize(
    "happens",
    [
        then_the_role_is_removed,
        then_another_role_uses_its_measure,
        then_its_measure_is_removed_and_brought_again,
        then_it_is_taken_back_while_a_note_hangs_on_a_measure_brought_again,
        then_it_is_taken_back_while_a_note_hangs_on_a_measure_that_came_later,
    ],
)
def test_everything_is_taken_back_and_brought_back_whatever_an_import_left(
    happens: Callable[[Store], None], store: Store
) -> None:
    happens(store)
    held, steps = dump(store.path), 0
    while undo(store):
        steps += 1
    assert not dump(store.path)["implementation"]
    for _ in range(steps):
        assert redo(store)
    assert dump(store.path) == held
    assert check_file(store.path).is_sound


def test_a_role_and_the_import_into_it_are_taken_back_and_brought_back_one_by_one(store: Store) -> None:
    empty = dump(store.path)
    role = add_role(store, name="Care navigator").new_id or 0
    new = NewMeasure("visits", {"name": "Home visits", "kind": "count"})
    recipe = RecipeToSave("Activity", "f" * 64, "{}")
    rows = import_rows("visits", {1: 3})
    bring_in(store, role_id=role, source=SOURCE, rows=rows, new_measures=[new], recipe=recipe)
    held = dump(store.path)
    assert [undo(store), undo(store)] == [f"Import {SOURCE.name}", "Set up Care navigator"]
    assert dump(store.path) == empty
    assert imports(store) == []
    assert [redo(store), redo(store)] == ["Set up Care navigator", f"Import {SOURCE.name}"]
    assert dump(store.path) == held
    assert check_file(store.path).is_sound


@pytest.mark.parametrize("brought", [True, False])
@pytest.mark.parametrize("removed", ["measure", "role"])
def test_an_import_whose_values_went_with_their_measure_or_role_is_not_undone_before_they_are_back(
    brought: bool, removed: str, store: Store, role: int, measure: int
) -> None:
    new = [NewMeasure("visits", {"name": "Home visits", "kind": "count"})] if brought else []
    rows = import_rows("visits" if brought else measure, {1: 3, 2: 4})
    outcome = bring_in(store, role_id=role, source=SOURCE, rows=rows, new_measures=new)
    held = dump(store.path)
    of = next(one.id for one in measures(store, role) if (one.name == "Home visits") is brought)
    if removed == "measure":
        stop_using_measure(store, role_id=role, measure_id=of)
    else:
        remove_role(store, role_id=role)
    with pytest.raises(UserProblem, match=r"2 of its values were edited since .*removed"):
        undo_import(store, outcome.import_id or 0)
    undo(store)
    assert dump(store.path) == held
    undo_import(store, outcome.import_id or 0)
    assert not dump(store.path)["observation"]
    assert check_file(store.path).is_sound


def test_a_measure_an_import_brought_stays_while_another_role_uses_it(store: Store, role: int) -> None:
    new = NewMeasure("visits", {"name": "Home visits", "kind": "count"})
    outcome = bring_in(store, role_id=role, source=SOURCE, rows=import_rows("visits", {1: 3}), new_measures=[new])
    other = add_role(store, name="Link worker").new_id or 0
    add_measure(store, role_id=other, measure={"name": "Home visits", "kind": "count"})
    undo_import(store, outcome.import_id or 0)
    assert [held.name for held in measures(store, other)] == ["Home visits"]
    assert not dump(store.path)["observation"]
    redo(store)
    assert len(dump(store.path)["observation"]) == 1
    assert check_file(store.path).is_sound


def test_of_several_imports_all_are_taken_back_or_none(store: Store, role: int, measure: int) -> None:
    first, second = (
        bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {number: 5})).import_id or 0
        for number in (1, 2)
    )
    record_observations(store, entries=[value(role, measure, month(2024, 1), 13)], label="Type 13")
    before = dump(store.path, without_log=False)
    with pytest.raises(UserProblem, match="edited since"):
        undo_imports(store, [second, first])
    assert dump(store.path, without_log=False) == before
    undo(store)
    assert undo_imports(store, [second, first]) == [f"Import {SOURCE.name}"] * 2
    assert not dump(store.path)["observation"]
