"""Checks 1 to 11: the document as a whole, its first sheets and its names."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from exporters.finishing import LANGUAGE
from exporters.opened import EachPage, Opened
from exporters.read_back import Page

COVER_ITEMS = ("About", "Producer", "Date", "Contact", "Period", "Version")
NOTE = re.compile(r"\[note \d+\]")
_SHEET_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_LOGIN = re.compile(r"^[a-z]+[._][a-z]+$|\\|^[a-z]{1,8}\d+$|@")
BROKEN = (ParseError, KeyError, ValueError, IndexError)
"""What a part that is not what it should be raises when it is read."""
TITLE_STYLES = ("Heading 1", "Headline 1")


def opens(held: Opened) -> Iterator[str]:
    """1: the file opens, and every part of it is whole."""
    try:
        damaged = held.damaged()
    except (zipfile.BadZipFile, zlib.error) as error:
        damaged = str(error)
    if damaged:
        yield f"{damaged} is damaged"
        return
    try:
        if not held.pages:
            yield "there is no worksheet"
    except BROKEN as error:
        yield f"a part cannot be read: {error!r}"


def has_title(held: Opened) -> Iterator[str]:
    """2: the document has a title."""
    if not held.says("title"):
        yield "the document has no title"


def has_language(held: Opened) -> Iterator[str]:
    """3: the document's language is British English."""
    if held.says("language") != LANGUAGE:
        yield f"the language is {held.says('language') or 'not set'}"


def creator_is_no_login(held: Opened) -> Iterator[str]:
    """4: the creator is an organisation, never a login."""
    creator = held.says("creator")
    if not creator or _LOGIN.search(creator):
        yield f"the creator is {creator!r}"


def cover_is_complete(held: Opened) -> Iterator[str]:
    """5: the first sheet is a cover that says what, from whom, of when."""
    first = held.pages[0]
    if first.title != "Cover":
        yield f"the first sheet is {first.title}"
        return
    items = {first.value(row, 1): first.value(row, 2) for row in dict.fromkeys(first.cells.rows)}
    for item in COVER_ITEMS:
        if not str(items.get(item) or "").strip():
            yield f"the cover lacks {item}"


def contents_list_every_sheet(held: Opened) -> Iterator[str]:
    """6: the contents list every later sheet in order, and every link leads there."""
    page = held.page("Contents")
    block = page.block if page is not None else None
    if page is None or block is None:
        yield "there is no contents sheet with a table"
        return
    cells = list(page.within(1, block.top + 1, 1, block.bottom))
    if [cell.value for cell in cells] != [sheet.title for sheet in held.pages[2:]]:
        yield "the contents do not list the later sheets"
    links = page.links
    for cell in cells:
        if links.get(cell.coordinate, "").split("!")[0].strip("'") != cell.value:
            yield f"the link of {cell.value} does not lead there"


def notes_match(held: Opened) -> Iterator[str]:
    """7: every note used is defined, and every note defined is used."""
    page = held.page("Notes")
    defined = {str(cell.value) for cell in page.body} if page is not None else set()
    defined = {text for text in defined if NOTE.fullmatch(text)}
    used = {
        mark
        for sheet in held.pages
        if sheet.title != "Notes"
        for text in (*held.above(sheet), *_headings(sheet))
        for mark in NOTE.findall(text)
    }
    yield from (f"{mark} is used and not defined" for mark in sorted(used - defined))
    yield from (f"{mark} is defined and not used" for mark in sorted(defined - used))


def _headings(sheet: Page) -> list[str]:
    block = sheet.block
    return [str(cell.value) for cell in sheet.head.get(block.top, {}).values()] if block else []


def titles_are_headings(held: Opened) -> Iterator[str]:
    """8: A1 of every sheet holds its own title in the style Heading 1."""
    seen: set[str] = set()
    for page in held.pages:
        title = str(page.value(1, 1) or "").strip()
        if not title or title in seen:
            yield f"{page.title} has no title of its own"
        seen.add(title)
        style = held.looks[page.head[1][1].style].style if title else "none"
        if style not in TITLE_STYLES:
            yield f"the title of {page.title} is in the style {style}"


def sheet_names_are_fit(held: Opened) -> Iterator[str]:
    """9: sheet names are different, short, and plain."""
    names = [page.title for page in held.pages]
    if len({name.casefold() for name in names}) != len(names):
        yield "two sheets have the same name"
    yield from (
        f"{name!r} is no fit name" for name in names if not _SHEET_NAME.fullmatch(name) or name.startswith("Sheet1")
    )


@EachPage
def no_sheet_is_empty(_held: Opened, page: Page) -> Iterator[str]:
    """10: no sheet is empty."""
    if not page.body:
        yield f"{page.title} is empty"


@EachPage
def nothing_is_hidden(_held: Opened, page: Page) -> Iterator[str]:
    """11: no sheet, row or column is hidden."""
    if page.is_hidden:
        yield f"{page.title} is hidden"
    for path in ("sheetData/row", "cols/col"):
        hidden = [one for one in page.every(path) if one.get("hidden") in ("1", "true")]
        yield from (f"{page.title}: {path[-3:]} {one.get('r') or one.get('min')} is hidden" for one in hidden)
