"""From a batch of typed texts to what the record takes, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.vocabulary import Series, Timeline
from db.operations.observations import CellKey
from db.tables import ObservationBase
from desktop.grid.state import NOT_COLLECTED
from desktop.pages.data.beside import unusual_words
from desktop.pages.data.drafts import Batch, Place
from desktop.pages.data.entry import Typed
from desktop.pages.data.state import DataState
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


def writing_of(
    owner: tuple[int, Whose],
    batch: Batch,
    read: Mapping[Place, Typed],
    series: Mapping[int, Series],
    timeline: Timeline,
) -> Writing:
    """A readable batch of a role's arm or group as entries and cleared cells; an unusual value carries its question."""
    role_id, whose = owner
    entries = [
        _entry(owner, place, batch.texts[place], typed, series[place[1]], timeline)
        for place, typed in read.items()
        if not typed.clears
    ]
    cleared = [key_of(role_id, place, whose) for place, typed in read.items() if typed.clears]
    return Writing(tuple(entries), tuple(cleared), batch.label)


def _entry(
    owner: tuple[int, Whose], place: Place, text: str, typed: Typed, series: Series, timeline: Timeline
) -> ObservationBase:
    period, measure_id = place
    doubt = unusual_words(series, place, typed.value, timeline) if typed.value is not None else ""
    facts = {
        "implementation_id": owner[0],
        "measure_id": measure_id,
        "arm": owner[1].arm,
        "group_id": owner[1].group_id,
        "period_start": period.start,
        "period_end": period.end,
        "definition_version": series.measure.definition_version,
        "raw_text": text,
        "doubt": doubt or None,
    }
    return ObservationBase.model_validate({**facts, **typed.facts})
