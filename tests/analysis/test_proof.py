"""A share of `benchmarks.impact_proof` with a fixed seed; the whole is in the full tier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import numpy as np
import pytest

from analysis.false_alarms import frozen_alarm_share
from analysis.impact.xmr import xmr
from benchmarks.impact_proof import PAIRED, WORLDS, Rates, World, every, simulate
from resources import load

NAMED = {world.name: world for world in (*WORLDS, *PAIRED)}
HONEST = (
    "counts of 200, chance alone",
    "counts of 60, three times chance",
    "shares of 80 people",
    "period values, independent",
    "scores of people measured twice",
    "answers of people asked twice",
)


def rates(name: str, method: str = "before and after", repeats: int = 250) -> Rates:
    world: World = NAMED[name]
    return simulate(world, method, repeats, seed=4)


@pytest.mark.parametrize("name", HONEST)
def test_intervals_cover_and_claims_are_rare_where_their_conditions_hold(name: str) -> None:
    found = rates(name)
    assert found.answered == 250
    assert found.coverage >= 0.91
    assert found.false_alarms <= 0.09


def test_the_planner_keeps_about_its_promise_of_four_in_five() -> None:
    assert rates("counts of 60, three times chance", repeats=300).power == pytest.approx(0.8, abs=0.09)
    assert rates("period values, independent", repeats=300).power == pytest.approx(0.8, abs=0.09)


@pytest.mark.parametrize("lag", ["0.3", "0.6"])
def test_an_interval_is_widened_where_neighbours_are_alike(lag: str) -> None:
    found = rates(f"period values, alike by {lag}", repeats=300)
    assert found.coverage >= 0.88
    assert found.false_alarms <= 0.12


def test_a_method_that_fails_its_nominal_rate_somewhere_says_where() -> None:
    entries = {entry["key"]: entry for entry in load("methods")["methods"]}
    for key in ("interrupted_series", "controlled_series"):
        assert "fails" in entries[key]["proof"]
    assert "a little less than it says" in entries["period_values"]["proof"]
    for key in ("rate_ratio", "proportion_difference", "paired_mean"):
        assert "covers" in entries[key]["proof"]


def test_the_recorded_rate_of_false_signals_is_what_a_simulation_gives() -> None:
    rng = np.random.default_rng(11)
    charts = [
        xmr(rng.normal(0, 1, 24), preset="mdc", improvement_direction="decrease", frozen_at=12) for _ in range(400)
    ]
    share = np.mean([any(flag.point >= 12 for flag in chart.flags) for chart in charts])
    assert share == pytest.approx(frozen_alarm_share(12, 12), abs=0.07)


@pytest.mark.full
def test_every_world_by_every_method_keeps_within_the_recorded_bounds() -> None:
    for row in every(600):
        alike = "alike" in row.world
        assert isfinite(row.coverage)
        assert row.coverage >= (0.8 if alike else 0.93), row
        assert row.false_alarms <= (0.2 if alike else 0.075), row


def recorded() -> list[tuple[str, str, float, float]]:
    """The table of the last run: values, method, how often the truth was covered and a change wrongly claimed."""
    text = (Path(__file__).parents[2] / "benchmarks" / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([\d.]+) % \| ([\d.]+) % \|[^|]*\|$", text, re.MULTILINE)
    return [(values, method, float(covered), float(claimed)) for values, method, covered, claimed in found]


TOLD = {
    "rate_ratio": ("before and after", r"counts of \d+, (?!.*12 and 4)"),
    "proportion_difference": ("before and after", "shares"),
    "period_values": ("before and after", "period values, independent"),
    "paired_mean": ("before and after", "scores of people measured twice"),
    "paired_proportions": ("before and after", "answers of people asked twice"),
    "interrupted_series": ("fitted trend", "(?!.*alike)"),
    "controlled_series": ("two fitted trends", "(?!.*alike)"),
    "difference_in_differences": ("against a comparator", "(?!.*alike)"),
    "after_end": ("after the end", "(?!.*alike)"),
    "pool": ("pooled", ""),
}
CLAIMS_TOLD = ("rate_ratio", "proportion_difference", "paired_mean", "paired_proportions", "pool")


def span(shares: Sequence[float]) -> str:
    least, most = f"{min(shares):.0f}", f"{max(shares):.0f}"
    return f"in {least} %" if least == most else f"in {least} to {most} %"


@pytest.mark.parametrize("key", TOLD)
def test_what_the_help_says_of_a_method_is_what_the_last_run_found(key: str) -> None:
    proof = next(row["proof"] for row in load("methods")["methods"] if row["key"] == key)
    wanted, values = TOLD[key]
    rows = [row for row in recorded() if row[1] == wanted and re.match(values, row[0])]
    assert rows
    assert span([covered for *_, covered, _ in rows]) in proof
    if key in CLAIMS_TOLD:
        assert span([claimed for *_, claimed in rows]) in proof
