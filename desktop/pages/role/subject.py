"""What has the focus in a tab of a role, as F4 tells of it: its source, its notes, what happened to it. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby

from analysis.finding_shapes import MeasureFinding
from analysis.periods import Period, date_label
from analysis.vocabulary import Series
from analysis.wording import plural
from db.answers import RoleAnswer
from db.queries.cell_notes import cell_notes
from db.queries.told import Change, Held, measure_told, told
from db.store import Store
from desktop.pages.impact.picture import source_words

FEW = 3
"""So many changes of one step are told one by one; more are told as one line with their number."""
NOBODY, NO_NOTES = "Nothing has been changed since it was entered.", "No notes."
Past = Callable[[Store], tuple[Change, ...]]


@dataclass(frozen=True)
class Subject:
    """What has the focus. `past` reads what happened to it; `captions` name columns as the page does.

    `notes_of` is the measure (and period) whose notes on cells belong to it; `how` is whether it is a figure that can
    be explained.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    past: Past
    notes: tuple[str, ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)
    notes_of: tuple[int, int, Period | None] | None = None
    how: bool = True


@dataclass(frozen=True)
class Told:
    """What was read of a subject: its history and its notes, in words."""

    history: tuple[str, ...]
    notes: tuple[str, ...]


def read_told(store: Store, subject: Subject) -> Told:
    """Read what happened to a subject and what is noted of it."""
    return Told(history_lines(subject.past(store), subject.captions), (*subject.notes, *_notes(store, subject)))


def _notes(store: Store, subject: Subject) -> list[str]:
    if subject.notes_of is None:
        return []
    role_id, measure_id, period = subject.notes_of
    held = [one for one in cell_notes(store, role_id) if one.measure_id == measure_id]
    return [f"{one.period.label}: {one.text}" for one in held if period is None or one.period == period]


def history_lines(changes: Sequence[Change], captions: Mapping[str, str]) -> tuple[str, ...]:
    """Who changed what when, from what to what; many changes of one step are one line."""
    lines: list[str] = []
    for (made_at, who, label), group in groupby(changes, key=lambda one: (one.made_at, one.who, one.label)):
        held = list(group)
        tail = " (taken back since)" if held[0].taken_back else ""
        opening = f"{when_words(made_at)}{f', {who}' if who else ''}: {label}"
        details = [_detail(one, captions) for one in held] if len(held) <= FEW else [plural(len(held), "change")]
        said = "; ".join(filter(None, details))
        lines.append(f"{opening}{f'. {said}' if said else ''}{tail}")
    return tuple(lines)


def _detail(one: Change, captions: Mapping[str, str]) -> str:
    """`Place: Elm PCN → Elm`."""
    if not (one.before or one.after):
        return ""
    name = captions.get(one.column) or one.column.removesuffix("_pence").replace("_", " ").capitalize()
    return f"{name}: {one.before or 'empty'} → {one.after or 'empty'}"


def when_words(made_at: str) -> str:
    """`12 Jun 2025 09:41`, in the time of this computer."""
    when = datetime.fromisoformat(made_at).astimezone()
    return f"{date_label(when.date())} {when:%H:%M}"


def rows_subject(
    title: str,
    facts: tuple[tuple[str, str], ...],
    rows: Sequence[Held],
    *,
    captions: Mapping[str, str] | None = None,
    notes: tuple[str, ...] = (),
    how: bool = False,
) -> Subject:
    """Something that is rows of the record."""
    return Subject(title, facts, partial(_told_of, rows=tuple(rows)), notes, captions or {}, how=how)


def _told_of(store: Store, rows: Sequence[Held]) -> tuple[Change, ...]:
    return told(store, rows)


def measure_subject(answer: RoleAnswer, measure_id: int, period: Period | None = None) -> Subject | None:
    """A measure of the role, or its value of one period."""
    found, series = answer.measure(measure_id), answer.series_of(measure_id)
    if found is None or series is None:
        return None
    role_id = answer.role.id
    title = f"{found.measure.label} · {period.label}" if period else found.measure.label
    facts = _point_facts(found, series, period) if period else _measure_facts(found, series)
    past = partial(measure_told, role_id=role_id, measure_id=measure_id, period=period)
    return Subject(title, facts, past, notes_of=(role_id, measure_id, period))


def _measure_facts(found: MeasureFinding, series: Series) -> tuple[tuple[str, str], ...]:
    measure = found.measure
    facts = (
        ("Source", source_words(series).removeprefix("Source: ")),
        ("Definition", measure.definition),
        ("Counted", f"{measure.kind.value}, {measure.unit}" if measure.unit else measure.kind.value),
        ("Periods", found.texts.n_line),
    )
    return tuple((caption, words) for caption, words in facts if words)


def _point_facts(found: MeasureFinding, series: Series, period: Period) -> tuple[tuple[str, str], ...]:
    point = next((one for one in found.points if one.period == period), None)
    if point is None:
        return ()
    used = f"left out: {point.left_out.value}" if point.left_out else "used in limits, tests and effects"
    facts = (("Phase", point.phase.value), ("In the analysis", used), ("Why", point.reason))
    source = source_words(series).removeprefix("Source: ")
    return (("Source", source), *((caption, words) for caption, words in facts if words))
