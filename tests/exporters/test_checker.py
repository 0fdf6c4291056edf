from __future__ import annotations

import gc
import weakref
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import tostring

import openpyxl
import pytest

from analysis.problems import UserProblem
from exporters import opened
from exporters.checker import CHECKS, failures, proved
from exporters.checks_content import contrast_on_white
from exporters.opened import Opened
from exporters.read_back import Grid, grid_of, parsed, strings_of
from exporters.writer import Made
from tests.exporters.faults import FAULTS, Fault, planted, swap, with_part

Workbook = tuple[Path, Made]
FRONT = 3


def test_there_are_thirty_two_checks_numbered_in_order() -> None:
    numbers = [int((check.__doc__ or "").split(":")[0]) for check in CHECKS]
    assert numbers == list(range(1, 33))


def test_every_check_passes_on_the_sample(workbook: Workbook, open_workbook: Workbook) -> None:
    assert failures(*workbook) == []
    assert failures(*open_workbook) == []
    assert len(proved(*workbook)) == 32


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.number}-{fault.name}")
def test_a_planted_fault_is_caught_by_its_own_check(small_workbook: Workbook, tmp_path: Path, fault: Fault) -> None:
    path = planted(small_workbook[0], tmp_path / "fault.xlsx", fault)
    assert list(CHECKS[fault.number - 1](Opened(path, small_workbook[1])))


@pytest.mark.parametrize("part", ["xl/comments1.xml", "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"])
def test_a_foreign_part_is_caught(small_workbook: Workbook, tmp_path: Path, part: str) -> None:
    path = with_part(small_workbook[0], tmp_path / "fault.xlsx", part)
    assert [failure.number for failure in failures(path, small_workbook[1])] == [22]


def test_a_damaged_file_is_caught_before_anything_else(small_workbook: Workbook, tmp_path: Path) -> None:
    content = bytearray(small_workbook[0].read_bytes())
    content[len(content) // 3] ^= 0xFF
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    assert {failure.number for failure in failures(path, small_workbook[1])} == {1}


def test_a_worksheet_that_is_no_xml_is_caught_and_so_is_a_cell_of_another_shape(
    small_workbook: Workbook, tmp_path: Path
) -> None:
    broken = Fault(1, "an end that is missing", "Effects", swap("</sheetData>", ""))
    path = planted(small_workbook[0], tmp_path / "broken.xlsx", broken)
    assert [failure.number for failure in failures(path, small_workbook[1])] == [1]
    odd = Fault(
        28,
        "a text in its cell",
        "Effects",
        swap(r'(<c r="J\d+" s="\d+")><v>[^<]*</v>', r'\1 t="inlineStr"><is><t>9</t></is>'),
    )
    path = planted(small_workbook[0], tmp_path / "odd.xlsx", odd)
    assert 28 in {failure.number for failure in failures(path, small_workbook[1])}


def test_both_ways_of_reading_a_worksheet_see_the_same_cells(workbook: Workbook) -> None:
    with zipfile.ZipFile(workbook[0]) as held:
        strings = strings_of(held.read("xl/sharedStrings.xml"))
        sheets = [held.read(name).decode() for name in held.namelist() if name.startswith("xl/worksheets/sheet")]
    for xml in sheets:
        quick, slow = grid_of(xml, strings), parsed(xml, strings)
        assert quick.cells == slow.cells
        assert (quick.heights, tostring(quick.rest)) == (slow.heights, tostring(slow.rest))


def test_worksheets_are_forgotten_as_they_are_checked_but_for_the_three_in_front(
    small_workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[weakref.ref[Grid]] = []

    def watched(xml: str, strings: list[str]) -> Grid:
        gc.collect()
        assert sum(one() is not None for one in alive) <= FRONT
        made = grid_of(xml, strings)
        alive.append(weakref.ref(made))
        return made

    monkeypatch.setattr(opened, "grid_of", watched)
    proved(*small_workbook)
    assert len(alive) > 20


def test_every_check_has_a_planted_fault() -> None:
    assert {fault.number for fault in FAULTS} | {1, 22} == set(range(1, 33))


def test_a_workbook_that_fails_is_not_handed_over(small_workbook: Workbook) -> None:
    path, made = small_workbook
    lost = replace(made, formulas={**made.formulas, ("Summary", "A1"): "=1"})
    with pytest.raises(UserProblem, match="failed its check 32"):
        proved(path, lost)


def test_every_cell_is_read_back_as_another_reader_reads_it(workbook: Workbook) -> None:
    path, made = workbook
    with path.open("rb") as file:
        formulas, stored = (openpyxl.load_workbook(file, data_only=values) for values in (False, True))
    pages = Opened(path, made).pages
    assert [page.title for page in pages] == formulas.sheetnames
    for page in pages:
        theirs = {c.coordinate: c for row in formulas[page.title] for c in row if c.value is not None}
        assert {cell.coordinate for cell in page.cells} == set(theirs)
        for cell in page.cells:
            assert (cell.formula is not None) == (theirs[cell.coordinate].data_type == "f")
            other = stored[page.title][cell.coordinate]
            if not other.is_date:
                assert cell.value == other.value


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast_on_white("000000") == pytest.approx(21.0)
    assert contrast_on_white("12436D") == pytest.approx(10.25, abs=0.01)
