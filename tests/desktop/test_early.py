"""Everything in the window is pressed before what it needs has been read: a slow disk, or a hasty hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.frame.window import MainWindow
from desktop.pages.table import PAGES
from desktop.sample import write_sample_to
from desktop.session import Session
from desktop.shell import TAB_NAMES
from tools.app_pictures import shell_window
from tools.state_pictures import HeldJobs

PLACES: list[tuple[str, object]] = [(name, None) for name in PAGES if name != "Role"]
PLACES += [("Role", (role, tab)) for role in (1, 3) for tab in TAB_NAMES]
KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Space)


@pytest.fixture(autouse=True)
def no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("early") / "sample.roleworth"
    write_sample_to(path)
    return path


@pytest.fixture
def jobs() -> HeldJobs:
    return HeldJobs()


@pytest.fixture
def window(jobs: HeldJobs, qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on a copy of the sample; what a worker ends with that no person should see is raised."""
    path = tmp_path / "sample.roleworth"
    path.write_bytes(sample.read_bytes())
    made, session = shell_window(jobs)
    qtbot.addWidget(made)
    crashed: list[BaseException] = []
    jobs.crashed.connect(crashed.append)
    session.open(path)
    made.resize(1366, 720)
    made.show()
    yield made
    jobs.let_go()
    QApplication.processEvents()
    QGuiApplication.clipboard().clear()
    session.close()
    assert crashed == []


def close_what_stands_over() -> None:
    for _each in range(4):
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if over is not None:
            over.close()
    QApplication.processEvents()


def use(part: QWidget) -> None:
    """What a hand does with a part of this kind."""
    if isinstance(part, QAbstractButton):
        part.click()
    elif isinstance(part, QComboBox):
        for at in range(part.count()):
            part.setCurrentIndex(at)
            part.activated.emit(at)
    elif isinstance(part, QLineEdit):
        part.setText("12")
        QTest.keyClick(part, Qt.Key.Key_Return)
    elif isinstance(part, QTextEdit):
        QTest.keyClicks(part, "12")
    elif isinstance(part, QAbstractItemView):
        for key in KEYS:
            QTest.keyClick(part, key)
        for key in (Qt.Key.Key_C, Qt.Key.Key_V):
            QTest.keyClick(part, key, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def use_everything(window: MainWindow) -> int:
    """Every part of the page in front, until one of them leads to another page; how many there were."""
    page, used = window.page, 0
    assert page is not None
    for part in page.findChildren(QWidget):
        if shiboken6.isValid(part) and part.isVisible() and part.isEnabled():
            use(part)
            used += 1
            close_what_stands_over()
            if window.page is not page:
                break
    return used


def ask_for_everything(window: MainWindow, name: str, target: object) -> None:
    """Every command that is offered here."""
    for command in list(window.book.available()):
        window.show_page(name, target)
        window.book.run(command.id)
        close_what_stands_over()


@pytest.mark.full
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("name", "target"), PLACES)
def test_a_page_can_be_used_before_what_it_shows_has_been_read(
    jobs: HeldJobs, window: MainWindow, name: str, target: object
) -> None:
    jobs.held_back = True
    window.show_page(name, target)
    assert use_everything(window) > 0
    ask_for_everything(window, name, target)


@pytest.mark.full
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("name", "target"), PLACES)
def test_a_page_can_be_used_while_another_role_than_the_one_it_shows_is_read(
    jobs: HeldJobs, window: MainWindow, name: str, target: object
) -> None:
    window.show_page(name, target)
    session = window.findChild(Session)
    assert session is not None
    jobs.held_back = True
    session.choose_role(session.facts.roles[-1].id)
    assert use_everything(window) > 0
    ask_for_everything(window, name, target)
