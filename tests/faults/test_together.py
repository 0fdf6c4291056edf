"""Another program has the file: nothing is lost, and the window goes on answering."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.sample import write_sample_to
from desktop.session import Session
from faults.forked import has_strace
from faults.frozen import frames
from faults.together import longest_stall, races


def test_two_processes_that_open_a_file_at_once_lose_nothing() -> None:
    figures = races(6)
    assert figures.is_clean, figures


def test_the_window_goes_on_while_a_step_waits_for_a_file_that_others_hold(qtbot: QtBot, tmp_path: Path) -> None:
    path, jobs = tmp_path / "northvale.roleworth", Jobs()
    write_sample_to(path)
    session = Session(jobs)
    session.open(path)
    qtbot.waitUntil(lambda: session.backed_up_at is not None and jobs.count == 0, timeout=60_000)
    at_rest, stalled = longest_stall(session, path, 3.0)
    jobs.close()
    session.close()
    assert stalled < 1.5 + at_rest


def test_a_file_that_is_left_for_another_is_closed_in_the_write_lane(qtbot: QtBot, tmp_path: Path) -> None:
    import threading

    first, second, jobs = tmp_path / "one.roleworth", tmp_path / "two.roleworth", Jobs()
    write_sample_to(first)
    second.write_bytes(first.read_bytes())
    session = Session(jobs)
    session.open(first)
    qtbot.waitUntil(lambda: session.backed_up_at is not None and jobs.count == 0, timeout=60_000)
    held, closed_on = session.need_store(), list[int]()
    was = held.close

    def noticed() -> None:
        closed_on.append(threading.get_ident())
        was()

    held.close = noticed  # type: ignore[method-assign]  # to hear who closes it
    session.open(second)
    qtbot.waitUntil(lambda: bool(closed_on) and jobs.count == 0, timeout=60_000)
    jobs.close()
    session.close()
    assert closed_on != [threading.get_ident()]


@pytest.mark.full
@pytest.mark.skipif(not has_strace(), reason="strace is not installed, so no call can be held up")
def test_the_window_goes_on_while_a_disk_takes_ten_seconds_for_one_sync() -> None:
    (figures,) = frames(["stalls"])
    longest = [float(told.split()[-2]) for told in figures.told if told.endswith(" ms")]
    assert len(longest) >= 9
    assert max(longest) < 1000, figures
    assert not [told for told in figures.told if "CRASH" in told]
