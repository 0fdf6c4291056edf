"""Work off the GUI thread: reads on a small pool, writes on one lane, progress and cancel everywhere.

A job is held here until it settles and is never a child of a page. What it brings is delivered on the GUI thread, and
only to receivers that are still there. Tests use `InlineJobs`, which do the work at once.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

from analysis.problems import UserProblem
from desktop.collecting import collector
from desktop.faults import fault_report

T = TypeVar("T")
Failed = Callable[[UserProblem], None]

Receiver = tuple[int, str]
"""The object that is handed something and the name of what takes it."""

READERS = 2
TURN = 0.0003
"""Seconds after which work hands the interpreter to the window: with Python's own 5 ms a page that is painted while
results are worked out behind it waits 5 ms for each of its turns."""
LOG = logging.getLogger("roleworth.jobs")


class Cancelled(Exception):  # noqa: N818 - a wish of the person, no error
    """Raised inside work by `Progress.check` when a person has cancelled it."""


class Progress:
    """What work is given: where to say how far it has come, and where to ask whether to go on. Any thread."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._cancelled = False

    def step(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work has come (`total` 0: not known), and stop here if it was cancelled."""
        self.check()
        self._report(done, total, words)

    def check(self) -> None:
        """Raise `Cancelled` if the person wants an end."""
        if self._cancelled:
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        """True once a person has asked for an end."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled = True


class Job(QObject):
    """One piece of work under way. Lives on the GUI thread; `run` is called on a worker."""

    progressed = Signal(int, int, str)
    settled = Signal(object)

    def __init__(self, work: Callable[[Progress], object], label: str) -> None:
        super().__init__()
        self.label = label
        self._work = work
        self._progress = Progress(self.progressed.emit)
        self.result: object = None
        self.fault: BaseException | None = None
        self.deliver: Callable[[object], None] = _nothing
        self.failed: Failed | None = None
        self.stopped: Callable[[], None] | None = None
        self.asked: tuple[Receiver, int] | None = None

    def run(self) -> None:
        """Do the work and say that it has settled, whatever came of it."""
        try:
            self._progress.check()
            self.result = self._work(self._progress)
        except Exception as fault:  # noqa: BLE001 - every fault of a worker is handed to the GUI thread, none is dropped
            self.fault = fault
        self.settled.emit(self)

    def cancel(self) -> None:
        """Ask for an end; a job that has not begun never begins."""
        self._progress.cancel()

    @property
    def cancelled(self) -> bool:
        """True once an end was asked for."""
        return self._progress.cancelled


def _nothing(_: object) -> None:
    """Deliver to nobody."""


def is_there(receiver: Callable[..., None]) -> bool:
    """False when the receiver is a method of a Qt object that has been deleted meanwhile.

    A plain object may receive for a Qt object: it names it in `on_behalf_of`. One-shot receivers are plain, because a
    Qt object that deletes itself later can outlive its parent's memory.
    """
    owner = getattr(receiver, "__self__", None)
    owner = getattr(owner, "on_behalf_of", owner)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Jobs(QObject):
    """Starts work and delivers what it brings. Lives on the GUI thread.

    `problem` carries a `UserProblem` nobody asked to be told of, `crashed` any other exception, `busy` whether there is
    work under way; `failures` counts the jobs that came to nothing.
    """

    problem = Signal(object)
    crashed = Signal(object)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._collector = collector()
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(READERS)
        self._lane = QThreadPool(self)
        self._lane.setMaxThreadCount(1)
        self._lane.setExpiryTimeout(-1)
        self._held: set[Job] = set()
        self._reads: set[Job] = set()
        self._asked = 0
        self._handed: dict[Receiver, int] = {}
        self.failures = 0

    def read(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        label: str = "",
        stopped: Callable[[], None] | None = None,
        *,
        newest: bool = False,
    ) -> Job:
        """Do work that changes nothing, beside other reads: `done` gets what it returns, `stopped` hears of an end.

        Two reads go on at once and may end in either order. With `newest`, what was asked for earlier is not handed to
        the same `done` after what was asked for later: for whoever shows how things are now.
        """
        job = Job(work, label)
        job.stopped = stopped
        if newest:
            self._asked += 1
            job.asked = (id(getattr(done, "__self__", done)), getattr(done, "__name__", "")), self._asked
        return self._begin(job, cast("Callable[[object], None]", done), failed, self._readers)

    def write(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        label: str = "",
    ) -> Job:
        """Do work that changes the file: one at a time, in the order asked."""
        return self._begin(Job(work, label), cast("Callable[[object], None]", done), failed, self._lane)

    @property
    def count(self) -> int:
        """How many jobs have not settled."""
        return len(self._held)

    @property
    def writes(self) -> int:
        """How many of them are in the write lane."""
        return len(self._held - self._reads)

    def close(self) -> None:
        """Cancel reads, let writes come to their end, and wait for both: nothing typed is lost."""
        for job in self._held & self._reads:
            job.cancel()
        self._lane.waitForDone()
        self._readers.waitForDone()

    def _begin(self, job: Job, done: Callable[[object], None], failed: Failed | None, pool: QThreadPool) -> Job:
        job.deliver, job.failed = done, failed
        job.settled.connect(self._settle)
        self._held.add(job)
        if pool is self._readers:
            self._reads.add(job)
        self.busy.emit(True)
        if self._collector is not None:
            self._collector.begin()
        self._start(job, pool)
        return job

    def _start(self, job: Job, pool: QThreadPool) -> None:
        pool.start(job.run)

    def _is_overtaken(self, job: Job) -> bool:
        """Whether something asked for later has been handed to the same receiver already."""
        if job.asked is None:
            return False
        receiver, number = job.asked
        last = self._handed[receiver] = max(number, self._handed.get(receiver, 0))
        if all(held.asked is None or held.asked[0] != receiver for held in self._held):
            del self._handed[receiver]  # nothing is under way for it
        return last > number

    def _settle(self, job: Job) -> None:
        self._held.discard(job)
        self._reads.discard(job)
        overtaken = self._is_overtaken(job)
        self.failures += job.fault is not None and not isinstance(job.fault, Cancelled)
        if self._collector is not None:
            self._collector.settle()
        self.busy.emit(bool(self._held))
        if isinstance(job.fault, UserProblem):
            self._tell(job, job.fault)
        elif job.fault is not None and not isinstance(job.fault, Cancelled):
            LOG.error("%s failed\n%s", job.label or "a job", fault_report(job.fault))
            self.crashed.emit(job.fault)
        elif job.fault is None and not overtaken and is_there(job.deliver):
            job.deliver(job.result)
        elif job.fault is not None and job.stopped is not None and is_there(job.stopped):
            job.stopped()

    def _tell(self, job: Job, problem: UserProblem) -> None:
        if job.failed is None:
            self.problem.emit(problem)
        elif is_there(job.failed):
            job.failed(problem)


class InlineJobs(Jobs):
    """Jobs that are done at once, on the caller's thread: for tests and for the command line."""

    def _start(self, job: Job, pool: QThreadPool) -> None:
        job.run()
