"""A spreadsheet brought in through the window with the keyboard alone, and by dropping it on the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.queries.series import series
from db.store import create
from desktop.frame.palette import matching
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.importing.draft import FILE, MATCH, REVIEW, TABLE
from desktop.pages.importing.page import ImportPage
from desktop.pages.table import page_table
from desktop.session import Session
from desktop.shell import Shell
from tests.desktop.keys import press, type_text
from tests.reference import needs

MOST_TABS = 80


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    path = tmp_path / "roles.roleworth"
    create(path).close()
    jobs = InlineJobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    qtbot.addWidget(window)
    made = Shell(window, session)
    session.open(path)
    window.resize(1366, 720)
    window.show()
    window.activateWindow()
    window.show_page("Import")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    session.close()


def page_of(shell: Shell) -> ImportPage:
    page = shell.window.page
    assert isinstance(page, ImportPage)
    return page


def focus() -> QWidget:
    holder = QApplication.focusWidget()
    assert holder is not None, "the focus was lost"
    assert holder.isVisible()
    return holder


def tab_to(wanted: QWidget) -> None:
    for _ in range(MOST_TABS):
        if focus() is wanted:
            return
        press(focus(), Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {wanted.accessibleName()}")


def choose_by_keyboard(page: ImportPage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    assert focus() is page.file.browse
    press(focus(), Qt.Key.Key_Space)


def on_to_review(page: ImportPage) -> None:
    while page.steps.current < REVIEW:
        if page.steps.current == MATCH and not page.match.name.text:
            tab_to(page.match.name.input)
            type_text(focus(), "Visitor")
        tab_to(page.foot.next)
        press(focus(), Qt.Key.Key_Space)
        focus()


def counts(shell: Shell) -> dict[str, int]:
    role_id = shell.session.role_id
    return {s.measure.name: len(s) for s in series(shell.session.need_store(), role_id)} if role_id else {}


def test_a_teams_sheet_is_mended_and_brought_in_without_a_mouse(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "activity.csv"
    slips = {5: "12-", 7: "tbc"}
    lines = [f"01/{m:02d}/2024,{30 + m % 3},{slips.get(m, 14 + m % 2)}" for m in range(1, 13)]
    sheet.write_text("Month,Admissions,Home visits\n" + "\n".join(lines) + "\n", encoding="utf-8")
    page = page_of(shell)
    choose_by_keyboard(page, sheet, monkeypatch)
    assert page.steps.current == TABLE
    on_to_review(page)
    assert focus() is page.review.issues
    press(focus(), Qt.Key.Key_Return)
    assert focus() is page.review.issues
    press(focus(), Qt.Key.Key_Delete)
    tab_to(page.foot.go)
    assert page.foot.go.text() == "Import 23 values"
    press(focus(), Qt.Key.Key_Space)
    assert counts(shell) == {"Admissions": 12, "Home visits": 11}
    assert page.steps.current == FILE
    assert focus().accessibleName() == "See what changed"


@pytest.mark.parametrize(
    ("name", "least"),
    [("trafford-claimant-count.csv", 60), ("rtt-overview-ts.xlsx", 5000), ("ons-monthly-deaths-2013.xls", 12)],
)
def test_a_published_sheet_is_brought_in_without_a_mouse(
    shell: Shell, name: str, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(shell)
    choose_by_keyboard(page, needs(f"sheets/{name}"), monkeypatch)
    on_to_review(page)
    tab_to(page.foot.go)
    press(focus(), Qt.Key.Key_Space)
    assert sum(counts(shell).values()) >= least
    focus()


def dropped(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(600, 300), action, mime, button, keys))


def test_a_file_dropped_anywhere_on_the_window_is_read_by_import(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "activity.csv"
    sheet.write_text("Month,Admissions\nApr 2024,1\nMay 2024,2\nJun 2024,3\n", encoding="utf-8")
    shell.window.show_page("Portfolio")
    dropped(shell.window, sheet)
    page = page_of(shell)
    assert page.steps.current == TABLE
    assert page.header().facts[0] == "activity.csv"


def test_an_import_is_found_in_the_palette_and_undone_from_there(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "activity.csv"
    sheet.write_text("Month,Admissions\nApr 2024,1\nMay 2024,2\nJun 2024,3\n", encoding="utf-8")
    page = page_of(shell)
    choose_by_keyboard(page, sheet, monkeypatch)
    on_to_review(page)
    page.foot.go.click()
    assert counts(shell) == {"Admissions": 3}
    (entry,) = matching(shell.find(), "undo import activity.csv")
    shell.window.asked.emit(entry.id, entry.target)
    assert counts(shell) == {}
    assert matching(shell.find(), "undo import") == []


def test_ctrl_i_leads_to_the_import_from_everywhere_with_or_without_a_file(qtbot: QtBot, shell: Shell) -> None:
    for place in ("Portfolio", "Role", "Library", "Evidence", "Help", "Set up"):
        shell.window.show_page(place)
        assert not isinstance(shell.window.page, ImportPage)
        press(shell.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: isinstance(shell.window.page, ImportPage))
    shell.window.book.have("file", False)
    assert "import-file" in [command.id for command in shell.window.book.available()]
