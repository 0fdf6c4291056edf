"""What is being typed, anywhere in the window, outlives what happens elsewhere in the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit, QWidget

from db.operations.measures import add_event, add_measure
from db.operations.roles import change_role
from desktop.frame.window import MainWindow
from desktop.session import Session
from desktop.shell import TAB_NAMES
from tests.desktop.in_use import PLACES, close_what_stands_over, jobs, no_dialogs, sample, window

__all__ = ["jobs", "no_dialogs", "sample", "window"]
ROLE = 1
HERE = PLACES[: -len(TAB_NAMES)]
"""Without the tabs of the other role: what is changed is the first one's."""


def change_elsewhere(session: Session, number: int) -> None:
    """A fact of the role, an event and a measure more: as another part of the window would."""
    when = date(2025, 1, 1 + number % 28)
    session.change(change_role, role_id=ROLE, place=f"Elm {number}")
    session.change(add_event, role_id=ROLE, happened_on=when, title=f"Rota {number}")
    session.change(add_measure, role_id=ROLE, measure={"name": f"Calls {number}", "kind": "count"})


def fields(page: QWidget) -> list[QLineEdit | QTextEdit]:
    """What can be typed into now."""
    parts = [part for part in page.findChildren(QWidget) if isinstance(part, QLineEdit | QTextEdit)]
    return [part for part in parts if part.isVisible() and part.isEnabled() and not part.isReadOnly()]


def text_of(part: QLineEdit | QTextEdit) -> str:
    return part.text() if isinstance(part, QLineEdit) else part.toPlainText()


def lost(page: QWidget, session: Session, numbers: Iterator[int]) -> list[str]:
    """The fields of which what was typed has gone when something else changed."""
    found = []
    for part in fields(page):
        if not shiboken6.isValid(part) or not part.isVisible():
            continue
        name, before = part.accessibleName(), text_of(part)
        part.setFocus()
        QTest.keyClicks(part, "7")
        close_what_stands_over()
        typed = text_of(part)
        if typed != before:
            change_elsewhere(session, next(numbers))
            close_what_stands_over()
            if not shiboken6.isValid(part) or text_of(part) != typed:
                found.append(name)
    return found


@pytest.mark.full
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("name", "target"), HERE)
def test_what_is_being_typed_is_there_after_something_else_has_changed(
    window: MainWindow, name: str, target: object
) -> None:
    session, numbers = window.findChild(Session), count()
    assert session is not None
    window.show_page(name, target)
    page = window.page
    assert page is not None
    assert lost(page, session, numbers) == []
    shown = [part for part in page.findChildren(QAbstractButton) if part.isVisible() and part.isEnabled()]
    for button in dict.fromkeys((part.text(), part.accessibleName()) for part in shown):
        window.show_page(name, target)
        there = [part for part in page.findChildren(QAbstractButton) if (part.text(), part.accessibleName()) == button]
        held = {id(part) for part in fields(page)}
        for part in there[:1]:
            part.click()
        close_what_stands_over()
        if window.page is page and {id(part) for part in fields(page)} - held:
            assert lost(page, session, numbers) == [], button
