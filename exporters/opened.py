"""A finished workbook opened again, as the checks see it: through openpyxl and as the parts of its zip file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from exporters.declared import Column, Kind
from exporters.layout import Layout
from exporters.writer import Made

FIGURES = (Kind.NUMBER, Kind.POUNDS, Kind.PENCE, Kind.SHARE)
_NUMBER_OF_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


@dataclass(frozen=True)
class Block:
    """The place of a table: rows and columns from 1, both ends included; `top` is its header row."""

    left: int
    top: int
    right: int
    bottom: int


class Opened:
    """One workbook with what was declared for it. Nothing is read twice."""

    def __init__(self, path: Path, made: Made) -> None:
        self.path = path
        self.made = made

    @cached_property
    def parts(self) -> Mapping[str, bytes]:
        """Every part of the zip file."""
        with zipfile.ZipFile(self.path) as held:
            return {name: held.read(name) for name in held.namelist()}

    @cached_property
    def book(self) -> Any:  # noqa: ANN401 - openpyxl has no types
        """The workbook with its formulas."""
        return _load(self.path, values=False)

    @cached_property
    def stored(self) -> Any:  # noqa: ANN401 - openpyxl has no types
        """The workbook with the stored values of its formulas."""
        return _load(self.path, values=True)

    @property
    def pages(self) -> list[Any]:
        """Every worksheet."""
        return list(self.book.worksheets)

    def page(self, name: str) -> Any | None:  # noqa: ANN401 - openpyxl has no types
        """A worksheet by name."""
        return self.book[name] if name in self.book.sheetnames else None

    def block(self, page: Any) -> Block | None:  # noqa: ANN401 - openpyxl has no types
        """Where the only table of a worksheet lies; None when there is not exactly one."""
        from openpyxl.utils.cell import range_boundaries

        tables = list(page.tables.values())
        return Block(*range_boundaries(tables[0].ref)) if len(tables) == 1 else None

    def columns(self, page: Any) -> tuple[Column, ...]:  # noqa: ANN401 - openpyxl has no types
        """The declared columns of a worksheet, () for one that was not declared."""
        layout: Layout | None = self.made.layouts.get(page.title)
        return layout.sheet.columns if layout else ()

    def body(self, page: Any) -> Iterator[Any]:  # noqa: ANN401 - openpyxl has no types
        """The cells of a worksheet's table below its header."""
        block = self.block(page)
        if block:
            for row in page.iter_rows(block.top + 1, block.bottom, block.left, block.right):
                yield from row

    def figures(self, page: Any) -> Iterator[Any]:  # noqa: ANN401 - openpyxl has no types
        """The cells of columns that are declared to hold numbers."""
        columns = self.columns(page)
        for cell in self.body(page):
            if cell.column <= len(columns) and columns[cell.column - 1].kind in FIGURES:
                yield cell

    def above(self, page: Any) -> list[str]:  # noqa: ANN401 - openpyxl has no types
        """The texts above a worksheet's table."""
        block = self.block(page)
        rows = range(1, block.top) if block else range(0)
        return [str(page.cell(row, 1).value or "") for row in rows]

    def sheet_parts(self) -> Iterator[tuple[str, str]]:
        """The XML of every worksheet with its part's name."""
        for name, content in self.parts.items():
            if _NUMBER_OF_SHEET.fullmatch(name):
                yield name, content.decode("utf-8")

    def drawings(self) -> Iterator[tuple[str, str]]:
        """The XML of every drawing with its part's name."""
        for name, content in self.parts.items():
            if name.startswith("xl/drawings/drawing"):
                yield name, content.decode("utf-8")


def _load(path: Path, *, values: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    import openpyxl

    with path.open("rb") as file:
        return openpyxl.load_workbook(file, data_only=values)
