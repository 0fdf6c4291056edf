"""Pages of the real app on the sample evaluation, for `tools.pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from db.operations.money import add_pay_line
from db.operations.record import add_alternative, employ_with
from db.operations.roles import add_task, change_role
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.economics.page import EconomicsTab
from desktop.pages.library.page import LibraryPage
from desktop.pages.library.state import CHANGE
from desktop.pages.table import page_table
from desktop.sample import SAMPLE_NAME, write_sample_to
from desktop.session import Session
from desktop.shell import facts_of

NAVIGATOR, LINK_WORKER, CASE_MANAGER, SUPPORT_WORKER = 1, 2, 3, 4


def app_window(page: str, target: object = None, *, with_file: bool = True) -> QWidget:
    """The window with a page in front, on a sample of its own."""
    jobs = InlineJobs()
    session = Session(jobs)
    window = MainWindow(page_table(lambda: session), jobs)
    session.setParent(window)
    if with_file:
        path = Path(tempfile.mkdtemp(prefix="roleworth-pictures-")) / SAMPLE_NAME
        write_sample_to(path)
        session.open(path)
        window.set_file(path.name)
    window.set_facts(facts_of(session))
    window.show_page(page, target)
    return window


def long_record(part: str) -> QWidget:
    """The record of a role whose every text is long."""
    window = app_window("Role", (LINK_WORKER, "Readiness", (part, "")))
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    words = "Community and voluntary sector link worker for people with several long-term conditions, northern half"
    texts: dict[str, Any] = dict.fromkeys(
        ("name", "place", "family", "boundary", "team", "line_management", "clinical_lead"), words
    )
    session.change(change_role, role_id=LINK_WORKER, **texts, what_it_does=f"{words}. " * 12, registration=words)
    session.change(employ_with, role_id=LINK_WORKER, name=words)
    session.change(add_task, role_id=LINK_WORKER, task=f"{words}. " * 4, taken_from=words)
    session.change(add_alternative, role_id=LINK_WORKER, name=words, reason=f"{words}. " * 4)
    return window


def posts(*, form: bool = False) -> QWidget:
    """A role's pay with a post by the scale and one whose pay is not known; the form open or not."""
    window = app_window("Role", (CASE_MANAGER, "Economics", "Pay"))
    session = window.findChild(Session)
    assert session is not None  # noqa: S101 - the window owns it
    held: dict[str, Any] = {"people": 2, "wte_each": "0.8", "point": "top", "pay_year": "2025-26"}
    held["start"] = date(2025, 1, 1)
    session.change(add_pay_line, role_id=CASE_MANAGER, label="Case managers", band="6", **held)
    session.change(add_pay_line, role_id=CASE_MANAGER, label="Lead", **{**held, "pay_year": "2019-20"})
    if form:
        next(iter(window.findChildren(EconomicsTab))).posts.add_button.click()
    return window


def role(*parts: object) -> Callable[[], QWidget]:
    """A role's page: which role, which tab, and what to show there."""
    return partial(app_window, "Role", parts)


def library_form(action: str) -> QWidget:
    """The library with the form of a measure of the file open."""
    window = app_window("Library", 1)
    page = next(iter(window.findChildren(LibraryPage)))
    page.view.detail.buttons[action].click()
    return window


APP_SCREENS: dict[str, Callable[[], QWidget]] = {
    "first-run": partial(app_window, "Portfolio", with_file=False),
    "portfolio": partial(app_window, "Portfolio"),
    "set-up": partial(app_window, "Set up"),
    "overview": role(NAVIGATOR, "Overview"),
    "data": role(NAVIGATOR, "Data"),
    "data-columns": role(NAVIGATOR, "Data", "columns"),
    "impact": role(NAVIGATOR, "Impact"),
    "impact-early": role(CASE_MANAGER, "Impact"),
    "impact-planned": role(SUPPORT_WORKER, "Impact"),
    "economics": role(NAVIGATOR, "Economics"),
    "economics-early": role(LINK_WORKER, "Economics"),
    "economics-pay": posts,
    "economics-pay-form": partial(posts, form=True),
    "economics-costs": role(NAVIGATOR, "Economics", "Costs"),
    "economics-benefits": role(NAVIGATOR, "Economics", "Benefits"),
    "readiness": role(NAVIGATOR, "Readiness"),
    "profile": role(NAVIGATOR, "Readiness", ("Profile", "")),
    "profile-empty": role(CASE_MANAGER, "Readiness", ("Profile", "")),
    "profile-half": role(LINK_WORKER, "Readiness", ("Profile", "")),
    "profile-long": partial(long_record, "Profile"),
    "case-long": partial(long_record, "Case for the role"),
    "case": role(NAVIGATOR, "Readiness", ("Case for the role", "")),
    "case-measures": role(NAVIGATOR, "Readiness", ("Case for the role", "measures")),
    "staffing": role(NAVIGATOR, "Readiness", ("Staffing", "")),
    "staffing-empty": role(CASE_MANAGER, "Readiness", ("Staffing", "")),
    "notes": role(NAVIGATOR, "Readiness", ("Notes", "")),
    "completeness": role(NAVIGATOR, "Readiness", ("Completeness", "")),
    "completeness-half": role(LINK_WORKER, "Readiness", ("Completeness", "")),
    "report": role(NAVIGATOR, "Report"),
    "import": partial(app_window, "Import"),
    "library": partial(app_window, "Library"),
    "library-roles": partial(app_window, "Library", "Roles"),
    "library-file": partial(app_window, "Library", 1),
    "library-measure": partial(library_form, CHANGE),
    "set-up-chosen": partial(app_window, "Set up", "health-coach"),
    "evidence": partial(app_window, "Evidence"),
    "help": partial(app_window, "Help"),
    "help-keys": partial(app_window, "Help", "keys"),
}
