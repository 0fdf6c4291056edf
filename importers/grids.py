"""A sheet as it was read: typed cells by row, with what the reader knows beside the values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta
Place = tuple[int, int]
Rectangle = tuple[int, int, int, int]


@dataclass
class Grid:
    """One sheet. `rows[r][c]` is the cell at row r, column c counted from 0; an empty cell is "".

    `errors` holds error cells by place, `unstored` formulas without a stored result, `percents` and `pounds` the
    places whose number format shows a percentage or money. No header reaches above row `header_top`.
    """

    name: str
    rows: list[list[Cell]]
    visible: bool = True
    merges: tuple[Rectangle, ...] = ()
    errors: dict[Place, str] = field(default_factory=dict)
    unstored: set[Place] = field(default_factory=set)
    percents: set[Place] = field(default_factory=set)
    pounds: set[Place] = field(default_factory=set)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    removed_columns: set[int] = field(default_factory=set)
    date_1904: bool = False
    header_top: int = 0

    columns_read: list[tuple[Cell, ...]] | None = field(default=None, repr=False)
    distinct_read: frozenset[Cell] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Pad short rows, so that every row has every column."""
        widest = max(map(len, self.rows), default=0)
        for row in self.rows:
            if len(row) < widest:
                row.extend([""] * (widest - len(row)))

    @property
    def width(self) -> int:
        """Columns of the sheet."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The cell, "" beyond the edge."""
        if not 0 <= row < len(self.rows) or column < 0:
            return ""
        line = self.rows[row]
        return line[column] if column < len(line) else ""

    def text(self, row: int, column: int) -> str:
        """The cell as trimmed text."""
        return shown(self.cell(row, column))

    def column(self, column: int) -> tuple[Cell, ...]:
        """The cells of a column from the top. The columns are turned out once and kept."""
        if self.columns_read is None:
            self.columns_read = list(zip(*self.rows, strict=True))
        return self.columns_read[column]

    @property
    def distinct(self) -> frozenset[Cell]:
        """Every cell of the sheet once, empty ones too: what is asked of a cell is asked of each once."""
        if self.distinct_read is None:
            self.distinct_read = frozenset().union(*self.rows)
        return self.distinct_read

    def blank(self, column: int) -> None:
        """Forget a column's values."""
        self.removed_columns.add(column)
        self.columns_read = self.distinct_read = None
        for row in self.rows:
            row[column] = ""

    def blank_cell(self, row: int, column: int) -> None:
        """Forget one cell's value."""
        self.columns_read = self.distinct_read = None
        self.rows[row][column] = ""


@dataclass
class Book:
    """Every sheet of one file, with how its text was read and remarks for the person."""

    file: str
    format: str
    sha256: str
    size: int
    sheets: list[Grid]
    encoding: str | None = None
    delimiter: str | None = None
    decimal_comma: bool = False
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Remark:
    """Something about the file worth saying: `level` is fix, check or note; `cell` is empty for the whole file."""

    level: str
    message: str
    hint: str = ""
    cell: str = ""


def shown(cell: Cell) -> str:
    """A cell as trimmed text: whole numbers without a decimal point, dates as ISO text."""
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)
