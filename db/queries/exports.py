"""What has left a file: the register of its exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.recorder import table_of
from db.store import Store
from db.tables import ExportRecord


@dataclass(frozen=True)
class PastExport:
    """One export as the list of exports shows it."""

    id: int
    made_at: str
    kind: str
    audience: str
    edition: str
    grain: str
    policy: str
    policy_reason: str
    period_start: date | None
    period_end: date | None
    roles: str
    file_name: str
    file_sha256: str
    data_hash: str


_NAMES = tuple(PastExport.__dataclass_fields__)


def past_exports(store: Store) -> tuple[PastExport, ...]:
    """Every export of the file, newest first."""
    held = table_of(ExportRecord)
    with store.read() as connection:
        rows = connection.execute(select(held).order_by(held.c.id.desc())).mappings().all()
    return tuple(PastExport(**{name: row[name] for name in _NAMES}) for row in rows)


def told_before(store: Store) -> tuple[str, ...]:
    """What each export told, as its text was kept, oldest first; exports alike in all they told are one."""
    held = table_of(ExportRecord)
    with store.read() as connection:
        rows = connection.execute(select(held.c.shown).where(held.c.shown != "").order_by(held.c.id)).scalars().all()
    return tuple(dict.fromkeys(rows))
