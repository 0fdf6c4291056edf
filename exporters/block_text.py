"""A block of cells as text for a clipboard, written so that a spreadsheet reads each cell as what it is.

As they are shown here, cells would be read as others: `−£1,200` with a true minus sign is text and missing from a sum,
`Apr 24` is the 24th of April of this year, `3/12` the third of December, and a name that begins with `=` a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.wording import MINUS, NBSP

_MONTH = re.compile(r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<year>\d\d)")
_FIGURE = re.compile(rf"[-+{MINUS}]?£?\d[\d,]*(?:\.\d+)?(?:[ {NBSP}]?%)?")
_PARTS = re.compile(r"(?P<top>\d\d?) ?/ ?(?P<bottom>\d{1,4})")
_FORMULA = re.compile(r"[=@+-].")
LATEST_YEAR = 69
"""Two digits of a year up to this are of this century."""


def to_tsv(block: Sequence[Sequence[str]]) -> str:
    """The block for a spreadsheet, which reads each cell as what it is."""
    return tab_separated([[cell_text(cell) for cell in cells] for cells in block])


def tab_separated(block: Sequence[Sequence[str]]) -> str:
    """The block as it stands, written as Excel does: tabs between cells, quotes only where needed."""
    return "\n".join("\t".join(map(_quoted, cells)) for cells in block)


def cell_text(cell: str) -> str:
    """One cell as a spreadsheet is to read it; read back here it is what it was."""
    if _FIGURE.fullmatch(cell):
        return cell.replace(MINUS, "-").replace(NBSP, "").replace(" ", "")
    if month := _MONTH.fullmatch(cell):
        year = int(month["year"])
        return f"{month['name']} {year + (2000 if year <= LATEST_YEAR else 1900)}"
    if parts := _PARTS.fullmatch(cell):
        return f"{parts['top']} of {parts['bottom']}"
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
