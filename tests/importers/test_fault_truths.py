"""The fault files whose truth is more than one series of months: every value, under each answer the manifest names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importers.collecting import Observation, collect
from importers.examine import examine
from importers.inspection import Inspection
from importers.plans import propose
from tests.importers.fault_files import made_faults
from tests.importers.sheets import TODAY

Json = dict[str, Any]  # what json.loads gives


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_faults(tmp_path_factory.mktemp("faults"))


def series_of(inspection: Inspection) -> list[Json]:
    return [series for table in inspection.as_json_tables() for series in table["series"]]


def points_of(series: Json) -> dict[str, float]:
    return {point["period"]: point["value"] for point in series["points"]}


def brought(inspection: Inspection, **answers: int) -> list[Observation]:
    """What an import would hold under answers to the questions whose id contains a word."""
    plan = propose(inspection)
    keys = {q.key: answers[word] for q in plan.questions for word in answers if word in q.key}
    collected = collect(plan, keys)
    return [*collected.ready, *collected.accepted()[len(collected.ready) :]]


def values_of(found: list[Observation]) -> dict[str, float | None]:
    return {one.period_code: one.value for one in found}


def ambiguous_dates(found: Inspection, truth: Json) -> None:
    first = {one.period.start.isoformat(): one.value for one in brought(found, period=0)}
    second = {one.period.start.isoformat(): one.value for one in brought(found, period=1)}
    assert truth["if_day_first"].items() <= first.items()
    assert truth["if_month_first"].items() <= second.items()


def us_dates(found: Inspection, truth: Json) -> None:
    assert truth.items() <= points_of(series_of(found)[0]).items()


def mixed_frequency(found: Inspection, truth: Json) -> None:
    for choice, name in enumerate(("months", "quarters", "years")):
        values = [one.value or 0 for one in brought(found, period=choice)]
        assert (len(values), sum(values)) == (truth[name]["count"], truth[name]["sum"])


def period_zoo(found: Inspection, truth: Json) -> None:
    (series,) = series_of(found)
    assert {point["period"] for point in series["points"]} == {truth["all_rows_mean"]}
    assert len(series["points"]) == truth["rows"]


def quarter_zoo(found: Inspection, truth: Json) -> None:
    spans = [f"{p['start'][:7]}..{p['end'][:7]}" for p in series_of(found)[0]["points"]]
    assert spans[:6] == [truth["rows_1_to_6"]] * 6
    said = truth["rows_7_8"]
    assert all(span in said for span in spans[6:])
    calendar = {(o.period.start.isoformat()[:7], o.value) for o in brought(found, period=0)}
    financial = {(o.period.start.isoformat()[:7], o.value) for o in brought(found, period=1)}
    assert {start for start, _ in calendar} == {"2019-04"}
    assert {start for start, _ in financial} == {"2019-04", "2019-07"}


def week_zoo(found: Inspection, truth: Json) -> None:
    (series,) = series_of(found)
    assert {f"{p['start']}..{p['end']}" for p in series["points"]} == {truth["all_rows_mean"].split(" ")[0]}
    assert len(series["points"]) == truth["rows"]


def number_zoo(found: Inspection, truth: Json) -> None:
    (series,) = series_of(found)
    assert [p["value"] for p in series["points"]] == pytest.approx(_zoo_values(truth))
    by_meaning: dict[str, set[str]] = {}
    for missing in series["missing"]:
        by_meaning.setdefault(missing["meaning"], set()).add(missing["raw"] or "")
    assert set(truth["suppressed"]) == by_meaning["suppressed"]
    assert set(truth["missing"]) <= by_meaning["missing"] | by_meaning["blank"]
    assert set(truth["censored"]) == by_meaning["censored"]
    assert set(truth["unreadable"]) - {"5*"} <= by_meaning["unreadable"]


def _zoo_values(truth: Json) -> list[float]:
    """The readings in the order of the rows: 5* is a number with a mark, which the manifest allows."""
    order = ("1,234", "£1.2k", "12.3%", "\u00a056\u00a0", "1 234", "(45)", "£2,500.00", "82.4R", "73.7P")
    rest = ("0", "3.0E+02", "１２", "−7")
    numbers = truth["numbers"]
    return [*(numbers[key] for key in order), 5, *(numbers[key] for key in rest)]


def percent_formats(found: Inspection, truth: Json) -> None:
    shown, points = brought(found)[:6], brought(found)[6:]
    assert {one.period_code: (one.value or 0) * 100 for one in shown}["2023-04"] == pytest.approx(truth["B"]["2023-04"])
    assert {one.period_code: (one.value or 0) * 100 for one in points}["2023-09"] == pytest.approx(
        truth["C"]["2023-09"]
    )


def cost_units(found: Inspection, truth: Json) -> None:
    first = [one.value for one in brought(found, units=0) if one.period_code == "2023-04"]
    assert first == pytest.approx(list(truth["2023-04"].values()))


def duplicate_headings(found: Inspection, truth: Json) -> None:
    sums = [sum(points_of(series).values()) for series in series_of(found)]
    assert (len(sums), sums) == (truth["columns"], truth["sums"])


def merged_headings(found: Inspection, truth: Json) -> None:
    for organisation in truth["organisations"]:
        mine = {s["measure"]: points_of(s) for s in series_of(found) if s["organisation"] == organisation}
        assert organisation not in truth or mine == truth[organisation]
    assert {s["organisation"] for s in series_of(found) if s["total"]} == {truth["total_row"]}
    assert "provisional" in json.dumps(found.as_json()).lower()


def three_tables(found: Inspection, truth: Json) -> None:
    for series in series_of(found):
        values = points_of(series).values()
        assert {"count": len(values), "sum": sum(values)} == truth[series["measure"]]
    assert len(series_of(found)) == len(truth)


def organisations(found: Inspection, truth: Json) -> None:
    named = [series["code"] or series["organisation"] for series in series_of(found)]
    assert named == [name.strip() for name in truth["organisations"]]
    values = [point["value"] for series in series_of(found) for point in series["points"]]
    assert (len(values), sum(values)) == (truth["count"], truth["sum"])


def control_characters(found: Inspection, truth: Json) -> None:
    (series,) = series_of(found)
    assert truth["metric_contains"] in series["measure"]
    assert series["measure"].isprintable()


def decimal_comma(found: Inspection, truth: Json) -> None:
    assert truth.items() <= points_of(series_of(found)[0]).items()


def title_and_footer(found: Inspection, truth: Json) -> None:
    held = {series["measure"]: series for series in series_of(found)}
    assert points_of(held["Falls"]) == truth["Falls"]
    assert points_of(held["Cost"]) == truth["Cost"]
    assert [m["period"] for m in held["Falls"]["missing"] if m["meaning"] == "suppressed"] == truth["suppressed"]


def counted(found: Inspection, truth: Json) -> None:
    values = [point["value"] for series in series_of(found) for point in series["points"]]
    assert (len(values), sum(values)) == (truth["count"], truth["sum"])


def nul_bytes(found: Inspection, truth: Json) -> None:
    (series,) = series_of(found)
    assert truth["points"].items() <= points_of(series).items()
    assert len(series["points"]) >= truth["count_at_least"]


def metric_and_organisation(found: Inspection, truth: Json) -> None:
    """A column with one name throughout may be taken for a label instead of an organisation."""
    (series,) = series_of(found)
    assert series["measure"] == truth["metric"]
    assert series["organisation"] in (None, truth["organisation"])
    assert sum(points_of(series).values()) == truth["sum"]


CHECKS: dict[str, Callable[[Inspection, Json], None]] = {
    "c07_ambiguous_dates.csv": ambiguous_dates,
    "c08_us_dates.csv": us_dates,
    "c13_mixed_frequency.csv": mixed_frequency,
    "c14_period_zoo.csv": period_zoo,
    "c15_quarter_zoo.csv": quarter_zoo,
    "c16_week_zoo.csv": week_zoo,
    "d03_number_zoo.csv": number_zoo,
    "d05_percent_formats.xlsx": percent_formats,
    "d06_cost_units.xlsx": cost_units,
    "e01_duplicate_headings.xlsx": duplicate_headings,
    "e03_merged_headings.xlsx": merged_headings,
    "e04_three_tables_one_sheet.xlsx": three_tables,
    "e06_leading_zero_ids.csv": organisations,
    "e09_control_characters.xlsx": control_characters,
    "f01_utf16le_bom.csv": metric_and_organisation,
    "f02_utf16be_bom.csv": metric_and_organisation,
    "f03_cp1252.csv": metric_and_organisation,
    "f04_utf8_bom.csv": metric_and_organisation,
    "f05_semicolon_decimal_comma.csv": decimal_comma,
    "f09_nul_bytes.csv": nul_bytes,
    "f11_title_and_footer.csv": title_and_footer,
    "g01_injection.csv": organisations,
    "g04_small_numbers.csv": counted,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_fault_file_gives_every_value_of_its_truth(faults: Path, name: str) -> None:
    manifest = json.loads((faults / "manifest.json").read_text(encoding="utf-8"))["files"]
    (entry,) = (one for one in manifest if one["file"] == name)
    CHECKS[name](examine(faults / name, today=TODAY), entry["truth"])


def test_two_values_of_one_month_that_differ_are_asked_and_equal_ones_are_taken_once(faults: Path) -> None:
    found = examine(faults / "e02_duplicate_periods.csv", today=TODAY)
    assert any("120" in q.ask and "125" in q.ask for q in propose(found).questions if q.key.startswith("twice"))
    held = [one for one in brought(found) if one.period_code == "2023-05"]
    assert [one.value for one in held] == [131]
