"""Pages of the real app on the sample evaluation, for `tools.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.app import facts_of
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.table import page_table
from desktop.sample import SAMPLE_NAME, write_sample_to
from desktop.session import Session

NAVIGATOR, LINK_WORKER, CASE_MANAGER, SUPPORT_WORKER = 1, 2, 3, 4


def app_window(page: str, target: object = None, *, with_file: bool = True) -> QWidget:
    """The window with a page in front, on a sample of its own."""
    jobs = InlineJobs()
    session = Session(jobs)
    window = MainWindow(page_table(session), jobs)
    session.setParent(window)
    if with_file:
        path = Path(tempfile.mkdtemp()) / SAMPLE_NAME
        write_sample_to(path)
        session.open(path)
        window.set_file(path.name)
    window.set_facts(facts_of(session))
    window.show_page(page, target)
    return window


APP_SCREENS: dict[str, Callable[[], QWidget]] = {
    "first-run": partial(app_window, "Portfolio", with_file=False),
    "portfolio": partial(app_window, "Portfolio"),
    "impact": partial(app_window, "Role", (NAVIGATOR, "Impact")),
    "impact-early": partial(app_window, "Role", (CASE_MANAGER, "Impact")),
    "economics": partial(app_window, "Role", (NAVIGATOR, "Economics")),
    "economics-early": partial(app_window, "Role", (LINK_WORKER, "Economics")),
    "economics-costs": partial(app_window, "Role", (NAVIGATOR, "Economics", "Costs")),
    "economics-benefits": partial(app_window, "Role", (NAVIGATOR, "Economics", "Benefits")),
    "library": partial(app_window, "Library"),
    "library-roles": partial(app_window, "Library", "Roles"),
    "evidence": partial(app_window, "Evidence"),
    "help": partial(app_window, "Help"),
    "help-keys": partial(app_window, "Help", "keys"),
    "impact-planned": partial(app_window, "Role", (SUPPORT_WORKER, "Impact")),
}
