"""What an export draws on beside the answers: ratings, notes on cells, saved appraisals, and what has left before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.queries.appraisals import Saved, saved_appraisals
from db.queries.cell_notes import HeldNote, cell_notes
from db.queries.exports import PastExport, past_exports, told_before
from db.queries.roles import factor_ratings
from db.store import Store
from exporters.register import Earlier, earlier_of

Ratings = Mapping[int, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Kept:
    """By id of role: factor ratings, notes on cells, saved appraisals.

    `exports` is the register, newest first; `earlier` what all of them told of people.
    """

    ratings: Ratings = field(default_factory=dict)
    notes: Mapping[int, Sequence[HeldNote]] = field(default_factory=dict)
    saved: Mapping[int, Sequence[Saved]] = field(default_factory=dict)
    exports: Sequence[PastExport] = ()
    earlier: Earlier = field(default_factory=dict)


NOTHING_KEPT = Kept()


def kept_of(store: Store, role_ids: Iterable[int]) -> Kept:
    """All of it, as the file holds it now."""
    wanted = tuple(role_ids)
    return Kept(
        ratings={role_id: factor_ratings(store, role_id) for role_id in wanted},
        notes={role_id: cell_notes(store, role_id) for role_id in wanted},
        saved={role_id: saved_appraisals(store, role_id) for role_id in wanted},
        exports=past_exports(store),
        earlier=earlier_of(told_before(store)),
    )
