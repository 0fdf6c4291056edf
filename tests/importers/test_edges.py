"""Table edges set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.problems import UserProblem
from importers.edges import Edges
from importers.entry import inspect
from importers.examine import examine
from tests.importers.sheets import MONTHS, csv_of, points, xlsx_of

ROWS = (
    ("Falls and beds",),
    ("Draft", 1, 2, 3),
    ("Month", "Falls", "Beds", "Spare"),
    *((m, 10 + i, 20 + i, 0) for i, m in enumerate(MONTHS)),
)


def test_a_table_ends_where_a_person_says(tmp_path: Path) -> None:
    xlsx_of(tmp_path, ROWS)
    edges = Edges.of_range("Sheet", "A3:C6")
    (table,) = examine(tmp_path / "book.xlsx", edges=[edges]).tables
    assert (edges.range, table.range, table.header_rows) == ("A3:C6", "A3:C6", (3,))
    assert [series.measure for series in table.series] == ["Falls", "Beds"]
    assert len(table.positions) == 3


def test_a_header_row_set_by_hand_leaves_the_row_above_out(tmp_path: Path) -> None:
    rows = [("", "Elm", "Elm"), *ROWS[2:]]
    (before,) = xlsx_of(tmp_path, rows).tables
    assert before.series[0].measure == "Elm > Falls"
    (table,) = examine(tmp_path / "book.xlsx", edges=[Edges.of_range("Sheet", "A2:D8")]).tables
    assert table.series[0].measure == "Falls"


def test_edges_reach_the_reading_process_and_a_title_still_names_the_period(tmp_path: Path) -> None:
    wards = [("W01", "Ash", 4, 9), ("W02", "Birch", 5, 9), ("W03", "Elm", 6, 9)]
    xlsx_of(tmp_path, [("April 2024",), ("Code", "Ward", "Falls", "Beds"), *wards])
    found = inspect(tmp_path / "book.xlsx", edges=[Edges.of_range("Sheet", "A2:C4")])
    (table,) = found.tables
    assert (table.range, table.readings[0].period is not None, len(table.labels)) == ("A2:C4", True, 2)


@pytest.mark.parametrize("text", ["B5:A1", "A1", "A1:A9", "nonsense", "A3:C3"])
def test_edges_that_enclose_nothing_are_refused(text: str) -> None:
    with pytest.raises(UserProblem):
        Edges.of_range("Sheet", text)


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    csv_of(tmp_path, "Month,Falls\nApr-23,4\nMay-23,5\nJun-23,6\n")
    with pytest.raises(UserProblem, match="no sheet Other"):
        examine(tmp_path / "sheet.csv", edges=[Edges.of_range("Other", "A1:B4")])
    (table,) = examine(tmp_path / "sheet.csv", edges=[Edges.of_range("(csv)", "A1:B3")]).tables
    assert len(table.positions) == 2
    assert points(examine(tmp_path / "sheet.csv")) == {"2023-04": 4, "2023-05": 5, "2023-06": 6}
