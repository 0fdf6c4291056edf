"""The register of exports: it keeps what left, and undo does not touch it."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.problems import UserProblem
from db.history import broken_links, undo, undo_state
from db.operations.exports import record_export
from db.operations.roles import add_role
from db.queries.exports import past_exports, told_before
from db.store import Store, open_store

FACTS: dict[str, Any] = {
    "kind": "workbook",
    "audience": "Board",
    "policy": "hes",
    "roles": "Care navigator, Elm",
    "file_name": "summary.xlsx",
    "file_sha256": "a" * 64,
    "shown": '{"1":{}}',
    "edition": "role",
}


def test_an_export_is_listed_newest_first(store: Store) -> None:
    record_export(store, **FACTS)
    record_export(store, **{**FACTS, "file_name": "later.xlsx"})
    held = past_exports(store)
    assert [one.file_name for one in held] == ["later.xlsx", "summary.xlsx"]
    assert (held[0].kind, held[0].audience, held[0].edition) == ("workbook", "Board", "role")


def test_undo_takes_back_the_change_before_an_export_and_not_the_export(store: Store) -> None:
    add_role(store, name="Link worker", place="Oak")
    record_export(store, **FACTS)
    assert undo_state(store).undo_label == "Set up Link worker"
    undo(store)
    assert len(past_exports(store)) == 1
    assert undo_state(store).redo_label == "Set up Link worker"
    record_export(store, **FACTS)
    assert undo_state(store).redo_label == "Set up Link worker"


def test_an_export_is_a_step_of_the_chained_history(store: Store) -> None:
    record_export(store, **FACTS)
    with store.read() as connection:
        assert broken_links(connection) == []


def test_what_two_exports_told_alike_is_handed_on_once(store: Store) -> None:
    for shown in ('{"1":{}}', "", '{"1":{}}', '{"2":{}}'):
        record_export(store, **{**FACTS, "shown": shown})
    assert told_before(store) == ('{"1":{}}', '{"2":{}}')


def test_an_export_of_an_unknown_kind_is_refused(store: Store) -> None:
    with pytest.raises(UserProblem):
        record_export(store, **{**FACTS, "kind": "fax"})
    assert past_exports(store) == ()


def test_a_file_open_for_reading_only_keeps_no_export_and_says_so(store: Store) -> None:
    path = store.path
    held = open_store(path, read_only=True)
    with pytest.raises(UserProblem, match="reading only"):
        record_export(held, **FACTS)
    held.close()
