"""Notes on cells of the entry grid. A note is beside a value, never part of it: it changes no figure."""

from __future__ import annotations

from sqlalchemy import select

from db.operations.changed import Changed, Thing
from db.operations.observations import CellKey
from db.operations.roles import held_row
from db.recorder import now_text, table_of
from db.store import Store
from db.tables import CellNote, CellNoteBase, Measure

CELL_NOTES = frozenset({Thing.CELL_NOTES})


def write_cell_note(store: Store, *, key: CellKey, text: str) -> Changed:
    """Write a note on a cell, in place of the one it has; an empty text removes it.

    The cell need not hold a value. Whoever calls it has looked the text over for identifiers of people.
    """
    held, words = table_of(CellNote), text.strip()
    columns = key.columns()
    with store.step("Note") as step:
        name = held_row(step.connection, Measure, key.measure_id)["name"]
        step.label = f"{'Note on' if words else 'Remove the note on'} {name}, {key.period.label}"
        row_id = step.connection.execute(
            select(held.c.id).where(*(held.c[name] == value for name, value in columns.items()))
        ).scalar()
        if row_id is None and words:
            step.insert(CellNote, CellNoteBase.model_validate({**columns, "text": words, "written_at": now_text()}))
        elif row_id is not None and not words:
            step.delete(CellNote, int(row_id))
        elif row_id is not None and step.update(CellNote, int(row_id), {"text": words}):
            step.update(CellNote, int(row_id), {"written_at": now_text()})
        return Changed(step.label, CELL_NOTES)
