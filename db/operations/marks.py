"""Named marks in the history."""

from __future__ import annotations

from db.history import checkpoint
from db.operations.changed import Changed
from db.store import Store


def mark(store: Store, *, name: str) -> Changed:
    """Put a named checkpoint into the history; nothing of the record changes."""
    checkpoint(store, name)
    return Changed(name, frozenset())
