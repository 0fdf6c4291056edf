"""What is asked about a file off the window's thread, handed on only while the page is about that file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analysis.problems import UserProblem
from desktop.jobs import Failed
from desktop.session import Session


class Asking:
    """Reads of the file that `about` tells; `refused` gets why one could not be done, where nothing else does."""

    def __init__(self, session: Session, about: Callable[[], object], refused: Failed) -> None:
        self.about = about
        self.numbers: dict[str, int] = {}
        self._session, self._refused = session, refused

    def ask(
        self, what: str, work: Callable[[], object], take: Callable[[Any], None], failed: Failed | None = None
    ) -> None:
        """Read something of the file; `what` is its name in the list of what goes on."""
        asked = _Asked(self, what, take, failed or self._refused)
        self._session.jobs.read(lambda _progress: work(), asked.done, asked.failed, what)


class _Asked:
    """Hands on what was asked about a file, unless the page is about another by now, or asked again since."""

    def __init__(self, asking: Asking, what: str, take: Callable[[Any], None], failed: Failed) -> None:
        self.on_behalf_of = asking
        self._about, self._what, self._take, self._failed = asking.about(), what, take, failed
        self._number = asking.numbers[what] = asking.numbers.get(what, 0) + 1

    def done(self, found: object) -> None:
        """Hand it on."""
        if self._still_holds():
            self._take(found)

    def failed(self, problem: UserProblem) -> None:
        """Say why there is no answer."""
        if self._still_holds():
            self._failed(problem)

    def _still_holds(self) -> bool:
        asking = self.on_behalf_of
        return asking.about() == self._about and asking.numbers[self._what] == self._number
