"""Reads files in the background, one request at a time; a newer request takes the place of the older one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from analysis.problems import UserProblem
from desktop.jobs import Job
from desktop.pages.importing.draft import Draft
from desktop.pages.importing.reading import Wanted, read_draft
from desktop.pages.importing.sources import Source
from desktop.session import Session
from desktop.widgets import ProgressLine
from importers.child import is_ready, keep_ready
from importers.recipes import Recipe

READY_EVERY_MS = 1500


def _nothing(_done: None) -> None:
    """There is nothing to say of a process that stands ready."""


class Reader(QObject):
    """`read` carries the draft, `refused` why there is none. `sources` and `recipe` are what F5 reads again."""

    read = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, progress: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._progress = session, progress
        self.sources: tuple[Source, ...] = ()
        self.recipe: Recipe | None = None
        self._job: Job | None = None
        self._current: _Request | None = None
        self._ready = QTimer(self)
        self._ready.setInterval(READY_EVERY_MS)
        self._ready.timeout.connect(self._keep_ready)

    def stand_by(self, *, wanted: bool) -> None:
        """Keep a reading process ready for the next file while that is wanted: it saves a fifth of a second."""
        if wanted:
            self._ready.start()
        else:
            self._ready.stop()

    def _keep_ready(self) -> None:
        if self._current is None and not is_ready():
            self._session.jobs.read(lambda _progress: keep_ready(), _nothing, label="Get ready to read")

    def start(self, wanted: Wanted) -> None:
        """Read; what is being read now is let go."""
        self.cancel()
        self.sources = wanted.sources
        self._progress.begin(f"Reading {wanted.sources[0].name}")
        request = self._current = _Request(self)
        work = partial(read_draft, wanted)
        job = self._session.jobs.read(work, request.read, request.refused, label="Read a spreadsheet")
        if self._current is request:
            self._job = job
            job.progressed.connect(self._progress.step)

    def cancel(self) -> None:
        """Stop reading at once; what was read is let go, and nothing is said of it."""
        self._current = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._progress.end()

    def forget(self) -> None:
        """Have nothing to read again."""
        self.cancel()
        self.sources, self.recipe = (), None

    def settle(self, request: _Request) -> bool:
        """Whether a request is the one that is waited for; it is settled with this."""
        if request is not self._current:
            return False
        self._job, self._current = None, None
        self._progress.end()
        return True


class _Request:
    """One reading under way: a later one, or a cancel, makes what it brings of no interest."""

    def __init__(self, reader: Reader) -> None:
        self.on_behalf_of = reader
        self._reader = reader

    def read(self, draft: Draft) -> None:
        """It has been read."""
        if self._reader.settle(self):
            self._reader.read.emit(draft)

    def refused(self, problem: UserProblem) -> None:
        """It could not be read, or must not be."""
        if self._reader.settle(self):
            self._reader.refused.emit(problem)
