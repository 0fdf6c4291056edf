"""What the portfolio shows: frozen values, every word already written."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.states import TableState
from desktop.theme.marks import Kind, Shape

ALL_FAMILIES = "All families"
ALL_PLACES = "All places"
ALL_VARIATION = "All variation"


@dataclass(frozen=True)
class Step:
    """Something to do next: its words, and the role and tab where it is done. `tab` empty: nothing is due."""

    words: str
    role_id: int
    tab: str = ""


@dataclass(frozen=True)
class NoticeState:
    """One notice above the table."""

    kind: Kind
    fact: str
    detail: str
    action: str
    step: Step


@dataclass(frozen=True)
class Filters:
    """What is chosen in the facets; the words for all leave a facet open."""

    family: str = ALL_FAMILIES
    place: str = ALL_PLACES
    variation: str = ALL_VARIATION


@dataclass(frozen=True)
class CardState:
    """One role as a card of three lines: the same facts as its row."""

    key: str
    name: str
    place: str
    change: str
    verdict: str
    shape: Shape
    ink: str
    worth: str
    worth_second: str
    facts: str
    step: Step

    @property
    def spoken(self) -> str:
        """The card read as one text."""
        parts = (self.name, self.place, self.change, self.verdict, self.worth, self.worth_second, self.facts)
        return ". ".join(part for part in (*parts, self.step.words) if part)


@dataclass(frozen=True)
class SayState:
    """The paragraph of what can be said: a heading, sentences with the name they are about, and small lines."""

    title: str
    lead: str
    roles: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PortfolioState:
    """The whole page. `filling` says how far the results are while they are still being worked out."""

    facts: tuple[str, ...]
    notices: tuple[NoticeState, ...]
    families: tuple[str, ...]
    places: tuple[str, ...]
    variations: tuple[str, ...]
    table: TableState
    cards: tuple[CardState, ...]
    steps: tuple[Step, ...]
    trend: str
    count: str
    filling: str
    say: SayState | None

    def step_of(self, key: str) -> Step | None:
        """What is to be done next in the role of a row."""
        return next((step for step in self.steps if str(step.role_id) == key), None)
