"""The facts that completeness is read from, and what it comes to. No opinion: only what is recorded and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.vocabulary import Purpose


@dataclass(frozen=True)
class MeasureRecord:
    """One measure as far as completeness asks. `gaps` are periods within the series with neither value nor reason.

    `periods` is how many the series should hold from its first to its last. `lacks` names parts of the definition that
    are missing (`owner`, `source`); `has_size` says whether an important difference or a target judges a change.
    """

    label: str
    purpose: Purpose
    is_primary: bool
    lacks: tuple[str, ...]
    has_reason: bool
    has_size: bool
    has_expectation: bool
    n_before: int
    n_after: int
    same_definition: bool
    periods: int
    gaps: int
    has_comparator: bool
    has_limits: bool
    has_interval: bool


@dataclass(frozen=True)
class CostRecord:
    """One cost line of the role: its category, and whether amount, price year and source are known."""

    label: str
    category: str
    known: bool
    priced: bool
    sourced: bool


@dataclass(frozen=True)
class RecordFacts:
    """What is recorded of one role. `written` holds the names of facts that say something."""

    written: frozenset[str]
    measures: tuple[MeasureRecord, ...] = ()
    costs: tuple[CostRecord, ...] = ()
    months_since_launch: int = 0
    months_staffed: int = 0
    role_changes: int = 0
    context_changes: int = 0
    groups: int = 0
    voices: frozenset[str] = frozenset()
    frame_recorded: bool = False
    benefits: int = 0
    sensitivities: int = 0
    evidence_level: int | None = None

    @property
    def leading(self) -> tuple[MeasureRecord, ...]:
        """The primary measures; where none is named, the outcome measures."""
        primary = tuple(one for one in self.measures if one.is_primary)
        return primary or tuple(one for one in self.measures if one.purpose is Purpose.OUTCOME)


NOTHING_RECORDED = RecordFacts(frozenset())
"""Of a role whose record was not looked at."""


@dataclass(frozen=True)
class Reading:
    """What a rule found: whether the fact is there, what is said of it, and which fields would supply it."""

    done: bool
    said: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One of the 36: its number in the list, its words, whether a commissioner requires it, and how it is read."""

    number: int
    group: str
    words: str
    required: bool
    read: Callable[[RecordFacts], Reading]


@dataclass(frozen=True)
class Item:
    """One of the 36 as it stands: `said` tells what is there or what is missing; `fields` where to supply it."""

    number: int
    group: str
    words: str
    required: bool
    done: bool
    said: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Completeness:
    """All 36 in order."""

    items: tuple[Item, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What is missing, required facts first."""
        return tuple(sorted((one for one in self.items if not one.done), key=lambda one: not one.required))

    @property
    def required(self) -> int:
        """How many facts a commissioner's summary requires."""
        return sum(one.required for one in self.items)

    @property
    def required_done(self) -> int:
        """How many of those are recorded."""
        return sum(one.required and one.done for one in self.items)

    @property
    def sentence(self) -> str:
        """`18 of the 30 facts a commissioner's summary needs are recorded, and 2 of the 6 that would help.`"""
        others = len(self.items) - self.required
        held = sum(not one.required and one.done for one in self.items)
        needs = f"{self.required_done} of the {self.required} facts a commissioner\u2019s summary needs are recorded"
        rest = f", and {held} of the {others} that would help" if others else ""
        return f"{needs}{rest}. This counts what is written down, not how good the role is."
