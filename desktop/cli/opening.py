"""Opening evaluation files for a command, and the day its findings are made on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.problems import UserProblem
from db.answers import FileAnswer, answer_file
from db.operations.exports import record_export
from db.queries.roles import find_role
from db.store import Store, open_store
from exporters.placing import ENDING
from exporters.register import ExportFacts
from resources import deflator


@contextmanager
def opened(path: Path, *, read_only: bool = True) -> Iterator[Store]:
    """An evaluation file, closed again at the end."""
    store = open_store(path, read_only=read_only)
    try:
        yield store
    finally:
        store.close()


def day_of(store: Store) -> date:
    """Today, or the day a sample was written for."""
    held = store.setting("as_of")
    return date.fromisoformat(held) if held else datetime.now(UTC).astimezone().date()


def answers_of(store: Store, names: Sequence[str] = ()) -> FileAnswer:
    """Everything said of the roles of a file, or of the named ones."""
    only = tuple(find_role(store, name) for name in names) or None
    return answer_file(store, today=day_of(store), deflator=deflator(), only=only)


def workbook_at(path: Path) -> Path:
    """Where a workbook goes. Raises UserProblem for the ending of another kind of file; `Elm 2.1` has none."""
    if path.suffix[1:].isalpha() and path.suffix.lower() != ENDING:
        raise UserProblem(
            f"{path.name} ends like another kind of file than a workbook.", "Nothing was written. Let it end in .xlsx."
        )
    return path


def keep_export(store: Store, facts: ExportFacts) -> None:
    """Put an export into the register; where the file cannot be written, say so and what follows from it."""
    try:
        record_export(store, **facts)
    except UserProblem as problem:
        print(f"It is not in the list of exports: {problem.message} A later export cannot be checked against it.")


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
