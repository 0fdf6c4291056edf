"""What the widgets show, without Qt: frozen values that a page's `state.py` can make and a test can compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.theme.marks import Kind, Shape, Verdict


@dataclass(frozen=True)
class Fact:
    """One fact with its icon: `Saved 09:41`."""

    icon: str
    words: str


@dataclass(frozen=True)
class HeaderState:
    """What a page wants said above it. Facts are joined by a raised dot."""

    title: str
    facts: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    tab: str = ""


@dataclass(frozen=True)
class Count:
    """How many of what: `key` names the filter that it shows."""

    key: str
    number: int
    word: str
    kind: Kind
    shape: Shape | None = None


@dataclass(frozen=True)
class IntervalState:
    """Numbers to place and the words to write under them, already formatted."""

    estimate: float
    low: float
    high: float
    words: tuple[str, str, str]
    verdict: Verdict
    zero: float = 0.0
    zero_words: str = "0"

    def __post_init__(self) -> None:
        if not self.low <= self.estimate <= self.high:
            text = f"the estimate {self.estimate} lies outside its interval {self.low} to {self.high}"
            raise ValueError(text)


@dataclass(frozen=True)
class SparkState:
    """Values in order, None where there is none. `start` and `span` place them on the calendar shared by all rows."""

    values: tuple[float | None, ...]
    start: int = 0
    span: int = 0
    launch: float | None = None
    mean: float | None = None
    provisional: int = 0
    verdict: Verdict = Verdict.COMMON
    words: str = ""


@dataclass(frozen=True)
class KeyItem:
    """One entry of a key: a shape, or a sample (`launch` rule, `window` paper), beside its words."""

    words: str
    shape: Shape | None = None
    sample: str = ""
    ink: str = "text2"


@dataclass(frozen=True)
class ColumnSpec:
    """A column: numbers stand right, text left; one column may take the width left over.

    `sorted` is `up` or `down` where the rows stand in the order of this column.
    """

    name: str
    number: bool = False
    stretch: bool = False
    sorted: str = ""

    @property
    def heading(self) -> str:
        """The name with the way it is sorted."""
        return f"{self.name} {_ARROWS[self.sorted]}" if self.sorted else self.name


_ARROWS = {"up": "↑", "down": "↓"}


@dataclass(frozen=True)
class TableCell:
    """What one cell shows: a line, a smaller second line, a shape before either, or a small trend.

    `ticked` is whether the row is marked, None in a cell that has no box to tick.
    """

    text: str
    second: str = ""
    strong: bool = False
    ink: str = "text"
    shape: Shape | None = None
    shape_ink: str = "com"
    shape_on_second: bool = False
    spark: SparkState | None = None
    ladder: int | None = None
    spoken: str = ""
    ticked: bool | None = None

    @property
    def words(self) -> str:
        """What is said of the cell and goes into a copy."""
        return self.spoken or ", ".join(part for part in (self.text, self.second) if part)


@dataclass(frozen=True)
class TableState:
    """A whole table. `keys` name the rows; `total` marks the last row as their sum."""

    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    keys: tuple[str, ...] = ()
    total: bool = False


def as_rows(texts: Sequence[Sequence[str]]) -> tuple[tuple[TableCell, ...], ...]:
    """Plain texts as the rows of a table."""
    return tuple(tuple(TableCell(text) for text in line) for line in texts)
