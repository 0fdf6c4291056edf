"""The command of the programme: what is asked for is run, written down as it is found, and told by the exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import __main__ as command
from faults.figures import Figures
from faults.soak import ENOUGH, _compared


def three(count: int) -> Iterator[Figures]:
    """As many attempts as are asked for; the third is one too many."""
    figures = Figures("F1", "counted")
    for number in range(1, count + 1):
        figures.count([("lost", "the third")] if number == 3 else [], f"case {number}")
    yield figures


@pytest.mark.parametrize(("tier", "attempts", "status"), [("gate", 0, 0), ("full", 2, 0), ("long", 3, 1)])
def test_a_tier_runs_its_share_of_a_programme_and_says_by_its_status_whether_all_was_well(
    tier: str, attempts: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PROGRAMMES", {"three": (three, (0, 2, 3))})
    monkeypatch.setattr(sys, "argv", ["faults", tier, "--to", str(tmp_path / "figures")])
    assert command.main() == status
    written = (tmp_path / "figures").read_text(encoding="utf-8")
    assert ("| F1 | counted |" in written) == (attempts > 0)
    assert ("case 3: lost: the third" in written) == (status == 1)


def test_a_programme_nobody_knows_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["faults", "gate", "earthquakes"])
    with pytest.raises(SystemExit):
        command.main()
    assert "no programme is called earthquakes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rounds", "slower", "counted"), [(5 * ENOUGH, 1.3, True), (5 * ENOUGH, 1.05, False), (20, 1.3, False)]
)
def test_a_day_that_grows_slower_is_counted_where_there_are_rounds_enough_to_tell(
    rounds: int, slower: float, counted: bool
) -> None:
    took = [{"type": 0.1 * (slower if number >= rounds * 4 // 5 else 1.0)} for number in range(rounds)]
    found = {"rounds": took, "held": [(100.0, 30, 900)] * rounds}
    note, faults = _compared(found)
    assert bool(faults) == counted
    assert "100 ms of processor at first" in note


@pytest.mark.parametrize(("grows", "counted"), [(0.0, False), (0.4, True)])
def test_memory_that_goes_up_and_down_is_no_growth_and_growth_is_counted(grows: float, counted: bool) -> None:
    held = [(300.0 + 3.0 * (number % 2) + grows * number, 30, 900) for number in range(48)]
    _, faults = _compared({"rounds": [{"type": 0.1}] * 48, "held": held})
    assert bool(faults) == counted
