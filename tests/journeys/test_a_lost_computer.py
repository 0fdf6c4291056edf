"""A laptop is lost; what is left is a folder of backups on the team's drive. With the keyboard alone, on a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.backup import make_backup
from db.store import open_store
from desktop.frame.window import MainWindow
from desktop.jobs import Jobs
from desktop.pages.first_run.page import FirstRun
from desktop.pages.safety.page import SafetyPage
from desktop.pages.table import page_table
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.shell import Shell
from tests.desktop.keys import press

MOST_TABS = 80


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """The team's drive, with the backups of a laptop that is no more."""
    laptop, drive = tmp_path / "laptop" / "Elm roles.roleworth", tmp_path / "drive"
    laptop.parent.mkdir()
    write_sample_to(laptop)
    with open_store(laptop) as store:
        make_backup(store, reason="at close", folder=drive)
    laptop.unlink()
    return drive


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The window on a computer where Roleworth was never used, with the workers of the app."""
    (tmp_path / "own").mkdir()
    for room in ("desktop.safety", "desktop.pages.first_run.page"):
        monkeypatch.setattr(f"{room}.data_folder", lambda: tmp_path / "own")
    jobs = Jobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    qtbot.addWidget(window)
    made = Shell(window, session)
    window.resize(1366, 720)
    window.show()
    window.activateWindow()
    made.start(None)
    qtbot.waitUntil(lambda: window.findChild(FirstRun) is not None and QApplication.focusWidget() is not None)
    yield made
    qtbot.waitUntil(lambda: not jobs.writes)
    jobs.close()
    session.close()


def tab_to(wanted: QWidget) -> None:
    for _ in range(MOST_TABS):
        held = QApplication.focusWidget()
        if held is wanted:
            return
        press(held or wanted.window(), Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {wanted.accessibleName()}")


def test_the_newest_backup_becomes_the_file_again(
    shell: Shell, drive: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup,) = drive.glob("*.backup")
    before, again = backup.read_bytes(), tmp_path / "Elm roles"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(again), ""))
    first = shell.window.findChild(FirstRun)
    assert first is not None
    tab_to(first.existing)
    press(first.existing, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(shell.window.page, SafetyPage))
    page = shell.window.page
    assert isinstance(page, SafetyPage)
    qtbot.waitUntil(page.view.preview.restore.isVisible)
    assert "Elm roles-000001.backup is a backup, and stays as it is." in page.view.said.text()
    tab_to(page.view.preview.restore)
    press(page.view.preview.restore, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shell.session.store is not None)
    qtbot.waitUntil(lambda: shell.session.backed_up_at is not None)
    assert shell.session.need_store().path == tmp_path / "Elm roles.roleworth"
    assert len(shell.session.facts.roles) == 4
    assert "Restored to Elm roles.roleworth, which is open now." in page.view.said.text()
    assert backup.read_bytes() == before
