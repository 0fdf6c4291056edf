"""What a copied block holds, beside what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from importers.clipboard import as_held, figures_of
from importers.values import parse_value_text

HEAD = (
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    b' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>'
)
FOOT = b"</Table></Worksheet></Workbook>\0"


def number(text: str, more: str = "") -> bytes:
    return f'<Cell{more}><Data ss:Type="Number">{text}</Data></Cell>'.encode()


def workbook(*rows: bytes) -> bytes:
    return HEAD + b"".join(rows) + FOOT


@pytest.mark.parametrize(
    ("shown", "figure", "held"),
    [
        ("12", 11.6, "11.6"),
        ("33.3%", 1 / 3, "33.3333333333333%"),
        ("33.3 %", 0.333333, "33.3333 %"),
        ("\u00a31,204.50", 1204.499, "\u00a31204.499"),
        ("-\u00a350.00", -50.004, "-\u00a350.004"),
        ("(50)", -50.25, "(50.25)"),
        ("0", -0.4, "-0.4"),
        ("2.5k", 2534.0, "2.534k"),
        ("3 days", 2.75, "2.75 days"),
        ("1.20E+06", 1203000.0, "1203000"),
        ("0.0", 0.00000001, "0.00000001"),
    ],
)
def test_a_rounded_figure_is_taken_as_its_cell_holds_it(shown: str, figure: float, held: str) -> None:
    found = as_held([[shown]], {(0, 0): figure})
    assert found.block == [[held]]
    assert found.rounded == ((shown, held),)


@pytest.mark.parametrize(
    ("shown", "figure"),
    [
        ("12", 12.0),
        ("\u00a31,204.50", 1204.5),
        ("12.5%", 0.125),
        ("0.30", 0.1 + 0.2),
        ("#N/A", 0.0),
        ("####", 12.0),
        ("", 3.0),
    ],
)
def test_what_is_shown_whole_or_is_no_figure_stays_as_it_is_shown(shown: str, figure: float) -> None:
    assert as_held([[shown]], {(0, 0): figure}).block == [[shown]]


def test_figures_of_other_cells_change_nothing() -> None:
    block = [["12", "7"], ["13", "8"]]
    assert as_held(block, {(0, 0): 11.6, (1, 0): 55.0}).block == block
    assert as_held(block, {(0, 0): 11.6, (2, 0): 13.0}).block == block


def test_an_xml_spreadsheet_names_rows_and_cells_that_are_not_next_to_each_other() -> None:
    data = workbook(
        b'<Column/><Row><Cell><Data ss:Type="String">Falls</Data></Cell>' + number("11.6") + b"</Row>",
        b'<Row ss:Index="4">' + number("0.333333", ' ss:Index="3" ss:MergeAcross="1"') + number("5") + b"</Row>",
        b'<Row><Cell><Data ss:Type="DateTime">2025-04-01T00:00:00.000</Data></Cell><Cell/>' + number("-2") + b"</Row>",
    )
    assert figures_of(data, "") == {(0, 1): 11.6, (3, 2): 0.333333, (3, 4): 5.0, (4, 2): -2.0}


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"<Workbook", b"no xml", HEAD, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>']
)
def test_a_workbook_that_cannot_be_read_tells_no_figures(data: bytes) -> None:
    assert figures_of(data, "") == {}


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (workbook(b"<Row>" + number("twelve") + b"</Row>"), ""),
        (workbook(b"<Row>" + number("12", ' ss:Index="x"') + b"</Row>"), ""),
        (b"", '<tr><td sdval="twelve">12</td></tr>'),
        (b"", '<tr><td sdval="12" colspan="two">12</td></tr>'),
    ],
)
def test_a_figure_that_is_none_is_no_reason_to_fail(data: bytes, page: str) -> None:
    assert figures_of(data, page) == {}


def test_a_page_tells_figures_and_leaves_dates_to_what_is_shown() -> None:
    page = (
        "<table><tr><td>Month</td><td>Falls</td></tr>"
        '<tr><td sdval="45748" sdnum="1033;0;MMM YY">Apr 25</td><td sdval="11.6" sdnum="1033;0;0">12</td></tr>'
        '<tr><td colspan=2 sdval="2025" sdnum="1033;0;YY">25</td><td sdval="0.5" sdnum="1033;0;[RED]0.0%">50.0%</td>'
        "</tr>"
        '<tr><td sdval="3" sdnum="1033;0;0 &quot;days&quot;">3 days</td></tr></table>'
    )
    assert figures_of(b"", page) == {(1, 1): 11.6, (2, 2): 0.5, (3, 0): 3.0}
    assert figures_of(b"", "<table><tr><td>12</td></tr></table>") == {}


@given(some.floats(-1e9, 1e9), some.integers(0, 6), some.sampled_from(["{}", "{}%", "\u00a3{}"]))
def test_whatever_a_sheet_rounds_comes_back_as_it_was(figure: float, places: int, form: str) -> None:
    """To the 15 digits a spreadsheet works with."""
    part = 100.0 if "%" in form else 1.0
    shown = f"{'-' if figure < 0 else ''}{form.format(f'{abs(figure) * part:,.{places}f}')}"
    (line,) = as_held([[shown]], {(0, 0): figure}).block
    read = parse_value_text(line[0])
    assert read.value is not None
    assert read.value / (100.0 if read.percent else 1.0) == pytest.approx(figure, rel=1e-13, abs=1e-13)
