"""Closing the window without standing still: what was begun comes to its end first, and what fails is said before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from desktop.frame.problems import ProblemPanel
from desktop.jobs import Jobs
from desktop.theme.marks import Kind

WAITING = "Roleworth closes when what was typed is saved and backed up."
WAITING_DETAIL = "Nothing more is taken in until then."
REFUSED = "Roleworth was not closed, because something could not be saved or backed up."
REFUSED_DETAIL = "What was saved before is safe. Close it again to try once more and leave, whatever comes of it."


class Leaving(QObject):
    """Says whether the window may go now. Where it may not, it goes by itself when the write lane is empty.

    A write or a backup that failed keeps the window open once, so that it can be read what was lost; whoever closes
    again leaves. A computer that is being shut down is not kept waiting for an answer.
    """

    def __init__(self, window: QMainWindow, jobs: Jobs, panel: ProblemPanel) -> None:
        super().__init__(window)
        self._window, self._jobs, self._panel = window, jobs, panel
        self._is_waiting = self._goes = self._insists = False
        self._failed_before = 0

    def may_go(self, begin: Callable[[], None]) -> bool:
        """Whether to close now. `begin` settles what is open and asks for the last backup."""
        if self._goes:
            return True
        if self._is_waiting:
            return False
        self._failed_before = self._jobs.failures
        begin()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and app.isSavingSession():
            return True
        if not self._jobs.writes:
            return self._decide()
        self._wait()
        return False

    def _decide(self) -> bool:
        if self._jobs.failures == self._failed_before or self._insists:
            return True
        self._insists = True
        self._panel.show_words(Kind.CHECK, REFUSED, REFUSED_DETAIL)
        return False

    def _wait(self) -> None:
        self._is_waiting = True
        self._window.centralWidget().setEnabled(False)
        self._panel.show_words(Kind.NOTE, WAITING, WAITING_DETAIL, closes=False)
        self._jobs.busy.connect(self._look_later)

    def _look_later(self, _busy: bool) -> None:
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        if not self._is_waiting or self._jobs.writes:
            return
        self._is_waiting = False
        self._jobs.busy.disconnect(self._look_later)
        self._panel.take_words()
        self._window.centralWidget().setEnabled(True)
        if self._decide():
            self._goes = True
            self._window.close()
            self._goes = False
