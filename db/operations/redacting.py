"""Removing a text for good: the one operation that cannot be undone (an identifier that slipped through).

That it was done stays in the history, with every step's hash; what was removed is nowhere in the file any more.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Column, ColumnElement, Connection, Float, String, Table, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel.sql.sqltypes import AutoString

from analysis.problems import UserProblem
from analysis.wording import plural
from db import sqlite
from db.operations.changed import EVERYTHING, Changed
from db.recorder import Step, table_of, unpack
from db.row_checks import guarded_tables, key_of
from db.schema import SCHEMA_VERSION
from db.sqlite import folded
from db.store import Store, identified
from db.tables import HistoryChange, HistoryPayload, HistoryStep, StepKind

REMOVED = "[removed]"
SHORTEST = 3
LONG_NUMBER = 6
"""Digits from which a number may name a person: shorter ones are figures of a record."""
LOG = ("history_step", "history_change", "history_payload")
NEVER = (
    *("uuid", "table_name", "operation", "kind", "digest", "hash", "previous_hash", "made_at", "key"),
    *("library_key", "catalogue_key", "factor_key", "fingerprint", "sha256", "file_sha256", "data_hash", "input_hash"),
    *("imported_at", "saved_at", "written_at", "source_cell", "engine", "schedule", "health_schedule"),
    *("audience", "policy"),
)
"""Columns by which the file holds together; no text of a person stands in them."""
SHORT_CODE = 12
"""Columns of so few letters hold years, shares and codes."""


@dataclass(frozen=True)
class Place:
    """One place that holds the text: a column of a row, or a step of the history; a figure is not written over."""

    table: str
    row_id: int
    columns: tuple[str, ...]
    is_figure: bool = False

    @property
    def words(self) -> str:
        """`note, row 4: text`."""
        return f"{self.table.replace('_', ' ')}, row {self.row_id}: {', '.join(self.columns)}"


@dataclass(frozen=True)
class Findings:
    """Where a text stands in the record, and which steps of the history hold it."""

    places: tuple[Place, ...]
    steps: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it stands nowhere."""
        return not self.places and not self.steps


def find_text(store: Store, text: str) -> Findings:
    """Everywhere a text stands, in small or capital letters. Raises UserProblem when it is too short to look for."""
    if len(text.strip()) < SHORTEST:
        raise UserProblem(f"Give at least {SHORTEST} characters to look for.", "Nothing was changed.")
    with store.read() as connection:
        return _find(connection, text.strip())


def _find(connection: Connection, text: str) -> Findings:
    record = [table for table in guarded_tables() if table.name not in LOG]
    looks = (_places, _figures)
    places = tuple(place for table in record for look in looks for place in look(connection, table, text))
    steps = {place.row_id for place in _places(connection, table_of(HistoryStep), text)}
    steps |= set(_steps_of_changes(connection, text)) | set(_payloads(connection, text))
    return Findings(places, tuple(sorted(steps)))


@cache
def _texts(table: Table) -> tuple[str, ...]:
    """The columns of a table in which a person writes: not those of codes, nor those of words from a list."""
    checks = " ".join(str(check.sqltext) for check in table.constraints if isinstance(check, CheckConstraint))
    listed = re.findall(r"(\w+) IN \(", checks)
    return tuple(c.name for c in table.columns if _is_written(c) and c.name not in listed and c.name not in NEVER)


def _is_written(column: Column[Any]) -> bool:
    longest = _longest(column)
    return isinstance(column.type, String | AutoString) and (longest is None or longest > SHORT_CODE)


def _longest(column: Column[Any]) -> int | None:
    """How many letters a column of texts may hold; None for as many as there are."""
    length: int | None = getattr(column.type, "length", None)
    return length


def _places(connection: Connection, table: Table, text: str) -> Iterator[Place]:
    names = _texts(table)
    if not names:
        return
    wanted = or_(*(_has(table.c[name], text) for name in names))
    for row in connection.execute(select(key_of(table), *(table.c[name] for name in names)).where(wanted)).all():
        held = tuple(name for name, value in zip(names, row[1:], strict=True) if folded(text) in folded(value))
        if held:
            yield Place(table.name, int(row[0]), held)


def _figures(connection: Connection, table: Table, text: str) -> Iterator[Place]:
    """Where a long number stands as a figure and not as a text: an identifier that was read as a value."""
    digits = re.sub(r"[ -]", "", text)
    names = [c.name for c in table.columns if isinstance(c.type, Float)]
    if not names or not re.fullmatch(rf"\d{{{LONG_NUMBER},15}}", digits):
        return
    for name in names:
        for row_id in connection.execute(select(key_of(table)).where(table.c[name] == float(digits))).scalars():
            yield Place(table.name, int(row_id), (name,), is_figure=True)


def _has(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a column holds a text; one of English letters alone is looked for by SQLite itself, which is quicker."""
    if text.isascii():
        return column.icontains(text, autoescape=True)
    return func.folded(column).contains(folded(text), autoescape=True)


def _as_logged(text: str) -> str:
    """A text as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _steps_of_changes(connection: Connection, text: str) -> list[int]:
    held, wanted = table_of(HistoryChange), _as_logged(text)
    there = or_(_has(held.c.before, wanted), _has(held.c.after, wanted))
    return [int(step_id) for step_id in connection.execute(select(held.c.step_id).where(there).distinct()).scalars()]


def _payloads(connection: Connection, text: str) -> Iterator[int]:
    held, wanted = table_of(HistoryPayload), folded(_as_logged(text))
    for step_id, data in connection.execute(select(held.c.step_id, held.c.data)).all():
        if any(wanted in folded(row) for part in unpack(data) for row in part.rows):
            yield int(step_id)


def redact(store: Store, *, text: str) -> Changed:
    """Remove a text for good from the record, the history and what undone steps kept; then write the file anew.

    Steps that held it can be neither taken back nor brought back any more. Raises UserProblem when it stands nowhere,
    when it stands as a figure, or when the file could not be written anew: then the text is out of the record, but may
    be left in unused bytes.
    """
    found = find_text(store, text)
    if found.is_empty:
        _write_anew(store)
        raise UserProblem("This text stands nowhere in the file or its history.", "Nothing was changed.")
    if figures := [place for place in found.places if place.is_figure]:
        raise UserProblem(
            f"It stands as a figure, not as a text, in {plural(len(figures), 'place')}: {figures[0].words}.",
            "Nothing was changed. Clear or remove that figure first, then remove the text: the history is cleaned too.",
        )
    wanted = text.strip()
    where = plural(len(found.places) + len(found.steps), "place")
    with store.step(f"Remove a text for good from {where}", kind=StepKind.REDACTION) as step:
        step.who = without(step.who, wanted)
        for place in found.places:
            _rewrite(step, place, wanted)
        for step_id in found.steps:
            _redact_step(step, step_id, wanted)
        label = step.label
    _write_anew(store)
    return Changed(label, EVERYTHING)


def _rewrite(step: Step, place: Place, text: str) -> None:
    table = next(table for table in guarded_tables() if table.name == place.table)
    row = step.connection.execute(select(table).where(key_of(table) == place.row_id)).mappings().one()
    left = {name: without(str(row[name]), text)[: _longest(table.c[name])] for name in place.columns}
    try:
        step.redact(table, place.row_id, left)
    except IntegrityError as error:
        raise UserProblem(
            f"It cannot be taken out of {place.words}: another of that kind has the name that would be left.",
            "Nothing was changed. Give one of the two another name first, then remove the text.",
        ) from error


def _redact_step(step: Step, step_id: int, text: str) -> None:
    steps, changes = table_of(HistoryStep), table_of(HistoryChange)
    label, who = step.connection.execute(select(steps.c.label, steps.c.who).where(steps.c.id == step_id)).one()
    rows = step.connection.execute(
        select(changes.c.id, changes.c.before, changes.c.after).where(changes.c.step_id == step_id)
    ).all()
    wanted = folded(_as_logged(text))
    for row_id, before, after in rows:
        if wanted in folded(f"{before or ''}\n{after or ''}"):
            step.redact(changes, int(row_id), {"before": None, "after": None})
    if step_id in set(_payloads(step.connection, text)):
        step.drop_payload(step_id)
    step.redact(steps, step_id, {"label": without(str(label), text), "who": without(str(who), text)})


def without(held: str, text: str) -> str:
    """A text with every occurrence of another taken out, in small or capital letters, however accents are written."""
    if folded(text) not in folded(held):
        return held
    wanted, whole = (unicodedata.normalize("NFC", one) for one in (text, held))
    return re.sub(re.escape(wanted), REMOVED, whole, flags=re.IGNORECASE)


def _write_anew(store: Store) -> None:
    """Write the file without the bytes of what was removed."""
    try:
        store.compact()
    except UserProblem as problem:
        raise UserProblem(
            f"The text is out of the record, but the file could not be written anew: {problem.message}",
            "Traces may be left in unused bytes. Remove the same text again when nothing else is under way.",
        ) from problem


def files_that_hold(text: str, paths: Iterable[Path]) -> list[Path]:
    """Of some files, backups among them, those that hold a text or cannot be looked into: to be deleted by a person."""
    return [path for path in paths if _may_hold(path, text)]


def _may_hold(path: Path, text: str) -> bool:
    try:
        if identified(path) != SCHEMA_VERSION or sqlite.faults_of(path, quick=True):
            return True
        with closing(Store(path, read_only=True, why_read_only="it is a copy")) as held:
            return not find_text(held, text).is_empty
    except UserProblem:
        return True
