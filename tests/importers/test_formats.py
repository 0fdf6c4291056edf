"""Number formats of .xls and .ods, and stray cells of every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.biff import scan_xls
from importers.examine import examine
from tests.importers.old_formats import Row, write_ods, write_xls
from tests.importers.sheets import MONTHS, SHARED, TODAY, csv_of

ROWS: list[Row] = [
    ("Month", "Seen", "Spent", "Falls"),
    *((m, 0.9 + i / 100, 100 + i, 5 + i) for i, m in enumerate(MONTHS)),
]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_formats_of_an_old_or_open_workbook_give_the_units(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"book.{kind}"
    if kind == "xls":
        write_xls(path, "Sheet", ROWS, ("General", "0.0%", '"£"#,##0', "0"))
    else:
        write_ods(path, "Sheet", ROWS, ("string", "percentage", "currency", "float"))
    (table,) = examine(path, today=TODAY).tables
    assert [(s.measure, s.unit, s.base_unit, s.scale) for s in table.series] == [
        ("Seen", "fraction (show as %)", "%", 100.0),
        ("Spent", "£", "£", 1.0),
        ("Falls", "", "", 1.0),
    ]
    assert table.series[0].values[0] == pytest.approx(0.9)


def test_a_file_cut_short_gives_no_facts_and_no_crash(tmp_path: Path) -> None:
    write_xls(tmp_path / "book.xls", "Sheet", ROWS, ("General", "0.0%", "0", "0"))
    data = (tmp_path / "book.xls").read_bytes()
    for length in range(0, len(data), 97):
        scan_xls(data[:length])
    assert scan_xls(b"") is None


@pytest.mark.skipif(not (SHARED / "sheets").exists(), reason="the shared sheets are not here")
def test_the_records_of_a_real_old_workbook_are_followed_to_every_sheet() -> None:
    facts = scan_xls((SHARED / "sheets" / "ons-weekly-deaths-2015.xls").read_bytes())
    assert facts is not None
    assert "Weekly Figures 2015" in facts.sheets


def test_a_stray_cell_far_below_is_left_out_and_said_in_an_old_workbook(tmp_path: Path) -> None:
    rows: list[Row] = [*ROWS, *([("", "", "", "")] * 1200), ("stray", "", "", "")]
    write_ods(tmp_path / "book.ods", "Sheet", rows, ("string", "float", "float", "float"))
    inspection = examine(tmp_path / "book.ods", today=TODAY)
    assert inspection.tables[0].range == "A1:D7"
    assert any("1 cell on sheet Sheet lies far" in issue.message for issue in inspection.issues)


def test_a_tall_text_file_keeps_every_row(tmp_path: Path) -> None:
    inspection = csv_of(tmp_path, "Month,Falls\n" + "".join(f"{m},{i}\n" for i, m in enumerate(MONTHS, 3)))
    assert len(inspection.tables[0].positions) == len(MONTHS)
