"""A plain list as a one-sheet workbook: for cells to mend, to hand on to whoever keeps the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.problems import UserProblem

WIDTHS = (18, 60)


def write_listing(target: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a title, a header row and rows of text; no text can become a formula. Returns the path written.

    Raises UserProblem when the file cannot be written, for example because it is open in Excel.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("List")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, bold)
    for column, heading in enumerate(headings):
        sheet.write_string(2, column, heading, bold)
        sheet.set_column(column, column, WIDTHS[column == 2])
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, wrapped)
    try:
        book.close()
    except FileCreateError as error:
        raise UserProblem(f"{target.name} cannot be written.", "Close it in Excel, or choose another name.") from error
    return target
