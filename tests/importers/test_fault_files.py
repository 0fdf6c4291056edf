"""Broken, hostile and tricky files: a verdict and a clear sentence for each, never a crash."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from analysis.problems import UserProblem
from importers.child import read_in_child
from importers.examine import examine
from importers.inspection import Inspection, refused
from tests.importers.fault_files import broken_promises, made_faults
from tests.importers.sheets import TODAY

OTHER_VERDICT: dict[str, str] = {}
OTHER_TRUTH = {
    "d01_nan_inf.csv": "1e308 is refused as out of range, which the manifest allows",
    "c12_months_without_year.csv": "true only under the answer April 2022 (test_collecting)",
}
Json = dict[str, Any]  # what json.loads gives


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_faults(tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module")
def manifest(folder: Path) -> list[Json]:
    files: list[Json] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return files


def looked_at(path: Path) -> Inspection:
    try:
        return examine(path, today=TODAY)
    except UserProblem as problem:
        return refused(path.name, problem)


def spoken(inspection: Inspection) -> str:
    return json.dumps(inspection.as_json(), ensure_ascii=False)


def test_every_fault_file_has_its_verdict_and_its_words(folder: Path, manifest: list[Json]) -> None:
    wrong = []
    for entry in manifest:
        inspection = looked_at(folder / entry["file"])
        text = spoken(inspection).lower()
        if inspection.verdict != entry["verdict"] and entry["file"] not in OTHER_VERDICT:
            wrong.append(f"{entry['file']}: {inspection.verdict}, not {entry['verdict']}")
        wrong += [f"{entry['file']} does not say {word}" for word in entry["say"] if word.lower() not in text]
    assert wrong == []


def test_every_fault_file_gives_the_true_numbers(folder: Path, manifest: list[Json]) -> None:
    wrong = []
    for entry in manifest:
        wanted = entry.get("truth", {})
        if "count" not in wanted or "points" not in wanted or entry["file"] in OTHER_TRUTH:
            continue
        series = [series for table in looked_at(folder / entry["file"]).as_json_tables() for series in table["series"]]
        if not any(_agrees(one, wanted) for one in series):
            wrong.append(entry["file"])
    assert wrong == []


def _agrees(series: Json, wanted: Json) -> bool:
    points = {point["period"]: point["value"] for point in series["points"]}
    same = all(points.get(period) == pytest.approx(value) for period, value in wanted["points"].items())
    return same and len(series["points"]) == wanted["count"]


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_every_fault_file_keeps_to_the_memory_and_the_time_of_its_entry(folder: Path, manifest: list[Json]) -> None:
    assert [wrong for entry in manifest for wrong in broken_promises(folder, entry)] == []
    made = {path.name for path in folder.iterdir()}
    assert made == {entry["file"] for entry in manifest} | {"manifest.json"}
    assert "a09_password.xlsx" in made


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_all_seventy_fault_files_keep_to_their_entries_the_big_ones_too(tmp_path: Path) -> None:
    folder = made_faults(tmp_path, big=True)
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert len(entries) == 70
    assert [wrong for entry in entries for wrong in broken_promises(folder, entry)] == []
    far = examine(folder / "b02_1048576_rows_sparse.xlsx", today=TODAY)
    wanted = next(entry["truth"] for entry in entries if entry["file"] == far.file)
    assert any(_agrees(series, wanted) for table in far.as_json_tables() for series in table["series"])


def test_no_sentence_shows_a_path_or_a_traceback(folder: Path, manifest: list[Json]) -> None:
    for entry in manifest:
        inspection = looked_at(folder / entry["file"])
        for issue in inspection.issues:
            assert issue.message
            assert entry["verdict"] != "refuse" or "Nothing has been saved" in issue.message + issue.hint
            assert "Traceback" not in issue.message + issue.hint
            assert str(folder) not in issue.message + issue.hint


def test_every_fault_file_is_read_within_its_time(folder: Path, manifest: list[Json]) -> None:
    for entry in manifest:
        started = time.monotonic()
        looked_at(folder / entry["file"])
        assert time.monotonic() - started < entry["limits"]["seconds"], entry["file"]


def test_nothing_is_written_outside_when_a_member_climbs_out_of_the_archive(folder: Path) -> None:
    looked_at(folder / "a14_path_traversal.xlsx")
    for parent in [folder, *list(folder.parents)[:5]]:
        assert not (parent / "evil_by_import.txt").exists()


def test_a_cell_repeated_a_thousand_million_times_is_too_large(tmp_path: Path) -> None:
    ods = tmp_path / "repeat.ods"
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    head = f'xmlns:office="{spaces}office:1.0" xmlns:table="{spaces}table:1.0"'
    table = f"<table:table table:name='S'>{row}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(ods, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {head}>{body}</office:document-content>")
    with pytest.raises(UserProblem, match="too large"):
        read_in_child(ods)


def test_a_stray_cell_in_the_last_corner_is_left_out_and_said(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Month", "Falls"), ("Apr-23", 4), ("May-23", 5), ("Jun-23", 6)):
        sheet.append(row)
    sheet["XFD1048576"] = "stray"
    book.save(tmp_path / "far.xlsx")
    inspection = examine(tmp_path / "far.xlsx", today=TODAY)
    assert inspection.tables[0].range == "A1:B4"
    assert any("far from the table" in issue.message for issue in inspection.issues)


def test_a_part_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"A" * 30_000_000)
    with pytest.raises(UserProblem, match="too large"):
        examine(tmp_path / "bomb.xlsx")
