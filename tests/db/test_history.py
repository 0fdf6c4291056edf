from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlmodel import SQLModel

from analysis.periods import month
from analysis.problems import UserProblem
from analysis.vocabulary import CostKind, Maturity
from db.checks import check_file
from db.history import broken_links, checkpoint, imports, redo, undo, undo_import, undo_state
from db.library import measure_from_library
from db.operations.cell_notes import write_cell_note
from db.operations.imports import Existing, NewMeasure, RecipeToSave, SourceFile, bring_in
from db.operations.library import add_group, define_measure, fill_role, keep_entry, remove_entry
from db.operations.measures import add_event, add_measure, stop_using_measure
from db.operations.money import add_cost_line
from db.operations.observations import CellKey, record_observations, set_aside, set_maturity
from db.operations.roles import add_note, change_role, rate_factor, remove_role
from db.queries.cell_notes import cell_notes
from db.queries.series import measures, series, value_history
from db.recorder import table_of
from db.store import Store, open_store
from db.tables import Implementation, Measure, MeasureUse, Note
from resources import load
from tests.db.making import ATTENDANCES, dump, import_rows, value

FALLS = measure_from_library(next(row for row in load("measure_library")["measures"] if row["key"] == "delayed-days"))
SOURCE = SourceFile("activity.xlsx", "0" * 64, 1234, ("Activity",))


def test_every_kind_of_write_is_undone_and_redone_exactly(store: Store, role: int, measure: int) -> None:
    april = month(2024, 4)
    key = CellKey(role, measure, april)
    writes: list[Callable[[], object]] = [
        lambda: record_observations(store, entries=[value(role, measure, april, 212)], label="Type 212"),
        lambda: record_observations(store, entries=[value(role, measure, april, 213)], label="Type 213"),
        lambda: set_aside(store, keys=[key], reason="double counted"),
        lambda: set_maturity(store, keys=[key], maturity=Maturity.PROVISIONAL),
        lambda: bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {5: 206, 6: 190})),
        lambda: add_event(store, role_id=role, happened_on=date(2024, 12, 1), title="Winter scheme"),
        lambda: add_cost_line(
            store, role_id=role, label="Pay", kind=CostKind.MONTHLY, amount_pence=331000, start=date(2024, 4, 1)
        ),
        lambda: change_role(store, role_id=role, place="Oak"),
        lambda: rate_factor(store, role_id=role, factor_key="shared-records", state="barrier", since=date(2024, 4, 1)),
        lambda: add_note(store, role_id=role, noted_on=date(2024, 5, 1), text="Referrals come late"),
        lambda: keep_entry(store, name="Home link", family="innovative role", measures="falls"),
        lambda: keep_entry(store, key="link-worker", name="Link worker", what_it_does="Listens"),
        lambda: fill_role(store, role_id=role, key="link-worker", facts={"family": "f"}, measures=[FALLS]),
        lambda: define_measure(
            store,
            measure_id=measure,
            changes={"decimals": 1, "exclusions": "planned visits"},
            definition={"text": "Types 1 to 3 only", "valid_from": date(2024, 6, 1), "reason": "new return"},
            broke=(date(2024, 6, 1), "Another return"),
        ),
        lambda: add_group(store, name="most deprived fifth", dimension="deprivation"),
        lambda: remove_entry(store, entry_id=1),
        lambda: define_measure(store, measure_id=measure, changes={}, broke=(date(2024, 6, 1), "")),
        lambda: record_observations(store, cleared=[key], label="Clear April"),
        lambda: stop_using_measure(store, role_id=role, measure_id=measure),
        lambda: remove_role(store, role_id=role),
    ]
    states = [dump(store.path)]
    for write in writes:
        write()
        states.append(dump(store.path))
    for before, after in zip(reversed(states[:-1]), reversed(states[1:]), strict=True):
        assert dump(store.path)["observation"] == after["observation"]
        undo(store)
        held, wanted = dump(store.path), before
        held.pop("import_batch"), wanted.pop("import_batch", None)
        assert held == wanted
    for wanted in states[1:]:
        redo(store)
        held = dump(store.path)
        held.pop("import_batch"), wanted.pop("import_batch", None)
        assert held == wanted
    assert redo(store) == ""
    assert check_file(store.path).faults == ()


def test_undo_survives_closing_the_file(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    store.close()
    again = open_store(store.path)
    assert undo_state(again).undo_label == "Type 212"
    assert undo(again) == "Type 212"
    assert undo_state(again).redo_label == "Type 212"
    assert len(series(again, role)[0]) == 0
    again.close()


def test_a_new_change_forgets_what_could_be_redone(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    undo(store)
    record_observations(store, entries=[value(role, measure, month(2024, 4), 5)], label="Type 5")
    assert undo_state(store).redo_label == ""


def test_the_same_file_twice_changes_nothing(store: Store, role: int, measure: int) -> None:
    rows = import_rows(measure, {1: 10, 2: 12})
    first = bring_in(store, role_id=role, source=SOURCE, rows=rows)
    before = dump(store.path, without_log=False)
    again = bring_in(store, role_id=role, source=SOURCE, rows=rows)
    assert (first.added, again.added, again.unchanged, again.import_id) == (2, 0, 2, None)
    assert dump(store.path, without_log=False) == before


def test_an_import_is_undone_out_of_order_unless_its_cells_were_edited(store: Store, role: int, measure: int) -> None:
    before = dump(store.path)
    outcome = bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {1: 10, 2: 12}))
    with_import = dump(store.path)
    record_observations(store, entries=[value(role, measure, month(2024, 2), 13)], label="Type 13")
    with pytest.raises(UserProblem, match=r"edited since \(A&E attendances, Feb 24\)"):
        undo_import(store, outcome.import_id or 0)
    undo(store)
    add_event(store, role_id=role, happened_on=date(2024, 12, 1), title="Winter scheme")
    undo_import(store, outcome.import_id or 0)
    assert dump(store.path)["observation"] == before["observation"]
    assert [i.undone for i in imports(store)] == [True]
    redo(store)
    assert dump(store.path)["observation"] == with_import["observation"]
    with pytest.raises(UserProblem, match="no import 99"):
        undo_import(store, 99)


def test_an_import_keeps_replaces_or_stops_where_values_differ(store: Store, role: int, measure: int) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 1), 9)], label="Type 9")
    rows = import_rows(measure, {1: 10, 2: 12})
    with pytest.raises(UserProblem, match="differ"):
        bring_in(store, role_id=role, source=SOURCE, rows=rows, existing=Existing.STOP)
    kept = bring_in(store, role_id=role, source=SOURCE, rows=rows, existing=Existing.KEEP)
    assert (kept.added, kept.kept) == (1, 1)
    assert series(store, role)[0].values.tolist() == [9, 12]
    replaced = bring_in(store, role_id=role, source=SOURCE, rows=rows, existing=Existing.REPLACE)
    assert (replaced.replaced, replaced.unchanged) == (1, 1)
    assert series(store, role)[0].values.tolist() == [10, 12]
    undo_import(store, replaced.import_id or 0)
    assert series(store, role)[0].values.tolist() == [9, 12]


def test_measures_an_import_brought_go_with_it(store: Store, role: int, measure: int) -> None:
    new = NewMeasure("visits", {"name": "Home visits", "kind": "count"})
    outcome = bring_in(store, role_id=role, source=SOURCE, rows=import_rows("visits", {1: 3}), new_measures=[new])
    assert [m.name for m in measures(store, role)] == ["A&E attendances", "Home visits"]
    undo_import(store, outcome.import_id or 0)
    assert [m.name for m in measures(store, role)] == ["A&E attendances"]
    redo(store)
    assert series(store, role)[1].sources == ("activity.xlsx, Activity!B2",)


def test_a_measure_an_import_brought_stays_while_a_note_or_a_line_hangs_on_it(
    store: Store, role: int, measure: int
) -> None:
    new = NewMeasure("visits", {"name": "Home visits", "kind": "count"})
    outcome = bring_in(store, role_id=role, source=SOURCE, rows=import_rows("visits", {1: 3}), new_measures=[new])
    visits = next(held.id for held in measures(store, role) if held.name == "Home visits")
    write_cell_note(store, key=CellKey(role, visits, month(2024, 4)), text="Clinic closed")
    undo_import(store, outcome.import_id or 0)
    assert [held.name for held in measures(store, role)] == ["A&E attendances", "Home visits"]
    assert len(series(store, role)[1]) == 0
    assert [note.text for note in cell_notes(store, role)] == ["Clinic closed"]
    assert not check_file(store.path).faults


def test_a_value_tells_its_history(store: Store, role: int, measure: int) -> None:
    for number in (212, 213):
        record_observations(store, entries=[value(role, measure, month(2024, 4), number)], label=f"Type {number}")
    lines = value_history(store, role, measure, month(2024, 4))
    assert [line.split(", ", 1)[1] for line in lines] == ["Type 213, was 212", "Type 212, was empty"]


def test_a_value_out_of_range_is_refused_with_its_cell_and_nothing_is_written(
    store: Store, role: int, measure: int
) -> None:
    good, bad = value(role, measure, month(2024, 3), 200), value(role, measure, month(2024, 4), 5001)
    with pytest.raises(UserProblem, match=r"A&E attendances, Apr 24: 5001 \(the highest possible value is 5,000\)"):
        record_observations(store, entries=[good, bad], label="Paste")
    assert len(series(store, role)[0]) == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history_step SET who='someone' WHERE id=2", "UPDATE history_change SET after='{}' WHERE id=1"],
)
def test_an_altered_history_is_noticed(store: Store, role: int, measure: int, statement: str) -> None:
    record_observations(store, entries=[value(role, measure, month(2024, 4), 212)], label="Type 212")
    checkpoint(store, "Before the board")
    store.close()
    assert check_file(store.path).faults == ()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(statement)
        connection.commit()
    assert check_file(store.path).faults != ()


def test_a_write_outside_a_step_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="outside a step"), store.engine.connect() as connection:
        connection.execute(text("DELETE FROM observation"))


def test_no_code_but_the_recorder_writes() -> None:
    root = Path(__file__).parent.parent.parent
    allowed = {
        "recorder.py",
        "row_checks.py",
        "row_statements.py",
        "salvage.py",
        "reversing.py",
        "store.py",
        "0001_first_record.py",
        "rebuilding.py",
    }
    writers = set()
    for path in (root / "db").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if names & {"insert", "update", "delete"}:
                writers.add(path.name)
    assert writers <= allowed


def test_a_failure_inside_a_step_leaves_nothing_behind(store: Store, role: int) -> None:
    before = dump(store.path, without_log=False)
    note = {"implementation_id": role, "noted_on": date(2024, 5, 1), "text": "x", "theme": "", "voice": "staff"}
    with pytest.raises(ZeroDivisionError), store.step("Half done") as step:  # noqa: PT012 - the fault comes after a write
        step.insert(Note, note)
        raise ZeroDivisionError
    assert dump(store.path, without_log=False) == before


def test_a_measure_is_shared_between_roles(store: Store, role: int, measure: int) -> None:
    from db.operations.roles import add_role

    other = add_role(store, name="Link worker").new_id or 0
    assert add_measure(store, role_id=other, measure=ATTENDANCES).new_id == measure


def test_a_removal_that_would_take_more_with_it_than_the_history_holds_is_refused(
    store: Store, role: int, measure: int
) -> None:
    add_cost_line(
        store, role_id=role, label="Pay", kind=CostKind.MONTHLY, amount_pence=100, start=date(2024, 4, 1),
        measure_id=measure,
    )  # fmt: skip
    held = dump(store.path)
    with pytest.raises(RuntimeError, match="rows of other tables"):
        _remove(store, Measure, measure)
    with pytest.raises(RuntimeError, match="rows of other tables"):
        _remove(store, Implementation, role)
    assert dump(store.path) == held


def _remove(store: Store, model: type[SQLModel], row_id: int) -> None:
    with store.step("Remove") as step:
        uses = table_of(MeasureUse)
        step.remove_many(uses, step.connection.execute(select(uses.c.id)).scalars())
        step.delete(model, row_id)


def test_the_recipe_of_an_import_goes_with_it_and_comes_back_with_it(store: Store, role: int, measure: int) -> None:
    recipe = RecipeToSave("Activity", "f" * 64, "{}")
    bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {4: 210}), recipe=recipe)
    held = dump(store.path)
    undo(store)
    assert dump(store.path)["recipe"] == []
    redo(store)
    assert dump(store.path) == held
    assert check_file(store.path).is_sound


def test_the_recipe_of_an_import_stays_while_a_later_one_uses_it(store: Store, role: int, measure: int) -> None:
    recipe = RecipeToSave("Activity", "f" * 64, "{}")
    bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {4: 210}), recipe=recipe)
    bring_in(store, role_id=role, source=SOURCE, rows=import_rows(measure, {5: 211}), recipe=recipe)
    held = dump(store.path)
    later, first = (record.id for record in imports(store))
    undo_import(store, first)
    assert dump(store.path)["recipe"] == held["recipe"]
    redo(store)
    assert dump(store.path) == held
    undo_import(store, later)
    undo_import(store, first)
    assert dump(store.path)["recipe"] == []
    redo(store)
    redo(store)
    assert dump(store.path) == held


def test_a_block_over_held_and_new_values_is_one_step_and_of_two_for_one_cell_the_later_counts(
    store: Store, role: int, measure: int
) -> None:
    months = [month(2020 + at // 12, at % 12 + 1) for at in range(30)]
    record_observations(store, entries=[value(role, measure, one, 10) for one in months[:20]], label="Type")
    set_aside(store, keys=[CellKey(role, measure, months[3])], reason="Miscounted")
    before = dump(store.path)
    pasted = [value(role, measure, one, at) for at, one in enumerate(months)]
    record_observations(store, entries=[value(role, measure, months[0], 99), *pasted], label="Paste")
    (held,) = series(store, role)
    assert list(held.values) == [float(at) for at in range(30)]
    assert held.set_aside[3]
    assert len(value_history(store, role, measure, months[5])) == 2
    after = dump(store.path)
    assert undo(store) == "Paste"
    assert dump(store.path) == before
    assert redo(store) == "Paste"
    assert dump(store.path) == after


def test_the_chain_of_a_long_history_is_checked_in_as_many_readings_as_that_of_a_short_one(
    store: Store, role: int
) -> None:
    def readings() -> int:
        asked: list[str] = []
        with store.read() as connection:
            event.listen(connection, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
            assert broken_links(connection) == []
        return len(asked)

    before = readings()
    for number in range(20):
        change_role(store, role_id=role, place=f"Elm {number}")
        undo(store)
    assert readings() == before
