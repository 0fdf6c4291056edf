"""Saved appraisals in the file: kept whole, never worked out again, gone and back with undo."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.economics.saved import Snapshot, snapshot
from analysis.problems import UserProblem
from db.answers import answer_role
from db.history import undo
from db.operations.appraisals import remove_appraisal, save_appraisal
from db.operations.money import add_cost_line, dismiss_prompts
from db.queries.appraisals import saved_appraisals, vintages
from db.store import Store

TODAY = date(2026, 11, 22)
START = date(2026, 10, 1)


def now(store: Store, role: int) -> Snapshot:
    return snapshot(answer_role(store, role, today=TODAY, deflator={}).economics, vintages(store))


def test_what_is_saved_stays_as_it_was_when_the_plan_changes(store: Store, role: int) -> None:
    add_cost_line(store, role_id=role, label="Pay", start=START, amount_pence=300_000, price_year="2026-27")
    before = now(store, role)
    save_appraisal(store, role_id=role, name=" Board paper ", held=before)
    add_cost_line(store, role_id=role, label="Travel", start=START, amount_pence=5_000, price_year="2026-27")
    (saved,) = saved_appraisals(store, role)
    assert (saved.name, saved.held) == ("Board paper", before)
    assert saved.held.input_hash != now(store, role).input_hash
    assert set(saved.held.vintages) == set(vintages(store))


def test_two_of_one_name_and_one_without_are_refused_and_nothing_is_kept(store: Store, role: int) -> None:
    held = now(store, role)
    save_appraisal(store, role_id=role, name="May", held=held)
    for name, words in (("may", "called may already"), ("  ", "has no name yet")):
        with pytest.raises(UserProblem, match=words):
            save_appraisal(store, role_id=role, name=name, held=held)
    assert [one.name for one in saved_appraisals(store, role)] == ["May"]


def test_a_removed_appraisal_comes_back_with_undo(store: Store, role: int) -> None:
    save_appraisal(store, role_id=role, name="May", held=now(store, role))
    (saved,) = saved_appraisals(store, role)
    assert remove_appraisal(store, saved_id=saved.id).label == "Remove appraisal May"
    assert saved_appraisals(store, role) == ()
    undo(store)
    assert saved_appraisals(store, role) == (saved,)


def test_costs_that_do_not_apply_are_remembered_with_the_frame_in_use(store: Store, role: int) -> None:
    def facts() -> tuple[tuple[str, ...], date, str]:
        held = answer_role(store, role, today=TODAY, deflator={}).economics.facts
        return held.dismissed, held.start, held.base_year

    start, base_year = facts()[1:]
    for kinds in (("training",), ("training", "backfill")):
        dismiss_prompts(store, role_id=role, categories=kinds, start=start, base_year=base_year)
    assert facts() == (("training", "backfill"), start, base_year)
    undo(store)
    assert facts()[0] == ("training",)
    dismiss_prompts(store, role_id=role, categories=(), start=start, base_year=base_year)
    assert facts()[0] == ()
