from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.theme.look import Look, look


def pytest_configure(config: pytest.Config) -> None:
    """The off-screen plugin says this of every window with a least size; it is not about the window."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


def pytest_sessionfinish() -> None:
    """Take down what a test has copied, as the app does when it ends: off-screen, Qt keeps it until Python has gone."""
    if isinstance(QCoreApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Pages closed after a test are gone before the next: what is left is styled anew with every look.

    Garbage is collected then too, all of it, and never in the middle of a painting (`desktop.collecting`).
    """
    by_itself = gc.isenabled()
    gc.disable()
    yield
    sweep()
    if by_itself:
        gc.enable()


def sweep() -> None:
    """Delete what is to be deleted and collect; the libraries are looked at once and then set apart."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    if QCoreApplication.instance() is not None:
        look().choose(look().chosen)  # without a window, and so without parts, the whole application has the sheet
    if len(gc.get_objects(generation=2)) > LIBRARIES:
        gc.freeze()


LIBRARIES = 150_000
"""More objects than the tests of a file make; the modules that were imported since."""


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what a person's own window remembers, nor the log of faults."""
    monkeypatch.setattr("desktop.frame.problems.fault_folder", lambda: tmp_path)
    monkeypatch.setattr("desktop.frame.remembering.settings_path", lambda: tmp_path / "settings" / "window.json")
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's own folder, apart from everybody's."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setattr("desktop.safety.data_folder", lambda: folder)
    return folder


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[Look]:
    """The look at 100 % in the light theme; put back after the test."""
    it = look()
    it.set_scale(1.0)
    it.choose("light")
    yield it
    sweep()
    it.set_scale(1.0)
    it.choose("light")
