"""A team's own unit costs: beside the shipped ones or in their place, with a citation, and what has grown old."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.economics.unit_costs import UnitCostFacts
from analysis.problems import UserProblem
from db.history import redo, undo
from db.operations.money import add_benefit_line, add_pay_line
from db.operations.unit_costs import keep_unit_cost, keep_unit_costs, remove_unit_cost
from db.queries.references import aged_references
from db.queries.unit_costs import shipped_unit_costs, unit_costs
from db.store import Store

TODAY = date(2026, 11, 22)
FACTS: dict[str, Any] = {
    "amount_pence": 21_050,
    "unit": "£ per attendance",
    "price_year": "2025-26",
    "source": "Local tariff, page 3",
}


def held(store: Store, key: str) -> UnitCostFacts | None:
    return next((one for one in unit_costs(store) if one.key == key), None)


def test_an_own_figure_stands_in_place_of_the_shipped_one_and_goes_with_undo(store: Store) -> None:
    key = "pssru25-ae"
    keep_unit_cost(store, key=key, label="A&E attendance", **FACTS)
    own = held(store, key)
    assert own is not None
    assert (own.amount_pence, own.whose, own.shipped_pence) == (21_050, "own figure", None)
    assert len(unit_costs(store)) == len(shipped_unit_costs())
    undo(store)
    shipped = held(store, key)
    assert shipped is not None
    assert (shipped.amount_pence, shipped.whose) == (None, "shipped")
    redo(store)
    own = held(store, key)
    assert own is not None
    remove_unit_cost(store, row_id=own.own_id or 0)
    assert held(store, key) == shipped


def test_a_unit_cost_needs_its_citation_and_a_name_of_its_own(store: Store) -> None:
    with pytest.raises(UserProblem, match="Evening session has no source"):
        keep_unit_cost(store, label="Evening session", **{**FACTS, "source": " "})
    keep_unit_cost(store, label="Evening session", **FACTS)
    with pytest.raises(UserProblem, match="called evening session already"):
        keep_unit_cost(store, label="evening session", **FACTS)
    with pytest.raises(UserProblem, match="Amount pence"):
        keep_unit_cost(store, label="Morning session", **{**FACTS, "amount_pence": -1})
    assert [one.label for one in unit_costs(store) if one.own_id] == ["Evening session"]


def test_a_workbook_comes_in_as_one_step_and_again_replaces_its_own_rows(store: Store) -> None:
    rows = [{**FACTS, "key": f"imported-{name}", "label": name} for name in ("visit", "stay")]
    keep_unit_costs(store, rows=rows, source="costs.xlsx")
    keep_unit_costs(store, rows=[{**rows[0], "amount_pence": 1}], source="costs.xlsx")
    assert {one.label: one.amount_pence for one in unit_costs(store) if one.own_id} == {"stay": 21_050, "visit": 1}
    undo(store)
    assert undo(store) == "Bring in 2 unit costs from costs.xlsx"
    assert all(one.own_id is None for one in unit_costs(store))
    with pytest.raises(UserProblem, match="holds no unit cost"):
        keep_unit_costs(store, rows=[], source="costs.xlsx")


def test_old_prices_pay_scales_and_old_checks_are_named_with_who_uses_them(store: Store, role: int) -> None:
    start = date(2024, 4, 1)
    add_pay_line(store, role_id=role, label="Navigators", band="4", point="top", pay_year="2024-25", start=start)
    add_pay_line(store, role_id=role, label="Left", band="4", pay_year="2023-24", start=start, end=date(2025, 3, 31))
    add_benefit_line(store, role_id=role, label="Visits", unit_cost_pence=100, price_year="2022-23")
    add_benefit_line(store, role_id=role, label="Stays", unit_cost_pence=100, price_year="2024-25")
    aged = aged_references(store, TODAY)
    assert [(one.reference.what, one.reference.used_by, one.why) for one in aged] == [
        ("Pay of Band 4", "Navigators, Care navigator", "it is of 2024/25, 2 years before this one"),
        ("Cost of one: Visits", "Visits, Care navigator", "it is of 2022/23, 4 years before this one"),
    ]
    assert all(one.reference.where for one in aged)


def test_what_is_shipped_is_out_of_date_a_year_after_it_was_checked(store: Store) -> None:
    assert aged_references(store, TODAY) == ()
    later = aged_references(store, date(2027, 12, 1))
    assert any("over a year ago" in one.why for one in later)
    assert {one.reference.kind.value for one in later} >= {"pay scale", "price index", "unit cost", "threshold"}
