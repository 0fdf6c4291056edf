"""What a recorded value looks like in the entry grid, and as it is edited. Without Qt."""

from __future__ import annotations

import numpy as np

from analysis.maturity import maturities_of
from analysis.measure_words import is_share, period_name
from analysis.periods import Period
from analysis.phases import phase_of
from analysis.vocabulary import Maturity, MeasureFacts, MeasureKind, Phase, Purpose, Series, State, Timeline
from analysis.wording import number
from desktop.grid.state import Cell, CellMark
from desktop.pages.data.entry import edited_text, entry_scale

NO_MARKS = frozenset[CellMark]()
EMPTY, NOT_EXPECTED = Cell(), Cell(marks=frozenset({CellMark.NOT_EXPECTED}))
"""One for all: of 24,000 cells most are alike."""
PARTS = {
    "value": "values",
    "numerator": "numerators",
    "denominator": "denominators",
    "sd": "sds",
    "contributors": "counts",
    "change_mean": "change_means",
    "change_sd": "change_sds",
    "pairs": "pairs",
}


def unit_line(measure: MeasureFacts) -> str:
    """What stands under a column's name: `75+, count`, `£ a month`."""
    a_period = f" a {period_name(measure.frequency)}" if measure.kind is MeasureKind.MONEY else ""
    counted = measure.kind is MeasureKind.COUNT or not measure.unit
    unit = "%" if is_share(measure) else f"{measure.kind.value if counted else measure.unit}{a_period}"
    return f"{measure.population}, {unit}" if measure.population else unit


def recorded_cells(series: Series, periods: tuple[Period, ...], timeline: Timeline) -> tuple[Cell, ...]:
    """What is recorded of a measure, period by period."""
    at = {period: position for position, period in enumerate(series.periods)}
    maturities = maturities_of(series)
    places = ((period, at.get(period)) for period in periods)
    return tuple(
        _blank(series, period, timeline) if position is None else value_cell(series, position, maturities[position])
        for period, position in places
    )


def _blank(series: Series, period: Period, timeline: Timeline) -> Cell:
    other = period.frequency is not series.measure.frequency
    not_yet = series.measure.purpose is Purpose.PROCESS and phase_of(period, timeline) is Phase.BEFORE
    return NOT_EXPECTED if other or (not_yet and timeline.launch) else EMPTY


_STATE_TEXTS = {
    State.NOT_COLLECTED: "not collected",
    State.NOT_APPLICABLE: "not applicable",
    State.MISSING_AT_SOURCE: "–",
}
_STATE_EDITS = {State.MISSING_AT_SOURCE: "-"}
_STATE_MARKS = {State.SUPPRESSED: CellMark.SUPPRESSED, State.NOT_COLLECTED: CellMark.NOT_COLLECTED}


def value_cell(series: Series, position: int, maturity: Maturity) -> Cell:
    """One recorded value as the grid shows it."""
    state = series.states[position]
    marks = {_STATE_MARKS[state]} if state in _STATE_MARKS else set()
    if series.set_aside[position] is not None:
        marks.add(CellMark.SET_ASIDE)
    if maturity is Maturity.PROVISIONAL:
        marks.add(CellMark.PROVISIONAL)
    text, edited = _texts(series, position)
    return Cell(text, edited, frozenset(marks) if marks else NO_MARKS, series.sources[position])


def _texts(series: Series, position: int) -> tuple[str, str]:
    measure, state = series.measure, series.states[position]
    if state in _STATE_TEXTS:
        return _STATE_TEXTS[state], _STATE_EDITS.get(state, _STATE_TEXTS[state])
    if state in (State.SUPPRESSED, State.CENSORED):
        text = bounded_text(series, position)
        return text, text or "*"
    held = held_parts(series, position)
    value = held["value"] if held["value"] is not None else held["change_mean"]
    shown = "" if value is None else number(value * entry_scale(measure), measure.decimals)
    return shown, edited_text(measure, held)


def held_parts(series: Series, position: int) -> dict[str, float | None]:
    """The columns of one value, None where there is none."""
    found = {name: float(getattr(series, array)[position]) for name, array in PARTS.items()}
    return {name: None if np.isnan(value) else value for name, value in found.items()}


def bounded_text(series: Series, position: int) -> str:
    """`<5` for a suppressed value of at most 4, `52+` for one past the scale; empty where no bound is known."""
    scale, share = entry_scale(series.measure), is_share(series.measure)
    low, high = float(series.low[position]) * scale, float(series.high[position]) * scale
    if series.states[position] is State.CENSORED:
        return "" if np.isnan(low) else f"{low:.10g}+"
    if np.isnan(high):
        return ""
    return f"<{high:.10g}%" if share else f"<{high + 1:.10g}" if high.is_integer() else f"<{high:.10g}"
