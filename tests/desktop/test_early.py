"""Everything in the window is pressed before what it needs has been read: a slow disk, or a hasty hand."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from desktop.frame.window import MainWindow
from desktop.session import Session
from tests.desktop.in_use import PLACES, close_what_stands_over, jobs, no_dialogs, sample, window
from tools.state_pictures import HeldJobs

__all__ = ["jobs", "no_dialogs", "sample", "window"]

KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Space)


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
