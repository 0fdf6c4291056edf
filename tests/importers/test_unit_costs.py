"""Unit costs brought in from a workbook: found by words, each bad row listed with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from analysis.problems import UserProblem
from importers import child
from importers.unit_costs import LeftOutRow, read_unit_costs, read_unit_costs_in_child

HEADINGS = (
    "Outcome", "Code", "Cost/Saving Detail", "Unit", "Agency bearing the cost / fiscal benefit", "Agency (level 2)",
    "Cost / saving", "Year", "Updated cost / saving, 2025/26", "Source", "Link", "Quality (RAG)", "Comment",
)  # fmt: skip
VISIT: tuple[object, ...] = (
    "Health", "HE4.0", "A&E attendance, all types", "Per incident", "NHS", "Integrated care board", 117, "2011/12", 160,
    "Reference costs 2011/12, page 9", "https://example.org/costs", "Green", "Average of all types",
)  # fmt: skip
CARE = (
    "Social care", "SO1.2", "Home care hour", "Per hour", "Local authority", "", "£25.05", "2025-26", None,
    "", "", "Amber", "",
)  # fmt: skip


def workbook(path: Path, rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> Path:
    """A workbook with a front sheet, and the costs under a title on its second sheet."""
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Read me").write_row(0, 0, ["Unit cost database", "Version 3"])
    sheet = book.add_worksheet("Unit costs")
    sheet.write(0, 0, "Unit costs, all prices as published")
    for at, row in enumerate([headings, *rows], 3):
        sheet.write_row(at, 1, row)
    book.close()
    return path


def test_sheet_and_columns_are_found_by_their_words(tmp_path: Path) -> None:
    found = read_unit_costs(workbook(tmp_path / "costs.xlsx", [VISIT, CARE]))
    assert (found.sheet, found.left_out) == ("Unit costs", ())
    visit, care = found.rows
    assert visit == {
        "key": "imported-he4-0", "label": "A&E attendance, all types", "unit": "Per incident", "amount_pence": 11_700,
        "price_year": "2011-12", "theme": "Health", "agency": "NHS", "quality": "Green",
        "source": "Reference costs 2011/12, page 9", "link": "https://example.org/costs",
        "comment": "Average of all types",
    }  # fmt: skip
    assert (care["amount_pence"], care["price_year"]) == (2_505, "2025-26")
    assert care["source"] == "costs.xlsx, sheet Unit costs"


@pytest.mark.parametrize(
    ("column", "value", "cell", "why"),
    [
        (6, -40, "H5", "is below 0"),
        (6, "see note", "H5", "is not an amount"),
        (6, None, "H5", "the cost is blank"),
        (7, "2011", "I5", "“2011” is not a financial year such as 2024/25"),
        (7, "2011/13", "I5", "is not a financial year"),
        (2, None, "D5", "does not say what it is"),
        (12, "patient 943 476 5919", "N5", "identifier of a person"),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_with_its_cell_and_the_rest_is_kept(
    tmp_path: Path, column: int, value: object, cell: str, why: str
) -> None:
    bad = [*VISIT[:column], value, *VISIT[column + 1 :]]
    found = read_unit_costs(workbook(tmp_path / "costs.xlsx", [bad, CARE]))
    assert [row["label"] for row in found.rows] == ["Home care hour"]
    assert [row.cell for row in found.left_out] == [f"Unit costs!{cell}"]
    assert why in found.left_out[0].why


def test_the_same_code_twice_is_taken_once(tmp_path: Path) -> None:
    found = read_unit_costs(workbook(tmp_path / "costs.xlsx", [VISIT, VISIT]))
    assert len(found.rows) == 1
    assert found.left_out == (LeftOutRow("Unit costs!D6", "A&E attendance, all types stands in D5 already"),)


def test_a_workbook_without_the_headings_says_which_are_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "costs.xlsx", [("a", "b")], headings=("Detail", "Cost"))
    with pytest.raises(UserProblem, match=r"No sheet of costs.xlsx has headings for the unit, the price year") as told:
        read_unit_costs(path)
    assert "Nothing has been brought in." in told.value.sentence()


def test_a_text_file_has_no_sheet_to_name(tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text("Detail,Unit,Cost,Year\nVisit,per visit,£40,2024/25\nCall,per call,,2024/25\n", encoding="utf-8")
    found = read_unit_costs(path)
    assert found.came_from == "costs.csv"
    assert found.rows[0]["source"] == "costs.csv"
    assert found.left_out == (LeftOutRow("C3", "the cost is blank"),)


def test_a_sheet_of_other_figures_is_told_which_headings_are_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    path.write_text("Month,Home visits\nApril,12\n", encoding="utf-8")
    with pytest.raises(UserProblem, match=r"activity.csv has no row with the headings of unit costs, such as Detail"):
        read_unit_costs(path)


def test_a_child_reads_what_is_read_here_and_its_refusals_are_the_same(tmp_path: Path) -> None:
    path = workbook(tmp_path / "costs.xlsx", [VISIT, CARE])
    assert read_unit_costs_in_child(path) == read_unit_costs(path)
    bare = workbook(tmp_path / "bare.xlsx", [VISIT], ("a", "b", "c"))
    with pytest.raises(UserProblem) as here:
        read_unit_costs(bare)
    with pytest.raises(UserProblem) as there:
        read_unit_costs_in_child(bare)
    assert str(there.value) == str(here.value)


def test_a_workbook_that_takes_too_long_costs_no_more_than_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "costs.xlsx", [VISIT])
    monkeypatch.setattr(child, "WORKBOOK", child.Limits(0))
    with pytest.raises(UserProblem, match="longer than 0 seconds") as told:
        read_unit_costs_in_child(path)
    assert "saved" in told.value.hint
