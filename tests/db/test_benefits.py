"""Benefit lines in the file: all that must be believed of them is kept, and no benefit is counted twice."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.problems import UserProblem
from db.answers import answer_role
from db.operations.money import add_benefit_line, add_cost_line, change_benefit_line, set_appraisal
from db.store import Store

TODAY = date(2026, 11, 22)


def test_a_benefit_of_an_overlap_group_is_counted_once(store: Store, role: int) -> None:
    add_benefit_line(store, role_id=role, label="Falls seen", overlap_group="falls")
    other = add_benefit_line(store, role_id=role, label="Ambulances").new_id or 0
    with pytest.raises(UserProblem, match="would be counted twice") as told:
        add_benefit_line(store, role_id=role, label="Admissions", overlap_group=" Falls ")
    assert "Falls seen" in told.value.sentence()
    with pytest.raises(UserProblem, match="would be counted twice"):
        change_benefit_line(store, line_id=other, overlap_group="falls")
    labels = [line.label for line in answer_role(store, role, today=TODAY, deflator={}).economics.facts.benefits]
    assert labels == ["Falls seen", "Ambulances"]


def test_a_line_may_be_changed_without_meeting_itself(store: Store, role: int) -> None:
    line = add_benefit_line(store, role_id=role, label="Falls seen", overlap_group="falls").new_id or 0
    change_benefit_line(store, line_id=line, label="Falls", overlap_group="falls")


def test_ranges_seed_and_draws_reach_the_answer(store: Store, role: int) -> None:
    start = date(2026, 10, 1)
    set_appraisal(store, role_id=role, start=start, base_year="2026-27", seed=7, draws=200)
    add_cost_line(
        store, role_id=role, label="Pay", start=start, amount_pence=300_000, low_pence=250_000, price_year="2026-27"
    )
    add_benefit_line(
        store, role_id=role, label="Visits", before=30.0, after=10.0, unit_cost_pence=9_000, price_year="2026-27",
        deadweight="0", attribution="1",
    )  # fmt: skip
    held = answer_role(store, role, today=TODAY, deflator={}).economics.likelihood
    assert held is not None
    assert (held.seed, held.draws, held.varied) == (7, 200, ("Pay, amount",))
