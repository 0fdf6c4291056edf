"""A workbook written off the GUI thread: how far it is, Cancel, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from analysis.problems import UserProblem
from desktop import jobs
from desktop.registering import keep_export
from desktop.session import Session
from desktop.theme.marks import Kind
from desktop.widgets import ProgressLine
from exporters.steps import Cancel, Cancelled, Progress
from exporters.workbook import Written

Write = Callable[[Progress, Cancel], Written]
"""Writes the workbook, says how far it is, and asks whether to go on."""


class Workbooks(QObject):
    """Writes one workbook at a time with the progress of a page; `said` carries kind, fact and detail."""

    said = Signal(object, str, str)

    def __init__(self, session: Session, line: ProgressLine) -> None:
        super().__init__(line)
        self._session, self._line = session, line
        self._target, self._of = Path(), session.store
        self._job: jobs.Job | None = None
        self._is_under_way = False
        line.cancelled.connect(self._cancel)

    def write(self, target: Path, make: Write) -> None:
        """Write it there, unless another is being written."""
        if self._is_under_way:
            self.said.emit(Kind.CHECK, f"{self._target.name} is still being written.", "Wait for it, or cancel it.")
            return
        self._target, self._of, self._is_under_way = target, self._session.store, True
        self._line.begin(f"Writing {target.name}")

        def work(progress: jobs.Progress) -> Written:
            try:
                return make(progress.step, lambda: progress.cancelled)
            except Cancelled as wish:
                raise jobs.Cancelled from wish

        label = "Write the workbook"
        job = self._session.jobs.read(work, self._written, self._failed, label=label, stopped=self._stopped)
        if self._is_under_way:
            self._job = job
            job.progressed.connect(self._line.step)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._line.step(0, 0, f"Stopping {self._target.name}")

    def _settled(self) -> None:
        self._job, self._is_under_way = None, False
        self._line.end()

    def _written(self, written: Written) -> None:
        self._settled()
        keep_export(self._session, written.facts, self._failed, of=self._of)
        self.said.emit(Kind.OK, written.sentence, f"{len(written.checks)} checks passed. {written.path.parent}")

    def _failed(self, problem: UserProblem) -> None:
        self._settled()
        self.said.emit(Kind.FIX, problem.message, problem.hint)

    def _stopped(self) -> None:
        self._settled()
        older = "The file of that name is as it was." if self._target.exists() else "There is no file of that name."
        self.said.emit(Kind.CHECK, f"Cancelled: {self._target.name} was not written.", older)
