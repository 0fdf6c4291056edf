"""Jobs that a test has done at once until it wants them done by threads, so that it can step in between."""

from __future__ import annotations

from PySide6.QtCore import QThreadPool

from desktop.jobs import InlineJobs, Job, Jobs


class HeldJobs(InlineJobs):
    """Jobs done at once until they are to be done by threads."""

    by_threads = False

    def _start(self, job: object, pool: object) -> None:
        start = Jobs._start if self.by_threads else InlineJobs._start
        start(self, job, pool)  # type: ignore[arg-type] # as Jobs calls it


class LateReads(InlineJobs):
    """Jobs done at once; reads wait while they are to be late, as behind others on a busy computer."""

    late: list[tuple[Job, QThreadPool]] | None = None

    def _start(self, job: Job, pool: QThreadPool) -> None:
        if self.late is not None and pool is self._readers:
            self.late.append((job, pool))
        else:
            super()._start(job, pool)

    def catch_up(self, *, last_first: bool = False) -> None:
        """Do what has waited, in its order or the other way round."""
        held, self.late = self.late or [], None
        for job, pool in reversed(held) if last_first else held:
            self._start(job, pool)
