"""What the list of roles can be narrowed by, each choice with how many roles it would leave. Qt-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.pages.portfolio.due import funding_days
from desktop.pages.portfolio.rows import RoleLine
from desktop.pages.portfolio.shapes import FacetState, Filters
from desktop.pages.verdicts import look_of

ATTENTION, MISSING, FUNDING, QUESTIONS = (
    "Needs attention",
    "Periods missing",
    "Funding ends soon",
    "Unusual values to check",
)
NO_LEVEL = "No level yet"
_FIRST = (ATTENTION, MISSING, FUNDING, QUESTIONS)


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list: its field of `Filters`, its name, the words for all, and what a role counts as."""

    key: str
    name: str
    everything: str
    values: Callable[[RoleLine, date], tuple[str, ...]]


def _family(line: RoleLine, _today: date) -> tuple[str, ...]:
    return (line.summary.family,) if line.summary.family else ()


def _place(line: RoleLine, _today: date) -> tuple[str, ...]:
    return (line.summary.place,) if line.summary.place else ()


def _evidence(line: RoleLine, _today: date) -> tuple[str, ...]:
    level = line.answer.finding.evidence if line.answer else None
    if line.answer is None:
        return ()
    return (level.label if level is not None and level.level else NO_LEVEL,)


def _variation(line: RoleLine, _today: date) -> tuple[str, ...]:
    return (look_of(line.leading.verdict).word,) if line.leading else ()


def _standing(line: RoleLine, today: date) -> tuple[str, ...]:
    """What is to be looked at in a role, and where it stands in its life."""
    found = []
    if line.answer is not None and any(one.due for one in line.answer.finding.measures):
        found.append(MISSING)
    if funding_days(line, today) is not None:
        found.append(FUNDING)
    if line.answer is not None and line.answer.open_questions:
        found.append(QUESTIONS)
    return (*([ATTENTION] if found else []), *found, line.summary.lifecycle.value.capitalize())


FACETS = (
    Facet("family", "Family", "All families", _family),
    Facet("place", "Place", "All places", _place),
    Facet("evidence", "Evidence", "All evidence", _evidence),
    Facet("standing", "State", "All states", _standing),
    Facet("variation", "Variation", "All variation", _variation),
)

Held = Mapping[str, tuple[str, ...]]


def narrowed(
    lines: Sequence[RoleLine], filters: Filters, today: date
) -> tuple[tuple[RoleLine, ...], tuple[FacetState, ...]]:
    """The roles that pass, and every facet with its counts: a count says what is left if that choice is made as well.

    A choice of a facet that no role has any more stays listed, with none, until another one is made.
    """
    held = [{facet.key: facet.values(line, today) for facet in FACETS} for line in lines]
    shown = tuple(line for line, own in zip(lines, held, strict=True) if _passes(own, filters))
    return shown, tuple(_state(facet, held, filters) for facet in FACETS)


def _passes(own: Held, filters: Filters, but: str = "") -> bool:
    return all(
        not (wanted := getattr(filters, facet.key)) or facet.key == but or wanted in own[facet.key] for facet in FACETS
    )


def _state(facet: Facet, held: Sequence[Held], filters: Filters) -> FacetState:
    counts = Counter(value for own in held if _passes(own, filters, but=facet.key) for value in own[facet.key])
    chosen = getattr(filters, facet.key)
    every = {value for own in held for value in own[facet.key]} | ({chosen} if chosen else set())
    ordered = sorted(every, key=lambda value: (_place_of(value), value.casefold()))
    return FacetState(facet.key, facet.everything, tuple((value, counts[value]) for value in ordered), chosen)


def _place_of(value: str) -> int:
    return _FIRST.index(value) if value in _FIRST else len(_FIRST) + (value == NO_LEVEL)
