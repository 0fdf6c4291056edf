"""Real published spreadsheets against the truth read by hand, for each of the thirteen files."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from importers.addresses import column_number
from importers.examine import examine
from tests.importers.sheets import SHARED

SHEETS = SHARED / "sheets"
FILES = (
    "rtt-overview-ts.xlsx",
    "nhsd-sickness-absence-template.xlsx",
    "nhsd-asc-overview-template.xlsx",
    "ons-monthly-deaths-2013.xls",
    "ons-weekly-deaths-2015.xls",
    "ons-tourism.xlsx",
    "trafford-claimant-count.csv",
    "trafford-prompt-payment.csv",
    "fft-rolling-totals.xlsx",
    "nhsd-table1.csv",
    "mh-cyp-waits-2019-20.xlsx",
    "nnhip-valid-01.xlsx",
    "nnhip-text-in-counts.xlsx",
)
SNAPSHOTS = ("mh-cyp-waits-2019-20.xlsx", "nnhip-valid-01.xlsx", "nnhip-text-in-counts.xlsx")
Json = dict[str, Any]  # what json.loads gives


@cache
def truth() -> dict[str, Json]:
    path = SHEETS / "truth.json"
    if not path.exists():
        pytest.skip(f"the shared sheets are not here ({SHARED.name}/sheets)")
    return {entry["file"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))["files"]}


def matching(document: Json, wanted: Json) -> tuple[Json, Json] | None:
    """The table and series that hold the wanted one: by its filters, or by its first point's cell and line."""
    for sheet in document["sheets"]:
        for table in sheet["tables"] if sheet["name"] == wanted["sheet"] else ():
            for series in table["series"]:
                if _is(series, wanted):
                    return table, series
    return None


def _is(series: Json, wanted: Json) -> bool:
    if "filters" in wanted:
        own = [series["code"], series["organisation"], series["measure"], *series["categories"].values()]
        return all(value in own for value in wanted["filters"].values())
    cells = {point["cell"] for point in series["points"]}
    return all(point["cell"] in cells for point in wanted["points"])


def inside(cell: str, area: str) -> bool:
    """Whether an address lies in a range of one line."""
    (left, top), (right, bottom) = (_split(part) for part in area.split(":"))
    column, row = _split(cell)
    return left <= column <= right and top <= row <= bottom


def _split(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return column_number(letters), int(cell[len(letters) :])


@pytest.mark.parametrize("file", [name for name in FILES if name not in SNAPSHOTS])
def test_a_real_sheet_is_read_as_a_person_reads_it(file: str) -> None:
    entry = truth()[file]
    document = examine(SHEETS / file).as_json()
    for wanted in entry["series"]:
        found = matching(document, wanted)
        assert found is not None, wanted["metric"]
        assert_same(found[1], wanted)


def assert_same(series: Json, wanted: Json) -> None:
    points = {point["period"]: point for point in series["points"]}
    assert len(series["points"]) == wanted["count"]
    assert sum(point["value"] for point in series["points"]) == pytest.approx(wanted["sum"], abs=1e-6)
    for point in wanted["points"]:
        own = points[point["period"]]
        assert own["value"] == pytest.approx(point["value"], rel=1e-9, abs=1e-6)
        assert (own["start"], own["end"]) == (point["start"], point["end"])
        assert own["cell"] == point.get("cell", own["cell"])
    area = wanted.get("value_range")
    missing = {entry["period"]: entry for entry in series["missing"] if area is None or inside(entry["cell"], area)}
    assert len(missing) == wanted["missing_count"]
    for entry in wanted["missing"]:
        assert missing[entry["period"]]["cell"] == entry["cell"]
        assert missing[entry["period"]]["raw"] == entry["raw"]


@pytest.mark.parametrize(
    ("file", "measures"),
    [
        ("rtt-overview-ts.xlsx", True),
        ("trafford-claimant-count.csv", True),
    ],
)
def test_measures_and_header_rows_are_named_as_the_sheet_names_them(file: str, measures: bool) -> None:
    entry = truth()[file]
    document = examine(SHEETS / file).as_json()
    for wanted in entry["series"]:
        found = matching(document, wanted)
        assert found is not None
        table, series = found
        assert table["header_rows"] == wanted["header_rows"]
        assert (series["measure"] == wanted["metric"]) is measures


@pytest.mark.parametrize("file", SNAPSHOTS)
def test_a_sheet_that_stands_for_one_period_has_a_point_for_each_organisation(file: str) -> None:
    entry = truth()[file]
    document = examine(SHEETS / file).as_json()
    for wanted in entry["series"]:
        table = table_with(document, wanted)
        assert table["layout"] == "snapshot"
        assert table["header_rows"] == wanted["header_rows"]
        area = wanted.get("value_range", f"{wanted['points'][0]['cell']}:{wanted['points'][0]['cell']}")
        held = [(s, p) for s in table["series"] for p in s["points"] if inside(p["cell"], area)]
        assert {(p["period"], p["start"], p["end"]) for _, p in held} == {period_of(wanted)}
        assert len(held) == wanted["count"]
        assert sum(point["value"] for _, point in held) == pytest.approx(wanted["sum"])
        everywhere = {p["cell"]: (s, p) for s in table["series"] for p in s["points"]}
        for point in wanted["points"]:
            series, own = everywhere[point["cell"]]
            assert own["value"] == point["value"]
            told = [series["code"], series["organisation"], *series["categories"].values()]
            assert any(point["org"].removeprefix("Age ") in text for text in told if text)
        missing = {p["cell"]: p["raw"] for s in table["series"] for p in s["missing"] if inside(p["cell"], area)}
        assert len(missing) == wanted["missing_count"]
        assert {entry["cell"]: entry["raw"] for entry in wanted["missing"]}.items() <= missing.items()


def table_with(document: Json, wanted: Json) -> Json:
    (table,) = next(sheet for sheet in document["sheets"] if sheet["name"] == wanted["sheet"])["tables"]
    found: Json = table
    return found


def period_of(wanted: Json) -> tuple[str, str, str]:
    return wanted["period"], wanted["start"], wanted["end"]


def test_words_where_counts_are_expected_are_missing_by_their_kind_and_the_rest_is_read() -> None:
    assert truth()["nnhip-text-in-counts.xlsx"]
    document = examine(SHEETS / "nnhip-text-in-counts.xlsx").as_json()
    said = {
        entry["raw"]: entry["meaning"]
        for table in document["sheets"][1]["tables"]
        for series in table["series"]
        for entry in series["missing"]
    }
    assert said == {
        "None": "missing",
        "Not applicable": "not applicable",
        "NA": "missing",
        "N/A": "missing",
        "NULL": "missing",
    }
