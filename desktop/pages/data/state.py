"""What the Data tab shows, without Qt: what is recorded of a role, and over it what has been typed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.periods import Period, date_label
from analysis.vocabulary import MeasureFacts
from desktop.grid.edits import Area
from desktop.grid.state import Cell, CellMark, GridState
from desktop.pages.data.drafts import Layer, Place
from desktop.pages.data.recorded import Recorded
from desktop.states import KeyItem
from desktop.theme.marks import Shape


@dataclass(frozen=True)
class DataState:
    """The grid with what it stands for: periods down and measures across, or flipped the other way round."""

    recorded: Recorded
    grid: GridState
    key: tuple[KeyItem, ...]
    flipped: bool = False

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods shown, in order."""
        return self.recorded.periods

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """The measures shown, in order."""
        return self.recorded.measures

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

    def where(self, place: Place) -> tuple[int, int] | None:
        """Row and column of a cell by what it stands for, None where it is not shown."""
        at = self.nearest(*place, None)
        return at if self.place(*at) == place else None

    def area(self, places: Collection[Place]) -> Area:
        """The least block in which all of these cells stand."""
        rows = [self.recorded.row_of[period] for period, _ in places]
        columns = [self.recorded.column_of[measure_id] for _, measure_id in places]
        found = Area(min(rows), min(columns), max(rows), max(columns))
        return found.turned() if self.flipped else found

    def measure(self, measure_id: int) -> MeasureFacts | None:
        """A measure by its id."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)

    def name(self, place: Place) -> str:
        """`A&E attendances, Apr 24`."""
        measure = self.measure(place[1])
        return f"{measure.name if measure else 'a value'}, {place[0].label}"


def data_state(recorded: Recorded, layers: Sequence[Layer] = (), *, flipped: bool = False) -> DataState:
    """The grid of a role: what is recorded, with layers of drafts over it, the last uppermost."""
    base = recorded.reaching(period for layer in layers for period in layer)
    grid = _laid_over(base, layers)
    drawn = (cell.marks for layer in layers for cells in layer.values() for cell in cells.values())
    key = key_of(base, base.marks.union(*set(drawn)))
    return DataState(base, grid.turned() if flipped else grid, key, flipped=flipped)


def _laid_over(base: Recorded, layers: Iterable[Layer]) -> GridState:
    """Only lines that have a draft are made anew."""
    lines = dict[int, list[Cell]]()
    for layer in layers:
        for period, cells in layer.items():
            row = base.row_of[period]
            line = lines.setdefault(row, list(base.grid.cells[row]))
            for measure_id, cell in cells.items():
                if (at := base.column_of.get(measure_id)) is not None:
                    line[at] = replace(cell, note=line[at].note) if line[at].note else cell
    if not lines:
        return base.grid
    made = (tuple(lines[row]) if row in lines else line for row, line in enumerate(base.grid.cells))
    return replace(base.grid, cells=tuple(made))


def key_of(base: Recorded, used: Collection[CellMark]) -> tuple[KeyItem, ...]:
    """The key: launch, and the marks that are really used."""
    kinds, launch_day = {period.frequency for period in base.periods}, base.timeline.launch
    not_yet = KeyItem("Role not yet in post" if len(kinds) == 1 else "No value expected", sample="window")
    launch = [KeyItem(f"Launch, {date_label(launch_day)}", sample="launch")] if launch_day else []
    marks = [item for mark, item in {**_KEY, CellMark.NOT_EXPECTED: not_yet}.items() if mark in used]
    noted = [KeyItem("Note", sample="note")] if base.noted else []
    return (*launch, *marks, *noted, KeyItem("Empty: missing"))


_KEY = {
    CellMark.FIX: KeyItem("To fix, not saved", Shape.BAD, ink="fix"),
    CellMark.CHECK: KeyItem("To check", Shape.LOOK, ink="check"),
    CellMark.PROVISIONAL: KeyItem("Provisional", Shape.PROVISIONAL),
    CellMark.SET_ASIDE: KeyItem("Set aside", Shape.SET_ASIDE),
    CellMark.SUPPRESSED: KeyItem("<5 ∗ Suppressed at source"),
}
