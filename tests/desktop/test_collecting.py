"""Garbage is collected on the GUI thread, whoever made it."""

from __future__ import annotations

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop.collecting import YOUNG, Collector, collector
from desktop.jobs import Jobs

ENDED_ON: list[int] = []
"""The threads on which rings were taken apart."""


class _Ring:
    """Refers to itself, so that only a collection can take it apart."""

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        ENDED_ON.append(threading.get_ident())


@pytest.fixture
def alone(qtbot: QtBot) -> Collector:
    """A collector whose timer does not tick, and which has nothing to collect."""
    made = Collector()
    gc.collect()
    ENDED_ON.clear()
    return made


def test_what_a_worker_drops_is_taken_apart_on_the_window_s_thread(qtbot: QtBot) -> None:
    jobs, done = Jobs(), list[int]()
    ENDED_ON.clear()
    jobs.read(lambda _progress: len([_Ring() for _ in range(10 * YOUNG)]), done.append)
    qtbot.waitUntil(lambda: len(ENDED_ON) == 10 * YOUNG)
    assert set(ENDED_ON) == {threading.get_ident()}
    jobs.close()


def test_few_young_objects_are_left_alone_and_many_are_collected(alone: Collector) -> None:
    _Ring()
    alone.collect()
    assert not ENDED_ON
    kept = [[] for _ in range(2 * YOUNG)]  # type: ignore[var-annotated]  # only to be many
    alone.collect()
    assert len(ENDED_ON) == 1
    assert kept


def test_everything_is_collected_in_a_pause_only(alone: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    _Ring()
    gc.collect(1)
    made = _Ring()
    gc.collect(1)
    del made
    monkeypatch.setattr("desktop.collecting.ALL_AFTER", 0)
    ENDED_ON.clear()
    alone.begin()
    monkeypatch.setattr("desktop.collecting.PAUSE", -1.0)
    alone.collect()
    assert not ENDED_ON, "work is under way, however long ago it was asked for"
    monkeypatch.setattr("desktop.collecting.PAUSE", 60.0)
    alone.settle()
    alone.collect()
    assert not ENDED_ON, "it has only just settled"
    monkeypatch.setattr("desktop.collecting.PAUSE", -1.0)
    alone.collect()
    assert len(ENDED_ON) == 1


def test_there_is_one_collector_and_python_does_not_collect_by_itself(qtbot: QtBot) -> None:
    assert collector() is collector()
    assert not gc.isenabled()
