"""Notes on cells as they may leave: what is said of a value that is hidden is hidden with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.vocabulary import Arm
from db.queries.cell_notes import HeldNote
from db.queries.series import EVERYONE
from exporters.protection import ProtectedSeries

HIDDEN = "[c]"
_WHOSE = {Arm.ROLE: "the role", Arm.COMPARATOR: "a comparator", Arm.BENCHMARK: "a benchmark"}


@dataclass(frozen=True)
class NoteShown:
    """One note: on which measure and period, whose value it is, its text or the mark that it is hidden, and when."""

    measure: str
    period: str
    whose: str
    text: str
    written_on: date | None


def notes_shown(held: Iterable[HeldNote], shown: Sequence[ProtectedSeries]) -> tuple[NoteShown, ...]:
    """The notes on the measures that are shown. A protected measure keeps those on values that are seen as they stand:
    none on a hidden value, on a month shown only in its quarter, on a group of people or a comparator."""
    by_id = {one.measure.id: one for one in shown}
    return tuple(_shown(note, by_id[note.measure_id]) for note in held if note.measure_id in by_id)


def _shown(note: HeldNote, series: ProtectedSeries) -> NoteShown:
    whose = "a group of people" if note.group_id != EVERYONE else _WHOSE[note.arm]
    text = note.text if not series.applies or _is_seen(note, series) else HIDDEN
    return NoteShown(series.measure.label, note.period.long_label, whose, text, note.written_on)


def _is_seen(note: HeldNote, series: ProtectedSeries) -> bool:
    if note.arm is not Arm.ROLE or note.group_id != EVERYONE:
        return False
    return any(
        not hidden
        for period, hidden in zip(series.shown.periods, series.hidden, strict=True)
        if (period.start, period.end) == (note.period.start, note.period.end)
    )
