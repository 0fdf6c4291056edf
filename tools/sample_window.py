"""The real window on a fresh copy of the sample, for pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.app import facts_of
from desktop.frame.window import MainWindow
from desktop.jobs import InlineJobs
from desktop.pages.table import page_table
from desktop.sample import write_sample_to
from desktop.session import Session


def sample_window(page: str, *target: object) -> MainWindow:
    """The window with a page in front; `target` is a role's place in the list by name, its tab, what to show there."""
    folder = Path(tempfile.mkdtemp(prefix="roleworth-pictures-"))
    path = folder / "Northvale roles 2025.roleworth"
    write_sample_to(path)
    jobs = InlineJobs()
    session = Session(jobs)
    window = MainWindow(page_table(session), jobs)
    session.setParent(window)
    session.open(path)
    window.set_file(path.name)
    at, *rest = target or (None,)
    wanted = (session.facts.roles[at].id, *rest) if isinstance(at, int) else None
    window.show_page(page, wanted)
    window.set_facts(facts_of(session))
    return window
