"""The gate's share of chance at the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from faults.monkey import Witness
from faults.seeds import monkey, one_run


def test_random_events_at_the_window_raise_nothing_and_leave_a_sound_file(tmp_path: Path) -> None:
    assert one_run(7, 60, tmp_path, inline=True)["seen"] == []


def test_what_must_not_happen_is_kept_with_the_event_it_happened_at() -> None:
    witness = Witness()
    witness.event, witness.last = 3, "click"
    witness.message(None, None, "This plugin does not support propagateSizeHints()")
    witness.message(None, None, "QObject: timers cannot be stopped from another thread")
    assert witness.seen == ["event 3 (click): Qt: QObject: timers cannot be stopped from another thread"]


def test_runs_go_on_where_they_stopped_and_every_seed_is_run_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []

    def run(seed: int, events: int, folder: Path) -> dict[str, object]:
        assert (folder / "monkey.roleworth").exists()
        ran.append(seed)
        return {"seed": seed, "events": events, "seen": ["event 3 (click): odd"] if seed == 2 else []}

    monkeypatch.setattr("faults.seeds.one_run", run)
    monkeypatch.setattr("faults.seeds.write_sample_to", Path.touch)
    kept = tmp_path / "seeds"
    assert monkey(2, 50, 1, kept).wrong == 1
    figures = monkey(4, 50, 1, kept)
    assert (ran, figures.attempts, figures.wrong) == ([1, 2, 3, 4], 4, 1)
    assert monkey(1, 60, 1, kept).is_clean
    assert [json.loads(line)["seed"] for line in kept.read_text().splitlines()] == [1, 2, 3, 4, 1]
