"""What a measure is held against, as lists with forms: comparators, dated targets, decisions on limits. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from analysis.events import OF_THE_CHART
from analysis.measure_words import shown_scale, value_text
from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.targets import TargetFacts, target_words
from analysis.vocabulary import Assignment, ComparatorKind, EventKind, MeasureFacts
from analysis.wording import number
from db.answers import RoleAnswer
from db.operations import comparisons, measures
from db.queries.comparisons import HeldComparator
from desktop.pages.data.measures import read_target
from desktop.pages.facts_form import FieldSpec
from desktop.pages.reading import date_text, read_date
from desktop.pages.record.lists import Line, Listing, needed
from importers.free_text import refuse_identifiers
from importers.grammar import parse_period_text

KINDS = {
    "Another place": ComparatorKind.OTHER_PLACE,
    "A benchmark, shown and not differenced": ComparatorKind.BENCHMARK,
    "People outside the target group, equal need": ComparatorKind.EQUAL_NEED,
    "Our own earlier cohort": ComparatorKind.EARLIER_COHORT,
}
ASSIGNMENTS = {
    "Neither by lot nor by a rule": Assignment.NONE,
    "By a rule as good as chance": Assignment.QUASI_RANDOM,
    "By lot": Assignment.RANDOM,
}
ALIKE = {"Not looked at": None, "Yes": True, "No": False}
LIMIT_KINDS = {
    "Limits start again, with the reason": EventKind.RECALCULATION,
    "The baseline is set here": EventKind.BASELINE,
}


Held = TypeVar("Held")


def listings_of(measure: MeasureFacts) -> tuple[Listing, Listing, Listing]:
    """The lists of one measure: comparators, targets, limits."""
    return _comparators(measure), _targets(measure), _limits(measure)


def _words(choices: Mapping[str, Held], held: Held) -> str:
    return next(words for words, one in choices.items() if one == held)


def _comparators(measure: MeasureFacts) -> Listing:
    return Listing(
        "What it is compared with",
        "A comparator can carry a claim further than before and after can: it shows what would have come anyway. Say "
        "why it was chosen and whether it counts the same thing. Its values are typed on the Data tab, under its name.",
        "comparator",
        "Nothing is recorded yet. Without a comparator the evidence stays at level 2 or below.",
        (
            FieldSpec("name", "Name", "Oak PCN"),
            FieldSpec("kind", "What it is", choices=tuple(KINDS)),
            FieldSpec("why_chosen", "Why it was chosen", "Same trust, list of the same age", lines=True),
            FieldSpec("source", "Where its values come from", "Trust extract"),
            FieldSpec("assignment", "How it was decided who got the role", choices=tuple(ASSIGNMENTS)),
            FieldSpec("same_definition", "Counted by the same definition?", choices=tuple(ALIKE)),
        ),
        {
            "name": needed,
            "kind": KINDS.__getitem__,
            "why_chosen": refuse_identifiers,
            "source": refuse_identifiers,
            "assignment": ASSIGNMENTS.__getitem__,
            "same_definition": ALIKE.__getitem__,
        },
        partial(_comparator_lines, measure),
        comparisons.change_comparator,
        "comparator_id",
        comparisons.add_comparator,
        comparisons.remove_comparator,
        fixed={"measure_id": measure.id},
    )


def _comparator_lines(measure: MeasureFacts, answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(_comparator_line(held, answer) for held in answer.comparators if held.measure_id == measure.id)


def _comparator_line(held: HeldComparator, answer: RoleAnswer) -> Line:
    facts = held.facts
    series = next((s for s in answer.beside if s.measure.id == held.measure_id and s.arm is held.arm), None)
    alike = {None: "not said whether it counts the same", True: "counts the same", False: "counts something else"}
    parts = (
        facts.kind.value,
        f"why: {facts.why_chosen}" if facts.why_chosen else "why it was chosen is not recorded",
        alike[facts.same_definition],
        "" if facts.assignment is Assignment.NONE else f"assigned {facts.assignment.value}",
        f"source: {facts.source}" if facts.source else "",
        f"{len(series)} values" if series else "no values yet",
    )
    texts = {
        "name": facts.name,
        "kind": _words(KINDS, facts.kind),
        "why_chosen": facts.why_chosen,
        "source": facts.source,
        "assignment": _words(ASSIGNMENTS, facts.assignment),
        "same_definition": _words(ALIKE, facts.same_definition),
    }
    return Line(held.id, facts.name, " · ".join(part for part in parts if part), texts)


def _targets(measure: MeasureFacts) -> Listing:
    example = value_text(measure, measure.target if measure.target is not None else 0.9)
    return Listing(
        "Targets over time",
        "What the measure should reach or stay under, and from when. A target is drawn on the chart and read for "
        "assurance; it never moves limits, tests or effects.",
        "target",
        "No dated target is recorded.",
        (
            FieldSpec("from_date", "From", "1 Apr 2025"),
            FieldSpec("low", "At least", example),
            FieldSpec("high", "At most", example),
            FieldSpec("source", "Who set it", "Board paper, March 2025"),
        ),
        {
            "from_date": _needed_date,
            "low": partial(_bound, measure),
            "high": partial(_bound, measure),
            "source": refuse_identifiers,
        },
        partial(_target_lines, measure),
        comparisons.change_target,
        "target_id",
        comparisons.add_target,
        comparisons.remove_target,
        fixed={"measure_id": measure.id},
    )


def _bound(measure: MeasureFacts, text: str) -> float | None:
    return read_target(measure, text) if text.strip() else None


def _needed_date(text: str) -> object:
    """A day, or the first day of a month or year; it must be there."""
    period = parse_period_text(text)
    if period is None:
        raise UserProblem("Give the day it begins.", "Write it as 1 Apr 2025 or Apr 2025.")
    return period.start


def _target_lines(measure: MeasureFacts, answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(_target_line(measure, one) for one in answer.targets if one.measure_id == measure.id)


def _target_line(measure: MeasureFacts, target: TargetFacts) -> Line:
    words = target_words(measure, target)
    detail = f"from {date_label(target.since)}{f' · {target.source}' if target.source else ''}"
    texts = {
        "from_date": date_text(target.since),
        "low": _typed(measure, target.low),
        "high": _typed(measure, target.high),
        "source": target.source,
    }
    return Line(target.id, words[:1].upper() + words[1:], detail, texts)


def _typed(measure: MeasureFacts, held: float | None) -> str:
    if held is None:
        return ""
    scale = shown_scale(measure)
    return f"{number(held * scale, 6).rstrip('0').rstrip('.') if held * scale % 1 else number(held * scale)}"


def _limits(measure: MeasureFacts) -> Listing:
    return Listing(
        "Decisions about limits",
        "Limits rest on the time before launch and are never recalculated by themselves. A person may start them again "
        "or set their baseline, with the day and the reason; both stay on the chart, and undo takes them back.",
        "decision",
        "Nobody has changed the limits of this measure.",
        (
            FieldSpec("kind", "What is decided", choices=tuple(LIMIT_KINDS)),
            FieldSpec("happened_on", "From", "1 Oct 2023"),
            FieldSpec("ended_on", "Until (for a baseline that ends before launch)", "31 Mar 2024"),
            FieldSpec("title", "Why", "The way of counting changed for good", lines=True),
        ),
        {"kind": LIMIT_KINDS.__getitem__, "happened_on": _needed_date, "ended_on": read_date, "title": needed},
        partial(_limit_lines, measure),
        measures.change_event,
        "event_id",
        measures.add_event,
        measures.remove_event,
        fixed={"measure_id": measure.id},
    )


def _limit_lines(measure: MeasureFacts, answer: RoleAnswer) -> tuple[Line, ...]:
    own = (e for e in answer.role.events if e.kind in OF_THE_CHART and e.measure_id in (None, measure.id))
    return tuple(
        Line(
            event.id,
            event.title,
            f"{event.kind.value}, {date_label(event.when)}{f' to {date_label(event.end)}' if event.end else ''}",
            {
                "kind": _words(LIMIT_KINDS, event.kind),
                "happened_on": date_text(event.when),
                "ended_on": date_text(event.end),
                "title": event.title,
            },
        )
        for event in own
    )
