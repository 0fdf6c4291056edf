"""What the Data tab shows, without Qt: the grid of a role, made from its answer and from what has been typed since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

import numpy as np

from analysis.maturity import maturities_of
from analysis.measure_words import is_share, period_name
from analysis.periods import Frequency, Period, add_months, date_label, month_of, months_between, week_starting
from analysis.phases import containing, phase_of
from analysis.vocabulary import Maturity, MeasureFacts, MeasureKind, Phase, Purpose, Series, State, Timeline
from analysis.wording import number
from db.answers import RoleAnswer
from desktop.grid.state import Cell, CellMark, GridColumn, GridRow, GridState
from desktop.pages.data.drafts import Draft, Place
from desktop.pages.data.entry import edited_text, entry_scale
from desktop.pages.data.kept import KeptColumns
from desktop.states import KeyItem
from desktop.theme.marks import Shape

BEFORE_MONTHS = 12
NO_NOTES: Mapping[Place, str] = MappingProxyType({})
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


@dataclass(frozen=True)
class DataState:
    """The grid with what it stands for: periods down and measures across, or flipped the other way round."""

    periods: tuple[Period, ...]
    measures: tuple[MeasureFacts, ...]
    grid: GridState
    key: tuple[KeyItem, ...]
    flipped: bool = False

    def nearest(self, period: object, measure_id: object, here: Place | None) -> tuple[int, int]:
        """Row and column of a period and a measure; of the one that is not shown, those of the place `here`."""
        ids = [measure.id for measure in self.measures]
        periods = [wanted for wanted in (period, here and here[0]) if wanted in self.periods]
        measures = [wanted for wanted in (measure_id, here and here[1]) if wanted in ids]
        down = self.periods.index(periods[0]) if periods else 0
        across = ids.index(measures[0]) if measures else 0
        return (across, down) if self.flipped else (down, across)

    def place(self, row: int, column: int) -> Place | None:
        """What a cell stands for, None outside the grid."""
        if self.flipped:
            row, column = column, row
        if 0 <= row < len(self.periods) and 0 <= column < len(self.measures):
            return self.periods[row], self.measures[column].id
        return None

    def measure(self, measure_id: int) -> MeasureFacts | None:
        """A measure by its id."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)

    def name(self, place: Place) -> str:
        """`A&E attendances, Apr 24`."""
        measure = self.measure(place[1])
        return f"{measure.name if measure else 'a value'}, {place[0].label}"


def data_state(
    answer: RoleAnswer,
    today: date,
    doubts: Mapping[Place, str],
    drafts: Mapping[Place, Draft],
    *,
    notes: Mapping[Place, str] = NO_NOTES,
    earlier_months: int = 0,
    flipped: bool = False,
    kept: KeptColumns | None = None,
) -> DataState:
    """The grid of a role: its own periods and one past the last, with drafts laid over what is recorded.

    `kept` spares making columns anew in which nothing recorded has changed.
    """
    timeline = answer.role.timeline
    held = KeptColumns() if kept is None else kept
    periods = held.known(rows_of(answer.series, timeline, today, drafts, earlier_months=earlier_months))
    columns = [list(held.cells(series, periods, timeline, recorded_cells)) for series in answer.series]
    _lay_over(columns, answer.series, periods, doubts, drafts, notes)
    grid = GridState(
        rows=tuple(GridRow(p.label, phase_of(p, timeline) if timeline.launch else None) for p in periods),
        columns=tuple(GridColumn(s.measure.name, unit_line(s.measure)) for s in answer.series),
        cells=tuple(tuple(column[at] for column in columns) for at in range(len(periods))),
    )
    key = key_of(grid, periods, timeline)
    return DataState(
        periods, tuple(s.measure for s in answer.series), grid.turned() if flipped else grid, key, flipped=flipped
    )


def _lay_over(
    columns: Sequence[list[Cell]],
    all_series: Sequence[Series],
    periods: tuple[Period, ...],
    doubts: Collection[Place],
    drafts: Mapping[Place, Draft],
    notes: Mapping[Place, str],
) -> None:
    """Mark what is in doubt, lay drafts over the record, and put notes on their cells."""
    if not (doubts or drafts or notes):
        return
    rows = {period: at for at, period in enumerate(periods)}
    across = {series.measure.id: at for at, series in enumerate(all_series)}

    def change(place: Place, new: Callable[[Cell], Cell]) -> None:
        row, column = rows.get(place[0]), across.get(place[1])
        if row is not None and column is not None:
            columns[column][row] = new(columns[column][row])

    for place in doubts:
        if place[1] in across and place[0] in all_series[across[place[1]]].periods:
            change(place, lambda cell: replace(cell, marks=cell.marks | {CellMark.CHECK}))
    for place, draft in drafts.items():
        change(place, partial(_drafted, draft))
    for place, note in notes.items():
        change(place, partial(replace, note=note))


def unit_line(measure: MeasureFacts) -> str:
    """What stands under a column's name: `75+, count`, `£ a month`."""
    a_period = f" a {period_name(measure.frequency)}" if measure.kind is MeasureKind.MONEY else ""
    counted = measure.kind is MeasureKind.COUNT or not measure.unit
    unit = "%" if is_share(measure) else f"{measure.kind.value if counted else measure.unit}{a_period}"
    return f"{measure.population}, {unit}" if measure.population else unit


def rows_of(
    all_series: Iterable[Series],
    timeline: Timeline,
    today: date,
    drafts: Iterable[Place] = (),
    *,
    earlier_months: int = 0,
) -> tuple[Period, ...]:
    """Every period to show: each measure's own kind of period without gaps, and whatever else is held."""
    held = tuple(all_series)
    first = add_months(min(timeline.launch or today, today), -BEFORE_MONTHS - earlier_months)
    found = {period for periods in _unlike(held) for period in periods} | {period for period, _ in drafts}
    frequencies = {series.measure.frequency for series in held} or {Frequency.MONTH}
    for frequency in frequencies:
        same = sorted(period for period in found if period.frequency is frequency)
        found.update(_run(frequency, same, first, today))
    return tuple(sorted(found))


def _unlike(all_series: Iterable[Series]) -> list[tuple[Period, ...]]:
    """The runs of periods that differ: most measures are held for the same, and comparing is quicker than hashing."""
    found: list[tuple[Period, ...]] = []
    for series in all_series:
        if not found or series.periods != found[-1]:
            found.append(series.periods)
    return found


def _run(frequency: Frequency, held: list[Period], first: date, today: date) -> list[Period]:
    if frequency is Frequency.OTHER:
        return []
    begin = _starting(frequency, first, held)
    last_whole = today.replace(day=1) - timedelta(days=1)
    end = max([held[-1].next().start] if held else [], default=date.min)
    last = Period(max(end, last_whole), max(end, last_whole))
    return months_between(begin, last)


def _starting(frequency: Frequency, first: date, held: list[Period]) -> Period:
    """The first period to show: the first held, or the one a year before the launch, whichever is earlier."""
    own: Mapping[Frequency, Period] = {
        Frequency.DAY: Period(first, first),
        Frequency.MONTH: month_of(first),
        Frequency.QUARTER: containing(month_of(first), Frequency.QUARTER),
        Frequency.YEAR: containing(month_of(first), Frequency.YEAR),
    }
    if not held:
        return own.get(frequency) or week_starting(first - timedelta(days=first.weekday()))
    begin = own.get(frequency) or _weeks_back(held[0], first)
    return min(begin, held[0])


def _weeks_back(week: Period, first: date) -> Period:
    """The week of the same weekday that lies at or just before a day."""
    weeks = max(0, -((first - week.start).days // 7))
    return week_starting(week.start - timedelta(days=7 * weeks))


def recorded_cells(series: Series, periods: tuple[Period, ...], timeline: Timeline) -> tuple[Cell, ...]:
    """What is recorded of a measure, period by period."""
    at = {period: position for position, period in enumerate(series.periods)}
    maturities = maturities_of(series)
    places = ((period, at.get(period)) for period in periods)
    return tuple(
        _blank(series, period, timeline) if position is None else value_cell(series, position, maturities[position])
        for period, position in places
    )


def _drafted(draft: Draft, _: Cell) -> Cell:
    if draft.fault:
        return Cell(draft.text, marks=frozenset({CellMark.FIX}), source="not saved")
    if draft.waiting:
        return Cell(draft.text, marks=frozenset({CellMark.CHECK}), source="not saved yet")
    return Cell(draft.text, source="typed")


def _blank(series: Series, period: Period, timeline: Timeline) -> Cell:
    other = period.frequency is not series.measure.frequency
    not_yet = series.measure.purpose is Purpose.PROCESS and phase_of(period, timeline) is Phase.BEFORE
    return Cell(marks=frozenset({CellMark.NOT_EXPECTED})) if other or (not_yet and timeline.launch) else Cell()


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
    return Cell(text, edited, frozenset(marks), series.sources[position])


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


def key_of(grid: GridState, periods: tuple[Period, ...], timeline: Timeline) -> tuple[KeyItem, ...]:
    """The key: launch, and the marks that are really used."""
    used = frozenset[CellMark]().union(*{cell.marks for line in grid.cells for cell in line})
    kinds = {period.frequency for period in periods}
    not_yet = KeyItem("Role not yet in post" if len(kinds) == 1 else "No value expected", sample="window")
    launch = [KeyItem(f"Launch, {date_label(timeline.launch)}", sample="launch")] if timeline.launch else []
    marks = [item for mark, item in {**_KEY, CellMark.NOT_EXPECTED: not_yet}.items() if mark in used]
    noted = [KeyItem("Note", sample="note")] if any(cell.note for line in grid.cells for cell in line) else []
    return (*launch, *marks, *noted, KeyItem("Empty: missing"))


_KEY = {
    CellMark.FIX: KeyItem("To fix, not saved", Shape.BAD, ink="fix"),
    CellMark.CHECK: KeyItem("To check", Shape.LOOK, ink="check"),
    CellMark.PROVISIONAL: KeyItem("Provisional", Shape.PROVISIONAL),
    CellMark.SET_ASIDE: KeyItem("Set aside", Shape.SET_ASIDE),
    CellMark.SUPPRESSED: KeyItem("<5 ∗ Suppressed at source"),
}
