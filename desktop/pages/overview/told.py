"""What F4 tells of in the Overview: a field of the role, its events, a measure, or the role as a whole. Qt-free."""

from __future__ import annotations

from db.answers import RoleAnswer
from db.queries.told import Held
from desktop.pages.overview.form import FIELDS
from desktop.pages.role.subject import Subject, rows_subject

CAPTIONS = {spec.key: spec.caption for spec in FIELDS}
_ELSEWHERE = {"programme": "programme_id", "employer": "organisation_id"}


def field_subject(answer: RoleAnswer, key: str, text: str) -> Subject:
    """One fact of the role."""
    row = Held("implementation", answer.role.id, (_ELSEWHERE.get(key, key),))
    why = (("Recorded", text or "nothing yet"), ("Source", "typed in this file"))
    return rows_subject(CAPTIONS.get(key, key), why, (row,), captions=CAPTIONS)


def events_subject(answer: RoleAnswer) -> Subject:
    """The role's events, each a dated thing that may move a figure."""
    events = [one for one in answer.role.events if one.id > 0]
    rows = tuple(Held("event", one.id, ("title", "happened_on", "kind", "ended_on")) for one in events)
    return rows_subject("Events that can move the figures", (("Source", "typed in this file"),), rows)


def role_subject(answer: RoleAnswer) -> Subject:
    """The role as a whole: what was changed of its facts, and its notes."""
    notes = tuple(str(note["text"]) for note in answer.profile.notes if note.get("text"))
    rows = (Held("implementation", answer.role.id),)
    facts = (("Source", "typed in this file"), ("Evidence", _level(answer)))
    return rows_subject(answer.role.name, facts, rows, captions=CAPTIONS, notes=notes, how=True)


def _level(answer: RoleAnswer) -> str:
    level = answer.finding.evidence
    return level.label if level is not None else "none yet"
