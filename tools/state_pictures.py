"""States of the app for `tools.pictures`: nothing there yet, being worked out, gone wrong, very many, very long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QWidget

from analysis.periods import month
from db.operations.imports import NewMeasure, SourceFile, bring_in
from db.operations.roles import add_role
from db.store import create
from desktop.jobs import InlineJobs, Job
from desktop.pages.portfolio.page import PortfolioPage
from tools.app_pictures import own_folder, sample_file, shell_window

MANY, MONTHS = 200, 24
TITLES = ("Care navigator", "Link worker", "Case manager", "Advanced nurse practitioner in a care home", "Health coach")
PLACES = ("Elm PCN", "Oak PCN", "Ash and Rowan Neighbourhood Partnership, northern half", "Fir PCN", "Yew Trust")
LONG = "Community and voluntary sector link worker for people with several long-term conditions, northern half"
MEASURE = "Attendances at any urgent or emergency care service by people on the caseload, aged 75 and over"


class HeldJobs(InlineJobs):
    """Jobs that are done at once until they are held back, and then when they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.held_back = False
        self._kept: list[Job] = []

    def _start(self, job: Job, pool: QThreadPool) -> None:
        if self.held_back:
            self._kept.append(job)
        else:
            super()._start(job, pool)

    def let_go(self) -> None:
        """Do what was held back."""
        self.held_back = False
        while self._kept:
            self._kept.pop(0).run()


def waiting(page: str, target: object = None) -> QWidget:
    """A page whose figures are still being worked out."""
    jobs = HeldJobs()
    window, session = shell_window(jobs)
    session.open(sample_file())
    jobs.held_back = True
    window.show_page(page, target)
    return window


def bare(page: str, target: object = None, *, role: bool) -> QWidget:
    """A page of a new file, without any role or with one of which only the name is known."""
    path = own_folder() / "New.roleworth"
    store = create(path)
    if role:
        add_role(store, name="Health coach", place="Fir PCN")
    store.close()
    return _opened(path, page, target)


def _opened(path: Path, page: str, target: object = None, **how: bool) -> QWidget:
    window, session = shell_window()
    session.open(path, **how)
    window.show_page(page, target)
    return window


def many(page: str, target: object = None) -> QWidget:
    """A page of a file with 200 roles."""
    path = own_folder() / "All of the county.roleworth"
    store = create(path)
    for number in range(MANY):
        facts = {"name": f"{TITLES[number % 5]} {number + 1}", "place": PLACES[number % 7 % 5]}
        _add(store, facts, "Visits", Random(number))  # noqa: S311 - a picture, not a secret
    store.close()
    return _opened(path, page, target)


def long(page: str, target: object = None) -> QWidget:
    """A page of a file in which every name is long."""
    path = own_folder() / "Everything there is to say of the new roles of the whole county, 2025.roleworth"
    write_long(path)
    return _opened(path, page, target)


def write_long(path: Path) -> None:
    """Three roles of which every name is long."""
    store = create(path)
    for number in range(3):
        _add(store, {"name": f"{LONG} {number + 1}", "place": LONG}, MEASURE, Random(number))  # noqa: S311 - a picture
    store.close()


def _add(store: Any, facts: dict[str, str], name: str, chance: Random) -> None:  # noqa: ANN401 - a store of the record
    role_id = add_role(store, launch=month(2024, 1 + chance.randrange(12)).start, **facts).new_id or 0
    new = NewMeasure(name, {"name": name, "kind": "count", "direction": "decrease"})
    step = chance.choice((0, 0, -30))
    values = [max(0, round(chance.gauss(120 + (step if at > 16 else 0), 9))) for at in range(MONTHS)]
    rows = [
        {
            "measure_id": new.ref,
            "period_start": month(2023 + at // 12, at % 12 + 1).start,
            "period_end": month(2023 + at // 12, at % 12 + 1).end,
            "value": float(value),
            "raw_text": str(value),
            "source_sheet": "",
            "source_cell": "",
        }
        for at, value in enumerate(values)
    ]
    bring_in(store, role_id=role_id, source=SourceFile("made.csv", "0" * 64, 1), rows=rows, new_measures=[new])


def failed() -> QWidget:
    """A fault of the program over the page."""
    window, session = shell_window()
    session.open(sample_file())
    window.show_page("Role", (1, "Impact"))
    window.problems.show_crash(ValueError("made for a picture"))
    return window


def damaged() -> QWidget:
    """A file of which a part is overwritten."""
    path = sample_file()
    content = bytearray(path.read_bytes())
    content[20_000:60_000] = b"\0" * 40_000
    path.write_bytes(content)
    window, session = shell_window()
    window.show_page("Portfolio")
    session.open(path)
    return window


def writing(*, cancelled: bool = False) -> QWidget:
    """The portfolio while the workbook of all roles is written, or when that was cancelled."""
    jobs = HeldJobs()
    window, session = shell_window(jobs)
    session.open(sample_file())
    window.show_page("Portfolio")
    page = next(iter(window.findChildren(PortfolioPage)))
    page.export.choose = lambda _parent, name: session.need_store().path.with_name(name)
    QTimer.singleShot(0, partial(_write, page, jobs, cancelled))
    return window


def _write(page: PortfolioPage, jobs: HeldJobs, cancelled: bool) -> None:
    """Write once every role has its row."""
    if page.answering.missing is not None:
        QTimer.singleShot(0, partial(_write, page, jobs, cancelled))
        return
    jobs.held_back = True
    page.save_workbook()
    page.view.progress.step(63, 100, "Writing Chart_3")
    page.view.progress.show()
    if cancelled:
        page.view.progress.cancelled.emit()
        jobs.let_go()


TABS = ("Overview", "Data", "Impact", "Economics", "Readiness", "Report")
STATE_SCREENS: dict[str, Callable[[], QWidget]] = {
    "wait-portfolio": partial(waiting, "Portfolio"),
    "wait-evidence": partial(waiting, "Evidence"),
    "wait-compare": partial(waiting, "Compare", (1, 2)),
    "empty-portfolio": partial(bare, "Portfolio", role=False),
    "empty-role": partial(bare, "Role", role=False),
    "empty-evidence": partial(bare, "Evidence", role=False),
    "empty-library": partial(bare, "Library", 1, role=False),
    "bare-portfolio": partial(bare, "Portfolio", role=True),
    "many-portfolio": partial(many, "Portfolio"),
    "many-overview": partial(many, "Role", (150, "Overview")),
    "many-evidence": partial(many, "Evidence"),
    "long-portfolio": partial(long, "Portfolio"),
    "writing-portfolio": writing,
    "cancelled-portfolio": partial(writing, cancelled=True),
    "fault": failed,
    "damaged": damaged,
    "read-only": lambda: _opened(sample_file(), "Portfolio", read_only=True),
}
STATE_SCREENS |= {f"wait-{tab.lower()}": partial(waiting, "Role", (1, tab)) for tab in TABS}
STATE_SCREENS |= {f"bare-{tab.lower()}": partial(bare, "Role", (1, tab), role=True) for tab in TABS}
STATE_SCREENS |= {f"long-{tab.lower()}": partial(long, "Role", (1, tab)) for tab in TABS}
