from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from desktop.collecting import Collector
from desktop.frame.problems import ProblemPanel
from desktop.theme.look import Look


class Knot:
    """Holds itself, so that only the collection of garbage can free it."""

    def __init__(self) -> None:
        self.itself = self


def test_while_the_window_is_open_garbage_is_freed_between_events_only(qtbot: QtBot) -> None:
    owner = QObject()
    collector = Collector(owner)
    assert not gc.isenabled()
    knots = [weakref.ref(Knot()) for _ in range(gc.get_threshold()[0] + 50)]
    assert all(knot() is not None for knot in knots)
    qtbot.waitUntil(lambda: all(knot() is None for knot in knots))
    collector.stop()
    assert gc.isenabled()


def test_a_panel_that_nothing_holds_any_more_is_not_deleted_while_it_is_painted(qtbot: QtBot, house: Look) -> None:
    owner = QObject()
    collector = Collector(owner)

    def show_and_drop() -> None:
        panel = ProblemPanel()
        panel.show_problem(UserProblem("What happened.", "What to do."))

    for _ in range(20):
        show_and_drop()
        QApplication.processEvents()
    collector.stop()
