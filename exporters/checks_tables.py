"""Checks 12 to 22: one plain table a sheet, and nothing a screen reader stumbles over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporters.held_cells import letters, placed
from exporters.layout import ONE_TABLE
from exporters.opened import EachPage, Opened
from exporters.read_back import Page

EXPLAINED = "Blank cells:"
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
_MARGINS = [f"{when}{where}" for when in ("odd", "even", "first") for where in ("Header", "Footer")]
_SHORT = re.compile(r"\[[^\]]*\]")
_FOREIGN = ("comments", "vmlDrawing", "vbaProject", "activeX", "externalLink", "connections", "embeddings", "ctrlProps")
_SHAPES = ("<xdr:sp>", "<xdr:sp ", "<xdr:pic>", "<xdr:pic ", "<xdr:cxnSp", "<xdr:grpSp")


@EachPage
def one_table_a_sheet(held: Opened, page: Page) -> Iterator[str]:
    """12: each sheet has exactly one table, which covers all its data and is announced."""
    block = page.block
    if block is None:
        yield f"{page.title} has {len(page.tables)} tables"
        return
    if ONE_TABLE not in held.above(page):
        yield f"{page.title} does not say how many tables it has"
    above = (cell for cell in page.within(2, 1, MOST_COLUMNS, block.top - 1))
    yield from (f"{page.title}!{cell.coordinate} lies outside the table" for cell in above)


@EachPage
def tables_start_in_column_a(_held: Opened, page: Page) -> Iterator[str]:
    """13: tables start in column A."""
    block = page.block
    if block and block.left != 1:
        yield f"the table of {page.title} starts in column {block.left}"


@EachPage
def nothing_beside_or_below(held: Opened, page: Page) -> Iterator[str]:
    """14: nothing lies below or beside a table, except the chart of a sheet that is there for it."""
    block = page.block
    if block is None:
        return
    cells = page.cells.between(block.top, MOST_ROWS)
    below = placed(block.bottom + 1, 0)
    if cells and (max(cells.columns) > block.right or cells.places[-1] >= below):
        pairs = zip(cells.places, cells.columns, strict=True)
        foreign = [n for n, (place, column) in enumerate(pairs) if column > block.right or place >= below]
        yield from (f"{page.title}!{cells.cell(n).coordinate} lies beside or below the table" for n in foreign)
    layout = held.made.layouts.get(page.title)
    if page.has("drawing") != bool(layout and layout.sheet.chart is not None):
        yield f"{page.title}: a chart stands on a sheet that is not its own"


@EachPage
def headers_are_whole(_held: Opened, page: Page) -> Iterator[str]:
    """15: one header row, filled, its headings different and those of the table."""
    block = page.block
    if block is None:
        return
    table = page.tables[0]
    shown = [str(page.value(block.top, place) or "") for place in range(block.left, block.right + 1)]
    if not table.has_header or "" in shown:
        yield f"{page.title} has a heading missing"
    if len({text.casefold() for text in shown}) != len(shown):
        yield f"{page.title} has two headings alike"
    if [_plain(text) for text in table.columns] != [_plain(text) for text in shown]:
        yield f"{page.title}: the table's names are not those shown"


def _plain(text: str) -> str:
    return re.sub(r"_x000[aAdD]_|\s", " ", text)


@EachPage
def nothing_is_merged(_held: Opened, page: Page) -> Iterator[str]:
    """16: no cells are merged."""
    merged = page.every("mergeCells/mergeCell")
    yield from (f"{page.title}!{area.get('ref')} is merged" for area in merged)


@EachPage
def no_blank_row_or_column(held: Opened, page: Page) -> Iterator[str]:
    """17: no row or column inside a table is blank."""
    block = page.block
    if block is None:
        return
    rows = range(block.top + 1, block.bottom + 1)
    held_rows = set(page.body.rows)
    if len(held_rows) < len(rows):
        held_rows |= set(page.cells.between(block.top + 1, block.bottom).rows)
    yield from (f"{page.title}: row {row} is blank" for row in rows if row not in held_rows)
    explained = any(text.startswith(EXPLAINED) for text in held.above(page))
    filled = set(page.body.columns)
    for place in range(block.left, block.right + 1):
        if place not in filled and not explained:
            yield f"{page.title}: column {place} is blank"


@EachPage
def blanks_are_explained(held: Opened, page: Page) -> Iterator[str]:
    """18: a blank cell is explained above its table; a figure that is missing has shorthand from the list."""
    explained = any(text.startswith(EXPLAINED) for text in held.above(page))
    blank = next(_blanks(page), "")
    if bool(blank) != explained:
        yield f"{page.title}: {f'{blank} is blank' if blank else 'explains blanks and has none'}"
    for cell in held.figure_texts(page):
        text = str(cell.value)
        if _SHORT.fullmatch(text):
            yield f"{page.title}!{cell.coordinate} has shorthand that is not explained: {text}"


def _blanks(page: Page) -> Iterator[str]:
    """Places inside the table where nothing stands."""
    block = page.block
    if block is None:
        return
    if len(page.body) == (block.bottom - block.top) * (block.right - block.left + 1):
        return
    there = set(page.body.places)
    for row in range(block.top + 1, block.bottom + 1):
        gone = (place for place in range(block.left, block.right + 1) if placed(row, place) not in there)
        yield from (f"{letters(place)}{row}" for place in gone)


@EachPage
def no_filter_buttons(_held: Opened, page: Page) -> Iterator[str]:
    """19: no filter buttons."""
    if page.has("autoFilter") or any(table.has_filter for table in page.tables):
        yield f"{page.title} has filter buttons"


@EachPage
def no_frozen_panes(_held: Opened, page: Page) -> Iterator[str]:
    """20: no frozen panes."""
    if page.has("sheetViews/sheetView/pane"):
        yield f"{page.title} has frozen panes"


@EachPage
def no_header_or_footer(_held: Opened, page: Page) -> Iterator[str]:
    """21: no page header or footer."""
    if any(one.text for where in _MARGINS for one in page.every(f"headerFooter/{where}")):
        yield f"{page.title} has a page header or footer"


def nothing_foreign(held: Opened) -> Iterator[str]:
    """22: no comments, text boxes, shapes, macros, links to other files, connections or embedded objects."""
    yield from (f"the file holds {name}" for name in held.names if any(word in name for word in _FOREIGN))
    for name, xml in held.drawings:
        if any(shape in xml for shape in _SHAPES):
            yield f"{name} holds a shape or picture"
