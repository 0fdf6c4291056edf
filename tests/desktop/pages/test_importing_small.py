"""The import window on a laptop of 1366 x 768 at 125 %: nothing leaves the page, and one bar scrolls."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.pages.importing.draft import REVIEW, TABLE
from desktop.pages.importing.issue_list import ASIDE, PROBLEM
from desktop.pages.importing.page import ImportPage
from desktop.theme.look import look
from tests.desktop.pages.importing_sheets import at_file, go_to, page, session
from tests.desktop.pages.results.looking import settle, sideways

__all__ = ["page", "session"]
SMALL = (1009, 442)


def test_a_long_sheet_with_many_problems_stays_within_the_page(page: ImportPage, tmp_path: Path) -> None:
    rows = [f"01/{at % 12 + 1:02d}/{2005 + at // 12},{at},{'-x' if at % 2 else at}" for at in range(150)]
    page.read(at_file(tmp_path, "long.csv", "\n".join(["Month,Contacts,Referrals", *rows])))
    page.resize(*SMALL)
    go_to(page, REVIEW)
    settle()
    assert sideways(page) == []
    issues, ruler = page.review.issues, QFontMetricsF(look().theme.font("small"))
    room = QRectF(0, 0, issues.columnWidth(PROBLEM) - ASIDE, 400)
    words = max((doubt.message for doubt in issues.doubts), key=len)
    assert ruler.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height() <= issues.rowHeight(0)


def test_questions_do_not_scroll_beside_a_step_that_does(page: ImportPage, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for month in range(4, 13):
        sheet = book.create_sheet(f"2024-{month:02d}")
        sheet.append(["Practice", "Code", "Referrals"])
        sheet.append(["Elm Surgery", "A81001", month])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "monthly.xlsx")
    page.read(str(tmp_path / "monthly.xlsx"))
    go_to(page, TABLE)
    page.resize(*SMALL)
    settle()
    assert page.table.side.verticalScrollBar().maximum() == 0
    page.resize(1280, 900)
    settle()
    assert page.table.sheet.height() > SMALL[1], "with room enough the sheet takes it"
