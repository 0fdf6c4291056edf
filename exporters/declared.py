"""What a sheet is, said before anything is written: one table with its title, source, columns and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHORTHAND = {
    "[c]": "confidential: a small number of people, or the pay of a few, hidden so that nobody can be recognised",
    "[x]": "not available: not recorded, or not collected",
    "[z]": "not applicable",
    "[p]": "provisional: the latest values may change; labelled, and left out of comparisons",
    "[s]": "suppressed where the figures came from",
    "[u]": "set aside by the team with a reason, and left out of comparisons",
}


class Kind(StrEnum):
    """What the cells of a column hold, which decides their number format."""

    TEXT = "text"
    NUMBER = "number"
    POUNDS = "pounds"
    PENCE = "pounds and pence"
    SHARE = "share"
    DATE = "date"
    TRUTH = "truth"
    LINK = "link to a sheet"


@dataclass(frozen=True)
class Formula:
    """A live formula with its stored value.

    In `text`, `{key}` is this row's cell of a column, `{key[]}` the whole column, `{key[2]}` its second data row (from
    1), `{key[2:5]}` a stretch; `{Sheet.key[...]}` is a column of another sheet, `{Sheet.@name}` a name that it defines.
    """

    text: str
    value: float | bool | str


Cell = str | float | int | date | Formula | None
"""A cell; None is left blank, which its sheet must explain."""


@dataclass(frozen=True)
class Column:
    """One column. The unit goes into the heading, in brackets. `entered` says what to enter where a person fills it."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    decimals: int = 0
    unit: str = ""
    width: float | None = None
    entered: str = ""

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class Line:
    """One series of a chart: the column it draws, its name in the key, its style."""

    key: str
    name: str
    style: str


@dataclass(frozen=True)
class Chart:
    """A native chart beside its table. `alt_text` is the finding's own, with the table's name added by the writer.

    `kind` is xmr or lines, columns, bars, or forest: then the one line is the place of each row, `category` the column
    of its figure, and `spread` the columns of how far its interval reaches below and above. `shares` are drawn in %.
    """

    kind: str
    title: str
    category: str
    lines: tuple[Line, ...]
    alt_text: str
    value_title: str
    low: float | None = None
    high: float | None = None
    spread: tuple[str, str] | None = None
    shares: bool = False


@dataclass(frozen=True)
class Sheet:
    """One worksheet with one table. `lines` stand between title and table; `about` is its row in the contents.

    `blanks` explains blank cells, "" where there are none. `notes` are keys of notes; `names` are defined names with
    the cells they stand for, written like a formula and parted by commas, or with their number.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    blanks: str = ""
    chart: Chart | None = None
    names: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        """The table's name: the sheet's, in small letters."""
        return f"table_{self.name.lower()}"
