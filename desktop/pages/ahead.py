"""Imports what pages are made of before they are asked for: importing is a third of the first showing of a tab."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from PySide6.QtCore import QObject, QTimer

from desktop.jobs import Jobs

ROOMS = ("analysis", "exporters", "importers", "desktop")
"""Where pages find what they are made of, in the order in which one imports from another."""
LEFT_OUT = ("desktop.cli", "desktop.__main__", "exporters.quick_")
"""What no page is made of: the command line, and what loads XlsxWriter for as long as a workbook is written."""
EVERY_MS, AT_ONCE = 40, 0.015
"""The pause between two turns, and the seconds after which a turn begins no further module."""


class Ahead(QObject):
    """A few modules in each turn in which no work is under way. On the GUI thread: one beside it would take the
    interpreter from whoever works at the window.
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._missing: Iterator[str] = iter(())
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.go_on)

    def start(self) -> None:
        """Begin, once."""
        if not self._begun:
            self._begun = True
            self._missing = (name for name in wanted() if name not in sys.modules)
            self._timer.start()

    @property
    def is_done(self) -> bool:
        """Whether everything is there."""
        return self._begun and not self._timer.isActive()

    def go_on(self) -> None:
        """Import the next few, unless someone waits for something else."""
        if self._jobs.count:
            return
        end = time.perf_counter() + AT_ONCE
        while time.perf_counter() < end:
            if (name := next(self._missing, None)) is None:
                self._timer.stop()
                return
            import_module(name)


def wanted() -> Iterator[str]:
    """The names of all modules, those that others are made of first."""
    for room in ROOMS:
        for found in walk_packages(import_module(room).__path__, f"{room}."):
            if not found.name.startswith(LEFT_OUT):
                yield found.name
