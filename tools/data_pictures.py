"""Pictures of the data grid with notes and flipped, and of the frame's palette, for `tools.pictures`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from analysis.periods import month
from analysis.problems import UserProblem
from db.operations.marks import mark
from desktop.frame.window import MainWindow
from desktop.pages.checkpoints.page import CheckpointsPage
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
    tab.cells.write_note()
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


def checkpointed() -> QWidget:
    """Two checkpoints, and the question before going back to one."""
    window, tab = _data()
    tab.session.change(mark, name="Figures agreed with finance")
    tab.focus_on(month(2024, 12))
    tab.view.value.entered.emit("175")
    tab.session.change(mark, name="Before the board paper")
    tab.view.value.entered.emit("179")
    window.show_page("Checkpoints")
    page = next(iter(window.findChildren(CheckpointsPage)))
    page.table.table.selectRow(1)
    page.back.click()
    return window


def refused() -> QWidget:
    """A message with its code, and a fault of the program."""
    window, _ = _data()
    hint = "Nothing was changed. Drop one evaluation file alone, or spreadsheets without one."
    window.problems.show_problem(UserProblem("2 files were dropped, 1 of them with evaluations.", hint))
    return window


DATA_SCREENS: dict[str, Callable[[], QWidget]] = {
    "data-note": noted,
    "data-flipped": flipped,
    "palette": found,
    "checkpoints": checkpointed,
    "message": refused,
}
