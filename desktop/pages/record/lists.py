"""The lists of a record, without Qt: tasks, alternatives, notes, changes of the role, how measures were chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import resources
from analysis.periods import date_label
from analysis.problems import UserProblem
from analysis.vocabulary import Direction, EventKind, Verdict
from db.answers import RoleAnswer
from db.operations import measures, record, roles
from db.operations.changed import Changed
from db.queries.record import UseFacts
from db.tables.roles import VOICES
from desktop.pages.facts_form import FieldSpec
from desktop.pages.reading import date_text, read_change, read_past
from desktop.pages.record.fields import YES_NO, vocabulary, yes_no_text
from importers.free_text import refuse_identifiers

Facts = Mapping[str, Any]  # Any: columns of a row
NOT_SAID = "Not said"
DIRECTIONS = {NOT_SAID: "", "Rise": Direction.INCREASE.value, "Fall": Direction.DECREASE.value, "Neither": "neutral"}
MODELS = {NOT_SAID: "", "A step": "step", "A change of slope": "slope", "Both": "step and slope"}
VERDICTS = {
    verdict.value.capitalize(): verdict for verdict in (Verdict.CONSIDERED, Verdict.CHOSEN, Verdict.NOT_CONSIDERED)
}
VOICE_WORDS = {voice.capitalize(): voice for voice in VOICES}
NEEDED = "This is needed."


@dataclass(frozen=True)
class Line:
    """One row as the list shows it, and as the texts of its form. `strong` is its mark before the heading."""

    id: int
    heading: str
    detail: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Read:
    """The columns of a row, or what is wrong by field."""

    facts: Facts = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """One list: its words, its form, how rows become lines and texts become columns, and the operations.

    `add` and `remove` are None where rows come from elsewhere. `row_word` is the argument that names a row.
    """

    title: str
    why: str
    one: str
    empty: str
    fields: tuple[FieldSpec, ...]
    readers: Mapping[str, Callable[[str], Any]]
    lines: Callable[[RoleAnswer], tuple[Line, ...]]
    change: Callable[..., Changed]
    row_word: str
    add: Callable[..., Changed] | None = None
    remove: Callable[..., Changed] | None = None
    by_role: bool = False
    fixed: Facts = field(default_factory=dict)

    def read(self, texts: Mapping[str, str]) -> Read:
        """The columns from the texts of the form."""
        facts: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for key, reader in self.readers.items():
            try:
                facts[key] = reader(texts.get(key, ""))
            except UserProblem as problem:
                faults[key] = problem.sentence()
        return Read(facts, faults)

    def changed(self, line: Line | None, facts: Facts) -> Facts:
        """Those columns whose text differs from the row's; all of them for a new row."""
        if line is None:
            return facts
        before = self.read(line.texts).facts
        return {key: value for key, value in facts.items() if before.get(key) != value}


def needed(text: str) -> str:
    """A text that must be there, and may be kept."""
    if not text:
        raise UserProblem(NEEDED)
    return refuse_identifiers(text)


def _needed_day(text: str) -> object:
    day = read_past(text)
    if day is None:
        raise UserProblem("Give the day.", "Write it as 8 Apr 2024.")
    return day


def _yes_no(text: str) -> bool | None:
    return YES_NO[text]


def _task_lines(answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(
        Line(
            row["id"],
            row["task"],
            " · ".join(
                [
                    *([f"taken from {row['taken_from']}"] if row["taken_from"] else []),
                    *(f"{words}: {yes_no_text(row[key]).lower()}" for key, words in _SIGNED.items()),
                ]
            ),
            {"task": row["task"], "taken_from": row["taken_from"]} | {key: yes_no_text(row[key]) for key in _SIGNED},
        )
        for row in answer.profile.tasks
    )


_SIGNED = {"trained": "trained", "signed_off": "signed off", "permitted": "permitted"}

TASKS = Listing(
    "Tasks",
    "Which tasks moved to the role, from whom, and whether each is trained, signed off and permitted.",
    "task",
    "No task is listed yet.",
    (
        FieldSpec("task", "Task", "Takes bloods at home"),
        FieldSpec("taken_from", "Taken from", "Practice nurse, or nobody: it is new"),
        *(FieldSpec(key, words.capitalize(), choices=tuple(YES_NO)) for key, words in _SIGNED.items()),
    ),
    {"task": needed, "taken_from": refuse_identifiers} | dict.fromkeys(_SIGNED, _yes_no),
    _task_lines,
    record.change_task,
    "task_id",
    roles.add_task,
    record.remove_task,
)


def _alternative_lines(answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(
        Line(
            row["id"],
            row["name"],
            f"{str(row['verdict']).capitalize()}: {row['reason'] or 'no reason given yet'}",
            {"name": row["name"], "verdict": str(row["verdict"]).capitalize(), "reason": row["reason"]},
        )
        for row in answer.record.alternatives
    )


def alternatives_offered() -> tuple[str, ...]:
    """Other ways to meet a need: the usual ones, then the team models of the catalogue."""
    models = (row["name"] for row in resources.load("role_catalogue")["roles"] if "alternative" in row["family"])
    return (*vocabulary("alternatives"), *models)


ALTERNATIVES = Listing(
    "Alternatives considered",
    "A new role is one way among others. What else was weighed, no new role among them, and why was it not enough?",
    "alternative",
    "No alternative is recorded yet.",
    (
        FieldSpec("name", "Another way", "No new role", suggestions=alternatives_offered()),
        FieldSpec("verdict", "What became of it", choices=tuple(VERDICTS)),
        FieldSpec("reason", "Why", "It had been tried for two years without effect", lines=True),
    ),
    {"name": needed, "verdict": VERDICTS.__getitem__, "reason": refuse_identifiers},
    _alternative_lines,
    record.change_alternative,
    "alternative_id",
    record.add_alternative,
    record.remove_alternative,
)


def _note_lines(answer: RoleAnswer) -> tuple[Line, ...]:
    rows = sorted(answer.profile.notes, key=lambda row: (row["noted_on"], row["id"]), reverse=True)
    return tuple(
        Line(
            row["id"],
            row["text"],
            " · ".join(part for part in (row["voice"].capitalize(), row["theme"], date_label(row["noted_on"])) if part),
            {
                "noted_on": date_text(row["noted_on"]),
                "voice": row["voice"].capitalize(),
                "theme": row["theme"],
                "text": row["text"],
            },
        )
        for row in rows
    )


NOTES = Listing(
    "Notes",
    "What staff, patients, carers and managers say explains what figures cannot. No names, no numbers of people: "
    "what points to a person is refused.",
    "note",
    "No note is recorded yet.",
    (
        FieldSpec("noted_on", "Day", "12 May 2025"),
        FieldSpec("voice", "Whose voice", choices=tuple(VOICE_WORDS)),
        FieldSpec("theme", "Theme", "Workload", suggestions=vocabulary("note_themes")),
        FieldSpec("text", "What was said", "One number to ring, and somebody who knows us", lines=True),
    ),
    {"noted_on": _needed_day, "voice": VOICE_WORDS.__getitem__, "theme": refuse_identifiers, "text": needed},
    _note_lines,
    record.change_note,
    "note_id",
    roles.add_note,
    record.remove_note,
)


def _change_lines(answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(
        Line(
            event.id,
            event.title,
            date_label(event.when),
            {"happened_on": date_text(event.when), "title": event.title},
        )
        for event in answer.role.events
        if event.kind is EventKind.ROLE
    )


ROLE_CHANGES = Listing(
    "Changes of the role, dated",
    "Each is an event, so it stands on every chart of the role.",
    "change",
    "No dated change is recorded yet.",
    (FieldSpec("happened_on", "Day", "4 Nov 2024"), FieldSpec("title", "What changed", "Home visits added")),
    {"happened_on": _needed_day, "title": needed},
    _change_lines,
    measures.change_event,
    "event_id",
    measures.add_event,
    measures.remove_event,
    fixed={"kind": EventKind.ROLE},
)


def _measure_lines(answer: RoleAnswer) -> tuple[Line, ...]:
    return tuple(
        Line(use.measure_id, _use_heading(use), _use_detail(use), _use_texts(use)) for use in answer.record.uses
    )


def _use_heading(use: UseFacts) -> str:
    return f"{use.name} (primary)" if use.is_primary else use.name


def _use_detail(use: UseFacts) -> str:
    words = {"": "", "increase": "expected to rise", "decrease": "expected to fall", "neutral": "expected to stay"}
    change = f"by {abs(use.expected_change):g}" if use.expected_change is not None else ""
    parts = (
        " ".join(part for part in (words[use.expected_direction], change) if part),
        f"as {use.impact_model}" if use.impact_model else "",
        f"chosen on {date_label(use.chosen_on)}" if use.chosen_on else "not yet dated",
        f"owner: {use.owner}" if use.owner else "no owner yet",
        use.why_chosen or "no reason given yet",
    )
    return " · ".join(part for part in parts if part)


def _use_texts(use: UseFacts) -> dict[str, str]:
    return {
        "is_primary": "Yes" if use.is_primary else "No",
        "expected_direction": next(words for words, held in DIRECTIONS.items() if held == use.expected_direction),
        "expected_change": "" if use.expected_change is None else f"{use.expected_change:g}",
        "impact_model": next(words for words, held in MODELS.items() if held == use.impact_model),
        "target": "" if use.target is None else f"{use.target:g}",
        "chosen_on": date_text(use.chosen_on),
        "owner": use.owner,
        "why_chosen": use.why_chosen,
    }


MEASURES = Listing(
    "What should change, said beforehand",
    "A measure chosen before launch cannot have been picked for its result. Say how it should move, by how much, "
    "and when it was chosen.",
    "measure",
    "No measure is in use yet. Measures are chosen on the Data tab.",
    (
        FieldSpec("is_primary", "A primary measure?", choices=("No", "Yes")),
        FieldSpec("expected_direction", "Should", choices=tuple(DIRECTIONS)),
        FieldSpec("expected_change", "By how much, in its unit", "-19"),
        FieldSpec("impact_model", "How it should show", choices=tuple(MODELS)),
        FieldSpec("target", "Target, in its unit", "195"),
        FieldSpec("chosen_on", "Chosen on", "1 Mar 2024"),
        FieldSpec("owner", "Owner of the figures", "Job title"),
        FieldSpec("why_chosen", "Why this measure", "What makes it a fair sign of the aim", lines=True),
    ),
    {
        "is_primary": lambda text: text == "Yes",
        "expected_direction": DIRECTIONS.__getitem__,
        "expected_change": read_change,
        "impact_model": MODELS.__getitem__,
        "target": read_change,
        "chosen_on": read_past,
        "owner": refuse_identifiers,
        "why_chosen": refuse_identifiers,
    },
    _measure_lines,
    measures.change_use,
    "measure_id",
    by_role=True,
)


@dataclass(frozen=True)
class LaterChange:
    """One later change of the case in words, and whether it came after launch."""

    words: str
    after_launch: bool


def later_changes(answer: RoleAnswer) -> tuple[LaterChange, ...]:
    """What was changed in the case, and when, against the launch; read from the history."""
    launch = answer.role.timeline.launch
    found = []
    for change in answer.record.case_changes:
        after = launch is not None and change.day >= launch
        when = "after launch" if after else "before launch" if launch else "before any launch date"
        told = (
            f"from \u201c{change.before}\u201d to \u201c{change.after}\u201d" if change.before and change.after else ""
        )
        told = told or (f"first written: {change.after}" if change.after else f"taken out: {change.before}")
        found.append(LaterChange(f"{date_label(change.day)}, {when}. {change.what}, {told}", after))
    return tuple(found)
