"""What the Overview tab shows, without Qt: every sentence is quoted from the answer, none is made here twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.finding_shapes import MeasureFinding, Verdict
from analysis.periods import Period, date_label
from analysis.vocabulary import EventFacts
from analysis.wording import number, plural
from db.answers import RoleAnswer
from desktop.pages.record.completeness import ItemState, first_missing
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Kind, Shape

FUNDING_SOON_DAYS = 180
_SHAPES = {
    Verdict.IMPROVEMENT: (Shape.BETTER, "imp"),
    Verdict.CONCERN: (Shape.BAD, "con"),
    Verdict.COMMON_CAUSE: (Shape.PLAIN, "com"),
    Verdict.CHANGED: (Shape.MOVED, "nei"),
    Verdict.NO_ANSWER: (Shape.NO_ANSWER, "text2"),
}


@dataclass(frozen=True)
class Due:
    """One thing to do or know: its kind, its words, and the tab that answers it."""

    kind: Kind
    words: str
    detail: str = ""
    doing: str = ""
    tab: str = ""


@dataclass(frozen=True)
class EventState:
    """One event as the list shows it."""

    id: int
    when: date
    until: date | None
    title: str
    kind: str
    words: str


@dataclass(frozen=True)
class OverviewState:
    """The whole tab. `facts` are pairs of caption and words; `level` is None without a finding."""

    facts: tuple[tuple[str, str], ...]
    sentence: str
    detail: str
    level: int | None
    level_words: str
    to_raise: str
    worth: str
    due: tuple[Due, ...]
    measures: TableState
    events: tuple[EventState, ...]
    complete: str
    missing: tuple[ItemState, ...]


def overview_state(answer: RoleAnswer, today: date) -> OverviewState:
    """What is known of a role and what is due."""
    finding, leading = answer.finding, answer.finding.leading
    return OverviewState(
        facts=profile_facts(answer),
        sentence=leading.texts.sentence if leading else "No measure is recorded yet, so nothing can be said.",
        detail=_detail(leading),
        level=finding.evidence.level if finding.evidence else None,
        level_words=finding.evidence.label if finding.evidence else "No evidence level yet",
        to_raise=finding.evidence.to_raise if finding.evidence else "",
        worth=answer.economics.worth_it,
        due=tuple(due_of(answer, today)),
        measures=measures_table(finding.measures),
        events=tuple(event_state(event) for event in answer.role.events),
        complete=answer.completeness.sentence,
        missing=first_missing(answer.completeness),
    )


def _detail(leading: MeasureFinding | None) -> str:
    if leading is None:
        return ""
    return "\n".join(line for line in (leading.texts.interval_line, leading.texts.n_line) if line)


def profile_facts(answer: RoleAnswer) -> tuple[tuple[str, str], ...]:
    """What the role is, in pairs; what is not recorded is left out."""
    facts, timeline = answer.profile.facts, answer.role.timeline
    pairs = (
        ("Kind of role", facts.family),
        ("How it works", facts.mechanism),
        ("Works across", facts.boundary),
        ("Where it sits", facts.setting),
        ("Serves", facts.people_served),
        ("Eligible", "" if facts.eligible_number is None else f"{number(facts.eligible_number)} people"),
        ("Programme", answer.profile.programme),
        ("Launched", date_label(timeline.launch) if timeline.launch else "not yet"),
        ("Phase-in until", date_label(timeline.phase_in_end) if timeline.phase_in_end else ""),
        ("Staff", staff_words(facts.head_count, facts.planned_wte)),
        ("Funding", _funding(facts.funding_source, facts.funding_end)),
        ("Decision asked", facts.decision_asked),
    )
    return tuple((caption, words) for caption, words in pairs if words)


def staff_words(heads: int | None, wte: str | None) -> str:
    """`2 people, 1.6 WTE planned`."""
    people = "" if heads is None else plural(heads, "person", "people")
    return ", ".join(part for part in (people, f"{wte} WTE planned" if wte else "") if part)


def _funding(source: str, end: date | None) -> str:
    return ", ".join(part for part in (source, f"until {date_label(end)}" if end else "") if part)


def due_of(answer: RoleAnswer, today: date) -> Iterable[Due]:
    """What is due, most pressing first."""
    facts = answer.profile.facts
    if answer.finding.due:
        names = [finding.measure.label for finding in answer.finding.measures if finding.due]
        missing = f"{period_list(answer.finding.due)} missing"
        yield Due(Kind.FIX, missing, f"For {'; '.join(names)}.", "Enter now", "Data")
    if answer.open_questions:
        words = f"{plural(answer.open_questions, 'value')} to check"
        yield Due(Kind.CHECK, words, "Unusual when typed, not yet settled.", "Look at them", "Data")
    if facts.funding_end and (left := (facts.funding_end - today).days) <= FUNDING_SOON_DAYS:
        yield Due(Kind.CHECK, _funding_words(facts.funding_end, left), "A decision will be asked for.")
    if answer.provisional_periods:
        words = plural(answer.provisional_periods, "provisional month")
        yield Due(Kind.NOTE, words, "Left out of limits and effects until they are final.")
    if not answer.series:
        yield Due(Kind.NOTE, "No measure yet", "Choose what the role should change.", "Choose measures", "Data")
    if answer.role.timeline.launch is None:
        yield Due(Kind.NOTE, "No launch date yet", "Give it below once it is known: it parts before from after.")


def _funding_words(end: date, days: int) -> str:
    if days < 0:
        return f"Funding ended on {date_label(end)}"
    return f"Funding ends in {plural(days, 'day')}, on {date_label(end)}"


def period_list(periods: tuple[Period, ...]) -> str:
    """`Apr 25 and May 25`; many are counted."""
    if len(periods) > 3:
        return f"{plural(len(periods), 'period')} from {periods[0].label}"
    *first, last = (period.label for period in periods)
    return f"{', '.join(first)} and {last}" if first else last


def measures_table(findings: Iterable[MeasureFinding]) -> TableState:
    """Each measure with its verdict, its change and interval, and its evidence."""
    rows, keys = [], []
    for finding in findings:
        shape, ink = _SHAPES[finding.verdict]
        rows.append(
            (
                TableCell(finding.measure.label, strong=finding.measure.is_primary),
                TableCell(finding.verdict.value.capitalize(), shape=shape, shape_ink=ink),
                TableCell(finding.texts.key_change, finding.texts.interval_short),
                TableCell(finding.evidence.label, ladder=finding.evidence.level),
            )
        )
        keys.append(str(finding.measure.id))
    columns = (
        ColumnSpec("Measure", stretch=True),
        ColumnSpec("What is said"),
        ColumnSpec("Change"),
        ColumnSpec("Evidence"),
    )
    return TableState(columns, tuple(rows), tuple(keys))


def event_state(event: EventFacts) -> EventState:
    """One event in words."""
    until = f" to {date_label(event.end)}" if event.end else ""
    words = f"{date_label(event.when)}{until}"
    return EventState(event.id, event.when, event.end, event.title, event.kind.value, words)
