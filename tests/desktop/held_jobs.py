"""Jobs that a test has done at once until it wants them done by threads, so that it can step in between."""

from __future__ import annotations

from desktop.jobs import InlineJobs, Jobs


class HeldJobs(InlineJobs):
    """Jobs done at once until they are to be done by threads."""

    by_threads = False

    def _start(self, job: object, pool: object) -> None:
        start = Jobs._start if self.by_threads else InlineJobs._start
        start(self, job, pool)  # type: ignore[arg-type] # as Jobs calls it
