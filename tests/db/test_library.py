"""A team's own starting points and definitions: kept, refused, and never in the way of what is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.periods import month
from analysis.problems import UserProblem
from analysis.vocabulary import EventKind
from db.history import undo
from db.library import measure_from_library, role_from_catalogue
from db.operations.library import add_group, define_measure, fill_role, keep_entry, remove_entry
from db.operations.measures import add_measure
from db.operations.observations import record_observations
from db.operations.roles import change_role
from db.queries.groups import groups
from db.queries.library import catalogue_entries, held_measures
from db.queries.roles import events, profile, role_facts
from db.queries.series import measures, series
from db.store import Store
from resources import load
from tests.db.making import value

ROWS = {row["key"]: row for row in load("measure_library")["measures"]}


def test_every_row_of_the_library_can_be_put_to_use_with_all_it_says(store: Store, role: int) -> None:
    for row in ROWS.values():
        add_measure(store, role_id=role, measure=measure_from_library(row))
    held = {measure.facts.library_key: measure for measure in held_measures(store)}
    assert set(held) == set(ROWS)
    for key, row in ROWS.items():
        facts = held[key].facts.model_dump()
        same = (
            "name",
            "unit",
            "minimum",
            "maximum",
            "numerator_name",
            "exclusions",
            "important_high",
            "code",
            "licence",
        )
        assert {name: facts[name] for name in same} == {name: row[name] for name in same}
        assert [(str(b.happened_on), b.what) for b in held[key].breaks] == [tuple(one) for one in row["breaks"]]
        assert held[key].definitions[0][1] == row["definition"]


def test_a_break_of_the_measure_is_an_event_of_every_role_whose_values_it_falls_in(store: Store, role: int) -> None:
    measure = add_measure(store, role_id=role, measure=measure_from_library(ROWS["care-home-admissions"])).new_id or 0
    assert events(store, role) == ()
    entries = [value(role, measure, month(2024, number), 12.0) for number in (1, 2, 3, 4)]
    record_observations(store, entries=entries, label="Type 4 values")
    found = role_facts(store, role).events
    assert [(event.when, event.kind, event.measure_id) for event in found] == [
        (date(2024, 4, 1), EventKind.DEFINITION, measure)
    ]
    assert found[0].id < 0


def test_an_entry_of_the_catalogue_is_reworded_under_its_key_and_stands_as_shipped_again(store: Store) -> None:
    keep_entry(store, key="care-navigator", name="Navigator", mechanism="navigation")
    keep_entry(store, key="care-navigator", name="Navigator", mechanism="signposting")
    assert [(row["key"], row["mechanism"]) for row in catalogue_entries(store)] == [("care-navigator", "signposting")]
    remove_entry(store, entry_id=catalogue_entries(store)[0]["id"])
    assert catalogue_entries(store) == ()


@pytest.mark.parametrize("name", ["", "  ", "Home link", "HOME LINK"])
def test_an_entry_without_a_name_or_with_a_taken_one_is_refused(store: Store, name: str) -> None:
    keep_entry(store, name="Home link")
    with pytest.raises(UserProblem):
        keep_entry(store, name=name)
    assert len(catalogue_entries(store)) == 1


def test_filling_from_the_catalogue_never_replaces_what_was_written(store: Store, role: int) -> None:
    change_role(store, role_id=role, mechanism="our own way")
    entry = next(row for row in load("role_catalogue")["roles"] if row["key"] == "care-navigator")
    chosen = [measure_from_library(ROWS[key]) for key in entry["suggested_measures"]]
    fill_role(store, role_id=role, key="care-navigator", facts=role_from_catalogue(entry), measures=chosen)
    facts = profile(store, role).facts
    assert (facts.mechanism, facts.family, facts.catalogue_key) == ("our own way", entry["family"], "care-navigator")
    assert facts.people_served == entry["people_served"]
    assert [measure.name for measure in measures(store, role)] == [row["name"] for row in chosen]


def test_a_range_that_recorded_values_would_fall_out_of_is_refused(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    with pytest.raises(UserProblem, match="1 recorded value of A&E attendances would lie outside"):
        define_measure(store, measure_id=measure, changes={"maximum": 200.0})
    assert held_measures(store)[0].facts.maximum == 5000


def test_new_words_are_a_new_version_once_values_are_recorded(store: Store, role: int, measure: int) -> None:
    words: dict[str, Any] = {"text": "All types, aged 75 and over", "valid_from": None, "reason": ""}
    define_measure(store, measure_id=measure, changes={}, definition=words)
    assert [d[:2] for d in held_measures(store)[0].definitions] == [(1, "All types, aged 75 and over")]
    record_observations(
        store, entries=[value(role, measure, month(2024, n), 200 + n) for n in (3, 4, 5)], label="Type 3 values"
    )
    words = {"text": "Types 1 to 3", "valid_from": date(2024, 5, 1), "reason": "new return"}
    define_measure(store, measure_id=measure, changes={}, definition=words)
    assert [d[0] for d in held_measures(store)[0].definitions] == [1, 2]
    assert series(store, role)[0].definition_versions == (1, 1, 2)


def test_a_break_on_the_same_day_is_reworded_and_not_doubled(store: Store, role: int, measure: int) -> None:
    for what in ("A new return", "Another return"):
        define_measure(store, measure_id=measure, changes={}, broke=(date(2024, 4, 1), what))
    assert [b.what for b in held_measures(store)[0].breaks] == ["Another return"]


def test_the_day_of_a_break_without_words_removes_it(store: Store, measure: int) -> None:
    define_measure(store, measure_id=measure, changes={}, broke=(date(2024, 4, 1), "A new return"))
    define_measure(store, measure_id=measure, changes={}, broke=(date(2024, 5, 1), ""))
    assert [b.what for b in held_measures(store)[0].breaks] == ["A new return"]
    define_measure(store, measure_id=measure, changes={}, broke=(date(2024, 4, 1), ""))
    assert held_measures(store)[0].breaks == ()
    undo(store)
    assert [b.what for b in held_measures(store)[0].breaks] == ["A new return"]


def test_a_group_is_recorded_once(store: Store) -> None:
    add_group(store, name="most deprived fifth", dimension="deprivation")
    with pytest.raises(UserProblem, match="on record already"):
        add_group(store, name="most deprived fifth", dimension="deprivation")
    assert [(group.name, group.dimension) for group in groups(store)] == [("most deprived fifth", "deprivation")]
