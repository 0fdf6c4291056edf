"""Closing the window waits for what was begun without standing still, and says what failed before it goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from desktop.frame.leaving import REFUSED, WAITING
from desktop.frame.page import Page
from desktop.frame.window import MainWindow
from desktop.jobs import Jobs, Progress
from desktop.theme.look import Look


@pytest.fixture
def free() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def window(house: Look, qtbot: QtBot, free: threading.Event) -> Iterator[MainWindow]:
    made = MainWindow({"Portfolio": Page}, Jobs())
    made.show_page("Portfolio")
    made.show()
    yield made
    free.set()
    made.jobs.close()
    made.close()
    made.deleteLater()


def nothing(_result: object) -> None:
    """Deliver to nobody."""


def said(window: MainWindow) -> list[str]:
    return [notice.fact.text() for notice in window.problems.notices]


def test_a_window_with_a_write_under_way_goes_when_it_is_done_and_answers_meanwhile(
    window: MainWindow, qtbot: QtBot, free: threading.Event
) -> None:
    window.jobs.write(lambda _progress: free.wait(20), nothing)
    assert not window.close()
    assert said(window) == [WAITING]
    assert not window.close()
    free.set()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_could_not_be_saved_is_said_before_the_window_goes_and_who_insists_leaves(
    window: MainWindow, qtbot: QtBot, free: threading.Event
) -> None:
    def fails(_progress: Progress) -> None:
        free.wait(20)
        raise UserProblem("There is no room left on the disk.", "Make some room.")

    window.closing.connect(lambda: window.jobs.write(fails, nothing))
    assert not window.close()
    free.set()
    qtbot.waitUntil(lambda: REFUSED in said(window))
    assert window.isVisible()
    assert said(window) == ["There is no room left on the disk.", REFUSED]
    assert window.centralWidget().isEnabled()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_window_with_nothing_under_way_goes_at_once(window: MainWindow) -> None:
    assert window.close()
    assert said(window) == []
