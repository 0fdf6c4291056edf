"""The 32 checks that every workbook passes before it is handed over."""

from __future__ import annotations

import errno
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from analysis.problems import UserProblem
from exporters import checks_content, checks_document, checks_tables
from exporters.checks_document import BROKEN
from exporters.opened import EachPage, Opened
from exporters.steps import Step, no_step
from exporters.writer import Made

Check = Callable[[Opened], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    checks_document.opens,
    checks_document.has_title,
    checks_document.has_language,
    checks_document.creator_is_no_login,
    checks_document.cover_is_complete,
    checks_document.contents_list_every_sheet,
    checks_document.notes_match,
    checks_document.titles_are_headings,
    checks_document.sheet_names_are_fit,
    checks_document.no_sheet_is_empty,
    checks_document.nothing_is_hidden,
    checks_tables.one_table_a_sheet,
    checks_tables.tables_start_in_column_a,
    checks_tables.nothing_beside_or_below,
    checks_tables.headers_are_whole,
    checks_tables.nothing_is_merged,
    checks_tables.no_blank_row_or_column,
    checks_tables.blanks_are_explained,
    checks_tables.no_filter_buttons,
    checks_tables.no_frozen_panes,
    checks_tables.no_header_or_footer,
    checks_tables.nothing_foreign,
    checks_content.charts_have_alt_text,
    checks_content.charts_rest_on_tables,
    checks_content.no_fill_and_enough_contrast,
    checks_content.colour_says_nothing_alone,
    checks_content.all_text_can_be_seen,
    checks_content.figures_are_numbers,
    checks_content.dates_are_dates,
    checks_content.links_have_words,
    checks_content.opens_at_the_start,
    checks_content.only_declared_formulas,
)
"""Check 1 first; a check's number is its place."""


@dataclass(frozen=True)
class Failure:
    """One thing a check found."""

    number: int
    text: str


def failures(path: Path, made: Made, step: Step = no_step) -> list[Failure]:
    """Everything the checks find in a workbook; `step` is told each sheet before it is read and may raise to stop."""
    held = Opened(path, made)
    try:
        damage = [Failure(1, text) for text in CHECKS[0](held)]
        return damage or sorted(_found(held, step), key=lambda failure: failure.number)
    finally:
        held.close()


def _found(held: Opened, step: Step) -> Iterator[Failure]:
    """One worksheet after the other with all checks of worksheets, each forgotten before the next; then the whole."""
    numbered = list(enumerate(CHECKS[1:], 2))
    each = [(number, check.of_page) for number, check in numbered if isinstance(check, EachPage)]
    for page in held.pages:
        step(page.title)
        try:
            page.read()
        except BROKEN as error:
            yield Failure(1, f"{page.title} cannot be read: {error!r}")
            return
        yield from (Failure(number, text) for number, check in each for text in check(held, page))
        page.forget()
    for number, check in numbered:
        if not isinstance(check, EachPage):
            yield from (Failure(number, text) for text in check(held))


def proved(path: Path, made: Made, step: Step = no_step) -> tuple[str, ...]:
    """What was checked, in words. Raises UserProblem when a check fails: the workbook is then not handed over.

    Raises OSError when the disk does not give back what was written to it.
    """
    try:
        found = failures(path, made, step)
    except (BadZipFile, zlib.error) as error:
        raise OSError(errno.EIO, "what was written cannot be read back", str(path)) from error
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UserProblem(
            f"The workbook failed its check {found[0].number}: {found[0].text}{more}.",
            "It was not handed over, and any older file is as it was. "
            "This is a fault of Roleworth: tell whoever looks after it.",
        )
    return tuple((check.__doc__ or "").split(": ", 1)[-1].strip() for check in CHECKS)
