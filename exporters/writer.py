"""The one writer: declared sheets into an Excel file, every text as text, every formula with its stored value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

from exporters.chart_writer import add_chart
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.heights import ONE_LINE, height_of, heights_of
from exporters.layout import Layout, column_name, defined, laid_out, resolved
from exporters.steps import Step, no_step
from exporters.text import Cleaning

if TYPE_CHECKING:
    from exporters.quick_book import Rows

FONT = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
"""Kept in memory until it is packed: nothing of it lies about in the computer's temporary files."""

PORTRAIT_ROOM = 95.0
TITLE_HEIGHT = 24.0
MOST_TITLE, MOST_MESSAGE = 32, 255
WARNING = "Leave it if you mean it: not collected, <5 or * are understood. A number below 0 is seldom right."


@dataclass(frozen=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    day: date


@dataclass(frozen=True)
class Made:
    """What was written: every formula by sheet and cell, what had to be done to texts, and layouts without rows."""

    formulas: Mapping[tuple[str, str], str]
    cleaning: Cleaning
    layouts: Mapping[str, Layout]


def write_sheets(sheets: Iterable[Sheet], properties: Properties, path: Path, step: Step = no_step) -> Made:
    """Write the sheets in their order; `step` is told each sheet's name before it is written and may raise to stop.

    Each is let go of when it is packed. The file is packed in memory, where it is small, and then written whole: a full
    disk is one plain OSError.
    """
    from exporters.quick_book import QuickBook

    cleaning = Cleaning()
    layouts = {sheet.name: laid_out(sheet, cleaning) for sheet in sheets}
    charts = sum(layout.sheet.chart is not None for layout in layouts.values())
    packed = BytesIO()
    options = {**_OPTIONS, "default_format_properties": dict(FONT)}
    book = QuickBook(packed, options, sheets=len(layouts), charts=charts)
    _describe(book, properties, cleaning)
    formats = _Formats(book)
    book.title_style = numbered(formats.title())
    written: dict[tuple[str, str], str] = {}
    try:
        for name in tuple(layouts):
            step(name)
            _write_page(_Page(book.add_worksheet(name), layouts[name], layouts, formats, cleaning, written), book)
            layouts[name] = layouts[name].without_rows()
        book.close()
    finally:
        book.let_go()
    path.write_bytes(packed.getbuffer())
    return Made(written, cleaning, layouts)


def numbered(made: Any) -> int:  # noqa: ANN401 - xlsxwriter has no types
    """The number of a format, by which cells name it."""
    number: int = made._get_xf_index()  # noqa: SLF001 - XlsxWriter gives it out when a cell first asks
    return number


def _describe(book: Any, properties: Properties, cleaning: Cleaning) -> None:  # noqa: ANN401 - xlsxwriter has no types
    created = datetime.combine(properties.day, time(), tzinfo=UTC).replace(tzinfo=None)
    held = {"title": properties.title, "author": properties.author, "subject": properties.subject}
    book.set_properties({**{key: cleaning.heading(text) for key, text in held.items()}, "created": created})


class _Formats:
    """Cell formats by what a column holds, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._held: dict[tuple[Any, ...], Any] = {}

    def named(self, **properties: Any) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        key = tuple(properties.items())
        if key not in self._held:
            self._held[key] = self._book.add_format({**FONT, **properties})
            numbered(self._held[key])
        return self._held[key]

    def title(self) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        return self.named(bold=True, font_size=16)

    def heading(self, column: Column) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        side = "left" if column.kind in (Kind.TEXT, Kind.LINK, Kind.DATE) else "right"
        indent = int(column.kind is Kind.TEXT)
        return self.named(bold=True, text_wrap=True, bottom=1, align=side, valign="bottom", indent=indent)

    def cell(self, column: Column, place: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        if column.kind is not Kind.TEXT:
            return self.number(column, place)
        return self.named(text_wrap=True, align="left", indent=1, valign=place)

    def number(self, column: Column, place: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        side = "left" if column.kind is Kind.DATE else "right"
        return self.named(num_format=number_format(column), align=side, text_wrap=True, valign=place)

    def mark(self, place: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        return self.named(text_wrap=True, align="right", valign=place)

    def link(self, place: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        return self.named(font_color="#0B4F9E", underline=1, text_wrap=True, align="left", valign=place)


def number_format(column: Column) -> str:
    """The number format of a column."""
    places = "." + "0" * column.decimals if column.decimals else ""
    return {
        Kind.NUMBER: f"#,##0{places}",
        Kind.POUNDS: "£#,##0;-£#,##0",
        Kind.PENCE: "£#,##0.00;-£#,##0.00",
        Kind.SHARE: f"0{places}%",
        Kind.DATE: "d mmmm yyyy",
    }.get(column.kind, "General")


@dataclass
class _Page:
    """One worksheet being written."""

    page: Any
    layout: Layout
    layouts: Mapping[str, Layout]
    formats: _Formats
    cleaning: Cleaning
    written: dict[tuple[str, str], str]


def _write_page(on: _Page, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    layout = on.layout
    for place, width in enumerate(layout.widths):
        on.page.set_column(place, place, width)
    on.page.set_default_row(ONE_LINE)
    on.page.set_row(0, TITLE_HEIGHT)
    on.page.write_string(0, 0, layout.above[0], on.formats.title())
    for row, text in enumerate(layout.above[1:], 1):
        on.page.write_string(row, 0, text, on.formats.named())
    _write_table(on, book.texts)
    _set_print(on.page, layout)
    for name, text in layout.sheet.names:
        book.define_name(name, f"={defined(text, layout, on.layouts)}")
    if layout.sheet.chart is not None:
        add_chart(book, on.page, layout, on.cleaning)
    book.finish(on.page)


def _write_table(on: _Page, texts: dict[str, int]) -> None:
    """The table's place and header, then its rows: at once, or cell by cell where cells hold more than a value."""
    layout, sheet = on.layout, on.layout.sheet
    by_cell = any(column.entered or column.kind is Kind.LINK for column in sheet.columns)
    on.page.add_table(
        layout.header_row,
        0,
        layout.last_row if by_cell else layout.first_row,
        len(sheet.columns) - 1,
        {
            "name": sheet.table,
            "autofilter": False,
            "style": None,
            "title": layout.above[0],
            "description": on.cleaning.heading(sheet.about),
            "columns": [
                {"header": heading, "header_format": on.formats.heading(column)}
                for heading, column in zip(layout.headings, sheet.columns, strict=True)
            ],
        },
    )
    heading_row = zip(layout.headings, layout.widths, strict=True)
    on.page.set_row(layout.header_row, height_of(heading_row, bold=True))
    if by_cell:
        _write_cells(on)
    else:
        on.page.put_rows(_rows(on), texts)
        on.page.stretch_table(layout.last_row, len(sheet.columns) - 1)
        if sheet.chart is not None:
            on.page.say_heights()


def _dressed(on: _Page) -> tuple[list[_Dressed], list[_Dressed]]:
    """The columns as they look in rows of one line, where all stands in the middle, and in taller ones, at the top.

    At the top of the first row a text would touch the rule under the headings.
    """
    columns = on.layout.sheet.columns
    middle, top = ([_Dressed(column, on.formats, place) for column in columns] for place in ("vcenter", "top"))
    return middle, top


def _rows(on: _Page) -> Rows:
    """The rows as declared, with their formulas made and their heights found."""
    from exporters.quick_book import Formats, Rows

    layout, name = on.layout, on.layout.sheet.name
    letters = [column_name(place) for place in range(len(layout.sheet.columns))]
    formulas = {}
    live = [
        (row, cells) for row, cells in enumerate(layout.sheet.rows, layout.first_row) if Formula in map(type, cells)
    ]
    for row, cells in live:
        for place, cell in enumerate(cells):
            if isinstance(cell, Formula):
                text = resolved(cell, row, layout, on.layouts)
                formulas[row, place] = on.written[name, f"{letters[place]}{row + 1}"] = text
    heights = heights_of(layout.sheet.rows, layout.widths)
    one_line, taller = (
        Formats([numbered(one.number) for one in dressed], [numbered(one.text) for one in dressed])
        for dressed in _dressed(on)
    )
    return Rows(layout.first_row, layout.sheet.rows, heights, one_line, taller, formulas)


def _write_cells(on: _Page) -> None:
    _guide_entries(on)
    middle, top = _dressed(on)
    heights = heights_of(on.layout.sheet.rows, on.layout.widths)
    for row, (cells, height) in enumerate(zip(on.layout.sheet.rows, heights, strict=True), on.layout.first_row):
        if height > ONE_LINE:
            on.page.set_row(row, height)
        dressed = top if height > ONE_LINE else middle
        for place, cell in enumerate(cells):
            way = _WAYS.get(type(cell)) or _way_of(cell)
            way(on, row, place, dressed[place], cell)


def _guide_entries(on: _Page) -> None:
    """Cells to be filled say what belongs there, and warn of a number below 0; words such as `<5` may stay."""
    for place, column in enumerate(on.layout.sheet.columns):
        if column.entered:
            on.page.data_validation(
                on.layout.first_row,
                place,
                on.layout.last_row,
                place,
                {
                    "validate": "decimal",
                    "criteria": ">=",
                    "value": 0,
                    "input_title": on.cleaning.heading(column.title)[:MOST_TITLE],
                    "input_message": on.cleaning.heading(column.entered)[:MOST_MESSAGE],
                    "error_type": "warning",
                    "error_title": "Not a number of 0 or more",
                    "error_message": WARNING,
                },
            )


class _Dressed:
    """One column with the formats of its cells, each looked up once."""

    def __init__(self, column: Column, formats: _Formats, place: str) -> None:
        words = column.kind in (Kind.TEXT, Kind.LINK)
        self.to_be_filled = bool(column.entered)
        self.links = column.kind is Kind.LINK
        self.number = formats.number(column, place)
        self.text = formats.cell(column, place) if words else formats.mark(place)
        self.link = formats.link(place)


def _write_blank(on: _Page, row: int, place: int, dressed: _Dressed, _cell: None) -> None:
    """A blank is left blank and its sheet explains it; one to be filled has the format of what belongs there."""
    if dressed.to_be_filled:
        on.page.write_blank(row, place, None, dressed.number)


def _write_formula(on: _Page, row: int, place: int, dressed: _Dressed, cell: Formula) -> None:
    text = resolved(cell, row, on.layout, on.layouts)
    on.written[on.layout.sheet.name, f"{column_name(place)}{row + 1}"] = text
    on.page.write_formula(row, place, text, dressed.number, cell.value)


def _write_truth(on: _Page, row: int, place: int, dressed: _Dressed, cell: bool) -> None:
    on.page.write_boolean(row, place, cell, dressed.number)


def _write_number(on: _Page, row: int, place: int, dressed: _Dressed, cell: float) -> None:
    on.page.write_number(row, place, cell, dressed.number)


def _write_date(on: _Page, row: int, place: int, dressed: _Dressed, cell: date) -> None:
    moment = datetime.combine(cell, time(), tzinfo=UTC).replace(tzinfo=None)
    on.page.write_datetime(row, place, moment, dressed.number)


def _write_text(on: _Page, row: int, place: int, dressed: _Dressed, cell: str) -> None:
    """The only way a text gets into a cell: as text. The layout has cleaned it."""
    if dressed.links and cell in on.layouts:
        on.page.write_url(row, place, f"internal:'{cell}'!A1", dressed.link, string=cell)
    else:
        on.page.write_string(row, place, cell, dressed.text)


_Way = Callable[[_Page, int, int, _Dressed, Any], None]  # Any: each way takes its own kind of cell
_WAYS: dict[type, _Way] = {
    NoneType: _write_blank,
    Formula: _write_formula,
    bool: _write_truth,
    int: _write_number,
    float: _write_number,
    date: _write_date,
    str: _write_text,
}


def _way_of(cell: Cell) -> _Way:
    """The way of a cell whose type rests on one of these: a number of numpy, a word of a list."""
    return next(way for kind, way in _WAYS.items() if isinstance(cell, kind))


def _set_print(page: Any, layout: Layout) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page.set_paper(9)
    if sum(layout.widths) > PORTRAIT_ROOM or layout.sheet.chart is not None:
        page.set_landscape()
    else:
        page.set_portrait()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
