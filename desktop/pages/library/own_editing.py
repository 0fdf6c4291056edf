"""Own figures on a shelf of shipped ones: put one in a shipped one's place, change it, remove it. Each is one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from analysis.problems import UserProblem
from db.operations.changed import Changed
from desktop.pages.facts_form import FactsForm
from desktop.pages.library.state import Entry
from desktop.pages.library.view import LibraryView
from desktop.session import Session


class Owned(Protocol):
    """A figure of the shelf; `own_id` is None for a shipped one."""

    @property
    def key(self) -> str:
        """What it is known by."""

    @property
    def own_id(self) -> int | None:
        """The row of an own figure."""


Held = TypeVar("Held", bound=Owned)


class OwnEditing(Generic[Held]):
    """What can be done with the figures of one shelf; `said` and `refused` tell the page how it went."""

    own: ClassVar[str]
    change: ClassVar[str]
    remove: ClassVar[str]
    removal: ClassVar[Callable[..., Any]]

    def __init__(
        self,
        session: Session,
        view: LibraryView,
        said: Callable[[Changed], None],
        refused: Callable[[UserProblem], None],
    ) -> None:
        self._session, self._view, self._said, self._refused = session, view, said, refused
        self._held: dict[str, Held] = {}
        self._listen()

    def _listen(self) -> None:
        """Hear of what a person gives in the forms of the shelf."""
        raise NotImplementedError

    def take(self, held: Sequence[Held]) -> None:
        """Know these figures."""
        self._held = {one.key: one for one in held}

    def labels(self) -> dict[str, str]:
        """The words of each action; empty where it cannot be done now."""
        can = self._session.store is not None
        words = {self.own: "Put your own figure in its place", self.change: "Change", self.remove: "Remove"}
        return {action: text if can else "" for action, text in words.items()}

    def actions(self) -> Mapping[str, Callable[[Entry], None]]:
        """What each action does."""
        return {self.own: self._open, self.change: self._open, self.remove: self._remove}

    def _open(self, entry: Entry) -> None:
        raise NotImplementedError

    def _form(self) -> FactsForm:
        raise NotImplementedError

    def _not_kept(self, problem: UserProblem) -> None:
        self._form().show_faults({"": problem.sentence()})

    def _remove(self, entry: Entry) -> None:
        own_id = self._held[entry.key].own_id
        if own_id is not None:
            self._session.change(type(self).removal, self._said, self._refused, row_id=own_id)
