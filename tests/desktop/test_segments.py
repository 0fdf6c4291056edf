"""A choice among a few, where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.look import Look
from desktop.widgets import Segmented, row

VIEWS = ("Frozen limits", "New mean", "Fitted trend")


def test_segments_give_up_their_margins_before_their_words_and_take_them_back(qtbot: QtBot, house: Look) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    choice = Segmented(VIEWS, "View")
    over.setLayout(row(choice, None))
    over.show()
    roomy = choice.sizeHint().width()
    buttons = [choice.button(text) for text in VIEWS]
    words = [one.fontMetrics().horizontalAdvance(one.text()) for one in buttons]
    for width, tight in ((roomy, "false"), (sum(words) + 40, "true"), (roomy, "false")):
        choice.resize(width, choice.height())
        if (laid := choice.layout()) is not None:
            laid.activate()
        assert {one.property("tight") for one in buttons} == {tight}
        assert all(one.width() > least for one, least in zip(buttons, words, strict=True))
        assert choice.sizeHint().width() == roomy
