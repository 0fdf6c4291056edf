"""A whole window in use: every page of it, with work that can be held back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.frame.window import MainWindow
from desktop.pages.table import PAGES
from desktop.sample import write_sample_to
from desktop.shell import TAB_NAMES
from tools.app_pictures import shell_window
from tools.state_pictures import HeldJobs

PLACES: list[tuple[str, object]] = [(name, None) for name in PAGES if name != "Role"]
PLACES += [("Role", (role, tab)) for role in (1, 3) for tab in TAB_NAMES]
"""Every page, and every tab of a role with results and of one without."""


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
