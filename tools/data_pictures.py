"""Pictures of the data grid with notes and flipped, and of the frame's palette, for `tools.pictures`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from analysis.periods import month
from desktop.frame.window import MainWindow
from desktop.pages.data.page import DataTab
from tools.app_pictures import NAVIGATOR, app_window


def _data() -> tuple[MainWindow, DataTab]:
    window = app_window("Role", (NAVIGATOR, "Data"))
    assert isinstance(window, MainWindow)  # noqa: S101 - made so
    return window, next(iter(window.findChildren(DataTab)))


def noted() -> QWidget:
    """A cell with a note on it, the cursor there."""
    window, tab = _data()
    tab.focus_on(month(2024, 12))
    tab.write_note()
    tab.view.reason.given.emit("Two clinics closed over the holidays; counted from the January return.")
    return window


def flipped() -> QWidget:
    """Periods across, measures down."""
    window, tab = _data()
    tab.flip()
    return window


def found() -> QWidget:
    """The palette with words typed into it."""
    window, _ = _data()
    window.resize(1366, 688)
    window.palette_box.open()
    window.palette_box.input.setText("gp con")
    return window


DATA_SCREENS: dict[str, Callable[[], QWidget]] = {"data-note": noted, "data-flipped": flipped, "palette": found}
