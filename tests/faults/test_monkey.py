"""The gate's share of chance at the window."""

from __future__ import annotations

from pathlib import Path

from faults.monkey import Witness, one_run


def test_random_events_at_the_window_raise_nothing_and_leave_a_sound_file(tmp_path: Path) -> None:
    assert one_run(7, 60, tmp_path)["seen"] == []


def test_what_must_not_happen_is_kept_with_the_event_it_happened_at() -> None:
    witness = Witness()
    witness.event, witness.last = 3, "click"
    witness.message(None, None, "This plugin does not support propagateSizeHints()")
    witness.message(None, None, "QObject: timers cannot be stopped from another thread")
    assert witness.seen == ["event 3 (click): Qt: QObject: timers cannot be stopped from another thread"]
