from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.grid.tsv import from_tsv
from exporters.block_text import tab_separated, to_tsv

CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\r\x85\u2028\u2029")).map(
    str.strip
)


def test_a_block_is_read_row_by_row() -> None:
    assert from_tsv("1\t2\r\n3\t4\r\n") == [["1", "2"], ["3", "4"]]


def test_a_quoted_cell_of_several_lines_stays_one_cell() -> None:
    assert from_tsv('"A&E\nattendances"\t5\n"say ""hello"""\t6\n') == [["A&E\nattendances", "5"], ['say "hello"', "6"]]


def test_short_rows_are_made_as_wide_as_the_widest() -> None:
    assert from_tsv("1\n2\t3\n") == [["1", ""], ["2", "3"]]


def test_an_empty_clipboard_is_no_block() -> None:
    assert from_tsv("") == []


def test_an_empty_row_in_the_middle_keeps_its_place() -> None:
    assert from_tsv("1\n\n3\n") == [["1"], [""], ["3"]]


def test_a_quote_inside_a_cell_is_an_ordinary_sign() -> None:
    assert from_tsv('5" tube\t1\n') == [['5" tube', "1"]]


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)))
def test_what_is_copied_pastes_back_the_same(block: list[list[str]]) -> None:
    if any(any(line) for line in block[-1:]):
        assert from_tsv(tab_separated(block)) == block


def test_a_text_that_was_kept_from_being_a_formula_is_itself_again() -> None:
    block = [["=1+1", "-a", "'tis", "-3", "'"]]
    assert from_tsv(to_tsv(block)) == block
