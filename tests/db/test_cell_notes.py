from __future__ import annotations

from analysis.periods import month
from analysis.vocabulary import Arm
from db.history import redo, undo, undo_state
from db.operations.cell_notes import write_cell_note
from db.operations.observations import CellKey, record_observations
from db.operations.roles import remove_role
from db.queries.cell_notes import cell_notes
from db.queries.series import value_history
from db.store import Store
from tests.db.making import value

APRIL = month(2024, 4)


def texts(store: Store, role: int) -> list[str]:
    return [note.text for note in cell_notes(store, role)]


def test_a_note_stands_on_a_cell_whether_or_not_it_holds_a_value(store: Store, role: int, measure: int) -> None:
    write_cell_note(store, key=CellKey(role, measure, APRIL), text="  Clinic closed for two weeks ")
    (note,) = cell_notes(store, role)
    assert (note.text, note.period, note.arm) == ("Clinic closed for two weeks", APRIL, Arm.ROLE)
    assert note.written_on is not None


def test_a_note_is_changed_and_removed_each_as_one_named_step(store: Store, role: int, measure: int) -> None:
    key = CellKey(role, measure, APRIL)
    write_cell_note(store, key=key, text="Clinic closed")
    write_cell_note(store, key=key, text="Clinic closed, one week")
    assert texts(store, role) == ["Clinic closed, one week"]
    write_cell_note(store, key=key, text=" ")
    assert texts(store, role) == []
    assert undo_state(store).undo_label == "Remove the note on A&E attendances, Apr 24"
    undo(store)
    assert texts(store, role) == ["Clinic closed, one week"]
    undo(store)
    assert texts(store, role) == ["Clinic closed"]
    redo(store)
    assert texts(store, role) == ["Clinic closed, one week"]


def test_the_same_text_again_is_no_step(store: Store, role: int, measure: int) -> None:
    key = CellKey(role, measure, APRIL)
    write_cell_note(store, key=key, text="Clinic closed")
    steps = len(undo_state(store).undo)
    write_cell_note(store, key=key, text="Clinic closed")
    assert len(undo_state(store).undo) == steps


def test_arms_and_groups_have_notes_of_their_own(store: Store, role: int, measure: int) -> None:
    write_cell_note(store, key=CellKey(role, measure, APRIL), text="Ours")
    write_cell_note(store, key=CellKey(role, measure, APRIL, Arm.COMPARATOR), text="Theirs")
    assert {note.arm: note.text for note in cell_notes(store, role)} == {Arm.ROLE: "Ours", Arm.COMPARATOR: "Theirs"}


def test_the_history_of_a_value_tells_of_its_notes_removed_ones_too(store: Store, role: int, measure: int) -> None:
    key = CellKey(role, measure, APRIL)
    write_cell_note(store, key=key, text="Clinic closed")
    record_observations(store, entries=[value(role, measure, APRIL, 212)], label="Type 212")
    write_cell_note(store, key=CellKey(role, measure, month(2024, 5)), text="Another cell")
    write_cell_note(store, key=key, text="")
    told = [line.split(", ", 1)[1] for line in value_history(store, role, measure, APRIL)]
    assert told[0] == "Remove the note on A&E attendances, Apr 24, was “Clinic closed”"
    assert told[1].endswith("was empty")
    assert told[2:] == ["Note on A&E attendances, Apr 24"]


def test_a_role_removed_and_brought_back_has_its_notes(store: Store, role: int, measure: int) -> None:
    write_cell_note(store, key=CellKey(role, measure, APRIL), text="Clinic closed")
    remove_role(store, role_id=role)
    undo(store)
    assert texts(store, role) == ["Clinic closed"]
