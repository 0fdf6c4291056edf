"""The main job without a window: findings printed, charts and the commissioner's workbook saved. Needs no display."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from analysis.problems import UserProblem
from desktop.cli.opening import answers_of, keep_export, opened
from desktop.printing.pages import chart_picture, write_pdf
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.page import page_of
from exporters.report import Report, report_of
from exporters.workbook import write_workbook

CHART_WIDTH = 1400


def save_all(file: Path, folder: Path) -> Iterator[str]:
    """Save charts, pages and the workbook of an evaluation file; yields a line for each thing done.

    Raises UserProblem when the folder cannot be written or the file cannot be opened.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserProblem(f"{folder} cannot be made: {error.strerror}.", "Choose another folder.") from error
    with opened(file, read_only=False) as store:
        answer = answers_of(store)
        kept = kept_of(store, (role.role.id for role in answer.roles))
        yield from _pictures(report_of(answer, Choices(), kept), folder)
        target = folder / "commissioner-summary.xlsx"
        written = write_workbook(answer, Choices(), target, kept=kept)
        keep_export(store, written.facts)
    yield f"workbook  {written.path}  ({written.hidden} small counts hidden, {len(written.checks)} checks passed)"
    app.processEvents()


def _pictures(report: Report, folder: Path) -> Iterator[str]:
    for role in report.roles:
        page = page_of(report, role)
        name = re.sub(r"[^a-z0-9]+", "-", role.label.lower()).strip("-")
        chart = chart_picture(page, CHART_WIDTH)
        if chart is not None and chart.save(str(folder / f"{name}-chart.png")):
            yield f"chart     {folder / f'{name}-chart.png'}"
        yield f"page      {write_pdf(page, folder / f'{name}-page.pdf')}"
