"""Saved answers of imports."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.recorder import table_of
from db.store import Store
from db.tables import Recipe


@dataclass(frozen=True)
class SavedRecipe:
    """A recipe as an import takes it up again; `answers` is JSON the importer understands."""

    id: int
    name: str
    fingerprint: str
    implementation_id: int | None
    answers: str
    saved_at: str


def recipes(store: Store) -> tuple[SavedRecipe, ...]:
    """Every recipe, newest first."""
    held = table_of(Recipe)
    columns = (held.c.id, held.c.name, held.c.fingerprint, held.c.implementation_id, held.c.answers, held.c.saved_at)
    with store.read() as connection:
        rows = connection.execute(select(*columns).order_by(held.c.saved_at.desc(), held.c.id.desc())).all()
    return tuple(SavedRecipe(*row) for row in rows)
