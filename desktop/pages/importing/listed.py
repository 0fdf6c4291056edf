"""The list of cells to mend as a workbook, for whoever keeps the spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.asking import What, ask_save
from desktop.pages.importing.outcomes import Outcomes
from desktop.pages.importing.outlook import Doubt
from desktop.session import Session
from exporters.listing import write_listing

HEADINGS = ("Cell", "You have", "Problem", "Proposal")


def save_list(owner: QWidget, session: Session, name: str, doubts: Sequence[Doubt], outcomes: Outcomes) -> None:
    """Ask where to, and write the lines shown."""
    stem, kinds = f"{Path(name).stem} to fix", {"Excel workbook": ".xlsx"}
    target = ask_save(owner, "Save this list as Excel", stem, kinds, What.SHEET)
    if target is None:
        return
    rows = [(doubt.cell, doubt.raw, doubt.message, " or ".join(filter(None, doubt.offers))) for doubt in doubts]
    session.jobs.read(
        lambda _progress: write_listing(target, f"Cells to mend in {name}", HEADINGS, rows),
        outcomes.show_listed,
        outcomes.show_problem,
        label="Save a list",
    )
