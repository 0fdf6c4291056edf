"""What the Data tab reads beside the figures, and a batch on its way into the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from analysis.problems import UserProblem
from db.operations.changed import Changed
from db.queries.cell_notes import cell_notes
from db.queries.series import doubts, value_history
from db.store import Store
from desktop.jobs import Progress
from desktop.pages.data.drafts import Batch, Place
from desktop.pages.data.whose import OWN, Whose

Doubts = dict[Place, str]
Notes = dict[Place, str]


@dataclass(frozen=True)
class Said:
    """What has been said of cells of one arm or group besides their values: open questions, and notes."""

    role_id: int
    whose: Whose
    doubts: Doubts = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)


NOTHING_SAID = Said(0, OWN)


def read_said(store: Store, role_id: int, whose: Whose, _progress: Progress) -> Said:
    """The open questions and the notes of one arm or group of a role by cell."""
    held = doubts(store, role_id, arm=whose.arm, group_id=whose.group_id)
    notes = [note for note in cell_notes(store, role_id) if (note.arm, note.group_id) == (whose.arm, whose.group_id)]
    return Said(
        role_id,
        whose,
        {(period, measure_id): text for (measure_id, period), text in held.items()},
        {(note.period, note.measure_id): note.text for note in notes},
    )


def read_history(
    store: Store, role_id: int, whose: Whose, place: Place, _progress: Progress
) -> tuple[Place, tuple[str, ...]]:
    """What happened to one value."""
    return place, value_history(store, role_id, place[1], place[0], arm=whose.arm, group_id=whose.group_id)


class Settles(Protocol):
    """Whoever wants to know what became of a batch."""

    def settled(self, batch: Batch, problem: UserProblem | None) -> None:
        """A batch has been written, or could not be."""


class Sent:
    """A batch on its way: hands what became of it to the tab, once."""

    def __init__(self, tab: Settles, batch: Batch) -> None:
        self.on_behalf_of = tab
        self._tab, self._batch = tab, batch

    def done(self, _changed: Changed) -> None:
        """It has been written."""
        self._tab.settled(self._batch, None)

    def failed(self, problem: UserProblem) -> None:
        """It could not be written."""
        self._tab.settled(self._batch, problem)
