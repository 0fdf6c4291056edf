"""Removing a text for good: looked for, asked about, removed, and then named where copies still hold it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from analysis.problems import UserProblem
from db.operations.changed import Changed
from db.operations.redacting import Findings, files_that_hold, find_text, redact
from db.store import Store
from desktop.pages.safety.state import found_lines
from desktop.pages.safety.view import SafetyView
from desktop.safety import copies_of
from desktop.session import Session
from desktop.theme.marks import Shape
from desktop.widgets import Notice

REMOVE, KEEP = "Remove it for good", "Keep it"


class Removing(QObject):
    """Answers the card that removes a text. `looked_at_copies` when a text is gone and its copies are named."""

    looked_at_copies = Signal()

    def __init__(self, session: Session, view: SafetyView, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._doubted = ""
        self._question: Notice | None = None
        view.remove.look.clicked.connect(self.look_for)
        view.remove.remove.clicked.connect(self._ask)

    def have(self, *, is_open: bool) -> None:
        """Whether there is a file to look through; what was found before is to be looked for again."""
        self._view.remove.look.setEnabled(is_open)
        self._view.remove.remove.setEnabled(False)

    def look_for(self) -> None:
        """Look for a text, changing nothing."""
        store, text = self._session.store, self._view.remove.text.text
        if store is None:
            return
        self._doubted = text
        self._view.take_back(self._question)
        self._view.remove.remove.setEnabled(False)
        self._session.jobs.read(
            lambda _progress: (store, text, find_text(store, text)), self._found, self._refused, "Look for a text"
        )

    def _found(self, looked: tuple[Store, str, Findings]) -> None:
        """Show it, unless another file is open by now, or another text was looked for since."""
        store, text, found = looked
        if store is not self._session.store or text != self._doubted:
            return
        self._view.remove.lines.show_lines(found_lines(found))
        self._view.remove.remove.setEnabled(not store.read_only and not found.is_empty)

    def _ask(self) -> None:
        text = self._doubted
        fact = f"Remove “{text}” for good, everywhere it stands?"
        detail = "This cannot be undone. Copies that still hold it are listed after."
        self._question = self._view.put(fact, detail, (REMOVE, KEEP), partial(self._remove, text))

    def _remove(self, text: str, answer: str) -> None:
        self._view.ask(None)
        if answer == REMOVE:
            self._session.change(redact, _Removal(self, text).done, self._refused, text=text)

    def removed(self, changed: Changed, text: str) -> None:
        """Say that it is gone, and look where copies still hold it."""
        self._view.say(f"{changed.label}: done. The fact is in the history; the text is not.")
        store = self._session.store
        if store is not None:
            path = store.path
            self._session.jobs.read(
                lambda _progress: files_that_hold(text, copies_of(path)), self._holding, self._refused, "Look at copies"
            )

    def _holding(self, paths: list[Path]) -> None:
        lines = [
            (Shape.LOOK, "check", f"{path.name} still holds it: delete it when you can do without it") for path in paths
        ]
        self._view.remove.lines.show_lines(lines or [(Shape.FINE, "ok", "No backup or copy of this file holds it.")])
        self.looked_at_copies.emit()

    def _refused(self, problem: UserProblem) -> None:
        self._view.say(problem.sentence())


class _Removal:
    """A text that is being removed: what is said after is of that one, whatever was looked for meanwhile."""

    def __init__(self, removing: Removing, text: str) -> None:
        self.on_behalf_of = removing
        self._text = text

    def done(self, changed: Changed) -> None:
        """Hand it on with the text."""
        self.on_behalf_of.removed(changed, self._text)
