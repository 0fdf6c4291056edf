"""What is written at once is what XlsxWriter writes cell by cell, and only one worksheet at a time stands in memory."""

from __future__ import annotations

import gc
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from math import nan
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from analysis.periods import Frequency
from exporters.collecting import collecting_put_off
from exporters.declared import Cell, Chart, Column, Formula, Kind, Line, Sheet
from exporters.writer import Properties, write_sheets

ABOUT = Properties("A title", "A trust", "Cells", date(2025, 6, 1))
COLUMNS = (
    Column("text", "Words", width=20.0),
    Column("number", "Number", Kind.NUMBER, 1, "number"),
    Column("day", "Day", Kind.DATE),
    Column("live", "Live", Kind.NUMBER, 0, "number"),
    Column("holds", "Holds", Kind.TRUTH),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("plain", 1, date(2024, 2, 29), Formula("={number}+1", 2.0), True),
    (" <b>&\"'\tspaced ", 0.1 + 0.2, date(1900, 2, 28), Formula('=IF({number}<1,"a&b","c")', "a&b"), False),
    ("words that take more than one line of twenty characters", -1e-300, date(1900, 3, 1), Formula("=1=1", True), True),
    ("_x0041_ [c]", "[c]", "no end", "[x]", True),
    ("", 12345678901234567, date(9999, 12, 31), Formula("={number}*0", 0), False),
    (Frequency.MONTH, np.float64(2.5), date(2024, 1, 1), 7, True),
    ("gap", None, None, 1e22, None),
)


def sheet(rows: tuple[tuple[Cell, ...], ...] = ROWS) -> Sheet:
    blanks = "Blank cells: nothing was recorded."
    return Sheet("Cells", "All kinds of cells", "Cells", COLUMNS, rows, blanks=blanks)


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as held:
        return held.read(name).decode()


def cells_of(path: Path) -> dict[str, tuple[str, str]]:
    """Kind and content of each cell as the file has them, shared texts put in, by its place."""
    texts = re.findall(r"<si>(.*?)</si>", part(path, "xl/sharedStrings.xml"))
    found = {}
    for place, kind, held in re.findall(
        r'<c r="(\w+)" s="\d+"(?: t="(\w+)")?>(.*?)</c>', part(path, "xl/worksheets/sheet1.xml")
    ):
        number = re.fullmatch(r"<v>(\d+)</v>", held)
        found[place] = (kind, texts[int(number[1])] if kind == "s" and number else held)
    return found


def cell_by_cell(path: Path, first: int, formulas: dict[str, str]) -> None:
    """The same cells by XlsxWriter's own calls."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page, dressed = book.add_worksheet("Cells"), book.add_format({"bold": True})
    for row, cells in enumerate(ROWS, first):
        for place, cell in enumerate(cells):
            if isinstance(cell, Formula):
                page.write_formula(row, place, formulas[f"{'ABCDE'[place]}{row + 1}"], dressed, cell.value)
            elif isinstance(cell, bool):
                page.write_boolean(row, place, cell, dressed)
            elif isinstance(cell, str):
                page.write_string(row, place, str(cell), dressed)
            elif isinstance(cell, date):
                page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), dressed)  # noqa: DTZ001
            elif cell is not None:
                page.write_number(row, place, cell, dressed)
    book.close()


def test_every_kind_of_cell_is_what_xlsxwriter_makes_of_it(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    made = write_sheets([sheet()], ABOUT, ours)
    first = made.layouts["Cells"].first_row
    cell_by_cell(theirs, first, {place: text for (_, place), text in made.formulas.items()})
    body = {place: held for place, held in cells_of(ours).items() if int(place[1:]) > first}
    assert body == cells_of(theirs)
    assert len(body) == sum(cell is not None for row in ROWS for cell in row)


def test_the_table_and_the_size_of_the_sheet_hold_every_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    made = write_sheets([sheet()], ABOUT, path)
    layout = made.layouts["Cells"]
    assert f'ref="A{layout.header_row + 1}:E{layout.last_row + 1}"' in part(path, "xl/tables/table1.xml")
    assert f'<dimension ref="A1:E{layout.last_row + 1}"/>' in part(path, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("cell", [nan, float("inf"), Formula("=1", nan), object()])
def test_what_is_no_figure_stops_the_workbook(cell: object, tmp_path: Path) -> None:
    rows = (("one", cell, None, None, None),)
    with pytest.raises(TypeError, match="no figure"):
        write_sheets([sheet(rows)], ABOUT, tmp_path / "bad.xlsx")  # type: ignore[arg-type]  # the point of the test


def test_a_chart_keeps_the_figures_it_draws_and_its_size_beside_tall_rows(tmp_path: Path) -> None:
    words = "words that take more than one line of twenty characters, and then some more of them"
    rows = tuple((f"{words} {n}", float(n), date(2024, 1, 1), Formula("={number}*2", 2.0 * n), True) for n in range(9))
    chart = Chart("lines", "A chart", "text", (Line("live", "Live", "values"),), "It rose to 16.", "number")
    path = tmp_path / "chart.xlsx"
    write_sheets([replace(sheet(rows), chart=chart, blanks="")], ABOUT, path)
    drawn = part(path, "xl/charts/chart1.xml")
    cached = re.findall(r"<c:v>([\d.]+)</c:v>", drawn)
    assert [float(value) for value in cached] == [2.0 * n for n in range(9)]
    ends = [int(n) for n in re.findall(r"<xdr:row>(\d+)</xdr:row>", part(path, "xl/drawings/drawing1.xml"))]
    assert ends[1] - ends[0] < 520 / 22, "rows are taller than one line, so fewer of them are as tall as the chart"


def test_a_sheet_is_let_go_of_before_the_next_is_begun(tmp_path: Path) -> None:
    chart = Chart("lines", "A chart", "text", (Line("number", "Number", "values"),), "It rose to 3.", "number")
    rows = tuple((f"row {n}", float(n), date(2024, 1, 1), Formula("={number}", float(n)), True) for n in range(3))
    sheets = [replace(sheet(rows), name=f"Cells_{n}", title=f"Cells {n}", chart=chart, blanks="") for n in range(4)]
    alive: list[int] = []

    def count(_name: str) -> None:
        alive.append(sum(type(one).__name__ in ("QuickSheet", "ChartLine", "Rows") for one in gc.get_objects()))

    with collecting_put_off():
        made = write_sheets(iter(sheets), ABOUT, tmp_path / "sheets.xlsx", count)
    assert alive == [alive[0]] * len(sheets)
    assert all(not layout.sheet.rows and layout.count == len(rows) for layout in made.layouts.values())


@pytest.mark.parametrize("was_on", [True, False])
def test_collecting_is_put_off_and_then_as_it_was(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        gc.enable() if was_on else gc.disable()
        with collecting_put_off():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        gc.enable() if before else gc.disable()
