from __future__ import annotations

import copy
import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis.verify import METHODS, run_case, run_cases

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ROLEWORTH_SHARED", ROOT.parent / "shared")) / "reference"
BUILT_IN = ROOT / "resources" / "reference_cases" / "impact.json"


def cases_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []
    return [case for case in found if case["method"] in METHODS]


def load_shared(path: str) -> list[Mapping[str, str]]:
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def no_table(path: str) -> list[Mapping[str, str]]:
    pytest.fail(f"a built-in case must not need {path}")


@pytest.mark.parametrize("case", cases_of(BUILT_IN), ids=lambda case: case["id"])
def test_a_built_in_case_passes(case: dict[str, Any]) -> None:
    result = run_case(case, no_table)
    assert result.passed, result


def test_built_in_cases_hold_no_data_of_others_and_name_their_terms() -> None:
    cases = cases_of(BUILT_IN)
    assert len(cases) > 40
    assert not any(case.get("third_party_data") for case in cases)
    assert all(case["licence"] and case["source"] and case["title"] for case in cases)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reference cases are not beside the repository")
def test_every_shared_impact_case_of_a_known_method_passes() -> None:
    results = [run_case(case, load_shared) for case in cases_of(SHARED / "impact.json")]
    assert [result for result in results if not result.passed] == []
    assert len(results) >= 80


def a_case() -> dict[str, Any]:
    return {
        "id": "T",
        "title": "Two rates",
        "method": "rate_ratio",
        "inputs": {"events1": 20, "exposure1": 10, "events0": 10, "exposure0": 10},
        "expected": {"ratio": 2, "rate1": 2},
        "tolerance": {"abs": 1e-9, "rel": 0},
    }


def test_a_right_case_passes_and_says_how_much_was_compared() -> None:
    result = run_case(a_case(), no_table)
    assert result.passed
    assert result.compared == 2


def test_a_case_made_wrong_on_purpose_fails_and_names_the_path() -> None:
    case = a_case() | {"expected": {"ratio": 2.1}}
    result = run_case(case, no_table)
    assert not result.passed
    assert [(m.path, m.expected, m.computed) for m in result.mismatches] == [("ratio", 2.1, 2.0)]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"method": "astrology"}, "unknown method: astrology"),
        ({"inputs": {"events1": 1, "exposure1": 1, "wind": 3}}, "unknown input: wind"),
        ({"mood": "good"}, "unknown key in the case: mood"),
        ({"inputs": {"events1": -1, "exposure1": 1}}, "the method refused the inputs"),
        ({"inputs": {"events1": 1}}, "the method refused the inputs"),
        ({"expected": {}}, "the case expects nothing"),
    ],
)
def test_a_case_that_cannot_be_run_fails_with_the_reason(change: dict[str, Any], problem: str) -> None:
    result = run_case(a_case() | change, no_table)
    assert not result.passed
    assert problem in (result.problem or "")


def test_a_case_without_tolerance_fails() -> None:
    case = a_case()
    del case["tolerance"]
    assert "tolerance" in (run_case(case, no_table).problem or "")


def test_null_equals_null_only() -> None:
    case = a_case() | {"inputs": {"events1": 0, "exposure1": 1, "events0": 0, "exposure0": 1}}
    assert run_case(case | {"expected": {"ratio": None}}, no_table).passed
    assert not run_case(case | {"expected": {"ratio": 0}}, no_table).passed


def test_a_tolerance_of_a_path_covers_everything_below_it() -> None:
    case = {
        "id": "X",
        "method": "xmr",
        "inputs": {"values": [1, 2, 1, 2], "preset": "mdc", "improvement_direction": "increase"},
        "expected": {"phases": [{"mean": 1.6, "lower_limit": -1.16}]},
        "tolerance": {"abs": 1e-9, "rel": 0},
    }
    assert not run_case(case, no_table).passed
    assert run_case(case | {"tolerances": {"phases.mean": {"abs": 0.2, "rel": 0}}}, no_table).passed
    assert run_case(case | {"tolerances": {"phases": {"abs": 0.2, "rel": 0}}}, no_table).passed
    assert not run_case(case | {"tolerances": {"phases.lower_limit": {"abs": 0.2, "rel": 0}}}, no_table).passed


def test_lists_of_another_length_fail() -> None:
    case = a_case() | {"method": "adjust_p", "inputs": {"p": [0.1, 0.2], "adjustment": "holm"}}
    assert not run_case(case | {"expected": {"adjusted": [0.2]}}, no_table).passed


def test_a_list_may_come_from_a_table_with_empty_cells_as_missing() -> None:
    table = [{"day": "2024-01-01", "n": "1"}, {"day": "2024-01-02", "n": ""}, {"day": "2024-01-03", "n": "3"}]
    case = a_case() | {
        "method": "run_chart",
        "inputs": {"values": {"csv": "x.csv", "column": "n"}},
        "expected": {"phases": [{"n": 2, "median": 2}]},
    }
    assert run_case(case, lambda path: table if path == "x.csv" else []).passed


def test_only_the_named_methods_are_run() -> None:
    document = {"cases": [a_case(), a_case() | {"method": "astrology"}]}
    assert len(run_cases(document, no_table, frozenset({"rate_ratio"}))) == 1
    assert [result.passed for result in run_cases(document, no_table)] == [True, False]


def test_running_a_case_changes_nothing_in_it() -> None:
    case = a_case()
    before = copy.deepcopy(case)
    run_case(case, no_table)
    assert case == before
