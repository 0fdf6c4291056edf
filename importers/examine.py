"""Reads a file from bytes to inspection, in one process: guard, read, search for people, find tables, check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from importers.checks import check_sheet, check_table
from importers.doubts import Built
from importers.edges import Edges, set_edges
from importers.found import Question
from importers.grids import Book, Grid, shown
from importers.guard import Contents, open_file, refuse
from importers.inspection import InspectedSheet, Inspection, Issue
from importers.own_export import holds_results, left_whole, with_marks
from importers.privacy import Passage, Screening, safe_name, screen, screen_name
from importers.regions import How
from importers.tables import FoundSheet, ask_for_periods, find_tables

Progress = Callable[[float, str], None]
PICTURE_ROWS, PICTURE_COLUMNS, PICTURE_TEXT = 120, 40, 80


def examine(
    path: Path, progress: Progress | None = None, today: date | None = None, edges: Sequence[Edges] = ()
) -> Inspection:
    """Read a file and find its tables, within `edges` where a person set them.

    Raises UserProblem when it must not or cannot be read.
    """
    say = progress or _silent
    say(0.05, "Looking at the file")
    if named := screen_name(path.name):
        return _name_refused(path, named)
    return examine_contents(open_file(path), path, say, today, edges)


def examine_contents(
    contents: Contents, path: Path, say: Progress, today: date | None = None, edges: Sequence[Edges] = ()
) -> Inspection:
    """The same for contents that are in memory already; `path` is only told on."""
    say(0.15, "Reading the cells")
    book = _read(contents)
    say(0.5, "Looking for personal data")
    screening = screen(book, _around(contents))
    if screening.refusal:
        return _refusal(book, screening, path)
    set_edges(book, edges)
    say(0.6, "Finding tables")
    how = How(book.decimal_comma, today, book.file)
    sheets = _find_all(book, how)
    inspection = _assembled(book, sheets, screening, path)
    say(1.0, "Done")
    return inspection


def _silent(_share: float, _doing: str) -> None:
    """No progress is wanted."""


def _read(contents: Contents) -> Book:
    if contents.kind == "text":
        from importers.text import read_text

        return read_text(contents)
    from importers.workbook import read_workbook

    return read_workbook(contents)


def _around(contents: Contents) -> Sequence[Passage]:
    """The texts around the cells of a workbook, for the search alone; a text file has none."""
    if contents.kind == "text":
        return ()
    from importers.privacy_surroundings import passages

    return passages(contents)


def _find_all(book: Book, how: How) -> list[FoundSheet]:
    """Tables of the visible sheets; of hidden ones only when no visible sheet has any."""
    if results := holds_results(book):
        return [left_whole(grid) if grid.name in results else _own(grid, how) for grid in book.sheets]
    sheets = [_found(grid, how) if grid.visible else FoundSheet(grid.name, grid.visible) for grid in book.sheets]
    if any(sheet.tables for sheet in sheets):
        return sheets
    for sheet, grid in zip(sheets, book.sheets, strict=True):
        if grid.visible:
            ask_for_periods(sheet, grid, how)
            _checked(sheet, grid)
    if any(sheet.tables for sheet in sheets) or all(grid.visible for grid in book.sheets):
        return sheets
    hidden = [_found(grid, how) if not grid.visible else sheet for grid, sheet in zip(book.sheets, sheets, strict=True)]
    names = ", ".join(sheet.name for sheet in hidden if sheet.tables and not sheet.visible)
    if names:
        ask = f"The only sheet with a table is hidden ({names}). Should it be read?"
        target = next(sheet for sheet in hidden if sheet.tables)
        target.questions.insert(0, Question("hidden sheets", names, ask, ("Read the hidden sheet", "Read nothing")))
    return hidden


def _found(grid: Grid, how: How) -> FoundSheet:
    sheet = find_tables(grid, how)
    _checked(sheet, grid)
    if len(sheet.tables) > 1:
        sheet.questions.append(_which_tables(sheet))
    return sheet


def _own(grid: Grid, how: How) -> FoundSheet:
    sheet = _found(grid, how)
    with_marks(sheet, grid)
    return sheet


def _checked(sheet: FoundSheet, grid: Grid) -> None:
    for table in sheet.tables:
        built = Built(table)
        check_table(built, grid)
        sheet.questions += built.questions
        sheet.remarks += built.remarks
    if sheet.tables:
        sheet.remarks += check_sheet(grid, sheet.tables)


def _which_tables(sheet: FoundSheet) -> Question:
    names = [f"{table.range} ({_named(table.series[0].measure, len(table.series))})" for table in sheet.tables]
    ask = f"There are {len(sheet.tables)} tables on sheet {sheet.name}: {'; '.join(names)}. Which should be read?"
    choices = ("All of them", *(f"Only {name}" for name in names))
    return Question(f"tables {sheet.name}", f"{sheet.name}!{sheet.tables[0].range}", ask, choices)


def _named(first: str, count: int) -> str:
    return first if count == 1 else f"{first} and {count - 1} more"


def _name_refused(path: Path, screening: Screening) -> Inspection:
    issue = Issue("", "fix", screening.refusal, screening.advice)
    file = safe_name(path.name)
    return Inspection(file, "", "", 0, (), "refuse", issues=(issue,), personal_data=screening.found, path=str(path))


def _refusal(book: Book, screening: Screening, path: Path) -> Inspection:
    issue = Issue("", "fix", screening.refusal, screening.advice)
    sheets = tuple(InspectedSheet(grid.name, grid.visible) for grid in book.sheets)
    return Inspection(
        book.file,
        book.format,
        book.sha256,
        book.size,
        sheets,
        "refuse",
        book.encoding,
        issues=(issue,),
        personal_data=screening.found,
        path=str(path),
    )


def _assembled(book: Book, sheets: list[FoundSheet], screening: Screening, path: Path) -> Inspection:
    if not any(sheet.tables for sheet in sheets):
        _refuse_headings_only(book)
    remarks = [*book.remarks, *screening.remarks, *(remark for sheet in sheets for remark in sheet.remarks)]
    questions = [*_book_questions(book, sheets), *(question for sheet in sheets for question in sheet.questions)]
    issues = tuple(Issue(r.cell, r.level, r.message, r.hint) for r in remarks if r.level != "ask")
    return Inspection(
        file=book.file,
        format=book.format,
        sha256=book.sha256,
        size=book.size,
        sheets=tuple(
            InspectedSheet(
                sheet.name,
                sheet.visible,
                tuple(sheet.tables),
                tuple(sheet.left_out),
                _picture(grid),
                len(grid.rows),
                grid.width,
            )
            for sheet, grid in zip(sheets, book.sheets, strict=True)
        ),
        verdict=_verdict(questions, issues),
        encoding=book.encoding,
        questions=tuple(questions),
        issues=issues,
        personal_data=screening.found,
        path=str(path),
    )


def _refuse_headings_only(book: Book) -> None:
    filled = [row for grid in book.sheets for row in grid.rows if any(cell != "" for cell in row)]
    if len(filled) == 1 and not any(isinstance(cell, float) for cell in filled[0]):
        raise refuse(book.file, "has headings but no rows of data under them.", "Check that it was exported fully.")


def _book_questions(book: Book, sheets: list[FoundSheet]) -> list[Question]:
    questions = [
        Question(f"reading {remark.cell}", remark.cell, f"{remark.message} {remark.hint}", ("Read it so", "Stop here"))
        for remark in book.remarks
        if remark.level == "ask"
    ]
    if book.decimal_comma:
        ask = (
            "Is the comma the decimal mark in this file, so that 1.234,50 is one thousand two hundred and thirty-four?"
        )
        choices = ("Yes, the comma is the decimal mark", "No, leave those cells out")
        questions.append(Question("decimal comma", "", ask, choices))
    if not any(sheet.tables for sheet in sheets):
        widest = max((grid.width for grid in book.sheets), default=0)
        said = f" ({widest:,} columns were searched)" if widest > 1_000 else ""
        ask = f"Which period do the figures belong to? There is no month, quarter or year beside them{said}."
        questions.append(Question("no period", "", ask, ("Choose the period and the table by hand", "Stop here")))
    return questions


def _verdict(questions: list[Question], issues: tuple[Issue, ...]) -> str:
    if questions:
        return "ask"
    return "warn" if any(issue.level in ("fix", "check") for issue in issues) else "ok"


_shown = lru_cache(maxsize=50_000, typed=True)(shown)
"""The same figure is put into words once; `typed`, for 1 and TRUE are equal."""


def _picture(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple([(cell.strip() if type(cell) is str else _shown(cell))[:PICTURE_TEXT] for cell in row[:PICTURE_COLUMNS]])
        for row in grid.rows[:PICTURE_ROWS]
    )
