"""Cells read as values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.vocabulary import State
from importers import values
from importers.values import parse_value_text, read_value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1234),
        ("£1.2k", 1200),
        ("12.3%", 12.3),
        ("\u00a056\u00a0", 56),
        ("1 234", 1234),
        ("(45)", -45),
        ("£2,500.00", 2500),
        ("82.4R", 82.4),
        ("73.7P", 73.7),
        ("0", 0),
        ("3.0E+02", 300),
        ("−7", -7),
        ("１２", 12),
        ("-£3", -3),
        ("£3.5m", 3_500_000),
        ("'5", 5),
    ],
)
def test_a_number_is_read_however_it_is_dressed(text: str, number: float) -> None:
    reading = parse_value_text(text)
    assert reading.is_number
    assert reading.value == number


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("<5", State.SUPPRESSED),
        ("*", State.SUPPRESSED),
        ("[c]", State.SUPPRESSED),
        ("-", State.MISSING_AT_SOURCE),
        ("..", State.MISSING_AT_SOURCE),
        ("n/a", State.MISSING_AT_SOURCE),
        ("#N/A", State.MISSING_AT_SOURCE),
        ("[z]", State.NOT_APPLICABLE),
        ("not collected", State.NOT_COLLECTED),
        ("52+", State.CENSORED),
        (">10", State.CENSORED),
    ],
)
def test_a_mark_is_its_state_and_never_a_number(text: str, state: State) -> None:
    reading = parse_value_text(text)
    assert reading.state == state
    assert reading.value is None


def test_bounds_come_from_the_mark() -> None:
    assert (parse_value_text("<5").low, parse_value_text("<5").high) == (0, 4)
    assert (parse_value_text("<=5").low, parse_value_text("<=5").high) == (0, 5)
    assert (parse_value_text("52+").low, parse_value_text("52+").high) == (52, None)


@pytest.mark.parametrize(
    "text",
    ["approx 50", "10-15", "1.234,5", "TBC", "1/2", "1,23,456", "12.3.4", "12-", "inf", "1e400", "#REF!", "words"],
)
def test_what_is_not_surely_a_number_is_unreadable_with_a_reason(text: str) -> None:
    reading = parse_value_text(text)
    assert reading.state == values.UNREADABLE
    assert reading.problem
    assert reading.value is None


def test_a_slip_of_the_keyboard_has_a_proposal() -> None:
    assert parse_value_text("12-").proposal == 12
    assert parse_value_text("approx 50").proposal == 50
    assert parse_value_text("1,8.9").proposal == 189
    assert parse_value_text("1.234,50").proposal == 1234.5
    assert parse_value_text("£ -").proposal == 0


@pytest.mark.parametrize("text", ["£(45.50)", "£ (45.50)", "(£45.50)", "-£45.50", "£-45.50", "(45.50)"])
def test_every_way_a_spreadsheet_shows_a_negative_sum_is_read(text: str) -> None:
    read = parse_value_text(text)
    assert (read.value, read.pounds) == (-45.5, "£" in text)


def test_a_decimal_comma_counts_only_where_it_was_found_to_be_one() -> None:
    assert parse_value_text("1.234,50", decimal_comma=True).value == 1234.5
    assert not parse_value_text("1.234,50").is_number


def test_every_state_is_one_of_the_vocabulary() -> None:
    states = {state.value for state in State}
    own = {
        values.VALUE,
        values.SUPPRESSED,
        values.CENSORED,
        values.MISSING,
        values.NOT_APPLICABLE,
        values.NOT_COLLECTED,
    }
    assert own == states


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans()))
def test_no_cell_breaks_the_reading_and_no_value_is_infinite(cell: str | float | bool) -> None:
    reading = read_value(cell)
    assert reading.is_number == (reading.value is not None)
    assert reading.value is None or math.isfinite(reading.value)


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_survives_thousands_commas(number: int) -> None:
    assert parse_value_text(f"{number:,}").value == number
