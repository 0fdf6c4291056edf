"""What the Data tab reads of the file: the record as a grid with what has been said of it, and one value's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.answers import RoleAnswer
from db.queries.cell_notes import cell_notes
from db.queries.series import doubts, value_history
from db.store import Store
from desktop.jobs import Progress
from desktop.pages.data.drafts import Place
from desktop.pages.data.recorded import Recorded, recorded
from desktop.pages.data.whose import Whose, as_whose


@dataclass(frozen=True)
class Wanted:
    """What to read: an answer as one arm's or group's. `as_of` counts the writes it holds, `before` is shown now."""

    answer: RoleAnswer
    whose: Whose
    today: date
    as_of: int
    earlier_months: int
    before: Recorded | None


def read_record(store: Store, wanted: Wanted, _progress: Progress) -> tuple[Wanted, Recorded]:
    """The grid of what is recorded, with open questions and notes."""
    role_id, whose = wanted.answer.role.id, wanted.whose
    held = doubts(store, role_id, arm=whose.arm, group_id=whose.group_id)
    notes = [note for note in cell_notes(store, role_id) if (note.arm, note.group_id) == (whose.arm, whose.group_id)]
    return wanted, recorded(
        as_whose(wanted.answer, whose),
        wanted.today,
        whose,
        doubts={(period, measure_id): text for (measure_id, period), text in held.items()},
        notes={(note.period, note.measure_id): note.text for note in notes},
        earlier_months=wanted.earlier_months,
        before=wanted.before,
    )


def read_history(
    store: Store, role_id: int, whose: Whose, place: Place, _progress: Progress
) -> tuple[Place, tuple[str, ...]]:
    """What happened to one value."""
    return place, value_history(store, role_id, place[1], place[0], arm=whose.arm, group_id=whose.group_id)
