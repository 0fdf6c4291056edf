"""Blocks of text as spreadsheets put them on the clipboard, read: tab-separated, quoted where a cell holds a break."""

from __future__ import annotations

import csv
import io
import re

Block = list[list[str]]

_KEPT_AS_TEXT = re.compile(r"'[=@+-].")


def from_tsv(text: str) -> Block:
    """The block a clipboard text holds, made rectangular with empty cells; multi-line quoted cells stay whole.

    A quote inside a cell that does not begin with one (5" tube) is an ordinary sign.
    """
    body = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not body:
        return []
    rows = list(csv.reader(io.StringIO(body, newline=""), dialect="excel-tab"))
    width = max(map(len, rows), default=0)
    return [[_own(cell.strip()) for cell in cells] + [""] * (width - len(cells)) for cells in rows]


def _own(cell: str) -> str:
    """Without the sign that keeps a spreadsheet from taking a text for a formula (`exporters.block_text`)."""
    return cell[1:] if _KEPT_AS_TEXT.match(cell) else cell
