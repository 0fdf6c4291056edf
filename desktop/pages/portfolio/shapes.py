"""What the portfolio shows: frozen values, every word already written."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.periods import Period
from desktop.states import TableState
from desktop.theme.marks import Kind, Shape


@dataclass(frozen=True)
class Step:
    """Something to do next: its words, and the role and tab where it is done. `tab` empty: nothing is due.

    `at` is what to show in the tab: in Data the cell, as period and id of the measure.
    """

    words: str
    role_id: int
    tab: str = ""
    at: tuple[Period, int] | None = None

    @property
    def target(self) -> tuple[object, ...]:
        """What the page of the role is asked to show."""
        return (self.role_id, self.tab) if self.at is None else (self.role_id, self.tab, self.at)


@dataclass(frozen=True)
class NoticeState:
    """One notice above the table; `all_due` is the second button, which leads to the list of all that is due."""

    kind: Kind
    fact: str
    detail: str
    action: str
    step: Step
    all_due: str = ""


@dataclass(frozen=True)
class Filters:
    """What is chosen in the facets; an empty text leaves a facet open."""

    family: str = ""
    place: str = ""
    evidence: str = ""
    standing: str = ""
    variation: str = ""


@dataclass(frozen=True)
class FacetState:
    """One facet: its field of `Filters`, the words for all, its choices with how many roles each leaves, the chosen."""

    key: str
    everything: str
    choices: tuple[tuple[str, int], ...]
    chosen: str = ""


@dataclass(frozen=True)
class Order:
    """What the list is sorted by, and whether the other way round."""

    key: str = "role"
    down: bool = False


@dataclass(frozen=True)
class Chosen:
    """What a person has chosen for the list: what it is narrowed to, its order, and the roles marked for comparing."""

    filters: Filters = Filters()
    order: Order = Order()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class DueState:
    """One line of what is due: what kind, whose, what, and where it is dealt with."""

    kind: Kind
    who: str
    what: str
    step: Step


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
    marked: bool = False

    @property
    def spoken(self) -> str:
        """The card read as one text."""
        parts = (self.name, self.place, self.change, self.verdict, self.worth, self.worth_second, self.facts)
        said = "Marked for comparing" if self.marked else ""
        return ". ".join(part for part in (*parts, self.step.words, said) if part)


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
    facets: tuple[FacetState, ...]
    table: TableState
    cards: tuple[CardState, ...]
    steps: tuple[Step, ...]
    trend: str
    count: str
    filling: str
    say: SayState | None
    due: tuple[DueState, ...] = ()
    order: str = ""
    order_caution: str = ""
    marked: tuple[str, ...] = ()

    def step_of(self, key: str) -> Step | None:
        """What is to be done next in the role of a row."""
        return next((step for step in self.steps if str(step.role_id) == key), None)
