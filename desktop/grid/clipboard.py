"""What a person copied in a spreadsheet: the text the clipboard shows, and what tells the figures behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from analysis.wording import plural
from desktop.grid.tsv import Block, from_tsv
from exporters.block_text import tab_separated
from importers.clipboard import WINDOWS_SHEET, HeldBlock, as_held, figures_of


@dataclass(frozen=True)
class Copied:
    """The text of a clipboard with the workbook or page beside it, read for their figures when they are asked for."""

    text: str = field(repr=False)
    workbook: bytes = field(default=b"", repr=False)
    page: str = field(default="", repr=False)

    @cached_property
    def shown(self) -> Block:
        """The block as the sheet shows it."""
        return from_tsv(self.text)

    @cached_property
    def held(self) -> HeldBlock:
        """The block as its cells hold it. A large one takes a tenth of a second."""
        return as_held(self.shown, figures_of(self.workbook, self.page))

    @property
    def said(self) -> str:
        """That figures were taken as they are held, in words; empty where the sheet shows them whole."""
        rounded = self.held.rounded
        if not rounded:
            return ""
        shown, held = rounded[0]
        which = "as its cell holds it" if len(rounded) == 1 else "as their cells hold them"
        return f"{plural(len(rounded), 'figure')} taken {which}, not rounded as shown: {held} for {shown}."

    @property
    def whole(self) -> str:
        """The text with the figures as they are held."""
        return tab_separated(self.held.block) if self.held.rounded else self.text


def copied(data: QMimeData | None = None) -> Copied:
    """What is on the clipboard now, or in `data`. Only on the window's thread; what comes of it may be read on any."""
    held = cast("QMimeData | None", data or QGuiApplication.clipboard().mimeData())
    if held is None:
        return Copied("")  # a clipboard with nothing on it
    workbook = bytes(held.data(WINDOWS_SHEET).data())
    return Copied(held.text(), workbook, "" if workbook else held.html())
