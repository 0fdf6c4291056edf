"""Nobody's names break a page: nothing is cut without a sign and nothing goes sideways, at both sizes of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import InlineJobs
from desktop.pages.role.page import TABS, RolePage
from desktop.session import Session
from desktop.theme.look import Look
from desktop.widgets import TickBox
from tests.desktop.pages.results.conftest import TODAY
from tests.desktop.pages.results.looking import cut, settle, sideways
from tools.state_pictures import write_long

SIZES = {1.0: (1284, 640), 2.0: (1226, 570)}


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.roleworth"
    write_long(path)
    return path


@pytest.fixture(scope="module")
def opened(long_file: Path) -> Iterator[Session]:
    session = Session(InlineJobs(), today=lambda: TODAY)
    session.open(long_file)
    yield session
    session.close()


@pytest.mark.parametrize(("tab", "scale"), [*((tab, 2.0) for tab in TABS), ("Overview", 1.0), ("Report", 1.0)])
def test_long_names_break_no_tab(house: Look, opened: Session, qtbot: QtBot, tab: str, scale: float) -> None:
    house.set_scale(scale)
    page = RolePage(opened)
    qtbot.addWidget(page)
    page.resize(*SIZES[scale])
    page.open_with((1, tab))
    page.show()
    settle()
    assert sideways(page) == []
    assert cut(page) == []


def test_a_very_long_choice_is_shortened_and_can_be_read_under_the_pointer(house: Look, qtbot: QtBot) -> None:
    tick = TickBox("Attendances at any urgent or emergency care service, A&E among them, by people on the caseload")
    qtbot.addWidget(tick)
    assert tick.minimumSizeHint().width() < tick.sizeHint().width()
    tick.resize(300, tick.sizeHint().height())
    tick.show()
    assert tick.toolTip() == tick.accessibleName()
    whole = tick.grab().toImage()
    tick.resize(tick.sizeHint())
    assert tick.toolTip() == ""
    assert tick.grab().toImage() != whole
