"""Blocks of text as spreadsheets put them on the clipboard: tab-separated, quoted where a cell holds a break."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

Block = list[list[str]]


def to_tsv(block: Sequence[Sequence[str]]) -> str:
    """The block as Excel writes it: tabs between cells, a line end after each row, quotes only where needed."""
    lines = ("\t".join(_quoted(cell) for cell in cells) for cells in block)
    return "\n".join(lines)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def from_tsv(text: str) -> Block:
    """The block a clipboard text holds, made rectangular with empty cells; multi-line quoted cells stay whole.

    A quote inside a cell that does not begin with one (5" tube) is an ordinary sign.
    """
    body = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not body:
        return []
    rows = list(csv.reader(io.StringIO(body, newline=""), dialect="excel-tab"))
    width = max(map(len, rows), default=0)
    return [[cell.strip() for cell in cells] + [""] * (width - len(cells)) for cells in rows]
