"""Draw the pictures of the first-evaluation guide, light and dark: `python -m tools.guide_pictures`.

Each is a part of the app's own screens as they are now, narrow enough to be read beside the text, with two pixels for
each point so that it stays sharp at 200 %. They are written to `resources/help/pictures`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from desktop.pages.economics.results import ResultsView
from desktop.pages.first_run.page import FirstRun
from desktop.pages.help.reading import DRAWN_AT
from desktop.pages.impact.view import ImpactView
from desktop.pages.importing.draft import MATCH, REVIEW
from desktop.theme.icons import icon_shelf
from desktop.theme.look import look
from desktop.widgets import Card
from tools.app_pictures import NAVIGATOR, app_window
from tools.import_pictures import page_of, written

FOLDER = Path(__file__).parents[1] / "resources" / "help" / "pictures"
WINDOW, WIDEST = (1100, 640), 580
THEMES = {"light": "", "dark": "-dark"}
SHEET = "Month,Unplanned stays,Home visits\n" + "".join(
    f"01/{at % 12 + 1:02d}/{2023 + at // 12},{(52, 47, 55, 49)[at % 4] - (9 if at > 12 else 0)},{30 + at % 5}\n"
    for at in range(26)
)
Shown = tuple[QWidget, QWidget]
"""A window, and the part of it that is drawn."""


def first_page() -> Shown:
    """The door for a spreadsheet."""
    window = app_window("Portfolio", with_file=False)
    return window, window.findChildren(FirstRun)[0].doors["spreadsheet"]


def _importing(step: int) -> QWidget:
    window = app_window("Import", with_file=False)
    page = page_of(window)
    page.read(written("activity.csv", SHEET))
    page.match.name.set_text("Care navigator")
    page.match.launch.set_text("1 Jan 2024")
    page.steps.asked.emit(step)
    return window


def match() -> Shown:
    """Name and launch of the new role."""
    window = _importing(MATCH)
    return window, page_of(window).match


def review() -> Shown:
    """The last step, with what will be done on its button."""
    window = _importing(REVIEW)
    return window, page_of(window).foot


def chart() -> Shown:
    """The chart of the leading measure."""
    window = app_window("Role", (NAVIGATOR, "Impact"))
    return window, window.findChildren(ImpactView)[0].chart


def change() -> Shown:
    """What changed, in words."""
    window = app_window("Role", (NAVIGATOR, "Impact"))
    return window, window.findChildren(ImpactView)[0].change


def money() -> Shown:
    """The three answers."""
    window = app_window("Role", (NAVIGATOR, "Economics"))
    return window, window.findChildren(ResultsView)[0]


def report() -> Shown:
    """The buttons that make what leaves."""
    window = app_window("Role", (NAVIGATOR, "Report"))
    return window, next(card for card in window.findChildren(Card) if card.accessibleName() == "Make")


PICTURES: dict[str, tuple[Callable[[], Shown], tuple[int, int]]] = {
    "first-page": (first_page, (340, 300)),
    "match": (match, (WIDEST, 250)),
    "review": (review, (740, 64)),
    "chart": (chart, (720, 420)),
    "change": (change, (420, 300)),
    "money": (money, (WIDEST, 330)),
    "report": (report, (420, 150)),
}
"""What each shows, and how wide and high it is drawn."""


def _sheet_over(part: QWidget) -> str:
    """The sheet a part wears in its window, which it would lose by leaving it."""
    held: QWidget | None = part
    while held is not None:
        if held.styleSheet():
            return held.styleSheet()
        held = held.parentWidget()
    return ""


def drawn(shown: Shown, size: tuple[int, int]) -> QImage:
    """A part of a window, laid out anew at its own size, as a picture."""
    window, part = shown
    window.resize(*WINDOW)
    window.show()
    QApplication.processEvents()
    sheet = _sheet_over(part)
    part.setParent(None)
    part.setStyleSheet(sheet)
    part.resize(size[0], max(size[1], part.minimumSizeHint().height()))
    part.show()
    for _ in range(5):
        QApplication.processEvents()
    area = QRect(QPoint(), QSize(*size))
    image = QImage(area.size() * DRAWN_AT, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(DRAWN_AT)
    image.fill(look().theme.colour("window"))
    part.render(image, QPoint(), QRegion(area))
    part.close()
    return image


def main() -> None:
    """Draw every picture in both themes."""
    app = QApplication.instance() or QApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    icon_shelf().open()
    look().set_scale(1.0)
    for theme, tail in THEMES.items():
        look().choose(theme)
        for name, (make, size) in PICTURES.items():
            shown = make()
            image = drawn(shown, size)
            image.save(str(FOLDER / f"{name}{tail}.png"))
            print(f"{name}{tail}.png  {image.width()} x {image.height()}")
            shown[0].close()
            shown[0].deleteLater()
    app.quit()


if __name__ == "__main__":
    main()
