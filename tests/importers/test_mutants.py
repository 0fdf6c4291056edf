"""No damage makes the importer crash, hang or show a traceback; a share of the ten thousand stands in the gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mutants import COUNT, SEED, fixtures, mutant, run
from importers.examine import examine


@pytest.mark.parametrize("name", fixtures())
def test_an_undamaged_fixture_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(fixtures()[name])
    assert examine(path).tables


def test_a_mutant_follows_from_its_seed_alone() -> None:
    assert mutant(SEED) == mutant(SEED)
    assert len({mutant(SEED + number)[1] for number in range(50)}) > 45


def test_a_footnote_mark_inside_a_bare_year_or_amount_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("Year,Cost £\n2013,300²5\n2014,400²5\n2015,500\n", encoding="utf-8")
    assert examine(path).verdict in ("ok", "warn", "ask")


def test_every_mutant_of_a_share_is_an_inspection_or_a_problem(tmp_path: Path) -> None:
    counted, faults = run(400, SEED, tmp_path)
    assert faults == {}
    assert counted.total() == 400
    assert counted["problem"] > 50


@pytest.mark.full
def test_every_one_of_ten_thousand_mutants_is_an_inspection_or_a_problem(tmp_path: Path) -> None:
    counted, faults = run(COUNT, SEED, tmp_path)
    assert faults == {}
    assert counted["died"] < COUNT / 1000
