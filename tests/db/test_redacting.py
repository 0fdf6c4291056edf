"""Removing a text for good: nowhere in the file afterwards, yet the fact and every hash stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from db.backup import backups, make_backup
from db.checks import check_file
from db.history import redo, undo, undo_import, undo_state
from db.operations.imports import SourceFile, bring_in
from db.operations.measures import add_measure
from db.operations.observations import CellKey, record_observations
from db.operations.record import remove_note
from db.operations.redacting import files_that_hold, find_text, redact
from db.operations.roles import add_note, add_role, change_role
from db.queries.roles import roles
from db.store import Store
from db.tables import Setting
from tests.db.making import ATTENDANCES, import_rows, write_unlogged

NAME = 'Annabel "Nan" Brown'


def holds(path: Path, text: str) -> bool:
    return text.encode() in path.read_bytes()


@pytest.fixture
def noted(store: Store, role: int) -> Store:
    add_note(store, role_id=role, noted_on=date(2024, 5, 1), text=f"{NAME.upper()} came late; tea was served")
    add_note(store, role_id=role, noted_on=date(2024, 5, 2), text="Nothing to remove here")
    return store


def test_a_text_is_found_wherever_it_stands(noted: Store) -> None:
    found = find_text(noted, NAME)
    assert [place.words for place in found.places] == ["note, row 1: text"]
    assert len(found.steps) == 1


def test_a_removed_text_is_nowhere_in_the_file_and_the_check_is_clean(noted: Store) -> None:
    redact(noted, text=NAME)
    assert not holds(noted.path, "ANNABEL")
    assert holds(noted.path, "came late; tea was served")
    assert find_text(noted, "removed]").places
    assert check_file(noted.path).faults == ()


@pytest.mark.parametrize("written", ["SIÂN ÉVANS", "Sia\u0302n E\u0301vans", "siân évans"])
def test_a_name_with_accents_is_found_and_removed_however_it_is_written(written: str, store: Store, role: int) -> None:
    note = add_note(store, role_id=role, noted_on=date(2024, 5, 1), text=f"{written} came late").new_id or 0
    remove_note(store, note_id=note)
    undo(store)
    found = find_text(store, "Siân Évans")
    assert ([place.table for place in found.places], len(found.steps)) == (["note"], 3)
    redact(store, text="Siân Évans")
    assert find_text(store, "Siân Évans").is_empty
    assert not holds(store.path, "vans")
    assert check_file(store.path).faults == ()


def test_a_number_of_a_person_that_was_read_as_a_figure_is_not_called_removed_before_it_is(
    store: Store, role: int, measure: int
) -> None:
    rows = [import_rows(measure, {1: 5})[0] | {"value": 9434765919.0, "raw_text": "943 476 5919"}]
    key = CellKey(role, measure, month(2024, 1))
    bring_in(store, role_id=role, source=SourceFile("a.csv", "0" * 64, 1), rows=rows)
    with pytest.raises(UserProblem, match="as a figure, not as a text, in 1 place: observation, row 1: value"):
        redact(store, text="943 476 5919")
    record_observations(store, cleared=[key], label="Clear a value")
    redact(store, text="943 476 5919")
    assert find_text(store, "9434765919").is_empty
    assert not holds(store.path, "9434765919")
    assert check_file(store.path).faults == ()


def test_the_fact_and_the_hashes_stay_in_the_history(noted: Store) -> None:
    from sqlalchemy import select

    from db.recorder import table_of
    from db.tables import HistoryStep

    steps = table_of(HistoryStep)
    with noted.read() as connection:
        before = list(connection.execute(select(steps.c.hash)).scalars())
    label = redact(noted, text=NAME).label
    assert NAME not in label
    with noted.read() as connection:
        rows = connection.execute(select(steps.c.hash, steps.c.label)).all()
    assert [row[0] for row in rows[: len(before)]] == before
    assert rows[-1][1] == "Remove a text for good from 2 places"


def test_what_an_undone_step_kept_is_removed_too(store: Store, role: int, measure: int) -> None:
    rows = [{**row, "doubt": f"said {NAME}"} for row in import_rows(measure, {4: 212.0, 5: 206.0})]
    done = bring_in(store, role_id=role, source=SourceFile("a.csv", "0" * 64, 1), rows=rows)
    undo_import(store, done.import_id or 0)
    assert find_text(store, NAME).steps
    redact(store, text=NAME)
    assert find_text(store, NAME).is_empty
    assert undo_state(store).redo_label == ""
    assert redo(store) == ""
    assert check_file(store.path).faults == ()


def test_a_redacted_step_is_not_taken_back_and_later_ones_are(noted: Store) -> None:
    redact(noted, text=NAME)
    assert undo_state(noted).undo_label.startswith("Add note")
    remove_note(noted, note_id=2)
    undo(noted)
    undo(noted)
    assert undo_state(noted).undo_label == ""
    assert undo(noted) == ""
    assert check_file(noted.path).faults == ()


def test_a_step_changed_without_a_redaction_is_still_noticed(noted: Store) -> None:
    redact(noted, text=NAME)
    write_unlogged(noted, "UPDATE history_step SET label = 'x' WHERE id = 1")
    assert any("step 1" in fault for fault in check_file(noted.path).faults)


def test_backups_that_still_hold_it_are_listed(noted: Store) -> None:
    old = make_backup(noted, reason="at open")
    redact(noted, text=NAME)
    new = make_backup(noted, reason="at close")
    assert files_that_hold(NAME, [held.path for held in backups(noted)]) == [old.path]
    assert new.path != old.path


def test_a_text_that_stands_nowhere_or_is_too_short_changes_nothing(noted: Store) -> None:
    for text, words in (("Nobody", "stands nowhere"), ("a", "at least 3")):
        with pytest.raises(UserProblem, match=words):
            redact(noted, text=text)
    assert undo_state(noted).undo_label


def test_a_file_that_is_being_read_is_told_and_can_be_written_anew_later(
    noted: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    def locked(_path: Path) -> None:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr("db.sqlite.compact", locked)
        with pytest.raises(UserProblem, match="could not be written anew"):
            redact(noted, text=NAME)
    with pytest.raises(UserProblem, match="stands nowhere"):
        redact(noted, text=NAME)
    assert not holds(noted.path, "ANNABEL")


def test_a_person_who_gave_a_role_a_measure_and_a_site_their_name_is_nowhere_afterwards(
    store: Store, role: int
) -> None:
    added = add_role(store, name="Post of Anna Blue", place="Anna Blue's surgery").new_id or 0
    measure = {**ATTENDANCES, "name": "Calls taken by Anna Blue", "numerator_name": "seen by anna blue"}
    add_measure(store, role_id=added, measure=measure)
    add_note(store, role_id=role, noted_on=date(2024, 5, 1), text="Came late", theme="Anna Blue")
    found = find_text(store, "Anna Blue")
    assert {place.table: place.columns for place in found.places} == {
        "implementation": ("name", "place"),
        "measure": ("name", "numerator_name"),
        "note": ("theme",),
    }
    redact(store, text="Anna Blue")
    assert find_text(store, "Anna Blue").is_empty
    assert b"anna blue" not in store.path.read_bytes().lower()
    assert "Post of [removed]" in [held.name for held in roles(store)]
    assert check_file(store.path).faults == ()


def test_whoever_wrote_the_history_is_taken_out_of_it_too(store: Store) -> None:
    with store.step("Say who writes") as step:
        step.insert(Setting, {"key": "author", "value": "Anna Blue"})
    add_role(store, name="Link worker")
    redact(store, text="Anna Blue")
    assert not holds(store.path, "Anna Blue")
    assert check_file(store.path).faults == ()
    add_role(store, name="Pharmacist")
    assert not holds(store.path, "Anna Blue")


def test_words_of_a_list_shares_and_keys_are_no_texts_of_a_person(store: Store, role: int, measure: int) -> None:
    for text in ("role", "increase", "decrease", "running", "month", "0.5"):
        held = {(place.table, name) for place in find_text(store, text).places for name in place.columns}
        assert held <= {("implementation", "name"), ("measure", "name"), ("measure", "unit")}, (text, held)


def test_two_that_would_be_left_with_one_name_are_told_and_nothing_is_changed(store: Store, role: int) -> None:
    for name in ("Anna Blue", "ANNA BLUE"):
        add_measure(store, role_id=role, measure={**ATTENDANCES, "name": name})
    before = store.path.read_bytes()
    with pytest.raises(UserProblem, match="another of that kind has the name") as told:
        redact(store, text="Anna Blue")
    assert "another name first" in told.value.hint
    assert find_text(store, "Anna Blue").places
    assert len(before) == len(store.path.read_bytes())


def test_what_is_left_is_no_longer_than_its_place(store: Store, role: int) -> None:
    added = add_role(store, name="Ann " * 49 + "Ann").new_id
    redact(store, text="Ann")
    (held,) = [one for one in roles(store) if one.id == added]
    assert len(held.name) <= 200
    change_role(store, role_id=added or 0, place="Elm")
