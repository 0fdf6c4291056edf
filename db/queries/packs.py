"""The evidence packs of other teams that are kept in a file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.recorder import table_of
from db.store import Store
from db.tables import EvidencePack


@dataclass(frozen=True)
class HeldPack:
    """A pack as it is kept; `content` is its JSON as it came."""

    id: int
    file_name: str
    imported_at: str
    sha256: str
    content: str


def packs(store: Store) -> tuple[HeldPack, ...]:
    """Every pack, in the order they came."""
    table = table_of(EvidencePack)
    with store.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
    return tuple(HeldPack(r["id"], r["file_name"], r["imported_at"], r["sha256"], r["content"]) for r in rows)
