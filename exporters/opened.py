"""A finished workbook opened again, as the checks see it: the parts of its zip file, and what they say."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import BadZipFile

from exporters.declared import SHORTHAND, Column, Kind
from exporters.held_cells import HeldCell
from exporters.read_back import (
    IDENTITY,
    MAIN,
    Grid,
    HeldTable,
    Page,
    grid_of,
    named_tables,
    strings_of,
    table_of,
)
from exporters.read_styles import Look, looks_of
from exporters.writer import Made

SMALL = 1 << 12
"""How many bytes a part has at most that is kept from when it was found whole until it is read: tables and links."""
FIGURES = (Kind.NUMBER, Kind.POUNDS, Kind.PENCE, Kind.SHARE)
BOOK, STRINGS, STYLES, CORE = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


class Opened:
    """One workbook with what was declared for it. Nothing is read twice but large parts."""

    def __init__(self, path: Path, made: Made) -> None:
        self.path = path
        self.made = made
        self._small: dict[str, bytes] = {}

    @cached_property
    def _package(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.path)

    @cached_property
    def _every(self) -> frozenset[str]:
        return frozenset(self.names)

    @cached_property
    def names(self) -> Sequence[str]:
        """The names of the parts of the zip file."""
        return self._package.namelist()

    def damaged(self) -> str | None:
        """The first part that is not what was packed, if any; small parts are kept until they are asked for.

        Raises BadZipFile for what is no zip file, zlib.error for what cannot be unpacked.
        """
        package = self._package
        for one in package.infolist():
            try:
                content = package.read(one)
            except BadZipFile:
                return one.filename
            if len(content) <= SMALL:
                self._small[one.filename] = content
        return None

    def part(self, name: str) -> bytes:
        """A part of the zip file, read anew each time it is asked for: together they would fill the memory."""
        kept = self._small.pop(name, None)
        return self._package.read(name) if kept is None else kept

    def close(self) -> None:
        """Let go of the file and of all that was read of it; pages know the workbook, so they would keep each other."""
        self._package.close()
        self._small.clear()
        self.__dict__.pop("pages", None)

    @cached_property
    def _strings(self) -> list[str]:
        return strings_of(self.part(STRINGS)) if STRINGS in self._every else []

    @cached_property
    def pages(self) -> list[Page]:
        """Every worksheet, in the order of the workbook; its cells are read when they are asked for."""
        leads = self._leads(BOOK)
        return [
            self._page(one, leads[one.get(IDENTITY, "")]) for one in self._book.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        ]

    def _page(self, sheet: Element, part: str) -> Page:
        def read() -> tuple[Grid, tuple[HeldTable, ...]]:
            xml = self.part(part).decode("utf-8")
            named = named_tables(xml)
            leads_on = self._leads(part) if named else {}
            return grid_of(xml, self._strings), tuple(table_of(self.part(leads_on[one])) for one in named)

        return Page(sheet.get("name", ""), sheet.get("state", "visible") != "visible", read)

    @cached_property
    def looks(self) -> list[Look]:
        """Every format of cells."""
        return looks_of(self.part(STYLES))

    @cached_property
    def _book(self) -> Element:
        return fromstring(self.part(BOOK))  # noqa: S314 - our own file, made a moment ago

    def _leads(self, part: str) -> Mapping[str, str]:
        """The parts that a part leads to, by their ids."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._every:
            return {}
        root = fromstring(self.part(relations))  # noqa: S314 - our own file, made a moment ago
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            for one in root.iter(_RELATION)
        }

    @cached_property
    def formulas(self) -> Mapping[str, Mapping[str, str]]:
        """Every formula that was declared, by worksheet and cell."""
        found: dict[str, dict[str, str]] = {}
        for (sheet, cell), text in self.made.formulas.items():
            found.setdefault(sheet, {})[cell] = text
        return found

    @cached_property
    def front(self) -> int:
        """Which sheet is in front, from 0."""
        view = self._book.find(f"{MAIN}bookViews/{MAIN}workbookView")
        return 0 if view is None else int(view.get("activeTab", "0"))

    def says(self, name: str) -> str:
        """What the document says of itself: title, creator or language."""
        root = fromstring(self.part(CORE))  # noqa: S314 - our own file, made a moment ago
        return (root.findtext(f"{_DUBLIN}{name}") or "").strip()

    def page(self, name: str) -> Page | None:
        """A worksheet by name."""
        return next((page for page in self.pages if page.title == name), None)

    def columns(self, page: Page) -> tuple[Column, ...]:
        """The declared columns of a worksheet, () for one that was not declared."""
        layout = self.made.layouts.get(page.title)
        return layout.sheet.columns if layout else ()

    def figure_texts(self, page: Page) -> list[HeldCell]:
        """The cells of columns declared to hold numbers that hold text other than the shorthand for a missing one."""
        wanted = frozenset(place for place, column in enumerate(self.columns(page), 1) if column.kind in FIGURES)
        return page.body.texts(wanted, SHORTHAND) if wanted else []

    def above(self, page: Page) -> list[str]:
        """The texts above a worksheet's table."""
        block = page.block
        return [str(page.value(row, 1) or "") for row in range(1, block.top if block else 1)]

    @cached_property
    def drawings(self) -> Sequence[tuple[str, str]]:
        """The XML of every drawing with its part's name."""
        wanted = (name for name in self.names if name.startswith("xl/drawings/drawing"))
        return [(name, self.part(name).decode("utf-8")) for name in wanted]

    def charts(self) -> Iterator[tuple[str, str]]:
        """The XML of every chart with its part's name."""
        for name in self.names:
            if name.startswith("xl/charts/chart"):
                yield name, self.part(name).decode("utf-8")


@dataclass(frozen=True)
class EachPage:
    """A check that looks at one worksheet after the other, so that no more than one need be held."""

    of_page: Callable[[Opened, Page], Iterator[str]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "__doc__", self.of_page.__doc__)

    def __call__(self, held: Opened) -> Iterator[str]:
        """All that it finds in the workbook."""
        for page in held.pages:
            yield from self.of_page(held, page)
