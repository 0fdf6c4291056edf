"""Garbage of Python is collected on the GUI thread and nowhere else.

Python collects on whichever thread happens to make the next object. A widget that is part of a cycle would be taken
apart by a worker, which Qt does not survive; and a full collection stops every thread, measured at 126 ms in the middle
of working out 200 roles. So collecting by itself is turned off while the window is there: the young are collected by
a timer, everything only in a pause in which no work was asked for.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY_MS = 100
"""How often the young are looked at: a worker that writes 24,000 values makes enough of them for 5 ms in that time."""
PAUSE = 4.0
"""Seconds since the last work settled after which everything may be collected."""
YOUNG = 700
"""Objects made since the last collection that make the next one worth its time: Python's own figure."""
OLDER_EVERY, ALL_AFTER = 4, 60
"""A collection of the middle-aged after so many of the young; of everything, in a pause, after so many of those."""


class Collector(QObject):
    """Collects on the thread it lives on; one for the whole app (`collector`)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._young = self._older = self._under_way = 0
        self._stirred = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def begin(self) -> None:
        """Work was asked for: no pause until it has settled, however long it takes."""
        self._under_way += 1
        self._stirred = time.monotonic()

    def settle(self) -> None:
        """Work has settled."""
        self._under_way = max(0, self._under_way - 1)
        self._stirred = time.monotonic()

    @property
    def _is_pause(self) -> bool:
        return not self._under_way and time.monotonic() - self._stirred > PAUSE

    def spare(self) -> None:
        """Never look again at what is there now: the libraries, and the pages that stay as long as the window."""
        gc.freeze()

    def collect(self) -> None:
        """Collect the young if there are many, the older now and then, everything in a pause."""
        if self._is_pause and self._older >= ALL_AFTER:
            self.collect_everything()
        elif gc.get_count()[0] > YOUNG:
            self._young += 1
            is_older = self._young % OLDER_EVERY == 0
            self._older += is_older
            gc.collect(1 if is_older else 0)

    def collect_everything(self) -> None:
        """A full collection."""
        gc.collect()
        self._young = self._older = 0


_COLLECTORS: list[Collector] = []


def collector() -> Collector | None:
    """The collector of the app that is running; None without one, where Python collects by itself as ever."""
    app = QCoreApplication.instance()
    if app is None:
        return None
    if not _COLLECTORS:
        _COLLECTORS.append(Collector(app))
    return _COLLECTORS[0]
