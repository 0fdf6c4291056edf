"""Checks 23 to 32: charts, colour, widths, numbers as numbers, dates, links, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exporters.declared import SHORTHAND, Kind
from exporters.heights import height_of
from exporters.layout import LEAST_WIDTH, MOST_WIDTH, NONE_RECORDED
from exporters.opened import Block, Opened

SHORTEST_ALT_TEXT = 20
LEAST_CONTRAST = 4.5
DATE_WORDS = ("no end", "one day", "none", "[x]", "[z]", NONE_RECORDED)
_DESCRIPTION = re.compile(r'<xdr:cNvPr [^>]*?descr="([^"]*)"')
_FRAME = re.compile(r"<xdr:cNvPr ")
_SAYS = re.compile(r"\d|rose|fell|no change|higher|lower|above|below")
_REFERENCE = re.compile(r"'?(\w+)'?!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_URL = re.compile(r"^(https?://|www\.|mailto:)", re.IGNORECASE)


def charts_have_alt_text(held: Opened) -> Iterator[str]:
    """23: every chart says in words what it shows, with its number or direction."""
    for name, xml in held.drawings():
        texts = _DESCRIPTION.findall(xml)
        if len(texts) != len(_FRAME.findall(xml)):
            yield f"{name} has a chart without alt text"
        for text in texts:
            if len(text) < SHORTEST_ALT_TEXT or not _SAYS.search(text):
                yield f"{name} has alt text that says too little"


def charts_rest_on_tables(held: Opened) -> Iterator[str]:
    """24: every chart is drawn from the table of its own sheet, which its alt text names."""
    texts = " ".join(xml for _, xml in held.drawings())
    for name, content in held.parts.items():
        if not name.startswith("xl/charts/chart"):
            continue
        for sheet, *place in _REFERENCE.findall(content.decode("utf-8")):
            page = held.page(sheet)
            block = held.block(page) if page is not None else None
            if block is None or not _inside(place, block):
                yield f"{name} draws {sheet} outside a table"
            elif next(iter(page.tables)) not in texts:  # type: ignore[union-attr]  # a page with a block is there
                yield f"the alt text of {name} does not name its table"


def _inside(place: list[str], block: Block) -> bool:
    from openpyxl.utils import column_index_from_string

    left, right = column_index_from_string(place[0]), column_index_from_string(place[2])
    return block.left <= left <= right <= block.right and block.top <= int(place[1]) <= int(place[3]) <= block.bottom


def no_fill_and_enough_contrast(held: Opened) -> Iterator[str]:
    """25: no cell is filled, and coloured text stands out from white."""
    for page in held.pages:
        for row in page.iter_rows():
            for cell in row:
                if cell.fill.fill_type:
                    yield f"{page.title}!{cell.coordinate} is filled"
                colour = cell.font.color.rgb if cell.font.color is not None else None
                if isinstance(colour, str) and contrast_on_white(colour[-6:]) < LEAST_CONTRAST:
                    yield f"{page.title}!{cell.coordinate} has text that is too pale"


def contrast_on_white(colour: str) -> float:
    """Contrast of a colour (RRGGBB) with white, as WCAG counts it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def colour_says_nothing_alone(held: Opened) -> Iterator[str]:
    """26: no conditional formatting; a reading is a word."""
    yield from (f"{page.title} has conditional formatting" for page in held.pages if page.conditional_formatting)


def all_text_can_be_seen(held: Opened) -> Iterator[str]:
    """27: text wraps, columns are neither narrow nor very wide, and rows are tall enough."""
    for page in held.pages:
        widths = {key: one.width for key, one in page.column_dimensions.items()}
        yield from (
            f"{page.title}: column {key} is {width:.0f} wide"
            for key, width in widths.items()
            if not LEAST_WIDTH <= width <= MOST_WIDTH + 1
        )
        yield from _cramped(held, page)


def _cramped(held: Opened, page: Any) -> Iterator[str]:  # noqa: ANN401 - openpyxl has no types
    layout = held.made.layouts.get(page.title)
    for cell in held.body(page):
        if not isinstance(cell.value, str) or cell.data_type == "f":
            continue
        if not cell.alignment.wrap_text:
            yield f"{page.title}!{cell.coordinate} does not wrap"
        height = page.row_dimensions[cell.row].height
        if layout and height and height + 1 < height_of([(cell.value, layout.widths[cell.column - 1])]):
            yield f"{page.title}!{cell.coordinate} is cut off"


def figures_are_numbers(held: Opened) -> Iterator[str]:
    """28: figures are stored as numbers, one unit a column, the unit in the heading."""
    for page in held.pages:
        block = held.block(page)
        for place, column in enumerate(held.columns(page), 1):
            heading = str(page.cell(block.top, place).value or "") if block else ""
            if column.kind in (Kind.NUMBER, Kind.POUNDS, Kind.PENCE, Kind.SHARE) and not heading.endswith((")", "…")):
                yield f"{page.title}: {heading} has no unit"
        for cell in held.figures(page):
            text = cell.value if isinstance(cell.value, str) and cell.data_type != "f" else None
            if text is not None and text not in SHORTHAND and text != NONE_RECORDED:
                yield f"{page.title}!{cell.coordinate} is text where a number belongs"


def dates_are_dates(held: Opened) -> Iterator[str]:
    """29: dates are dates with a format that shows them as dates, and periods are words."""
    for page in held.pages:
        columns = held.columns(page)
        for cell in held.body(page):
            kind = columns[cell.column - 1].kind if cell.column <= len(columns) else Kind.TEXT
            if kind is Kind.DATE and not cell.is_date and cell.value not in DATE_WORDS:
                yield f"{page.title}!{cell.coordinate} is no date"
            is_period = cell.column <= len(columns) and columns[cell.column - 1].key == "period"
            if is_period and not isinstance(cell.value, str):
                yield f"{page.title}!{cell.coordinate} is no period in words"


def links_have_words(held: Opened) -> Iterator[str]:
    """30: links are words, not bare addresses."""
    for page in held.pages:
        for row in page.iter_rows():
            for cell in row:
                if cell.hyperlink and (not str(cell.value or "").strip() or _URL.match(str(cell.value))):
                    yield f"{page.title}!{cell.coordinate} is a bare address"


def opens_at_the_start(held: Opened) -> Iterator[str]:
    """31: the first sheet is in front, and every sheet starts at A1."""
    if held.book.active is not held.pages[0]:
        yield "the first sheet is not in front"
    for page in held.pages:
        chosen = [one.activeCell or "A1" for one in page.sheet_view.selection]
        if any(cell != "A1" for cell in chosen) or page.sheet_view.topLeftCell not in (None, "A1"):
            yield f"{page.title} does not start at A1"


def only_declared_formulas(held: Opened) -> Iterator[str]:
    """32: every formula was declared, holds its value, and none is an error."""
    found = {
        (page.title, cell.coordinate): str(cell.value)
        for page in held.pages
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    for place, text in found.items():
        if held.made.formulas.get(place) != text:
            yield f"{place[0]}!{place[1]} holds a formula that was not declared"
    yield from (f"{sheet}!{cell} lost its formula" for sheet, cell in held.made.formulas if (sheet, cell) not in found)
    for page in held.stored.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "e" or (cell.data_type != "s" and cell.value in _ERRORS):
                    yield f"{page.title}!{cell.coordinate} is an error"
                elif cell.value is None and (page.title, cell.coordinate) in found:
                    yield f"{page.title}!{cell.coordinate} holds no value"
    yield from _not_true(held)


def _not_true(held: Opened) -> Iterator[str]:
    page = held.stored["Checks"] if "Checks" in held.stored.sheetnames else None
    block = held.block(held.page("Checks")) if page is not None else None
    if page is None or block is None:
        return
    for row in range(block.top + 1, block.bottom + 1):
        if page.cell(row, block.right).value is not True:
            yield f"the check {page.cell(row, 1).value!r} is not TRUE"
