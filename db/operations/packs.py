"""Keeping and removing evidence packs of other teams: one step each, so that one undo takes it back."""

from __future__ import annotations

from sqlalchemy import select

from analysis.problems import UserProblem
from db.operations.changed import Changed, Thing
from db.operations.roles import held_row
from db.operations.validation import checked
from db.recorder import now_text, table_of
from db.store import Store
from db.tables import EvidencePack, EvidencePackBase

PACKS = frozenset({Thing.PACKS})


def keep_pack(store: Store, *, file_name: str, sha256: str, pack_version: int, content: str) -> Changed:
    """Keep a checked pack as it came. Raises UserProblem when the very same pack is kept already."""
    facts = {"file_name": file_name, "sha256": sha256, "pack_version": pack_version, "content": content}
    record = checked(EvidencePackBase, {**facts, "imported_at": now_text()})
    held = table_of(EvidencePack)
    label = f"Bring in evidence pack {file_name}"
    with store.step(label) as step:
        same = step.connection.execute(select(held.c.file_name).where(held.c.sha256 == sha256)).scalar()
        if same is not None:
            raise UserProblem(f"This pack is here already, as {same}.", "Nothing was changed.")
        return Changed(label, PACKS, step.insert(EvidencePack, record))


def remove_pack(store: Store, *, pack_id: int) -> Changed:
    """Remove a pack; its results leave every pool."""
    with store.step("Remove evidence pack") as step:
        step.label = f"Remove evidence pack {held_row(step.connection, EvidencePack, pack_id)['file_name']}"
        step.delete(EvidencePack, pack_id)
        return Changed(step.label, PACKS)
