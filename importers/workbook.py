"""Reads workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) with calamine into grids of typed cells."""

from __future__ import annotations

import io
import re
import zipfile

from importers.addresses import address
from importers.biff import scan_xls
from importers.binary_workbook import scan_xlsb
from importers.grids import Book, Cell, Grid, Remark
from importers.guard import BROKEN_ARCHIVE, Contents, damaged, password_problem, refuse, too_large
from importers.opendocument import scan_ods
from importers.package import MAX_AREA, PackageFacts, SheetFacts, scan_package

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_FAR_ROWS, _FAR_COLUMNS = 1_000, 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_workbook(contents: Contents) -> Book:
    """Every worksheet with its cells; refuses with a sentence what cannot be read."""
    facts = _package_facts(contents)
    grids = _grids(contents, facts.data if facts else contents.data)
    for grid in grids:
        _trim(grid, clean=facts is None or facts.has_escapes)
    remarks = list(contents.remarks)
    for grid in grids:
        remarks += _drop_far(grid)
        if facts:
            _add_facts(grid, facts.sheets.get(grid.name, SheetFacts()), facts.date_1904)
            remarks += _far_remarks(grid, facts.sheets.get(grid.name, SheetFacts()))
    if not any(grid.rows for grid in grids):
        names = ", ".join(grid.name for grid in grids[:5]) or "no sheet"
        said = f"has no data: every sheet in it is empty ({names})."
        raise refuse(contents.name, said, "Check that it is the right file and that it was saved.")
    return Book(contents.name, contents.kind, contents.sha256, len(contents.data), grids, remarks=remarks)


def _package_facts(contents: Contents) -> PackageFacts | None:
    if contents.kind == "xls":
        return scan_xls(contents.data)
    if contents.kind == "ods":
        return scan_ods(contents.data)
    if contents.kind == "xlsb":
        return scan_xlsb(contents.data)
    if contents.kind != "xlsx":
        return None
    try:
        return scan_package(contents.data)
    except BROKEN_ARCHIVE:
        raise damaged(contents.name) from None


def _grids(contents: Contents, data: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=False)
            merges = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            grids.append(Grid(meta.name, rows, meta.visible == SheetVisibleEnum.Visible, merges))
    except PasswordError:
        raise password_problem(contents.name) from None
    except CalamineError as problem:
        if "limit" in str(problem).lower() or (contents.kind == "ods" and _repeats_without_end(data)):
            raise too_large(contents.name, "it declares more cells than can be held") from None
        raise damaged(contents.name) from None
    except OSError:
        raise damaged(contents.name) from None
    return grids


def _repeats_without_end(data: bytes) -> bool:
    """Whether an .ods repeats a cell over more rows and columns than can be held; the reader's own message is lost."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    rows = max(map(int, _ROWS_REPEATED.findall(content)), default=1)
    columns = max(map(int, _COLUMNS_REPEATED.findall(content)), default=1)
    return rows * columns > MAX_AREA


def _trim(grid: Grid, *, clean: bool) -> None:
    """Trim empty lines at the end and, where the file may hold any, take control characters out of texts."""
    rows = grid.rows
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    for row in rows if clean else ():
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell and (not cell.isprintable() or "_x" in cell):
                row[index] = _plain(cell)


def _plain(text: str) -> Cell:
    decoded = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text
    return _CONTROL.sub("", decoded)


def _drop_far(grid: Grid) -> list[Remark]:
    """Leave cells out that lie more than 1,000 empty rows, or 200 empty columns, beyond everything else."""
    rows, width = _end(grid.rows, _FAR_ROWS), _width(grid)
    if rows == len(grid.rows) and width == grid.width:
        return []
    far = [cell for row in grid.rows[rows:] for cell in row] + [c for row in grid.rows[:rows] for c in row[width:]]
    count = sum(cell != "" for cell in far)
    grid.rows = [row[:width] for row in grid.rows[:rows]]
    return _far_remarks(grid, SheetFacts(far_cells=count))


def _end(rows: list[list[Cell]], gap: int) -> int:
    last = -1
    for number, row in enumerate(rows):
        if any(cell != "" for cell in row):
            if last >= 0 and number - last > gap:
                break
            last = number
    return last + 1


def _width(grid: Grid) -> int:
    if grid.width <= _FAR_COLUMNS:
        return grid.width
    columns = [list(cells) for cells in zip(*grid.rows, strict=True)]
    return _end(columns, _FAR_COLUMNS)


def _add_facts(grid: Grid, facts: SheetFacts, date_1904: bool) -> None:
    grid.errors = facts.errors
    grid.unstored = facts.unstored
    grid.percents = facts.percents
    grid.pounds = facts.pounds
    grid.hidden_rows = tuple(row for row in facts.hidden_rows if row < len(grid.rows))
    grid.hidden_columns = tuple(column for column in facts.hidden_columns if column < grid.width)
    grid.date_1904 = date_1904
    for (row, column), said in facts.errors.items():
        if row < len(grid.rows) and column < len(grid.rows[row]):
            grid.rows[row][column] = said


def _far_remarks(grid: Grid, facts: SheetFacts) -> list[Remark]:
    if not facts.far_cells:
        return []
    one = facts.far_cells == 1
    said = f"{facts.far_cells} cell{'' if one else 's'} on sheet {grid.name} lie{'s' if one else ''} far from the table"
    return [Remark("note", f"{said} and {'was' if one else 'were'} left out.", "", f"{grid.name}!{address(0, 0)}")]
