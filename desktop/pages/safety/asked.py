"""What is asked about a file off the window's thread, handed on only while the page is about that file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from analysis.problems import UserProblem
from db.store import Store
from desktop.jobs import Failed
from desktop.session import Session

About = tuple[Path | None, Store | None]
"""The damaged file a page is about, else the file that is open."""


class Asking:
    """Reads of the file that `about` tells, for a page; `refused` gets why one failed, where nothing else does."""

    def __init__(self, session: Session, page: QObject, about: Callable[[], About], refused: Failed) -> None:
        self.about, self.page = about, page
        self.numbers: dict[str, int] = {}
        self._session, self._refused = session, refused

    @property
    def path(self) -> Path | None:
        """The file the page is about now."""
        damaged, store = self.about()
        return damaged or (store.path if store is not None else None)

    @property
    def store(self) -> Store | None:
        """The open file, where the page is about that now."""
        damaged, store = self.about()
        return store if damaged is None else None

    def ask(
        self, what: str, work: Callable[[], object], take: Callable[[Any], None], failed: Failed | None = None
    ) -> None:
        """Read something of the file; `what` is its name in the list of what goes on."""
        asked = _Asked(self, what, take, failed or self._refused)
        self._session.jobs.read(lambda _progress: work(), asked.done, asked.failed, what)


class _Asked:
    """Hands on what was asked about a file, unless the page is about another by now, has gone, or asked again since."""

    def __init__(self, asking: Asking, what: str, take: Callable[[Any], None], failed: Failed) -> None:
        self.on_behalf_of = asking.page
        self._asking, self._about = asking, asking.about()
        self._what, self._take, self._failed = what, take, failed
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
        return self._asking.about() == self._about and self._asking.numbers[self._what] == self._number
