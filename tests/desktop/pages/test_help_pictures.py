"""The pictures of the guide: there in light and dark, described, and never wider than the text."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.pages.help.page import HelpPage
from desktop.pages.help.state import help_pages
from desktop.session import Session
from desktop.theme.look import Look
from resources import help_picture, help_texts
from tests.desktop.pages.results.conftest import closed_session
from tests.desktop.pages.results.looking import settle

__all__ = ["closed_session"]

HELP_PAGES = help_pages(help_texts(), [(c.group, c.shortcut, c.text) for c in COMMANDS])


def mean_lightness(picture: bytes) -> float:
    """From 0, black, to 255, white."""
    small = QImage.fromData(picture).scaled(16, 16, mode=Qt.TransformationMode.SmoothTransformation)
    return sum(small.pixelColor(at % 16, at // 16).lightness() for at in range(256)) / 256


def test_every_picture_of_the_guide_has_words_and_is_there_in_light_and_dark() -> None:
    shown = re.findall(
        r"!\[(.*?)\]\((.+?)\.png\)", next(page.text for page in HELP_PAGES if page.key == "first-evaluation")
    )
    assert len(shown) >= 6
    assert [name for words, name in shown if len(words) < 30] == []
    for _, name in shown:
        assert help_picture(name)
        assert help_picture(name, dark=True)
        assert help_picture(name) != help_picture(name, dark=True)
        assert mean_lightness(help_picture(name)) > 200
        assert mean_lightness(help_picture(name, dark=True)) < 90
    assert help_picture("nothing") == b""


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_pictures_of_the_guide_grow_with_the_text_and_are_never_wider_than_it(
    house: Look, qtbot: QtBot, closed_session: Session, scale: float
) -> None:
    house.set_scale(scale)
    page = HelpPage(closed_session)
    qtbot.addWidget(page)
    page.resize(1284, 616)
    page.show()
    settle()
    widths = page.text.picture_widths()
    column = page.text.viewport().width()
    assert len(widths) == 7
    assert max(widths) <= column
    assert widths[0] == pytest.approx(340 * scale)
