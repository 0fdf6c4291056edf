"""XlsxWriter's workbook with the two things done at once that it does cell by cell or part by part.

The rows of a table are written as text straight from what was declared; XlsxWriter would hold an object for each cell
and write it by seven calls. Each sheet is packed as soon as it is whole (`exporters.quick_package`). XlsxWriter is
imported with this module, so whoever writes a workbook imports it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from io import BytesIO
from math import isfinite
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from exporters.declared import Cell, Formula
from exporters.heights import ONE_LINE
from exporters.layout import column_name
from exporters.quick_package import QuickPackage

EPOCH, LEAP_FAULT = date(1899, 12, 31), 59
"""Day 0 of a spreadsheet, and the last day before the 29 February 1900 that it counts and that never was."""
PIXELS_A_POINT = 4 / 3


@dataclass(frozen=True)
class Formats:
    """The numbers of the formats of figures and of texts, by column."""

    figures: Sequence[int]
    texts: Sequence[int]

    def figure_ends(self) -> list[str]:
        """What stands between the place of a figure and the figure."""
        return [f'" s="{style}"' for style in self.figures]

    def text_ends(self) -> list[str]:
        """What stands between the place of a text and its number."""
        return [f'" s="{style}" t="s"><v>' for style in self.texts]


@dataclass(frozen=True)
class Rows:
    """The rows of a table: where they begin (from 0), their cells, their heights in points, and the formats of their
    columns in rows of one line and in taller ones. `formulas` are by place, as they are written."""

    first: int
    cells: Sequence[Sequence[Cell]]
    heights: Sequence[float]
    one_line: Formats
    taller: Formats
    formulas: Mapping[tuple[int, int], str]


class QuickSheet(Worksheet):  # type: ignore[misc] # xlsxwriter has no types
    """A worksheet whose table's rows are kept as declared until the file is packed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Rows | None = None
        self._texts: Mapping[str, int] = {}

    def put_rows(self, rows: Rows, texts: dict[str, int]) -> None:
        """Take the rows of the table; `texts` are those of the whole workbook with their numbers."""
        shared, held = self.str_table, [cell for row in rows.cells for cell in row if isinstance(cell, str)]
        new = [text for text in dict.fromkeys(held) if text not in texts]
        for text in new:
            texts[text] = shared._get_shared_string_index(text)  # noqa: SLF001 - where XlsxWriter numbers them
        shared.count += len(held) - len(new)
        self._rows, self._texts = rows, texts
        self._check_dimensions(rows.first + len(rows.cells) - 1, len(rows.one_line.figures) - 1)

    def say_heights(self) -> None:
        """Tell XlsxWriter how tall the rows are: the place of a chart beside them is counted in rows."""
        for row, height in enumerate(self._rows.heights, self._rows.first) if self._rows else ():
            if height > ONE_LINE:
                self.set_row(row, height)

    def stretch_table(self, last_row: int, last_column: int) -> None:
        """Have the table, of which only the first row was declared, hold all rows."""
        table = self.tables[-1]
        header = self._rows.first - 1 if self._rows else 0
        table["range"] = table["a_range"] = xl_range(header, 0, last_row, last_column)

    def _write_rows(self) -> None:
        held = self._rows
        if held is None:
            super()._write_rows()
            return
        last: int = self.dim_rowmax  # type: ignore[has-type] # xlsxwriter has no types
        self.dim_rowmax = held.first - 1
        super()._write_rows()
        self.dim_rowmax = last
        for text in rows_xml(held, self._texts):
            self.fh.write(text)

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> Sequence[object]:
        """The figures of a chart, which XlsxWriter keeps in the chart as well."""
        held = self._rows
        if held is None or row_start < held.first:
            return super()._get_range_data(row_start, col_start, row_end, col_end)  # type: ignore[no-any-return] # no types
        rows = held.cells[row_start - held.first : row_end - held.first + 1]
        return [_as_drawn(cell) for row in rows for cell in row[col_start : col_end + 1]]


def _as_drawn(cell: Cell) -> object:
    if isinstance(cell, Formula):
        return cell.value
    if cell is None or isinstance(cell, str | bool):
        return cell
    return f"{_serial(cell) if isinstance(cell, date) else cell:.16g}"


def rows_xml(rows: Rows, texts: Mapping[str, int]) -> Iterator[str]:
    """Each row as XML. Raises TypeError for a figure that is none, as XlsxWriter does."""
    letters = [column_name(place) for place in range(len(rows.one_line.figures))]
    starts = [f'<c r="{letter}' for letter in letters]
    shapes = [(one.figure_ends(), one.text_ends()) for one in (rows.one_line, rows.taller)]
    span = f'" spans="1:{len(letters)}" ht="'
    for number, (cells, height) in enumerate(zip(rows.cells, rows.heights, strict=True), rows.first + 1):
        figures, words = shapes[height > ONE_LINE]
        made = [f'<row r="{number}{span}{_points(height)}" customHeight="1">']
        for place, cell in enumerate(cells):
            if type(cell) is float and isfinite(cell):
                made.append(f"{starts[place]}{number}{figures[place]}><v>{cell:.16G}</v></c>")
            elif isinstance(cell, str):
                made.append(f"{starts[place]}{number}{words[place]}{texts[cell]}</v></c>")
            elif cell is not None:
                made.append(f"{starts[place]}{number}{figures[place]}{_held(cell, rows.formulas, number, place)}</c>")
        made.append("</row>")
        yield "".join(made)


@lru_cache
def _points(height: float) -> str:
    """A height in whole pixels, in points again."""
    return f"{int(height * PIXELS_A_POINT + 0.5) / PIXELS_A_POINT:.16g}"


def _held(cell: Cell, formulas: Mapping[tuple[int, int], str], number: int, place: int) -> str:
    """What a cell that is no text holds, with its kind where it is no number."""
    if isinstance(cell, Formula):
        return _live(formulas[number - 1, place], cell.value)
    if isinstance(cell, bool):
        return f' t="b"><v>{cell:d}</v>'
    if isinstance(cell, date):
        return f"><v>{_serial(cell)}</v>"
    if isinstance(cell, int | float) and isfinite(cell):
        return f"><v>{cell:.16G}</v>"
    text = f"no figure: {cell!r}"
    raise TypeError(text)


def _live(formula: str, value: float | bool | str) -> str:
    bare = _escaped(formula.removeprefix("="))
    if isinstance(value, bool):
        return f' t="b"><f>{bare}</f><v>{value:d}</v>'
    if isinstance(value, str):
        return f' t="str"><f>{bare}</f><v>{_escaped(value)}</v>'
    if not isfinite(value):
        text = f"no figure: {value!r} of {formula}"
        raise TypeError(text)
    return f"><f>{bare}</f><v>{value}</v>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache
def _serial(day: date) -> int:
    days = (day - EPOCH).days
    return days + 1 if days > LEAP_FAULT else days


def _write_point(chart: Any, number: int, value: object) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """A point of a chart as XlsxWriter writes it by seven calls."""
    if value is not None:
        chart.fh.write(f'<c:pt idx="{number}"><c:v>{_content(value)}</c:v></c:pt>')


@lru_cache(typed=True)
def _content(value: object) -> str:
    held = XMLwriter()
    return f"{held._escape_control_characters(held._escape_data(value))}"  # noqa: SLF001 - as XlsxWriter's elements do


class QuickBook(Workbook):  # type: ignore[misc] # xlsxwriter has no types
    """A workbook of so many quick sheets and charts. `title_style` is the number of the format of titles, `texts` those
    of its tables. A sheet that is whole is given to `finish`, and the workbook is packed when it is closed."""

    worksheet_class = QuickSheet

    def __init__(self, packed: BytesIO, options: Mapping[str, object], *, sheets: int, charts: int) -> None:
        super().__init__(packed, dict(options))
        self.title_style = 0
        self.texts: dict[str, int] = {}
        self._counts = {"sheets": sheets, "charts": charts}
        self._package: QuickPackage | None = None

    def add_chart(self, options: dict[str, Any]) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        """A chart whose points are written at once."""
        made = super().add_chart(options)
        made._write_pt = partial(_write_point, made)  # noqa: SLF001 - XlsxWriter calls it for every point
        return made

    def finish(self, sheet: QuickSheet) -> None:
        """Pack a sheet to which nothing will be added, and let go of it."""
        if self._package is None:
            self._package = QuickPackage(self.filename, self, **self._counts)
        packed = self._package.pack_sheet(sheet)
        self.worksheets_objs[sheet.index] = self.sheetnames[sheet.name] = packed

    def let_go(self) -> None:
        """Let go of the package, whole or not."""
        if self._package is not None:
            self._package.close()

    def _store_workbook(self) -> None:
        if self._package is None:
            text = "a workbook without a sheet"
            raise ValueError(text)
        self._prepare_sst_string_data()
        self._prepare_defined_names()
        self._package.finish()
