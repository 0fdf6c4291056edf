from __future__ import annotations

import json
from pathlib import Path

import pytest

import resources
from analysis.verify import METHODS, run_case
from tests.reference import csv_loader, needs

HERE = Path(__file__).parent
DONE = ("employer_cost", "prorate", "price_rebase", "discount", "break_even", "payback", "efficiency", "appraisal")


@pytest.mark.parametrize("method", DONE)
def test_every_published_case_of_a_method_is_reproduced(method: str) -> None:
    path = needs("reference/economics.json")
    cases = [case for case in json.loads(path.read_text(encoding="utf-8"))["cases"] if case["method"] == method]
    results = [run_case(case, csv_loader(path.parent)) for case in cases]
    assert method == "prorate" or results
    assert [(r.id, r.problem, r.mismatches) for r in results if not r.passed] == []


def test_the_cases_that_ship_are_reproduced_and_free_to_ship() -> None:
    cases = resources.load("reference_cases/economics")["cases"]
    results = [run_case(case, csv_loader(HERE)) for case in cases]
    assert len(results) >= 25
    assert [r for r in results if not r.passed] == []
    assert not any(case.get("third_party_data") or "NC" in case["licence"] for case in cases)


def test_every_method_named_can_be_found() -> None:
    wrong = {"id": "x", "method": "", "inputs": {"no such input": 1}, "expected": {"a": 1}, "tolerance": {}}
    for method in METHODS:
        assert "unknown input" in (run_case({**wrong, "method": method}, csv_loader(HERE)).problem or "")
