"""Keeping an appraisal as it is: a name, its inputs, the editions it rests on, and every answer."""

from __future__ import annotations

import json

from sqlalchemy import select

from analysis.economics.saved import Snapshot
from analysis.problems import UserProblem
from db.operations.changed import Changed, Thing
from db.operations.roles import held_row
from db.operations.validation import checked
from db.recorder import now_text, table_of
from db.store import Store
from db.tables import SavedAppraisal, SavedAppraisalBase

APPRAISALS = frozenset({Thing.APPRAISALS})


def save_appraisal(store: Store, *, role_id: int, name: str, held: Snapshot) -> Changed:
    """Keep an appraisal under a name. Raises UserProblem without a name, or where the role has one of that name."""
    told = name.strip()
    if not told:
        raise UserProblem("The appraisal has no name yet.", "Give it one, such as Board paper, May.")
    facts = {
        "implementation_id": role_id,
        "name": told,
        "saved_at": now_text(),
        "engine": held.engine,
        "input_hash": held.input_hash,
        **{part: json.dumps(getattr(held, part), ensure_ascii=False) for part in ("vintages", "inputs", "outputs")},
    }
    rows = table_of(SavedAppraisal)
    label = f"Save appraisal {told}"
    with store.step(label) as step:
        names = step.connection.execute(select(rows.c.name).where(rows.c.implementation_id == role_id)).scalars()
        if any(one.lower() == told.lower() for one in names):
            raise UserProblem(f"This role has a saved appraisal called {told} already.", "Give this one another name.")
        return Changed(label, APPRAISALS, step.insert(SavedAppraisal, checked(SavedAppraisalBase, facts)))


def remove_appraisal(store: Store, *, saved_id: int) -> Changed:
    """Remove a saved appraisal."""
    with store.step("Remove appraisal") as step:
        step.label = f"Remove appraisal {held_row(step.connection, SavedAppraisal, saved_id)['name']}"
        step.delete(SavedAppraisal, saved_id)
        return Changed(step.label, APPRAISALS)
