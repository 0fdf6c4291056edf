"""Checks 23 to 32: charts, colour, widths, numbers as numbers, dates, links, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporters.declared import Kind
from exporters.heights import ONE_LINE, lines_needed, points_of, room_of
from exporters.held_cells import ERROR, NUMBER, TEXT, number_of
from exporters.layout import LEAST_WIDTH, MOST_WIDTH, NONE_RECORDED
from exporters.opened import EachPage, Opened
from exporters.read_back import Block, Page, block_of
from exporters.read_styles import Look

SHORTEST_ALT_TEXT = 20
LEAST_CONTRAST = 4.5
LONGEST_NAME = 80
DATE_WORDS = ("no end", "one day", "none", "[x]", "[z]", NONE_RECORDED)
_DESCRIPTION = re.compile(r'<xdr:cNvPr [^>]*?descr="([^"]*)"')
_FRAME = re.compile(r"<xdr:cNvPr ")
_SAYS = re.compile(r"\d|rose|fell|no change|higher|lower|above|below")
_REFERENCE = re.compile(r"!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")
_SHEET = re.compile(r"(\w+)'?$")
_TABLES = re.compile(r"\btable_\w+")
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_URL = re.compile(r"^(https?://|www\.|mailto:)", re.IGNORECASE)


def charts_have_alt_text(held: Opened) -> Iterator[str]:
    """23: every chart says in words what it shows, with its number or direction."""
    for name, xml in held.drawings:
        texts = _DESCRIPTION.findall(xml)
        if len(texts) != len(_FRAME.findall(xml)):
            yield f"{name} has a chart without alt text"
        for text in texts:
            if len(text) < SHORTEST_ALT_TEXT or not _SAYS.search(text):
                yield f"{name} has alt text that says too little"


def charts_rest_on_tables(held: Opened) -> Iterator[str]:
    """24: every chart is drawn from the table of its own sheet, which its alt text names."""
    named = {word for _, xml in held.drawings for word in _TABLES.findall(xml)}
    pages = {page.title: page for page in held.pages}
    for name, xml in held.charts():
        for sheet, *place in _references(xml):
            page = pages.get(sheet)
            block = page.block if page is not None else None
            if block is None or not _inside(place, block):
                yield f"{name} draws {sheet} outside a table"
            elif page is not None and page.tables[0].name not in named:
                yield f"the alt text of {name} does not name its table"


def _references(xml: str) -> set[tuple[str, ...]]:
    """Each stretch that a chart draws: its sheet, its first column and row, its last."""
    found = (
        (_SHEET.search(xml[max(0, one.start() - LONGEST_NAME) : one.start()]), one) for one in _REFERENCE.finditer(xml)
    )
    return {(sheet[1], *one.groups()) for sheet, one in found if sheet}


def _inside(place: list[str], block: Block) -> bool:
    left, right = number_of(place[0]), number_of(place[2])
    return block.left <= left <= right <= block.right and block.top <= int(place[1]) <= int(place[3]) <= block.bottom


@EachPage
def no_fill_and_enough_contrast(held: Opened, page: Page) -> Iterator[str]:
    """25: no cell is filled, and coloured text stands out from white."""
    bad = {number: words for number, look in enumerate(held.looks) if (words := _hard_to_read(look))}
    for cell in page.cells if bad else ():
        if cell.style in bad:
            yield f"{page.title}!{cell.coordinate} {bad[cell.style]}"


def _hard_to_read(look: Look) -> str:
    if look.fills:
        return "is filled"
    pale = look.colour and contrast_on_white(look.colour) < LEAST_CONTRAST
    return "has text that is too pale" if pale else ""


def contrast_on_white(colour: str) -> float:
    """Contrast of a colour (RRGGBB) with white, as WCAG counts it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@EachPage
def colour_says_nothing_alone(_held: Opened, page: Page) -> Iterator[str]:
    """26: no conditional formatting; a reading is a word."""
    if page.has("conditionalFormatting"):
        yield f"{page.title} has conditional formatting"


@EachPage
def all_text_can_be_seen(held: Opened, page: Page) -> Iterator[str]:
    """27: text wraps, columns are neither narrow nor very wide, and rows are tall enough."""
    yield from (
        f"{page.title}: column {key} is {width:.0f} wide"
        for key, width in page.widths.items()
        if not LEAST_WIDTH <= width <= MOST_WIDTH + 1
    )
    yield from _cramped(held, page)


def _cramped(held: Opened, page: Page) -> Iterator[str]:
    body = page.body
    stiff = {style for style in body.styles_of_texts() if not held.looks[style].wraps}
    for cell in body if stiff else ():
        if cell.style in stiff and cell.holds == TEXT and not cell.formula:
            yield f"{page.title}!{cell.coordinate} does not wrap"
    layout = held.made.layouts.get(page.title)
    if layout is None:
        return
    rooms = {place: room_of(width) for place, width in enumerate(layout.widths, 1)}
    heights = page.heights
    for number in body.written(rooms.__getitem__):
        needed = points_of(lines_needed(str(body.values[number]), rooms[body.columns[number]]))
        if heights.get(body.rows[number], ONE_LINE) + 1 < needed:
            yield f"{page.title}!{body.cell(number).coordinate} is cut off"


@EachPage
def figures_are_numbers(held: Opened, page: Page) -> Iterator[str]:
    """28: figures are stored as numbers, one unit a column, the unit in the heading."""
    block = page.block
    for place, column in enumerate(held.columns(page), 1):
        heading = str(page.value(block.top, place) or "") if block else ""
        if column.kind in (Kind.NUMBER, Kind.POUNDS, Kind.PENCE, Kind.SHARE) and not heading.endswith((")", "…")):
            yield f"{page.title}: {heading} has no unit"
    for cell in held.figure_texts(page):
        if not cell.formula and cell.value != NONE_RECORDED:
            yield f"{page.title}!{cell.coordinate} is text where a number belongs"


@EachPage
def dates_are_dates(held: Opened, page: Page) -> Iterator[str]:
    """29: dates are dates with a format that shows them as dates, and periods are words."""
    columns = held.columns(page)
    dates = {place for place, column in enumerate(columns, 1) if column.kind is Kind.DATE}
    periods = {place for place, column in enumerate(columns, 1) if column.key == "period"}
    body = page.body
    pairs = zip(body.columns, body.holds, strict=True) if dates | periods else ()
    looked_at = [n for n, (place, holds) in enumerate(pairs) if place in dates or (place in periods and holds != TEXT)]
    for cell in map(body.cell, looked_at):
        is_date = cell.holds == NUMBER and held.looks[cell.style].is_date
        if cell.column in dates and not is_date and cell.value not in DATE_WORDS:
            yield f"{page.title}!{cell.coordinate} is no date"
        if cell.column in periods and cell.holds != TEXT:
            yield f"{page.title}!{cell.coordinate} is no period in words"


@EachPage
def links_have_words(_held: Opened, page: Page) -> Iterator[str]:
    """30: links are words, not bare addresses."""
    for place in page.links:
        at = block_of(place)
        text = str(page.value(at.top, at.left) or "").strip()
        if not text or _URL.match(text):
            yield f"{page.title}!{place} is a bare address"


@EachPage
def opens_at_the_start(held: Opened, page: Page) -> Iterator[str]:
    """31: the first sheet is in front, and every sheet starts at A1."""
    if held.front and page is held.pages[0]:
        yield "the first sheet is not in front"
    chosen = [one.get("activeCell", "A1") for one in page.every("sheetViews/sheetView/selection")]
    tops = [one.get("topLeftCell", "A1") for one in page.every("sheetViews/sheetView")]
    if any(cell != "A1" for cell in (*chosen, *tops)):
        yield f"{page.title} does not start at A1"


@EachPage
def only_declared_formulas(held: Opened, page: Page) -> Iterator[str]:
    """32: every formula was declared, holds its value, and none is an error."""
    if page is held.pages[0]:
        there = {one.title for one in held.pages}
        yield from (f"{sheet} lost its formulas" for sheet in held.formulas if sheet not in there)
    declared = held.formulas.get(page.title, {})
    cells = page.cells
    live = (
        [cells.cell(number) for number, formula in enumerate(cells.formulas) if formula] if cells.has_formulas else []
    )
    found = {cell.coordinate: cell for cell in live}
    for place, cell in found.items():
        if declared.get(place) != cell.formula:
            yield f"{page.title}!{place} holds a formula that was not declared"
        if cell.value is None:
            yield f"{page.title}!{place} holds no value"
        if cell.holds != ERROR and cell.value in _ERRORS:
            yield f"{page.title}!{place} is an error"
    yield from (f"{page.title}!{place} lost its formula" for place in declared if place not in found)
    wrong = [number for number, holds in enumerate(cells.holds) if holds == ERROR] if ERROR in cells.holds else []
    yield from (f"{page.title}!{cells.cell(number).coordinate} is an error" for number in wrong)
    if page.title == "Checks" and page.block is not None:
        yield from _not_true(page, page.block)


def _not_true(page: Page, block: Block) -> Iterator[str]:
    for row in range(block.top + 1, block.bottom + 1):
        if page.value(row, block.right) is not True:
            yield f"the check {page.value(row, 1)!r} is not TRUE"
