"""Posts in the file: kept, changed, taken back, and paid by the shipped scale until an amount is typed."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.problems import UserProblem
from db.answers import RoleAnswer, answer_role
from db.history import undo
from db.operations.money import add_pay_line, change_pay_line, remove_pay_line
from db.queries.pay import scale_pay
from db.queries.reference_values import pay_rates
from db.store import Store
from resources import deflator, load

TODAY = date(2026, 11, 22)


def answer(store: Store, role: int) -> RoleAnswer:
    return answer_role(store, role, today=TODAY, deflator=deflator())


def add(store: Store, role: int, **facts: object) -> int:
    held = {"label": "Navigators", "band": "4", "point": "top", "pay_year": "2026-27", "people": 2, "wte_each": "0.8"}
    return add_pay_line(store, role_id=role, start=date(2026, 10, 1), **{**held, **facts}).new_id or 0


def test_pay_comes_from_the_scale_until_it_is_typed(store: Store, role: int) -> None:
    line = add(store, role)
    (post,) = answer(store, role).economics.posts
    assert (post.line.annual_pence, post.line.from_scale) == (3_115_700, True)
    assert post.cost is not None
    assert float(post.cost.employer_total) == pytest.approx(62_997.48256)
    change_pay_line(store, line_id=line, annual_pence=3_200_000)
    (post,) = answer(store, role).economics.posts
    assert (post.line.annual_pence, post.line.from_scale) == (3_200_000, False)


def test_a_post_is_taken_back_by_undo_and_removed_by_name(store: Store, role: int) -> None:
    line = add(store, role)
    assert remove_pay_line(store, line_id=line).label == "Remove post Navigators"
    assert answer(store, role).economics.posts == ()
    undo(store)
    assert len(answer(store, role).economics.posts) == 1


def test_two_people_entered_as_one_are_refused(store: Store, role: int) -> None:
    with pytest.raises(UserProblem):
        add(store, role, people=1, wte_each="1.6")
    assert answer(store, role).economics.posts == ()


def test_a_band_whose_figure_rests_on_one_weak_source_is_not_given(store: Store, role: int) -> None:
    add(store, role, band="9", point="top")
    (post,) = answer(store, role).economics.posts
    assert post.lacking == ("the annual pay",)
    assert scale_pay("5", "entry", "2026-27") == 3_207_300


def test_a_post_counts_as_recorded_pay(store: Store, role: int) -> None:
    add(store, role, source="Establishment list")
    (cost,) = answer(store, role).recorded.costs
    assert (cost.category, cost.known, cost.priced, cost.sourced) == ("pay", True, True, True)


def test_every_shipped_rate_says_where_it_comes_from_and_whole_years_make_rates() -> None:
    told = ("unit", "year", "source", "edition", "licence", "confidence", "checked_on")
    for name in ("pay_scales", "on_costs"):
        assert [row["key"] for row in load(name)["rows"] if not set(told) <= row.keys()] == []
    assert list(pay_rates()) == ["2024-25", "2025-26", "2026-27"]
