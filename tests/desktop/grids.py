"""A grid small enough to read, and a page that answers its edits as the real one would."""

from __future__ import annotations

from PySide6.QtCore import QObject

from analysis.periods import month
from analysis.vocabulary import Phase
from desktop.grid.state import Cell, CellMark, GridColumn, GridRow, GridState
from desktop.grid.view import EntryGrid

PHASES = (Phase.BEFORE, Phase.BEFORE, Phase.PHASE_IN, Phase.AFTER, Phase.AFTER)
LOCKED = Cell("", marks=frozenset({CellMark.NOT_APPLICABLE}))


def small_state() -> GridState:
    """Five months by three measures: 11 12 13 / 21 22 23 ...; the third measure is locked before launch."""
    rows = tuple(GridRow(month(2024, 2 + at).label, phase) for at, phase in enumerate(PHASES))
    columns = (
        GridColumn("A&E attendances", "count"),
        GridColumn("GP contacts", "count"),
        GridColumn("Caseload", "people"),
    )
    cells = tuple(
        tuple(LOCKED if r < 2 and c == 2 else Cell(f"{r + 1}{c + 1}") for c in range(3)) for r in range(len(rows))
    )
    return GridState(rows, columns, cells)


def wide_state(rows: int, columns: int) -> GridState:
    """Many periods by many measures."""
    period, heads = month(1990, 1), []
    for at in range(rows):
        heads.append(GridRow(period.label, Phase.BEFORE if at < rows // 2 else Phase.AFTER))
        period = period.next()
    names = tuple(GridColumn(f"Measure {at}", "count") for at in range(columns))
    line = tuple(Cell(f"{at * 7 % 997:,}") for at in range(columns))
    return GridState(tuple(heads), names, (line,) * rows)


class Answering(QObject):
    """Writes what the grid asks for into a state and shows it, keeping the steps asked for."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__(grid)
        self.grid = grid
        self.steps: list[tuple[list[tuple[int, int, str]], str]] = []
        grid.edits_asked.connect(self.answer)

    def answer(self, asked: list[tuple[int, int, str]], label: str) -> None:
        self.steps.append((asked, label))
        cells = [list(line) for line in self.grid.shown.cells]
        for row, column, text in asked:
            cells[row][column] = Cell(text)
        state = self.grid.shown
        self.grid.set_state(GridState(state.rows, state.columns, tuple(map(tuple, cells))))

    def texts(self) -> list[list[str]]:
        return [[cell.text for cell in line] for line in self.grid.shown.cells]
