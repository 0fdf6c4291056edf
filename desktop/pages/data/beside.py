"""What stands beside the grid for the cell the cursor is in, without Qt: its name, its neighbours, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.entry_rules import LEAST_HISTORY, likely_slip, missing_part
from analysis.measure_words import value_text
from analysis.vocabulary import Direction, MeasureFacts, Series, Timeline
from analysis.wording import interval
from desktop.grid.state import Cell
from desktop.pages.data.drafts import Drafts, Place
from desktop.pages.data.entry import edited_text
from desktop.pages.data.state import DataState
from desktop.pages.data.usual import Usual
from desktop.states import SparkState
from desktop.theme.marks import Kind

LAST = 12
CHANGE, KEEP, LATER, DROP = "Change to ", "Keep, say why", "Follow up later", "Leave as it was"
_DIRECTIONS = {
    Direction.INCREASE: "Higher is better",
    Direction.DECREASE: "Lower is better",
    Direction.NEUTRAL: "Neither",
}


@dataclass(frozen=True)
class Asking:
    """A question about a cell: what is odd, what is safe, and the answers."""

    kind: Kind
    question: str
    safe: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class BesideState:
    """The value line and the panel for one cell. `facts` are pairs of caption and words."""

    title: str
    edited: str
    source: str
    spark: SparkState
    ends: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    asking: Asking | None
    note: str = ""


def beside_state(
    state: DataState,
    series: Series,
    place: Place,
    cell: Cell,
    timeline: Timeline,
    doubts: Mapping[Place, str],
    drafts: Drafts,
) -> BesideState:
    """What to say of one cell."""
    recent = _recent(series, place)
    return BesideState(
        title=f"{series.measure.name} · {place[0].label}",
        edited=cell.raw,
        source=_source(series, place, cell),
        spark=_spark(series, recent),
        ends=(series.periods[recent[0]].label, series.periods[recent[-1]].label) if recent else ("", ""),
        facts=_usual(series, place, timeline),
        about=(*_behind(series, place), *_about(series.measure)),
        note=cell.note,
        asking=_refusal(state, place, drafts) or doubt_asked(series, place, timeline, doubts),
    )


def _source(series: Series, place: Place, cell: Cell) -> str:
    if not cell.source:
        return ""
    words = [f"Source: {cell.source}"]
    if place[0] in series.periods and (reason := series.set_aside[series.periods.index(place[0])]):
        words.append(f"set aside: {reason}")
    return ", ".join(words)


def _recent(series: Series, place: Place) -> list[int]:
    return [at for at, period in enumerate(series.periods) if period <= place[0]][-LAST:]


def _spark(series: Series, recent: list[int]) -> SparkState:
    held = [float(series.values[at]) for at in recent]
    values = tuple(None if np.isnan(value) else value for value in held)
    said = ", ".join("missing" if v is None else value_text(series.measure, v) for v in values)
    return SparkState(values, words=f"Last {len(values)} values: {said}" if values else "No values yet")


def _usual(series: Series, place: Place, timeline: Timeline) -> tuple[tuple[str, str], ...]:
    where, others = Usual(series, timeline).others(place[0])
    if len(others) < LEAST_HISTORY:
        return (("Usual range", f"needs {LEAST_HISTORY} values"),)
    low, high = np.quantile(others, (0.1, 0.9))
    median, measure = float(np.median(others)), series.measure
    return (
        (f"Usual range{where}", interval(value_text(measure, float(low)), value_text(measure, float(high)))),
        ("Median", value_text(measure, median, 0 if median == int(median) else 1)),
    )


def _behind(series: Series, place: Place) -> tuple[tuple[str, str], ...]:
    if place[0] not in series.periods:
        return ()
    at = series.periods.index(place[0])
    if np.isnan(series.values[at]):
        return ()
    held = [None if np.isnan(one[at]) else float(one[at]) for one in (series.denominators, series.counts, series.pairs)]
    missing = missing_part(series.measure.kind, denominator=held[0], contributors=held[1] or held[2])
    return (("Not given", f"{missing}: the value is drawn, but no interval can be worked out"),) if missing else ()


def _about(measure: MeasureFacts) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Kind", f"{measure.purpose.value.capitalize()}, {measure.kind.value}"),
        ("Direction", _DIRECTIONS[measure.direction]),
    ]
    return (*facts, ("Definition", measure.definition)) if measure.definition else tuple(facts)


def _slip(series: Series, place: Place, timeline: Timeline) -> str:
    """The text with one digit fewer that would be usual, empty when there is none."""
    if place[0] not in series.periods:
        return ""
    value = float(series.values[series.periods.index(place[0])])
    found = None if np.isnan(value) else likely_slip(value, Usual(series, timeline).others(place[0])[1].tolist())
    return "" if found is None else edited_text(series.measure, {"value": found})


def doubt_asked(series: Series, place: Place, timeline: Timeline, doubts: Mapping[Place, str]) -> Asking | None:
    """The question that is open about a value, None where there is none."""
    if place not in doubts:
        return None
    slip = _slip(series, place, timeline)
    asked = f"{doubts[place]} Did you mean {slip}?" if slip else doubts[place]
    answers = (KEEP, LATER) if not slip else (f"{CHANGE}{slip}", KEEP, LATER)
    return Asking(Kind.CHECK, asked, "The value is kept. Nothing else changes until you choose.", answers)


def _refusal(state: DataState, place: Place, drafts: Drafts) -> Asking | None:
    held = drafts.refused_at(place)
    if held is None:
        return None
    listed = [f"{state.name(at)}: {held.batch.texts[at]} ({held.read[at].fault})" for at in held.faulty]
    more = f" and {len(listed) - 5} more" if len(listed) > 5 else ""
    proposal = held.read[place].proposal if place in held.read else ""
    answers = (f"{CHANGE}{proposal}", DROP) if proposal else (DROP,)
    safe = "Type over a marked cell to put it right. What was recorded before is unchanged."
    return Asking(Kind.FIX, f"{held.words} {'; '.join(listed[:5])}{more}.", safe, answers)
