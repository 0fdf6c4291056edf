"""What a spreadsheet makes of a block that was copied here."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.periods import month
from analysis.wording import percent, pounds, signed, signed_percent, signed_pounds
from exporters.block_text import cell_text, to_tsv
from importers.grammar import parse_period_text
from importers.values import parse_value_text

FIGURES = [
    (pounds(-109_800), -109_800.0),
    (signed_pounds(24_900), 24_900.0),
    (signed_percent(-0.09), -9.0),
    (percent(0.125, 1), 12.5),
    (signed(-3.5, 1), -3.5),
    (signed(1_890), 1_890.0),
]


@pytest.mark.parametrize(("shown", "figure"), FIGURES)
def test_every_figure_is_one_for_a_spreadsheet_too(shown: str, figure: float) -> None:
    """A true minus sign or a no-break space makes a text of it, which a sum leaves out without a word."""
    assert re.fullmatch(r"[+-]?\u00a3?[\d,.]+%?", cell_text(shown))
    assert parse_value_text(cell_text(shown)).value == figure


@pytest.mark.parametrize("start", [date(1969, 4, 1), date(1999, 12, 1), date(2024, 4, 1), date(2031, 1, 1)])
def test_a_month_is_no_day_of_this_year(start: date) -> None:
    period = month(start.year, start.month)
    text = cell_text(period.label)
    if start.year > 1969:
        assert text == f"{start:%b %Y}"
        assert parse_period_text(text) == period
    assert not re.fullmatch(r"[A-Z][a-z]{2} \d\d", text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("3/12", "3 of 12"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@home", "'@home"),
        ("-a+b", "'-a+b"),
        ("-3", "-3"),
        ("+58,000", "+58,000"),
        ("<5", "<5"),
        ("2024/25", "2024/25"),
        ("120/400", "120/400"),
        ("\u221214\u00a0% to \u22124\u00a0%", "\u221214\u00a0% to \u22124\u00a0%"),
        ("not collected", "not collected"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_parts_are_no_date_and_a_name_is_no_formula(cell: str, text: str) -> None:
    assert cell_text(cell) == text


def test_a_block_has_tabs_between_its_cells_and_quotes_where_a_cell_breaks() -> None:
    assert to_tsv([["Apr 24", "a\nb"], ["3/12", 'say "x"']]) == 'Apr 2024\t"a\nb"\n3 of 12\t"say ""x"""'
