"""What a gesture in the grid asks to be changed, without Qt: a list of edits and the name of the one step they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analysis.wording import plural
from desktop.grid.state import NOT_COLLECTED, GridState
from desktop.grid.tsv import Block

Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Area:
    """A block of cells, all four ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((r, c) for r in range(self.top, self.bottom + 1) for c in range(self.left, self.right + 1))

    def __contains__(self, spot: tuple[int, int]) -> bool:
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.right - self.left + 1

    def turned(self) -> Area:
        """The same block with rows as columns."""
        return Area(self.left, self.top, self.right, self.bottom)


NOWHERE = Area(0, 0, -1, -1)
"""No cell at all: what is chosen in a grid without rows or columns."""


@dataclass(frozen=True)
class Ask:
    """Edits asked for as one step. `rows_over` and `columns_over` tell how far a paste reaches past the grid."""

    edits: tuple[Edit, ...]
    label: str
    rows_over: int = 0
    columns_over: int = 0


def _named(verb: str, edits: Iterable[Edit]) -> Ask:
    made = tuple(edits)
    return Ask(made, f"{verb} of {plural(len(made), 'value')}")


def _open(state: GridState, area: Area) -> Iterator[tuple[int, int]]:
    across = range(area.left, area.right + 1)
    for row in range(area.top, area.bottom + 1):
        line = state.cells[row]
        yield from ((row, column) for column in across if not line[column].locked)


Origin = Callable[[int], int]
"""From a row or column to the one it is filled from."""


def _copied(state: GridState, area: Area, row_from: Origin, column_from: Origin) -> Ask:
    """Each open cell of an area filled from another: rows and columns apart, which keeps 24,000 of them quick."""
    across = [(column, column_from(column)) for column in range(area.left, area.right + 1)]
    edits: list[Edit] = []
    for row in range(area.top, area.bottom + 1):
        line, above = state.cells[row], row_from(row)
        source, here = state.cells[above], above == row
        edits += [(row, c, source[f].raw) for c, f in across if not (here and c == f) and not line[c].locked]
    return _named("Fill", edits)


def typed(state: GridState, row: int, column: int, text: str) -> Ask:
    """One value typed."""
    return Ask(((row, column, text),), f"Entry for {state.place(row, column)}")


def typed_over(state: GridState, area: Area, text: str) -> Ask:
    """One text typed into every cell of an area; a single cell is an ordinary entry."""
    if area.rows * area.columns == 1:
        return typed(state, area.top, area.left, text)
    return _named("Entry", [(r, c, text) for r, c in _open(state, area)])


def cleared(state: GridState, area: Area, verb: str = "Clearing") -> Ask:
    """Values removed; cells that are empty already are not touched."""
    return _named(verb, [(r, c, "") for r, c in _open(state, area) if state.cells[r][c].raw])


def not_collected(state: GridState, area: Area) -> Ask:
    """Cells marked as not collected, which is neither empty nor zero."""
    asked = _named("Marking", [(r, c, NOT_COLLECTED) for r, c in _open(state, area)])
    return Ask(asked.edits, f"{asked.label} as not collected")


def filled_down(state: GridState, area: Area) -> Ask:
    """The top row of the area copied down; a single row takes the row above it."""
    top = area.top if area.rows > 1 else max(area.top - 1, 0)
    return _copied(state, area, lambda _: top, _itself)


def filled_right(state: GridState, area: Area) -> Ask:
    """The left column of the area copied right; a single column takes the column at its left."""
    left = area.left if area.columns > 1 else max(area.left - 1, 0)
    return _copied(state, area, _itself, lambda _: left)


def filled_from(state: GridState, source: Area, target: Area) -> Ask:
    """The source repeated over the target, as when the fill handle is drawn out."""
    asked = _copied(
        state,
        target,
        lambda row: source.top + (row - source.top) % source.rows,
        lambda column: source.left + (column - source.left) % source.columns,
    )
    return _named("Fill", [edit for edit in asked.edits if edit[:2] not in source])


def _itself(at: int) -> int:
    return at


def tiled(area: Area, block: Block) -> Block:
    """The block repeated over the area where it fits a whole number of times, as in Excel; else as it is.

    One value fits any area; a row fits any column of cells, and a column any row.
    """
    high, wide = len(block), len(block[0]) if block else 0
    if not wide or any(here > 1 and here % part for here, part in ((area.rows, high), (area.columns, wide))):
        return block
    down, across = max(1, area.rows // high), max(1, area.columns // wide)
    return [line * across for line in block] * down


def pasted(state: GridState, area: Area, block: Block) -> Ask:
    """A block laid down from the top left of the area, spilling past it, or repeated where it fits the area.

    What reaches past the last row or column is counted, not dropped unsaid.
    """
    block = tiled(area, block)
    over = max(0, area.top + len(block) - len(state.rows))
    across = max(0, area.left + len(block[0]) - len(state.columns)) if block else 0
    inside = Area(area.top, area.left, area.top + len(block) - over - 1, area.left + len(block[0]) - across - 1)
    edits: list[Edit] = []
    for row in range(inside.top, inside.bottom + 1):
        held, texts = state.cells[row], block[row - area.top]
        edits += [(row, c, texts[c - area.left]) for c in range(inside.left, inside.right + 1) if not held[c].locked]
    asked = _named("Paste", edits)
    return Ask(asked.edits, asked.label, over, across)


def copied(state: GridState, area: Area) -> Block:
    """The area as texts, for the clipboard."""
    return [[state.cells[r][c].raw for c in range(area.left, area.right + 1)] for r in range(area.top, area.bottom + 1)]


def copied_with_headings(state: GridState, area: Area) -> Block:
    """The area with the heading of each column over it and of each row before it."""
    heads = [column.name for column in state.columns[area.left : area.right + 1]]
    rows = [row.label for row in state.rows[area.top : area.bottom + 1]]
    return [["", *heads], *([label, *cells] for label, cells in zip(rows, copied(state, area), strict=True))]
