"""Starts the app: an empty window is painted first; record, engine and pages are loaded behind it, then the file.

Nothing heavier than the frame may be imported at the top of this module (docs/decisions/0003).
"""

from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from analysis.problems import UserProblem
from desktop.collecting import collector
from desktop.frame.palette import Entry
from desktop.frame.remembering import remember_window, restore_window
from desktop.frame.window import MainWindow
from desktop.jobs import Jobs
from desktop.pages.table import page_table
from desktop.theme.look import look

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.shell import Shell

SIZE = (1366, 720)


class Starter(QObject):
    """Shows the window, then loads what is behind it."""

    def __init__(self, jobs: Jobs, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._jobs = jobs
        self._shell: Shell | None = None
        self._begun = False
        self.window = MainWindow(page_table(self.session), jobs, self.find)
        self.window.painted.connect(self.go_on, Qt.ConnectionType.QueuedConnection)

    def show(self) -> None:
        """Show the window as it was left, or at a laptop's size."""
        if not restore_window(self.window):
            self.window.resize(*SIZE)
        self.window.show()

    def go_on(self) -> None:
        """Load record, engine and pages, show the first page, and open the file; once."""
        if not self._begun:
            self._begun = True
            self.shell().start(self._path)
            if (garbage := collector()) is not None:
                garbage.spare()

    def unhandled(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Nothing caught it: say so in the window and log it without data. Ctrl+C still ends the app."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
        elif isinstance(fault, UserProblem):
            self.window.problems.show_problem(fault)
        else:
            self.window.problems.show_crash(fault)

    def shell(self) -> Shell:
        """What answers the window, made when first needed."""
        if self._shell is None:
            from desktop.session import Session
            from desktop.shell import Shell

            self._shell = Shell(self.window, Session(self._jobs))
        return self._shell

    def session(self) -> Session:
        """The open file as the screens share it."""
        return self.shell().session

    def find(self) -> Sequence[Entry]:
        """Roles, for Ctrl+K."""
        return self._shell.find() if self._shell is not None else ()


def main(path: Path | None = None) -> int:
    """Open the app, with a file or the last one. Returns the exit status."""
    faulthandler.enable()
    logging.basicConfig(level=logging.WARNING)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        text = "a Qt application without windows is running"
        raise TypeError(text)
    app.setApplicationName("Roleworth")
    look()
    starter = Starter(Jobs(), path)
    sys.excepthook = starter.unhandled
    starter.show()
    status = app.exec()
    remember_window(starter.window)
    starter.session().close()
    return int(status)
