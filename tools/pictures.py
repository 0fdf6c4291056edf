"""Draw named screens off-screen to PNG files: `python -m tools.pictures build/pictures gallery`.

Each screen is drawn in the client area of a 1366 x 768 laptop (1366 x 688), in every theme and at large text; `--in`
names other ways, the client area of a screen of 1920 x 1080 among them.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.frame.helping import NAMED_PLACE
from desktop.frame.page import Page
from desktop.frame.window import SMALLEST, MainWindow
from desktop.jobs import InlineJobs
from desktop.problem_codes import FAULT
from desktop.states import Fact
from desktop.theme.icons import icon_shelf
from desktop.theme.look import look
from desktop.widgets import Notice
from tools.app_pictures import APP_SCREENS
from tools.data_pictures import DATA_SCREENS
from tools.import_pictures import IMPORT_SCREENS
from tools.money_pictures import MONEY_SCREENS
from tools.state_pictures import STATE_SCREENS

CLIENT = (1366, 688)
TURNS = 12
"""Turns of the event loop until nested layouts have come to rest."""
WIDE = (1920, 1000)
ENLARGED = (1093, 540)
VARIANTS = {
    "light": ("light", 1.0, CLIENT),
    "dark": ("dark", 1.0, CLIENT),
    "high-contrast": ("high contrast", 1.0, CLIENT),
    "light-200": ("light", 2.0, CLIENT),
    "dark-200": ("dark", 2.0, CLIENT),
    "light-wide": ("light", 1.0, WIDE),
    "light-enlarged": ("light", 1.0, ENLARGED),
    "light-least": ("light", 1.0, SMALLEST),
}
"""Theme, size of the text and client area by the name a picture carries; wide is a screen of 1920 x 1080.

Enlarged is the laptop with its screen set to 125 %, which leaves a window 1093 x 540 to draw in;
least is the smallest window there is.
"""
USUAL = ("light", "dark", "high-contrast", "light-200")
A_FAULT = "app-fault"
"""The one screen that shows a fault of the program on purpose."""
FACTS = (
    Fact("check", "Saved 09:41"),
    Fact("hard-drive", "Backup verified 09:12"),
)


def _framed(make: Callable[[], Page]) -> QWidget:
    pages: dict[str, Callable[[], Page]] = dict.fromkeys(
        ("Portfolio", "Role", "Import", "Library", "Evidence", "Help"), make
    )
    window = MainWindow(pages, InlineJobs())
    window.set_file("Northvale roles 2025.roleworth")
    window.set_facts(FACTS)
    window.set_history("Paste of 24 values", None)
    window.show_page("Role")
    return window


def _gallery() -> QWidget:
    from tools.gallery import Gallery

    return _framed(Gallery)


def _data() -> QWidget:
    from tools.demo_data import DataDemo

    return _framed(DataDemo)


def _impact() -> QWidget:
    from tools.demo_charts import ImpactDemo

    return _framed(ImpactDemo)


def _tornado() -> QWidget:
    from tools.demo_charts import TornadoDemo

    return _framed(TornadoDemo)


SCREENS: dict[str, Callable[[], QWidget]] = {"gallery": _gallery, "data": _data, "impact": _impact, "tornado": _tornado}
PARTS = (APP_SCREENS, DATA_SCREENS, IMPORT_SCREENS, MONEY_SCREENS, STATE_SCREENS)
SCREENS |= {f"app-{name}": make for part in PARTS for name, make in part.items()}


def draw(widget: QWidget, file: Path, size: tuple[int, int] = CLIENT) -> None:
    """Show a widget at the size of a client area and save what it looks like."""
    widget.resize(*size)
    widget.show()
    for _ in range(TURNS):
        QApplication.processEvents()
    widget.grab().save(str(file))
    wider = "".join(f"  WIDER THAN ITS PAGE BY {over}" for over in _wider(widget))
    print(f"{file.name}  {widget.width()} x {widget.height()}  least {widget.minimumSizeHint().toTuple()}{wider}")


def _wider(widget: QWidget) -> list[int]:
    """Pixels by which the content of a page that does not scroll sideways is cut at its right."""
    areas = [(area, area.widget()) for area in widget.findChildren(QScrollArea) if area.isVisible()]
    over = [inner.width() - area.viewport().width() for area, inner in areas if inner is not None]
    return [much for much in over if much > 0]


def _refuse_fault(name: str, widget: QWidget) -> None:
    """A picture of a program that went wrong is no picture of the screen it should be."""
    told = [notice.property(NAMED_PLACE) for notice in widget.findChildren(Notice)]
    if f"messages#{FAULT}" in told:
        text = f"{name} went wrong while it was drawn"
        raise RuntimeError(text)


def draw_all(folder: Path, names: Iterable[str], variants: Iterable[str] = USUAL) -> None:
    """Draw every named screen in every variant named."""
    folder.mkdir(parents=True, exist_ok=True)
    icon_shelf().open()
    for name in names:
        for variant in variants:
            theme, scale, size = VARIANTS[variant]
            look().choose(theme)
            look().set_scale(scale)
            widget = SCREENS[name]()
            draw(widget, folder / f"{name}-{variant}.png", size)
            if name != A_FAULT:
                _refuse_fault(name, widget)
            widget.close()
            widget.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    """Draw the screens named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("screens", nargs="*", choices=[[], *SCREENS])
    parser.add_argument(
        "--in", dest="variants", nargs="+", choices=list(VARIANTS), default=USUAL, help="how it is drawn"
    )
    chosen = parser.parse_args()
    _app = QApplication.instance() or QApplication([])
    draw_all(chosen.folder, chosen.screens or list(SCREENS), chosen.variants)
    QGuiApplication.clipboard().clear()  # what a screen copied would outlive Python (`desktop/copying.py`)


if __name__ == "__main__":
    main()
