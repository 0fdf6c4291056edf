"""What is typed for a new event, understood or sent back with words for the field. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.vocabulary import EventKind
from importers.grammar import parse_period_text

KINDS = {
    "Something else": EventKind.OTHER,
    "A change in the service": EventKind.CHANGE,
    "A scheme": EventKind.SCHEME,
    "A new definition": EventKind.DEFINITION,
    "The baseline is set here, with the reason": EventKind.BASELINE,
    "Limits start again here, with the reason": EventKind.RECALCULATION,
}
WHEN_FAULT = "Write a date such as 4 Dec 2023, 04/12/2023 or Dec 2023."
TITLE_FAULT = "Say in a few words what happened."


@dataclass(frozen=True)
class NewEvent:
    """An event that can be recorded. A longer period keeps its end; a whole month is its first day."""

    when: date
    title: str
    kind: EventKind


@dataclass(frozen=True)
class ReadEvent:
    """The event, or what is wrong with each field."""

    event: NewEvent | None
    when_fault: str = ""
    title_fault: str = ""


def read_event(when: str, title: str, kind: str) -> ReadEvent:
    """Understand the three fields of the form."""
    period = parse_period_text(when)
    words = title.strip()
    faults = ("" if period else WHEN_FAULT, "" if words else TITLE_FAULT)
    if period is None or not words:
        return ReadEvent(None, *faults)
    return ReadEvent(NewEvent(period.start, words, KINDS[kind]))
