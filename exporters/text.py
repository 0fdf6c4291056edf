"""Text made fit for a cell: no control characters, no more than a cell holds, and both said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporters.declared import Cell

MOST_IN_CELL = 32_767
MOST_IN_HEADING = 255
CUT = " [cut here: longer than a cell can hold]"
REPLACEMENT = "\ufffd"

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?")
_SPACES = re.compile(r"\s+")


@dataclass
class Cleaning:
    """What had to be done to texts in one workbook."""

    replaced: int = 0
    cut: int = 0
    _fit: set[str] = field(default_factory=set)

    def rows(self, rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
        """Rows with their texts as cells can hold them; the very same where all do."""
        unknown = {cell for cells in rows for cell in cells if isinstance(cell, str)} - self._fit
        self._fit.update([text for text in unknown if _is_fit(text)])
        if unknown <= self._fit:
            return tuple(rows)
        return tuple(tuple(self.cell(cell) if isinstance(cell, str) else cell for cell in cells) for cells in rows)

    def cell(self, text: str) -> str:
        """A text as a cell can hold it."""
        if _is_fit(text):
            return text
        clean = _BREAKS.sub("\n", text)
        self.replaced += len(_BAD.findall(clean))
        clean = _BAD.sub(REPLACEMENT, clean)
        if _length(clean) <= MOST_IN_CELL:
            return clean
        self.cut += 1
        return _cut(clean, MOST_IN_CELL - len(CUT)) + CUT

    def heading(self, text: str) -> str:
        """A text as a column heading can hold it: one line."""
        clean = _SPACES.sub(" ", self.cell(text)).strip()
        return clean if _length(clean) <= MOST_IN_HEADING else _cut(clean, MOST_IN_HEADING - 1) + "…"

    def sentence(self) -> str:
        """What was done, in words; "" when nothing was."""
        parts = []
        if self.replaced:
            parts.append(f"{self.replaced} characters that a spreadsheet cannot hold were replaced by {REPLACEMENT}")
        if self.cut:
            parts.append(f"{self.cut} texts were cut at {MOST_IN_CELL:,} characters")
        return f"{' and '.join(parts)}." if parts else ""


def _is_fit(text: str) -> bool:
    return len(text) <= MOST_IN_CELL // 2 and text.isprintable()


def _length(text: str) -> int:
    """Length as spreadsheets count it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: most * 2].decode("utf-16-le", "ignore")
