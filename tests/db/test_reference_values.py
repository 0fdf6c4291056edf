"""A team's own indices, on-costs, discount rates and pay: in place of the shipped ones, at once and marked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import resources
from analysis.economics.discounting import SCHEDULES
from analysis.economics.reference_values import Form, value_from
from analysis.plan import AppraisalFacts
from analysis.problems import UserProblem
from analysis.vocabulary import CostKind
from db.answers import answer_role
from db.checks import check_file
from db.history import redo, undo
from db.operations.money import add_cost_line, add_pay_line
from db.operations.reference_values import keep_own_value, remove_own_value
from db.queries.appraisals import vintages
from db.queries.money import appraisal
from db.queries.reference_values import in_force, reference_values, shipped_values
from db.store import Store

TODAY = date(2026, 11, 22)


def facts(store: Store, role: int) -> AppraisalFacts:
    return appraisal(store, role, today=TODAY, deflator=resources.deflator())


def test_the_shipped_discount_rates_are_those_of_the_engine() -> None:
    rows = resources.load("discount_rates")["rows"]
    held = {
        name: tuple((row["first"], row["last"], row["value"]) for row in rows if row["schedule"] == name)
        for name in SCHEDULES
    }
    assert held == SCHEDULES


def test_every_shipped_value_says_where_it_is_from_and_no_two_share_a_key() -> None:
    values = shipped_values()
    assert len({one.key for one in values}) == len(values)
    assert all(one.source and one.licence and one.confidence and one.checked_on and one.unit for one in values)


def test_a_year_the_index_lacks_is_typed_and_the_money_of_that_year_counts(store: Store, role: int) -> None:
    add_cost_line(
        store, role_id=role, label="Van", kind=CostKind.ONE_OFF, amount_pence=100_000, start=date(2024, 6, 1),
        price_year="2033-34",
    )  # fmt: skip
    before = answer_role(store, role, today=TODAY, deflator=resources.deflator()).economics
    assert any("2033" in words for words in before.withheld)
    keep_own_value(store, key="gdp-deflator-2033-34", value="120.5", source="Own forecast, page 2")
    after = answer_role(store, role, today=TODAY, deflator=resources.deflator()).economics
    assert not after.withheld
    assert "1 reference value of your own" in after.frame_sentence
    assert float(facts(store, role).deflator["2033-34"]) == 120.5


def test_own_discount_rates_take_the_place_of_those_of_the_schedule_that_is_chosen(store: Store, role: int) -> None:
    keep_own_value(store, key="green_book-0", value="2 %", source="Board decision, May")
    keep_own_value(store, key="green_book_health-0", value="1 %", source="Board decision, May")
    held = facts(store, role)
    assert held.rates[0] == (0, 30, "0.02")
    assert held.rates[1] == (31, 75, "0.03")
    assert held.own_references == ("The Green Book, years 0 to 30",)
    sentence = answer_role(store, role, today=TODAY, deflator={}).economics.frame_sentence
    assert "2.0\u00a0% a year · 1 reference value of your own" in sentence


def test_own_on_costs_and_pay_are_used_by_every_post(store: Store, role: int) -> None:
    add_pay_line(
        store, role_id=role, label="Nurse", band="8d", point="entry", pay_year="2026-27", people=1, wte_each="1",
        start=date(2026, 4, 1),
    )  # fmt: skip
    assert facts(store, role).pay[0].annual_pence is None
    keep_own_value(store, key="afc-2026-27-8d-entry", value="£91,342", source="Pay circular 1/2026")
    keep_own_value(store, key="nhs-pension-2026-27", value="0.2", source="Letter of the scheme")
    held = facts(store, role)
    assert held.pay[0].annual_pence == 9_134_200
    assert held.pay_rates["2026-27"].employer_pension == Decimal("0.2")
    assert len(held.own_references) == 2
    assert {"Band 8d, entry, 2026/27": "91342, Pay circular 1/2026"}.items() <= vintages(store).items()


def test_an_own_figure_is_undone_redone_and_removed(store: Store, role: int) -> None:
    shipped = reference_values(store)
    row = keep_own_value(store, key="ni-rate-2026-27", value="16 %", source="Letter").new_id
    (own,) = [one for one in reference_values(store) if one.own_id]
    assert (own.value, own.shipped_value, own.whose) == ("0.16", "0.15", "own figure")
    undo(store)
    assert reference_values(store) == shipped
    redo(store)
    keep_own_value(store, key="ni-rate-2026-27", value="17 %", source="Second letter")
    remove_own_value(store, row_id=row or 0)
    assert reference_values(store) == shipped
    assert check_file(store.path).is_sound
    with store.read() as connection:
        assert not in_force(connection).own


@pytest.mark.parametrize(
    ("key", "value", "source", "words"),
    [
        ("ni-rate-2026-27", "16 %", " ", "has no source"),
        ("ni-rate-2026-27", "sixteen", "Letter", "is not a number"),
        ("ni-rate-2026-27", "116 %", "Letter", "cannot be"),
        ("ni-threshold-2026-27", "-5000", "Letter", "cannot be"),
        ("gdp-deflator-2026-27", "0", "Letter", "cannot be"),
        ("gdp-deflator-2026-27", "5 %", "Letter", "not a share"),
        ("vat-2026-27", "20 %", "Letter", "No appraisal uses"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    store: Store, key: str, value: str, source: str, words: str
) -> None:
    with pytest.raises(UserProblem, match=words):
        keep_own_value(store, key=key, value=value, source=source)
    assert reference_values(store) == shipped_values()


def test_a_value_is_read_as_people_write_it() -> None:
    assert (value_from("15 %", Form.SHARE), value_from("0.150", Form.SHARE)) == ("0.15", "0.15")
    assert (value_from("£5,000", Form.POUNDS), value_from("104.20", Form.POINTS)) == ("5000", "104.2")
