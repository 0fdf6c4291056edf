"""From a batch of typed texts to what the record takes, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.operations.observations import CellKey
from db.tables import ObservationBase
from desktop.grid.state import NOT_COLLECTED
from desktop.pages.data.drafts import Batch, Place
from desktop.pages.data.entry import Typed
from desktop.pages.data.recorded import Recorded
from desktop.pages.data.state import DataState
from desktop.pages.data.usual import Usual
from desktop.pages.data.whose import OWN, Whose


@dataclass(frozen=True)
class Writing:
    """The arguments of `record_observations` for one batch."""

    entries: tuple[ObservationBase, ...]
    cleared: tuple[CellKey, ...]
    label: str


def key_of(role_id: int, place: Place, whose: Whose = OWN) -> CellKey:
    """The key of a cell in the record."""
    return CellKey(role_id, place[1], place[0], whose.arm, whose.group_id)


def label_of(state: DataState, texts: Mapping[Place, str], label: str) -> str:
    """The name of the step that texts make: one value by what was typed where, more by the gesture's own label."""
    (place, text), *more = texts.items()
    if more or text == NOT_COLLECTED:
        return label
    return f"{f'Type {text} for' if text else 'Clear'} {state.name(place)}"


def writing_of(recorded: Recorded, batch: Batch, read: Mapping[Place, Typed]) -> Writing:
    """A readable batch as entries and cleared cells; an unusual value carries its question."""
    series = {column.series.measure.id: column.series for column in recorded.columns}
    usual = {measure_id: Usual(series[measure_id], recorded.timeline) for measure_id in {place[1] for place in read}}
    entries = [
        _entry(recorded, place, batch.texts[place], typed, usual[place[1]])
        for place, typed in read.items()
        if not typed.clears
    ]
    cleared = [key_of(recorded.role_id, place, recorded.whose) for place, typed in read.items() if typed.clears]
    return Writing(tuple(entries), tuple(cleared), batch.label)


def _entry(recorded: Recorded, place: Place, text: str, typed: Typed, usual: Usual) -> ObservationBase:
    period, measure_id = place
    doubt = usual.words(period, typed.value) if typed.value is not None else ""
    facts = {
        "implementation_id": recorded.role_id,
        "measure_id": measure_id,
        "arm": recorded.whose.arm,
        "group_id": recorded.whose.group_id,
        "period_start": period.start,
        "period_end": period.end,
        "definition_version": usual.measure.definition_version,
        "raw_text": text,
        "doubt": doubt or None,
    }
    return ObservationBase.model_validate({**facts, **typed.facts})
