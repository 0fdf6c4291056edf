"""Limits, denominators, populations and comparators beside a measure are left out with the reason, unless wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.asides import reason_for
from importers.collecting import collect
from importers.plans import LEAVE_OUT, NEW, propose
from tests.importers.sheets import MONTHS, csv_of


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Lower CI", "limit"),
        ("Upper CI 99.8 limit", "limit"),
        ("95% LCL", "limit"),
        ("Rate > UCI", "limit"),
        ("Upper_confidence_interval", "limit"),
        ("95% confidence limit (lower)", "limit"),
        ("Upper process limit", "limit"),
        ("Denominator", "denominator"),
        ("Denom.", "denominator"),
        ("Registered population", "population"),
        ("List size", "population"),
        ("Mid-year population estimate", "population"),
        ("England value", "compare"),
        ("Median", "compare"),
        ("Rank", "compare"),
    ],
)
def test_what_stands_beside_a_measure_has_its_reason(heading: str, word: str) -> None:
    assert word in reason_for(heading)


@pytest.mark.parametrize(
    "heading",
    ["Upper GI referrals", "Lower limb injuries", "Population health contacts", "Median wait", "Falls", "Plans"],
)
def test_a_measure_with_such_a_word_in_its_name_stays_one(heading: str) -> None:
    assert reason_for(heading) == ""


TEXT = "Month,Rate,Lower CI,Upper CI,Population\n" + "".join(
    f"{m},{at},{at - 1},{at + 1},900\n" for at, m in enumerate(MONTHS, 5)
)


def test_they_are_left_out_and_said_and_come_in_where_a_person_wants_them(tmp_path: Path) -> None:
    found = csv_of(tmp_path, TEXT)
    plan = propose(found)
    assert [target.action for target in plan.targets] == [NEW, LEAVE_OUT, LEAVE_OUT, LEAVE_OUT]
    assert {one.measure.name for one in collect(plan).ready} == {"Rate"}
    assert [issue.message for issue in found.issues if "left out unless" in issue.message] == [
        "Lower CI, Upper CI: left out unless you choose otherwise, as a limit of another figure, not a measure.",
        "Population: left out unless you choose otherwise, as a population, which is a denominator and not a measure.",
    ]
    wanted = plan.with_target(plan.targets[3].key, NEW)
    assert {one.measure.name for one in collect(wanted).ready} == {"Rate", "Population"}
    assert found.as_json_tables()[0]["series"][1]["aside"].startswith("a limit")


def test_a_table_of_nothing_but_populations_is_offered(tmp_path: Path) -> None:
    lines = "".join(f"{month},{900 + at}\n" for at, month in enumerate(MONTHS))
    assert propose(csv_of(tmp_path, f"Month,List size\n{lines}")).targets[0].action == NEW
