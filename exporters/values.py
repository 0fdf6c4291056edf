"""A protected value as a cell: a number, or the mark that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import isfinite

import numpy as np

from analysis.finding_change import series_values
from analysis.finding_shapes import LeftOut, MeasureFinding
from analysis.measure_words import is_share, shown_scale
from analysis.vocabulary import MeasureFacts, MeasureKind, Phase, State
from exporters.declared import Cell, Column, Kind
from exporters.policy import Policy
from exporters.protection import ProtectedSeries

NOT_AVAILABLE, NOT_APPLICABLE, CONFIDENTIAL, AT_SOURCE = "[x]", "[z]", "[c]", "[s]"
_BY_STATE = {State.SUPPRESSED: AT_SOURCE, State.CENSORED: AT_SOURCE, State.NOT_APPLICABLE: NOT_APPLICABLE}
_MARKS = {LeftOut.PROVISIONAL: "[p]", LeftOut.SET_ASIDE: "[u]"}


def value_cells(series: ProtectedSeries) -> list[Cell]:
    """The value of each period in shown units, or its mark."""
    scale, states = cell_scale(series.measure), series.shown.states
    values = series_values(series.shown).tolist()
    return [
        CONFIDENTIAL if hidden else value * scale if isfinite(value) else _BY_STATE.get(states[place], NOT_AVAILABLE)
        for place, (hidden, value) in enumerate(zip(series.hidden, values, strict=True))
    ]


def cell_scale(measure: MeasureFacts) -> float:
    """What a held value is multiplied by in a cell: a share stays a share, its format makes it %."""
    return 1.0 if is_share(measure) else shown_scale(measure)


def value_column(measure: MeasureFacts, key: str, title: str, policy: Policy, applies: bool) -> Column:
    """A column of one measure's values, with its unit."""
    if is_share(measure):
        decimals = 0 if policy.rounds and applies else measure.decimals
        return Column(key, title, Kind.SHARE, decimals, "%")
    if measure.kind is MeasureKind.MONEY:
        return Column(key, title, Kind.PENCE if measure.decimals else Kind.POUNDS, unit="£")
    return Column(key, title, Kind.NUMBER, measure.decimals, unit_of(measure))


def unit_of(measure: MeasureFacts) -> str:
    """The unit of a measure for a heading; a rate says what it is per."""
    if is_share(measure):
        return "%"
    if measure.kind is MeasureKind.RATE and measure.multiplier != 1:
        per = f"per {measure.multiplier:,.0f}"
        return measure.unit if per in measure.unit else f"{measure.unit} {per}".strip()
    return measure.unit or "number"


def mark_of(finding: MeasureFinding, place: int) -> str:
    """`[p]` or `[u]` for a value that is shown and left out, else ""."""
    left_out = finding.points[place].left_out
    return _MARKS.get(left_out, "") if left_out else ""


def used_places(finding: MeasureFinding, phase: Phase) -> list[int]:
    """Positions of the values that count in one phase."""
    return [point.position for point in finding.points if point.left_out is None and point.phase is phase]


def stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of positions that follow each other, first and last of each."""
    runs = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    held = [[place for _, place in run] for _, run in runs]
    return [(run[0], run[-1]) for run in held]


def cell_number(value: float | None, scale: float = 1.0) -> Cell:
    """A number, or [x] where there is none."""
    return NOT_AVAILABLE if value is None or not np.isfinite(value) else float(value) * scale
