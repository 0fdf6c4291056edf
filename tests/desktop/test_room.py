"""Parts that stand otherwise where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.data.view import DataView
from desktop.theme.look import Look
from desktop.theme.marks import Kind
from desktop.widgets import Notice, column, scrolling
from desktop.widgets.text import label


@pytest.mark.parametrize(("width", "under"), [(900, False), (340, True)])
def test_the_buttons_of_a_notice_go_under_its_words_where_room_is_short(
    house: Look, qtbot: QtBot, width: int, *, under: bool
) -> None:
    notice = Notice(Kind.FIX, "April is missing", "Extract expected by 20 June", ("Enter now", "Later"))
    qtbot.addWidget(notice)
    notice.resize(width, 120)
    notice.show()
    button = notice.buttons[0]
    qtbot.waitUntil(lambda: (button.geometry().top() >= notice.detail.geometry().bottom()) is under)
    assert (button.geometry().left() < notice.fact.geometry().right()) is under


def test_a_part_that_stands_whole_in_a_page_is_as_high_as_what_it_holds(house: Look, qtbot: QtBot) -> None:
    lines = [label(f"Line {number}") for number in range(40)]
    part = scrolling(column(*lines))
    qtbot.addWidget(part)
    part.resize(300, 100)
    part.show()
    assert part.minimumHeight() == 0
    part.set_whole(True)
    needed = part.minimumHeight()
    assert needed > sum(line.sizeHint().height() for line in lines)
    lines[0].setText("One line\nand another one")
    qtbot.waitUntil(lambda: part.minimumHeight() > needed)
    part.set_whole(False)
    assert part.minimumHeight() == 0


class Contrary(QWidget):
    """Too high for its page where it has the whole width, and not where a bar takes a part of it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(600 if self.width() > 395 else 300)


def test_a_bar_whose_own_width_makes_it_needless_stays_and_does_not_come_and_go(house: Look, qtbot: QtBot) -> None:
    part = scrolling(column(Contrary()), margins=(0, 0, 0, 0))
    qtbot.addWidget(part)
    part.resize(400, 400)
    part.show()
    qtbot.waitUntil(part.verticalScrollBar().isVisible)
    widths = set()
    for _ in range(20):
        QApplication.processEvents()
        widths.add(part.viewport().width())
    assert len(widths) == 1
    part.resize(380, 400)
    qtbot.waitUntil(lambda: not part.verticalScrollBar().isVisible())


def test_the_buttons_over_the_values_go_on_in_a_second_line_and_none_is_cut(house: Look, qtbot: QtBot) -> None:
    house.set_scale(2.0)
    view = DataView()
    qtbot.addWidget(view)
    view.value.show_cell("A&E attendances, aged 75+ · May 25", "196", "Source: typed")
    view.resize(730, 570)
    view.show()
    tools = (view.columns_button, view.flip_button, view.paste_button, view.import_button)
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in tools))
    assert view.import_button.y() > view.columns_button.y()
    assert not view.value.source.isVisible()
    view.resize(1200, 570)
    qtbot.waitUntil(view.value.source.isVisible)
