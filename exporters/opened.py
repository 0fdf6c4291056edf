"""A finished workbook opened again, as the checks see it: the parts of its zip file, and what they say."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from exporters.declared import Column, Kind
from exporters.read_back import IDENTITY, MAIN, Block, HeldCell, Page, page_of, strings_of
from exporters.read_styles import Look, looks_of
from exporters.writer import Made

FIGURES = (Kind.NUMBER, Kind.POUNDS, Kind.PENCE, Kind.SHARE)
BOOK, STRINGS, STYLES, CORE = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"
_NUMBER_OF_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


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
    def pages(self) -> list[Page]:
        """Every worksheet, in the order of the workbook."""
        strings = strings_of(self.parts[STRINGS]) if STRINGS in self.parts else []
        leads = self._leads(BOOK)
        found = []
        for one in self._book.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
            part = leads[one.get(IDENTITY, "")]
            leads_on = self._leads(part)
            tables = {key: self.parts[name] for key, name in leads_on.items() if name.startswith("xl/tables/")}
            found.append(page_of(one.get("name", ""), one.get("state", "visible"), self.parts[part], strings, tables))
        return found

    @cached_property
    def looks(self) -> list[Look]:
        """Every format of cells."""
        return looks_of(self.parts[STYLES])

    @cached_property
    def _book(self) -> Element:
        return fromstring(self.parts[BOOK])  # noqa: S314 - our own file, made a moment ago

    def _leads(self, part: str) -> Mapping[str, str]:
        """The parts that a part leads to, by their ids."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        if relations is None:
            return {}
        root = fromstring(relations)  # noqa: S314 - our own file, made a moment ago
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            for one in root.iter(_RELATION)
        }

    @property
    def front(self) -> int:
        """Which sheet is in front, from 0."""
        view = self._book.find(f"{MAIN}bookViews/{MAIN}workbookView")
        return 0 if view is None else int(view.get("activeTab", "0"))

    def says(self, name: str) -> str:
        """What the document says of itself: title, creator or language."""
        root = fromstring(self.parts[CORE])  # noqa: S314 - our own file, made a moment ago
        return (root.findtext(f"{_DUBLIN}{name}") or "").strip()

    def page(self, name: str) -> Page | None:
        """A worksheet by name."""
        return next((page for page in self.pages if page.title == name), None)

    def block(self, page: Page) -> Block | None:
        """Where the only table of a worksheet lies; None when there is not exactly one."""
        return page.tables[0].block if len(page.tables) == 1 else None

    def columns(self, page: Page) -> tuple[Column, ...]:
        """The declared columns of a worksheet, () for one that was not declared."""
        layout = self.made.layouts.get(page.title)
        return layout.sheet.columns if layout else ()

    def body(self, page: Page) -> Iterator[HeldCell]:
        """The cells of a worksheet's table below its header that hold something."""
        block = self.block(page)
        return page.within(block.left, block.top + 1, block.right, block.bottom) if block else iter(())

    def figures(self, page: Page) -> Iterator[HeldCell]:
        """The cells of columns that are declared to hold numbers."""
        wanted = {place for place, column in enumerate(self.columns(page), 1) if column.kind in FIGURES}
        return (cell for cell in self.body(page) if cell.column in wanted)

    def above(self, page: Page) -> list[str]:
        """The texts above a worksheet's table."""
        block = self.block(page)
        return [str(page.value(row, 1) or "") for row in range(1, block.top if block else 1)]

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
