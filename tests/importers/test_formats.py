"""Number formats of .xls and .ods, and stray cells of every format."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from importers import biff, privacy_surroundings
from importers.biff import scan_xls
from importers.binary_workbook import scan_xlsb
from importers.examine import examine
from tests.importers.old_formats import Row, write_ods, write_xls, write_xlsb
from tests.importers.sheets import MONTHS, SHARED, TODAY, csv_of

ROWS: list[Row] = [
    ("Month", "Seen", "Spent", "Falls"),
    *((m, 0.9 + i / 100, 100 + i, 5 + i) for i, m in enumerate(MONTHS)),
]


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb"])
def test_the_formats_of_an_old_or_open_workbook_give_the_units(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"book.{kind}"
    if kind != "ods":
        write = write_xls if kind == "xls" else write_xlsb
        write(path, "Sheet", ROWS, ("General", "0.0%", '"£"#,##0', "0"))
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


def test_a_binary_workbook_whose_parts_are_cut_short_gives_no_facts_and_no_crash(tmp_path: Path) -> None:
    write_xlsb(tmp_path / "book.xlsb", "Sheet", ROWS, ("General", "0.0%", "0", "0"))
    with zipfile.ZipFile(tmp_path / "book.xlsb") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part in ("xl/workbook.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin"):
        for length in range(0, len(parts[part]), 13):
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as archive:
                for name, body in parts.items():
                    archive.writestr(name, body[:length] if name == part else body)
            scan_xlsb(made.getvalue())
    assert scan_xlsb(b"") is None


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb"])
def test_dates_of_every_format_are_dates(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"book.{kind}"
    rows: list[Row] = [("Month", "Falls"), *((45017.0 + days, 5.0 + days) for days in (0, 30, 61, 91, 122))]
    if kind == "ods":
        dated: list[Row] = [("Month", "Falls"), *((f"2023-{m:02}-01", 5.0 + m) for m in range(4, 9))]
        write_ods(path, "Sheet", dated, ("string", "float"))
    else:
        (write_xls if kind == "xls" else write_xlsb)(path, "Sheet", rows, ("dd/mm/yyyy", "0"))
    (table,) = examine(path, today=TODAY).tables
    assert [r.period.code for r in table.readings if r.period] == [f"2023-{m:02}" for m in range(4, 9)]


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


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb"])
@pytest.mark.parametrize("place", ["comment", "property"])
def test_an_identifier_around_the_cells_of_every_format_is_told_and_masked(
    tmp_path: Path, kind: str, place: str
) -> None:
    path = tmp_path / f"book.{kind}"
    said = "patient 999 079 4898 moved"
    around = {"comment": said} if place == "comment" else {"title": said}
    if kind == "ods":
        write_ods(path, "Sheet", ROWS, ("string", "percentage", "currency", "float"), **around)
    else:
        (write_xls if kind == "xls" else write_xlsb)(path, "Sheet", ROWS, ("General", "0.0%", "0", "0"), **around)
    inspection = examine(path, today=TODAY)
    assert [(found.kind, found.place) for found in inspection.personal_data] == [("nhs_number", place)]
    assert "4898" not in str(inspection.as_json())
    if kind == "xlsb" and place == "comment":
        assert inspection.personal_data[0].cell == "B3"


def listed(path: Path, choices: tuple[str, ...]) -> Path:
    """A workbook of any format with a drop-down list of those choices."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in ROWS:
            sheet.append(list(row))
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"')
        rule.add("F2")
        sheet.add_data_validation(rule)
        book.save(path)
    elif path.suffix == ".ods":
        write_ods(path, "Sheet", ROWS, ("string", "percentage", "currency", "float"), choices=choices)
    else:
        write = write_xls if path.suffix == ".xls" else write_xlsb
        write(path, "Sheet", ROWS, ("General", "0.0%", "0", "0"), choices=choices)
    return path


@pytest.mark.parametrize("kind", ["xls", "xlsx", "xlsb", "ods"])
def test_a_drop_down_list_of_people_is_told_in_every_format(tmp_path: Path, kind: str) -> None:
    found = examine(listed(tmp_path / f"book.{kind}", ("999 079 4898", "999 079 4901")), today=TODAY)
    assert [one.kind for one in found.personal_data] == ["nhs_number"]
    assert "4898" not in str(found.as_json())
    assert examine(listed(tmp_path / f"plain.{kind}", ("Ward", "Clinic")), today=TODAY).personal_data == ()


@pytest.mark.parametrize("length", range(1, 40, 7))
def test_a_rule_for_cells_that_is_cut_short_still_gives_the_texts_it_has(length: int) -> None:
    texts = b"\x05\x00\x00Names" + b"\x01\x00\x00\x00" * 3
    whole = struct.pack("<I", 3) + texts + b"\x09\x00\x00\x00\x17\x06\x00A\x00B\x00CD"
    assert all(isinstance(text, str) for text in biff.validation_texts(whole[:length]))
    assert list(biff.validation_texts(whole))[::4] == ["Names", "A; B; CD"]


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb"])
def test_plain_words_around_the_cells_are_no_sign_of_people(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"book.{kind}"
    if kind == "ods":
        write_ods(path, "Sheet", ROWS, ("string", "float", "float", "float"), "revised in May", "Falls by month")
    else:
        write = write_xls if kind == "xls" else write_xlsb
        write(path, "Sheet", ROWS, ("General", "0.0%", "0", "0"), "revised in May", "Falls by month")
    assert examine(path, today=TODAY).personal_data == ()


def test_what_could_not_be_looked_through_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsb"
    write_xlsb(path, "Sheet", ROWS, ("General", "0.0%", "0", "0"), "a comment")
    monkeypatch.setattr(privacy_surroundings, "_MOST_OF_A_PART", 5)
    said = [issue.message for issue in examine(path, today=TODAY).issues if issue.level == "check"]
    assert "A part of the file (xl/comments1.bin) could not be looked through for personal data." in said
