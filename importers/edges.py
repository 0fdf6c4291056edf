"""Table edges set by hand: the sheet is read again as if nothing but that part of it were the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.problems import UserProblem
from importers.addresses import area, column_number
from importers.grids import Book, Cell, Grid


@dataclass(frozen=True)
class Edges:
    """Where a person says a table lies: the upper header row, first and last row of data, first and last column.

    Rows and columns count from 0. Titles above stay, as they may name the period; figures above do not.
    """

    sheet: str
    header_row: int
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @classmethod
    def of_range(cls, sheet: str, text: str, header_rows: int = 1) -> Edges:
        """From a range such as `B10:AZ203`, whose first rows are the header. Raises UserProblem for any other text."""
        try:
            first, last = text.upper().split(":")
            (top, left), (bottom, right) = _split(first), _split(last)
        except ValueError:
            raise UserProblem(f"'{text}' is no range of cells.", "Write it as B10:AZ203.") from None
        edges = cls(sheet, top, top + header_rows, bottom, left, right)
        edges.check()
        return edges

    def check(self) -> None:
        """Raise UserProblem for edges that enclose nothing."""
        rows = 0 <= self.header_row < self.first_row <= self.last_row
        if not rows or not 0 <= self.first_column < self.last_column:
            said = "The table needs a header row, at least one row of data below it and at least two columns."
            raise UserProblem(said, "Move its edges apart.")

    @property
    def range(self) -> str:
        """`B10:AZ203`, with the header."""
        return area(self.header_row, self.first_column, self.last_row, self.last_column)


def _split(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha():
        raise ValueError(cell)
    return int(cell[len(letters) :]) - 1, column_number(letters)


def set_edges(book: Book, edges: Iterable[Edges]) -> None:
    """Forget what lies outside the edges of each sheet named. Raises UserProblem for a sheet that is not there."""
    grids = {grid.name: grid for grid in book.sheets}
    for one in edges:
        one.check()
        grid = grids.get(one.sheet)
        if grid is None:
            raise UserProblem(f"There is no sheet {one.sheet} in {book.file}.", "Read the file again.")
        _keep(grid, one)


def _keep(grid: Grid, edges: Edges) -> None:
    columns = range(edges.first_column, edges.last_column + 1)
    for number, row in enumerate(grid.rows):
        if number < edges.header_row:
            grid.rows[number] = [_title(cell) for cell in row]
        elif number <= edges.last_row:
            grid.rows[number] = [cell if column in columns else "" for column, cell in enumerate(row)]
        else:
            grid.rows[number] = [""] * len(row)
    grid.header_top = edges.header_row
    grid.columns_read = None


def _title(cell: Cell) -> Cell:
    return cell if isinstance(cell, str) else ""
